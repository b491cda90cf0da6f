"""Quotes within quotes: «“She came in and said, ‘Who is it?’”» holds words that are not the speaker's own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from articles.extraction.attribution import Attributor
from articles.extraction.languages.table import Language
from articles.extraction.names import Register
from articles.extraction.people import Speakers
from articles.extraction.pieces import piece_of
from articles.extraction.sentences import read_prose
from articles.extraction.spans import Piece, Span

OPENING = re.compile(r"(?<!\w)[‘“„«‹‚\"'](?=\w)")
# No annotated text has counted these: an editor decides each.
SURE_AT_MOST = 0.6


def nested_pieces(
    text: str, pieces: Sequence[Piece], language: Language, names: Register, *, first_group: int
) -> list[Piece]:
    """What others are quoted as saying within these pieces; groups are numbered from `first_group`.

    Only words that somebody is said to have said count: a term in marks, and «I said, ‘No’», stay the
    speaker's own.
    """
    found: list[Piece] = []
    for outer in pieces:
        for start, end in outer.marked:
            if OPENING.search(text, start + 1, end):
                last = max((piece.group for piece in found), default=first_group - 1)
                found += _within(text, Span(start + 1, end - 1), outer, language, names, last)
    return found


def _within(
    text: str, inner: Span, outer: Piece, language: Language, names: Register, last: int
) -> list[Piece]:
    # Read by itself, so that nobody outside the marks is taken for its «she».
    prose = read_prose(inner.cut(text), language)
    register = Register(prose)
    register.lean_on(names)
    read = [piece_of(draft) for draft in Attributor(prose, Speakers(prose, register)).run()]
    return [
        _shifted(piece, inner.start, outer.group, last + piece.group)
        for piece in read
        if piece.cue and piece.source and piece.source.lower() not in language.me and _another(piece, outer)
    ]


def _another(piece: Piece, outer: Piece) -> bool:
    return piece.speaker is None or piece.speaker != outer.speaker


def _shifted(piece: Piece, by: int, inside: int, group: int) -> Piece:
    named = piece.speaker_start is not None and piece.speaker_end is not None
    return replace(
        piece,
        start=piece.start + by,
        end=piece.end + by,
        marked=tuple((a + by, b + by) for a, b in piece.marked),
        speaker_start=piece.speaker_start + by if named and piece.speaker_start is not None else None,
        speaker_end=piece.speaker_end + by if named and piece.speaker_end is not None else None,
        group=group,
        inside=inside,
        confidence=min(piece.confidence, SURE_AT_MOST),
    )
