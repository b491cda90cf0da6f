"""Where a clause stands among the words of a text: the meaning of the positions in the index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from articles.querylang import Near, Node, Or, Term, Words

# First and last word of an occurrence.
Place = tuple[int, int]


# Whether a word of the text is what a term of a clause asks for.
Test = Callable[[str], bool]


def occurrences(node: Node, words: Sequence[str], tests: Callable[[Words], Sequence[Test]]) -> list[Place]:
    """Every place of a clause in the words of one part. A NEAR stands where its right side stands."""
    if isinstance(node, Words):
        return _side_by_side(tests(node), words)
    if isinstance(node, Or):
        return sorted({place for part in node.nodes for place in occurrences(part, words, tests)})
    if isinstance(node, Near):
        return [right for _, right in _pairs(node, words, tests)]
    raise TypeError(node)


def near_partners(node: Near, words: Sequence[str], tests: Callable[[Words], Sequence[Test]]) -> list[Place]:
    """Both sides of every NEAR that holds, for marking."""
    return sorted({place for pair in _pairs(node, words, tests) for place in pair})


def _pairs(
    node: Near, words: Sequence[str], tests: Callable[[Words], Sequence[Test]]
) -> list[tuple[Place, Place]]:
    left = occurrences(node.left, words, tests)
    right = occurrences(node.right, words, tests)
    return [(a, b) for b in right for a in left if _distance(a, b) <= node.distance]


def _side_by_side(tests: Sequence[Test], words: Sequence[str]) -> list[Place]:
    first, last = tests[0], len(tests) - 1
    places = [(at, at + last) for at, word in enumerate(words) if first(word)]
    if not last:
        return places
    return [
        (start, end)
        for start, end in places
        if end < len(words) and all(test(words[start + at]) for at, test in enumerate(tests))
    ]


def tests_by_stem(stems: Mapping[tuple[str, str], str], language: str) -> Callable[[Words], Sequence[Test]]:
    """Tests of each term of a clause, given the stems of all words of the texts that can match."""
    forms: dict[str, set[str]] = defaultdict(set)
    for (of, word), stem in stems.items():
        if of == language:
            forms[stem].add(word)
    return lambda clause: [_test(clause, term, stems, language, forms) for term in clause.terms]


def _test(
    clause: Words,
    term: Term,
    stems: Mapping[tuple[str, str], str],
    language: str,
    forms: Mapping[str, set[str]],
) -> Test:
    if term.prefix or clause.exact:
        return test_as_written(clause, term)
    wanted = term.text[:255]
    stem = stems.get((language, wanted), wanted)
    return forms.get(stem, {wanted}).__contains__


def test_as_written(clause: Words, term: Term) -> Test:
    """The test of a term that asks for words as they are written, not for their stems."""
    # A word is known by its first 255 characters.
    wanted = term.text[:255]
    if term.prefix:
        return lambda word: word.startswith(wanted)
    return wanted.__eq__ if len(wanted) < 255 else lambda word: word[:255] == wanted


def _distance(one: Place, other: Place) -> float:
    """How many words on from the end of one the other begins; two that overlap are not near each other."""
    if one[1] < other[0]:
        return other[0] - one[1]
    if other[1] < one[0]:
        return one[0] - other[1]
    return float("inf")
