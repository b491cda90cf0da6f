"""Where one result stands among all of its search, and what stands before and after it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from articles.models import Article, Quote
from articles.search.engine import facets
from articles.search.engine.conditions import Sql
from articles.search.engine.hits import compilers, hits_of, searching
from articles.search.engine.ranking import page_ids
from articles.search.request.query import Question
from articles.search.results.answer import nothing_understood


@dataclass(frozen=True)
class Neighbours:
    """`number` counts from 1 in the order asked for; 0 where it is no result, or no longer."""

    count: int
    number: int = 0
    before: Article | Quote | None = None
    after: Article | Quote | None = None


def neighbours(question: Question, id_: int) -> Neighbours:
    """Look up the place of an article, or a quote, without facets or excerpts of its search."""
    if nothing_understood(question):
        return Neighbours(0)
    with searching(question):
        found = compilers(question)
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
    shown = _rows(question, [other for other in at.values() if other not in (None, id_)])
    return Neighbours(count, number, shown.get(at.get(number - 1)), shown.get(at.get(number + 1)))


_STATEMENT = """
WITH {families}, hits AS MATERIALIZED ({hits}), ordered AS MATERIALIZED ({ordered})
SELECT total.n, this.place, near.place, near.id
FROM (SELECT count(*) AS n FROM hits) AS total
LEFT JOIN (SELECT place FROM ordered WHERE id = %s) AS this ON true
LEFT JOIN ordered AS near ON near.place BETWEEN this.place - 1 AND this.place + 1
"""


def _rows(question: Question, ids: list[int]) -> dict[int | None, Article | Quote]:
    """Those that readers may still open, with what their links say."""
    if not ids:
        return {}
    if question.of_quotes:
        quotes = Quote.objects.accepted().select_related("article", "speaker").defer("article__body")
        return {quote.pk: quote for quote in quotes.filter(pk__in=ids)}
    return {article.pk: article for article in Article.objects.published().for_listing().filter(pk__in=ids)}
