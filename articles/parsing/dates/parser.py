"""Parses printed and machine-written dates; missing parts are never filled in from today's date.

dateparser does that, and returns one moment: it does not say whether a day, a month or a year was printed.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from articles.parsing.dates.machine_forms import from_epoch, plain_form
from articles.parsing.dates.vocabulary import COMMON_WORDS, FILLERS, MONTHS, UNSURE_ZONES, WEEKDAYS, ZONES
from articles.text.word_lists import words

_ANY_MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b"
_MONTH = "(?:" + "|".join(sorted(MONTHS.keys() - COMMON_WORDS, key=len, reverse=True)) + r")\b"
_DAY = r"(?:st|nd|rd|th|er|\.|º)?"
_PRINTED = re.compile(
    rf"""(?<![\w./-])(?:
      (?P<iso>[12]\d{{3}}-[01]?\d(?:-[0-3]?\d)?)
    | (?P<slashed_iso>[12]\d{{3}}/[01]\d/[0-3]\d)
    | (?P<first>[0-3]?\d)(?P<mark>[./-])(?P<second>[0-3]?\d)(?P=mark)(?P<numeric_year>[12]\d{{3}})
    | (?P<short>[0-3]?\d[./][0-3]?\d[./]\d\d)
    | (?P<d0>[0-3]?\d){_DAY}[ ](?:of[ ]|de[ ])?(?P<m0>{_ANY_MONTH})\.?,?
      [ ](?:de[ ]|del[ ])?(?P<y0>[12]\d{{3}})
    | (?P<y5>[12]\d{{3}})\.?[ ](?P<m5>{_MONTH})\.?[ ](?P<d5>[0-3]?\d)\.?(?![\d:])
    | (?P<d1>[0-3]?\d){_DAY}[ ](?:of[ ]|de[ ])?(?P<m1>{_MONTH})\.?,?
      (?:[ ](?:de[ ]|del[ ])?(?P<y1>[12]\d{{3}}))?
    | (?P<m2>{_MONTH})\.?[ ](?P<d2>[0-3]?\d){_DAY}(?![\d:])(?:,?[ ](?P<y2>[12]\d{{3}}))?
    | (?P<m3>{_MONTH})\.?,?[ ](?:de[ ])?(?P<y3>[12]\d{{3}})
    | (?P<y4>[12]\d{{3}})
    )(?!(?!T\d)[\w/-])""",
    re.VERBOSE | re.IGNORECASE,
)
_TIME = re.compile(
    r"""(?:(?<![\w.:])|(?<=\dT))(?P<hour>[0-2]?\d)(?:[:.h]|[ ]h[ ])(?P<minute>[0-5]\d)
    (?:[:.](?P<second>[0-5]\d)(?:\.\d{1,9})?)?
    [ ]?(?P<half>[ap]\.?m\b\.?)?
    (?:[ ]?(?:Uhr|hrs|uur|h)\b)?
    [ ]?\(?(?P<zone>(?:UTC|GMT)?[ ]?[+\-−][01]?\d:?(?:[0-5]\d)?|[A-Za-z]{1,4}\b)?\)?
    | (?<![\w.:])(?P<hour12>[0-2]?\d)[ ]?(?:(?P<half12>[ap]\.?m\b\.?)|(?:h|Uhr|uur)\b)
      (?:[ ](?P<zone12>[A-Za-z]{3,4}\b))?""",
    re.VERBOSE | re.IGNORECASE,
)
# Between a date and its time there is no number, and no word that says that the time is of an update.
_OF_ANOTHER_TIME = re.compile(r"\d|updat|modif|aktual|edit|amend", re.IGNORECASE)
# Between a time and the date after it.
_TO_THE_DATE = re.compile(r"[\s,|·•–-]*(?:\b(?:on|le|am|el|il|op|den|em|på|w|del?)\b)?[\s,]*$", re.IGNORECASE)
_ISO = re.compile(
    r"""(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)
    (?:[T ](?P<hour>\d\d):?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,9}))?)?
    [ ]?(?P<zone>Z|[+\-−]\d\d(?::?\d\d)?)?)?)?)?""",
    re.VERBOSE | re.IGNORECASE,
)
# Languages that put the day before the month, and their regions that do not.
_DAY_FIRST = words("de fr es it pt nl da sv no nb nn fi ro ru pl cs tr")
_MONTH_FIRST = words("es-US fr-CA")
# Programs write these days for «no date»: the starts of the counts of Unix, Excel and Windows.
_PLACEHOLDERS = words("1970-01-01 1969-12-31 1900-01-01 1899-12-30 1899-12-31 1601-01-01")
# No newspaper was printed before; Unix time in 32 bits ends after 2037.
_FIRST_YEAR, _LAST_YEAR = 1600, 2037
_BESIDE = WEEKDAYS | FILLERS | UNSURE_ZONES
_OFFSET = re.compile(r"(?:UTC|GMT)?\s?([+\-−])(\d\d?):?(\d\d)?", re.IGNORECASE)


@dataclass(frozen=True)
class PrintedDate:
    """A date with its printed precision; `at` is set only if time *and* zone are printed."""

    on: date
    precision: str
    at: datetime | None = None
    note: str = ""


def is_utc(at: datetime | None) -> bool:
    """Whether an instant is in UTC, so that the newspaper's local day may differ."""
    return at is not None and not at.utcoffset()


def is_placeholder(date: PrintedDate) -> bool:
    """Whether programs write this date where they have none: 0001-01-01, 1970-01-01, 2099-12-31."""
    return not _FIRST_YEAR <= date.on.year <= _LAST_YEAR or date.on.isoformat() in _PLACEHOLDERS


class UnclearDate(ValueError):
    """The value is not a date or is ambiguous; the message says why."""

    @property
    def reason(self) -> str:
        """The message without the advice for people who typed the value."""
        return str(self).partition(";")[0]


def read_date(value: str, language: str = "") -> PrintedDate:
    """Parse a value that is only one date or instant; raises `UnclearDate`.

    >>> read_date("2019-05").precision, read_date("2019-05-30T23:30-05:00").on.isoformat()
    ('month', '2019-05-30')
    """
    value = " ".join(value.split())
    if len(value) > 100:
        raise UnclearDate("not a date")
    value = plain_form(value)
    if exact := _ISO.fullmatch(value):
        return _from_iso(exact)
    found, rest = find_dates(value, language)
    if len(found) != 1 or any(word.casefold() not in _BESIDE for word in re.findall(r"\w+", rest)):
        raise UnclearDate("not a date; write 2019, 2019-05, 2019-05-30 or 2019-05-30T23:30-05:00")
    if isinstance(found[0], UnclearDate):
        raise found[0]
    return found[0]


def read_machine_date(value: str, language: str = "") -> PrintedDate:
    """Parse a date that a program wrote, also as a number since 1970; raises `UnclearDate`.

    Call this for metadata, feeds and exports; `is_placeholder` tells dates that mean «no date».
    """
    return read_date(from_epoch(value[:200]), language)


def find_dates(line: str, language: str = "") -> tuple[list[PrintedDate | UnclearDate], str]:
    """All dates of a short line in order, and the line with each date and time replaced by «\\n»."""
    found: list[PrintedDate | UnclearDate] = []
    rest: list[str] = []
    position = 0
    for match in _PRINTED.finditer(line):
        if match.start() < position:
            continue
        before = line[position : match.start()]
        if earlier := _time_before(before):
            rest += before[: earlier.start()], "\n"
            position = match.end()
            found.append(_read(match, earlier, language))
            continue
        rest += before, "\n"
        position = match.end()
        clock = _TIME.search(line, position, position + 40)
        between = line[position : clock.start()] if clock else ""
        if clock and not re.search(r"\d", between):
            rest.append(between if between != "T" else "")
            position = clock.end()
        if clock and _OF_ANOTHER_TIME.search(between):
            clock = None
        found.append(_read(match, clock, language))
    rest.append(line[position:])
    return found, "".join(rest)


def _time_before(text: str) -> re.Match[str] | None:
    """The time at the end of the text before a date: «7:07 PM EST, Nov 19», «7.07pm on 19 November»."""
    text = _TO_THE_DATE.sub("", text)
    return next((found for found in _TIME.finditer(text) if found.end() == len(text)), None)


def _read(match: re.Match[str], clock: re.Match[str] | None, language: str) -> PrintedDate | UnclearDate:
    try:
        on, precision = _day(match, language)
        return _with_time(on, precision, clock)
    except UnclearDate as unclear:
        return unclear


def _day(match: re.Match[str], language: str) -> tuple[date, str]:
    part = match.groupdict()
    if part["iso"] or part["slashed_iso"]:
        return _date(*map(int, re.split("[-/]", match[0])))
    if part["mark"]:
        return _numeric(match, language)
    if part["short"]:
        raise UnclearDate(f"{match[0]} has no century")
    for day, month, year in (("d0", "m0", "y0"), ("d5", "m5", "y5"), ("d1", "m1", "y1"), ("d2", "m2", "y2")):
        if part[month]:
            if not part[year]:
                raise UnclearDate(f"{match[0].strip(' ,.')} has no year")
            return _date(int(part[year]), MONTHS[part[month].casefold()], int(part[day]))
    if part["m3"]:
        return _date(int(part["y3"]), MONTHS[part["m3"].casefold()])
    return _date(int(part["y4"]))


def _numeric(match: re.Match[str], language: str) -> tuple[date, str]:
    """A numeric date: unambiguous if a number is over twelve, both are equal, or the language decides.

    English has both orders.
    """
    first, second, year = int(match["first"]), int(match["second"]), int(match["numeric_year"])
    day_first = language.split("-")[0] in _DAY_FIRST and language not in _MONTH_FIRST
    if day_first or first > 12 or first == second:
        return _date(year, second, first)
    if second > 12:
        return _date(year, first, second)
    either = sorted({date(year, second, first).isoformat(), date(year, first, second).isoformat()})
    raise UnclearDate(f"{match[0]} can be {either[0]} or {either[1]}")


def _date(year: int, month: int = 0, day: int = 0) -> tuple[date, str]:
    try:
        return date(year, month or 1, day or 1), "day" if day else "month" if month else "year"
    except ValueError:
        raise UnclearDate(f"there is no {year:04}-{month:02}" + (f"-{day:02}" if day else "")) from None


def _with_time(on: date, precision: str, clock: re.Match[str] | None) -> PrintedDate:
    if clock is None or precision != "day":
        return PrintedDate(on, precision)
    hour, minute = int(clock["hour"] or clock["hour12"]), int(clock["minute"] or 0)
    if half := clock["half"] or clock["half12"]:
        if not 1 <= hour <= 12:
            raise UnclearDate(f"there is no time {clock[0].strip()}")
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    zone = _zone(clock["zone"] or clock["zone12"] or "")
    return _instant(on, (hour, minute, int(clock["second"] or 0), 0), zone, clock[0].strip())


def _from_iso(match: re.Match[str]) -> PrintedDate:
    part = match.groupdict()
    on, precision = _date(*(int(part[name]) for name in ("year", "month", "day") if part[name]))
    if (part["month"] and not int(part["month"])) or (part["day"] and not int(part["day"])):
        raise UnclearDate(f"there is no {match[0]}")
    if not part["hour"]:
        return PrintedDate(on, precision)
    micro = int((part["fraction"] or "0").ljust(6, "0")[:6])
    time = (int(part["hour"]), int(part["minute"]), int(part["second"] or 0), micro)
    return _instant(on, time, _zone(part["zone"] or ""), match[0])


def _zone(printed: str) -> timezone | None:
    printed = printed.strip()
    if printed.casefold() in ZONES:
        return timezone(timedelta(minutes=ZONES[printed.casefold()]))
    if not (offset := _OFFSET.fullmatch(printed)):
        return None
    minutes = int(offset[2]) * 60 + int(offset[3] or 0)
    if minutes > 14 * 60:
        raise UnclearDate(f"there is no time zone {printed}")
    return timezone(timedelta(minutes=minutes if offset[1] == "+" else -minutes))


def _instant(on: date, time: tuple[int, int, int, int], zone: timezone | None, printed: str) -> PrintedDate:
    hour, minute, second, micro = time
    try:
        at = datetime(on.year, on.month, on.day, hour, minute, second, micro, tzinfo=zone)
    except ValueError:
        raise UnclearDate(f"there is no time {printed}") from None
    if zone is None:
        return PrintedDate(on, "day", None, f"the time in {printed} has no clear zone and is left out")
    return PrintedDate(on, "day", at)
