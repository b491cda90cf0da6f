"""Files sent in at the desk for an import: stored in the database, where every web machine finds them."""

from __future__ import annotations

import errno
import io
import secrets
from pathlib import Path
from typing import Any

from django.utils.text import slugify

from articles.models import Upload, clock

_ENDINGS = (".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".tab", ".rss", ".atom", ".xml")
# How a command names a file that is stored here.
PREFIX = "upload:"


def store_upload(given_name: str, content: bytes, *, by: Any = None) -> Upload:
    """Store the bytes as they came, under a name of their own.

    Nothing else stores uploads: a limit of their age or total size belongs here.
    """
    given = Path(given_name)
    ending = given.suffix.lower() if given.suffix.lower() in _ENDINGS else ""
    stem = slugify(given.stem)[:60] or "file"
    name = f"{clock.now():%Y%m%d-%H%M%S}-{secrets.token_hex(4)}-{stem}{ending}"
    return Upload.objects.create(name=name, content=content, sent_by=by)


def find_upload(name: str) -> Upload | None:
    return Upload.objects.filter(name=name).first()


def open_upload(path: str) -> io.BytesIO | None:
    """What `upload:NAME` names, or `FileNotFoundError`; None where the path is an ordinary one."""
    if not path.startswith(PREFIX):
        return None
    stored = find_upload(path.removeprefix(PREFIX))
    if stored is None:
        raise FileNotFoundError(errno.ENOENT, "There is no such upload", path)
    return io.BytesIO(stored.content)
