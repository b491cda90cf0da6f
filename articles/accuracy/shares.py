"""The shares of public quotes that an editor has checked, and that have no speaker."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce, ExtractYear

from articles.models import Holding, Publication


@dataclass(frozen=True)
class Share:
    """The public quotes of a year or publication; ``key`` is None for undated ones and for all."""

    key: int | None
    quotes: int
    checked: int
    without_speaker: int

    @property
    def share_checked(self) -> float:
        """Per cent."""
        return 100 * self.checked / self.quotes if self.quotes else 0

    @property
    def share_without_speaker(self) -> float:
        """Per cent."""
        return 100 * self.without_speaker / self.quotes if self.quotes else 0


@dataclass(frozen=True)
class Shares:
    """Of all public quotes, by year (undated last) and by publication (by name)."""

    all: Share
    by_year: list[Share]
    by_publication: list[tuple[Publication, Share]]


def shares() -> Shares:
    """All public quotes, in two statements; from sums, so that no quote is counted."""
    all_quotes, unnamed = Q(kind=Holding.Kind.QUOTE), Q(kind=Holding.Kind.UNNAMED)
    counted = (
        Holding.objects.visible()
        .filter(all_quotes | unnamed)
        .order_by()
        .values_list(ExtractYear("period"), "thing_id")
        .annotate(
            quotes=_number(all_quotes),
            checked=_number(all_quotes & Q(quotes_state="person")),
            without_speaker=_number(unnamed),
        )
    )
    rows = [row for row in counted if row[2]]
    years = {year for year, *_ in rows}
    publications = Publication.objects.in_bulk({row[1] for row in rows})
    return Shares(
        _sum(None, rows),
        [_sum(year, [row for row in rows if row[0] == year]) for year in sorted(years, key=_undated_last)],
        [
            (publication, _sum(publication.pk, [row for row in rows if row[1] == publication.pk]))
            for publication in sorted(publications.values(), key=lambda one: (one.name.casefold(), one.pk))
        ],
    )


def _number(condition: Q) -> Coalesce:
    return Coalesce(Sum("number", filter=condition), 0)


def _undated_last(year: int | None) -> tuple[bool, int]:
    return year is None, year or 0


def _sum(key: int | None, rows: Iterable[tuple[int | None, int, int, int, int]]) -> Share:
    quotes, checked, without = map(sum, zip((0, 0, 0), *(row[2:] for row in rows), strict=True))
    return Share(key, quotes, checked, without)
