"""Builds segments: of articles with notes, of an import, or of the whole archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import numpy as np
from django.db import connection, transaction
from pyroaring import BitMap

from articles.models import SearchNote, SearchSegment
from articles.search.index import reading
from articles.search.index.columns import of_articles, of_quotes
from articles.search.index.segment import build
from articles.search.index.storage import store, stored_columns

# Of all builders of segments of existing articles.
LOCK = 4_712_001
MOST_AT_A_SAVE = 1_024
LARGEST = 16_384


@contextmanager
def building() -> Iterator[bool]:
    """Hold the builders' lock of this session, taken before the snapshot; false if another has it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        taken = cursor.fetchone()[0]
    try:
        yield taken
    finally:
        if taken:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def consolidate(most: int = LARGEST) -> int:
    """Move articles with notes into a new segment; return how many. Needs to be outside a transaction."""
    with building() as may:
        if not may:
            return 0
        outermost = not connection.in_atomic_block
        with transaction.atomic(), connection.cursor() as cursor:
            if outermost:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            notes = list(SearchNote.objects.order_by("pk").values_list("pk", "article_id"))
            articles = list(dict.fromkeys(article for _, article in notes))[:most]
            chosen = set(articles)
            if articles:
                _bury(articles)
                write(articles)
                SearchNote.objects.filter(pk__in=[pk for pk, article in notes if article in chosen]).delete()
            return len(articles)


def write(articles: Sequence[int]) -> None:
    """Write the segments of these articles and their quotes."""
    for kind, documents, columns in (
        (SearchSegment.Kind.ARTICLE, reading.article_documents(articles), of_articles),
        (SearchSegment.Kind.QUOTE, reading.quote_documents(articles), of_quotes),
    ):
        if documents:
            segment = build(documents)
            store(segment, kind, columns(segment.ids))


def _bury(articles: Iterable[int]) -> None:
    """Mark the documents of these articles as dead in all segments."""
    ids = np.array(list(articles), np.int64)
    for pk, _, columns in stored_columns(SearchSegment.objects.values_list("pk", flat=True)):
        dead = BitMap(np.flatnonzero(np.isin(columns.article, ids)).astype(np.uint32))
        if dead:
            row = SearchSegment.objects.only("dead").get(pk=pk)
            before = BitMap.deserialize(bytes(row.dead)) if row.dead else BitMap()
            SearchSegment.objects.filter(pk=pk).update(dead=(before | dead).serialize())
