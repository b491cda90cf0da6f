"""Serialises one search result to plain data with the public field names."""

from __future__ import annotations

import datetime as dt

from articles.models import Article, Quote
from articles.models.partial_dates import as_printed
from articles.models.publication import Category
from articles.parsing.bylines import authors_of
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


def whole_record(result: Result, *, site_url: str) -> dict[str, object]:
    """The record of a result in a file; of an article with all that an import of the file needs."""
    found = record(result, site_url=site_url)
    article, whole = result.row, result.whole
    if isinstance(article, Quote) or whole is None:
        return found
    return found | {
        "kicker": article.kicker,
        "dateline": article.dateline,
        "authors": _authors(article.byline, [*whole.authors, *_texts(whole.unlinked)]),
        "topics": whole.topics,
        "published_on": as_printed(article.published_on, article.published_precision),
        "edition": article.edition,
        "page": article.page,
        "canonical_url": article.canonical_url or "",
        "archived_url": article.archived_url,
        "external_id": article.external_id or "",
        "images": whole.images,
        "body": whole.body,
    }


def _texts(values: list[object]) -> list[str]:
    return [value for value in values if isinstance(value, str)]


def _authors(byline: str, known: list[str]) -> list[str]:
    """The authors of the byline in its order, by the known name if there is one, then other known ones."""
    printed = authors_of(byline)
    found = [next((name for name in known if _is_short_for(one, name)), one) for one in printed]
    return list(dict.fromkeys([*found, *known]))


def _is_short_for(printed: str, name: str) -> bool:
    """Whether the name is the same, or written with initials: «A. Okafor», «Ada Okafor»."""
    one, other = printed.casefold().split(), name.casefold().split()
    same = len(one) == len(other) > 1 and one[-1] == other[-1]
    return same and all(
        a == b or (a.endswith(".") and b.startswith(a[:-1]))
        for a, b in zip(one[:-1], other[:-1], strict=True)
    )


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
