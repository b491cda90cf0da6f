"""From a reading to candidates: one for each attribution, with the speaker's own words."""

from __future__ import annotations

from collections.abc import Sequence

from articles.extraction.marks import MARK
from articles.extraction.spans import JOIN, Candidate, Piece, Reading, Span, stripped, without


def find_candidates(
    reading: Reading,
    body: str,
    *,
    headline: str = "",
    standfirst: str = "",
    captions: Sequence[str] = (),
) -> list[Candidate]:
    """One candidate for each attribution of the reading, in the order of parts and text.

    Of a mixed quote only what stands inside marks is the speaker's own; of an answer all but the notes
    and the quotes of others inside it.
    """
    texts = {("headline", None): headline, ("standfirst", None): standfirst, ("body", None): body}
    texts.update({("caption", number): caption for number, caption in enumerate(captions)})
    groups: dict[int, list[Piece]] = {}
    for piece in reading.pieces:
        groups.setdefault(piece.group, []).append(piece)
    inner: dict[int, list[Piece]] = {}
    for piece in reading.pieces:
        if piece.inside is not None:
            inner.setdefault(piece.inside, []).append(piece)
    number_of = {group: number for number, group in enumerate(groups)}
    found = []
    for pieces in groups.values():
        text = texts[(pieces[0].part, pieces[0].image)]
        found.append(_candidate(reading, text, pieces, inner, number_of))
    return found


def _candidate(
    reading: Reading,
    text: str,
    pieces: list[Piece],
    inner: dict[int, list[Piece]],
    number_of: dict[int, int],
) -> Candidate:
    first = pieces[0]
    spans = tuple(span for piece in pieces for span in _own_words(reading, text, piece, inner))
    turn = None
    if first.kind in ("question", "answer"):
        turn = next(
            (n for n, t in enumerate(reading.turns) if (t.start, t.end) == (first.start, first.end)), None
        )
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


def _own_words(reading: Reading, text: str, piece: Piece, inner: dict[int, list[Piece]]) -> list[Span]:
    holes = list(reading.notes) if piece.part == "body" else []
    for other in inner.get(piece.group, ()):
        holes += [Span(a, b) for a, b in other.marked] or [Span(other.start, other.end)]
    whole = [_unmarked(text, a, b) for a, b in piece.marked]
    if piece.kind in ("question", "answer"):
        whole = [Span(piece.start, piece.end)]
    left = [stripped(text, s.start, s.end) for span in whole for s in without(span, holes)]
    return [s for s in left if any(c.isalnum() for c in s.cut(text))]


def _unmarked(text: str, start: int, end: int) -> Span:
    """The stretch without its outermost marks."""
    opening = MARK.match(text, start, end)
    inner = opening.end() if opening else start
    closing = None
    for match in MARK.finditer(text, max(inner, end - 2), end):
        if match.end() == end:
            closing = match
            break
    return stripped(text, inner, closing.start() if closing else end)
