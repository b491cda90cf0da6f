"""An article's text split into paragraphs and segments, each with the quote it belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from articles.models import Turn

_PARAGRAPH = re.compile(r"[^\n](?:[^\n]|\n(?!\n))*")


@dataclass(frozen=True)
class Mark:
    """A span that belongs to an object; `last`: it is the last span of that object."""

    start: int
    end: int
    of: object
    last: bool = True


@dataclass(frozen=True)
class Segment:
    """Text with one owner; `numbered`: it ends the last span of that owner."""

    text: str
    of: object = None
    numbered: bool = False


@dataclass
class Paragraph:
    """A paragraph with its offset in the text, the turns that begin in it, and the one it continues."""

    start: int = 0
    segments: list[Segment] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    within: Turn | None = None


def paragraphs(text: str, marks: Sequence[Mark], turns: Sequence[Turn] = ()) -> list[Paragraph]:
    """Split the text at the borders of all marks; of nested marks, the innermost gets the segment."""
    found = []
    for match in _PARAGRAPH.finditer(text):
        first, last = match.span()
        here = [mark for mark in marks if mark.start < last and mark.end > first]
        paragraph = Paragraph(first, _segments(text, first, last, here))
        paragraph.turns = [turn for turn in turns if first <= turn.start < last]
        paragraph.within = next((turn for turn in turns if turn.start < first < turn.end), None)
        found.append(paragraph)
    return found


def _segments(text: str, first: int, last: int, marks: list[Mark]) -> list[Segment]:
    borders = sorted(
        {first, last, *(min(max(b, first), last) for mark in marks for b in (mark.start, mark.end))}
    )
    segments = []
    for start, end in pairwise(borders):
        over = [mark for mark in marks if mark.start <= start and mark.end >= end]
        inmost = min(over, key=lambda mark: mark.end - mark.start, default=None)
        numbered = inmost is not None and inmost.last and end == inmost.end
        segments.append(Segment(text[start:end], inmost.of if inmost else None, numbered))
    return segments
