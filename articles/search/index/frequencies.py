"""In how many documents each word occurs, and how often, from the postings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from pyroaring import BitMap

from articles.models import clock
from articles.search.index.columns import moment_number
from articles.search.index.segment import Segment
from articles.search.index.snapshot import take
from articles.search.index.storage import StoredSegment, stored_postings


@dataclass(frozen=True)
class Frequencies:
    """The number of documents that readers may see, and by word those with it and its uses in them."""

    documents: int
    words: dict[str, tuple[int, int]]


def frequencies(kind: str) -> Frequencies:
    """Of the visible articles or quotes; needs a transaction with one snapshot."""
    taken = take()
    now, number = moment_number(clock.now()), 0
    found: dict[str, tuple[int, int]] = {}
    for part in taken.articles if kind == "article" else taken.quotes:
        visible = part.public(now)
        number += len(visible)
        for word, documents, uses in _uses(part.segment, visible):
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
    yield from stored_postings(segment.pk, "substr(term, 2), documents, frequencies", words=True)
