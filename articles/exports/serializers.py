"""Serialises one search result to plain data with the public field names."""

from __future__ import annotations

import datetime as dt

from articles.models import Article, Quote
from articles.models.publication import Category
from articles.search import Excerpt, Result, Who


def utc_text(moment: dt.datetime | None, timespec: str = "auto") -> str | None:
    """The time in UTC: ``2019-05-30T10:15:00Z``."""
    if moment is None:
        return None
    return moment.astimezone(dt.UTC).isoformat(timespec=timespec).replace("+00:00", "Z")


def record(result: Result, *, site_url: str) -> dict[str, object]:
    """The record of a result, with absolute URLs."""
    if isinstance(result.row, Quote):
        return _quote(result, result.row, site_url)
    return _article(result, result.row, site_url)


def _article(result: Result, article: Article, site_url: str) -> dict[str, object]:
    return {
        "id": article.pk,
        "url": f"{site_url}{article.get_absolute_url()}",
        "headline": article.headline,
        "standfirst": article.standfirst,
        "byline": article.byline,
        "publication": _named(article.publication),
        "section": _named(article.section),
        "published_at": article.published_as_printed,
        "published_precision": article.published_precision,
        "language": article.language,
        "source_url": article.source_url,
        "excerpts": [_excerpt(excerpt) for excerpt in result.excerpts],
        "speakers": [_who(who) for who in result.speakers],
        "quotes": [
            {
                "id": found.row.pk,
                "url": f"{site_url}{found.row.get_absolute_url()}",
                "text": found.row.text,
                "speaker": _who(found.speaker),
                "marks": [list(mark) for mark in found.excerpt.marks],
            }
            for found in result.quotes
        ],
    }


def _quote(result: Result, quote: Quote, site_url: str) -> dict[str, object]:
    article = quote.article
    return {
        "id": quote.pk,
        "url": f"{site_url}{quote.get_absolute_url()}",
        "text": quote.text,
        "spans": quote.spans,
        "kind": quote.kind,
        "source": quote.source,
        "cue": quote.cue,
        "speaker": _who(result.speaker),
        "role": quote.role_as_printed,
        "standing": quote.standing,
        "checked": quote.checked,
        "rule": quote.rule,
        "part": quote.part,
        "start": quote.start,
        "end": quote.end,
        "before": result.before,
        "after": result.after,
        "article": {
            "id": article.pk,
            "url": f"{site_url}{article.get_absolute_url()}",
            "headline": article.headline,
            "publication": _named(article.publication),
            "published_at": article.published_as_printed,
            "published_precision": article.published_precision,
        },
    }


def _named(thing: Category | None) -> dict[str, str] | None:
    return None if thing is None else {"slug": thing.slug, "name": thing.name}


def _who(who: Who | None) -> dict[str, str] | None:
    return None if who is None else {"slug": who.slug, "name": who.name}


def _excerpt(excerpt: Excerpt) -> dict[str, object]:
    return {"part": excerpt.part, "text": excerpt.text, "marks": [list(mark) for mark in excerpt.marks]}
