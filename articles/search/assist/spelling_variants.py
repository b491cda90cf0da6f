"""Words written as one or as two: “email” and “e-mail”, “OBrien” and “O’Brien”."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import islice

from articles.search.query import Node, Not, Words, words
from articles.text.folding import characters

MOST = 6
LEAST, LONGEST = 4, 24
# Shorter parts are not looked up: nearly every archive has them.
LOOKED_UP = 3
# First parts that are often written with a hyphen or an apostrophe.
PREFIXES = frozenset(
    {
        *("o", "d", "l", "mc", "e", "co", "re", "pre", "non", "anti", "semi", "self", "ex", "mid", "multi"),
        *("sub", "inter", "post", "pro", "vice", "well", "cross", "on", "off"),
    }
)
WITH_APOSTROPHE = ("o", "d", "l")
_INITIALS = re.compile(r"(?<![A-Za-z.])(?:[A-Za-z]\.){2,10}")


@dataclass(frozen=True)
class Variant:
    """A word of the query and how it may also be written; `before` and `after` are the rest of the query."""

    typed: str
    other: str
    position: int
    before: str
    after: str

    def query(self, text: str) -> str:
        """The query with this text in place of the word."""
        return f"{self.before}{text}{self.after}"


# A node of the query and the words that may be written in its place.
Attempt = tuple[Words, tuple[str, ...]]


def attempts_of(root: Node | None, *, everywhere: bool) -> Iterator[Attempt]:
    """Other ways to write the words of a query; with `everywhere` words are divided at every place."""
    for node in _typed(root):
        for parts in _tried(node, everywhere=everywhere):
            yield node, parts


def words_of(attempts: Iterable[Attempt]) -> set[str]:
    """The words that the archive must have, so that an attempt can find anything."""
    return {word for _, parts in attempts for word in parts if len(word) >= LOOKED_UP}


def variants_of(text: str, attempts: Sequence[Attempt], known: Set[str]) -> Iterator[Variant]:
    """The attempts with words that the archive has, as variants of the text of the query."""
    rare = words_of(attempts)
    found = (each for each in attempts if known >= rare.intersection(each[1]))
    return (_variant(text, *each) for each in islice(found, MOST))


def folded_initials(text: str) -> Iterator[tuple[str, str, int]]:
    """Dotted initials with the word that they are searched as, and their position.

    >>> list(folded_initials('"U.S." troops'))
    [('U.S.', 'us', 1)]
    """
    for found in _INITIALS.finditer(text):
        word = words(found.group())
        if len(word) == 1:
            yield found.group(), word[0], found.start()


def _typed(node: Node | None) -> Iterator[Words]:
    """The words that are not negated, have no star, and are in a script with spaces."""
    if isinstance(node, Words):
        if len(node.terms) <= 2 and not any(term.prefix or characters(term.text) for term in node.terms):
            yield node
    elif node is not None and not isinstance(node, Not):
        for child in node.children():
            yield from _typed(child)


def _tried(node: Words, *, everywhere: bool) -> Iterator[tuple[str, ...]]:
    """The parts of a word, or the word of two parts."""
    if len(node.terms) == 2:
        yield ("".join(term.text for term in node.terms),)
        return
    word = node.terms[0].text
    if not LEAST <= len(word) <= LONGEST or not word.isalpha():
        return
    places = range(1, len(word) - 1)
    known = [at for at in places if word[:at] in PREFIXES]
    others = [at for at in places if at >= LOOKED_UP <= len(word) - at] if everywhere else []
    for at in dict.fromkeys((*known, *others)):
        yield word[:at], word[at:]


def _variant(text: str, node: Words, parts: tuple[str, ...]) -> Variant:
    typed = text[node.start : node.end]
    return Variant(typed, _written(node, typed, parts), node.start, text[: node.start], text[node.end :])


def _written(node: Words, typed: str, parts: tuple[str, ...]) -> str:
    """The parts as readers write them: “e-mail”, “O’Brien”, “email”; of an exact word, a phrase."""
    if node.exact:
        return f'"{" ".join(parts)}"'
    if len(parts) == 1:
        return "".join(character for character in typed if character.isalnum())
    if len(typed) == sum(map(len, parts)):
        parts = typed[: len(parts[0])], typed[len(parts[0]) :]
    return ("’" if parts[0].lower() in WITH_APOSTROPHE else "-").join(parts)
