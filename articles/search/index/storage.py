"""Segments in PostgreSQL: written once with all their postings, read term by term through a cache."""

from __future__ import annotations

import hashlib
import io
import struct
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from operator import itemgetter
from typing import Any

import numpy as np
import psycopg
import Stemmer
from django.conf import settings
from django.db import connection
from pyroaring import BitMap

from articles.models import SearchSegment
from articles.search.index.columns import Columns, Lists
from articles.search.index.segment import NO_POSTING, NO_POSTINGS, Posting, Segment
from articles.search.index.stemmers import stem
from articles.search.index.terms import LONGEST_TERM, has_stems, placed, words_of
from articles.search.query.nodes import Node, Term
from articles.text.folding import FOLD_VERSION

# Part of every segment: a search reads only segments of its own format, folding and stemmer.
FORMAT = 2
STEMMER_VERSION = str(Stemmer.version())
ARRAYS: Mapping[str, type[np.generic]] = {
    "ids": np.int64,
    "stemmers": np.uint8,
    "starts": np.int64,
    "part_starts": np.int64,
    "part_lengths": np.int64,
    "part_names": np.uint8,
}
_BATCH = 5_000
_AT_ONCE = 1_000


def word_term(word: str, mark: str = "=") -> str:
    """The term of a word, also the key of its posting; with the mark ``@``, the key of its positions."""
    return f"{mark}{word[:LONGEST_TERM]}"


def stem_term(stemmer: int, root: str) -> str:
    return f"{stemmer}:{root[:LONGEST_TERM]}"


def store(segment: Segment, kind: str, columns: Columns, *, in_use: bool = True) -> SearchSegment:
    """Write a segment and its postings in the current transaction."""
    row = SearchSegment(
        kind=kind,
        format=FORMAT,
        fold_version=FOLD_VERSION,
        stemmer_version=STEMMER_VERSION,
        documents=len(segment),
        names=list(segment.names),
        columns=pack(columns),
        in_use=in_use,
        **{name: getattr(segment, name).astype(dtype).tobytes() for name, dtype in ARRAYS.items()},
    )
    row.save()
    digest = _digest(row)
    postings = sorted(_postings(segment), key=itemgetter(0))
    with connection.connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        copy.write(_COPY_HEADER)
        for start in range(0, len(postings), _AT_ONCE):
            data = b"".join(_copied(row.pk, posting) for posting in postings[start : start + _AT_ONCE])
            digest.update(data)
            copy.write(data)
        copy.write(_COPY_END)
    row.checksum = digest.digest()
    row.save(update_fields=["checksum"])
    return row


_COPY = "COPY search_posting (segment_id, term, documents, frequencies, positions) FROM STDIN (FORMAT BINARY)"
_COPY_HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_COPY_END = struct.pack(">h", -1)
_FIELDS, _LENGTH = struct.Struct(">hiqi").pack, struct.Struct(">i").pack


def _copied(segment_id: int, data: Sequence[bytes]) -> bytes:
    """A row of five fields as COPY reads it: ten times as fast as psycopg writes it."""
    term, documents, frequencies, positions = data
    return b"".join((
        _FIELDS(5, 8, segment_id, len(term)), term, _LENGTH(len(documents)), documents,
        _LENGTH(len(frequencies)), frequencies, _LENGTH(len(positions)), positions,
    ))  # fmt: skip


def has_its_checksum(row: SearchSegment) -> bool:
    """Whether the segment and its postings are as they were written."""
    digest = _digest(row)
    for term, *data in stored_postings(row.pk, "term, documents, frequencies, positions"):
        digest.update(_copied(row.pk, (term.encode(), *data)))
    return digest.digest() == bytes(row.checksum)


def stored_postings(segment: int, columns: str, *, words: bool = False) -> Iterator[tuple]:
    """These columns of all postings of a segment in the order of terms, or of those of words."""
    only = " AND term >= '=' AND term < '>'" if words else ""
    connection.ensure_connection()
    with (
        connection.wrap_database_errors,
        psycopg.ServerCursor(connection.connection, "postings") as cursor,
    ):
        cursor.itersize = _BATCH
        sql = f"SELECT {columns} FROM search_posting WHERE segment_id = %s{only} ORDER BY term"
        yield from cursor.execute(sql, [segment], binary=True)


def _digest(row: SearchSegment) -> hashlib._Hash:
    digest = hashlib.sha256("\0".join(row.names).encode())
    for name in ARRAYS:
        digest.update(bytes(getattr(row, name)))
    return digest


def pack(columns: Columns) -> bytes:
    """The columns as bytes; a list column is two arrays."""
    arrays: dict[str, np.ndarray] = {}
    for field in fields(columns):
        value = getattr(columns, field.name)
        if isinstance(value, Lists):
            arrays[f"{field.name}.offsets"] = _small(value.offsets)
            arrays[f"{field.name}.values"] = _small(value.values)
        else:
            arrays[field.name] = _small(np.array(value))
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, **arrays)
    return file.getvalue()


def _small(values: np.ndarray) -> np.ndarray:
    """The same numbers in as little memory as they fit into."""
    if values.dtype != np.int64:
        return values
    most = int(np.abs(values).max(initial=0))
    return values.astype(
        next(kind for kind in (np.int8, np.int16, np.int32, np.int64) if most <= np.iinfo(kind).max)
    )


def unpack(data: bytes) -> Columns:
    with np.load(io.BytesIO(data)) as arrays:
        found: dict[str, Any] = {}  # arrays and lists of arrays
        for field in fields(Columns):
            if field.name in arrays:
                found[field.name] = arrays[field.name]
            else:
                found[field.name] = Lists(arrays[f"{field.name}.offsets"], arrays[f"{field.name}.values"])
        return Columns(**{**found, "languages": tuple(found["languages"].tolist())})


def _postings(segment: Segment) -> Iterator[tuple[bytes, bytes, bytes, bytes]]:
    """Term, documents, frequencies and positions; a stem has its forms in place of positions."""
    for word, documents, frequencies, positions in segment.postings.serialized():
        yield word_term(word).encode(), documents, frequencies, positions
    for key, forms in segment.forms.items():
        yield stem_term(*key).encode(), b"", b"", "\n".join(forms).encode()


class PostingCache:
    """The most recently used postings of a process, up to a number of bytes; safe for threads."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self._rows: OrderedDict[tuple[int, str], tuple[object, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get_all(self, segment: int, terms: Iterable[str]) -> dict[str, object]:
        """Those of these terms of a segment that are there; a prefix asks for thousands."""
        found = {}
        with self._lock:
            for term in terms:
                key = (segment, term)
                if row := self._rows.get(key):
                    self._rows.move_to_end(key)
                    found[term] = row[0]
        return found

    def put(self, key: tuple[int, str], value: object, size: int) -> None:
        with self._lock:
            if key not in self._rows:
                self._rows[key] = (value, size)
                self.bytes += size
            while self.bytes > self.most_bytes and len(self._rows) > 1:
                self.bytes -= self._rows.popitem(last=False)[1][1]

    def clear(self) -> None:
        with self._lock:
            self._rows.clear()
            self.bytes = 0

    def forget(self, segments: Collection[int]) -> None:
        with self._lock:
            for key in [key for key in self._rows if key[0] in segments]:
                self.bytes -= self._rows.pop(key)[1]


CACHE = PostingCache(settings.SEARCH_CACHE_MB * 1024 * 1024)
# What an entry costs beside its bytes.
_ENTRY = 200


class StoredSegment(Segment):
    """A segment whose postings are in the database; `load` must have been called for a query."""

    def __init__(self, row: SearchSegment, cache: PostingCache = CACHE) -> None:
        arrays = {name: np.frombuffer(bytes(getattr(row, name)), dtype) for name, dtype in ARRAYS.items()}
        for name in ("starts", "part_starts", "part_lengths"):
            arrays[name] = arrays[name].astype(np.uint32)
        super().__init__(**arrays, names=tuple(row.names), postings=NO_POSTINGS, forms={})
        self.pk = row.pk
        self.cache = cache
        self.loaded: dict[str, object] = {}
        # Of all views of this segment.
        self.all, self.ranges, self.weighted_words, self.parts, self.first_id, self.last_id  # noqa: B018

    def opened(self) -> StoredSegment:
        """The same segment for one search, which loads its own postings."""
        # copy.copy takes fifty times as long, which is milliseconds for a hundred segments.
        view = StoredSegment.__new__(StoredSegment)
        view.__dict__ |= {**self.__dict__, "loaded": {}}
        return view

    def posting(self, word: str) -> Posting:
        found = self.loaded[word_term(word)]
        return found if isinstance(found, Posting) else NO_POSTING

    def positions(self, word: str) -> BitMap:
        found = self.loaded[word_term(word, "@")]
        return found if isinstance(found, BitMap) else BitMap()

    def merged(self, term: Term, make: Callable[[], Posting]) -> Posting:
        key = f"+{term.text}{'*' if term.prefix else ''}"
        found = self.cache.get_all(self.pk, [key]).get(key)
        if not isinstance(found, Posting):
            found = make()
            self.cache.put((self.pk, key), found, _ENTRY + 3 * len(found.frequencies))
        return found

    def beginning_with(self, prefix: str) -> list[str]:
        found = self.loaded[f"{word_term(prefix)}*"]
        return list(found) if isinstance(found, tuple) else []

    def forms_with(self, stemmer: int, root: str) -> tuple[str, ...]:
        found = self.loaded[stem_term(stemmer, root)]
        return found if isinstance(found, tuple) else ()


def load(segments: Sequence[StoredSegment], roots: Iterable[Node], *, positions: bool = False) -> None:
    """Read what these queries need of all segments, with at most three statements.

    `positions`: those of all words.
    """
    words, prefixes, stemmed = set(), set(), set()
    for node, by_position in (each for root in roots for each in words_of(root, positions=positions)):
        marks = "=@" if by_position else "="
        for _, term in placed(node)[0]:
            marked = {(mark, term.text) for mark in marks}
            if term.prefix:
                prefixes |= marked
            else:
                words |= marked
                if not node.exact and has_stems(term):
                    stemmed |= marked
    stemmers = {number for segment in segments for number in segment.ranges if number}
    roots_of = {(mark, number, stem(number, word)) for number in stemmers for mark, word in stemmed}
    first = {word_term(word, mark) for mark, word in words} | {
        stem_term(number, root) for _, number, root in roots_of
    }
    _load_terms([(segment, first) for segment in segments])
    for prefix in {prefix for _, prefix in prefixes}:
        _load_prefix(segments, prefix)
    roots_ = {word_term(root, mark) for mark, _, root in roots_of}
    _load_terms([(segment, roots_ | _more(segment, roots_of, prefixes)) for segment in segments])


def _more(
    segment: StoredSegment, roots: Iterable[tuple[str, int, str]], prefixes: Iterable[tuple[str, str]]
) -> set[str]:
    """The keys of the words of this segment that have one of these stems or prefixes."""
    forms = {
        word_term(form, mark) for mark, number, root in roots for form in segment.forms_with(number, root)
    }
    return forms | {
        word_term(word, mark) for mark, prefix in prefixes for word in segment.beginning_with(prefix)
    }


def _load_terms(wanted: Iterable[tuple[StoredSegment, set[str]]]) -> None:
    """Load these keys of each segment with one statement, unless the process has them."""
    missing: dict[int, tuple[StoredSegment, set[str]]] = {}
    for segment, keys in wanted:
        if new := keys - segment.loaded.keys():
            segment.loaded |= segment.cache.get_all(segment.pk, new)
            if left := new - segment.loaded.keys():
                missing[segment.pk] = (segment, left)
    every: set[str] = set().union(*(left for _, left in missing.values()))
    for pk, term, documents, frequencies, positions in _read(list(missing), every):
        segment, left = missing[pk]
        if not term.startswith("="):
            if term in left:
                _keep(segment, term, tuple(positions.decode().split("\n")), len(positions))
            continue
        if term in left:
            posting = Posting(BitMap.deserialize(documents), np.frombuffer(frequencies, np.uint8))
            _keep(segment, term, posting, len(documents) + len(frequencies))
        if (key := word_term(term[1:], "@")) in left:
            _keep(segment, key, BitMap.deserialize(positions), len(positions))
    for segment, left in missing.values():
        for key in left - segment.loaded.keys():
            _keep(segment, key, (), 0)


def _load_prefix(segments: Sequence[StoredSegment], prefix: str) -> None:
    term = word_term(prefix)
    key = f"{term}*"
    missing = {}
    for segment in segments:
        if key not in segment.loaded:
            segment.loaded |= segment.cache.get_all(segment.pk, [key])
        if key not in segment.loaded:
            missing[segment.pk] = segment
    if not missing:
        return
    words: dict[int, list[str]] = {pk: [] for pk in missing}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT segment_id, term FROM search_posting WHERE segment_id = ANY(%s)"
            " AND term >= %s AND term < %s",
            [list(missing), term, f"{term}\U0010ffff"],
        )
        for pk, found in cursor.fetchall():
            words[pk].append(found[1:])
    for pk, segment in missing.items():
        _keep(segment, key, tuple(words[pk]), sum(map(len, words[pk])))


def _read(segments: list[int], keys: Iterable[str]) -> Iterator[tuple]:
    """The rows of these keys, each with what is asked for: a stem has its words in place of positions."""
    counted = [key for key in keys if key.startswith("=")]
    located = [key.replace("@", "=", 1) for key in keys if not key.startswith("=")]
    if not counted and not located:
        return
    connection.ensure_connection()
    # Django's cursor reads text: five times slower for large postings.
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        yield from cursor.execute(
            _POSTINGS, [counted, counted, located, segments, sorted({*counted, *located})], binary=True
        )


_POSTINGS = """
SELECT segment_id, term, CASE WHEN term = ANY(%s::text[]) THEN documents END,
  CASE WHEN term = ANY(%s::text[]) THEN frequencies END, CASE WHEN term = ANY(%s::text[]) THEN positions END
FROM search_posting WHERE segment_id = ANY(%s::bigint[]) AND term = ANY(%s::text[])
"""


def _keep(segment: StoredSegment, term: str, value: object, size: int) -> None:
    segment.loaded[term] = value
    segment.cache.put((segment.pk, term), value, size + _ENTRY)
