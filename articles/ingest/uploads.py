"""Files that editors upload for an import; stored in the database, so that every web server can read them."""

from __future__ import annotations

import datetime as dt
import errno
import io
import secrets
from pathlib import Path

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, Func, IntegerField, Sum
from django.template.defaultfilters import filesizeformat
from django.utils.text import slugify
from django.utils.translation import gettext

from articles.ingest.advisory_locks import lock
from articles.models import Upload, clock
from articles.parsing.file_format import BY_SUFFIX

RETENTION_DAYS = 30
# For all uploads together.
MAX_TOTAL_BYTES = 500 * 1024 * 1024

_SUFFIXES = (*BY_SUFFIX, ".xml")
# Prefix of the path under which a command reads an upload: `upload:NAME`.
PREFIX = "upload:"


class UploadLimitExceeded(Exception):
    """The upload would exceed the limit for all uploads; the message is for the editor."""


def store_upload(given_name: str, content: bytes, *, by: User | None = None) -> Upload:
    """Store the bytes under a unique name; raises `UploadLimitExceeded`.

    Nothing else stores uploads.
    """
    given = Path(given_name)
    suffix = given.suffix.lower() if given.suffix.lower() in _SUFFIXES else ""
    stem = slugify(given.stem)[:60] or "file"
    name = f"{clock.now():%Y%m%d-%H%M%S}-{secrets.token_hex(4)}-{stem}{suffix}"
    with transaction.atomic():
        # One at a time: two concurrent uploads could both pass the check and exceed the limit together.
        lock(["uploads"])
        drop_old_uploads()
        _check_total_size(len(content))
        return Upload.objects.create(name=name, content=content, sent_by=by)


def drop_old_uploads() -> int:
    """Delete uploads older than `RETENTION_DAYS`; return how many."""
    first = clock.now() - dt.timedelta(days=RETENTION_DAYS)
    return Upload.objects.filter(sent_at__lt=first).delete()[0]


def _check_total_size(size: int) -> None:
    length = Func(F("content"), function="octet_length", output_field=IntegerField())
    used = Upload.objects.aggregate(bytes=Sum(length))["bytes"] or 0
    if used + size > MAX_TOTAL_BYTES:
        raise UploadLimitExceeded(
            gettext(
                "There is no space for this file: uploads already take %(used)s of %(most)s."
                " Uploads are deleted after %(days)s days."
                " Put the file on the server and use the command import_articles."
            )
            % {
                "used": filesizeformat(used),
                "most": filesizeformat(MAX_TOTAL_BYTES),
                "days": RETENTION_DAYS,
            }
        )


def find_upload(name: str) -> Upload | None:
    return Upload.objects.filter(name=name).first()


def open_upload(path: str) -> io.BytesIO | None:
    """Open the upload that `upload:NAME` names; None for any other path. Raises `FileNotFoundError`."""
    if not path.startswith(PREFIX):
        return None
    stored = find_upload(path.removeprefix(PREFIX))
    if stored is None:
        raise FileNotFoundError(errno.ENOENT, "There is no such upload", path)
    return io.BytesIO(stored.content)
