"""Checks the index against the database records: checksums, places, words and columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields

import numpy as np
from pyroaring import BitMap

from articles.models import Article, QuoteDocument, SearchNote, SearchSegment
from articles.search.index.building import placed_parts
from articles.search.index.columns import Columns, Lists, columns_of
from articles.search.index.positions import as_array
from articles.search.index.reading import KINDS, Rows, documents, rows_of
from articles.search.index.segment import Document, Segment
from articles.search.index.segment_cache import READABLE, Part, Present
from articles.search.index.snapshot import one_snapshot
from articles.search.index.storage import has_its_checksum, stored_postings
from articles.search.index.terms import LONGEST_TERM

# Documents whose texts are compared at once.
_AT_ONCE = 1_000


def check_index() -> Iterator[str]:
    """Yield each fault as one line of text; all is read in one snapshot."""
    with one_snapshot():
        yield from _check_segments()
        noted = set(SearchNote.objects.values_list("article_id", flat=True))
        places: dict[str, dict[int, int]] = {kind: {} for kind in KINDS}
        for row, part in placed_parts():
            live = [n for n in part.live if int(part.columns.article[n]) not in noted]
            for n in live:
                pk = int(part.segment.ids[n])
                places[row.kind][pk] = places[row.kind].get(pk, 0) + 1
            yield from _check_part(row, part, live)
        yield from _check_places(places, noted)


def _check_segments() -> Iterator[str]:
    readable = set(SearchSegment.objects.filter(**READABLE).values_list("pk", flat=True))
    for pk in SearchSegment.objects.filter(in_use=True).values_list("pk", flat=True):
        if pk not in readable:
            yield f"segment {pk} of the search index: written by another release; reindex"
        elif not has_its_checksum(SearchSegment.objects.defer("columns").get(pk=pk)):
            yield f"segment {pk} of the search index: does not match its checksum; reindex --all"


def _check_places(places: Mapping[str, Mapping[int, int]], noted: set[int]) -> Iterator[str]:
    """Every document is in one live place, unless its article has a note."""
    usable = Article.objects.filter(status=Article.Status.USABLE)
    of_quotes = dict(QuoteDocument.objects.values_list("quote_id", "article_id"))
    expected = {
        "article": set(usable.values_list("pk", flat=True)) - noted,
        "quote": {quote for quote, article in of_quotes.items() if article not in noted},
    }
    for kind in KINDS:
        for pk in sorted(expected[kind] - places[kind].keys()):
            yield f"{kind} {pk}: is not in the search index; reindex --all"
        for pk in sorted(places[kind].keys() - expected[kind]):
            yield f"{kind} {pk}: is in the search index and should not be; reindex --all"
        for pk in sorted(pk for pk, number in places[kind].items() if number > 1):
            yield f"{kind} {pk}: is in the search index {places[kind][pk]} times; reindex --all"


def _check_part(row: Present, part: Part, live: list[int]) -> Iterator[str]:
    kind, texts = row.kind, IndexedTexts(row.pk, part.segment)
    for start in range(0, len(live), _AT_ONCE):
        numbers = live[start : start + _AT_ONCE]
        rows = rows_of(kind, {int(part.columns.article[n]) for n in numbers})
        here = {int(part.segment.ids[n]): n for n in numbers if int(part.segment.ids[n]) in rows}
        rows = {pk: rows[pk] for pk in here}
        for document in documents(kind, rows):
            words = [(name, [word[:LONGEST_TERM] for word in text]) for name, text in document.parts]
            if texts.document(here[document.id]) != Document(document.id, document.stemmer, words):
                yield f"{kind} {document.id}: its words in the search index are not its text; reindex --all"
        for pk in _other_columns(kind, part.columns, rows, here):
            yield f"{kind} {pk}: its filters in the search index are out of date; reindex --all"


def _other_columns(kind: str, columns: Columns, rows: Rows, here: Mapping[int, int]) -> Iterator[int]:
    made = columns_of(kind, list(rows.values()))
    for at, pk in enumerate(rows):
        if _values(columns, here[pk]) != _values(made, at):
            yield pk


def _values(columns: Columns, n: int) -> list[object]:
    """All columns of one document, in a form that does not depend on the others."""
    found: list[object] = []
    for name in (each.name for each in fields(Columns)):
        value = getattr(columns, name)
        if isinstance(value, Lists):
            found.append(value.values[value.offsets[n] : value.offsets[n + 1]].tolist())
        elif name == "language":
            found.append(columns.languages[value[n]])
        elif name != "languages" and len(value):
            found.append(int(value[n]))
    return found


class IndexedTexts:
    """The texts of a segment, put together from the positions of its words."""

    def __init__(self, pk: int, segment: Segment) -> None:
        self._segment = segment
        self._words: list[str] = [""]
        self._at = np.zeros(int(segment.starts[-1]), np.uint32)
        for word, positions in stored_postings(pk, "substr(term, 2), positions", words=True):
            self._at[as_array(BitMap.deserialize(positions))] = len(self._words)
            self._words.append(word)

    def document(self, n: int) -> Document:
        """Document n of the segment; "" is a word that has no posting."""
        segment = self._segment
        first, last = np.searchsorted(segment.part_starts, segment.starts[n : n + 2])
        parts = []
        for at in range(int(first), int(last)):
            start = int(segment.part_starts[at])
            numbers = self._at[start : start + int(segment.part_lengths[at])]
            name = segment.names[int(segment.part_names[at])]
            parts.append((name, [self._words[number] for number in numbers]))
        return Document(int(segment.ids[n]), int(segment.stemmers[n]), parts)
