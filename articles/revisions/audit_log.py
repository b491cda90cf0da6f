"""Reading the log of deeds: narrowed by person, door, kind, thing and time, the newest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from articles.models import Deed

CHUNK_SIZE = 2_000
# Asked for by this word, since nobody's account and nobody's door have no name of their own.
SHELL = "shell"


@dataclass(frozen=True)
class LogFilter:
    """Whose deeds, through which door, of what kind, on which table and row, from when, and before when."""

    who: str = ""
    through: str = ""
    kind: str = ""
    about: str = ""
    number: int | None = None
    since: dt.datetime | None = None
    until: dt.datetime | None = None

    def deeds(self) -> QuerySet[Deed]:
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


def older_than(deeds: QuerySet[Deed], last: Deed | None) -> QuerySet[Deed]:
    """What stands below this one; with none, all of it."""
    if last is None:
        return deeds
    return deeds.filter(at__lte=last.at).filter(Q(at__lt=last.at) | Q(pk__lt=last.pk))


def iter_entries(wanted: LogFilter) -> Iterator[Deed]:
    """All of it, some thousand at a time: the log is only added to, so that no snapshot has to be held."""
    deeds, last = wanted.deeds(), None
    while chunk := list(older_than(deeds, last)[:CHUNK_SIZE]):
        yield from chunk
        last = chunk[-1]
