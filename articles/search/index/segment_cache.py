"""The segments and columns that this process has read, and nothing that the database no longer has."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction
from pyroaring import BitMap

from articles.models import SearchSegment
from articles.search.index.columns import Columns
from articles.search.index.positions import where
from articles.search.index.segment import Segment
from articles.search.index.storage import (
    CACHE,
    FORMAT,
    STEMMER_VERSION,
    PostingCache,
    StoredSegment,
    unpack,
)
from articles.text.folding import FOLD_VERSION

# What a search reads: segments of its own format, folding and stemmer.
READABLE = {
    "format": FORMAT,
    "fold_version": FOLD_VERSION,
    "stemmer_version": STEMMER_VERSION,
    "in_use": True,
}


@dataclass(frozen=True)
class Present:
    """A segment that the database has: its kind, the version of its columns, and its dead documents."""

    pk: int
    kind: str
    version: int
    dead: bytes | memoryview


@dataclass(frozen=True)
class Part:
    """A segment with its columns, and the documents in it that count."""

    segment: Segment
    columns: Columns
    live: BitMap

    def public(self, moment: int) -> BitMap:
        """The documents that count and are public at the moment."""
        if self.columns.is_public(moment):
            return self.live
        return self.live & where(self.columns.visible_from <= moment)


class SegmentCache:
    """Segments by id, which never change, and their columns by version; safe for threads."""

    def __init__(self, postings: PostingCache) -> None:
        self._postings = postings
        self._segments: dict[int, StoredSegment] = {}
        self._columns: dict[int, tuple[int, Columns]] = {}
        self._lock = threading.Lock()

    def clear(self) -> None:
        """Forget everything, because the process is to read another database."""
        with self._lock:
            self._segments.clear()
            self._columns.clear()
        # Also those that a search has read of a segment that was gone already.
        self._postings.clear()

    def __len__(self) -> int:
        return len(self._segments)

    def parts(self, rows: Sequence[Present]) -> list[Part]:
        """These segments, read in the current transaction unless the process has them."""
        with self._lock:
            segments, columns = dict(self._segments), dict(self._columns)
        missing = [row.pk for row in rows if row.pk not in segments]
        stale = [row.pk for row in rows if columns.get(row.pk, (0,))[0] != row.version]
        for some in _batches(missing):
            found = SearchSegment.objects.filter(pk__in=some).defer("columns")
            segments |= {row.pk: StoredSegment(row, self._postings) for row in found}
        for some in _batches(stale):
            read = SearchSegment.objects.filter(pk__in=some).values_list("pk", "columns_version", "columns")
            columns |= {pk: (version, unpack(bytes(data))) for pk, version, data in read}
        if missing or stale:
            self._keep(rows, segments, columns)
        return [
            Part(segment := segments[row.pk].opened(), columns[row.pk][1], segment.all - bitmap(row.dead))
            for row in rows
        ]

    def _keep(
        self,
        rows: Sequence[Present],
        segments: dict[int, StoredSegment],
        columns: dict[int, tuple[int, Columns]],
    ) -> None:
        """Keep what is new, and forget what was there before and is gone."""
        present = {row.pk for row in rows}
        with self._lock:
            self._segments |= {pk: segments[pk] for pk in present}
            self._columns |= {pk: columns[pk] for pk in present}
            # Another thread may have read a later segment that this snapshot does not show.
            gone = {pk for pk in self._segments if pk not in present and pk < max(present, default=0)}
            for pk in gone:
                del self._segments[pk], self._columns[pk]
        if gone:
            self._postings.forget(gone)


SEGMENTS = SegmentCache(CACHE)


def preload() -> None:
    """Read all segments and columns, so that the processes forked from this one share them."""
    with transaction.atomic():
        SEGMENTS.parts(present())


def present() -> list[Present]:
    """The segments of the current transaction that searches read."""
    rows = SearchSegment.objects.filter(**READABLE).order_by("pk")
    return [Present(*row) for row in rows.values_list("pk", "kind", "columns_version", "dead")]


def _batches(pks: Sequence[int]) -> Iterator[Sequence[int]]:
    """A few at a time: the rows of all segments need as much memory again as their arrays."""
    for start in range(0, len(pks), 8):
        yield pks[start : start + 8]


def bitmap(stored: bytes | memoryview) -> BitMap:
    return BitMap.deserialize(bytes(stored)) if stored else BitMap()
