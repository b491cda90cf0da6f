"""The position of one result in its search, and the previous and next results."""

from __future__ import annotations

from dataclasses import dataclass

from articles.models import Article, Quote
from articles.search.engine.searcher import searching
from articles.search.request.query import SearchRequest
from articles.search.results.answer import nothing_understood


@dataclass(frozen=True)
class Neighbours:
    """`number` is the position from 1 in the order of the request; 0 if it is not among the results."""

    count: int
    number: int = 0
    before: Article | Quote | None = None
    after: Article | Quote | None = None


def neighbours(request: SearchRequest, id_: int) -> Neighbours:
    """Find the neighbours of an article or quote id, without facets and excerpts."""
    if nothing_understood(request):
        return Neighbours(0)
    with searching(request) as searcher:
        ids = searcher.results(request).ordered()
    number = ids.index(id_) + 1 if id_ in ids else 0
    before = ids[number - 2] if number > 1 else None
    after = ids[number] if 0 < number < len(ids) else None
    shown = _rows(request, [other for other in (before, after) if other is not None])
    return Neighbours(len(ids), number, shown.get(before), shown.get(after))


def _rows(request: SearchRequest, ids: list[int]) -> dict[int | None, Article | Quote]:
    """The rows that readers may still see, with what their links show."""
    if not ids:
        return {}
    if request.of_quotes:
        quotes = Quote.objects.accepted().select_related("article", "speaker").defer("article__body")
        return {quote.pk: quote for quote in quotes.filter(pk__in=ids)}
    return {article.pk: article for article in Article.objects.published().for_listing().filter(pk__in=ids)}
