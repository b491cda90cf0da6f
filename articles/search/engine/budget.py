"""Limits the work in Python for one request.

Work is counted in steps, not in seconds: the same request gets the same answer on every machine.
"""

from __future__ import annotations

from django.db import OperationalError

# One step is about the time to fold one word: half a microsecond on a slow machine.
MARKING_A_PAGE_OF_RESULTS = 4_000_000
MARKING_AN_ARTICLE = 1_500_000
COMPARING_SENTENCES = 4_000_000


class OverBudget(Exception):
    """The work would exceed the budget."""


class SearchTooLong(OperationalError):
    """Raised from a QueryCanceled, so that callers handle it like a statement timeout."""


class Budget:
    """Counts steps; `spend` raises OverBudget before work that would exceed the limit."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.spent = 0

    @property
    def left(self) -> int:
        return self.limit - self.spent

    def spend(self, steps: int) -> None:
        if steps > self.left:
            raise OverBudget
        self.spent += steps
