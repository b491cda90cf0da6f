"""The similarity of two sentences as sequences of words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher

from articles.search.engine.budget import Budget

# Shorter sentences repeat by chance.
MIN_WORDS = 3
# Pairs of equal words compared per budget step.
PAIRS_A_STEP = 10


class WordMatcher(SequenceMatcher[str]):
    """A `SequenceMatcher` of words with a budget: each search for the longest match reads all equal pairs."""

    # Not in the type stubs: the first sequence, and the positions of each word of the second.
    a: Sequence[str]
    b2j: dict[str, list[int]]

    def __init__(self, one: Sequence[str], other: Sequence[str], budget: Budget | None = None) -> None:
        super().__init__(None, one, other, autojunk=False)
        self.budget = budget

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> Match:
        if self.budget is not None:
            pairs = sum(len(self.b2j.get(word, ())) for word in self.a[alo:ahi])
            self.budget.spend((pairs + (ahi or len(self.a)) - alo) // PAIRS_A_STEP + 1)
        return super().find_longest_match(alo, ahi, blo, bhi)


@dataclass(frozen=True)
class Similarity:
    """Common words in the same order, the longest run of them, and the lengths of both sentences."""

    common: int
    run: int
    asked: int
    found: int

    @property
    def share(self) -> float:
        """Common words as a share of the shorter sentence."""
        return self.common / min(self.asked, self.found)

    @property
    def same_words(self) -> bool:
        """Whether one repeats the other; the shorter the sentence, the more of it must agree."""
        shorter = min(self.asked, self.found)
        if shorter < MIN_WORDS:
            return False
        if shorter < 4:
            return self.run == shorter
        if shorter < 8:
            return self.share >= 0.75 and self.run >= 2
        return self.share >= 0.6 and self.run >= 3

    @property
    def is_candidate(self) -> bool:
        """Whether the second may be the quote that a reader remembers as the first."""
        return 2 * self.common >= self.asked or self.same_words

    @property
    def score(self) -> float:
        """A score for sorting, 1 for equal sentences; coverage of the first sentence counts twice."""
        return (2 * self.common / self.asked + self.common / self.found) / 3


def similarity(asked: Sequence[str], found: Sequence[str], budget: Budget | None = None) -> Similarity:
    """Compare two non-empty sentences given as folded words. Raises OverBudget."""
    blocks = WordMatcher(asked, found, budget).get_matching_blocks()
    return Similarity(
        sum(block.size for block in blocks), max(block.size for block in blocks), len(asked), len(found)
    )
