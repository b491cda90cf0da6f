"""The pages of an article and of a quote as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from articles.exports import record
from articles.models import Notice, Quote, Speaker
from articles.models.partial_dates import as_printed
from articles.presenters import ArticlePage, QuoteInContext
from articles.presenters.article import final
from articles.search import Result, Who


def article_record(page: ArticlePage) -> dict[str, Any]:
    """The article with its public text and its quotes with their spans."""
    article, end = page.article, page.text_end
    public = {numbered.quote.pk for numbered in page.quotes}
    speakers = dict.fromkeys(voice.speaker for voice in page.speakers if voice.speaker)
    found = record(Result(article, (), speakers=tuple(map(_who, speakers))), site_url=settings.SITE_URL)
    return found | {
        "kicker": article.kicker,
        "dateline": article.dateline,
        "authors": [_named(author) for author in page.authors],
        "topics": [_named(topic) for topic in article.topics.all()],
        "edition": article.edition,
        "page": article.page,
        "archived_url": article.archived_url,
        "quotes_state": article.quotes_state,
        "first_public_at": _instant(article.first_public_at),
        "modified_at": _instant(article.modified_at),
        "version": article.version,
        "version_of": _address(page.later_version),
        "copies": [_address(copy) for copy in page.elsewhere],
        "notices": _notices(article.notices.all()),
        "images": [
            {"caption": picture.image.caption, "credit": picture.image.credit, "url": picture.image.url}
            for picture in page.pictures
        ],
        "body": article.body[:end],
        "excerpt_only": page.excerpt,
        "turns": [_turn(turn, end) for turn in article.turns.all() if turn.start < end],
        "notes": [{"start": note.start, "end": note.end} for note in article.notes.all() if note.end <= end],
        "quotes": [_quote_of(numbered.quote, public) for numbered in page.quotes],
    }


def quote_record(shown: QuoteInContext) -> dict[str, Any]:
    """The quote as in search results, plus its provenance."""
    quote = shown.quote
    speaker = _who(shown.speaker) if shown.speaker else None
    result = Result(quote, (), speaker=speaker, before=shown.before, after=shown.after)
    inside = {"inside": shown.within.pk if shown.within else None}
    return record(result, site_url=settings.SITE_URL) | _more(quote) | inside


def _quote_of(quote: Quote, public: set[int]) -> dict[str, Any]:
    speaker = final(quote.speaker)
    result = Result(quote, (), speaker=_who(speaker) if speaker else None)
    inside = {"inside": quote.inside_id if quote.inside_id in public else None}
    found = record(result, site_url=settings.SITE_URL) | _more(quote) | inside
    # Fields that the article already has.
    return {name: value for name, value in found.items() if name not in ("article", "before", "after")}


def _more(quote: Quote) -> dict[str, Any]:
    return {
        "channel": quote.channel,
        "confidence": quote.confidence,
        "said_at": as_printed(quote.said_on, quote.said_precision) if quote.said_on else "",
        "translated": quote.translated,
        "original_url": quote.original_url,
        "decided_at": _instant(quote.decided_at),
        "first_public_at": _instant(quote.first_public_at),
        "notices": _notices(quote.notices.all()),
    }


def _turn(turn: Any, end: int) -> dict[str, Any]:
    speaker = final(turn.speaker)
    return {
        "start": turn.start,
        "end": min(turn.end, end),
        "role": turn.role,
        "source": turn.source,
        "speaker": _named(speaker) if speaker else None,
        "labelled": turn.labelled,
    }


def _who(speaker: Speaker) -> Who:
    return Who(speaker.pk, speaker.slug, speaker.name)


def _named(thing: Any) -> dict[str, str]:
    return {"slug": thing.slug, "name": thing.name}


def _address(article: Any) -> str | None:
    return f"{settings.SITE_URL}{article.get_absolute_url()}" if article is not None else None


def _instant(moment: Any) -> str | None:
    return moment.isoformat(timespec="seconds") if moment is not None else None


def _notices(notices: Iterable[Notice]) -> list[dict[str, str]]:
    return [
        {"kind": notice.kind, "whose": notice.whose, "text": notice.text, "dated": notice.dated.isoformat()}
        for notice in notices
    ]
