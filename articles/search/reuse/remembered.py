"""How close a text is to a sentence as a reader remembers it, with wrong, missing or moved words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from articles.search.engine.budget import Budget
from articles.search.index.stemmers import stem, stemmer_of
from articles.search.reuse.candidates import ROUNDING, Sentence
from articles.search.reuse.similarity import Similarity, similarity, span_of

LONG = 8


@dataclass(frozen=True)
class _Least:
    """The least coverage where the matching words are at least as rare as this, and where they are not."""

    rarity: float
    of_rare: float
    of_common: float

    def is_met(self, closeness: Closeness) -> bool:
        least = self.of_rare if closeness.rarity >= self.rarity else self.of_common
        return closeness.coverage >= least


# For a sentence of eight words or more, for a shorter one where the text is about as short, and for a shorter
# one within a longer text, which has some of its words by chance. Measured by `benchmarks/recall.py`.
_OF_LONG, _OF_SHORT, _WITHIN = _Least(3, 0.55, 0.65), _Least(1.5, 0.6, 0.7), _Least(1.5, 0.65, 0.9)
# Of no text that is close, the sentence is covered less.
LEAST = min(each.of_rare for each in (_OF_LONG, _OF_SHORT, _WITHIN))
LEAST_IN_PASSAGE, LEAST_OF_SHORT_IN_PASSAGE = 0.65, 0.85
# Of the words of the text from the first match to the last, at least this share match.
LEAST_DENSITY = 0.6
# Fewer words in a row are chance.
LEAST_RUN = 2


@dataclass(frozen=True)
class Closeness:
    """`coverage` is the share of the sentence that a stretch of the text has, rarer words counting more.

    It is the mean of the shares of its words in the same order and in any order. `rarity` is that of the
    words in the same order, as a multiple of the rarity of a word of a single quote.
    """

    similarity: Similarity
    coverage: float
    rarity: float

    @property
    def density(self) -> float:
        start, end = self.similarity.stretch
        return self.similarity.common / (end - start)

    @property
    def score(self) -> float:
        """A score for sorting: 1 where the text has the sentence word for word."""
        return (2 * self.coverage + self.density) / 3

    @property
    def is_close(self) -> bool:
        """Whether a quote may be what the reader remembers."""
        asked, found = self.similarity.asked, self.similarity.found
        if asked >= LONG:
            return self._is_dense and _OF_LONG.is_met(self)
        return self._is_dense and (_OF_SHORT if found <= span_of(asked) else _WITHIN).is_met(self)

    @property
    def is_in_passage(self) -> bool:
        """Whether a paragraph has the sentence: articles have far more words than quotes, so more of it."""
        least = LEAST_IN_PASSAGE if self.similarity.asked >= LONG else LEAST_OF_SHORT_IN_PASSAGE
        return self._is_dense and self.coverage >= least

    @property
    def _is_dense(self) -> bool:
        enough = self.similarity.run >= min(LEAST_RUN, self.similarity.asked)
        return enough and self.density >= LEAST_DENSITY


class Remembered:
    """Compares texts with a sentence by the stems of their words."""

    def __init__(self, sentence: Sentence, budget: Budget) -> None:
        self.sentence = sentence
        self.budget = budget
        self._stems: dict[int, list[str]] = {}

    def closeness(self, said: Sequence[str], language: str, least: float) -> Closeness | None:
        """Compare with a non-empty text; None if it covers less of the sentence. Raises OverBudget."""
        stemmer = stemmer_of(language)
        if stemmer not in self._stems:
            self._stems[stemmer] = _stems(stemmer, self.sentence.words)
        asked, found = self._stems[stemmer], _stems(stemmer, said)
        words, weigh = self.sentence.words, self.sentence.weigh
        there = set(found)
        # Most texts do not have enough of the words in any order, and are not aligned.
        at_most = weigh(word for word, root in zip(words, asked, strict=True) if root in there)
        if at_most < least * self.sentence.weight - ROUNDING:
            return None
        compared = similarity(asked, found, self.budget)
        if not compared.blocks:
            return None
        in_order = sum(weigh(words[each.one : each.one + each.size]) for each in compared.blocks)
        left = Counter(found[slice(*compared.window)])
        in_any_order = 0.0
        for word, root in zip(words, asked, strict=True):
            if left[root]:
                left[root] -= 1
                in_any_order += self.sentence.rarity[word]
        coverage = (in_order + in_any_order) / 2 / self.sentence.weight
        return Closeness(compared, coverage, in_order / self.sentence.rarest if self.sentence.rarest else 0.0)


def _stems(stemmer: int, words: Sequence[str]) -> list[str]:
    return [stem(stemmer, word) for word in words]
