"""Finds passages with the words of a sentence in article bodies, where they are not recorded as a quote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from articles.models import Article
from articles.search.engine.budget import Budget
from articles.search.query import words, words_in_place
from articles.search.reuse.remembered import LEAST_IN_PASSAGE, Closeness, Remembered
from articles.search.reuse.similarity import similarity

# Characters of a body that are compared: the length of a long interview.
LONGEST = 60_000
# Paragraphs with less of the weight of the words of the sentence are not compared.
LEAST_SHARE = 0.3
# Characters around the matching words that are shown.
CONTEXT = 80


@dataclass(frozen=True)
class Passage:
    """A passage of an article body; `marks` are the spans of matching words in `text`."""

    article: Article
    text: str
    marks: tuple[tuple[int, int], ...]
    closeness: Closeness


def nearest_passage(article: Article, body: str, remembered: Remembered) -> Passage | None:
    """The closest paragraph, cut to the matching words with some context; None if none is close.

    Raises OverBudget.
    """
    best: tuple[Closeness, str] | None = None
    sentence = remembered.sentence
    wanted = set(sentence.words)
    for paragraph in body[:LONGEST].split("\n\n"):
        said = words(paragraph)
        if sentence.weigh(wanted.intersection(said)) < LEAST_SHARE * sentence.weigh(wanted):
            continue
        found = remembered.closeness(said, article.language, LEAST_IN_PASSAGE)
        if found and found.is_in_passage and (best is None or found.score > best[0].score):
            best = found, paragraph
    if best is None:
        return None
    closeness, paragraph = best
    placed = words_in_place(paragraph)
    marks = tuple(
        (placed[block.other].start, placed[block.other + block.size - 1].end)
        for block in closeness.similarity.blocks
    )
    return Passage(article, *_cut(paragraph, marks), closeness)


def _cut(paragraph: str, marks: tuple[tuple[int, int], ...]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text from the first mark to the last with some context, and the marks within it."""
    start = paragraph.rfind(" ", 0, max(0, marks[0][0] - CONTEXT)) + 1
    end = paragraph.find(" ", min(len(paragraph), marks[-1][1] + CONTEXT))
    text = paragraph[start : end if end > 0 else len(paragraph)]
    return text, tuple((a - start, b - start) for a, b in marks)


def holds(said: Sequence[str], passage: Passage, budget: Budget) -> bool:
    """Whether the passage has the words of this quote. Raises OverBudget."""
    return similarity(said, words(passage.text) or [""], budget).share >= 0.6
