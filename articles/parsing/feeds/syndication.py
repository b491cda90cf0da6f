"""Parses RSS and Atom feeds into import rows."""

import re
from collections.abc import Iterator
from typing import Any

import feedparser

from articles.parsing.charsets import decode_markup
from articles.parsing.html.fragment import Fragment, read_fragment
from articles.parsing.normalization import tidy, web_address
from articles.parsing.parsed import Problem
from articles.parsing.tabular.source_status import says_status

SUMMARY_ONLY = "feed_gave_summary_only"
_DECLARATION = re.compile(r"\A\s*(?:<\?xml[^<>]{0,200}\?>)?")
_UTF_8 = '<?xml version="1.0" encoding="utf-8"?>'


class _Bytes:
    """A readable object, because feedparser opens strings that look like a path or URL."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw

    def read(self) -> bytes:
        return self.raw


class FeedError(ValueError):
    """The bytes are not a feed; the message is for the user who submitted them."""


Entry = Any  # feedparser has no types


def read_feed(raw: bytes) -> Iterator[dict[str, object]]:
    """The entries as rows for `read_row`; raises `FeedError`. No file or URL is opened."""
    # feedparser knows fewer encoding labels than browsers.
    text, notes = decode_markup(raw)
    raw = _DECLARATION.sub(_UTF_8, text, count=1).encode("utf-8", "replace")
    feed = feedparser.parse(_Bytes(raw), sanitize_html=False, resolve_relative_uris=False)
    if not feed.version and not feed.entries:
        raise FeedError("there is no RSS or Atom feed in it")
    language = str(feed.feed.get("language", "")).strip()
    for entry in feed.entries:
        row = _row(entry, _line(feed.feed, "title"), language)
        yield row | {f"note {n}": Problem("", "", note) for n, note in enumerate(notes)}


def _row(entry: Entry, publication: str, language: str) -> dict[str, object]:
    contents = [content for content in entry.get("content", ()) if content.get("value")]
    summary = entry.get("summary", "")
    whole = max(contents, key=lambda content: len(content.value), default=None)
    fragment = _fragment(whole) if whole else _fragment(entry.get("summary_detail", {"value": summary}))
    authors = [_text(author.get("name", "")) for author in entry.get("authors", ())]
    row = {
        "headline": _line(entry, "title"),
        "body": fragment.text,
        "images": [vars(image) for image in fragment.images],
        "byline": ", ".join(filter(None, authors)),
        "publication": _text(entry.get("source", {}).get("title", "")) or publication,
        "topics": [_text(tag.get("term") or tag.get("label") or "") for tag in entry.get("tags", ())],
        "source_url": web_address(entry.get("link", "")),
        "external_id": entry.get("id", ""),
        # As printed, because feedparser's parsed value is in UTC and loses the newspaper's day.
        "published_at": entry.get("published", ""),
        "language": language,
    }
    row |= _what_it_says_of_its_status(entry)
    if contents and summary not in [content.value for content in contents]:
        row["standfirst"] = _line(entry, "summary")
    if not contents:
        row[SUMMARY_ONLY] = True
    return row


def _what_it_says_of_its_status(entry: Entry) -> dict[str, str]:
    """Status elements such as `app:draft`, which feedparser names by prefix and name."""
    said = ((key.replace("_", ":", 1), value) for key, value in entry.items() if "_" in key)
    return {key: value for key, value in said if isinstance(value, str) and value and says_status(key)}


def _fragment(detail: Entry) -> Fragment:
    """Convert HTML to plain text, except in Atom's text constructs, where «<» is a literal character."""
    value = detail.get("value", "")
    return Fragment(value) if detail.get("type") == "text/plain" else read_fragment(value)


def _line(entry: Entry, name: str) -> str:
    detail = entry.get(f"{name}_detail", {})
    return tidy(_fragment(detail).text) if detail else _text(entry.get(name, ""))


def _text(markup: str) -> str:
    return tidy(read_fragment(markup).text)
