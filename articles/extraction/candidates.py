"""Converts an extraction result to candidates for editors, one for each attribution."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from articles.extraction.quotation_marks import MARK
from articles.extraction.spans import JOIN, Candidate, ExtractionResult, QuotePiece, Span, stripped, without


def find_candidates(
    reading: ExtractionResult,
    body: str,
    *,
    headline: str = "",
    standfirst: str = "",
    captions: Sequence[str] = (),
) -> list[Candidate]:
    """One candidate for each attribution of the result, in the order of parts and text.

    The speaker's own words are, in a mixed quote, only the quoted spans; in an answer, everything except
    notes and nested quotes.
    """
    texts: dict[tuple[str, int | None], str]
    texts = {("headline", None): headline, ("standfirst", None): standfirst, ("body", None): body}
    texts.update({("caption", number): caption for number, caption in enumerate(captions)})
    groups: dict[int, list[QuotePiece]] = {}
    for piece in reading.pieces:
        groups.setdefault(piece.group, []).append(piece)
    number_of = {group: number for number, group in enumerate(groups)}
    found = []
    places = _Places(reading)
    for pieces in groups.values():
        text = texts[(pieces[0].part, pieces[0].image)]
        found.append(_candidate(places, text, pieces, number_of))
    return found


class _Places:
    """Index of turns, notes and nested quotes."""

    def __init__(self, reading: ExtractionResult):
        self.turns = {(turn.start, turn.end): number for number, turn in enumerate(reading.turns)}
        self.notes = sorted(reading.notes)
        self.starts = [note.start for note in self.notes]
        self.inner: dict[int, list[QuotePiece]] = {}
        for piece in reading.pieces:
            if piece.inside is not None:
                self.inner.setdefault(piece.inside, []).append(piece)

    def notes_within(self, piece: QuotePiece) -> list[Span]:
        first = bisect_left(self.starts, piece.start)
        return self.notes[first : bisect_left(self.starts, piece.end)]


def _candidate(
    places: _Places,
    text: str,
    pieces: list[QuotePiece],
    number_of: dict[int, int],
) -> Candidate:
    first = pieces[0]
    spans = tuple(span for piece in pieces for span in _own_words(places, text, piece))
    turn = places.turns.get((first.start, first.end)) if first.kind in ("question", "answer") else None
    return Candidate(
        part=first.part,
        image=first.image,
        start=min(p.start for p in pieces),
        end=max(p.end for p in pieces),
        spans=spans,
        text=JOIN.join(span.cut(text) for span in spans),
        kind="mixed" if any(p.kind == "mixed" for p in pieces) else first.kind,
        source=first.source,
        speaker=first.speaker,
        cue=first.cue,
        channel=first.channel,
        turn=turn,
        inside=number_of.get(first.inside) if first.inside is not None else None,
        rule=first.rule,
        confidence=min(p.confidence for p in pieces),
    )


def _own_words(places: _Places, text: str, piece: QuotePiece) -> list[Span]:
    holes = places.notes_within(piece) if piece.part == "body" else []
    for other in places.inner.get(piece.group, ()):
        holes += [Span(a, b) for a, b in other.marked] or [Span(other.start, other.end)]
    whole = [_unmarked(text, a, b) for a, b in piece.marked]
    if piece.kind in ("question", "answer"):
        whole = [Span(piece.start, piece.end)]
    left = [stripped(text, s.start, s.end) for span in whole for s in without(span, holes)]
    return [s for s in left if any(c.isalnum() for c in s.cut(text))]


def _unmarked(text: str, start: int, end: int) -> Span:
    """The span without its outermost quotation marks."""
    opening = MARK.match(text, start, end)
    inner = opening.end() if opening else start
    closing = None
    for match in MARK.finditer(text, max(inner, end - 2), end):
        if match.end() == end:
            closing = match
            break
    return stripped(text, inner, closing.start() if closing else end)
