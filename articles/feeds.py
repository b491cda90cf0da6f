"""Atom feeds of searches by the date added, of baskets and of notices."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.core.paginator import Page
from django.utils.feedgenerator import Atom1Feed
from django.utils.xmlutils import SimplerXMLGenerator

from articles.citations import Citation
from articles.models import Article, Notice, Quote
from articles.search import Answer, Result

MEDIA_TYPE = "application/atom+xml"
# Characters that XML forbids, even as references.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class ArchiveFeed(Atom1Feed):
    """Atom with several authors per entry and links to other pages of the feed (RFC 5005)."""

    def __init__(
        self,
        *args: Any,  # of Django’s feed
        pages: Mapping[str, str] | None = None,
        **kwargs: Any,  # of Django’s feed
    ) -> None:
        super().__init__(*args, **kwargs)
        self.pages = pages or {}

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        for relation, url in self.pages.items():
            handler.addQuickElement("link", "", {"rel": relation, "href": url})

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:  # of `add_item`
        super().add_item_elements(handler, item)
        for name in item.get("author_names", ()):
            handler.startElement("author", AttributesImpl({}))
            handler.addQuickElement("name", name)
            handler.endElement("author")


def atom(answer: Answer, cited: Sequence[Citation], *, site_url: str, path: str, title: str) -> str:
    """One page of search results. ``cited``: their citations; ``path``: the path of the search."""
    question = answer.request
    base = f"{site_url}{path}"
    feed = ArchiveFeed(
        pages=_pages(answer.page, answer.pages, lambda number: f"{base}{question.address.url(page=number)}"),
        title=_clean(title),
        link=base + question.address.url(format=None),
        description="",
        language="en",
        feed_url=base + question.address.url(),
        feed_guid=base + question.address.url(format=None, page=None),
    )
    for result, citation in zip(answer.results, cited, strict=True):
        feed.add_item(**_item(result, citation, site_url))
    return feed.writeString("utf-8")


def basket_atom(
    results: Sequence[Result], cited: Sequence[Citation], *, site_url: str, address: str, query: str
) -> str:
    """All items of a basket; ``query`` is the query string of its URL."""
    feed = ArchiveFeed(
        title=f"A basket · {settings.ARCHIVE_NAME}",
        link=address,
        description="",
        language="en",
        feed_url=f"{address}{'&' if query else '?'}format=atom",
        feed_guid=address,
    )
    for result, citation in zip(results, cited, strict=True):
        feed.add_item(**_item(result, citation, site_url))
    return feed.writeString("utf-8")


def notices_atom(notices: Page[Notice], *, site_url: str, path: str) -> str:
    """One page of the notices, newest first; headlines of withdrawn items are left out."""
    last = notices.paginator.num_pages
    feed = ArchiveFeed(
        pages=_pages(notices.number, last, lambda number: f"{site_url}{path}?page={number}&format=atom"),
        title=f"Corrections and notices · {settings.ARCHIVE_NAME}",
        link=f"{site_url}{path}",
        description="",
        language="en",
        feed_url=f"{site_url}{path}?format=atom",
        feed_guid=f"{site_url}{path}",
    )
    for notice in notices:
        came = notice.added_at or dt.datetime.combine(notice.dated, dt.time(), dt.UTC)
        what = "quote" if notice.quote_id else "article"
        title = f"a withdrawn {what}" if notice.of_withdrawn else notice.about.headline
        feed.add_item(
            title=_clean(f"{notice.get_kind_display()}: {title}"),
            link=f"{site_url}{notice.url_of_subject}",
            description=_clean(notice.text),
            unique_id=f"{site_url}{path}#notice-{notice.pk}",
            author_name=_clean(
                settings.ARCHIVE_NAME if notice.whose == "ours" else str(notice.about.publication)
            ),
            pubdate=came.astimezone(dt.UTC),
            updateddate=came.astimezone(dt.UTC),
        )
    return feed.writeString("utf-8")


def _pages(number: int, last: int, url: Callable[[int], str]) -> dict[str, str]:
    """The links to the first, previous and next page, if they exist."""
    found = {"first": 1, "previous": number - 1, "next": number + 1}
    return {relation: url(page) for relation, page in found.items() if last > 1 and 1 <= page <= last}


def _item(result: Result, citation: Citation, site_url: str) -> dict[str, Any]:  # the arguments of `add_item`
    row = result.row
    url = f"{site_url}{row.get_absolute_url()}"
    article = row.article if isinstance(row, Quote) else row
    seen = row.first_public_at or article.visible_from
    return {
        "link": url,
        "unique_id": url if isinstance(row, Quote) else f"{site_url}/articles/{row.pk}/",
        "title": _clean(_title(result)),
        "description": _clean(row.text if isinstance(row, Quote) else _summary(result, row)),
        "author_names": [_clean(name.straight) for name in citation.authors] or [_clean(citation.container)],
        "pubdate": _published(article),
        "updateddate": max(seen, article.modified_at).astimezone(dt.UTC),
    }


def _published(article: Article) -> dt.datetime | None:
    """The printed date; noon if no time is known, which is the same day in nearly all time zones."""
    if article.published_at is not None:
        return article.published_at.astimezone(article.time_zone)
    if article.published_on is None:
        return None
    return dt.datetime.combine(article.published_on, dt.time(12), article.time_zone)


def _title(result: Result) -> str:
    row = result.row
    if isinstance(row, Article):
        return row.headline
    speaker = result.speaker.name if result.speaker else row.source_as_name or "Speaker not known"
    unchecked = "" if row.decided_by_id else " (not checked)"
    return f"{speaker}{unchecked}: {row.text[:80]}{'…' if len(row.text) > 80 else ''}"


def _summary(result: Result, article: Article) -> str:
    return article.standfirst or " … ".join(part.text for part in result.excerpts if part.part == "body")


def _clean(text: str) -> str:
    """The text without characters that would make the feed invalid XML."""
    return _NOT_XML.sub("", text)
