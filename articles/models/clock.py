"""The time, as the database tells it. What is public, due or late must not depend on a web machine's clock.

Asked at most once a minute in each process; in between the process counts the seconds itself.
"""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass

from django.db import Error, connection
from django.utils import timezone

MOST_SECONDS = 60
# An answer that took longer is asked for again, and the quickest of three is believed.
QUICK_SECONDS = 0.02


@dataclass(frozen=True)
class _Reading:
    moment: dt.datetime
    # Of this process's own clock, which nobody can set: just before and just after asking.
    asked: float
    answered: float

    @property
    def took(self) -> float:
        return self.answered - self.asked

    def at(self, instant: float) -> dt.datetime:
        """Never behind the database, which may just have made something public."""
        return self.moment + dt.timedelta(seconds=instant - self.asked)


_last: _Reading | None = None


def now() -> dt.datetime:
    global _last
    last, instant = _last, time.monotonic()
    if last is None or instant - last.asked > MOST_SECONDS:
        try:
            last = _last = _read()
        except Error:
            # In a transaction that failed; or the database is away, which the page will find out itself.
            if last is None:
                raise
    return last.at(time.monotonic())


def today() -> dt.date:
    """In the zone of the archive."""
    return timezone.localdate(now())


def ahead_of_this_machine() -> float:
    """By how many seconds the database's clock is ahead of this machine's."""
    reading = _read()
    here = timezone.now() - dt.timedelta(seconds=time.monotonic() - reading.answered)
    return (reading.at(reading.answered) - here).total_seconds()


def _read() -> _Reading:
    reading = _ask()
    for _ in range(2):
        if reading.took > QUICK_SECONDS:
            reading = min(reading, _ask(), key=lambda each: each.took)
    return reading


def _ask() -> _Reading:
    """Not by Django's cursor: it is no query of the page, and stands in front of no other wrapper."""
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    asked = time.monotonic()
    with connection.wrap_database_errors:
        row = connection.connection.execute("SELECT clock_timestamp()").fetchone()
    return _Reading(row[0].astimezone(dt.UTC), asked, time.monotonic())
