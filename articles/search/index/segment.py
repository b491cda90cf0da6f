"""A segment: the words of some documents with their positions; it never changes."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from pyroaring import BitMap

from articles.search.index.positions import GAP
from articles.search.index.stemmers import stem
from articles.search.index.terms import LONGEST_TERM

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
    """The documents of a term by their numbers in the segment, its frequency in each, and its positions."""

    documents: BitMap
    frequencies: np.ndarray
    positions: BitMap


NO_POSTING = Posting(BitMap(), np.zeros(0, np.uint8), BitMap())


@dataclass
class Segment:
    """`ids`, `stemmers` and `starts` are by document, ordered by stemmer and id; `part_…` by part."""

    ids: np.ndarray
    stemmers: np.ndarray
    starts: np.ndarray
    part_starts: np.ndarray
    part_lengths: np.ndarray
    part_names: np.ndarray
    names: tuple[str, ...]
    postings: Mapping[str, Posting]
    # The words of each stem, by (stemmer, stem), unless that is only the stem itself.
    forms: Mapping[tuple[int, str], tuple[str, ...]]
    _parts: dict[str, BitMap] = field(default_factory=dict)
    _spans: dict[tuple[int, int], tuple[BitMap, BitMap]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def all(self) -> BitMap:
        return BitMap(range(len(self.ids)))

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
        weights = np.array([WEIGHTS.get(name, 1) for name in self.names] or [1])
        owners = np.searchsorted(self.starts, self.part_starts, side="right") - 1
        lengths = self.part_lengths * weights[self.part_names]
        return np.bincount(owners, weights=lengths, minlength=len(self.ids))[: len(self.ids)]

    @cached_property
    def starts_32(self) -> np.ndarray:
        """The starts in the type of positions; searching is much slower if the types differ."""
        return self.starts.astype(np.uint32)

    def counted(self, positions: np.ndarray) -> tuple[BitMap, np.ndarray]:
        """The documents in which these positions are, and their number in each, weighted by part."""
        if not len(positions):
            return BitMap(), np.zeros(0)
        names = self.part_names[np.searchsorted(self.part_starts, positions, side="right") - 1]
        owners = np.searchsorted(self.starts_32, positions, side="right") - 1
        weights = np.array([WEIGHTS.get(name, 1) for name in self.names])
        counted = np.bincount(owners, weights=weights[names])
        documents = np.flatnonzero(counted)
        return BitMap(documents.astype(np.uint32)), np.minimum(counted[documents], MOST_FREQUENT)

    def posting(self, word: str) -> Posting:
        return self.postings.get(word[:LONGEST_TERM], NO_POSTING)

    def forms_of(self, stemmer: int, word: str) -> tuple[str, ...]:
        """The words of this segment that have the stem of a word."""
        if not stemmer:
            return (word,)
        root = stem(stemmer, word)
        if (stemmer, root) in self.forms:
            return self.forms[stemmer, root]
        return (root,) if stem(stemmer, root) == root else ()

    def beginning_with(self, prefix: str) -> list[str]:
        """The words that begin with the prefix."""
        first = bisect_left(self.vocabulary, prefix)
        found = []
        for word in self.vocabulary[first:]:
            if not word.startswith(prefix):
                break
            found.append(word)
        return found

    def inside(self, name: str) -> BitMap:
        """All positions in the parts of this name."""
        if name not in self._parts:
            found = BitMap()
            if name in self.names:
                number = self.names.index(name)
                for at in np.flatnonzero(self.part_names == number):
                    start = int(self.part_starts[at])
                    found.add_range(start, start + int(self.part_lengths[at]))
            self._parts[name] = found
        return self._parts[name]

    def between(self, positions: BitMap, first: int, last: int) -> BitMap:
        """The positions in the documents from `first` up to `last`, which is excluded."""
        return positions if (first, last) == (0, len(self)) else positions & self._span(first, last)[1]

    def among(self, documents: BitMap, first: int, last: int) -> BitMap:
        """The documents from `first` up to `last`, which is excluded."""
        return documents if (first, last) == (0, len(self)) else documents & self._span(first, last)[0]

    def _span(self, first: int, last: int) -> tuple[BitMap, BitMap]:
        """All documents of a range, and all positions in them."""
        if (first, last) not in self._spans:
            documents, positions = BitMap(), BitMap()
            documents.add_range(first, last)
            positions.add_range(int(self.starts[first]), int(self.starts[last]))
            self._spans[first, last] = documents, positions
        return self._spans[first, last]

    def documents_at(self, positions: BitMap) -> BitMap:
        """The documents in which these positions are."""
        if not positions:
            return BitMap()
        places = as_array(positions)
        if len(places) < len(self.ids):
            owners = np.searchsorted(self.starts_32, places, side="right") - 1
            return BitMap(owners[np.flatnonzero(np.diff(owners, prepend=-1))].astype(np.uint32))
        return BitMap(np.flatnonzero(np.diff(np.searchsorted(places, self.starts_32))).astype(np.uint32))


def as_array(numbers: BitMap) -> np.ndarray:
    """The numbers of a set in order."""
    return np.frombuffer(numbers.to_array(), np.uint32)


def build(documents: Iterable[Document]) -> Segment:
    """Number the words of the documents and collect their postings."""
    ordered = sorted(documents, key=lambda document: (document.stemmer, document.id))
    layout = _Layout(ordered)
    terms = {word: number for number, word in enumerate(dict.fromkeys(layout.words))}
    numbers = np.fromiter((terms[word] for word in layout.words), np.int64, len(layout.words))
    order = np.argsort(numbers, kind="stable")
    numbers = numbers[order]
    places = layout.places[order]
    owners = np.searchsorted(layout.starts, places, side="right") - 1
    weights = layout.weights[order]
    cuts = np.searchsorted(numbers, np.arange(len(terms) + 1))
    postings = {}
    for word, number in terms.items():
        first, last = cuts[number], cuts[number + 1]
        postings[word] = _posting(places[first:last], owners[first:last], weights[first:last])
    stemmers = np.array([document.stemmer for document in ordered], np.uint8)
    return Segment(
        ids=np.array([document.id for document in ordered], np.int64),
        stemmers=stemmers,
        starts=layout.starts,
        part_starts=np.array(layout.part_starts, np.int64),
        part_lengths=np.array(layout.part_lengths, np.int64),
        part_names=np.array(layout.part_names, np.uint8),
        names=tuple(layout.names),
        postings=postings,
        forms=_forms(postings, stemmers),
    )


def _posting(places: np.ndarray, owners: np.ndarray, weights: np.ndarray) -> Posting:
    positions = BitMap(places.astype(np.uint32))
    positions.run_optimize()
    documents, at = np.unique(owners, return_index=True)
    frequencies = np.add.reduceat(weights, at)
    return Posting(
        BitMap(documents.astype(np.uint32)),
        np.minimum(frequencies, MOST_FREQUENT).astype(np.uint8),
        positions,
    )


def _forms(postings: Mapping[str, Posting], stemmers: np.ndarray) -> dict[tuple[int, str], tuple[str, ...]]:
    found: dict[tuple[int, str], list[str]] = defaultdict(list)
    ranges = [int(number) for number in np.unique(stemmers) if number]
    for number in ranges:
        first, last = np.searchsorted(stemmers, [number, number + 1])
        span = BitMap(range(int(first), int(last)))
        for word, posting in postings.items():
            if posting.documents.intersect(span):
                found[number, stem(number, word)].append(word)
    return {key: tuple(words) for key, words in found.items() if words != [key[1]]}


class _Layout:
    """The words of the documents in order, with their positions and weights."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.words: list[str] = []
        self.names: dict[str, int] = {}
        self.part_starts: list[int] = []
        self.part_lengths: list[int] = []
        self.part_names: list[int] = []
        starts, weights, at = [], [], 0
        for document in documents:
            starts.append(at)
            for name, words in document.parts:
                self.part_starts.append(at)
                self.part_lengths.append(len(words))
                self.part_names.append(self.names.setdefault(name, len(self.names)))
                self.words += [word[:LONGEST_TERM] for word in words]
                weights.append(np.full(len(words), WEIGHTS.get(name, 1), np.int64))
                at += len(words) + GAP
        self.starts = np.array([*starts, at], np.int64)
        self.weights = np.concatenate(weights) if weights else np.zeros(0, np.int64)
        lengths = np.array(self.part_lengths, np.int64)
        begins = np.repeat(np.array(self.part_starts, np.int64), lengths)
        within = np.arange(len(self.words)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        self.places = begins + within
