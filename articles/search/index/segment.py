"""A segment: the words of some documents with their positions; it never changes."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count

import numpy as np
from pyroaring import BitMap

from articles.search.index.bitmaps import serialized
from articles.search.index.positions import GAP, as_array, bitmap, different, differs
from articles.search.index.stemmers import stem, stems
from articles.search.index.terms import LONGEST_TERM
from articles.search.query.nodes import Term

MOST_FREQUENT = 255
# How much a word counts in a part of an article; anything else counts 1.
WEIGHTS = {"headline": 5, "standfirst": 3, "kicker": 2}


@dataclass(frozen=True)
class Document:
    """The words of an article or quote, by part; `stemmer` is a number of `stemmers.STEMMERS`."""

    id: int
    stemmer: int
    parts: Sequence[tuple[str, Sequence[str]]]


@dataclass(frozen=True)
class Posting:
    """The documents of a term by their numbers in the segment, and its frequency in each."""

    documents: BitMap
    frequencies: np.ndarray

    def frequencies_in(self, documents: BitMap) -> np.ndarray:
        """The frequencies in some of these documents."""
        if len(documents) == len(self.documents):
            return self.frequencies
        every, some = as_array(self.documents), as_array(documents)
        if len(some) * 8 < len(every):
            return self.frequencies[np.searchsorted(every, some)]
        # A mask is eight times as fast for many.
        mask = np.zeros(int(every[-1]) + 1, bool)
        mask[some] = True
        return self.frequencies[mask[every]]


NO_POSTING = Posting(BitMap(), np.zeros(0, np.uint8))


@dataclass
class Segment:
    """`ids`, `stemmers` and `starts` are by document, ordered by stemmer and id; `part_…` by part.

    Starts have the type of positions, unsigned integers of 32 bits: searching is much slower if types differ.
    """

    ids: np.ndarray
    stemmers: np.ndarray
    starts: np.ndarray
    part_starts: np.ndarray
    part_lengths: np.ndarray
    part_names: np.ndarray
    names: tuple[str, ...]
    postings: Postings
    # The words of each stem, by (stemmer, stem), unless that is only the stem itself.
    forms: Mapping[tuple[int, str], tuple[str, ...]]

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def all(self) -> BitMap:
        return BitMap(range(len(self.ids)))

    @cached_property
    def first_id(self) -> int:
        return int(self.ids.min()) if len(self.ids) else 0

    @cached_property
    def last_id(self) -> int:
        return int(self.ids.max(initial=0))

    @cached_property
    def vocabulary(self) -> list[str]:
        return sorted(self.postings)

    @cached_property
    def ranges(self) -> dict[int, tuple[int, int]]:
        """The first document and the one after the last of each stemmer."""
        found = {}
        for number in np.unique(self.stemmers):
            first, last = np.searchsorted(self.stemmers, [number, number + 1])
            found[int(number)] = (int(first), int(last))
        return found

    @cached_property
    def weighted_lengths(self) -> np.ndarray:
        """The number of words of each document, weighted by part."""
        owners, weights = self.parts
        lengths = np.bincount(owners, self.part_lengths * weights, minlength=len(self.ids))
        return lengths.astype(np.int32)

    @cached_property
    def weighted_words(self) -> int:
        return int(self.weighted_lengths.sum())

    def words_of(self, documents: BitMap) -> int:
        """The weighted lengths of these documents together."""
        if len(documents) == len(self):
            return self.weighted_words
        return int(self.weighted_lengths.take(as_array(documents)).sum())

    @cached_property
    def parts(self) -> tuple[np.ndarray, np.ndarray]:
        """The document of each part, and its weight."""
        owners = np.searchsorted(self.starts, self.part_starts, side="right") - 1
        weights = np.array([WEIGHTS.get(name, 1) for name in self.names] or [1], np.float32)
        return owners.astype(np.int32), weights[self.part_names]

    def counted(self, positions: np.ndarray) -> tuple[BitMap, np.ndarray]:
        """The documents in which these positions are, and their number in each, weighted by part."""
        owners, weights = self.parts
        parts = np.searchsorted(self.part_starts, positions, side="right") - 1
        return summed(owners[parts], weights[parts], len(self))

    def posting(self, word: str) -> Posting:
        return self.postings.get(word[:LONGEST_TERM], NO_POSTING)

    def positions(self, word: str) -> BitMap:
        return self.postings.positions(word[:LONGEST_TERM])

    def merged(self, term: Term, make: Callable[[], Posting]) -> Posting:
        """The counts of all words that a term means; a stored segment keeps them."""
        return make()

    def forms_of(self, stemmer: int, word: str) -> tuple[str, ...]:
        """The words of this segment that have the stem of a word."""
        if not stemmer:
            return (word,)
        root = stem(stemmer, word)
        return self.forms_with(stemmer, root) or ((root,) if stem(stemmer, root) == root else ())

    def forms_with(self, stemmer: int, root: str) -> tuple[str, ...]:
        """The words of a stem; none if that is a word itself, and the only one."""
        return self.forms.get((stemmer, root), ())

    def beginning_with(self, prefix: str) -> list[str]:
        """The words that begin with the prefix."""
        first = bisect_left(self.vocabulary, prefix)
        return self.vocabulary[first : bisect_left(self.vocabulary, f"{prefix}\U0010ffff", first)]

    def inside(self, positions: np.ndarray, name: str) -> np.ndarray:
        """The positions in the parts of this name."""
        if name not in self.names:
            return positions[:0]
        parts = np.searchsorted(self.part_starts, positions, side="right") - 1
        return positions[self.part_names[parts] == self.names.index(name)]

    def between(self, positions: np.ndarray, first: int, last: int) -> np.ndarray:
        """The positions in the documents from `first` up to `last`, which is excluded."""
        if (first, last) == (0, len(self)):
            return positions
        return positions[slice(*np.searchsorted(positions, self.starts[[first, last]]))]

    def number_between(self, positions: BitMap, first: int, last: int) -> int:
        """The number of positions in the documents from `first` up to `last`, which is excluded."""
        if (first, last) == (0, len(self)):
            return len(positions)
        return positions.range_cardinality(int(self.starts[first]), int(self.starts[last]))

    def among(self, documents: BitMap, first: int, last: int) -> BitMap:
        """The documents from `first` up to `last`, which is excluded."""
        if (first, last) == (0, len(self)):
            return documents
        span = BitMap()
        span.add_range(first, last)
        return documents & span

    def within(self, positions: np.ndarray, documents: BitMap) -> np.ndarray:
        """The positions in these documents."""
        numbers = as_array(documents)
        first = np.searchsorted(positions, self.starts[numbers])
        lengths = np.searchsorted(positions, self.starts[numbers + 1]) - first
        skipped = np.repeat(first - np.cumsum(lengths) + lengths, lengths)
        return positions[skipped + np.arange(len(skipped))]

    def documents_at(self, positions: np.ndarray) -> BitMap:
        """The documents in which these positions are."""
        if len(positions) < len(self.ids):
            owners = np.searchsorted(self.starts, positions, side="right") - 1
            return bitmap(different(owners).astype(np.uint32))
        return bitmap(np.flatnonzero(np.diff(np.searchsorted(positions, self.starts))).astype(np.uint32))


def summed(documents: np.ndarray, numbers: np.ndarray, length: int) -> tuple[BitMap, np.ndarray]:
    """The documents in order, and the sum of the numbers of each, at most `MOST_FREQUENT`."""
    sums = np.bincount(documents, weights=numbers, minlength=length)
    found = np.flatnonzero(sums)
    return bitmap(found.astype(np.uint32)), np.minimum(sums[found], MOST_FREQUENT)


def build(documents: Iterable[Document]) -> Segment:
    """Number the words of the documents and collect their postings."""
    return build_in_order(sorted(documents, key=lambda document: (document.stemmer, document.id)))


def build_in_order(documents: Iterable[Document]) -> Segment:
    """Build from documents by stemmer and id; each is let go as soon as its words are numbered."""
    layout = _Layout(documents)
    postings = Postings(layout)
    return Segment(
        ids=np.array(layout.ids, np.int64),
        stemmers=layout.stemmers,
        starts=layout.starts.astype(np.uint32),
        part_starts=layout.part_starts.astype(np.uint32),
        part_lengths=layout.part_lengths.astype(np.uint32),
        part_names=layout.part_names,
        names=tuple(layout.names),
        postings=postings,
        forms=_forms(postings, layout.stemmers),
    )


class Postings(Mapping[str, Posting]):
    """The postings by word: slices of arrays by (word, position), made into bitmaps when asked for."""

    def __init__(self, layout: _Layout) -> None:
        # In place and in few bytes: most of the time goes into moving memory.
        keys = layout.words.astype("<u8")
        keys <<= 32
        keys |= layout.places
        keys.sort()
        self._places, words = keys.view("<u4").reshape(-1, 2).T.copy()
        parts = layout.part_at[self._places]
        owners = layout.part_owners.astype(np.uint32)[parts]
        begins = np.flatnonzero(differs(words) | differs(owners))
        weights = layout.part_weights.astype(np.uint32)[parts]
        weights = np.add.reduceat(weights, begins) if len(begins) else begins
        self._frequencies = np.minimum(weights, MOST_FREQUENT).astype(np.uint8)
        self._owners = owners[begins]
        self._words = words[begins]
        self._cuts = cuts = np.searchsorted(words, np.arange(len(layout.terms) + 1, dtype=np.uint32))
        self._cuts_of_documents = np.searchsorted(begins, cuts)
        # Words beyond `LONGEST_TERM` characters have a number and no occurrence.
        used = (cuts[:-1] < cuts[1:]).tolist()
        self._numbers = {word: n for word, n in layout.terms.items() if used[n]}

    def serialized(self) -> Iterator[tuple[str, bytes, bytes, bytes]]:
        """Each word with its documents, its frequency in each, and its positions, as bytes."""
        documents = serialized(self._owners, self._cuts_of_documents)
        frequencies, cuts = self._frequencies.tobytes(), self._cuts_of_documents.tolist()
        positions = serialized(self._places, self._cuts)
        for word, number in self._numbers.items():
            of = slice(cuts[number], cuts[number + 1])
            yield word, documents[number], frequencies[of], positions[number]

    def __getitem__(self, word: str) -> Posting:
        number = self._numbers[word]
        of = slice(self._cuts_of_documents[number], self._cuts_of_documents[number + 1])
        return Posting(bitmap(self._owners[of]), self._frequencies[of])

    def positions(self, word: str) -> BitMap:
        number = self._numbers.get(word)
        return (
            BitMap() if number is None else bitmap(self._places[self._cuts[number] : self._cuts[number + 1]])
        )

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)

    def between(self, first: int, last: int) -> list[str]:
        """The words of the documents from `first` up to `last`, which is excluded."""
        numbers = np.zeros(len(self._cuts), bool)
        numbers[self._words[(self._owners >= first) & (self._owners < last)]] = True
        return [word for word, number in self._numbers.items() if numbers[number]]


def _forms(postings: Postings, stemmers: np.ndarray) -> dict[tuple[int, str], tuple[str, ...]]:
    found: dict[tuple[int, str], tuple[str, ...]] = {}
    for number in (int(number) for number in np.unique(stemmers) if number):
        words = postings.between(*map(int, np.searchsorted(stemmers, [number, number + 1])))
        first: dict[str, str] = {}
        more: dict[str, list[str]] = defaultdict(list)
        for word, root in zip(words, stems(number, words), strict=True):
            if first.setdefault(root, word) is not word:
                more[root].append(word)
        found |= {
            (number, root): (word, *more.get(root, ()))
            for root, word in first.items()
            if word != root or root in more
        }
    return found


class _Layout:
    """The documents in order: numbers of words with their positions, and parts."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.names: dict[str, int] = {}
        # A word gets the next number when it is first looked up.
        self.terms: dict[str, int] = defaultdict(count().__next__)
        self.ids: list[int] = []
        stemmers, starts, parts, names, words, at = [], [], [], [], [], 0
        for number, document in enumerate(documents):
            self.ids.append(document.id)
            stemmers.append(document.stemmer)
            starts.append(at)
            for name, text in document.parts:
                parts.append((at, len(text), number, WEIGHTS.get(name, 1)))
                names.append(self.names.setdefault(name, len(self.names)))
                words.append(np.fromiter(map(self.terms.__getitem__, text), np.uint32, len(text)))
                at += len(text) + GAP
        self.stemmers = np.array(stemmers, np.uint8)
        self.starts = np.array([*starts, at], np.int64)
        table = np.array(parts, np.int64).reshape(-1, 4)
        self.part_starts, self.part_lengths, self.part_owners, self.part_weights = table.T.copy()
        self.part_names = np.array(names, np.uint8)
        self.words = self._shortened(np.concatenate([np.zeros(0, np.uint32), *words]))
        before = np.cumsum(self.part_lengths) - self.part_lengths
        self.places = np.arange(len(self.words), dtype=np.uint32)
        self.places += np.repeat((self.part_starts - before).astype(np.uint32), self.part_lengths)
        # By position; the numbers between two parts belong to the first.
        self.part_at = np.repeat(np.arange(len(parts), dtype=np.uint32), self.part_lengths + GAP)

    def _shortened(self, words: np.ndarray) -> np.ndarray:
        """The numbers of words by their first `LONGEST_TERM` characters."""
        shortened = {word: word[:LONGEST_TERM] for word in self.terms if len(word) > LONGEST_TERM}
        pairs = [(self.terms[word], self.terms[short]) for word, short in shortened.items()]
        numbers = np.arange(len(self.terms), dtype=np.uint32)
        for number, short in pairs:
            numbers[number] = short
        return numbers[words] if pairs else words


NO_POSTINGS = Postings(_Layout(()))
