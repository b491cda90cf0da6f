"""Import articles: from raw bytes to stored rows, and roll back a batch."""

from importlib import import_module
from typing import Any

# Loaded on first use: `find_quotes` and `parse_article` must not load the models.
_HOMES = {
    "store": "pipeline.upsert",
    "Upserter": "pipeline.upsert",
    "ImportOptions": "pipeline.types",
    "IncomingArticle": "pipeline.types",
    "start_draft": "pipeline.drafts",
    "fill_draft": "pipeline.drafts",
    "read_in_encoding": "pipeline.reread",
    "doubtful_encodings": "pipeline.reread",
    "propose": "proposals.refresh",
    "already_here": "pipeline.duplicates",
    "canonical_key": "pipeline.duplicates",
    "copies": "pipeline.duplicates",
    "import_rows": "pipeline.importer",
    "rollback_batch": "pipeline.rollback",
}
__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:  # whatever the module has
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = found
    return found
