"""Attributes quotes within quotes: «“She came in and said, ‘Who is it?’”»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from articles.extraction.attribution.attribution_draft import Draft
from articles.extraction.attribution.quote_attribution import Attributor
from articles.extraction.coreference.mentions import MentionRegister
from articles.extraction.coreference.source_resolution import Source, SourceResolver
from articles.extraction.languages.table import Language
from articles.extraction.quotation_marks import find_quoted_spans
from articles.extraction.quote_spans import quote_piece_of
from articles.extraction.spans import QuotePiece, Span
from articles.extraction.tokenizer import parse_document

THIRD = frozenset("mfpr")  # sorts of pronouns: he, she, they, who
BESIDE = frozenset({"head", "tail", "same"})
CLOSING = frozenset("’'”\"“«»‹›`´″")
WIDE = frozenset("`'")
# The mark is first, so that `re` skips the text between marks.
OPENING = re.compile(r"[‘“„«‹‚\"'](?<!\w.)(?=\w)", re.S)
# The annotated texts have no such quotes, so the confidence is limited and an editor decides.
SURE_AT_MOST = 0.6


def with_nested(
    text: str, pieces: Sequence[QuotePiece], language: Language, names: MentionRegister
) -> list[QuotePiece]:
    """Add the quotes of other people within the pieces; the result is in text order.

    Terms in quotation marks, «I said, ‘No’» and «you can say ‘No’» are not quotes of another person.
    """
    found = list(pieces)
    for outer in pieces:
        for begin, stop in outer.marked:
            # Typewriter marks have two characters: «''We go.''».
            wide = text[begin] in WIDE and text[begin] == text[begin + 1 : begin + 2]
            start, end = (begin + 1, stop - 1) if wide else (begin, stop)
            # An unclosed mark may contain text that is not part of the quote.
            sound = outer.speaker is not None or text[end - 1] in CLOSING
            if (
                sound
                and OPENING.search(text, start + 1, end)
                and find_quoted_spans(text, start + 1, end - 1)[0]
            ):
                last = max(piece.group for piece in found)
                found += _within(text, Span(start + 1, end - 1), outer, language, names, last)
    return sorted(found, key=lambda p: (p.start, -p.end)) if len(found) > len(pieces) else found


def _within(
    text: str, inner: Span, outer: QuotePiece, language: Language, names: MentionRegister, last: int
) -> list[QuotePiece]:
    # Parsed on its own, so that pronouns do not refer to people outside the quote.
    document = parse_document(inner.cut(text), language)
    register = MentionRegister(document)
    register.fall_back_to(names)
    drafts = Attributor(document, SourceResolver(document, register)).run()
    said = [quote_piece_of(draft) for draft in drafts if _is_said_by_another(draft, outer, language)]
    return [_shifted(piece, inner.start, outer.group, last + piece.group) for piece in said]


def _is_said_by_another(draft: Draft, outer: QuotePiece, language: Language) -> bool:
    """Whether the quote is right beside a reporting verb with a third-person subject: «He said, ‘No’»."""
    cue, source = draft.cue, draft.source
    if draft.kind != "direct" or draft.rule not in BESIDE or cue is None or source is None:
        return False
    if cue.sort not in ("say", "tell") or (source.speaker and source.speaker == outer.speaker):
        return False
    return _has_happened(draft.cue_text.lower(), language) and _is_somebody(source, language)


def _has_happened(cue: str, language: Language) -> bool:
    """Whether the cue is in the past: «she said», but not «people say» or «if you go there saying»."""
    last = cue.split()[-1] if cue.split() else ""
    return not language.past_endings or last.endswith(language.past_endings) or last in language.past_verbs


def _is_somebody(source: Source, language: Language) -> bool:
    low = source.printed.lower()
    if low in language.me:
        return False
    if source.sort == "description":
        # A plural is nobody in particular: «An awful lot of clerks said».
        return not low.endswith(language.plural_endings)
    return language.pronouns.get(low, "m") in THIRD


def _shifted(piece: QuotePiece, by: int, inside: int, group: int) -> QuotePiece:
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
