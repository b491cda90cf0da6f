"""The data of an extraction result: spans, pieces of quotes, turns, people, candidates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

JOIN = " […] "


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of a text, like a slice.

    >>> Span(4, 7).cut("the sea")
    'sea'
    """

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def cut(self, text: str) -> str:
        """The text inside the span."""
        return text[self.start : self.end]

    def meets(self, other: Span) -> bool:
        """Whether the spans overlap."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class QuotePiece:
    """A continuous part of a quote with its attribution; pieces of one attribution share `group`."""

    start: int
    end: int
    group: int
    marked: tuple[tuple[int, int], ...]
    speaker: str | None
    speaker_start: int | None
    speaker_end: int | None
    source: str
    cue: str
    kind: str  # direct, mixed, question, answer
    channel: str  # spoken, written, unknown
    inside: int | None  # the group of the turn or quote that contains this piece
    rule: str
    confidence: float
    part: str = "body"  # headline, standfirst, caption, body
    image: int | None = None  # which caption


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of an interview, without its label."""

    start: int
    end: int
    role: str  # question, answer, narration
    source: str
    speaker: str | None
    labelled: bool
    confidence: float


@dataclass(frozen=True, slots=True)
class Person:
    """A person named in the text, with the printed description."""

    name: str
    description: str


@dataclass(frozen=True, slots=True)
class ExtractionResult:
    """Everything extracted from an article automatically, before review."""

    people: tuple[Person, ...]
    turns: tuple[Turn, ...]
    notes: tuple[Span, ...]
    pieces: tuple[QuotePiece, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One attribution for review: its grouped pieces with the speaker's own words in `spans`."""

    part: str
    image: int | None
    start: int
    end: int
    spans: tuple[Span, ...]
    text: str
    kind: str
    source: str
    speaker: str | None
    cue: str
    channel: str
    turn: int | None
    inside: int | None
    rule: str
    confidence: float


def stripped(text: str, start: int, end: int) -> Span:
    """The span without leading and trailing white space."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def without(whole: Span, holes: Iterable[Span]) -> list[Span]:
    """The parts of `whole` outside the holes, in order."""
    left, at = [], whole.start
    for hole in sorted(holes):
        if hole.end <= at or hole.start >= whole.end:
            continue
        if hole.start > at:
            left.append(Span(at, hole.start))
        at = max(at, hole.end)
    if at < whole.end:
        left.append(Span(at, whole.end))
    return left
