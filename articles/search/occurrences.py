"""Where a clause stands among the words of a text: the meaning of the positions in the index."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from articles.querylang import Near, Node, Or, Words

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


def tests_by_stem(stem: Callable[[str], str]) -> Callable[[Words], Sequence[Test]]:
    """Tests of each term of a clause, where plain words match by their stems."""
    return lambda clause: [_test(clause, at, stem) for at in range(len(clause.terms))]


def _test(node: Words, at: int, stem: Callable[[str], str]) -> Test:
    term = node.terms[at]
    # A word is known by its first 255 characters.
    wanted = term.text[:255]
    if term.prefix:
        return lambda word: word.startswith(wanted)
    if node.exact:
        return lambda word: word[:255] == wanted
    wanted = stem(wanted)
    return lambda word: stem(word) == wanted


def _distance(one: Place, other: Place) -> float:
    """How many words on from the end of one the other begins; two that overlap are not near each other."""
    if one[1] < other[0]:
        return other[0] - one[1]
    if other[1] < one[0]:
        return one[0] - other[1]
    return float("inf")


def lookup(stems: Mapping[tuple[str, str], str], language: str) -> Callable[[str], str]:
    return lambda word: stems.get((language, word), word)
