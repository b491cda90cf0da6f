"""In how many documents each word occurs, and how often, from the postings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import psycopg
from django.db import connection
from pyroaring import BitMap

from articles.models import clock
from articles.search.index.columns import Columns, moment_number
from articles.search.index.segment import Segment
from articles.search.index.snapshot import take
from articles.search.index.storage import StoredSegment

_BATCH = 5_000


@dataclass(frozen=True)
class Frequencies:
    """The number of documents that readers may see, and by word those with it and its uses in them."""

    documents: int
    words: dict[str, tuple[int, int]]


def frequencies(kind: str) -> Frequencies:
    """Of the visible articles or quotes; needs a transaction with one snapshot."""
    taken = take()
    parts: Sequence[tuple[Segment, Columns, BitMap]]
    if kind == "article":
        parts = list(zip(taken.articles, taken.article_columns, taken.live_articles, strict=True))
    else:
        parts = list(zip(taken.quotes, taken.quote_columns, taken.live_quotes, strict=True))
    now, number = moment_number(clock.now()), 0
    found: dict[str, tuple[int, int]] = {}
    for segment, columns, live in parts:
        visible = live & BitMap(np.flatnonzero(columns.visible_from <= now).astype(np.uint32))
        number += len(visible)
        seen = np.zeros(len(segment), bool)
        seen[visible.to_array()] = True
        for word, documents, uses in _postings(segment):
            counted = seen[documents]
            if n := int(counted.sum()):
                before = found.get(word, (0, 0))
                found[word] = before[0] + n, before[1] + int(uses[counted].sum())
    return Frequencies(number, found)


def _postings(segment: Segment) -> Iterator[tuple[str, np.ndarray, np.ndarray]]:
    """The words of a segment with their documents and the frequency in each, which is 255 at most."""
    if not isinstance(segment, StoredSegment):
        for word, posting in segment.postings.items():
            yield word, np.asarray(posting.documents.to_array(), np.int64), posting.frequencies
        return
    with psycopg.ServerCursor(connection.connection, "frequencies") as cursor:
        cursor.itersize = _BATCH
        cursor.execute(
            "SELECT substr(term, 2), documents, frequencies FROM search_posting"
            " WHERE segment_id = %s AND term >= '=' AND term < '>'",
            [segment.pk],
            binary=True,
        )
        for word, documents, uses in cursor:
            numbers = np.asarray(BitMap.deserialize(documents).to_array(), np.int64)
            yield word, numbers, np.frombuffer(uses, np.uint8)
