"""The lexer of the query language: words, phrases, brackets, fields and operators."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from articles.search.query.messages import Message, gettext_noop, message
from articles.search.query.nodes import FILTER_FIELDS, PART_FIELDS, QUOTE_FIELDS

FIELDS = frozenset(PART_FIELDS + QUOTE_FIELDS + FILTER_FIELDS)
QUOTES = '"“”„‟«»‹›″＂「」『』〝〞〟'
OPENING, CLOSING = "(（", ")）"
MINUS = "-－"
MAX_DEPTH = 20
MAX_NEAR, PLAIN_NEAR = 50, 10
_RUN = re.compile(rf"[^\s{re.escape(OPENING + CLOSING + QUOTES)}]+")
_FIELD = re.compile(r"([A-Za-z]+)[:：]")
_NEAR = re.compile(r"NEAR(?:/([0-9]{1,6}))?")
_CLOSING_QUOTE = re.compile(f"[{QUOTES}]")


class Kind(Enum):
    WORD = "word"
    PHRASE = "phrase"
    OPEN = "("
    CLOSE = ")"
    FIELD = "field"
    AND = "AND"
    OR = "OR"
    NOT = "NOT"
    NEAR = "NEAR"


@dataclass(frozen=True)
class Token:
    kind: Kind
    text: str
    start: int
    end: int
    distance: int = 0


@dataclass(frozen=True)
class Ignored:
    """A part of the query that was ignored or changed, and why; `instead` may be written in its place."""

    text: str
    position: int
    reason: Message
    instead: str = ""


def tokens(text: str) -> tuple[list[Token], list[Ignored]]:
    """The tokens with balanced brackets, and what was ignored to balance them."""
    found: list[Token] = []
    ignored: list[Ignored] = []
    at = 0
    while at < len(text):
        token = _token(text, at, ignored)
        if token is None:
            at += 1
        else:
            found.append(token)
            at = token.end
    return _balanced(found, ignored), ignored


def _token(text: str, at: int, ignored: list[Ignored]) -> Token | None:
    character = text[at]
    if character.isspace():
        return None
    if character in OPENING:
        return Token(Kind.OPEN, character, at, at + 1)
    if character in CLOSING:
        return Token(Kind.CLOSE, character, at, at + 1)
    if character in QUOTES:
        return _phrase(text, at, ignored)
    if character in MINUS and _negates(text, at):
        return Token(Kind.NOT, character, at, at + 1)
    return _word(text, at, ignored)


def _negates(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    free = not before or before.isspace() or before in OPENING + CLOSING
    return free and bool(after) and (after.isalpha() or after in QUOTES + OPENING)


def _phrase(text: str, at: int, ignored: list[Ignored]) -> Token | None:
    # A quotation mark right after a letter or digit, as in 5", does not open a phrase.
    if at and text[at - 1].isalnum():
        return None
    closing = _CLOSING_QUOTE.search(text, at + 1)
    if closing is None:
        reason = gettext_noop("Closing quotation mark missing: the phrase runs to the end")
        ignored.append(Ignored(text[at], at, message(reason)))
        return Token(Kind.PHRASE, text[at + 1 :], at, len(text))
    return Token(Kind.PHRASE, text[at + 1 : closing.start()], at, closing.end())


def _word(text: str, at: int, ignored: list[Ignored]) -> Token | None:
    run = _RUN.match(text, at)
    assert run is not None  # noqa: S101 - blanks, brackets and quotation marks have been dealt with
    name = _FIELD.match(run.group())
    if name and name.group(1).lower() in FIELDS:
        return _field(text, at, at + name.end(), name.group(1).lower(), ignored)
    kind = Kind[run.group()] if run.group() in ("AND", "OR", "NOT") else Kind.WORD
    if near := _NEAR.fullmatch(run.group()):
        return _near(run, int(near.group(1) or PLAIN_NEAR), ignored)
    return Token(kind, run.group(), at, run.end())


def _field(text: str, at: int, end: int, name: str, ignored: list[Ignored]) -> Token:
    if end < len(text) and not text[end].isspace() and text[end] not in CLOSING:
        return Token(Kind.FIELD, name, at, end)
    reason = gettext_noop("Nothing after the colon: searched as a word")
    ignored.append(Ignored(text[at:end], at, message(reason)))
    return Token(Kind.WORD, text[at : end - 1], at, end)


def _near(run: re.Match[str], distance: int, ignored: list[Ignored]) -> Token:
    clamped = min(max(distance, 1), MAX_NEAR)
    if clamped != distance:
        reason = gettext_noop("NEAR takes 1 to %(most)s words: we used %(used)s")
        ignored.append(Ignored(run.group(), run.start(), message(reason, most=MAX_NEAR, used=clamped)))
    return Token(Kind.NEAR, run.group(), run.start(), run.end(), clamped)


def _balanced(found: list[Token], ignored: list[Ignored]) -> list[Token]:
    balanced: list[Token] = []
    open_at: list[Token | None] = []
    for token in found:
        if token.kind is Kind.OPEN:
            deep = sum(bracket is not None for bracket in open_at) >= MAX_DEPTH
            if deep:
                reason = message(
                    gettext_noop("Use at most %(most)s brackets inside each other"), most=MAX_DEPTH
                )
                ignored.append(Ignored(token.text, token.start, reason))
            open_at.append(None if deep else token)
            if deep:
                continue
        elif token.kind is Kind.CLOSE:
            if not open_at:
                reason = message(gettext_noop("Extra closing bracket"))
                ignored.append(Ignored(token.text, token.start, reason))
                continue
            if open_at.pop() is None:
                continue
        balanced.append(token)
    for bracket in reversed(open_at):
        if bracket is not None:
            reason = message(gettext_noop("Closing bracket missing: the bracket runs to the end"))
            ignored.append(Ignored(bracket.text, bracket.start, reason))
            end = found[-1].end
            balanced.append(Token(Kind.CLOSE, ")", end, end))
    return balanced
