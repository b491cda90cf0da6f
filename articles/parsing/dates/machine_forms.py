"""Rewrites dates of programs (feeds, metadata, JavaScript, databases) to forms that `parser` reads."""

import re
from datetime import UTC, datetime, timedelta

from articles.parsing.dates.vocabulary import FINNISH_MONTHS, MONTHS

_COMPACT = re.compile(
    r"""([12]\d{3})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])
    (?:[T ]?([0-2]\d)(?::?([0-5]\d)(?::?([0-5]\d))?)?(?:[.,]\d+)?\s?(Z|[+-]\d\d:?\d\d)?)?""",
    re.VERBOSE | re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"(?<![\d./])([12]\d{3})([/.])(\d{1,2})\2(\d{1,2})\.?(?!\d)")
_CHINESE = re.compile(r"([12]\d{3})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_WEEKDAY = re.compile(r"([^\W\d_]{2,14})\.?,\s*(?=\d{1,2}[ .-]+[^\W\d_])")
_MACHINE_DAY = re.compile(r"(\d{1,2})([ -])([^\W\d_]{2,14})\.?\2(\d{2}(?!\d)|\d{4})(?=(?:,?\s+\d{1,2}:)?)")
_FINNISH_DAYS = frozenset(("ma", "ti", "ke", "to", "pe", "la", "su"))
_ENGLISH = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
# JavaScript appends the zone's name: «GMT+0100 (Central European Time)».
_NAME_OF_A_ZONE = re.compile(r"(?<=\d)\s*\([^()\d]{2,60}\)$|(?<=[+-]\d\d:\d\d)\[[\w/+-]{2,40}\]$")
# `ctime` writes the year last: «Wed Jan 31 10:15:00 2024», «Wed Jan 31 10:15:00 UTC 2024».
_YEAR_LAST = re.compile(
    r"(?:[^\W\d_]{2,10}\.?,? )?([^\W\d_]{3,9})\.? (\d{1,2}) (\d{1,2}:\d\d(?::\d\d)?)"
    r"( [A-Z]{1,4}| [+-]\d{4})? (\d{4})"
)
_EPOCH = re.compile(r"(?:/?Date\()?(\d{9,10}|\d{12,13}|\d{16})(?:\.\d+)?(?:\)/?)?")
_MOST_SECONDS, _FIRST_COMPACT_YEAR = 1_900_000_000, 1900
_START = datetime(1970, 1, 1, tzinfo=UTC)


def plain_form(value: str) -> str:
    """The same date in ISO form or with an English month; any other value is returned unchanged.

    >>> plain_form("Ke, 30 Lok 2013 11:34:37 +0000"), plain_form("20210304T101500Z")
    ('30 October 2013 11:34:37 +0000', '2021-03-04T10:15:00Z')
    """
    value = value.strip(" \"'")
    if compact := _COMPACT.fullmatch(value):
        return _from_figures(compact)
    value = _YEAR_FIRST.sub(lambda m: f"{m[1]}-{m[3]:0>2}-{m[4]:0>2}", value, count=1)
    value = _CHINESE.sub(lambda m: f"{m[1]}-{m[2]:0>2}-{m[3]:0>2}", value, count=1)
    value = _NAME_OF_A_ZONE.sub("", value)
    if last := _YEAR_LAST.fullmatch(value):
        return f"{last[2]} {_english(last[1])} {last[5]} {last[3]}{last[4] or ''}"
    weekday = _WEEKDAY.match(value)
    rest = value[weekday.end() :] if weekday else value
    found = _MACHINE_DAY.match(rest)
    if not found:
        return value
    finnish = weekday is not None and weekday[1].casefold() in _FINNISH_DAYS
    return _with_month_and_year(rest, found, finnish=finnish)


def from_epoch(value: str) -> str:
    """ISO form of seconds, milliseconds or microseconds since 1970; any other value is returned unchanged.

    >>> from_epoch("1614852900"), from_epoch("1614852900000"), from_epoch("2021030410")
    ('2021-03-04T10:15:00+00:00', '2021-03-04T10:15:00+00:00', '2021030410')
    """
    found = _EPOCH.fullmatch(value.strip())
    if not found:
        return value
    compact = _COMPACT.fullmatch(value.strip())
    seconds = int(found[1]) / {9: 1, 10: 1, 12: 1_000, 13: 1_000, 16: 1_000_000}[len(found[1])]
    if seconds > _MOST_SECONDS or (compact and int(compact[1]) >= _FIRST_COMPACT_YEAR):
        return value
    return (_START + timedelta(seconds=seconds)).isoformat()


def _from_figures(compact: re.Match[str]) -> str:
    year, month, day, hour, minute, second, zone = compact.groups()
    time = f"T{hour}:{minute or '00'}:{second or '00'}{zone or ''}" if hour else ""
    return f"{year}-{month}-{day}{time}"


def _english(month: str) -> str:
    number = MONTHS.get(month.casefold())
    return _ENGLISH[number - 1] if number else month


def _with_month_and_year(value: str, found: re.Match[str], *, finnish: bool) -> str:
    day, _, month, year = found.groups()
    if finnish and (number := FINNISH_MONTHS.get(month.casefold())):
        month = _ENGLISH[number - 1]
    month = _english(month)
    after = value[found.end() :]
    # RFC 822 allows two-digit years and RFC 2822 defines their century; only before a time with a zone.
    if len(year) == 2:
        if not re.match(r"\s+\d{1,2}:\d\d(?::\d\d)?\s+(?:[+-]\d{4}|[A-Z]{1,4})$", after):
            return value
        year = f"{'20' if int(year) < 50 else '19'}{year}"
    return f"{day} {month} {year}{after}"
