"""Parses JSON feeds (jsonfeed.org, versions 1 and 1.1) into import rows."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from articles.parsing.feeds.syndication import ONLY_CHANGED, SUMMARY_ONLY
from articles.parsing.html.fragment import Fragment, read_fragment
from articles.parsing.json_source import as_bytes, dicts, read_json, string, strings
from articles.parsing.normalization import web_address
from articles.parsing.parsed import Problem
from articles.parsing.source_item import SourceError, SourceItem
from articles.parsing.tabular.source_status import says_status

_JSON_FEED = re.compile(rb'"version"\s*:\s*"https?:(?:\\?/){2}(?:www\.)?jsonfeed\.org', re.IGNORECASE)
Data = Mapping[str, Any]  # as read from JSON


def is_json_feed(head: bytes) -> bool:
    """Whether a JSON file with these first bytes is a feed."""
    return _JSON_FEED.search(head) is not None


def read_json_feed(raw: bytes) -> Iterator[SourceItem]:
    """The items as rows for `read_row`; raises `SourceError`."""
    feed = read_json(raw)
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise SourceError("there are no items of a JSON feed in it")
    for item in dicts(feed["items"]):
        yield SourceItem(as_bytes(item), _row(item, feed))


def _row(item: Data, feed: Data) -> dict[str, object]:
    html, text = string(item.get("content_html")), string(item.get("content_text"))
    fragment = read_fragment(html) if html.strip() else Fragment(text)
    summary = string(item.get("summary"))
    authors = _names(item) or _names(feed)
    row: dict[str, object] = {
        "headline": string(item.get("title")),
        **fragment.as_row(),
        "body": fragment.text or summary,
        "byline": ", ".join(authors),
        "authors": authors or None,
        "publication": string(feed.get("title")),
        "topics": strings(item.get("tags")),
        "source_url": web_address(string(item.get("url"))) or web_address(string(item.get("id"))),
        "external_id": string(item.get("id")),
        "language": string(item.get("language")) or string(feed.get("language")),
    } | {key: value for key, value in item.items() if says_status(key) and key != "published"}
    if published := string(item.get("date_published")):
        row["published_at"] = published
    elif changed := string(item.get("date_modified")):
        row |= {"published_at": changed, "note date": Problem("", "", ONLY_CHANGED)}
    if not fragment.text:
        row[SUMMARY_ONLY] = True
    elif summary and not fragment.text.startswith(summary):
        row["standfirst"] = summary
    return row


def _names(data: Data) -> list[str]:
    authors = dicts(data.get("authors")) or dicts([data.get("author")])
    return [name for author in authors if (name := string(author.get("name")))]
