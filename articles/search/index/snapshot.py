"""What a search reads: the segments, and the articles that changed after they were built.

Everything is read in the transaction of the search. Segments are cached by id, because they never change.
Articles with notes are read from the database records.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from operator import attrgetter

import numpy as np
from django.db import connection, transaction
from pyroaring import BitMap

from articles.models import SearchSegment, Speaker
from articles.search.history.as_of import then
from articles.search.index import past
from articles.search.index.columns import moment_number
from articles.search.index.noted import NOTED, notes_by_article
from articles.search.index.positions import bitmap, where
from articles.search.index.reading import KINDS, Rows, documents, indexed
from articles.search.index.segment_cache import SEGMENTS, Part, Present
from articles.search.index.storage import FORMAT, STEMMER_VERSION
from articles.text.folding import FOLD_VERSION


@dataclass(frozen=True)
class Snapshot:
    """All segments of articles and of quotes.

    `families` has for each merged speaker the canonical one.
    """

    articles: Sequence[Part]
    quotes: Sequence[Part]
    families: dict[int, int]


@contextmanager
def one_snapshot(*, write: bool = False) -> Iterator[None]:
    """A transaction whose statements read one snapshot; inside another it is as the other is."""
    outermost = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if outermost:
            read_only = "" if write else " READ ONLY"
            cursor.execute(f"SET TRANSACTION ISOLATION LEVEL REPEATABLE READ{read_only}")
        yield


def forget() -> None:
    """Forget what this process has read, because it is to read another database."""
    SEGMENTS.clear()
    NOTED.clear()


def take() -> Snapshot:
    """Read the index in the current transaction, which must have one snapshot."""
    state = _read()
    parts = _present(state)
    return Snapshot(parts["article"], parts["quote"], state.families)


def take_then(moment: dt.datetime, now: Snapshot) -> Snapshot:
    """The index as of a past moment, without the articles that are not public now."""
    parts = {"article": now.articles, "quote": now.quotes}
    former = {kind: past.former_rows(kind, moment) for kind in parts}
    texts = {kind: past.with_other_text(kind, moment, former[kind]) for kind in parts}
    found = {kind: _then(parts[kind], kind, moment, former[kind], texts[kind]) for kind in parts}
    with connection.cursor() as cursor:
        sql = "SELECT id, canonical_speaker_id FROM articles_speaker WHERE merged_into_id IS NOT NULL"
        cursor.execute(then(moment, sql, Speaker))
        families = dict(cursor.fetchall())
    return Snapshot(found["article"], found["quote"], families)


# Everything that a search of now must know first, in one statement.
_STATE = """
SELECT CASE WHEN (format, fold_version, stemmer_version) = (%s, %s, %s) THEN 'segment' ELSE 'unreadable' END,
  id, columns_version::bigint, kind::text, dead FROM search_segment WHERE in_use
UNION ALL SELECT 'note', id, article_id, NULL, NULL FROM search_note
UNION ALL SELECT 'merged', id, canonical_speaker_id, NULL, NULL FROM articles_speaker
  WHERE merged_into_id IS NOT NULL
"""


@dataclass(frozen=True)
class _State:
    """Segments, those of another format or fold; the article of each note; families as in a snapshot."""

    segments: list[Present]
    unreadable: list[int]
    notes: dict[int, int]
    families: dict[int, int]


def _read() -> _State:
    state = _State([], [], {}, {})
    with connection.cursor() as cursor:
        cursor.execute(_STATE, [FORMAT, FOLD_VERSION, STEMMER_VERSION])
        for what, id_, number, kind, dead in cursor.fetchall():
            if what == "segment":
                state.segments.append(Present(id_, kind, number, dead))
            elif what == "unreadable":
                state.unreadable.append(id_)
            elif what == "note":
                state.notes[id_] = number
            else:
                state.families[id_] = number
    state.segments.sort(key=attrgetter("pk"))
    return state


def _present(state: _State) -> dict[str, list[Part]]:
    noted = notes_by_article(state.notes)
    for article in _articles_of(state.unreadable):
        noted.setdefault(article, []).append(0)
    ids = np.sort(np.fromiter(noted, np.int64, len(noted)))
    parts: dict[str, list[Part]] = {kind: [] for kind in KINDS}
    for row, part in zip(state.segments, SEGMENTS.parts(state.segments), strict=True):
        live = part.live - bitmap(part.columns.of_articles(ids)) if noted else part.live
        parts[row.kind].append(Part(part.segment, part.columns, live))
    for block in NOTED.blocks(noted):
        for kind, (segment, columns) in block.items():
            parts[kind].append(Part(segment, columns, segment.all))
    return parts


def _articles_of(segments: Sequence[int]) -> list[int]:
    """The articles of segments that another release wrote: they are read from the records until `reindex`."""
    found = SearchSegment.objects.filter(pk__in=segments, kind="article") if segments else ()
    return [int(pk) for row in found for pk in np.frombuffer(bytes(row.ids), np.int64)]


def _then(
    parts: Sequence[Part], kind: str, moment: dt.datetime, former: Rows, other_text: set[int]
) -> list[Part]:
    """The documents of a moment: unchanged since, with former columns, or with a former text too."""
    limit, found, left = moment_number(moment), [], dict(former)
    for part in parts:
        unchanged = where(part.columns.since <= limit)
        found.append(Part(part.segment, part.columns, part.live & unchanged))
        ids = part.segment.ids
        again = [n for n in part.live if (pk := int(ids[n])) in left and pk not in other_text]
        if again:
            rows = {n: left.pop(int(ids[n])) for n in again}
            found.append(Part(part.segment, part.columns.replaced(rows, kind), BitMap(again)))
    if left:
        segment, columns = indexed(kind, left, documents(kind, left, moment))
        found.append(Part(segment, columns, segment.all))
    return found
