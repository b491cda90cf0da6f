"""How like two sentences are, word for word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher

from articles.search.engine.budget import Budget

# A sentence of fewer words is repeated by chance.
FEWEST = 3
# To look at so many pairs of equal words takes one step.
PAIRS_A_STEP = 10


class WordMatcher(SequenceMatcher[str]):
    """Compares words within a budget: each look for the longest match reads all pairs of equal words."""

    # What the type stubs do not declare: the first words, and the places of each of the others.
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
class Likeness:
    """How two sentences agree: words in common in one order, the longest run of them, the lengths."""

    common: int
    run: int
    asked: int
    found: int

    @property
    def share(self) -> float:
        """Of the shorter of the two."""
        return self.common / min(self.asked, self.found)

    @property
    def same_words(self) -> bool:
        """Whether one repeats the other: nearly whole where it is short, by the most where it is long."""
        shorter = min(self.asked, self.found)
        if shorter < FEWEST:
            return False
        if shorter < 4:
            return self.run == shorter
        if shorter < 8:
            return self.share >= 0.75 and self.run >= 2
        return self.share >= 0.6 and self.run >= 3

    @property
    def near(self) -> bool:
        """Whether who remembers the first may mean the second: it has half of the words, or repeats them."""
        return 2 * self.common >= self.asked or self.same_words

    @property
    def score(self) -> float:
        """For order: 1 where both are the same; the words asked for weigh more than those beside them."""
        return (2 * self.common / self.asked + self.common / self.found) / 3


def likeness(asked: Sequence[str], found: Sequence[str], budget: Budget | None = None) -> Likeness:
    """Of two sentences as folded words; neither may be empty. Raises OverBudget."""
    blocks = WordMatcher(asked, found, budget).get_matching_blocks()
    return Likeness(
        sum(block.size for block in blocks), max(block.size for block in blocks), len(asked), len(found)
    )
