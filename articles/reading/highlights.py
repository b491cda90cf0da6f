"""Where in an article the words of a search stand, so that its page can mark them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from articles.models import Article
from articles.search import ArticleFilter
from articles.search.excerpts import Marker


def highlights(article: Article, text: str) -> dict[str, list[tuple[int, int]]]:
    """For each part, in the order of reading, the places of the words; nothing where they cannot be read."""
    asked = ArticleFilter({"q": text})
    if not text.strip() or not asked.is_valid():
        return {}
    marker, parts = Marker(asked.cleaned), list(_parts(article))
    marker.learn((article.language, words) for _, _, words in parts)
    marker.fetch()
    return {
        key: spans
        for key, part, words in parts
        if (spans := _merged(span for _, span in marker.found(part, words, 0, article.language)))
    }


def _parts(article: Article) -> Iterator[tuple[str, str, str]]:
    yield "headline", "headline", article.headline
    yield "standfirst", "standfirst", article.standfirst
    for image in article.images.all():
        yield f"caption-{image.pk}", "caption", image.caption
    yield "body", "body", article.body


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
