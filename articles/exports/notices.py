"""Corrections and the other notices as files, for those who count them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Page
from django.db.models import QuerySet

from articles.exports.csv_table import table
from articles.models import Notice

CHUNK = 500
COLUMNS = (
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
    return table(COLUMNS, rows)


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
