"""Streams all results of a request for file exports, from one snapshot and in chunks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from django.db import connection

from articles.search.engine.searcher import searching
from articles.search.request.query import SearchRequest
from articles.search.results import load
from articles.search.results.answer import nothing_understood
from articles.search.results.excerpts import Result, article_results, quote_results
from articles.search.results.visible_now import visible_now

CHUNK = 200
# An export takes longer than a page; a slow client has a minute for each chunk.
SECONDS = 60.0
_WAITING = f"SET LOCAL idle_in_transaction_session_timeout = '{SECONDS:.0f}s'"


def stream_results(request: SearchRequest, *, whole: bool = False) -> Iterator[Result]:
    """All results of a valid request in order, from the snapshot at the first one.

    With `whole`, articles come with their texts, authors, topics and pictures.
    """
    if nothing_understood(request):
        return
    with searching(request, SECONDS) as searcher:
        with connection.cursor() as cursor:
            cursor.execute(_WAITING)
        found = searcher.results(request)
        results = quote_results if request.of_quotes else article_results
        ids = iter(found.ordered())
        while chunk := list(islice(ids, CHUNK)):
            rows = results(request, found.hits, chunk)
            if whole and not request.of_quotes:
                texts = load.whole_articles(chunk, request.as_of)
                rows = [replace(row, whole=texts[row.row.pk]) for row in rows]
            yield from visible_now(rows) if request.as_of else rows
