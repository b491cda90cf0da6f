"""How large a run is: the suite's own size, or the full one that ``manage.py measure`` asks for."""

import os

FULL = os.environ.get("NEWSARCHIVE_MEASURE") == "1"


def size(suite: int, full: int) -> int:
    """Return how many examples to try: few in the suite, all of them in ``manage.py measure``."""
    return full if FULL else suite


def seeds(suite: int, full: int) -> range:
    """Return the seeds of random examples; ``NEWSARCHIVE_SEEDS=200-400`` resumes a long run at 200."""
    first, _, end = os.environ.get("NEWSARCHIVE_SEEDS", "").partition("-")
    return range(int(first), int(end)) if end else range(size(suite, full))
