"""The position of one result in its search, and the previous and next results."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from articles.models import Article, Quote
from articles.search.engine import facets
from articles.search.engine.conditions import Sql
from articles.search.engine.hits import compilers, hits_of, searching
from articles.search.engine.ranking import page_ids
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
    with searching(request):
        found = compilers(request)
        hits, ordered = hits_of(found), page_ids(found)
        sql = Sql(
            _STATEMENT.format(families=facets.FAMILIES, hits=hits.text, ordered=ordered.text),
            (*hits.params, *ordered.params, id_),
        )
        with connection.cursor() as cursor:
            cursor.execute(sql.text, sql.params)
            rows = cursor.fetchall()
    count, number = rows[0][0], rows[0][1] or 0
    at = {place: other for _, _, place, other in rows}
    shown = _rows(request, [other for other in at.values() if other not in (None, id_)])
    return Neighbours(count, number, shown.get(at.get(number - 1)), shown.get(at.get(number + 1)))


_STATEMENT = """
WITH {families}, hits AS MATERIALIZED ({hits}), ordered AS MATERIALIZED ({ordered})
SELECT total.n, this.place, near.place, near.id
FROM (SELECT count(*) AS n FROM hits) AS total
LEFT JOIN (SELECT place FROM ordered WHERE id = %s) AS this ON true
LEFT JOIN ordered AS near ON near.place BETWEEN this.place - 1 AND this.place + 1
"""


def _rows(request: SearchRequest, ids: list[int]) -> dict[int | None, Article | Quote]:
    """The rows that readers may still see, with what their links show."""
    if not ids:
        return {}
    if request.of_quotes:
        quotes = Quote.objects.accepted().select_related("article", "speaker").defer("article__body")
        return {quote.pk: quote for quote in quotes.filter(pk__in=ids)}
    return {article.pk: article for article in Article.objects.published().for_listing().filter(pk__in=ids)}
