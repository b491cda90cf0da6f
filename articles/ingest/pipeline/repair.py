"""Repair parsed articles before they are stored: fix or remove what the database refuses, with a warning.

Paste, import and update all call `storable`, so that a parser bug never loses an article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext, ngettext_lazy

from articles.extraction import ExtractionResult, QuotePiece, Span, Turn
from articles.ingest.pipeline.duplicates import canonical_key
from articles.ingest.pipeline.types import IncomingArticle
from articles.ingest.proposals.create import Texts
from articles.models.checks import LANGUAGE_TAG
from articles.parsing import ParsedArticle, ParsedImage, RowError
from articles.parsing.parsed import LIMITS, Problem

OPTIONAL = (
    "kicker", "section", "standfirst", "byline", "dateline", "publication", "external_id", "edition", "page",
)  # fmt: skip
URLS = ("source_url", "canonical_url", "archived_url")
ROLES = ("question", "answer", "narration")
# Of turns, notes and quotes.
_LOST = (
    ngettext_lazy(
        "%(n)s turn was empty or outside the text, and was removed",
        "%(n)s turns were empty or outside the text, and were removed",
        "n",
    ),
    ngettext_lazy(
        "%(n)s editor’s note was empty or outside the text, and was removed",
        "%(n)s editor’s notes were empty or outside the text, and were removed",
        "n",
    ),
    ngettext_lazy(
        "%(n)s quote was empty or outside the text, and was removed",
        "%(n)s quotes were empty or outside the text, and were removed",
        "n",
    ),
)
_WEB_ADDRESS = re.compile(r"https?://[^\s\x00-\x1f]+", re.IGNORECASE)


def storable(incoming: IncomingArticle) -> IncomingArticle:
    """Return the article as the database accepts it, with a warning for each change."""
    parsed = fitting(incoming.parsed)
    captions = [image.caption for image in parsed.images]
    texts = Texts(parsed.headline, parsed.standfirst, parsed.body, captions)
    reading, warnings = repaired(incoming.reading, texts)
    if warnings:
        problems = tuple(Problem("", "", text) for text in warnings)
        parsed = replace(
            parsed, problems=(*parsed.problems, *problems), warnings=(*parsed.warnings, *warnings)
        )
    return replace(incoming, parsed=parsed, reading=reading)


def in_time_zone(parsed: ParsedArticle, name: str) -> ParsedArticle:
    """If only a UTC timestamp is known, set the date that it has in the newspaper's time zone."""
    if not parsed.day_is_utc or not parsed.published_at or parsed.published_precision != "day" or not name:
        return parsed
    try:
        day = parsed.published_at.astimezone(ZoneInfo(name)).date()
    except (ValueError, KeyError, OSError, OverflowError):
        return parsed
    if day == parsed.published_on:
        return parsed
    warning = gettext("%(time)s is %(day)s in %(zone)s, the time zone of the publication") % {
        "time": parsed.published_at.isoformat(),
        "day": day,
        "zone": name,
    }
    return replace(parsed, published_on=day, day_is_utc=False, warnings=(*parsed.warnings, warning))


def without_reading(incoming: IncomingArticle, why: RowError) -> IncomingArticle:
    """Return the article without its turns, notes and quotes, after the database refused them."""
    problem = Problem(
        "", None, gettext("imported without its turns, notes and quotes: %(reason)s") % {"reason": why.reason}
    )
    parsed = incoming.parsed
    parsed = replace(parsed, problems=(*parsed.problems, problem), warnings=(*parsed.warnings, str(problem)))
    return replace(incoming, parsed=parsed, reading=ExtractionResult((), (), (), (), ()))


def fitting(parsed: ParsedArticle) -> ParsedArticle:
    """Move optional values that do not fit their columns to `extra`, with a warning for each.

    Without a byline, one is made of the authors: names not linked to a speaker are stored only there.
    """
    left = _Left()
    # Any: each column has a type of its own.
    taken: dict[str, Any] = {name: left.short(name, getattr(parsed, name), name) for name in OPTIONAL}
    taken |= {name: left.address(name, getattr(parsed, name)) for name in URLS}
    if taken["canonical_url"] and canonical_key(taken["canonical_url"]) is None:
        reason = gettext("not the link of one article, or too long")
        taken["canonical_url"] = left.out("canonical_url", parsed.canonical_url, reason)
    if parsed.language and not is_language_tag(parsed.language):
        taken["language"] = left.out(
            "language", parsed.language, gettext("not a language tag such as en or pt-BR")
        )
    if parsed.published_at and (reason := no_instant(parsed)):
        left.out("published_at", parsed.published_at.isoformat(), reason)
        taken["published_at"] = None
    taken["authors"] = left.items("authors", parsed.authors, "author")
    taken["topics"] = left.items("topics", parsed.topics, "topic")
    taken["images"] = tuple(map(left.image, parsed.images))
    byline = ", ".join(taken["authors"])
    if not taken["byline"] and len(byline) <= LIMITS["byline"]:
        taken["byline"] = byline
    elif unnamed := [name for name in taken["authors"] if name.casefold() not in taken["byline"].casefold()]:
        left.extra.setdefault("authors", unnamed)
    return replace(
        parsed,
        **taken,
        extra={**left.extra, **parsed.extra},
        problems=(*parsed.problems, *left.problems),
        warnings=(*parsed.warnings, *map(str, left.problems)),
    )


def no_instant(parsed: ParsedArticle) -> str:
    """Why the time cannot be stored; empty if it can."""
    if parsed.published_precision != "day":
        return gettext("a time without its day")
    try:
        if parsed.published_at:
            parsed.published_at.astimezone(UTC)
    except OverflowError:
        return gettext("before the first or after the last possible day")
    return ""


def is_language_tag(language: str) -> bool:
    return len(language) <= LIMITS["language"] and re.match(LANGUAGE_TAG, language_tag(language)) is not None


def language_tag(language: str) -> str:
    """Return the tag with its primary subtag in lower case, as filters expect it."""
    first, dash, rest = language.partition("-")
    return first.lower() + dash + rest


def too_long(value: str, most: int) -> str:
    """The reason for refusing a value of too many characters."""
    return gettext("too long: %(n)s characters (limit %(most)s)") % {
        "n": f"{len(value):,}",
        "most": f"{most:,}",
    }


class _Left:
    """Collects values that do not fit, and the reasons."""

    def __init__(self) -> None:
        self.extra: dict[str, Any] = {}  # texts and lists
        self.problems: list[Problem] = []

    def out(self, column: str, value: str, reason: str) -> str:
        if column in ("authors", "topics", "images"):
            self.extra.setdefault(column, []).append(value)
        else:
            self.extra[column] = value
        self.problems.append(
            Problem(
                column, value[:500], gettext("%(reason)s; imported without this value") % {"reason": reason}
            )
        )
        return ""

    def short(self, column: str, value: str, limit: str) -> str:
        if len(value) <= LIMITS[limit]:
            return value
        return self.out(column, value, too_long(value, LIMITS[limit]))

    def address(self, column: str, value: str) -> str:
        if value and not _WEB_ADDRESS.fullmatch(value):
            return self.out(column, value, gettext("not a link that begins with http:// or https://"))
        return self.short(column, value, "url")

    def items(self, column: str, values: Iterable[str], limit: str) -> tuple[str, ...]:
        return tuple(value for value in values if self.short(column, value, limit))

    def image(self, image: ParsedImage) -> ParsedImage:
        return ParsedImage(
            self.short("images", image.caption, "caption"),
            self.short("images", image.credit, "credit"),
            self.address("images", image.url),
        )


def repaired(reading: ExtractionResult, texts: Texts) -> tuple[ExtractionResult, list[str]]:
    """Remove empty and out-of-range spans and overlapping turns; return the reading and warnings.

    >>> turns = (Turn(0, 9, "question", "Q", None, True, 1.0), Turn(3, 3, "answer", "A", None, True, 1.0))
    >>> repaired(ExtractionResult((), turns, (), (), ()), Texts("", "", "Why is it?"))[1]
    ['1 turn was empty or outside the text, and was removed']
    """
    turns, moved = _repaired_turns(reading.turns, texts.body)
    notes = tuple(note for note in reading.notes if _has_words(texts.body, note.start, note.end))
    valid = [repaired for piece in reading.pieces if (repaired := _repaired_piece(piece, texts, moved))]
    groups = {piece.group for piece in valid}
    pieces = tuple(p if p.inside in groups else replace(p, inside=None) for p in valid)
    lost = (
        len(reading.turns) - len(turns), len(reading.notes) - len(notes), len(reading.pieces) - len(pieces),
    )  # fmt: skip
    said = [text % {"n": number} for number, text in zip(lost, _LOST, strict=True) if number]
    return replace(reading, turns=turns, notes=notes, pieces=pieces), said


def _repaired_turns(turns: Sequence[Turn], body: str) -> tuple[tuple[Turn, ...], dict[Span, Span]]:
    """Return the turns sorted and without overlaps, and a map from their old to their new spans."""
    found: list[Turn] = []
    moved: dict[Span, Span] = {}
    last = 0
    for turn in sorted(turns, key=lambda turn: (turn.start, -turn.end)):
        place = _trimmed(body, max(turn.start, last), turn.end)
        if turn.role not in ROLES or not _has_words(body, place.start, place.end):
            continue
        last = place.end
        moved.setdefault(Span(turn.start, turn.end), place)
        found.append(
            replace(turn, start=place.start, end=place.end, confidence=min(max(turn.confidence, 0.0), 1.0))
        )
    return tuple(found), moved


def _repaired_piece(piece: QuotePiece, texts: Texts, moved: dict[Span, Span]) -> QuotePiece | None:
    """Return the piece, moved with its turn; None if its span is not valid."""
    if piece.kind in ("question", "answer"):
        place = moved.get(Span(piece.start, piece.end))
        return replace(piece, start=place.start, end=place.end) if place else None
    if piece.part == "caption" and not 0 <= (-1 if piece.image is None else piece.image) < len(
        texts.captions
    ):
        return None
    text = texts.of(piece.part, piece.image)
    at = piece.start
    for start, end in piece.marked:
        if not at <= start < end <= piece.end:
            return None
        at = end
    return piece if _has_words(text, piece.start, piece.end) else None


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start : min(end, len(text))]
    first = start + len(words) - len(words.lstrip())
    return Span(first, first + len(words.strip()))


def _has_words(text: str, start: int, end: int) -> bool:
    return 0 <= start < end <= len(text) and any(map(str.isalnum, text[start:end]))
