"""Where in an article the words of a search stand, so that its page can mark them."""

from __future__ import annotations

from collections.abc import Iterator

from articles.models import Article
from articles.search import ArticleFilter
from articles.search.marks import Marker


def highlights(article: Article, text: str) -> dict[str, list[tuple[int, int]]]:
    """For each part, in the order of reading, the places of the words; nothing where they cannot be read."""
    asked = ArticleFilter({"q": text})
    if not text.strip() or not asked.is_valid():
        return {}
    marker, parts = Marker(asked.cleaned), list(_parts(article))
    marker.learn((article.language, words) for _, _, words in parts)
    marker.fetch()
    return {
        key: list(spans)
        for key, part, words in parts
        if (spans := marker.whole(part, words, article.language).marks)
    }


def _parts(article: Article) -> Iterator[tuple[str, str, str]]:
    yield "headline", "headline", article.headline
    yield "standfirst", "standfirst", article.standfirst
    for image in article.images.all():
        yield f"caption-{image.pk}", "caption", image.caption
    yield "body", "body", article.body
