"""Parses the dates of a table column by the formats that its mapping names; nothing is guessed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from articles.parsing.dates.parser import UnclearDate, read_date
from articles.parsing.parsed import Problem, RowError

DAY_FIRST, MONTH_FIRST = "day first", "month first"
# Numbers count only at the length of such values since about 1973: «2019» is a year.
_LENGTHS = {"unix seconds": (9, 10), "unix milliseconds": (12, 13), "excel days": (5,)}
NUMBERS = tuple(_LENGTHS)
_ZERO = re.compile(r"[0\s:./TZ+-]*")
_FIGURES = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?:[T ]+(\d.*))?")
_NO_CENTURY = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d\d(?!\d)")
_TIME = re.compile(
    r"(?P<day>.*?)[T ,]+(?P<hour>[0-2]?\d):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:\.\d+)?)?"
)


_PROBE = "no date at all"


@dataclass(frozen=True)
class DateForms:
    """The date formats of a file: day or month first, further formats, the zone of times without one."""

    order: str = ""
    forms: tuple[str, ...] = ()
    zone: str = ""
    zero: str = "refuse"


class Undecided(UnclearDate):
    """An ambiguous date that the mapping must decide."""


def date_fields(column: str, value: str, forms: DateForms) -> Mapping[str, str | Problem]:
    """The date fields of a row: a day or period, and an instant if time and zone are known.

    A value that is not a date becomes a `Problem`. Raises `RowError` if the mapping must decide.
    """
    value = " ".join(value.split())
    if is_zero(value):
        if forms.zero == "none":
            return {}
        raise RowError(column, value, 'is no date: choose to import it without one (zero = "none")')
    try:
        return _by_form(value, forms) or _in_figures(value, forms) or _as_printed(value, forms)
    except Undecided as undecided:
        raise RowError(column, value, str(undecided)) from None
    except UnclearDate as unclear:
        return {column: Problem(column, value, str(unclear))}
    except OverflowError:
        return {column: Problem(column, value, "is before the first or after the last possible day")}


def is_zero(value: str) -> bool:
    """Whether the value is a database's placeholder for no date: «0000-00-00»."""
    return "0" in value and _ZERO.fullmatch(value) is not None


def is_pattern(form: str) -> bool:
    """Whether `strptime` accepts the pattern."""
    try:
        datetime.strptime(_PROBE, form)  # noqa: DTZ007 - only the pattern is of interest
    except ValueError as error:
        return _PROBE in str(error)
    except re.error:
        return False
    return True


def _by_form(value: str, forms: DateForms) -> dict[str, str]:
    for form in forms.forms:
        try:
            # `_moment` adds the time zone where the value names none.
            found = _number(value, form) if form in NUMBERS else datetime.strptime(value, form)  # noqa: DTZ007
        except (ValueError, OverflowError):
            continue
        if form in NUMBERS or re.search(r"%[HIX]", form):
            return _moment(found, forms)
        return {"published_on": found.date().isoformat()}
    return {}


def _number(value: str, form: str) -> datetime:
    if len(value.partition(".")[0]) not in _LENGTHS[form]:
        raise ValueError(value)
    if form == "excel days":
        return datetime(1899, 12, 30) + timedelta(days=float(value))  # noqa: DTZ001 - a spreadsheet has no zone
    return datetime.fromtimestamp(float(value) / (1000 if form.endswith("milliseconds") else 1), UTC)


def _in_figures(value: str, forms: DateForms) -> dict[str, str]:
    """A numeric date: the mapping says if the day comes first, or one number is over twelve."""
    if _NO_CENTURY.match(value):
        raise Undecided("has no century: choose how dates are written (forms, such as %d.%m.%y)")
    if not (match := _FIGURES.fullmatch(value)):
        return {}
    first, second, year = int(match[1]), int(match[2]), int(match[3])
    if not forms.order and first <= 12 and second <= 12 and first != second:
        either = sorted(f"{year}-{month:02}-{day:02}" for month, day in ((first, second), (second, first)))
        raise Undecided(f"can be {either[0]} or {either[1]}: choose {DAY_FIRST} or {MONTH_FIRST}")
    day_first = forms.order == DAY_FIRST or (not forms.order and second <= 12)
    day, month = (first, second) if day_first else (second, first)
    try:
        on = date(year, month, day)
    except ValueError:
        missing = f"day {day} in month {month} of {year}" if 1 <= month <= 12 else f"month {month}"
        if _is_date(year, day, month):
            raise Undecided(f"there is no {missing}: choose how dates are written") from None
        raise UnclearDate(f"there is no {missing}") from None
    return _as_printed(f"{on}T{match[4]}" if match[4] else on.isoformat(), forms)


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _as_printed(value: str, forms: DateForms) -> dict[str, str]:
    """An unambiguous date; a time without a zone has the mapping's zone."""
    if forms.zone and (match := _TIME.fullmatch(value)):
        on = read_date(match["day"])
        if on.precision == "day":
            hour, minute, second = (int(match[name] or 0) for name in ("hour", "minute", "second"))
            try:
                return _moment(datetime.combine(on.on, time(hour, minute, second)), forms)
            except ValueError:
                raise UnclearDate(f"there is no time {value}") from None
    found = read_date(value)
    lengths = {"day": 10, "month": 7, "year": 4}
    day = {"published_on": found.on.isoformat()[: lengths[found.precision]]}
    return day | ({"published_at": found.at.isoformat()} if found.at else {})


def _moment(found: datetime, forms: DateForms) -> dict[str, str]:
    """The newspaper's day, and the instant unless the local time is ambiguous or does not exist."""
    zone = ZoneInfo(forms.zone) if forms.zone else None
    if found.tzinfo is None:
        day = {"published_on": found.date().isoformat()}
        if zone is None:
            return day
        there = found.replace(tzinfo=zone)
        if there.utcoffset() != there.replace(fold=1).utcoffset():
            return day
    else:
        there = found.astimezone(zone) if zone else found
    return {"published_on": there.date().isoformat(), "published_at": there.isoformat()}
