"""Completes the items of a feed that has only summaries from the pages to which they link."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from types import TracebackType
from urllib.parse import urlsplit

from django.utils.translation import gettext

from articles.fetching.http_client import SECONDS, Limits, Page
from articles.fetching.robots import Robots
from articles.fetching.sandbox import ChildReader
from articles.fetching.url_policy import Refused, check_link
from articles.ingest.pipeline.parse import read_document
from articles.parsing import ParsedArticle
from articles.parsing.feeds.syndication import SUMMARY_ONLY
from articles.parsing.html.page import PageError
from articles.parsing.parsed import Problem
from articles.parsing.tabular.jsonl import Line

MOST_PAGES = 20  # of one run
SECONDS_BETWEEN = 2.0  # between two pages of a website
# What the page says, if the feed does not.
_FROM_THE_PAGE = ("byline", "section", "language", "kicker", "dateline", "canonical_url")


class OutOfTime(Exception):
    """Not an error of the page: it waits for the next run."""


class LinkedPages:
    """Fetches up to `MOST_PAGES` pages slowly, until a time of `time.monotonic`.

    After that, or after a failure, the others wait for the next run.
    """

    def __init__(self, fetch: Callable[..., Page], until: float, language: str = "") -> None:
        self.fault, self.out_of_time = "", False
        self._fetch, self._until, self._language = fetch, until, language
        self._robots, self._reader = Robots(self._in_time), ChildReader()
        self._left, self._last = MOST_PAGES, ""

    def __enter__(self) -> LinkedPages:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._reader.close()

    def with_page(self, line: Line) -> Line | None:
        """The item with the text of its page, or with the reason why not; None if it must wait."""
        url = str((line.row or {}).get("source_url") or "")
        if self.fault or self.out_of_time or not self._left:
            return None
        if not url:
            return _as_it_is(line, gettext("the feed gives only a summary and no link"))
        self._left -= 1
        try:
            check_link(url)
            if not self._robots.allows(url):
                site = urlsplit(url).hostname or ""
                return _as_it_is(line, gettext("robots.txt of %(site)s does not allow it") % {"site": site})
            self._wait(url)
            page = self._in_time(url)
            parsed, _ = read_document(
                page.raw, page.media_type, url=page.url, language=self._language,
                read_page=self._reader.read_html,
            )  # fmt: skip
        except OutOfTime:
            self.out_of_time = True
            return None
        except Refused as error:
            if error.passes:
                self.fault = gettext("A linked page could not be fetched: %(problem)s") % {"problem": error}
                return None
            return _as_it_is(line, str(error))
        except PageError as error:
            return _as_it_is(line, str(error))
        return _completed(line, page, parsed)

    def _in_time(self, url: str) -> Page:
        """The page; raises `OutOfTime` instead of an error that may only follow from the end of the time."""
        try:
            return self._fetch(url, Limits(seconds=min(SECONDS, self._time_left())))
        except Refused:
            self._time_left()
            raise

    def _time_left(self) -> float:
        left = self._until - time.monotonic()
        if left <= 0:
            raise OutOfTime
        return left

    def _wait(self, url: str) -> None:
        site = urlsplit(url).netloc
        if site == self._last:
            pause = self._robots.seconds_between(url, SECONDS_BETWEEN)
            if pause >= self._time_left():
                raise OutOfTime
            time.sleep(pause)
        self._last = site


def _as_it_is(line: Line, reason: str) -> Line:
    said = gettext("the page was not fetched, so the article has the feed’s text only: %(reason)s")
    reason = reason.rstrip(".")
    note = Problem("", reason, said % {"reason": reason})
    return replace(line, row={**(line.row or {}), "note page": note})


def _completed(line: Line, page: Page, parsed: ParsedArticle) -> Line:
    """The item with the page as its document; what the feed says of itself is kept."""
    row = dict(line.row or {})
    if len(parsed.body) <= len(str(row.get("body") or "")):
        return _as_it_is(line, gettext("the page has no more text than the feed"))
    row.pop(SUMMARY_ONLY, None)
    row |= {"body": parsed.body, "standfirst": parsed.standfirst, "images": list(map(vars, parsed.images))}
    row |= {name: getattr(parsed, name) for name in _FROM_THE_PAGE if not row.get(name)}
    row["headline"] = row.get("headline") or parsed.headline
    if not row.get("authors") and parsed.authors:
        row["authors"] = list(parsed.authors)
    if not row.get("published_at") and (date := parsed.published_at or parsed.published_on):
        row["published_at"] = str(date)
        taken = gettext("the feed gives no date; that of the linked page was taken")
        row["note date"] = Problem("", "", taken)
    if parsed.removed:
        row["removed"] = list(parsed.removed)
    row |= {f"note page {n}": Problem("", "", said) for n, said in enumerate(parsed.warnings)}
    return replace(line, raw=page.raw, row=row, media_type=page.media_type, origin=page.url)
