"""What a search reads: the segments, and the articles that changed after they were built.

Everything is read in the transaction of the search. Segments are cached by id, because they never change.
Articles with notes are read from the database records and cached by the set of their notes, never by the
highest number of a note: notes commit out of order.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connection
from pyroaring import BitMap

from articles.models import SearchSegment
from articles.search.history.as_of import tables_now
from articles.search.index import past, reading
from articles.search.index.columns import (
    Columns,
    columns_of_articles,
    columns_of_quotes,
    moment_number,
    of_articles,
    of_quotes,
)
from articles.search.index.evaluate import Documents
from articles.search.index.segment import Segment, build
from articles.search.index.storage import FORMAT, STEMMER_VERSION, StoredSegment, stored_columns
from articles.text.folding import FOLD_VERSION


@dataclass(frozen=True)
class Snapshot:
    """All segments of articles and quotes with their columns, and the documents in them that count.

    `families` has for each merged speaker the canonical one.
    """

    articles: Sequence[Segment]
    article_columns: Sequence[Columns]
    quotes: Sequence[Segment]
    quote_columns: Sequence[Columns]
    live_articles: Documents
    live_quotes: Documents
    families: dict[int, int]


@dataclass(frozen=True)
class Part:
    """A segment with its columns, and the documents that a later segment has not replaced."""

    segment: Segment
    columns: Columns
    live: BitMap


@dataclass(frozen=True)
class _Live:
    """The articles with notes and their quotes, built as segments in memory."""

    notes: frozenset[int]
    articles: Part
    quotes: Part


_SEGMENTS: dict[int, StoredSegment] = {}
_COLUMNS: dict[tuple[int, int], Columns] = {}
_LOCK = threading.Lock()
_LATEST: list[_Live] = []


def take(moment: dt.datetime | None = None) -> Snapshot:
    """Read the index in the current transaction, which must have one snapshot.

    With a moment in the past, read it as it was then, without the articles that are not public now. The
    statements of the caller then read former tables (`tables_as_of`); the index itself is of today.
    """
    with tables_now():
        state = _read()
        parts = _present(state)
        if moment is None:
            return _snapshot(parts["article"], parts["quote"], families(state.merged))
        former = {kind: past.former_rows(kind, moment) for kind in parts}
        texts = {kind: past.with_other_text(kind, moment, former[kind]) for kind in parts}
    then = {kind: _then(parts[kind], kind, moment, former[kind], texts[kind]) for kind in parts}
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, merged_into_id FROM articles_speaker WHERE merged_into_id IS NOT NULL")
        merged_then = dict(cursor.fetchall())
    return _snapshot(then["article"], then["quote"], families(merged_then))


# Everything that a search of now must know first, in one statement.
_STATE = """
SELECT 'segment', id, columns_version::bigint, kind::text, dead FROM search_segment
  WHERE format = %s AND fold_version = %s AND stemmer_version = %s
UNION ALL SELECT 'note', id, article_id, NULL, NULL FROM search_note
UNION ALL SELECT 'merged', id, merged_into_id, NULL, NULL FROM articles_speaker WHERE merged_into_id IS NOT NULL
"""


@dataclass(frozen=True)
class _State:
    """Segments as (id, kind, dead, version of the columns); the article of each note; merged speakers."""

    segments: list[tuple[int, str, bytes, int]]
    notes: dict[int, int]
    merged: dict[int, int]


def _read() -> _State:
    state = _State([], {}, {})
    with connection.cursor() as cursor:
        cursor.execute(_STATE, [FORMAT, FOLD_VERSION, STEMMER_VERSION])
        for what, id_, number, kind, dead in cursor.fetchall():
            if what == "segment":
                state.segments.append((id_, kind, dead, number))
            elif what == "note":
                state.notes[id_] = number
            else:
                state.merged[id_] = number
    state.segments.sort()
    return state


def _present(state: _State) -> dict[str, list[Part]]:
    notes = state.notes
    noted = np.unique(np.fromiter(notes.values(), np.int64, len(notes)))
    parts: dict[str, list[Part]] = {"article": [], "quote": []}
    for kind, part in _stored(state.segments):
        masked = np.isin(part.columns.article, noted)
        live = part.live - BitMap(np.flatnonzero(masked).astype(np.uint32))
        parts[kind].append(Part(part.segment, part.columns, live))
    if notes:
        current = _live(frozenset(notes), noted)
        parts["article"].append(current.articles)
        parts["quote"].append(current.quotes)
    return parts


def _then(
    parts: Sequence[Part], kind: str, moment: dt.datetime, former: dict[int, Any], other_text: set[int]
) -> list[Part]:
    """The documents of a moment: unchanged since, with former columns, or with a former text too."""
    limit, found, left = moment_number(moment), [], dict(former)
    for part in parts:
        unchanged = BitMap(np.flatnonzero(part.columns.since <= limit).astype(np.uint32))
        found.append(Part(part.segment, part.columns, part.live & unchanged))
        ids = part.segment.ids
        again = [n for n in part.live if (pk := int(ids[n])) in left and pk not in other_text]
        if again:
            rows = {n: left.pop(int(ids[n])) for n in again}
            found.append(Part(part.segment, part.columns.replaced(rows, kind), BitMap(again)))
    if left:
        found.append(_former(kind, left))
    return found


def _former(kind: str, rows: dict[int, Any]) -> Part:
    """Former documents with their texts, read as of the moment by the statements of the caller."""
    texts = reading.texts_of_articles(rows) if kind == "article" else reading.texts_of_quotes(rows)
    segment = build(texts)
    found = [rows[int(pk)] for pk in segment.ids]
    made = columns_of_articles(found) if kind == "article" else columns_of_quotes(found)
    return Part(segment, made, segment.all)


def _snapshot(articles: Sequence[Part], quotes: Sequence[Part], merged: dict[int, int]) -> Snapshot:
    return Snapshot(
        [part.segment for part in articles],
        [part.columns for part in articles],
        [part.segment for part in quotes],
        [part.columns for part in quotes],
        [part.live for part in articles],
        [part.live for part in quotes],
        merged,
    )


def families(into: dict[int, int]) -> dict[int, int]:
    """The canonical speaker of each merged one; speakers in a cycle are their own."""
    found = {}
    for member in into:
        final, seen = member, {member}
        while final in into and into[final] not in seen:
            final = into[final]
            seen.add(final)
        if final not in into:
            found[member] = final
    return found


def _stored(rows: Sequence[tuple[int, str, bytes, int]]) -> list[tuple[str, Part]]:
    """These segments; what the process has not read yet is read now."""
    present = {pk for pk, *_ in rows}
    missing = present - _SEGMENTS.keys()
    for row in SearchSegment.objects.filter(pk__in=missing) if missing else ():
        _SEGMENTS[row.pk] = StoredSegment(row)
    stale = {(pk, version) for pk, _, _, version in rows} - _COLUMNS.keys()
    for pk, version, columns in stored_columns(pk for pk, _ in stale):
        _COLUMNS[pk, version] = columns
    with _LOCK:
        for gone in [pk for pk in _SEGMENTS if pk not in present and pk < min(present, default=0)]:
            _SEGMENTS.pop(gone, None)
    return [
        (kind, Part(segment := _SEGMENTS[pk].opened(), _COLUMNS[pk, version], segment.all - _bitmap(dead)))
        for pk, kind, dead, version in rows
    ]


def _bitmap(stored: bytes | memoryview) -> BitMap:
    return BitMap.deserialize(bytes(stored)) if stored else BitMap()


def _live(notes: frozenset[int], articles: np.ndarray) -> _Live:
    for known in list(_LATEST):
        if known.notes == notes:
            return known
    ids = articles.tolist()
    of = build(reading.article_documents(ids))
    quotes = build(reading.quote_documents(ids))
    found = _Live(
        notes,
        Part(of, of_articles(of.ids), of.all),
        Part(quotes, of_quotes(quotes.ids), quotes.all),
    )
    with _LOCK:
        _LATEST[:] = [found, *_LATEST[:3]]
    return found
