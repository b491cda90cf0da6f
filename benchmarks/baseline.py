"""The baseline: plain PostgreSQL full-text search on the same rows.

A generated column with `to_tsvector('english')` and its GIN index, `ts_rank` for the order, `LIMIT 20` before
`ts_headline`, a `count(*)`, and one GROUP BY for each facet.
"""

from __future__ import annotations

from django.db import connection

from benchmarks.queries import Timed

TABLES = """
DROP TABLE IF EXISTS ordinary_article, ordinary_quote;
CREATE TABLE ordinary_article AS
  SELECT id, headline, body, publication_id, section_id, published_on,
    extract(year FROM published_on)::int AS year, language FROM articles_article;
ALTER TABLE ordinary_article ADD PRIMARY KEY (id);
ALTER TABLE ordinary_article ADD COLUMN vector tsvector GENERATED ALWAYS AS (
  setweight(to_tsvector('english', headline), 'A') || to_tsvector('english', body)) STORED;
CREATE TABLE ordinary_quote AS
  SELECT q.id, q.article_id, q.speaker_id, q.text, a.publication_id, a.section_id, a.published_on,
    extract(year FROM a.published_on)::int AS year, a.language
  FROM articles_quote q JOIN articles_article a ON a.id = q.article_id WHERE q.status = 'accepted';
ALTER TABLE ordinary_quote ADD PRIMARY KEY (id);
ALTER TABLE ordinary_quote ADD COLUMN vector tsvector
  GENERATED ALWAYS AS (to_tsvector('english', text)) STORED;
"""
INDEXES = """
CREATE INDEX ordinary_words ON ordinary_article USING gin (vector);
CREATE INDEX ordinary_days ON ordinary_article (published_on);
CREATE INDEX ordinary_quoted_words ON ordinary_quote USING gin (vector);
CREATE INDEX ordinary_speakers ON ordinary_quote (speaker_id);
ANALYZE ordinary_article, ordinary_quote;
"""
_TOP = "GROUP BY 1 ORDER BY 2 DESC LIMIT 10"
_FACETS = {
    **{
        name: f"SELECT {name}, count(*) FROM {{table}} o WHERE {{where}} {_TOP}"
        for name in ("publication_id", "section_id", "language")
    },
    "year": "SELECT year, count(*) FROM {table} o WHERE {where} GROUP BY 1",
    "topic": "SELECT t.topic_id, count(*) FROM {table} o JOIN articles_articletopic t "
    f"ON t.article_id = o.{{article}} WHERE {{where}} {_TOP}",
}
_SPEAKERS = {
    "ordinary_article": "SELECT q.speaker_id, count(DISTINCT o.id) FROM ordinary_article o "
    f"JOIN articles_quote q ON q.article_id = o.id AND q.status = 'accepted' WHERE {{where}} {_TOP}",
    "ordinary_quote": f"SELECT speaker_id, count(*) FROM ordinary_quote o WHERE {{where}} {_TOP}",
}


def prepare() -> None:
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        cursor.execute(INDEXES)


def answer(timed: Timed) -> int:
    """Run the queries of a search page: 20 results, their excerpts, the count and the facets."""
    table = "ordinary_article" if timed.scope == "articles" else "ordinary_quote"
    text = "body" if timed.scope == "articles" else "text"
    query = f"{timed.reader}('english', %s)" if timed.tsquery else ""
    where, params = _where(timed, query)
    with connection.cursor() as cursor:
        order = f"ts_rank(o.vector, {query}) DESC, id DESC" if query else "published_on DESC, id DESC"
        chosen = f"SELECT id FROM {table} o WHERE {where} ORDER BY {order} LIMIT 20"
        shown = f"ts_headline('english', {text}, {query})" if query else f"left({text}, 240)"
        again = [timed.tsquery] if query else []
        cursor.execute(f"SELECT id, {shown} FROM {table} WHERE id IN ({chosen})", [*again, *params, *again])
        cursor.fetchall()
        cursor.execute(f"SELECT count(*) FROM {table} o WHERE {where}", params)
        (count,) = cursor.fetchone()
        article = "id" if timed.scope == "articles" else "article_id"
        for facet in (*_FACETS.values(), _SPEAKERS[table]):
            cursor.execute(facet.format(table=table, where=where, article=article), params)
            cursor.fetchall()
    return count


def _where(timed: Timed, query: str) -> tuple[str, list[str | int]]:
    parts = [f"o.vector @@ {query}"] if query else []
    params: list[str | int] = [timed.tsquery] if query else []
    for condition, values in timed.where:
        parts.append(f"o.{condition}")
        params += values
    return " AND ".join(parts) or "true", params
