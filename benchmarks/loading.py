"""Fill a benchmark's archive fast: build documents per batch, and the search index at the end.

Documents are built by the same database functions as in production; only the triggers that would build them
several times per article are disabled.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from articles.models import Article
from articles.search.index.building import rebuild

_TABLES = ("articles_article", "articles_articletopic", "articles_quote", "search_document")
_TRIGGERS = {
    "articles_article": ("documents_added", "noted_added"),
    "articles_articletopic": ("documents_added", "noted_added"),
    "articles_quote": ("documents_added", "noted_added"),
}
# Each copy of an article has the next publication, and a date some years later within the same period.
_DAYS = 365 * 35
_LATER = 1277
_PUBLICATION = "1 + (publication_id - 1 + %(copy)s) %% %(publications)s"
_DATE = f"date '1990-01-01' + (published_on - date '1990-01-01' + %(copy)s * {_LATER}) %% {_DAYS}"
_YEAR = f"extract(year FROM {_DATE})::smallint"
_DOCUMENT: dict[str, str | None] = {
    "article_id": "article_id + %(by)s",
    "publication_id": _PUBLICATION,
    "published_on": _DATE,
    "published_until": _DATE,
    "year": _YEAR,
}


@contextmanager
def loading() -> Iterator[None]:
    """Disable the triggers of documents and notes; build the index at the end of the block."""
    _switch("DISABLE")
    yield
    _run("SET CONSTRAINTS ALL IMMEDIATE")
    _switch("ENABLE")
    _run("SELECT archive_recount_holdings()")
    for _ in rebuild():
        pass


def _switch(what: str) -> None:
    for table, names in _TRIGGERS.items():
        for name in names:
            _run(f"ALTER TABLE {table} {what} TRIGGER {name}")


def make_documents(articles: Sequence[Article]) -> None:
    ids = [article.pk for article in articles]
    _run("SELECT archive_rebuild(%(ids)s), archive_rebuild_quotes('{}', %(ids)s)", {"ids": ids})


def multiply(distinct: int, copies: int, publications: int, *, quotes_too: bool = True) -> Iterator[int]:
    """Copy the first rows `copies` times with new ids, publications and dates; yield the number of articles.

    Each copy is one transaction; those that an earlier run has made stay.
    """
    last = _run("SELECT max(id) FROM articles_quote WHERE article_id <= %(distinct)s", {"distinct": distinct})
    quotes, there = last[0][0], Article.objects.count() // distinct
    for copy in range(max(there, 1), copies + 1):
        with transaction.atomic(), without_triggers(*_TABLES):
            given = {
                "copy": copy,
                "by": copy * distinct,
                "by_quotes": copy * quotes,
                "publications": publications,
            }
            _copy(
                "articles_article",
                {"id": "id + %(by)s", "publication_id": _PUBLICATION, "published_on": _DATE},
                given,
            )
            _copy("articles_articletopic", {"id": None, "article_id": "article_id + %(by)s"}, given)
            _copy("search_document", _DOCUMENT, given)
            if quotes_too:
                _copy(
                    "articles_quote", {"id": "id + %(by_quotes)s", "article_id": "article_id + %(by)s"}, given
                )
                _copy("quote_document", _DOCUMENT | {"quote_id": "quote_id + %(by_quotes)s"}, given)
            yield (copy + 1) * distinct


@contextmanager
def without_triggers(*tables: str) -> Iterator[None]:
    """Disable the user triggers of these tables; the caller must write consistent rows."""
    _run("SET CONSTRAINTS ALL IMMEDIATE")
    for table in tables:
        _run(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    yield
    for table in tables:
        _run(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def quote_elsewhere(copies: Iterable[tuple[int, str, list[tuple[int, int, int, str]]]]) -> None:
    """Give copies of articles their own texts and quotes.

    For each copy: the article's id, its body, and its quotes as (original quote's id, start, end, words).
    """
    with connection.cursor() as cursor, without_triggers("articles_quote", "articles_article"):
        cursor.execute(
            "CREATE TEMPORARY TABLE copied (article bigint, body text);"
            'CREATE TEMPORARY TABLE place (article bigint, quote bigint, start int, "end" int, words text)'
        )
        quotes = []
        with cursor.copy("COPY copied FROM STDIN") as copy:
            for article, body, places in copies:
                copy.write_row((article, body))
                quotes += [(article, *place) for place in places]
        with cursor.copy("COPY place FROM STDIN") as copy:
            for quote in quotes:
                copy.write_row(quote)
        _run("UPDATE articles_article a SET body = c.body FROM copied c WHERE a.id = c.article")
        other: dict[str, str | None] = {
            "id": None,
            "article_id": "p.article",
            "start": "p.start",
            '"end"': 'p."end"',
            "spans": 'ARRAY[ARRAY[p.start, p."end"]]',
            "text": "p.words",
        }
        _again("articles_quote", other, "articles_quote o JOIN place p ON p.quote = o.id", {})
        cursor.execute(
            "SELECT archive_rebuild_quotes('{}', ARRAY(SELECT article FROM copied)); DROP TABLE copied, place"
        )


def _copy(table: str, other: dict[str, str | None], given: dict[str, int]) -> None:
    """Copy the rows of the first articles."""
    first = "id" if table == "articles_article" else "article_id"
    _again(table, other, f"{table} o WHERE {first} <= %(by)s / %(copy)s", given)


def _again(table: str, other: dict[str, str | None], source: str, given: dict[str, int]) -> None:
    """Copy rows; `other` replaces the values of some columns, or leaves a column out if None."""
    columns = _run(
        "SELECT quote_ident(attname) FROM pg_attribute WHERE attrelid = %(table)s::regclass AND attnum > 0 "
        "AND NOT attisdropped AND attgenerated = ''",
        {"table": table},
    )
    values = {column: other.get(column, f"o.{column}") for (column,) in columns}
    kept = {column: value for column, value in values.items() if value is not None}
    _run(
        f"INSERT INTO {table} ({', '.join(kept)}) OVERRIDING SYSTEM VALUE "
        f"SELECT {', '.join(kept.values())} FROM {source}",
        given,
    )


def _run(sql: str, params: Any = None) -> list[tuple]:  # as psycopg takes them
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall() if cursor.description else []
