"""How like two sentences are, word for word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

# A sentence of fewer words is repeated by chance.
FEWEST = 3


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


def likeness(asked: Sequence[str], found: Sequence[str]) -> Likeness:
    """Of two sentences as folded words; neither may be empty."""
    blocks = SequenceMatcher(None, asked, found, autojunk=False).get_matching_blocks()
    return Likeness(
        sum(block.size for block in blocks), max(block.size for block in blocks), len(asked), len(found)
    )
