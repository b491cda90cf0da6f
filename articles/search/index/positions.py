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


def phrase(words: Sequence[BitMap]) -> Occurrences:
    """Return where the words follow one another: intersects from the rarest word."""
    rarest = min(range(len(words)), key=lambda n: len(words[n]))
    found = words[rarest]
    for n in sorted(range(len(words)), key=lambda n: len(words[n])):
        if n != rarest:
            found = found & words[n].shift(rarest - n)
        if not found:
            break
    first = found.shift(-rarest) if rarest else found
    return {len(words): first}


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
    firsts, lasts = BitMap(), BitMap()
    for length, begins in left.items():
        firsts |= begins
        lasts |= begins.shift(length - 1)
    after = _smear(lasts, 1, distance)
    return {
        length: begins & (after | _smear(firsts, -length, -length - distance + 1))
        for length, begins in right.items()
    }


def _smear(positions: BitMap, first: int, last: int) -> BitMap:
    """Return the union of the positions shifted by every number from `first` to `last`, by doubling."""
    found = positions.shift(first)
    step, reach, all_of_them = (1 if last >= first else -1), 0, abs(last - first)
    while reach < all_of_them:
        more = min(reach + 1, all_of_them - reach)
        found = found | found.shift(step * more)
        reach += more
    return found
