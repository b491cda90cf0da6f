"""Where in an article the words of a search stand, so that its page can mark them."""

from __future__ import annotations

from collections.abc import Iterator

from articles.models import Article, Quote
from articles.search import ArticleFilter
from articles.search.marks import Marker, merged


def highlights(article: Article, text: str) -> dict[str, tuple[tuple[int, int], ...]]:
    """For each part, in the order of reading, the places of the words; nothing where they cannot be read.

    What is asked for in a speaker's own words is marked where the public quotes of the article have it.
    """
    asked = ArticleFilter({"q": text})
    if not text.strip() or not asked.is_valid():
        return {}
    marker, parts = Marker(asked.cleaned), list(_parts(article))
    marker.learn((article.language, words) for _, _, words in parts)
    return {
        key: spans
        for key, part, words in parts
        if (
            spans := merged(
                [
                    *marker.whole(part, words, article.language).marks,
                    *_in_own_words(article, marker, key, words),
                ]
            )
        )
    }


def _in_own_words(article: Article, marker: Marker, key: str, text: str) -> Iterator[tuple[int, int]]:
    for quote in article.quotes.all() if marker.asks_own_words else ():
        if quote.start is None or _part_of(quote) != key:
            continue
        for start, end in quote.spans:
            for first, last in marker.whole(quote.kind, text[start:end], article.language).marks:
                yield start + first, start + last


def _part_of(quote: Quote) -> str:
    return f"caption-{quote.image_id}" if quote.part == Quote.Part.CAPTION else str(quote.part)


def _parts(article: Article) -> Iterator[tuple[str, str, str]]:
    yield "headline", "headline", article.headline
    yield "standfirst", "standfirst", article.standfirst
    for image in article.images.all():
        yield f"caption-{image.pk}", "caption", image.caption
    yield "body", "body", article.body
