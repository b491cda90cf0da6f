"""Articles that changed after the segments were built, read from the database records.

They are cached by the set of their notes, never by the highest number of a note: notes commit out of order.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence

from articles.search.index.columns import Columns
from articles.search.index.reading import BATCH, KINDS, documents, indexed, rows_of
from articles.search.index.segment import Document, Segment

# A save changes one block of so many articles, and only that is read again.
BLOCK = 64
# Blocks whose articles are read with one statement for each table.
AT_ONCE = BATCH // BLOCK
# The blocks that are kept: as many as the last search had, and so many more.
SPARE = 32

Block = dict[str, tuple[Segment, Columns]]


def notes_by_article(notes: Mapping[int, int]) -> dict[int, list[int]]:
    """The notes of each article, articles by their oldest note; `notes` has the article of each note."""
    found: dict[int, list[int]] = {}
    for note in sorted(notes):
        found.setdefault(notes[note], []).append(note)
    return found


class NotedArticles:
    """Blocks of articles with notes as segments in memory; safe for threads."""

    def __init__(self) -> None:
        self._blocks: OrderedDict[frozenset[tuple[int, tuple[int, ...]]], Block] = OrderedDict()
        self._lock = threading.Lock()

    def clear(self) -> None:
        """Forget everything, because the process is to read another database."""
        with self._lock:
            self._blocks.clear()

    def __len__(self) -> int:
        return len(self._blocks)

    def blocks(self, noted: Mapping[int, Sequence[int]]) -> list[Block]:
        """The articles with these notes, read in the current transaction unless the process has them."""
        articles = list(noted)
        keys = {}
        for start in range(0, len(articles), BLOCK):
            block = articles[start : start + BLOCK]
            keys[frozenset((pk, tuple(noted[pk])) for pk in block)] = block
        with self._lock:
            found = {key: self._blocks[key] for key in keys if key in self._blocks}
        missing = [key for key in keys if key not in found]
        for start in range(0, len(missing), AT_ONCE):
            several = missing[start : start + AT_ONCE]
            found |= dict(zip(several, _read([keys[key] for key in several]), strict=True))
        with self._lock:
            for key, block_ in found.items():
                self._blocks[key] = block_
                self._blocks.move_to_end(key)
            while len(self._blocks) > len(keys) + SPARE:
                self._blocks.popitem(last=False)
        return [found[key] for key in keys]


def _read(blocks: Sequence[Sequence[int]]) -> list[Block]:
    """Read these blocks with five statements, and more if their articles have many quotes."""
    number = {article: n for n, block in enumerate(blocks) for article in block}
    found: list[Block] = [{} for _ in blocks]
    for kind in KINDS:
        rows = rows_of(kind, number)
        texts: list[list[Document]] = [[] for _ in blocks]
        for document in documents(kind, rows):
            texts[number[rows[document.id].article_id]].append(document)
        for block, mine in zip(found, texts, strict=True):
            if mine:
                block[kind] = indexed(kind, rows, mine)
    return found


NOTED = NotedArticles()
