"""Tables that a spreadsheet opens as they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.core.paginator import Page
from django.db.models import QuerySet

from articles.exports.json_format import line
from articles.exports.spreadsheet_safety import MARK, cell, row
from articles.holdings import Months, PeriodCount
from articles.models import Deed, Notice

AUDIT_COLUMNS = ("id", "at", "who", "through", "kind", "about", "rows", "ids", "what", "act")


def deed_record(deed: Deed) -> dict[str, Any]:
    return {
        "id": deed.pk,
        "at": deed.at.isoformat(),
        "who": deed.who,
        "through": deed.through or "shell",
        "kind": deed.kind,
        "about": deed.about,
        "rows": deed.rows,
        "ids": deed.ids,
        "what": deed.what,
        "act": str(deed.act or ""),
    }


def deeds_csv(deeds: Iterable[Deed]) -> Iterator[bytes]:
    records = (deed_record(deed) for deed in deeds)
    return table(AUDIT_COLUMNS, (record | {"ids": " ".join(map(str, record["ids"]))} for record in records))


def deeds_jsonl(deeds: Iterable[Deed]) -> Iterator[bytes]:
    return (line(deed_record(deed)) for deed in deeds)


CHUNK = 500
NOTICE_COLUMNS = (
    *("id", "kind", "whose", "dated", "text", "on", "withdrawn", "url"),
    *("headline", "publication_slug", "publication_name", "published_at"),
)


def notice_record(notice: Notice, *, site_url: str) -> dict[str, Any]:
    """What is said of one notice in every format; of what was withdrawn only where and when it stood."""
    article, withdrawn = notice.about, notice.of_withdrawn
    return {
        "id": notice.pk,
        "kind": notice.kind,
        "whose": notice.whose,
        "dated": notice.dated.isoformat(),
        "text": notice.text,
        "on": "quote" if notice.quote_id else "article",
        "withdrawn": withdrawn,
        "url": f"{site_url}{notice.url_of_subject}",
        "headline": "" if withdrawn else article.headline,
        "publication": article.publication
        and {"slug": article.publication.slug, "name": article.publication.name},
        "published_at": article.published_as_printed,
    }


def notices_csv(notices: QuerySet[Notice], *, site_url: str) -> Iterator[bytes]:
    rows = (_cells(notice_record(notice, site_url=site_url)) for notice in _in_chunks(notices))
    return table(NOTICE_COLUMNS, rows)


def _in_chunks(notices: QuerySet[Notice]) -> Iterator[Notice]:
    """In their order, never all in memory, and without a cursor that would need one connection throughout."""
    ids = list(notices.values_list("pk", flat=True))
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        found = notices.in_bulk(chunk)
        yield from (found[pk] for pk in chunk if pk in found)


def _cells(record: dict[str, Any]) -> dict[str, Any]:
    paper = record["publication"] or {}
    return record | {"publication_slug": paper.get("slug", ""), "publication_name": paper.get("name", "")}


def notices_json(page: Page, *, site_url: str) -> dict[str, Any]:
    """One page of them."""
    return {
        "count": page.paginator.count,
        "page": page.number,
        "pages": page.paginator.num_pages,
        "results": [notice_record(notice, site_url=site_url) for notice in page],
    }


HOLDINGS_COLUMNS = (
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


def _row(months: Months, period: str, held: PeriodCount) -> dict[str, Any]:
    names = (months.publication.slug, months.publication.name)
    return dict(zip(HOLDINGS_COLUMNS, (*names, period, held.articles, *held.parts), strict=True))


def holdings_csv(held: Iterable[Months]) -> Iterator[bytes]:
    return table(HOLDINGS_COLUMNS, holdings_rows(held))


def table(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """CSV in UTF-8 with its mark; no cell is one that a program would take for something else."""
    yield MARK + row(columns)
    for values in rows:
        yield row(_said(values[column]) for column in columns)


def _said(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return cell(value)
