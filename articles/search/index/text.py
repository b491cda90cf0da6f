"""One text as a segment, so that highlighting is evaluated by the same code as the search."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence, Set
from functools import cached_property

import numpy as np
from pyroaring import BitMap

from articles.search.index.segment import NO_POSTING, Posting, Segment
from articles.search.index.stemmers import stem
from articles.search.index.terms import LONGEST_TERM

_ALONE = (BitMap([0]), np.ones(1, np.uint8))


class Forms:
    """The words of several texts by their stems; each word is stemmed once."""

    def __init__(self) -> None:
        self._seen: dict[int, set[str]] = defaultdict(set)
        self._words: dict[tuple[int, str], set[str]] = defaultdict(set)

    def among(self, words: Set[str], stemmer: int, word: str) -> Set[str]:
        """Those of these words that have the stem of a word."""
        unseen = words - self._seen[stemmer]
        self._seen[stemmer] |= unseen
        for each in unseen:
            self._words[stemmer, stem(stemmer, each)].add(each)
        return self._words[stemmer, stem(stemmer, word)] & words


class Text(Segment):
    """The words of one part of a text; its postings are made for those words only that a query needs."""

    def __init__(self, words: Sequence[str], stemmer: int, forms: Forms) -> None:
        self.ranges = {stemmer: (0, 1)}
        self.forms_of_texts = forms
        self.different = set(words)
        if max(map(len, self.different), default=0) > LONGEST_TERM:
            words = [word[:LONGEST_TERM] for word in words]
            self.different = set(words)
        self.words = words
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
        return tuple(self.forms_of_texts.among(self.different, stemmer, word)) if stemmer else (word,)

    def beginning_with(self, prefix: str) -> list[str]:
        return [word for word in self.different if word.startswith(prefix)]

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        found = defaultdict(list)
        for at, word in enumerate(self.words):
            found[word].append(at)
        return found
