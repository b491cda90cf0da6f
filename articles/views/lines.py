"""Keywords in context: a line for each place, so that what stands before and after can be compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from articles.models import Quote
from articles.querylang import fold
from articles.search import Result

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
