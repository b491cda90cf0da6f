"""Finds passages with the words of a sentence in article bodies, where they are not recorded as a quote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from articles.models import Article
from articles.search.engine.budget import Budget
from articles.search.query import words, words_in_place
from articles.search.reuse.similarity import MIN_WORDS, Similarity, WordMatcher, similarity

# A passage has at least this share of the words.
PASSAGE = 0.6
# Characters of a body that are compared: the length of a long interview.
LONGEST = 60_000


@dataclass(frozen=True)
class Passage:
    """A passage of an article body; `marks` are the spans of matching words in `text`."""

    article: Article
    text: str
    marks: tuple[tuple[int, int], ...]
    similarity: Similarity


def nearest_passage(article: Article, body: str, asked: Sequence[str], budget: Budget) -> Passage | None:
    """The paragraph with the most words in the same order, cut to them with some context.

    Raises OverBudget.
    """
    best: Passage | None = None
    wanted = Counter(asked)
    for paragraph in body[:LONGEST].split("\n\n"):
        there = wanted.keys() & set(words(paragraph))
        if len(there) < MIN_WORDS or sum(wanted[word] for word in there) < PASSAGE * len(asked):
            continue
        placed = words_in_place(paragraph)
        said = [word.text for word in placed]
        blocks = [block for block in WordMatcher(asked, said, budget).get_matching_blocks() if block.size]
        if not blocks:
            continue
        common, longest = sum(block.size for block in blocks), max(block.size for block in blocks)
        if common < PASSAGE * len(asked) or longest < 2 or (best and common <= best.similarity.common):
            continue
        marks = tuple((placed[b.b].start, placed[b.b + b.size - 1].end) for b in blocks)
        found = Similarity(common, longest, len(asked), max(len(asked), common))
        best = Passage(article, *_cut(paragraph, marks), found)
    return best


def _cut(paragraph: str, marks: tuple[tuple[int, int], ...]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text from the first mark to the last with 80 characters of context, and the marks within it."""
    start = paragraph.rfind(" ", 0, max(0, marks[0][0] - 80)) + 1
    end = paragraph.find(" ", min(len(paragraph), marks[-1][1] + 80))
    text = paragraph[start : end if end > 0 else len(paragraph)]
    return text, tuple((a - start, b - start) for a, b in marks)


def holds(said: Sequence[str], passage: Passage, budget: Budget) -> bool:
    """Whether the passage has the words of this quote. Raises OverBudget."""
    return similarity(said, words(passage.text) or [""], budget).share >= 0.6
