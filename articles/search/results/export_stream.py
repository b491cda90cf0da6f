"""Streams all results of a request for file exports, from one snapshot and in chunks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from django.db import connection, transaction

from articles.search.engine import facets
from articles.search.engine.conditions import Sql
from articles.search.engine.ranking import page_ids
from articles.search.history.as_of import tables_as_of, visible_now
from articles.search.request.query import SearchRequest
from articles.search.results.answer import compilers, hits_of, nothing_understood
from articles.search.results.excerpts import Result, article_results, quote_results

CHUNK = 200
# An export takes longer than a page; a slow client has a minute for each chunk.
_SETTINGS = (
    "SET LOCAL enable_seqscan = off; SET LOCAL jit = off; SET LOCAL work_mem = '64MB'; "
    "SET LOCAL statement_timeout = '60s'; "
    "SET LOCAL idle_in_transaction_session_timeout = '60s'"
)


def stream_results(request: SearchRequest) -> Iterator[Result]:
    """All results of a valid request in order, from the snapshot at the first one."""
    if nothing_understood(request):
        return
    alone = not connection.in_atomic_block
    with transaction.atomic():
        with connection.cursor() as cursor:
            if alone:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute(_SETTINGS)
        with tables_as_of(request.as_of):
            yield from _in_order(request)


def _in_order(request: SearchRequest) -> Iterator[Result]:
    found = compilers(request)
    results = quote_results if request.of_quotes else article_results
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
            rows = results(request, found, chunk)
            yield from visible_now(rows) if request.as_of else rows
