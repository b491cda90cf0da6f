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
from articles.search.index.positions import where
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
        visible = live & where(columns.visible_from <= now)
        number += len(visible)
        for word, documents, uses in _uses(segment, visible):
            before = found.get(word, (0, 0))
            found[word] = before[0] + documents, before[1] + uses
    return Frequencies(number, found)


def _uses(segment: Segment, visible: BitMap) -> Iterator[tuple[str, int, int]]:
    """The words of these documents, with the number of documents and of uses, 255 in a document at most."""
    every = len(visible) == len(segment)
    seen = np.zeros(len(segment), bool)
    seen[visible.to_array()] = True
    for word, documents, frequencies in _postings(segment):
        # Usually all are: without reading bitmaps, counting takes a tenth of the time.
        if every:
            yield word, len(frequencies), sum(frequencies)
        elif (counted := seen[BitMap.deserialize(documents).to_array()]).any():
            uses = np.frombuffer(frequencies, np.uint8)[counted]
            yield word, len(uses), int(uses.sum())


def _postings(segment: Segment) -> Iterator[tuple[str, bytes, bytes]]:
    """The words of a segment with their documents and the frequency in each."""
    if not isinstance(segment, StoredSegment):
        for word, posting in segment.postings.items():
            yield word, posting.documents.serialize(), posting.frequencies.astype(np.uint8).tobytes()
        return
    with psycopg.ServerCursor(connection.connection, "frequencies") as cursor:
        cursor.itersize = _BATCH
        cursor.execute(
            "SELECT substr(term, 2), documents, frequencies FROM search_posting"
            " WHERE segment_id = %s AND term >= '=' AND term < '>'",
            [segment.pk],
            binary=True,
        )
        yield from cursor
