"""Phrases and NEAR over positions in token space.

The words of a segment are numbered; between two parts of an article `GAP` numbers are unused, so that no
phrase and no NEAR reaches from one part into the next. Occurrences are the positions of their first words in
order, by their length in words.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from pyroaring import BitMap

# More than the greatest distance of NEAR.
GAP = 51

Occurrences = dict[int, np.ndarray]


def phrase(words: Sequence[tuple[int, BitMap]], length: int) -> Occurrences:
    """Return where these words, each with its distance from the first, are in a phrase of this length.

    Intersects from the rarest word and shifts only what is left, so that common words cost little.
    """
    (at, found), *others = sorted(words, key=lambda word: len(word[1]))
    for distance, positions in others:
        if not found:
            return {}
        found = found.shift(distance - at) & positions
        at = distance
    return {length: as_array(found) - np.uint32(at)} if found else {}


def either(several: Iterable[Occurrences]) -> Occurrences:
    """Return the occurrences of any of these."""
    found: dict[int, list[np.ndarray]] = defaultdict(list)
    for occurrences in several:
        for length, firsts in occurrences.items():
            found[length].append(firsts)
    return {length: different(in_order(every)) for length, every in found.items()}


def near(left: Occurrences, right: Occurrences, distance: int) -> Occurrences:
    """Return the occurrences of `right` within `distance` words after or before one of `left`.

    It begins 1 to `distance` words after an end of `left`, or ends 1 to `distance` words before a beginning;
    occurrences that overlap are not near. Takes as long for 50 words as for one.
    """
    if not left or not right:
        return {}
    begins = in_order(list(left.values()))
    single = left.keys() == {1}
    ends = begins if single else in_order([each + np.uint32(length - 1) for length, each in left.items()])
    found = {}
    for length, firsts in right.items():
        of = _near_rarer if len(firsts) > 2 * len(begins) else _near_each
        if len(chosen := firsts[of(firsts, length, begins, ends, distance)]):
            found[length] = chosen
    return found


def _near_each(
    firsts: np.ndarray, length: int, begins: np.ndarray, ends: np.ndarray, distance: int
) -> np.ndarray:
    """Whether the nearest of `ends` before each occurrence, or of `begins` after it, is near."""
    lasts = firsts + (length - 1)
    before = np.searchsorted(ends, firsts)
    if ends is begins and length == 1:
        # Of single words there is no need to look twice.
        after = before + (ends[np.minimum(before, len(ends) - 1)] == firsts)
    else:
        after = np.searchsorted(begins, lasts, side="right")
    nearest_end = ends[np.maximum(before, 1) - 1]
    nearest_begin = begins[np.minimum(after, len(begins) - 1)]
    return ((before > 0) & (firsts - nearest_end <= distance)) | (
        (after < len(begins)) & (nearest_begin - lasts <= distance)
    )


def _near_rarer(
    firsts: np.ndarray, length: int, begins: np.ndarray, ends: np.ndarray, distance: int
) -> np.ndarray:
    """The places of the same if `begins` and `ends` are fewer: looks up the occurrences near each of them."""
    latest = begins[begins >= length] - length
    opened = np.concatenate(
        [
            np.searchsorted(firsts, ends, side="right"),
            np.searchsorted(firsts, np.maximum(latest + 1, distance) - distance),
        ]
    )
    closed = np.concatenate(
        [
            np.searchsorted(firsts, ends + distance, side="right"),
            np.searchsorted(firsts, latest, side="right"),
        ]
    )
    numbers = closed - opened
    total = int(numbers.sum())
    if total < len(firsts):
        return np.unique(np.arange(total) + np.repeat(opened - (np.cumsum(numbers) - numbers), numbers))
    every = len(firsts) + 1
    inside = np.cumsum(np.bincount(opened, minlength=every) - np.bincount(closed, minlength=every))[:-1]
    return np.flatnonzero(inside)


def in_order(several: Sequence[np.ndarray]) -> np.ndarray:
    """All of these numbers in order; each of several has its own in order."""
    if len(several) < 2:
        return several[0] if several else np.zeros(0, np.uint32)
    # A stable sort merges what is in order already.
    return np.sort(np.concatenate(several), kind="stable")


def different(numbers: np.ndarray) -> np.ndarray:
    """Each of these numbers once, given in order."""
    return numbers[differs(numbers)]


def differs(values: np.ndarray) -> np.ndarray:
    """Where a value differs from the one before it; the first always does."""
    found = np.ones(len(values), bool)
    found[1:] = values[1:] != values[:-1]
    return found


def as_array(numbers: BitMap) -> np.ndarray:
    """The numbers of a set in order, as unsigned integers of 32 bits."""
    return np.frombuffer(numbers.to_array(), np.uint32)


def bitmap(numbers: np.ndarray) -> BitMap:
    """The set of these numbers, given in order as unsigned integers of 32 bits."""
    # From an array of Python's own: twice as fast as from one of NumPy's.
    return BitMap(array("I", numbers.tobytes()))


def where(chosen: np.ndarray) -> BitMap:
    """The set of the places at which an array of booleans is true."""
    return bitmap(np.flatnonzero(chosen).astype(np.uint32))
