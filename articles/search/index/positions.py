"""Phrases and NEAR over positions in token space.

The words of a segment are numbered; between two parts of an article `GAP` numbers are unused, so that no
phrase and no NEAR reaches from one part into the next. Occurrences are the positions of their first words,
by their length in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pyroaring import BitMap

# More than the greatest distance of NEAR.
GAP = 51

Occurrences = dict[int, BitMap]


def phrase(words: Sequence[tuple[int, BitMap]], length: int) -> Occurrences:
    """Return where these words, each with its distance from the first, are in a phrase of this length.

    Intersects from the rarest word and shifts only what is left, so that common words cost little.
    """
    (at, found), *others = sorted(words, key=lambda word: len(word[1]))
    for distance, positions in others:
        if not found:
            break
        found = found.shift(distance - at) & positions
        at = distance
    return {length: found.shift(-at) if at else found} if found else {}


def either(several: Iterable[Occurrences]) -> Occurrences:
    """Return the occurrences of any of these."""
    found: Occurrences = {}
    for occurrences in several:
        for length, firsts in occurrences.items():
            found[length] = found[length] | firsts if length in found else firsts
    return found


def near(left: Occurrences, right: Occurrences, distance: int) -> Occurrences:
    """Return the occurrences of `right` within `distance` words after or before one of `left`.

    It begins 1 to `distance` words after an end of `left`, or ends 1 to `distance` words before a beginning;
    occurrences that overlap are not near.
    """
    if _number(right) < _number(left) // 2:
        # Widening costs most, so it begins with the rarer side.
        left = _near(right, left, distance)
    return _near(left, right, distance)


def _near(left: Occurrences, right: Occurrences, distance: int) -> Occurrences:
    if not left or not right:
        return {}
    firsts = BitMap.union(*left.values())
    lasts = BitMap.union(*(begins.shift(length - 1) for length, begins in left.items()))
    after = _smear(lasts, 1, distance)
    before = _smear(firsts, -1, -distance)
    found = {
        length: begins & (after | (before.shift(1 - length) if length > 1 else before))
        for length, begins in right.items()
    }
    return {length: begins for length, begins in found.items() if begins}


def _number(occurrences: Occurrences) -> int:
    return sum(map(len, occurrences.values()))


def _smear(positions: BitMap, first: int, last: int) -> BitMap:
    """Return the union of the positions shifted by every number from `first` to `last`, by doubling."""
    found = positions.shift(first)
    step, reach, all_of_them = (1 if last >= first else -1), 0, abs(last - first)
    while reach < all_of_them:
        more = min(reach + 1, all_of_them - reach)
        found = found | found.shift(step * more)
        reach += more
    return found
