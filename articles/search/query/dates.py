"""Dates as readers type them: `2015`, `May 2015`, `5 March 2021`, `31/12/2015`. The day precedes the month.

Not dateutil, which takes what is missing from today's date and guesses the order of day and month.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from articles.search.query.messages import Message, gettext_noop, message

MONTHS = (
    gettext_noop("January"),
    gettext_noop("February"),
    gettext_noop("March"),
    gettext_noop("April"),
    gettext_noop("May"),
    gettext_noop("June"),
    gettext_noop("July"),
    gettext_noop("August"),
    gettext_noop("September"),
    gettext_noop("October"),
    gettext_noop("November"),
    gettext_noop("December"),
)
# The canonical forms, as in a URL.
PERIOD = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?|-[0-9]{1,5}d")
LONGEST = 40
# A date of at most this many words, as in `5 March 2021`.
MOST_WORDS = 3
_BY_NAME = {name.lower()[:length]: at for at, name in enumerate(MONTHS, 1) for length in range(3, 10)}
_BY_NAME["sept"] = 9
_YEAR_FIRST = re.compile(r"([0-9]{4})(?:[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?)?")
_DAY_FIRST = re.compile(r"(?:([0-9]{1,2})[-/.])?([0-9]{1,2})[-/.]([0-9]{4})")
_NAMED = re.compile(r"(?:([0-9]{1,2})(?:st|nd|rd|th)? (?:of )?)?([a-z]{3,9})\.?,? ([0-9]{4})")
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})")
_SHORT_YEAR = re.compile(r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2}")


@dataclass(frozen=True)
class TypedDate:
    """`iso` is the date as in a URL, empty if there is a problem; `instead` is what was perhaps meant."""

    iso: str = ""
    problem: Message | None = None
    instead: str = ""


def read_date(text: str) -> TypedDate:
    """Read a typed date.

    >>> read_date("31/12/2015").iso, read_date("May 2015").iso, read_date("12/31/2015").instead
    ('2015-12-31', '2015-05', '31/12/2015')
    """
    if len(text) > LONGEST:
        return TypedDate(problem=_no_date(f"{text[:LONGEST]}…"))
    typed = " ".join(text.lower().split())
    if typed.startswith("-"):
        return TypedDate(typed) if PERIOD.fullmatch(typed) else TypedDate(problem=_no_date(text))
    if _SHORT_YEAR.fullmatch(typed):
        problem = gettext_noop("Write the year of “%(date)s” with four digits")
        return TypedDate(problem=message(problem, date=text))
    parts = _parts(typed)
    return TypedDate(problem=_no_date(text)) if parts is None else _dated(text, *parts)


def read_words(words: Sequence[str]) -> tuple[int, TypedDate]:
    """The date at the beginning of these words, and how many of them it has.

    >>> read_words(["5", "March", "2021", "flood"])
    (3, TypedDate(iso='2021-03-05', problem=None, instead=''))
    """
    alone = read_date(words[0])
    if alone.iso or alone.instead:
        return 1, alone
    for count in range(min(MOST_WORDS, len(words)), 1, -1):
        typed = read_date(" ".join(words[:count]))
        if typed.iso:
            return count, typed
    return 1, alone


def written_date(iso: str) -> Message:
    """A date of a URL as it is written: “30 May 2019”, “May 2019”, “2019”."""
    year, *rest = iso.split("-")
    if not rest or iso.startswith("-"):
        return message("%(date)s", date=iso)
    month = message(MONTHS[int(rest[0]) - 1])
    if len(rest) == 1:
        return message(gettext_noop("%(month)s %(year)s"), month=month, year=year)
    return message(gettext_noop("%(day)s %(month)s %(year)s"), day=int(rest[1]), month=month, year=year)


def _parts(typed: str) -> tuple[str | int | None, ...] | None:
    """Year, month and day, None for what is missing; None if it has no form of a date."""
    if found := _YEAR_FIRST.fullmatch(typed):
        return found.groups()
    if found := _DAY_FIRST.fullmatch(typed):
        return found.groups()[::-1]
    if found := _NAMED.fullmatch(typed):
        day, name, year = found.groups()
    elif found := _MONTH_FIRST.fullmatch(typed):
        name, day, year = found.groups()
    else:
        return None
    return (year, _BY_NAME[name], day) if name in _BY_NAME else None


def _dated(text: str, *given: str | int | None) -> TypedDate:
    year, month, day = (None if part is None else int(part) for part in given)
    written = [f"{part:02}" for part in (month, day) if part is not None]
    if year is not None and _is_valid(year, 1 if month is None else month, 1 if day is None else day):
        return TypedDate("-".join([f"{year:04}", *written]))
    if year and month and day and _DAY_FIRST.fullmatch(text.strip()) and _is_valid(year, day, month):
        instead = f"{month}/{day}/{year:04}"
        problem = gettext_noop("“%(date)s” has the month first. Write the day first: %(instead)s")
        return TypedDate(problem=message(problem, date=text, instead=instead), instead=instead)
    return TypedDate(problem=message(gettext_noop("“%(date)s” is not in the calendar"), date=text))


def _is_valid(year: int, month: int, day: int) -> bool:
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True


def _no_date(text: str) -> Message:
    problem = gettext_noop(
        "“%(date)s” is not a date we can read. Write 2019, May 2019, 30/05/2019 (day first) or 2019-05-30"
    )
    return message(problem, date=text)
