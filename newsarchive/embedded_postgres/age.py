"""How old a version of PostgreSQL is, without asking anybody.

Minor releases come on the second Thursday of February, May, August and November. A release between them moves
the following numbers to earlier dates, so a date from this calendar may be late, but is never too early.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice, takewhile

# Releases outside the calendar that came since version 15.
EXTRA = (date(2024, 11, 21), date(2025, 2, 20), date(2026, 2, 26))
THURSDAY = 3
A_YEAR = timedelta(days=365)


def released(version: str, today: date) -> date | None:
    """The latest day on which it can have been released; None if that is still to come."""
    major, _, minor = version.partition(".")
    days = takewhile(lambda day: day <= today, _releases(int(major)))
    return next(islice(days, max(int(minor or 0), 1) - 1, None), None)


def warning(version: str, today: date) -> str:
    """What an operator should know of a version that is older than a year; else empty."""
    day = released(version, today)
    if day is None or today - day <= A_YEAR:
        return ""
    return (
        f"PostgreSQL {version} is more than a year old (released by {day:%B %Y}) and lacks security fixes:"
        " install the newest release of the archive, or update the PostgreSQL of the system"
    )


def _releases(major: int) -> Iterator[date]:
    """The days of its minor releases. Version 18.0 came in autumn 2025, and 18.1 in November."""
    year, month = 2007 + major, 11
    last = date(year, month, 1)
    while True:
        day = _second_thursday(year, month)
        yield from (extra for extra in EXTRA if last < extra < day)
        yield day
        last, year, month = day, year + month // 11, (month + 2) % 12 + 1


def _second_thursday(year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(THURSDAY - first.weekday()) % 7 + 7)
