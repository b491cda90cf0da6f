"""Parses PDF files with a text layer."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any, BinaryIO

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from articles.parsing.documents.layout import joined, read_paragraphs, suggestions
from articles.parsing.normalization import tidy
from articles.parsing.parsed import ParsedArticle
from articles.parsing.source_item import SourceError

# More is a book, of which the text is not one article.
MOST_PAGES = 200
_FEWEST_LETTERS = 20
_EDGE = 2  # lines at the top and the bottom of a page that may be its header and footer
_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:\w{1,6}\.?\s*)?\d{1,4}(?:\s*(?:/|\w{1,3})\s*\d{1,4})?[-–—\s]*")
_NUMBER = re.compile(r"\d+")
_SENTENCE_END = re.compile(r"[.!?…:]['\"”’»)\]]*$")
_BULLET = re.compile(r"[•▪‣◦]\s")
# Within a paragraph these may be a dash or a date.
_NUMBERED = re.compile(r"(?:[–—-]|\d{1,2}[.)])\s")


@dataclass(frozen=True)
class _Line:
    text: str
    page: int
    x: float
    y: float  # from the bottom of the page
    size: float


def read_pdf(stream: BinaryIO) -> ParsedArticle:
    """The article in a PDF file; raises `SourceError`."""
    try:
        reader = PdfReader(stream, strict=False)
        if reader.is_encrypted:
            raise SourceError("it is encrypted; save it without a password")
        number = len(reader.pages)
        if number > MOST_PAGES:
            raise SourceError(f"it has {number:,} pages; {MOST_PAGES} is the most")
        pages = [_lines(page, n) for n, page in enumerate(reader.pages, 1)]
        properties = _properties(reader)
    except (PyPdfError, ValueError, KeyError, IndexError, AttributeError, TypeError, OSError) as error:
        if isinstance(error, SourceError):
            raise
        # The reader raises all of these on damaged files.
        raise SourceError("it is a damaged PDF") from error
    letters = sum(character.isalpha() for page in pages for line in page for character in line.text)
    if letters < _FEWEST_LETTERS:
        raise SourceError(
            "it has no text, only pictures of pages: recognise the text (OCR) and send it again"
        )
    edges = _edges(pages)
    text = [line for page in pages for line in page if line not in edges]
    empty = [str(n) for n, page in enumerate(pages, 1) if not page]
    parsed = read_paragraphs(
        list(_paragraphs(text)),
        removed=[line.text for page in pages for line in page if line in edges],
        warnings=[f"pages without text, perhaps scanned: {', '.join(empty)}"] if empty else [],
    )
    return suggestions(parsed, properties)


def _properties(reader: PdfReader) -> dict[str, str]:
    found: Any = reader.metadata or {}  # pypdf's dictionary, whose values may be of any type
    date = _NUMBER.search(str(found.get("/CreationDate", "")))
    day = date[0][:8] if date else ""
    return {
        "title": str(found.get("/Title", "") or ""),
        "author": str(found.get("/Author", "") or ""),
        "date": f"{day[:4]}-{day[4:6]}-{day[6:]}" if len(day) == 8 else "",
    }


def _lines(page: Any, number: int) -> list[_Line]:  # pypdf has loose types
    """The lines of a page in the order in which the file has them, which follows the columns."""
    pieces: list[_Line] = []

    def visit(text: str, cm: list[float], tm: list[float], font: object, size: float) -> None:
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        height = abs(size * (tm[3] or tm[1]) * (cm[3] or cm[1])) or 1.0
        for part in text.split("\n"):
            if part.strip():
                pieces.append(_Line(part, number, x, y, height))

    page.extract_text(visitor_text=visit)
    found: list[list[_Line]] = []
    for piece in pieces:
        before = found[-1][-1] if found else None
        if before is not None and abs(before.y - piece.y) < 0.5 * max(before.size, piece.size):
            found[-1].append(piece)
        else:
            found.append([piece])
    return [_line(row) for row in found]


def _line(pieces: list[_Line]) -> _Line:
    text = tidy("".join(piece.text for piece in pieces))
    size = max(piece.size for piece in pieces)
    return _Line(text, pieces[0].page, pieces[0].x, pieces[0].y, size)


def _edges(pages: list[list[_Line]]) -> set[_Line]:
    """Page numbers, and lines at the edges of pages that stand on at least half of them."""
    at_edges = [set(_at_edges(page)) for page in pages]
    counts = Counter(key for lines in at_edges for key in {_key(line) for line in lines})
    enough = max(2, (sum(map(bool, pages)) + 1) // 2)
    return {
        line
        for lines in at_edges
        for line in lines
        if counts[_key(line)] >= enough or (len(line.text) < 40 and _PAGE_NUMBER.fullmatch(line.text))
    }


def _at_edges(page: list[_Line]) -> Iterator[_Line]:
    by_height = sorted(page, key=lambda line: line.y)
    # A short page has no header that could be told from its text.
    if len(page) > 2 * _EDGE:
        yield from by_height[:_EDGE]
        yield from by_height[-_EDGE:]
    else:
        yield from by_height[:1]


def _key(line: _Line) -> str:
    return _NUMBER.sub("#", line.text.casefold())


def _paragraphs(lines: list[_Line]) -> Iterator[str]:
    """Join the lines of each paragraph."""
    drops = [one.y - other.y for one, other in pairwise(lines) if one.page == other.page and one.y > other.y]
    gap = median(drops) if drops else 0.0
    longest = sorted(len(line.text) for line in lines)[len(lines) * 9 // 10 - 1 :][0]
    begun: list[str] = []
    for before, line in pairwise([None, *lines]):
        if before is not None and line is not None and _ends(before, line, gap, longest):
            yield joined(begun)
            begun = []
        if line is not None:
            begun.append(line.text)
    if begun:
        yield joined(begun)


def _ends(before: _Line, line: _Line, gap: float, longest: int) -> bool:
    """Whether a paragraph ends between two lines."""
    if abs(before.size - line.size) > 0.1 * before.size or _BULLET.match(line.text):
        return True
    is_short = len(before.text) < 0.75 * longest
    ends_sentence = _SENTENCE_END.search(before.text) is not None
    if _NUMBERED.match(line.text) and (ends_sentence or _NUMBERED.match(before.text)):
        return True
    if before.page != line.page or line.y > before.y:
        # A new page or column.
        return ends_sentence and (is_short or line.text[:1].isupper())
    if before.y - line.y > 1.4 * gap:
        return True
    indent = line.x - before.x
    return (is_short and ends_sentence) or (0.5 * line.size < indent < 5 * line.size and not is_short)
