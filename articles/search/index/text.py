"""One text as a segment, so that highlighting is evaluated by the same code as the search."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from contextlib import suppress
from functools import cached_property

import numpy as np
from pyroaring import BitMap

from articles.search.index.segment import NO_POSTING, Posting, Segment
from articles.search.index.stemmers import stem, stems
from articles.search.index.terms import LONGEST_TERM

# Words whose places are looked up one by one.
FEW = 8
_ALONE = Posting(BitMap([0]), np.ones(1, np.uint8))


class Stems:
    """The words of all texts that were read, by their stem; safe for threads.

    Texts share most of their words: stemming each once takes a tenth of the time.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._words: tuple[dict[int, set[str]], dict[tuple[int, str], set[str]]] = ({}, {})

    def learn(self, words: Set[str], stemmer: int) -> Mapping[tuple[int, str], Set[str]]:
        """Stem the words that are new; return all known words by stemmer and stem."""
        known, forms = self._words
        of_language = known.setdefault(stemmer, set())
        if new := list(words - of_language):
            for word, of in zip(new, stems(stemmer, new), strict=True):
                forms.setdefault((stemmer, of), set()).add(word)
            # Known only when its stem is.
            of_language.update(new)
            if sum(map(len, known.values())) > self._most:
                self._words = ({}, {})
        return forms


# About 30 MB.
STEMS = Stems(200_000)


class Text(Segment):
    """The words of one part of a text; positions are found of those words only that a query needs."""

    def __init__(self, words: Sequence[str], stemmer: int) -> None:
        self.different = set(words)
        if max(map(len, self.different), default=0) > LONGEST_TERM:
            words = [word[:LONGEST_TERM] for word in words]
            self.different = set(words)
        self.words = words
        self.ranges = {stemmer: (0, 1)}
        self._positions: dict[str, BitMap] = {}
        # The words of all texts by stem, once the words of this one are among them.
        self._forms: Mapping[tuple[int, str], Set[str]] | None = None

    def __len__(self) -> int:
        return 1

    def posting(self, word: str) -> Posting:
        return _ALONE if word in self.different else NO_POSTING

    def positions(self, word: str) -> BitMap:
        if word not in self.different:
            return BitMap()
        if word not in self._positions:
            # For few words, looking each up takes a tenth of the time of sorting all.
            places = self._places_of(word) if len(self._positions) < FEW else self._places[word]
            self._positions[word] = BitMap(places)
        return self._positions[word]

    def _places_of(self, word: str) -> list[int]:
        found = [self.words.index(word)]
        with suppress(ValueError):
            while True:
                found.append(self.words.index(word, found[-1] + 1))
        return found

    def forms_of(self, stemmer: int, word: str) -> tuple[str, ...]:
        if not stemmer:
            return (word,)
        if self._forms is None:
            self._forms = STEMS.learn(self.different, stemmer)
        return tuple(self.different & self._forms.get((stemmer, stem(stemmer, word)), frozenset()))

    def beginning_with(self, prefix: str) -> list[str]:
        return [word for word in self.different if word.startswith(prefix)]

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        found = defaultdict(list)
        for at, word in enumerate(self.words):
            found[word].append(at)
        return found
