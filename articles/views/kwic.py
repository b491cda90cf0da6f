"""Keyword in context (KWIC): one line per hit, aligned at the keyword."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from articles import search
from articles.models import Quote
from articles.search import Answer, NoSuchPage, Result, SearchRequest
from articles.search.query import fold
from articles.search.results.snippets import word_end, word_start

# The number of results whose lines can be sorted within the time limit of a search.
MOST_ORDERED = 500
# Characters before and after; as many as fit on a wide screen.
AROUND = 90
# Sort orders of KWIC lines, as labels of links and in the heading.
LINE_ORDERS = {"": _("article"), "left": _("word before"), "right": _("word after")}
SORTED_LINES = {"left": _("sorted by the word before"), "right": _("sorted by the word after")}


@dataclass(frozen=True)
class Line:
    result: Result
    before: str
    words: str
    after: str

    @property
    def language(self) -> str:
        row = self.result.row
        return row.article.language if isinstance(row, Quote) else row.language


@dataclass(frozen=True)
class OrderedLines:
    """One page of the sorted lines of all results, or of the first ``MOST_ORDERED``.

    ``not_shown``: the number of results without lines, because their text is not public.
    """

    lines: list[Line]
    first: int
    count: int
    results: int
    pages: int
    not_shown: int = 0

    @property
    def last(self) -> int:
        return self.first + len(self.lines) - 1

    @property
    def on_page(self) -> tuple[Result, ...]:
        """The results with a line on this page."""
        return tuple({line.result.row.pk: line.result for line in self.lines}.values())


def in_lines(question: SearchRequest) -> tuple[Answer, OrderedLines]:
    """The answer to a search with sorted lines, and one page of them; raises NoSuchPage beyond the last."""
    whole = search.search(replace(question, page=1, size=MOST_ORDERED))
    lines = ordered(lines_of(whole.results), question.lines)
    pages = max(1, -(-len(lines) // question.size))
    if question.page > pages:
        raise NoSuchPage(question.page)
    start = (question.page - 1) * question.size
    shown = lines[start : start + question.size]
    not_shown = sum(result.words_not_shown for result in whole.results)
    found = OrderedLines(shown, start + 1, len(lines), len(whole.results), pages, not_shown)
    return replace(whole, request=question), found


def lines_of(results: Iterable[Result]) -> Iterator[Line]:
    """One line for each mark in the excerpts of these results."""
    for result in results:
        for excerpt in result.excerpts:
            for start, end in excerpt.marks:
                text = excerpt.text.replace("\n", " ")
                first = word_start(text, max(0, start - AROUND), start)
                last = word_end(text, min(len(text), end + AROUND), end)
                yield Line(result, text[first:start], text[start:end], text[end:last])


def ordered(lines: Iterable[Line], by: str) -> list[Line]:
    """Sort by the words before (nearest first), by the words after, or keep the order of the results."""
    if by == "left":
        return sorted(lines, key=lambda line: fold(line.before).split()[::-1])
    if by == "right":
        return sorted(lines, key=lambda line: fold(line.after).split())
    return list(lines)
