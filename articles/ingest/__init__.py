"""Bringing articles in: from bytes as they came to stored rows, and back out as a batch."""

from importlib import import_module
from typing import Any

# Loaded on first use: a command that only reads a text must not load the models.
_HOMES = {
    "store": "storing",
    "Storing": "storing",
    "Wishes": "incoming",
    "Incoming": "incoming",
    "start_draft": "drafts",
    "fill_draft": "drafts",
    "propose": "reproposing",
    "already_here": "duplicates",
    "canonical_key": "duplicates",
    "copies": "duplicates",
    "import_rows": "importing",
    "undo": "batches",
}
__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = found
    return found
