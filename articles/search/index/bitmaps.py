"""Many Roaring bitmaps as bytes at once.

Written by hand, because most words occur a few times: to make a `BitMap` of each takes ten times as long.
The format: https://github.com/RoaringBitmap/RoaringFormatSpec
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from articles.search.index.positions import bitmap, differs

_NO_RUNS = 12346
# A container with more numbers than this is a bit field, or a list of runs.
_LONGEST_ARRAY = 4096


def serialized(numbers: np.ndarray, cuts: np.ndarray) -> list[bytes]:
    """The bytes of a bitmap of `numbers[cuts[n]:cuts[n + 1]]` for each n; each such slice is in order."""
    lengths = np.diff(cuts)
    owners = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
    keys = numbers >> 16
    begins = np.flatnonzero(differs(keys) | differs(owners))
    sizes = np.diff(begins, append=len(numbers))
    owner = owners[begins]
    first = np.searchsorted(owner, np.arange(len(cuts)))
    containers = np.diff(first)
    # In units of two bytes: the head, key and size of each container, where each begins, all numbers.
    starts = np.zeros(len(cuts), np.int64)
    heads = 4 + 4 * containers
    np.cumsum(heads + lengths, out=starts[1:])
    data = np.zeros(starts[-1], "<u2")
    data[starts[:-1]] = _NO_RUNS
    data[starts[:-1] + 2] = containers
    at = starts[owner] + 4 + 2 * (np.arange(len(begins)) - first[owner])
    data[at] = keys[begins]
    data[at + 1] = sizes - 1
    offsets = 2 * (heads[owner] + begins - cuts[owner])
    at += 2 * containers[owner]
    data[at] = offsets & 0xFFFF
    data[at + 1] = offsets >> 16
    of_values = np.repeat(np.tile([False, True], len(lengths)), np.stack([heads, lengths], 1).ravel())
    data[of_values] = numbers.astype(np.uint16)
    whole, ends = data.tobytes(), (2 * starts).tolist()
    found = [whole[start:end] for start, end in pairwise(ends)]
    for n in np.unique(owner[sizes > _LONGEST_ARRAY]).tolist():
        large = bitmap(numbers[cuts[n] : cuts[n + 1]])
        large.run_optimize()
        found[n] = large.serialize()
    return found
