"""Where a clause stands among the words of a text: the meaning of the positions in the index."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from articles.querylang import Near, Node, Or, Words

# First and last word of an occurrence.
Place = tuple[int, int]


def occurrences(node: Node, words: Sequence[str], stem: Callable[[str], str]) -> list[Place]:
    """Every place of a clause in the words of one part. A NEAR stands where its right side stands."""
    if isinstance(node, Words):
        return _side_by_side(node, words, stem)
    if isinstance(node, Or):
        return sorted({place for part in node.nodes for place in occurrences(part, words, stem)})
    if isinstance(node, Near):
        left = occurrences(node.left, words, stem)
        right = occurrences(node.right, words, stem)
        return [place for place in right if any(_distance(place, other) <= node.distance for other in left)]
    raise TypeError(node)


def near_partners(node: Near, words: Sequence[str], stem: Callable[[str], str]) -> list[Place]:
    """Both sides of every NEAR that holds, for marking."""
    left = occurrences(node.left, words, stem)
    right = occurrences(node.right, words, stem)
    pairs = [(a, b) for a in left for b in right if _distance(a, b) <= node.distance]
    return sorted({place for pair in pairs for place in pair})


def _side_by_side(node: Words, words: Sequence[str], stem: Callable[[str], str]) -> list[Place]:
    tests = [_test(node, at, stem) for at in range(len(node.terms))]
    last = len(tests) - 1
    return [
        (at, at + last)
        for at in range(len(words) - last)
        if all(test(words[at + offset]) for offset, test in enumerate(tests))
    ]


def _test(node: Words, at: int, stem: Callable[[str], str]) -> Callable[[str], bool]:
    term = node.terms[at]
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
