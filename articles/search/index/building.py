"""Builds segments: of articles with notes, of an import, of many changed articles, or of the whole archive.

All who write segments of existing articles share one lock, and delete only the notes that they have read.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager

import numpy as np
from django.db import DatabaseError, OperationalError, connection, transaction
from django.db.models import F, QuerySet

from articles.models import SearchDocument, SearchNote, SearchSegment
from articles.search.index.positions import where
from articles.search.index.reading import KINDS, Rows, indexed, rows_of
from articles.search.index.segment_cache import READABLE, SEGMENTS, Part, Present, bitmap, present
from articles.search.index.snapshot import one_snapshot
from articles.search.index.storage import pack, store

LOCK = 4_712_001
# A save builds when so many notes wait, so many articles in each transaction.
WAITING = 512
MOST_AT_A_SAVE = 1_024
# Fewer changed articles than this get no segment of their own.
FEWEST = 50
# An import merges so many small segments.
MANY = 16
# Documents of a segment of each kind. A search takes a fixed time for each segment, and quotes are short: a
# search in those of a speaker took 57 ms in 37 segments of 600,000 quotes, and 45 ms in 10.
LARGEST = {"article": 16_384, "quote": 65_536}

_SERIALIZATION_FAILURE = "40001"
_logger = logging.getLogger(__name__)
Placed = list[tuple[Present, Part]]


@contextmanager
def building() -> Iterator[None]:
    """Hold the lock for several transactions of a command; a pooler of transactions cannot do this."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _may_build() -> bool:
    """Take the lock for the current transaction, unless another session has it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])


def consolidate_if_many(most: int = LARGEST["article"]) -> None:
    """Build while enough notes wait: every web process reads the articles of all that are left."""
    while SearchNote.objects.order_by()[:WAITING].count() == WAITING and consolidate(most):
        pass


def consolidate_after_save() -> None:
    """Build if enough notes wait; never fails, and does nothing inside a transaction."""
    if connection.in_atomic_block:
        return
    try:
        consolidate_if_many(MOST_AT_A_SAVE)
    except DatabaseError:
        _logger.exception("The search index was not consolidated; it is exact all the same.")


def consolidate(most: int = LARGEST["article"]) -> int:
    """Move articles with notes into segments, unless another session builds; return how many."""
    try:
        with one_snapshot(write=True):
            return _consolidate(SearchNote.objects.all(), most) if _may_build() else 0
    except OperationalError as error:
        # Another builder committed between this snapshot and the lock: both have deleted the same notes.
        if getattr(error.__cause__, "sqlstate", "") != _SERIALIZATION_FAILURE:
            raise
        return 0


def write_changed(articles: Collection[int]) -> None:
    """Write many articles that the current transaction has changed; otherwise their notes wait."""
    if len(articles) >= FEWEST and _may_build():
        _consolidate(SearchNote.objects.filter(article_id__in=articles), len(articles))


def write_new(articles: Collection[int]) -> None:
    """Write many articles that the current transaction has added; otherwise their notes wait.

    Nobody else knows these articles, so no lock is needed.
    """
    if len(articles) >= FEWEST:
        write(articles)
        SearchNote.objects.filter(article_id__in=articles).delete()


def write(articles: Collection[int], *, in_use: bool = True) -> None:
    """Write the segments of these articles and their quotes."""
    for kind in KINDS:
        rows = rows_of(kind, articles)
        ids = list(rows)
        for start in range(0, len(ids), LARGEST[kind]):
            _write_rows(kind, {pk: rows[pk] for pk in ids[start : start + LARGEST[kind]]}, in_use=in_use)


def _write_rows(kind: str, rows: Rows, *, in_use: bool = True) -> None:
    segment, columns = indexed(kind, rows)
    if len(segment):
        store(segment, kind, columns, in_use=in_use)


def _consolidate(waiting: QuerySet[SearchNote], most: int) -> int:
    # Of those not read now, the articles stay noted.
    rows = waiting.order_by("pk")[: 4 * most]
    notes = list(rows.values_list("pk", "article_id", "text"))
    articles = list(dict.fromkeys(article for _, article, _ in notes))[:most]
    if not articles:
        return 0
    chosen = set(articles)
    placed = placed_parts()
    texts = {article for _, article, text in notes if text and article in chosen}
    texts |= _without_place(chosen - texts, placed)
    _rewrite_columns(chosen - texts, placed)
    _bury(texts, placed)
    write([article for article in articles if article in texts])
    SearchNote.objects.filter(pk__in=[pk for pk, article, _ in notes if article in chosen]).delete()
    return len(articles)


def placed_parts() -> Placed:
    """The segments of this transaction with what searches read of them, notes aside."""
    rows = present()
    return list(zip(rows, SEGMENTS.parts(rows), strict=True))


def _without_place(articles: Collection[int], placed: Placed) -> set[int]:
    """Those of these articles that no segment has, or that readers must not see any more."""
    ids, found = _array(articles), set()
    for row, part in placed:
        if row.kind == "article":
            live = np.asarray(part.live.to_array(), np.int64)
            found |= set(np.intersect1d(part.columns.article[live], ids).tolist())
    usable = SearchDocument.objects.filter(pk__in=found).values_list("pk", flat=True)
    return set(articles) - set(usable)


def _rewrite_columns(articles: Collection[int], placed: Placed) -> None:
    """Replace the columns of these articles and their quotes; their texts stay."""
    ids = _array(articles)
    rows = {kind: rows_of(kind, articles) for kind in KINDS} if articles else {}
    for row, part in placed:
        here = where(np.isin(part.columns.article, ids)) & part.live
        if not here:
            continue
        new = rows[row.kind]
        # One that is gone meanwhile has a later note.
        changed = {n: new[pk] for n in here if (pk := int(part.segment.ids[n])) in new}
        columns = part.columns.replaced(changed, row.kind)
        SearchSegment.objects.filter(pk=row.pk).update(
            columns=pack(columns), columns_version=F("columns_version") + 1
        )


def _bury(articles: Collection[int], placed: Placed) -> None:
    """Mark the documents of these articles as dead in all segments."""
    ids = _array(articles)
    for row, part in placed:
        dead = where(np.isin(part.columns.article, ids)) & part.live
        if dead:
            SearchSegment.objects.filter(pk=row.pk).update(dead=(bitmap(row.dead) | dead).serialize())


def _array(articles: Iterable[int]) -> np.ndarray:
    return np.array(sorted(articles), np.int64)


def merge_after_import() -> None:
    """Merge the segments of an import, if there are many."""
    with building():
        merge(MANY)


def tidy() -> Iterator[int]:
    """Consolidate all notes, merge small segments, and rebuild those of which a quarter is dead.

    Yields numbers of articles consolidated.
    """
    with building():
        while True:
            with one_snapshot(write=True):
                done = _consolidate(SearchNote.objects.all(), LARGEST["article"])
            if not done:
                break
            yield done
        merge()


def is_readable() -> bool:
    """Whether this release reads all segments in use."""
    return not SearchSegment.objects.filter(in_use=True).exclude(**READABLE).exists()


def merge(least: int = 2) -> None:
    """Merge so many small segments or more, and rebuild those of which a quarter is dead; needs the lock."""
    for group in list(_worth_merging(placed_parts(), least)):
        with one_snapshot(write=True):
            chosen = [(row, part) for row, part in placed_parts() if row.pk in group]
            _merge(chosen)


def _worth_merging(placed: Placed, least: int) -> Iterator[set[int]]:
    for kind in KINDS:
        group: list[int] = []
        size = 0
        for row, part in (each for each in placed if each[0].kind == kind):
            live, documents = len(part.live), len(part.segment)
            if live > LARGEST[kind] // 2 and live > documents * 3 // 4:
                continue
            if group and size + live > LARGEST[kind]:
                if _improves(group, placed, least):
                    yield set(group)
                group, size = [], 0
            group.append(row.pk)
            size += live
        if group and _improves(group, placed, least):
            yield set(group)


def _improves(group: Sequence[int], placed: Placed, least: int) -> bool:
    """Whether this makes one of so many, or leaves out a quarter of dead documents."""
    of = [part for row, part in placed if row.pk in group]
    return len(of) >= least or any(len(part.live) <= len(part.segment) * 3 // 4 for part in of)


def _merge(chosen: Placed) -> None:
    """Write the live documents of these segments of one kind into a new one."""
    (kind,) = {row.kind for row, _ in chosen}
    ids = {int(part.segment.ids[n]) for _, part in chosen for n in part.live}
    articles = {int(part.columns.article[n]) for _, part in chosen for n in part.live}
    # Those with another text are read from their records, and written with the next consolidation.
    changed = set(SearchNote.objects.filter(text=True).values_list("article_id", flat=True))
    rows = rows_of(kind, articles - changed)
    _write_rows(kind, {pk: row for pk, row in rows.items() if pk in ids})
    SearchSegment.objects.filter(pk__in=[row.pk for row, _ in chosen]).delete()


def erase(articles: Collection[int]) -> None:
    """Write the segments of these deleted articles anew at once: the positions of words are their text."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        _consolidate(SearchNote.objects.filter(article_id__in=articles), len(articles))
        ids = _array(articles)
        for row, part in placed_parts():
            if np.isin(part.columns.article, ids).any():
                _merge([(row, part)])


def rebuild() -> Iterator[int]:
    """Write the whole archive into new segments, then use them in place of those before; yield articles done.

    An interrupted run leaves segments that nothing reads; the next one deletes them.
    """
    with building():
        SearchSegment.objects.filter(in_use=False).delete()
        with one_snapshot(write=True):
            before = list(SearchSegment.objects.values_list("pk", flat=True))
            notes = list(SearchNote.objects.values_list("pk", flat=True))
            articles = list(SearchDocument.objects.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(articles), LARGEST["article"]):
            batch = articles[start : start + LARGEST["article"]]
            with one_snapshot(write=True):
                write(batch, in_use=False)
            yield len(batch)
        # What changed meanwhile has a note that was not among these.
        with transaction.atomic():
            SearchSegment.objects.filter(pk__in=before).delete()
            SearchSegment.objects.filter(in_use=False).update(in_use=True)
            SearchNote.objects.filter(pk__in=notes).delete()
