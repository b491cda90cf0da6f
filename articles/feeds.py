"""One page of an answer, or the newest notices, as an Atom feed, for readers that look again and again."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from django.utils.feedgenerator import Atom1Feed

from articles.models import Article, Notice, Quote
from articles.search import Answer, Result

MEDIA_TYPE = "application/atom+xml"
# Characters that no XML may hold, however they are written.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def atom(answer: Answer, *, site_url: str, path: str, title: str) -> str:
    """One page of an answer; `title` names the search, `path` is where it was asked."""
    question = answer.question
    base = f"{site_url}{path}"
    feed = Atom1Feed(
        title=_clean(title),
        link=base + question.address.url(format=None),
        description="",
        language="en",
        feed_url=base + question.address.url(),
        feed_guid=base + question.address.url(format=None, page=None),
    )
    for result in answer.results:
        feed.add_item(**_item(result, site_url))
    return feed.writeString("utf-8")


def basket_atom(results: Iterable[Result], *, site_url: str, address: str, query: str) -> str:
    """What a basket holds, whole; `query` is what its address lists."""
    feed = Atom1Feed(
        title="A basket · The News Archive",
        link=address,
        description="",
        language="en",
        feed_url=f"{address}{'&' if query else '?'}format=atom",
        feed_guid=address,
    )
    for result in results:
        feed.add_item(**_item(result, site_url))
    return feed.writeString("utf-8")


def notices_atom(notices: Iterable[Notice], *, site_url: str, path: str) -> str:
    """The newest notices, each as of the time when it came; what was withdrawn is not named."""
    feed = Atom1Feed(
        title="Corrections and notices · The News Archive",
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
            link=f"{site_url}{(notice.quote or notice.about).get_absolute_url()}",
            description=_clean(notice.text),
            unique_id=f"{site_url}{path}#notice-{notice.pk}",
            author_name=_clean(
                "The News Archive" if notice.whose == "ours" else str(notice.about.publication)
            ),
            pubdate=came.astimezone(dt.UTC),
            updateddate=came.astimezone(dt.UTC),
        )
    return feed.writeString("utf-8")


def _item(result: Result, site_url: str) -> dict[str, Any]:
    row = result.row
    url = f"{site_url}{row.get_absolute_url()}"
    article = row.article if isinstance(row, Quote) else row
    seen = row.first_public_at or article.visible_from
    return {
        "link": url,
        "unique_id": url if isinstance(row, Quote) else f"{site_url}/articles/{row.pk}/",
        "title": _clean(_title(result)),
        "description": _clean(row.text if isinstance(row, Quote) else _summary(result, row)),
        "author_name": _clean(article.byline or str(article.publication or "")),
        "pubdate": seen.astimezone(dt.UTC),
        "updateddate": max(seen, article.modified_at).astimezone(dt.UTC),
    }


def _title(result: Result) -> str:
    row = result.row
    if isinstance(row, Article):
        return row.headline
    speaker = result.speaker.name if result.speaker else row.source_as_name or "Speaker not known"
    return f"{speaker}: {row.text[:80]}{'…' if len(row.text) > 80 else ''}"


def _summary(result: Result, article: Article) -> str:
    return article.standfirst or " … ".join(part.text for part in result.excerpts if part.part == "body")


def _clean(text: str) -> str:
    """The text without the characters that would make the whole feed unreadable."""
    return _NOT_XML.sub("", text)
