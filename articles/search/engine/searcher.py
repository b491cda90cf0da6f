"""Runs requests over the search index, in one snapshot and within three seconds."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.db import connection, transaction
from psycopg.errors import QueryCanceled
from pyroaring import BitMap

from articles.search.engine.budget import SearchTooLong
from articles.search.engine.hits import Hits
from articles.search.engine.results import Results
from articles.search.index import snapshot
from articles.search.index.segment import Segment
from articles.search.index.snapshot import Snapshot
from articles.search.index.storage import StoredSegment, load
from articles.search.query.nodes import QUOTE_FIELDS, Field, Node, Term, Words
from articles.search.request.query import SearchRequest

SECONDS = 3.0
# No statement of a page may take longer than the timeout. The planner would start parallel workers for parts
# that rarely run.
_SETTINGS = "SET LOCAL jit = off; SET LOCAL parallel_setup_cost = 6000; SET LOCAL statement_timeout = {}"
# The statements of one answer must agree. Not used inside a transaction of the caller.
_ONE_SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY; "


class Searcher:
    """Reads the index once for all requests of one answer, for each moment that they are about."""

    def __init__(self, seconds: float | None = None) -> None:
        self._end = time.monotonic() + (SECONDS if seconds is None else seconds)
        self._snapshots: dict[dt.datetime | None, Snapshot] = {}

    def check(self) -> None:
        """Raise SearchTooLong if the time is over."""
        if time.monotonic() > self._end:
            message = "the search takes too long"
            raise SearchTooLong(message) from QueryCanceled(message)

    def snapshot(self, moment: dt.datetime | None = None) -> Snapshot:
        """The index as of a moment; None is now."""
        if moment not in self._snapshots:
            now = self._snapshots.get(None) or snapshot.take()
            self._snapshots[None] = now
            if moment is not None:
                self._snapshots[moment] = snapshot.take_then(moment, now)
        return self._snapshots[moment]

    def open(
        self,
        roots: Iterable[Node],
        moment: dt.datetime | None = None,
        segments: Sequence[Segment] | None = None,
        *,
        positions: bool = False,
    ) -> None:
        """Read the postings of these query nodes, with at most three statements.

        `segments`: only in these, such as those of quotes. `positions`: also those of single words.
        """
        taken = self.snapshot(moment)
        parts = (*taken.articles, *taken.quotes)
        every = [part.segment for part in parts] if segments is None else segments
        stored = {id(each): each for each in every if isinstance(each, StoredSegment)}
        load(list(stored.values()), list(roots), positions=positions)

    def hits(self, request: SearchRequest) -> Hits:
        return self._hits([request])[0]

    def results(self, request: SearchRequest) -> Results:
        return Results(self.hits(request))

    def count(self, request: SearchRequest) -> int:
        return self.results(request).count

    def counts(self, requests: Sequence[SearchRequest]) -> list[int]:
        """The numbers of results of several requests."""
        return [found.count for found in self.results_of(requests)]

    def results_of(self, requests: Sequence[SearchRequest]) -> list[Results]:
        """The results of several requests; their postings are read together."""
        return [Results(hits) for hits in self._hits(requests)]

    def known_words(self, request: SearchRequest, words: Iterable[str]) -> set[str]:
        """Those of these words that occur in an article that the reader may see."""
        nodes = {word: Words((Term(word),), exact=True) for word in words}
        if not nodes:
            return set()
        self.open(nodes.values(), request.as_of)
        articles = Hits(request, self.snapshot(request.as_of), self.check).search.articles
        return {
            word
            for word, node in nodes.items()
            if any(map(BitMap.intersect, articles.find(node), articles.all))
        }

    def _hits(self, requests: Sequence[SearchRequest]) -> list[Hits]:
        for moment in {request.as_of for request in requests}:
            asked = [request for request in requests if request.as_of == moment]
            self.open(_roots(asked, of_quotes=False), moment)
            # The postings of articles are ten times as long as those of quotes.
            of_quotes = [part.segment for part in self.snapshot(moment).quotes]
            self.open(_roots(asked, of_quotes=True), moment, of_quotes)
        return [Hits(request, self.snapshot(request.as_of), self.check) for request in requests]


def _roots(requests: Iterable[SearchRequest], *, of_quotes: bool) -> list[Node]:
    """The queries that are looked up only in quotes, or the others."""
    roots = ((request, request.parsed.root) for request in requests)
    return [
        root
        for request, root in roots
        if root is not None and (request.of_quotes and not _is_about_articles(root)) == of_quotes
    ]


def _is_about_articles(root: Node) -> bool:
    """Whether a query of quotes has a condition on the words of their articles."""
    return any(isinstance(node, Field) and node.name not in QUOTE_FIELDS for node in root.walk())


@contextmanager
def searching(request: SearchRequest, seconds: float | None = None) -> Iterator[Searcher]:
    """A transaction with the settings for searches."""
    seconds = SECONDS if seconds is None else seconds
    outermost = not connection.in_atomic_block
    # A timeout of 0 would be none.
    settings = _SETTINGS.format(max(1, int(seconds * 1000)))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_ONE_SNAPSHOT + settings if outermost else settings)
        yield Searcher(seconds)
