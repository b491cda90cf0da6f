"""Tells tables of data from tables that only lay out a page, and writes their rows as lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from articles.parsing.normalization import tidy, without_surrogates

if TYPE_CHECKING:
    from lxml.html import HtmlElement

CELLS = " | "
_LONGEST_CELL = 300
_LONGEST_ON_AVERAGE = 100
_IN_STORY = 4
_MOST_LINKED = 0.8
_BREAKS = frozenset(("br", "p", "div"))
_BLOCKS_OF_A_PAGE = ("table", "h1", "h2", "article", "section", "figure", "nav", "form", "ul", "ol")


def rows_of(table: HtmlElement) -> list[str] | None:
    """The caption and the rows of a table of data, each as one line; None for one that lays out a page."""
    if (table.get("role") or "").casefold() in {"presentation", "none"}:
        return None
    if any(True for _ in table.iterdescendants(*_BLOCKS_OF_A_PAGE)):
        return None
    cells = list(table.iter("td", "th"))
    linked = sum(next(cell.iter("a"), None) is not None for cell in cells)
    if linked > _MOST_LINKED * len(cells):
        return None
    rows = [[_text(cell) for cell in row.iterchildren("td", "th")] for row in table.iter("tr")]
    paragraphs = [sum(1 for _ in cell.iterchildren("p", "div")) for cell in cells]
    if not is_data(rows, paragraphs, in_story=next(table.iterancestors("article", "main"), None) is not None):
        return None
    return [*filter(None, map(_text, table.iterchildren("caption"))), *lines_of(rows)]


def is_data(rows: Sequence[Sequence[str]], paragraphs: Sequence[int] = (), *, in_story: bool = False) -> bool:
    """Whether cells are short, none has several paragraphs, and two rows have at least two of them.

    Inside a story one row is enough, and cells may be longer.
    """
    texts = [text for row in rows for text in row if text]
    factor = _IN_STORY if in_story else 1
    if not texts or max(paragraphs, default=0) > 1 or max(map(len, texts)) > _LONGEST_CELL * factor:
        return False
    wide = sum(sum(map(bool, row)) > 1 for row in rows)
    return wide > (not in_story) and sum(map(len, texts)) <= _LONGEST_ON_AVERAGE * factor * len(texts)


def lines_of(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Each row with text as one line, without empty cells at its end.

    >>> list(lines_of([["Gate", "Width"], ["West", ""], ["", "6 m"]]))
    ['Gate | Width', 'West', '– | 6 m']
    """
    for row in rows:
        if any(row):
            last = max(number for number, text in enumerate(row) if text)
            yield CELLS.join(text or "–" for text in row[: last + 1])


def _text(cell: HtmlElement) -> str:
    pieces: list[str] = []
    for node in cell.iter():
        pieces.append(" " if node.tag in _BREAKS else "")
        pieces.append((node.text or "") if isinstance(node.tag, str) else "")
        pieces.append((node.tail or "") if node is not cell else "")
    return tidy(without_surrogates("".join(pieces)))
