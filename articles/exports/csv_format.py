"""Search results as CSV for spreadsheets, one result per row, safe against formula injection."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from typing import Any

from articles.exports.csv_table import table
from articles.exports.serializers import whole_record
from articles.search import Result, SearchRequest

MEDIA_TYPE = "text/csv"
ARTICLE_COLUMNS = (
    *("id", "url", "headline", "standfirst", "byline", "publication_slug", "publication_name"),
    *("section_slug", "section_name", "published_at", "published_precision"),
    *("language", "source_url", "excerpts"),
    *("speaker_slug", "speaker_name", "quotes"),
)
# Further columns of a file of articles, so that an import of it loses nothing.
WHOLE_COLUMNS = (
    *("kicker", "dateline", "authors", "topics", "published_on", "edition", "page"),
    *("canonical_url", "archived_url", "external_id", "images", "body"),
)
QUOTE_COLUMNS = (
    *("id", "url", "text", "spans", "kind", "source", "cue", "speaker_slug", "speaker_name", "role"),
    *("standing", "checked", "rule", "part", "start", "end", "before", "after"),
    *("article_id", "article_url", "article_headline", "article_publication_slug"),
    *("article_publication_name", "article_published_at"),
    "article_published_precision",
)


def csv_chunks(
    results: Iterable[Result], question: SearchRequest, *, site_url: str, path: str, version: str
) -> Iterator[bytes]:
    """The rows in UTF-8 with a byte order mark, which spreadsheets need to detect it."""
    columns = QUOTE_COLUMNS if question.of_quotes else (*ARTICLE_COLUMNS, *WHOLE_COLUMNS)
    address = f"{site_url}{path}{question.address.url(format=None, page=None)}"
    empty = dict.fromkeys(columns, "")
    rows = (empty | flat(whole_record(result, site_url=site_url)) for result in results)
    return table(columns, rows, provenance(address, question.now, version))


def provenance(address: str, retrieved_at: dt.datetime, version: str) -> dict[str, str]:
    """Search, time and version of the archive: in every row, so that copied rows keep them."""
    at = retrieved_at.astimezone(dt.UTC).isoformat(timespec="seconds")
    return {"query": address, "retrieved_at": at, "version": version}


def flat(found: dict[str, Any]) -> dict[str, object]:  # a record: objects, lists and values
    """Flatten a record: nested objects become columns, lists are joined by «; »."""
    cells: dict[str, object] = {}
    for name, value in found.items():
        if name == "speakers":
            cells["speaker_slug"] = "; ".join(who["slug"] for who in value)
            cells["speaker_name"] = "; ".join(who["name"] for who in value)
        elif name in ("excerpts", "quotes"):
            cells[name] = "; ".join(item["text"] for item in value)
        elif name in ("authors", "topics"):
            cells[name] = "; ".join(value)
        elif name in ("spans", "images"):
            cells[name] = json.dumps(value, ensure_ascii=False)
        elif name in ("publication", "section", "speaker"):
            cells[f"{name}_slug"] = value["slug"] if value else ""
            cells[f"{name}_name"] = value["name"] if value else ""
        elif name == "article":
            cells.update({f"article_{inner}": cell for inner, cell in flat(value).items()})
        else:
            cells[name] = value
    return cells
