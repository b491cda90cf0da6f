"""The source of an import, also after it was deleted: the history has it as it was."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from articles.models import ImportBatch, Source, last_deletion


@dataclass(frozen=True)
class Origin:
    """A source with its link or folder; `pk` is None if it was deleted."""

    pk: int | None
    name: str
    place: str
    deleted_at: dt.datetime | None = None


def origin_of(batch: ImportBatch) -> Origin | None:
    """The source that the import came from; None if it was no source."""
    pk = batch.options.get("fetched_from")
    if not pk:
        return None
    if source := Source.objects.filter(pk=pk).first():
        return Origin(source.pk, source.name, source.place)
    last = last_deletion(Source, pk)
    if last is None:
        return Origin(None, batch.source, "")
    return Origin(None, last.name, last.url or last.folder, last.pgh_created_at)
