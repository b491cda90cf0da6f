"""The positions of search words in an article, for marking them on its page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext, gettext_lazy

from articles.models import Article, Quote
from articles.search import ArticleFilter
from articles.search.engine.budget import MARKING_AN_ARTICLE, Budget, OverBudget
from articles.search.results.snippets import Excerpt, Highlighter, merged

# Rendering a mark costs this many steps more than finding it; each mark adds about 120 bytes to the page.
STEPS_A_MARK = 80
TOO_LONG = gettext_lazy("Not highlighted: finding these words in this text would take too long")


@dataclass(frozen=True)
class Highlights:
    """The spans of the words in each part, in reading order.

    ``problem``: why nothing is marked, if the reason is not that the text lacks the words.
    """

    places: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    problem: str = ""


def highlights(article: Article, text: str) -> Highlights:
    """Find the words of a search; conditions on own words are marked only in public quotes."""
    asked = ArticleFilter({"q": text})
    if not text.strip():
        return Highlights()
    if not asked.is_valid():
        messages = [error["message"] for errors in asked.errors.values() for error in errors]
        return Highlights(
            problem=gettext("Not highlighted: %(problems)s") % {"problems": "; ".join(messages)}
        )
    marker, parts = Highlighter(asked.cleaned, Budget(MARKING_AN_ARTICLE)), list(_parts(article))
    try:
        return Highlights(
            {key: marks for key, part, words in parts if (marks := _marks(article, marker, key, part, words))}
        )
    except OverBudget:
        return Highlights(problem=str(TOO_LONG))


def _marks(
    article: Article, marker: Highlighter, key: str, part: str, text: str
) -> tuple[tuple[int, int], ...]:
    """The spans in one part; raises OverBudget if finding or rendering them takes too long."""
    read = [(0, marker.whole(part, text, article.language)), *_in_own_words(article, marker, key, text)]
    if any(excerpt.unmarked for _, excerpt in read):
        raise OverBudget
    marks = merged((at + start, at + end) for at, excerpt in read for start, end in excerpt.marks)
    marker.budget.spend(STEPS_A_MARK * len(marks))
    return marks


def _in_own_words(
    article: Article, marker: Highlighter, key: str, text: str
) -> Iterator[tuple[int, Excerpt]]:
    """The spans of the public quotes in this part, marked, with their offsets."""
    for quote in article.quotes.all() if marker.asks_own_words else ():
        if quote.start is None or _part_of(quote) != key:
            continue
        for start, end in quote.spans:
            yield start, marker.whole(quote.kind, text[start:end], article.language)


def _part_of(quote: Quote) -> str:
    return f"caption-{quote.image_id}" if quote.part == Quote.Part.CAPTION else str(quote.part)


def _parts(article: Article) -> Iterator[tuple[str, str, str]]:
    yield "headline", "headline", article.headline
    yield "standfirst", "standfirst", article.standfirst
    yield "body", "body", article.body
    # The page shows pictures below the text.
    for image in article.images.all():
        yield f"caption-{image.pk}", "caption", image.caption
