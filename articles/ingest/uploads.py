"""Files sent in at the desk for an import: stored in the database, where every web machine finds them."""

from __future__ import annotations

import datetime as dt
import errno
import io
import secrets
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import F, Func, IntegerField, Sum
from django.template.defaultfilters import filesizeformat
from django.utils.text import slugify

from articles.ingest.advisory_locks import hold
from articles.models import Upload, clock

KEPT_DAYS = 30
# All uploads together.
MOST_BYTES = 500 * 1024 * 1024

_ENDINGS = (".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".tab", ".rss", ".atom", ".xml")
# How a command names a file that is stored here.
PREFIX = "upload:"


class NoRoom(Exception):
    """Another upload would exceed the limit; the message is for the editor who sends it."""


def store_upload(given_name: str, content: bytes, *, by: Any = None) -> Upload:
    """Store the bytes as they came, under a name of their own; NoRoom where all uploads would be too large.

    Nothing else stores uploads.
    """
    given = Path(given_name)
    ending = given.suffix.lower() if given.suffix.lower() in _ENDINGS else ""
    stem = slugify(given.stem)[:60] or "file"
    name = f"{clock.now():%Y%m%d-%H%M%S}-{secrets.token_hex(4)}-{stem}{ending}"
    with transaction.atomic():
        # One at a time, or two could each find the room that only one of them has.
        hold(["uploads"])
        drop_old_uploads()
        _check_room(len(content))
        return Upload.objects.create(name=name, content=content, sent_by=by)


def drop_old_uploads() -> int:
    """Delete what was sent in longer ago than KEPT_DAYS; return how many."""
    first = clock.now() - dt.timedelta(days=KEPT_DAYS)
    return Upload.objects.filter(sent_at__lt=first).delete()[0]


def _check_room(size: int) -> None:
    length = Func(F("content"), function="octet_length", output_field=IntegerField())
    taken = Upload.objects.aggregate(bytes=Sum(length))["bytes"] or 0
    if taken + size > MOST_BYTES:
        raise NoRoom(
            f"There is no room for this file: uploads take {filesizeformat(taken)} of"
            f" {filesizeformat(MOST_BYTES)}. Each is deleted after {KEPT_DAYS} days. Put the file on the"
            " server, and give its path to import_articles."
        )


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
