"""Examples for the search help page, each with its result count."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db import OperationalError
from django.db.models import QuerySet, Subquery
from psycopg.errors import QueryCanceled

from articles.models import Article, Image, Quote, Speaker, Turn
from articles.search.engine.searcher import searching
from articles.search.query import parse, words
from articles.search.query.nodes import PART_FIELDS
from articles.search.query.syntax_reference import GROUPS, PLAIN_WORDS, Operator
from articles.search.request.canonical_url import Address
from articles.search.request.messages import translated
from articles.search.request.names import names_in, resolve
from articles.search.request.query import SearchRequest

LONGEST_NAME = 60


@dataclass(frozen=True)
class Example:
    """One example query; `count` is None where counting took too long."""

    text: str
    meaning: str
    url: str
    count: int | None


def examples(now: dt.datetime) -> list[tuple[str, list[Example]]]:
    """Every operator and field with an example that finds something, by group title.

    The words are chosen by hand. Where they find nothing in this archive, words of its newest quote are
    tried; an example that finds nothing with either is left out.
    """
    words_here = PLAIN_WORDS | _words_of_the_archive(now)
    written = {
        operator: (operator.example(PLAIN_WORDS), operator.example(words_here))
        for group in GROUPS
        for operator in group.operators
    }
    texts = list(dict.fromkeys(text for pair in written.values() for text in pair))
    counts = dict(zip(texts, _counts(texts, now), strict=True))
    by_group = [
        (group.title, [_example(operator, *written[operator], counts) for operator in group.operators])
        for group in GROUPS
    ]
    shown = [(title, [one for one in listed if one.count != 0]) for title, listed in by_group]
    return [(title, listed) for title, listed in shown if listed]


def _example(operator: Operator, chosen: str, derived: str, counts: Mapping[str, int | None]) -> Example:
    text = chosen if counts[chosen] else derived
    return Example(text, translated(operator.meaning), Address({"q": (text,)}).url(), counts[text])


def _counts(written: Sequence[str], now: dt.datetime) -> Sequence[int | None]:
    parsed = [parse(text) for text in written]
    names = resolve(set(), {name for query in parsed for name in names_in(query.root)})
    requests = [SearchRequest("articles", query, now, names=names) for query in parsed]
    try:
        with searching(requests[0]) as searcher:
            return searcher.counts(requests)
    except OperationalError as failure:
        if not isinstance(failure.__cause__, QueryCanceled):
            raise
        # The page explains how to search; it must not fail because a count is missing.
        return [None] * len(requests)


def _words_of_the_archive(now: dt.datetime) -> dict[str, str]:
    """Words and names from the newest quote with a linked person; empty where there is no such quote."""
    quotes = (
        Quote.objects.accepted(now)
        .filter(speaker__merged_into=None, speaker__kind=Speaker.Kind.PERSON)
        .select_related("speaker", "article__publication", "article__section")
        .prefetch_related("article__topics", "article__authors")
        .order_by("-pk")
    )
    # The help page is in English, so English examples are preferred.
    quotes = quotes.annotate(newest_caption=Subquery(_captions(now)[:1]))
    newest = quotes.filter(article__language__startswith="en").first() or quotes.first()
    if newest is None:
        return {}
    article = newest.article
    pair = _longest_pair(words(article.headline))
    parts = {name: getattr(article, name, "") for name in PART_FIELDS} | {"body": article.public_body}
    longest = {name: _longest(words(text)) for name, text in parts.items()}
    names = {
        "speaker": newest.speaker,
        "publication": article.publication,
        "section": article.section,
        "topic": next(iter(article.topics.all()), None),
        "author": next(iter(article.authors.all()), None),
    }
    found = {
        **longest,
        **pair,
        "caption": _longest(words(newest.newest_caption or "")),  # type: ignore[attr-defined]  # put there above
        "quote": _longest(words(newest.text)),
        **_words_of_interviews(now),
        **{name: _name(str(named or "")) for name, named in names.items()},
        "kind": newest.kind,
        "language": article.language.lower(),
        "after": str(article.published_on.year) if article.published_on else "",
        "before": str(article.published_on.year + 1) if article.published_on else "",
    }
    return {name: text for name, text in found.items() if text}


def _captions(now: dt.datetime) -> QuerySet[Image, Any]:  # for a subquery
    """Captions of published articles, newest first."""
    seen = Image.objects.filter(article__in=Article.objects.published(now)).exclude(caption="")
    return seen.order_by("-pk").values("caption")


def _words_of_interviews(now: dt.datetime) -> dict[str, str]:
    """The longest word of an answer and of a question in the newest interview."""
    turns = Turn.objects.filter(article__in=Article.objects.published(now)).order_by("-pk")
    quotes = Quote.objects.accepted(now).filter(article=turns.values("article")[:1])
    asked = quotes.filter(kind__in=(Quote.Kind.ANSWER, Quote.Kind.QUESTION)).order_by("-pk")
    return {kind: _longest(words(text)) for kind, text in asked.values_list("kind", "text")}


def _longest_pair(headline: Sequence[str]) -> Mapping[str, str]:
    """The pair of adjacent words whose shorter word is longest, and the beginning of the second."""
    pairs = list(pairwise(headline))
    if not pairs:
        return {}
    first, second = max(pairs, key=lambda pair: min(map(len, pair)))
    return {"first": first, "second": second, "beginning": second[:5] if len(second) > 2 else ""}


def _longest(found: Sequence[str]) -> str:
    return max(found, key=len, default="")


def _name(written: str) -> str:
    """The name where it can be put between quotation marks; otherwise empty."""
    return written if '"' not in written and len(written) <= LONGEST_NAME else ""
