"""Keywords in context: a line for each place, so that what stands before and after can be compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from articles import search
from articles.models import Quote
from articles.search import Answer, NoSuchPage, Result, SearchRequest
from articles.search.query import fold

# Of so many results all lines can be put in one order within the time that a search may take.
MOST_ORDERED = 500
# Characters before and after; as many as a wide screen has room for.
AROUND = 90


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
    """One page of the lines of all results, or of the first MOST_ORDERED, by the words beside them.

    Of `not_shown` results there is no line, as their text may not be shown.
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
        """The results that have a line on this page."""
        return tuple({line.result.row.pk: line.result for line in self.lines}.values())


def in_lines(question: SearchRequest) -> tuple[Answer, OrderedLines]:
    """The answer to a question for lines in order, and its page of lines; NoSuchPage beyond the last."""
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
    """A line for every mark in the excerpts of these results."""
    for result in results:
        for excerpt in result.excerpts:
            for start, end in excerpt.marks:
                text = excerpt.text.replace("\n", " ")
                before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
                yield Line(result, before, text[start:end], after)


def ordered(lines: Iterable[Line], by: str) -> list[Line]:
    """By the words before, the nearest first; by those after; or as the results stand."""
    if by == "left":
        return sorted(lines, key=lambda line: fold(line.before).split()[::-1])
    if by == "right":
        return sorted(lines, key=lambda line: fold(line.after).split())
    return list(lines)
