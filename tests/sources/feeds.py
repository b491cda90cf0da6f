"""Invented feeds, and a web that answers with them."""

from __future__ import annotations

from collections.abc import Callable

from articles.fetching.http_client import Answered, Page
from articles.fetching.sandbox import Items
from articles.fetching.sandbox_worker import give_items
from articles.parsing.source_item import from_plain

FEED = "https://courier.example/courier-news.xml"


def item(number: int = 1, **fields: str) -> str:
    """An item with its whole text, unless it has a summary only."""
    values = {
        "title": f"The river rises, part {number}",
        "link": f"https://courier.example/{number}",
        "guid": f"courier-{number}",
        "pubDate": "Thu, 30 May 2019 10:00:00 GMT",
        "content:encoded": f"<p>“The river is high,” said Osric Pell, who farms there, {number} times.</p>",
    } | fields
    inside = "".join(f"<{name}><![CDATA[{value}]]></{name}>" for name, value in values.items() if value)
    return f"<item>{inside}</item>"


def slow_feed() -> bytes:
    """A feed whose one item takes far longer to read than a feed may."""
    return rss(item(1, **{"content:encoded": "<q>" * 1_000_000}))


def rss(*items: str) -> bytes:
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>Courier Online</title><link>https://courier.example/</link>{''.join(items)}"
        "</channel></rss>"
    ).encode()


def read_items_here(raw: bytes, most: int) -> Items:
    """Read a feed without a child process for each, which takes a third of a second to begin."""
    given: list = []
    end = give_items(raw, most, given.append)
    return Items(end["format"], list(map(from_plain, given)), end["fault"])


class Web:
    """Answers by address: bytes, a page, an error to raise, or a function; remembers what was asked."""

    def __init__(self, **answers: object) -> None:
        self.answers: dict[str, object] = {FEED: rss(item())}
        self.asked: list[str] = []
        self.wanted: list[object] = []
        self.limits: list[object] = []

    def __call__(self, url: str, *limits: object, wanted: object = None) -> Page:
        self.asked.append(url)
        self.wanted.append(wanted)
        self.limits += limits
        answer = self.answers.get(url, Answered(f"no answer for {url}.", 404))
        if isinstance(answer, Callable):
            answer = answer(wanted)
        if isinstance(answer, Exception):
            raise answer
        return answer if isinstance(answer, Page) else Page(answer, "application/rss+xml", url)
