"""Read the audit log: filter by user, channel, kind, model, row and time; newest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from articles.models import Deed

CHUNK_SIZE = 2_000
# The filter value for entries without a user or channel, which come from the shell.
SHELL = "shell"


@dataclass(frozen=True)
class LogFilter:
    """Filters of the audit log: `about` is a model name, `number` the id of a row, `until` is exclusive."""

    who: str = ""
    through: str = ""
    kind: str = ""
    about: str = ""
    number: int | None = None
    since: dt.datetime | None = None
    until: dt.datetime | None = None

    def entries(self) -> QuerySet[Deed]:
        """Return the matching entries, newest first."""
        asked = {
            "who": self.who and ("" if self.who == SHELL else self.who),
            "through": self.through and ("" if self.through == SHELL else self.through),
            "kind": self.kind,
            "about": self.about,
        }
        given = {name: value for name, value in asked.items() if getattr(self, name)}
        found = Deed.objects.filter(**given).order_by("-at", "-pk")
        if self.number is not None:
            found = found.filter(ids__contains=[self.number])
        if self.since:
            found = found.filter(at__gte=self.since)
        return found.filter(at__lt=self.until) if self.until else found


def older_than(entries: QuerySet[Deed], last: Deed | None) -> QuerySet[Deed]:
    """Return the entries older than `last`; all if it is None."""
    if last is None:
        return entries
    return entries.filter(at__lte=last.at).filter(Q(at__lt=last.at) | Q(pk__lt=last.pk))


def iter_entries(wanted: LogFilter) -> Iterator[Deed]:
    """Yield all matching entries in chunks; the log is append-only, so no snapshot is needed."""
    entries, last = wanted.entries(), None
    while chunk := list(older_than(entries, last)[:CHUNK_SIZE]):
        yield from chunk
        last = chunk[-1]
