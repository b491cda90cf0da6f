"""Entry points: the quotes of a text, and the full extraction of an article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from articles.extraction.attribution.attribution_draft import Draft
from articles.extraction.attribution.nested_quotes import with_nested
from articles.extraction.attribution.quote_attribution import Attributor
from articles.extraction.attribution.ranker import Ranker
from articles.extraction.coreference.appositions import describe_people
from articles.extraction.coreference.mentions import MentionRegister, NameLookup, no_names
from articles.extraction.coreference.source_resolution import SourceResolver
from articles.extraction.editorial_notes import find_notes
from articles.extraction.embedded_posts import with_posts
from articles.extraction.evaluation.confidence import Classes, classes_of
from articles.extraction.interviews.turns import find_turns
from articles.extraction.languages import Language, is_read, language_of
from articles.extraction.quotation_marks import MARK
from articles.extraction.quote_spans import quote_pieces_of, with_turns
from articles.extraction.spans import ExtractionResult, QuotePiece
from articles.extraction.tokenizer import Document, parse_document

WORD = re.compile(r"[^\W_]+")
SHORTEST_ECHO = 8  # letters
UNREAD = "quotes are not looked for in the language of this text"
ECHO = 0.85  # the most confidence for a speaker taken from the body


def find_quotes(text: str, *, title: str = "", language: str = "") -> list[QuotePiece]:
    """The pieces of all quotes and turns of a text, in order; offsets are in `text` as given.

    A quote within a quote is a piece too; its `inside` is the group of the outer one.

    >>> [p.speaker for p in find_quotes("“We will appeal,” said Ada Okafor. “Soon,” she added.")]
    ['Ada Okafor', 'Ada Okafor']
    """
    return [piece for piece, _ in find_classified(text, title=title, language=language)]


def find_classified(
    text: str, *, title: str = "", language: str = ""
) -> list[tuple[QuotePiece, Classes | None]]:
    """`find_quotes`, with the calibration class of each quote; None for turns."""
    if not is_read(text, language):
        return []
    table = language_of(text, language)
    document = parse_document(text, table)
    interview = find_turns(text, [p.span for p in document.paragraphs], table, title=title)
    register = MentionRegister(document)
    drafts = _drafts(document, register)
    classes = {(draft.start, draft.end): classes_of(draft) for draft in drafts}
    pieces = with_turns(quote_pieces_of(drafts), interview.turns, table)
    pieces = with_posts(text, with_nested(text, pieces, table, register))
    return [(piece, classes.get((piece.start, piece.end))) for piece in pieces]


def _drafts(document: Document, register: MentionRegister) -> list[Draft]:
    drafts = Attributor(document, SourceResolver(document, register)).run()
    Ranker(document, register).judge(drafts)
    return drafts


def _pieces(document: Document, register: MentionRegister) -> list[QuotePiece]:
    return quote_pieces_of(_drafts(document, register))


def extract_article(
    body: str,
    *,
    headline: str = "",
    standfirst: str = "",
    captions: Sequence[str] = (),
    language: str = "",
    publication: str = "",
    known_names: NameLookup = no_names,
    house_labels: Sequence[str] = (),
    stressed: Sequence[str] = (),
) -> ExtractionResult:
    """Extract people, turns, notes and quotes from all parts of an article.

    `house_labels` are labels with which the newspaper marks its own questions; `stressed` are the paragraphs
    that the page prints in bold or as headings. `known_names` is asked once which of the full names in the
    body are certainly of speakers. In a language without tables nothing is looked for, and a warning says so.
    """
    if not is_read(body or headline, language):
        return ExtractionResult((), (), (), (), (UNREAD,))
    table = language_of(body or headline, language)
    document = parse_document(body, table)
    register = MentionRegister(document, known_names)
    spans = [p.span for p in document.paragraphs]
    interview = find_turns(
        body, spans, table,
        title=headline, standfirst=standfirst, publication=publication, house_labels=house_labels,
        stressed=frozenset(stressed),
    )  # fmt: skip
    pieces = with_turns(_pieces(document, register), interview.turns, table)
    pieces = with_posts(body, with_nested(body, pieces, table, register))
    for part, image, text in _other_parts(headline, standfirst, captions):
        pieces += _of_part(part, image, text, table, register, body, pieces)
    warnings = dict.fromkeys(document.warnings + interview.warnings)
    return ExtractionResult(
        people=describe_people(document, register, interview.people),
        turns=tuple(interview.turns),
        notes=tuple(find_notes(body, table)),
        pieces=tuple(pieces),
        warnings=tuple(warnings),
    )


def _other_parts(
    headline: str, standfirst: str, captions: Sequence[str]
) -> list[tuple[str, int | None, str]]:
    parts: list[tuple[str, int | None, str]] = [
        ("headline", None, headline),
        ("standfirst", None, standfirst),
    ]
    parts += [("caption", number, caption) for number, caption in enumerate(captions)]
    return [part for part in parts if part[2]]


def _of_part(
    part: str,
    image: int | None,
    text: str,
    language: Language,
    body: MentionRegister,
    body_text: str,
    pieces: Sequence[QuotePiece],
) -> list[QuotePiece]:
    """The quotes of a headline, standfirst or caption, with full names from the body."""
    if not MARK.search(text):
        return []
    group = max((p.group for p in pieces), default=0)
    document = parse_document(text, language)
    register = MentionRegister(document)
    register.fall_back_to(body)
    found = [_as_in_body(piece, text, pieces, body_text) for piece in _pieces(document, register)]
    return [replace(piece, part=part, image=image, group=piece.group + group) for piece in found]


def _as_in_body(piece: QuotePiece, text: str, pieces: Sequence[QuotePiece], body: str) -> QuotePiece:
    """Give a quote without a source the speaker who says the same words in the body."""
    if piece.speaker is not None or piece.source:
        return piece
    wanted = _bare(text[piece.start : piece.end])
    for other in pieces:
        same = (
            other.part == "body"
            and other.speaker is not None
            and wanted in _bare(body[other.start : other.end])
        )
        if same and len(wanted) >= SHORTEST_ECHO:
            return replace(piece, speaker=other.speaker, rule="echo", confidence=min(other.confidence, ECHO))
    return piece


def _bare(text: str) -> str:
    return " ".join(WORD.findall(text.lower()))
