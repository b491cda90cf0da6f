"""Finds clauses among the words of a text, with the same meaning as positions in the index.

A set of positions is one long integer, so a phrase, OR or NEAR over 100,000 words takes microseconds.
`tests/search/oracle.py` implements the same by brute force.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set

from articles.search.engine.budget import Budget
from articles.search.query import Near, Node, Or, Term, Words, words

# The first and last word of an occurrence.
Place = tuple[int, int]
# For each length in words, the set of first words as a bit set: bit n for word n.
Places = dict[int, int]
# Which words of a text match a term of a clause.
Forms = Callable[[Words, Term, Set[str]], Set[str]]

# Characters folded per budget step.
FOLDED_A_STEP = 4
# Words compared with a term per budget step.
WORDS_A_STEP = 16
# Positions of a set combined per budget step.
BITS_A_STEP = 1024
# Budget steps for returning and showing one occurrence.
STEPS_A_PLACE = 20
_DIGITS = bytes.maketrans(b"\0\1", b"01")


def read_words(text: str, budget: Budget) -> list[str]:
    """The folded words of a text."""
    budget.spend(len(text) // FOLDED_A_STEP + 1)
    return words(text)


class Text:
    """The words of one part of a text; finds clauses among them within a budget.

    `among` limits the words that any clause can match, where they are known.
    """

    def __init__(
        self, words: Sequence[str], forms: Forms, budget: Budget, among: Set[str] | None = None
    ) -> None:
        self.words = words
        self.forms = forms
        self.budget = budget
        self.among = frozenset(words) if among is None else among
        self._terms: dict[tuple[Term, bool], int] = {}
        self._step = len(words) // BITS_A_STEP + 1

    def holds(self, node: Node) -> bool:
        return bool(self.places(node))

    def places(self, node: Node) -> Places:
        """All occurrences of a clause. A NEAR occurs where its right operand occurs."""
        if isinstance(node, Words):
            return self._side_by_side(node)
        if isinstance(node, Or):
            return self._union(self.places(part) for part in node.nodes)
        if isinstance(node, Near):
            return self._near(self.places(node.right), self.places(node.left), node.distance)
        raise TypeError(node)

    def marks(self, node: Node) -> Places:
        """The occurrences to highlight: for NEAR both operands, where they are near each other."""
        if not isinstance(node, Near):
            return self.places(node)
        left, right = self.places(node.left), self.places(node.right)
        sides = (self._near(left, right, node.distance), self._near(right, left, node.distance))
        return self._union(iter(sides))

    def listed(self, places: Places) -> list[Place]:
        """The first and last word of every occurrence, in order."""
        if not places:
            return []
        self.budget.spend(STEPS_A_PLACE * sum(bits.bit_count() for bits in places.values()))
        return sorted((at, at + length - 1) for length, bits in places.items() for at in members(bits))

    def _side_by_side(self, node: Words) -> Places:
        found = self._term(node, node.terms[0])
        for at, term in enumerate(node.terms[1:], 1):
            if not found:
                return {}
            self.budget.spend(self._step)
            found &= self._term(node, term) >> at
        return {len(node.terms): found} if found else {}

    def _union(self, parts: Iterator[Places]) -> Places:
        found: Places = {}
        for part in parts:
            for length, bits in part.items():
                self.budget.spend(self._step)
                found[length] = found.get(length, 0) | bits
        return found

    def _near(self, here: Places, there: Places, distance: int) -> Places:
        """The occurrences in `here` within `distance` words after or before one in `there`.

        Overlapping occurrences are not near each other.
        """
        if not here or not there:
            return {}
        self.budget.spend(self._step * (2 * len(there) + 2 * distance.bit_length() + 3 * len(here) + 2))
        firsts = lasts = 0
        for length, bits in there.items():
            firsts |= bits
            lasts |= bits << (length - 1)
        after, before = _up(lasts, distance), _down(firsts, distance)
        near = ((length, bits & (after | before >> (length - 1))) for length, bits in here.items())
        return {length: bits for length, bits in near if bits}

    def _term(self, clause: Words, term: Term) -> int:
        key = (term, clause.exact)
        if key not in self._terms:
            self._terms[key] = self._read(self.forms(clause, term, self.among), term.prefix)
        return self._terms[key]

    def _read(self, wanted: Set[str], looked_through: bool) -> int:
        """The positions of these words as a bit set."""
        self.budget.spend(1 + (len(self.among) // 2 if looked_through else 0))
        if not wanted:
            return 0
        self.budget.spend(len(self.words) // WORDS_A_STEP + 1)
        flags = bytes(map(wanted.__contains__, self.words))
        return int(flags[::-1].translate(_DIGITS), 2)


def members(bits: int) -> Iterator[int]:
    """The positions in a bit set, lowest first."""
    digits = format(bits, "b")[::-1]
    at = digits.find("1")
    while at >= 0:
        yield at
        at = digits.find("1", at + 1)


def forms_by_stem(stems: Mapping[tuple[str, str], str], language: str) -> Forms:
    """A function for the forms of a term, from the stems of all words that can match."""
    known: dict[str, set[str]] = {}
    for (of, word), stem in stems.items():
        if of == language:
            known.setdefault(stem, set()).add(word)

    def forms(clause: Words, term: Term, among: Set[str]) -> Set[str]:
        if term.prefix or clause.exact:
            return forms_as_written(term, among)
        wanted = term.text[:255]
        return known.get(stems.get((language, wanted), wanted), {wanted}) & among

    return forms


def forms_as_written(term: Term, among: Set[str]) -> Set[str]:
    """The words that match a term literally, not by stem."""
    # Words are indexed by their first 255 characters.
    wanted = term.text[:255]
    if term.prefix:
        return {word for word in among if word.startswith(wanted)}
    if len(wanted) == 255:
        return {word for word in among if word[:255] == wanted}
    return among & {wanted}


def _up(bits: int, distance: int) -> int:
    """The positions 1 to `distance` after one of these, as a bit set."""
    found, reach = bits << 1, 1
    while reach < distance:
        step = min(reach, distance - reach)
        found |= found << step
        reach += step
    return found


def _down(bits: int, distance: int) -> int:
    """The positions 1 to `distance` before one of these, as a bit set."""
    found, reach = bits >> 1, 1
    while reach < distance:
        step = min(reach, distance - reach)
        found |= found >> step
        reach += step
    return found
