"""Charts of the holdings: years and months as columns, publications as strips."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import dates
from django.utils.http import urlencode

from articles import holdings
from articles.models import Publication
from articles.views import charts

PUBLICATIONS_ON_FRONT = 12
MONTH_NAMES = [str(dates.MONTHS_3[number]).title() for number in range(1, 13)]


def chart_of(years: list[holdings.PeriodCount[int]], base: int = 164, **filters: str) -> dict[str, object]:
    """Years as a chart with links to searches, and as rows of a table."""
    periods = charts.periods((count.period, count.parts) for count in years)
    columns = [charts.Column(p.label, p.parts, period_address(p.first, p.last, **filters)) for p in periods]
    return {"drawn": charts.draw(columns, base), "periods": list(zip(periods, columns, strict=True))}


def period_address(first: int, last: int, **filters: str) -> str:
    query = urlencode({**filters, "from": f"{first:04}", "to": f"{last:04}"})
    return f"{reverse('articles:search')}?{query}"


def chart_of_months(year: int, months: list[holdings.PeriodCount[dt.date]]) -> charts.Chart:
    """The twelve months as columns with links to their pages."""
    counts = {month.period.month: month for month in months}
    columns = [
        charts.Column(
            MONTH_NAMES[number - 1],
            counts[number].parts if number in counts else (0, 0, 0),
            reverse("articles:month", args=[f"{year:04}", f"{number:02}"]),
        )
        for number in range(1, 13)
    ]
    return charts.draw(columns, 104)


@dataclass(frozen=True)
class Strip:
    """One publication with a cell for each year of the archive, shaded by coverage."""

    publication: Publication
    articles: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Cell:
    label: str
    articles: int
    months: int
    most: int
    address: str

    @property
    def shade(self) -> int:
        """0 if nothing is held, or else 1 to 4 by the share of months with articles."""
        return -(-self.months * 4 // self.most) if self.months else int(bool(self.articles))


def coverage(publications: list[holdings.YearlyCoverage]) -> dict[str, object]:
    """Publications by year, or by ranges of years if there are too many columns."""
    periods = charts.periods(
        (year, ()) for year in {year for covered in publications for year in covered.years}
    )
    shown = sorted(publications, key=lambda covered: -covered.articles)[:PUBLICATIONS_ON_FRONT]
    return {
        "periods": periods,
        "strips": [_strip(covered, periods) for covered in shown],
        "all": len(publications),
    }


def _strip(covered: holdings.YearlyCoverage, periods: Sequence[charts.Period]) -> Strip:
    cells = []
    for period in periods:
        years = [
            covered.years[year] for year in range(period.first, period.last + 1) if year in covered.years
        ]
        cells.append(
            Cell(
                period.name,
                sum(articles for articles, _ in years),
                sum(months for _, months in years),
                12 * (period.last - period.first + 1),
                period_address(period.first, period.last, publication=covered.publication.slug),
            )
        )
    return Strip(covered.publication, covered.articles, tuple(cells))
