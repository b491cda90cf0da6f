"""A basket as data: articles, then quotes, each record with what it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from articles.exports.csv_format import ARTICLE_COLUMNS, PROVENANCE, QUOTE_COLUMNS, flat
from articles.exports.json_format import line
from articles.exports.serializers import record
from articles.exports.spreadsheet_safety import MARK, cell, row
from articles.models import Quote
from articles.search import Result

# What one of the two has no column for is empty.
COLUMNS = ("what", *dict.fromkeys((*ARTICLE_COLUMNS, *QUOTE_COLUMNS)), *PROVENANCE)


def basket_record(result: Result, *, site_url: str) -> dict[str, Any]:
    what = "quote" if isinstance(result.row, Quote) else "article"
    return {"what": what, **record(result, site_url=site_url)}


def basket_csv(
    results: Iterable[Result], *, site_url: str, address: str, retrieved_at: dt.datetime, version: str
) -> Iterator[bytes]:
    provenance = {
        "query": address,
        "retrieved_at": retrieved_at.astimezone(dt.UTC).isoformat(timespec="seconds"),
        "version": version,
    }
    empty = dict.fromkeys(COLUMNS, "")
    yield MARK + row(COLUMNS)
    for result in results:
        found = flat(basket_record(result, site_url=site_url)).items()
        cells = {**empty, **{name: cell(value) for name, value in found}, **provenance}
        yield row(cells[column] for column in COLUMNS)


def basket_jsonl(results: Iterable[Result], *, site_url: str) -> Iterator[bytes]:
    return (line(basket_record(result, site_url=site_url)) for result in results)


def basket_json(
    results: Sequence[Result],
    listed: dict[str, Sequence[int]],
    left_out: Iterable[dict[str, Any]],
    *,
    site_url: str,
    links: dict[str, str],
) -> dict[str, Any]:
    """`left_out` are those of the numbers listed that can not be shown, each with its reason."""
    return {
        "listed": {name: list(ids) for name, ids in listed.items()},
        "count": len(results),
        "results": [basket_record(result, site_url=site_url) for result in results],
        "left_out": list(left_out),
        "links": links,
    }
