"""Converts attribution drafts and interview turns to pieces with confidence and nesting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from articles.extraction.attribution.attribution_draft import CONTESTED, SHARED, UNSAID, Draft
from articles.extraction.evaluation.confidence import classes_of, confidence_in
from articles.extraction.languages.table import Language
from articles.extraction.spans import QuotePiece, Turn

# Rules that depend on the layout of running news; in interviews they find titles and terms.
SURE_OF_SHARED = 0.5
LAYOUT_RULES = frozenset({"alone", "before", "label", "next"})


def quote_pieces_of(drafts: Sequence[Draft]) -> list[QuotePiece]:
    """Convert drafts to pieces; where «he» speaks, what he goes on to say is no surer than its beginning."""
    found: list[QuotePiece] = []
    least: dict[tuple[int, int], float] = {}
    for draft in drafts:
        piece = quote_piece_of(draft)
        if draft.source is not None and draft.source.sort == "pronoun":
            key = (piece.group, draft.source.start)
            least[key] = min(piece.confidence, least.get(key, 1.0))
            piece = replace(piece, confidence=least[key])
        found.append(piece)
    return found


def quote_piece_of(draft: Draft) -> QuotePiece:
    """Convert a draft to a piece, with its confidence."""
    source = draft.source
    speaker = source.speaker if source else None
    shared = source is not None and source.shared and draft.rule != UNSAID
    confidence = confidence_in(classes_of(draft), named=speaker is not None)
    return QuotePiece(
        start=draft.start,
        end=draft.end,
        group=draft.group,
        marked=tuple((m.start, m.end) for m in draft.marked),
        speaker=speaker,
        speaker_start=source.start if source else None,
        speaker_end=source.end if source else None,
        source=source.printed if source else "",
        cue=draft.cue_text,
        kind=draft.kind,
        channel=draft.channel,
        inside=None,
        rule=SHARED if shared else _rule_of(draft),
        confidence=min(confidence, SURE_OF_SHARED) if shared else confidence,
    )


def _rule_of(draft: Draft) -> str:
    """The rule of a draft; the ranker contests a speaker, but not that words were unsaid or are nobody's."""
    named = draft.source is not None and draft.source.speaker is not None
    contested = draft.agreement == CONTESTED and named and draft.rule != UNSAID
    return CONTESTED if contested else draft.rule


def _is_by_layout(piece: QuotePiece, turn: QuotePiece) -> bool:
    """Whether the source of words in a turn was taken from the label before it, or from the layout."""
    before = piece.speaker_start is not None and piece.speaker_start < turn.start
    return piece.rule in LAYOUT_RULES or (piece.rule == CONTESTED and before)


def with_turns(pieces: Sequence[QuotePiece], turns: Sequence[Turn], language: Language) -> list[QuotePiece]:
    """Add turns to the pieces and nest quotes inside them; «“Soon,” I said» is not a quote of another."""
    spoken = [turn for turn in turns if turn.role != "narration"]
    if not spoken:
        return list(pieces)
    group = max((p.group for p in pieces), default=0)
    found = [_turn_piece(turn, number) for number, turn in enumerate(spoken, group + 1)]
    outer_of = found.copy()
    at = 0
    for piece in pieces:
        while at < len(outer_of) and outer_of[at].end <= piece.start:
            at += 1
        outer = outer_of[at] if at < len(outer_of) and outer_of[at].start <= piece.start else None
        if outer is None:
            found.append(piece)
        elif (
            piece.end <= outer.end
            and not _is_by_layout(piece, outer)
            and piece.source.lower() not in language.me
        ):
            found.append(_inside(piece, outer, spoken, language))
    return sorted(found, key=lambda p: (p.start, -p.end))


def _inside(piece: QuotePiece, outer: QuotePiece, turns: Sequence[Turn], language: Language) -> QuotePiece:
    low = piece.source.lower()
    if low in language.you and low in language.pronouns:
        others = {t.speaker for t in turns if t.role != outer.kind}
        return replace(piece, inside=outer.group, speaker=others.pop() if len(others) == 1 else None)
    return replace(piece, inside=outer.group)


def _turn_piece(turn: Turn, group: int) -> QuotePiece:
    return QuotePiece(
        start=turn.start,
        end=turn.end,
        group=group,
        marked=(),
        speaker=turn.speaker,
        speaker_start=None,
        speaker_end=None,
        source=turn.source,
        cue="",
        kind=turn.role,
        channel="spoken",
        inside=None,
        rule="turn" if turn.labelled else "inferred",
        confidence=turn.confidence,
    )
