"""Reads a feed from the web: asked only for what has changed, and with its linked pages if editors say so."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice

from django.utils.translation import gettext, gettext_lazy

from articles.fetching.http_client import Limits, Page, Wanted
from articles.fetching.sandbox import read_items
from articles.ingest.pipeline.sources import line_of
from articles.models import Source, SourceState
from articles.parsing import file_format, item_files
from articles.parsing.feeds.syndication import SUMMARY_ONLY
from articles.parsing.parsed import Problem
from articles.parsing.tabular.jsonl import Line
from articles.sources.linked_pages import LinkedPages
from articles.sources.reading import Piece, Reading, Unreadable, Watch, key_of, taken_keys

LIMITS = Limits(seconds=30, largest=20 * 1024 * 1024)
# Servers name feeds in many ways; the content decides.
KINDS = (
    *("application/rss+xml", "application/atom+xml", "application/feed+json", "application/json"),
    *("application/xml", "text/xml", "application/rdf+xml", "application/x-rss+xml"),
    *("text/html", "application/xhtml+xml", "text/plain", "application/octet-stream"),
)
OTHER_KIND = gettext_lazy("This is %(type)s, not a feed.")
SHORT_SUMMARY = 500  # characters
MOST_ITEMS = 20_000
MOST_NEW = 2_000  # items of one run; the others wait for the next
Fetch = Callable[..., Page]


def read_feed(source: Source, state: SourceState, fetch: Fetch, watch: Watch) -> Reading:
    """Fetch the feed and list its new items; raises `Refused` or `Unreadable`."""
    until = time.monotonic() + watch.seconds
    wanted = Wanted(KINDS, OTHER_KIND, state.etag, state.last_modified)
    page = fetch(source.url, LIMITS, wanted=wanted)
    if page.unchanged:
        return Reading([], None, moved_to=page.moved_to, etag=page.etag, last_modified=page.last_modified)
    lines, damage = items_of(page.raw)
    keys = {key_of(line): line for line in lines}
    known = taken_keys(source, keys)
    new = {key: line for key, line in keys.items() if key not in known}
    found = Reading([], set(keys), damage, len(lines), etag=page.etag, last_modified=page.last_modified)
    found.moved_to = page.moved_to
    found.pieces = _pieces(found, new, LinkedPages(fetch, until, source.language), source, watch)
    return found


def items_of(raw: bytes) -> tuple[list[Line], str]:
    """The items of a feed, and what is wrong with it after them; raises `Unreadable` if it is none."""
    given = read_items(raw, MOST_ITEMS + 1)
    if given.limit and not given.items:
        raise Unreadable(_too_much(given.limit))
    if not given.limit and given.format not in item_files.FORMATS:
        raise Unreadable(
            gettext("There is no feed at this link. It is %(what)s.") % {"what": _what(given.format, raw)}
        )
    lines = [line_of(number, item) for number, item in enumerate(given.items, 1)]
    damage = gettext("The feed is damaged: %(problem)s.") % {"problem": given.fault} if given.fault else ""
    if given.limit:
        damage = _too_much(given.limit)
    if len(lines) > MOST_ITEMS:
        lines.pop()
        damage = gettext("The feed has more than %(n)s items. The others are not read.") % {
            "n": f"{MOST_ITEMS:,}"
        }
    return lines, damage


def _too_much(limit: str) -> str:
    return gettext("The feed is too large or too complex: it %(limit)s.") % {"limit": limit}


def _what(format: str, raw: bytes) -> str:
    if not raw.strip():
        return gettext("empty")
    if format == file_format.PAGE:
        return gettext("a web page")
    if format == file_format.UNKNOWN:
        kind = file_format.what_it_is(raw[:65_536])
        return gettext(kind)
    return gettext("a file of another format")


def _pieces(
    found: Reading, new: dict[str, Line], linked: LinkedPages, source: Source, watch: Watch
) -> Iterator[Piece]:
    """The new items, oldest first as feeds list them last; those that must wait are counted."""
    found.waiting = max(0, len(new) - MOST_NEW)
    in_order: Iterable[tuple[str, Line]] = new.items() if watch.as_listed else reversed(new.items())
    with linked as pages:
        for place, (key, line) in enumerate(islice(in_order, MOST_NEW)):
            whole: Line | None = line
            if line.row and line.row.get(SUMMARY_ONLY) and not source.pages:
                whole = _warned(line)
            elif line.row and line.row.get(SUMMARY_ONLY):
                whole = pages.with_page(line) if watch.allows_page(place) else None
            if whole is None:
                found.waiting += 1
                continue
            yield Piece(key, _name(line), [whole])
        found.fault = found.fault or pages.fault
        found.out_of_time = pages.out_of_time


def _warned(line: Line) -> Line:
    """The item with a warning if it looks like the beginning of an article."""
    row = dict(line.row or {})
    body = str(row.get("body") or "").rstrip()
    if len(body) >= SHORT_SUMMARY and not body.endswith(("…", "...", "[…]", "[...]")):
        return line
    note = gettext("the feed gives only a summary; the article was imported with this text")
    return replace(line, row=row | {"note summary": Problem("", "", note)})


def _name(line: Line) -> str:
    row = line.row or {}
    names = (row.get("headline"), row.get("source_url"), row.get("external_id"))
    return str(next(filter(None, names), ""))
