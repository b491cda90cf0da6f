"""The whole set that a question finds, for files: in order, in one snapshot, and never all in memory."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from django.db import connection, transaction

from articles.search.engine import facets
from articles.search.engine.conditions import Sql
from articles.search.engine.ranking import page_ids
from articles.search.history.as_of import still_shown, tables_of
from articles.search.request.query import Question
from articles.search.results.answer import compilers, hits_of, nothing_understood
from articles.search.results.excerpts import Result, article_results, quote_results

CHUNK = 200
# A file of everything takes longer than a page; a slow reader is given a minute for each chunk.
_SETTINGS = (
    "SET LOCAL enable_seqscan = off; SET LOCAL jit = off; SET LOCAL work_mem = '64MB'; "
    "SET LOCAL statement_timeout = '60s'; "
    "SET LOCAL idle_in_transaction_session_timeout = '60s'"
)


def everything(question: Question) -> Iterator[Result]:
    """Every result of a valid question, as it stands when the first is asked for."""
    if nothing_understood(question):
        return
    alone = not connection.in_atomic_block
    with transaction.atomic():
        with connection.cursor() as cursor:
            if alone:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute(_SETTINGS)
        with tables_of(question.as_of):
            yield from _in_order(question)


def _in_order(question: Question) -> Iterator[Result]:
    found = compilers(question)
    results = quote_results if question.of_quotes else article_results
    hits, page = hits_of(found), page_ids(found)
    sql = Sql(
        f"WITH {facets.FAMILIES}, hits AS MATERIALIZED ({hits.text}) "
        f"SELECT id FROM ({page.text}) AS page ORDER BY place",
        (*hits.params, *page.params),
    )
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql.text, sql.params)
        ids = (id_ for rows in iter(lambda: cursor.fetchmany(CHUNK), []) for (id_,) in rows)
        while chunk := list(islice(ids, CHUNK)):
            rows = results(question, found, chunk)
            yield from still_shown(rows) if question.as_of else rows
