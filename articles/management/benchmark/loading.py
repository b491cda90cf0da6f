"""Filling a benchmark's archive fast: documents made a batch at a time, word indexes once all rows stand.

Every document is made by the same functions of the database as in an archive in use; only the triggers that
would make it several times over, once for each table an article is written to, are off meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection

from articles.models import Article

_TABLES = ("articles_article", "articles_articletopic", "articles_quote", "search_document")
_KEEPERS = {
    "articles_article": ("documents_added",),
    "articles_articletopic": ("documents_added",),
    "articles_quote": ("documents_added", "kinds_added"),
}
# A copy of an article is printed by the next publication, some years later within the same period.
_DAYS = 365 * 35
_LATER = 1277
_PUBLICATION = "1 + (publication_id - 1 + %(copy)s) %% %(publications)s"
_DATE = f"date '1990-01-01' + (published_on - date '1990-01-01' + %(copy)s * {_LATER}) %% {_DAYS}"
_YEAR = f"extract(year FROM {_DATE})::smallint"
_VECTOR = (
    "ts_delete(vector, ARRAY['#p' || publication_id, '#y' || year]) "
    f"|| array_to_tsvector(ARRAY['#p' || ({_PUBLICATION}), '#y' || ({_YEAR})])"
)
_DOCUMENT = {
    "article_id": "article_id + %(by)s",
    "publication_id": _PUBLICATION,
    "published_on": _DATE,
    "published_until": _DATE,
    "year": _YEAR,
    "vector": _VECTOR,
}


@contextmanager
def loading() -> Iterator[None]:
    """Without the triggers that keep documents and without the indexes of their words, until the end."""
    words = _run(
        "SELECT indexname, indexdef FROM pg_indexes WHERE indexdef LIKE '%% USING gin (vector)%%' "
        "AND tablename IN ('search_document', 'quote_document')"
    )
    for name, _ in words:
        _run(f"DROP INDEX {name}")
    _switch("DISABLE")
    yield
    _run("SET CONSTRAINTS ALL IMMEDIATE")
    _switch("ENABLE")
    _run("SET maintenance_work_mem = '1GB'")
    for _, definition in words:
        _run(definition)


def _switch(what: str) -> None:
    for table, names in _KEEPERS.items():
        for name in names:
            _run(f"ALTER TABLE {table} {what} TRIGGER {name}")


def make_documents(articles: Sequence[Article]) -> None:
    ids = [article.pk for article in articles]
    _run("SELECT archive_rebuild(%(ids)s), archive_rebuild_quotes('{}', %(ids)s)", {"ids": ids})


def multiply(distinct: int, copies: int, publications: int) -> Iterator[int]:
    """Write all rows so many times more, with ids, publications and dates of their own; yield the number."""
    for table in _TABLES:
        _run(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    quotes = _run("SELECT max(id) FROM articles_quote")[0][0]
    for copy in range(1, copies + 1):
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
        _copy("articles_quote", {"id": "id + %(by_quotes)s", "article_id": "article_id + %(by)s"}, given)
        _copy("search_document", _DOCUMENT, given)
        _copy("quote_document", {**_DOCUMENT, "quote_id": "quote_id + %(by_quotes)s"}, given)
        yield (copy + 1) * distinct
    for table in _TABLES:
        _run(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def _copy(table: str, other: dict[str, str | None], given: dict[str, int]) -> None:
    """The rows of the first articles again; of each column its own value, what is said instead, or none."""
    columns = _run(
        "SELECT quote_ident(attname) FROM pg_attribute WHERE attrelid = %(table)s::regclass AND attnum > 0 "
        "AND NOT attisdropped AND attgenerated = ''",
        {"table": table},
    )
    values = {column: other.get(column, column) for (column,) in columns}
    kept = {column: value for column, value in values.items() if value is not None}
    first = "id" if table == "articles_article" else "article_id"
    _run(
        f"INSERT INTO {table} ({', '.join(kept)}) OVERRIDING SYSTEM VALUE SELECT {', '.join(kept.values())} "
        f"FROM {table} WHERE {first} <= %(by)s / %(copy)s",
        given,
    )


def _run(sql: str, params: Any = None) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall() if cursor.description else []
