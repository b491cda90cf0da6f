"""One text as a segment, so that highlighting is evaluated by the same code as the search."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from pyroaring import BitMap

from articles.search.index.segment import NO_POSTING, Posting, Segment
from articles.search.index.stemmers import stem
from articles.search.index.terms import LONGEST_TERM

_ALONE = (BitMap([0]), np.ones(1, np.uint8))


class Text(Segment):
    """The words of one part of a text; its postings are made for those words only that a query needs."""

    def __init__(self, words: Sequence[str], stemmer: int) -> None:
        self.words = words
        self.ranges = {stemmer: (0, 1)}
        self.different = {word[:LONGEST_TERM] for word in set(words)}
        self._postings: dict[str, Posting] = {}

    def __len__(self) -> int:
        return 1

    def posting(self, word: str) -> Posting:
        if word not in self.different:
            return NO_POSTING
        if word not in self._postings:
            self._postings[word] = Posting(*_ALONE, BitMap(self._places[word]))
        return self._postings[word]

    def forms_of(self, stemmer: int, word: str) -> tuple[str, ...]:
        return tuple(self._forms.get(stem(stemmer, word), ())) if stemmer else (word,)

    def beginning_with(self, prefix: str) -> list[str]:
        return [word for word in self.different if word.startswith(prefix)]

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        found = defaultdict(list)
        for at, word in enumerate(self.words):
            found[word[:LONGEST_TERM]].append(at)
        return found

    @cached_property
    def _forms(self) -> dict[str, list[str]]:
        found = defaultdict(list)
        (stemmer,) = self.ranges
        for word in self.different:
            found[stem(stemmer, word)].append(word)
        return found
