"""One text as a segment, so that highlighting is evaluated by the same code as the search."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence, Set
from contextlib import suppress
from functools import cached_property

import numpy as np
from pyroaring import BitMap

from articles.search.index.segment import NO_POSTING, Posting, Segment
from articles.search.index.stemmers import stem, stems
from articles.search.index.terms import LONGEST_TERM

# Words whose places are looked up one by one.
FEW = 8
_ALONE = (BitMap([0]), np.ones(1, np.uint8))


class Stems:
    """The words of several texts by their stem; each word is stemmed once."""

    def __init__(self) -> None:
        self._known: dict[int, set[str]] = defaultdict(set)
        self._forms: dict[tuple[int, str], set[str]] = defaultdict(set)

    def forms_among(self, words: Set[str], stemmer: int, root: str) -> Set[str]:
        """Those of these words that have a stem."""
        if new := list(words - self._known[stemmer]):
            self._known[stemmer].update(new)
            for word, of in zip(new, stems(stemmer, new), strict=True):
                self._forms[stemmer, of].add(word)
        return words & self._forms.get((stemmer, root), frozenset())


class Text(Segment):
    """The words of one part of a text; its postings are made for those words only that a query needs."""

    def __init__(self, words: Sequence[str], stemmer: int, stems_: Stems | None = None) -> None:
        self.different = set(words)
        if max(map(len, self.different), default=0) > LONGEST_TERM:
            words = [word[:LONGEST_TERM] for word in words]
            self.different = set(words)
        self.words = words
        self.stems = stems_ or Stems()
        self.ranges = {stemmer: (0, 1)}
        self._postings: dict[str, Posting] = {}

    def __len__(self) -> int:
        return 1

    def posting(self, word: str) -> Posting:
        if word not in self.different:
            return NO_POSTING
        if word not in self._postings:
            # For few words, looking each up takes a tenth of the time of sorting all.
            places = self._places_of(word) if len(self._postings) < FEW else self._places[word]
            self._postings[word] = Posting(*_ALONE, BitMap(places))
        return self._postings[word]

    def _places_of(self, word: str) -> list[int]:
        found = [self.words.index(word)]
        with suppress(ValueError):
            while True:
                found.append(self.words.index(word, found[-1] + 1))
        return found

    def forms_of(self, stemmer: int, word: str) -> tuple[str, ...]:
        if not stemmer:
            return (word,)
        return tuple(self.stems.forms_among(self.different, stemmer, stem(stemmer, word)))

    def beginning_with(self, prefix: str) -> list[str]:
        return [word for word in self.different if word.startswith(prefix)]

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        found = defaultdict(list)
        for at, word in enumerate(self.words):
            found[word].append(at)
        return found
