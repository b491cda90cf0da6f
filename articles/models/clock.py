"""The time of the database, so that no embargo depends on the clock of a web server.

Each process asks at most once a minute and adds the seconds since then from its monotonic clock.
"""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass

from django.db import Error, connection
from django.utils import timezone

MOST_SECONDS = 60
# A slower answer is repeated up to twice, and the fastest one is used.
QUICK_SECONDS = 0.02


@dataclass(frozen=True)
class _Reading:
    moment: dt.datetime
    # Monotonic clock of this process, just before and just after asking.
    asked: float
    answered: float

    @property
    def took(self) -> float:
        return self.answered - self.asked

    def at(self, instant: float) -> dt.datetime:
        """The time at ``instant``; never behind the database, where something may have become public."""
        return self.moment + dt.timedelta(seconds=instant - self.asked)


_last: _Reading | None = None


def now() -> dt.datetime:
    global _last
    last, instant = _last, time.monotonic()
    if last is None or instant - last.asked > MOST_SECONDS:
        try:
            last = _last = _read()
        except Error:
            # The transaction has failed, or the database is down, which the page will notice itself.
            if last is None:
                raise
    return last.at(time.monotonic())


def today() -> dt.date:
    """The date in the time zone of the archive."""
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
    """Ask on the psycopg connection, so that it does not count as a query of the page."""
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    asked = time.monotonic()
    with connection.wrap_database_errors:
        row = connection.connection.execute("SELECT clock_timestamp()").fetchone()
    return _Reading(row[0].astimezone(dt.UTC), asked, time.monotonic())
