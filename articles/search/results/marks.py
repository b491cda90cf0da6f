"""Finds clauses in one text, with the evaluator of the search and within a budget."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from articles.search.engine.budget import Budget
from articles.search.index.evaluate import WordSearch
from articles.search.index.positions import Occurrences
from articles.search.index.terms import placed
from articles.search.index.text import Text
from articles.search.query import Near, Node, Words

# Words of a text numbered, or compared with a prefix, per budget step.
WORDS_A_STEP = 4
# Positions of a set combined per budget step.
POSITIONS_A_STEP = 1024
# Budget steps for returning and showing one occurrence.
STEPS_A_PLACE = 20


class Marks:
    """The occurrences of clauses among the words of one text; raises OverBudget if there are too many."""

    def __init__(self, words: Sequence[str], stemmer: int, budget: Budget) -> None:
        budget.spend(len(words) // WORDS_A_STEP + 1)
        self.budget = budget
        self._text = Text(words, stemmer)
        self._search = WordSearch(self._text)

    def listed(self, node: Node) -> list[tuple[int, int]]:
        """The first and last word of every occurrence to highlight, in order."""
        found = self.of(node)
        self.budget.spend(STEPS_A_PLACE * sum(map(len, found.values())))
        return sorted((at, at + length - 1) for length, firsts in found.items() for at in firsts.tolist())

    def of(self, node: Node) -> Occurrences:
        """The occurrences to highlight."""
        prefixes, operations = _work(node)
        self.budget.spend(prefixes * (len(self._text.different) // WORDS_A_STEP + 1))
        self.budget.spend(operations * (len(self._text.words) // POSITIONS_A_STEP + 1))
        return self._search.marks(node)


@lru_cache(maxsize=1_000)
def _work(node: Node) -> tuple[int, int]:
    """The prefixes to compare and the sets to combine."""
    if isinstance(node, Words):
        terms, _ = placed(node)
        return sum(term.prefix for _, term in terms), 2 * len(terms)
    each = [_work(child) for child in node.children()]
    combined = 4 * node.distance.bit_length() + 8 if isinstance(node, Near) else len(each)
    return sum(prefixes for prefixes, _ in each), sum(sets for _, sets in each) + combined
