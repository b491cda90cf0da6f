"""What the archive holds as a table: a row for each publication and month of which it holds anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from articles.exports.csv_table import table
from articles.holdings import Held, Months

COLUMNS = (
    "publication_slug", "publication_name", "period", "articles", "read_by_person", "by_rule_or_in_part",
    "not_read",
)  # fmt: skip


def holdings_rows(held: Iterable[Months]) -> Iterator[dict[str, Any]]:
    """Periods as ``2019-05``, ``2019`` where no month was printed, and empty where no date was."""
    for months in held:
        for month in months.months:
            yield _row(months, f"{month.period:%Y-%m}", month)
        for year in months.years:
            yield _row(months, f"{year.period:%Y}", year)
        if months.undated:
            yield _row(months, "", months.undated)


def _row(months: Months, period: str, held: Held) -> dict[str, Any]:
    names = (months.publication.slug, months.publication.name)
    return dict(zip(COLUMNS, (*names, period, held.articles, *held.parts), strict=True))


def holdings_csv(held: Iterable[Months]) -> Iterator[bytes]:
    return table(COLUMNS, holdings_rows(held))
