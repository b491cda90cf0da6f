"""Counts of this process for monitoring, until they are added to those of all processes in the database.

prometheus_client would keep the figures of several gunicorn workers in a folder of files that they share.
"""

from __future__ import annotations

import threading
from collections import Counter

PREFIX = "newsarchive_"
BUCKETS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Counts:
    """Amounts by series, a name with labels as Prometheus writes it; safe for threads."""

    def __init__(self) -> None:
        self._amounts: Counter[str] = Counter()
        self._lock = threading.Lock()

    def add(self, amounts: dict[str, float]) -> None:
        with self._lock:
            for series, amount in amounts.items():
                self._amounts[series] += amount  # type: ignore[assignment]  # seconds are no integers

    def take(self) -> dict[str, float]:
        """All that was counted since the last time."""
        with self._lock:
            taken, self._amounts = self._amounts, Counter()
        return dict(taken)


COUNTS = Counts()


def count(name: str, amount: float = 1, **labels: object) -> None:
    """Add to a counter: `count("requests_total", page="search", status=200)`."""
    COUNTS.add({series(name, **labels): amount})


def observe(name: str, seconds: float, **labels: object) -> None:
    """Add a duration to a histogram."""
    reached = {series(f"{name}_bucket", **labels, le=limit): float(seconds <= limit) for limit in BUCKETS}
    every = {series(f"{name}_bucket", **labels, le="+Inf"): 1.0, series(f"{name}_count", **labels): 1.0}
    COUNTS.add({**reached, **every, series(f"{name}_sum", **labels): seconds})


def series(name: str, **labels: object) -> str:
    """A series as in the text format; values of labels are names of ours, and need no escaping."""
    written = ",".join(f'{key}="{value}"' for key, value in labels.items())
    return f"{PREFIX}{name}{{{written}}}" if written else f"{PREFIX}{name}"
