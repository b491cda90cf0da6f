"""The similarity of two texts as sequences of words: the shorter is aligned with a window of the longer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import LCSseq

from articles.search.engine.budget import Budget

# Shorter sentences repeat by chance.
MIN_WORDS = 3
# Words of a text that are aligned: a long interview.
LONGEST = 10_000
# Pairs of words that the alignment compares in one budget step: 64 of them are one instruction.
PAIRS_A_STEP = 16_384


@dataclass(frozen=True)
class Block:
    """A run of `size` common words, from word `one` of the first text and `other` of the second."""

    one: int
    other: int
    size: int


@dataclass(frozen=True)
class Similarity:
    """The common words of two texts, and the lengths of both in words.

    `window` is the first word of the second text that was compared, and the one after the last.
    """

    blocks: tuple[Block, ...]
    asked: int
    found: int
    window: tuple[int, int]

    @cached_property
    def common(self) -> int:
        return sum(block.size for block in self.blocks)

    @cached_property
    def run(self) -> int:
        """The length of the longest block."""
        return max((block.size for block in self.blocks), default=0)

    @property
    def stretch(self) -> tuple[int, int]:
        """The first word of the second text that matches, and the one after the last."""
        return self.blocks[0].other, self.blocks[-1].other + self.blocks[-1].size

    @property
    def share(self) -> float:
        """Common words as a share of the shorter text."""
        return self.common / min(self.asked, self.found)

    @property
    def same_words(self) -> bool:
        """Whether one repeats the other; the shorter the text, the more of it must agree."""
        shorter = min(self.asked, self.found)
        least_run = 2 if MIN_WORDS < shorter < 8 else 3
        return shorter >= MIN_WORDS and self.share >= _least_share(shorter) and self.run >= least_run


def similarity(asked: Sequence[str], found: Sequence[str], budget: Budget | None = None) -> Similarity:
    """Compare two non-empty texts given as folded words. Raises OverBudget."""
    one, other = asked[:LONGEST], found[:LONGEST]
    if len(one) > len(other):
        start, end = _window(other, one, budget)
        blocks = [
            Block(start + each.one, each.other, each.size) for each in _blocks(one[start:end], other, budget)
        ]
        return Similarity(tuple(blocks), len(one), len(other), (0, len(other)))
    start, end = _window(one, other, budget)
    blocks = [
        Block(each.one, start + each.other, each.size) for each in _blocks(one, other[start:end], budget)
    ]
    return Similarity(tuple(blocks), len(one), len(other), (start, end))


def may_have_same_words(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two texts have enough common words, in any order, for `Similarity.same_words`.

    Most texts do not, and this takes a tenth of the time of aligning them.
    """
    shorter = min(len(one), len(other), LONGEST)
    common = min(sum(map(set(one).__contains__, other)), sum(map(set(other).__contains__, one)))
    return shorter >= MIN_WORDS and common / shorter >= _least_share(shorter)


def _least_share(shorter: int) -> float:
    return 0.6 if shorter >= 8 else 0.75 if shorter > MIN_WORDS else 1.0


def span_of(number: int) -> int:
    """The number of words within which a text of this many words is looked for."""
    return number + number // 2 + 4


def _window(short: Sequence[str], long: Sequence[str], budget: Budget | None) -> tuple[int, int]:
    """The stretch of the longer text with most words of the shorter; the first of several."""
    if budget is not None:
        budget.spend(len(short) + len(long))
    span = span_of(len(short))
    if len(long) <= span:
        return 0, len(long)
    left: Mapping[str, int] = Counter(short)
    inside: Counter[str] = Counter()
    number, best, first = 0, -1, 0
    for at, word in enumerate(long):
        if word in left:
            inside[word] += 1
            number += inside[word] <= left[word]
        if at >= span and (gone := long[at - span]) in left:
            number -= inside[gone] <= left[gone]
            inside[gone] -= 1
        if number > best:
            best, first = number, max(0, at - span + 1)
    return first, min(first + span, len(long))


def _blocks(one: Sequence[str], other: Sequence[str], budget: Budget | None) -> list[Block]:
    if budget is not None:
        budget.spend(len(one) * len(other) // PAIRS_A_STEP + len(one) + 1)
    matching = LCSseq.opcodes(one, other).as_matching_blocks()
    first = [block.a + n for block in matching for n in range(block.size)]
    second = [block.b + n for block in matching for n in range(block.size)]
    found: list[Block] = []
    for a, b in zip(first, _close_together([one[at] for at in first], other, second), strict=True):
        last = found[-1] if found else None
        if last and (last.one + last.size, last.other + last.size) == (a, b):
            found[-1] = Block(last.one, last.other, last.size + 1)
        else:
            found.append(Block(a, b, 1))
    return found


def _close_together(common: Sequence[str], other: Sequence[str], places: list[int]) -> list[int]:
    """The places of these words in the text, closer together where the text has them again.

    The last word is moved forward, then each word before it as far back as possible.
    """
    at = places[0] if places else 0
    for n, word in enumerate(common):
        at = places[n] = next(place for place in range(at, len(other)) if other[place] == word)
        at += 1
    for n in range(len(common) - 2, -1, -1):
        at = places[n + 1] - 1
        places[n] = next(place for place in range(at, -1, -1) if other[place] == common[n])
    return places
