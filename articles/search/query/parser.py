"""The query parser. Precedence: field and `-`, NEAR, AND (implicit), OR. No input raises an error."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

from articles.search.query.dates import MOST_WORDS, read_date, read_words
from articles.search.query.lexer import Ignored, Kind, Token, tokens
from articles.search.query.messages import Message, gettext_noop, message
from articles.search.query.nodes import (
    FILTER_FIELDS,
    KINDS,
    Field,
    Filter,
    Near,
    Node,
    Term,
    Words,
    alternatives,
    conjunction,
    is_positional,
    negation,
    positive_words,
)
from articles.search.query.relaxation import Clause, clauses_of, relaxed_to_or
from articles.text.folding import characters, query_words, words

Scope = Literal["articles", "quotes"]
MAX_CHARACTERS = 500
MAX_WORDS = 40
MIN_PREFIX = 3
# The index expands a prefix to every word with it: ten cost as much as 16 ordinary searches.
MAX_PREFIXES = 10
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
_NEAR_ALONE = gettext_noop("NEAR needs a word or phrase before and after it")
_NEVER_FIRST = (Kind.AND, Kind.OR, Kind.NEAR)


@dataclass(frozen=True)
class ParsedQuery:
    """A query and its syntax tree; if `refused` says why it is not searched, `root` is None."""

    text: str
    scope: Scope
    root: Node | None
    ignored: tuple[Ignored, ...] = ()
    refused: Message | None = None

    def __str__(self) -> str:
        return "" if self.root is None else str(self.root)

    @property
    def has_positive_words(self) -> bool:
        """Whether it has words that are not negated, so that results can be ranked."""
        return any(True for _ in positive_words(self.root))

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses joined by the top-level AND or OR."""
        return clauses_of(self.root)

    @property
    def relaxed_to_or(self) -> str:
        """The query with OR in place of AND; empty where that changes nothing."""
        return relaxed_to_or(self.root)


def parse(text: str, scope: Scope = "articles") -> ParsedQuery:
    """Parse a query; what cannot be parsed is listed in `ignored`.

    >>> str(parse('(wage OR pay) "cut*" -Minimum NEAR'))
    '(wage OR pay) "cut*" -minimum'
    """
    if len(text) > MAX_CHARACTERS:
        reason = gettext_noop("Use at most %(most)s characters")
        return ParsedQuery(text, scope, None, refused=message(reason, most=MAX_CHARACTERS))
    found, ignored = tokens(text)
    count = sum(len(query_words(token.text)) for token in found if token.kind in (Kind.WORD, Kind.PHRASE))
    if count > MAX_WORDS:
        return ParsedQuery(
            text, scope, None, refused=message(gettext_noop("Use at most %(most)s words"), most=MAX_WORDS)
        )
    parser = _Parser(found, ignored)
    root = parser.any_of("")
    if _prefixes(root) > MAX_PREFIXES:
        reason = gettext_noop("Use at most %(most)s words with a star")
        return ParsedQuery(text, scope, None, refused=message(reason, most=MAX_PREFIXES))
    return ParsedQuery(text, scope, root, tuple(sorted(parser.ignored, key=lambda item: item.position)))


class _Parser:
    """Recursive descent over balanced tokens; each method is one level of the grammar.

    `within` is the name of the field whose brackets are being read, or empty.
    """

    def __init__(self, found: list[Token], ignored: list[Ignored]) -> None:
        self.tokens = found
        self.ignored = ignored
        self.at = 0

    def peek(self) -> Kind | None:
        return self.tokens[self.at].kind if self.at < len(self.tokens) else None

    def take(self) -> Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def ignore(self, token: Token, reason: str, **params: str | int) -> None:
        self.ignored.append(Ignored(token.text, token.start, message(reason, **params)))

    def any_of(self, within: str) -> Node | None:
        first = self.all_of(within)
        parts = [] if first is None else [first]
        while self.peek() is Kind.OR:
            operator = self.take()
            part = self.all_of(within)
            if part is None:
                self.ignore(operator, gettext_noop("Nothing after OR"))
                continue
            if not parts:
                self.ignore(operator, gettext_noop("Nothing before OR"))
            parts.append(part)
        return alternatives(parts)

    def all_of(self, within: str) -> Node | None:
        parts: list[Node] = []
        while (kind := self.peek()) not in (None, Kind.OR, Kind.CLOSE):
            if kind is Kind.AND:
                operator = self.take()
                if not parts or self.peek() in (None, Kind.CLOSE, *_NEVER_FIRST):
                    self.ignore(operator, gettext_noop("AND needs a word before and after it"))
                continue
            if kind is Kind.NEAR:
                self.ignore(self.take(), _NEAR_ALONE)
                continue
            part = self.near(within)
            if part is not None:
                parts.append(part)
        return conjunction(parts)

    def near(self, within: str) -> Node | None:
        left = self.unary(within)
        while left is not None and self.peek() is Kind.NEAR:
            operator = self.take()
            if self.peek() in (None, Kind.CLOSE, *_NEVER_FIRST):
                self.ignore(operator, _NEAR_ALONE)
                break
            right = self.unary(within)
            if right is None:
                self.ignore(operator, _NEAR_ALONE)
            elif is_positional(left) and is_positional(right):
                left = Near(left, right, operator.distance, start=left.start, end=right.end)
            else:
                self.ignore(operator, gettext_noop("NEAR takes words, phrases and OR: searched as AND"))
                left = conjunction([left, right])
        return left

    def unary(self, within: str) -> Node | None:
        marks = []
        while self.peek() is Kind.NOT:
            marks.append(self.take())
        if self.peek() in (None, Kind.CLOSE, *_NEVER_FIRST):
            for mark in marks:
                self.ignore(mark, gettext_noop("Nothing to exclude"))
            return None
        node = self.primary(within)
        if node is not None and len(marks) % 2:
            return negation(node, marks[0].start)
        return node

    def primary(self, within: str) -> Node | None:
        token = self.take()
        if token.kind is Kind.OPEN:
            node = self.any_of(within)
            self.take()
            if node is None:
                self.ignore(token, gettext_noop("Empty brackets"))
            return node
        if token.kind is Kind.FIELD:
            return self.field(token, within)
        if within in FILTER_FIELDS:
            return self.filter(token, within)
        return self.phrase(token) if token.kind is Kind.PHRASE else self.word(token)

    def field(self, token: Token, within: str) -> Node | None:
        while self.peek() is Kind.FIELD:
            self.ignore(token, gettext_noop("Fields cannot be nested"))
            token = self.take()
        if self.peek() not in (Kind.OPEN, Kind.WORD, Kind.PHRASE):
            self.ignore(token, gettext_noop("Nothing after the colon"))
            return None
        if within:
            self.ignore(token, gettext_noop("Fields cannot be nested"))
            return self.primary(within)
        node = self.primary(token.text)
        if node is None or token.text in FILTER_FIELDS:
            return node
        return Field(token.text, node, start=token.start, end=node.end)

    def filter(self, token: Token, name: str) -> Node | None:
        if name in ("before", "after"):
            return self.date(token, name)
        value = " ".join("".join(c if c.isprintable() else " " for c in token.text).split())
        if name in ("kind", "language"):
            value = value.lower()
        if problem := _problem(name, value):
            self.ignored.append(Ignored(token.text, token.start, problem))
            return None
        return Filter(name, value, start=token.start, end=token.end)

    def date(self, token: Token, name: str) -> Node | None:
        """A date in its canonical form; without quotation marks it may have several words: `5 March 2021`."""
        following = self.tokens[self.at : self.at + MOST_WORDS - 1] if token.kind is Kind.WORD else []
        words = [token.text, *(each.text for each in takewhile(_is_word, following))]
        count, typed = read_words(words) if token.kind is Kind.WORD else (1, read_date(token.text))
        end = token
        for _ in range(count - 1):
            end = self.take()
        if typed.problem:
            self.ignored.append(Ignored(token.text, token.start, typed.problem, typed.instead))
            return None
        return Filter(name, typed.iso, start=token.start, end=end.end)

    def word(self, token: Token) -> Node | None:
        body = token.text.rstrip("*")
        if "*" in body:
            self.ignore(token, gettext_noop("Use a star only at the end of a word"))
        return self.words(token, body, starred=body != token.text, exact=False)

    def words(self, token: Token, body: str, *, starred: bool, exact: bool) -> Node | None:
        found = [Term(word) for word in query_words(body)]
        if not found:
            self.ignore(token, gettext_noop("Nothing to search for"))
            return None
        if starred:
            found[-1] = self.prefix(token, found[-1].text)
        return Words(tuple(found), exact, start=token.start, end=token.end)

    def prefix(self, token: Token, word: str) -> Term:
        # These are found inside longer words without a star.
        if characters(word):
            return Term(word)
        if len(word) < MIN_PREFIX:
            self.ignore(token, gettext_noop("Use at least %(least)s letters before a star"), least=MIN_PREFIX)
        return Term(word, prefix=len(word) >= MIN_PREFIX)

    def phrase(self, token: Token) -> Node | None:
        found: list[Term] = []
        for piece in token.text.split():
            stem, starred = piece.rstrip("*.,;:!?"), "*" in piece
            part = [Term(word) for word in query_words(stem)]
            if part and starred and piece.rstrip(".,;:!?").endswith("*"):
                part[-1] = self.prefix(token, part[-1].text)
            found += part
        if not found:
            self.ignore(token, gettext_noop("Nothing to search for"))
            return None
        return Words(tuple(found), True, start=token.start, end=token.end)


def _prefixes(root: Node | None) -> int:
    nodes = () if root is None else root.walk()
    return sum(term.prefix for node in nodes if isinstance(node, Words) for term in node.terms)


def _is_word(token: Token) -> bool:
    return token.kind is Kind.WORD


def _problem(name: str, value: str) -> Message | None:
    """Why the value is invalid for the filter; None if it is valid."""
    if name == "kind" and value not in KINDS:
        return message(gettext_noop("The types of quotes are: %(types)s"), types=", ".join(KINDS))
    if name == "language" and not _LANGUAGE.fullmatch(value):
        return message(gettext_noop("Write a language code, for example en or pt-br"))
    return None if words(value) else message(gettext_noop("Nothing after the colon"))
