"""Audit log, notices and holdings as CSV tables, JSON and JSON Lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from django.core.paginator import Page
from django.db.models import QuerySet

from articles.exports.json_format import line
from articles.holdings import Months, Period, PeriodCount
from articles.models import AuditEntry, Notice
from articles.text.spreadsheet_safety import cell

MARK = "\ufeff".encode()


def row(cells: Iterable[object]) -> bytes:
    """One CSV line; strings are quoted because some programs also split at semicolons and tabs."""
    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_NONNUMERIC).writerow(cells)
    return written.getvalue().encode()


AUDIT_COLUMNS = ("id", "at", "who", "through", "kind", "about", "rows", "ids", "what", "act", "page")


def audit_record(entry: AuditEntry) -> dict[str, object]:
    """One entry of the audit log for every format."""
    return {
        "id": entry.pk,
        "at": entry.at.isoformat(),
        "who": entry.who,
        "through": entry.through or "shell",
        "kind": entry.kind,
        "about": entry.about,
        "rows": entry.rows,
        "ids": entry.ids,
        "what": entry.what,
        "act": str(entry.act or ""),
        "page": entry.page,
    }


def audit_log_csv(entries: Iterable[AuditEntry]) -> Iterator[bytes]:
    """The audit log as CSV; `ids` are separated by blanks."""
    records = (audit_record(entry) | {"ids": " ".join(map(str, entry.ids))} for entry in entries)
    return table(AUDIT_COLUMNS, records)


def audit_log_jsonl(entries: Iterable[AuditEntry]) -> Iterator[bytes]:
    return (line(audit_record(entry)) for entry in entries)


CHUNK = 500
NOTICE_COLUMNS = (
    *("id", "kind", "whose", "dated", "text", "on", "withdrawn", "url"),
    *("headline", "publication_slug", "publication_name", "published_at"),
)


def notice_record(notice: Notice, *, site_url: str) -> dict[str, object]:
    """One notice for every format; a withdrawn article is given without its headline."""
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
    """Yield notices in order, in chunks; a server-side cursor would hold one connection throughout."""
    ids = list(notices.values_list("pk", flat=True))
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        found = notices.in_bulk(chunk)
        yield from (found[pk] for pk in chunk if pk in found)


def _cells(record: dict[str, Any]) -> dict[str, object]:  # of `notice_record`
    paper = record["publication"] or {}
    return record | {"publication_slug": paper.get("slug", ""), "publication_name": paper.get("name", "")}


def notices_json(page: Page, *, site_url: str) -> dict[str, object]:
    """One page of notices."""
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


def holdings_rows(holdings: Iterable[Months]) -> Iterator[dict[str, str | int]]:
    """A row per period: ``2019-05``, ``2019`` if no month was printed, empty if no date was."""
    for months in holdings:
        for month in months.months:
            yield _row(months, f"{month.period:%Y-%m}", month)
        for year in months.years:
            yield _row(months, f"{year.period:%Y}", year)
        if months.undated:
            yield _row(months, "", months.undated)


def _row(months: Months, period: str, count: PeriodCount[Period]) -> dict[str, str | int]:
    names = (months.publication.slug, months.publication.name)
    return dict(zip(HOLDINGS_COLUMNS, (*names, period, count.articles, *count.parts), strict=True))


def holdings_csv(holdings: Iterable[Months]) -> Iterator[bytes]:
    return table(HOLDINGS_COLUMNS, holdings_rows(holdings))


def table(
    columns: Sequence[str],
    rows: Iterable[Mapping[str, object]],
    same: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[bytes]:
    """CSV in UTF-8 with a byte order mark; cells are escaped by `articles.text.spreadsheet_safety`.

    `same` are further columns, with values of the archive itself that every row repeats as they are.
    """
    yield MARK + row((*columns, *same))
    for values in rows:
        yield row((*(_cell(values[column]) for column in columns), *same.values()))


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return cell(value)
