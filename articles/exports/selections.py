"""A selection of articles and quotes (the reader's basket) as CSV, JSON and JSON Lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from articles.exports.csv_format import ARTICLE_COLUMNS, QUOTE_COLUMNS, flat, provenance
from articles.exports.csv_table import table
from articles.exports.json_format import line
from articles.exports.serializers import record
from articles.models import Quote
from articles.search import Result

# Columns of articles and quotes; those that a record lacks are empty.
COLUMNS = ("what", *dict.fromkeys((*ARTICLE_COLUMNS, *QUOTE_COLUMNS)))


def selection_record(result: Result, *, site_url: str) -> dict[str, object]:
    """The record of a result, with `what` it is: article or quote."""
    what = "quote" if isinstance(result.row, Quote) else "article"
    return {"what": what, **record(result, site_url=site_url)}


def selection_csv(
    results: Iterable[Result], *, site_url: str, address: str, retrieved_at: dt.datetime, version: str
) -> Iterator[bytes]:
    empty = dict.fromkeys(COLUMNS, "")
    rows = (empty | flat(selection_record(result, site_url=site_url)) for result in results)
    return table(COLUMNS, rows, provenance(address, retrieved_at, version))


def selection_jsonl(results: Iterable[Result], *, site_url: str) -> Iterator[bytes]:
    return (line(selection_record(result, site_url=site_url)) for result in results)


def selection_json(
    results: Sequence[Result],
    listed: dict[str, Sequence[int]],
    left_out: Iterable[dict[str, object]],
    *,
    site_url: str,
    links: dict[str, str],
) -> dict[str, object]:
    """`left_out` are the listed ids that cannot be shown, each with its reason."""
    return {
        "listed": {name: list(ids) for name, ids in listed.items()},
        "count": len(results),
        "results": [selection_record(result, site_url=site_url) for result in results],
        "left_out": list(left_out),
        "links": links,
    }
