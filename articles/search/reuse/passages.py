"""Passages of articles in which the words of a sentence stand without being recorded as a quote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from articles.models import Article
from articles.search.engine.budget import Budget
from articles.search.query import words, words_in_place
from articles.search.reuse.similarity import FEWEST, Likeness, WordMatcher, likeness

# Of the words asked for, so many stand in a passage.
PASSAGE = 0.6
# Of words read of one article, as much as a long interview has.
LONGEST = 60_000


@dataclass(frozen=True)
class Passage:
    """A stretch of an article in which words asked for stand that are not recorded as a quote."""

    article: Article
    text: str
    marks: tuple[tuple[int, int], ...]
    likeness: Likeness


def nearest_passage(article: Article, body: str, asked: Sequence[str], budget: Budget) -> Passage | None:
    """The paragraph that has most of the words in their order, cut to them and what stands around.

    Raises OverBudget.
    """
    best: Passage | None = None
    wanted = Counter(asked)
    for paragraph in body[:LONGEST].split("\n\n"):
        there = wanted.keys() & set(words(paragraph))
        if len(there) < FEWEST or sum(wanted[word] for word in there) < PASSAGE * len(asked):
            continue
        placed = words_in_place(paragraph)
        said = [word.text for word in placed]
        blocks = [block for block in WordMatcher(asked, said, budget).get_matching_blocks() if block.size]
        if not blocks:
            continue
        common, longest = sum(block.size for block in blocks), max(block.size for block in blocks)
        if common < PASSAGE * len(asked) or longest < 2 or (best and common <= best.likeness.common):
            continue
        marks = tuple((placed[b.b].start, placed[b.b + b.size - 1].end) for b in blocks)
        like = Likeness(common, longest, len(asked), max(len(asked), common))
        best = Passage(article, *_cut(paragraph, marks), like)
    return best


def _cut(paragraph: str, marks: tuple[tuple[int, int], ...]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The stretch from the first mark to the last and some words around, with the marks moved along."""
    start = paragraph.rfind(" ", 0, max(0, marks[0][0] - 80)) + 1
    end = paragraph.find(" ", min(len(paragraph), marks[-1][1] + 80))
    text = paragraph[start : end if end > 0 else len(paragraph)]
    return text, tuple((a - start, b - start) for a, b in marks)


def holds(said: Sequence[str], passage: Passage, budget: Budget) -> bool:
    """Whether a quote found already is what stands in a passage. Raises OverBudget."""
    return likeness(said, words(passage.text) or [""], budget).share >= 0.6
