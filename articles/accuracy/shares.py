"""The shares of public quotes that an editor has checked, and that have no speaker."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from articles.models import Publication, QuoteDocument, clock


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
    """Count all public quotes, in two statements."""
    counted = (
        QuoteDocument.objects.filter(visible_from__lte=clock.now())
        .order_by()
        .values_list("year", "publication_id")
        .annotate(
            quotes=Count("pk"),
            checked=Count("pk", filter=Q(checked="person")),
            without=Count("pk", filter=Q(speaker_id__isnull=True)),
        )
    )
    rows = list(counted)
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


def _undated_last(year: int | None) -> tuple[bool, int]:
    return year is None, year or 0


def _sum(key: int | None, rows: Iterable[tuple[int | None, int, int, int, int]]) -> Share:
    quotes, checked, without = map(sum, zip((0, 0, 0), *(row[2:] for row in rows), strict=True))
    return Share(key, quotes, checked, without)
