"""What is known of how a newspaper prints its articles, applied to an article that was parsed without it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from articles.parsing.bylines import authors_of, is_name
from articles.parsing.dates.columns import DAY_FIRST, MONTH_FIRST
from articles.parsing.dates.parser import PrintedDate
from articles.parsing.dates.timelines import read_timestamp_line
from articles.parsing.normalization import tidy
from articles.parsing.parsed import ParsedArticle
from articles.text.time_zones import zone_named

__all__ = ["DAY_FIRST", "MONTH_FIRST", "HouseStyle", "byline_form", "in_house_style", "orders_of"]

NAME = "{name}"
_FIGURES = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?![\d./-])")
_CLOCK = re.compile(r"(?<![\d:.])([01]?\d|2[0-3])[:.]([0-5]\d)(?![\d:.])(?!\s?[ap]\.?m)", re.IGNORECASE)
_LONGEST = 400
_NEAR_EDGE = 3  # paragraphs at the beginning and at the end in which a byline may be


@dataclass(frozen=True)
class HouseStyle:
    """Confirmed habits of one newspaper; empty values change nothing.

    `labels` name the interviewer; `byline` is a line with `{name}`; `cut_lines` are whole paragraphs.
    """

    labels: tuple[str, ...] = ()
    date_order: str = ""
    time_zone: str = ""
    byline: str = ""
    cut_lines: tuple[str, ...] = ()


def in_house_style(parsed: ParsedArticle, style: HouseStyle) -> ParsedArticle:
    """Fill what the parser left open, and cut the newspaper's own boilerplate; nothing found is replaced."""
    parsed = _without_lines(parsed, style.cut_lines)
    if style.byline and not parsed.byline:
        parsed = _with_byline(parsed, style.byline)
    if style.date_order and parsed.published_on is None:
        parsed = _dated(parsed, style.date_order)
    zone = zone_named(style.time_zone) if style.time_zone else None
    if zone and parsed.published_on and parsed.published_at is None and parsed.published_precision == "day":
        parsed = _timed(parsed, zone)
    return parsed


def _without_lines(parsed: ParsedArticle, lines: tuple[str, ...]) -> ParsedArticle:
    cut = {key for line in lines if (key := line_key(line))}
    paragraphs = parsed.body.split("\n\n")
    kept = [one for one in paragraphs if len(one) > _LONGEST or line_key(one) not in cut]
    # A text of nothing but such lines is not boilerplate.
    if not kept or len(kept) == len(paragraphs):
        return parsed
    gone = tuple(one for one in paragraphs if len(one) <= _LONGEST and line_key(one) in cut)
    return replace(parsed, body="\n\n".join(kept), removed=(*parsed.removed, *gone))


def line_key(line: str) -> str:
    """Equal for lines that differ only in case and blanks."""
    return tidy(line).casefold()


def _with_byline(parsed: ParsedArticle, form: str) -> ParsedArticle:
    """Take the only paragraph near the top or the end that has the form of a byline."""
    paragraphs = parsed.body.split("\n\n")
    edge = {*range(_NEAR_EDGE), *range(len(paragraphs) - _NEAR_EDGE, len(paragraphs))}
    found = [n for n, one in enumerate(paragraphs) if n in edge and _name_in(tidy(one), form)]
    if len(found) != 1 or len(paragraphs) == 1:
        return parsed
    byline = tidy(paragraphs[found[0]])
    body = "\n\n".join(one for n, one in enumerate(paragraphs) if n != found[0])
    return replace(parsed, byline=byline, authors=(_name_in(byline, form),), body=body)


def _name_in(line: str, form: str) -> str:
    """The name in a line of the form; empty if the line has another form."""
    before, mark, after = form.partition(NAME)
    if not mark or not line.startswith(before) or not line.endswith(after) or len(line) > _LONGEST:
        return ""
    name = line[len(before) : len(line) - len(after)]
    return name if is_name(name) else ""


def byline_form(byline: str) -> str:
    """The form of a byline with one name: «Words: {name}» of «Words: Ada Okafor»; empty if unclear.

    A bare name has no form: any line with a name would have it.
    """
    words = [match.span() for match in re.finditer(r"[^\s,;/|]+", byline)][:12]
    spans = [
        (first, end)
        for n, (first, _) in enumerate(words)
        for _, end in words[n + 1 : n + 5]
        if is_name(byline[first:end])
    ]
    longest = max(spans, key=lambda span: span[1] - span[0], default=None)
    if longest is None or byline[slice(*longest)] == byline or len(authors_of(byline)) > 1:
        return ""
    return byline[: longest[0]] + NAME + byline[longest[1] :]


def orders_of(line: str) -> dict[str, date]:
    """Both readings of the only ambiguous date of a line, by order; empty for any other line."""
    found = _FIGURES.findall(line)
    if len(found) != 1:
        return {}
    first, second, year = int(found[0][0]), int(found[0][2]), int(found[0][3])
    if not (1 <= first <= 12 and 1 <= second <= 12) or first == second:
        return {}
    return {DAY_FIRST: date(year, second, first), MONTH_FIRST: date(year, first, second)}


def _dated(parsed: ParsedArticle, order: str) -> ParsedArticle:
    """Take the date of the removed lines if, in this order, they have only one."""
    found = {stamp for line in parsed.removed if (stamp := _stamp_in_order(line, order, parsed.language))}
    if len(found) != 1:
        return parsed
    stamp = found.pop()
    at = stamp.at
    return replace(parsed, published_on=stamp.on, published_precision=stamp.precision, published_at=at)


def _stamp_in_order(line: str, order: str, language: str) -> PrintedDate | None:
    readings = orders_of(line)
    if order not in readings:
        return None
    stamp = read_timestamp_line(_FIGURES.sub(readings[order].isoformat(), tidy(line)), language)
    return stamp.published if stamp else None


def _timed(parsed: ParsedArticle, zone: ZoneInfo) -> ParsedArticle:
    """The instant, if the line of the date has one time of day, which the zone has exactly once."""
    times = {found for line in parsed.removed for found in _times_of(line, parsed)}
    if len(times) != 1 or parsed.published_on is None:
        return parsed
    at = datetime.combine(parsed.published_on, times.pop(), zone)
    if at.utcoffset() != at.replace(fold=1).utcoffset():
        return parsed
    return replace(parsed, published_at=at)


def _times_of(line: str, parsed: ParsedArticle) -> Iterator[time]:
    day = parsed.published_on
    line = tidy(line)
    readings = orders_of(line)
    if day in readings.values() and day:
        line = _FIGURES.sub(day.isoformat(), line)
    stamp = read_timestamp_line(line, parsed.language)
    if stamp is None or stamp.published is None or stamp.published.on != day or stamp.published.at:
        return
    clocks = _CLOCK.findall(_FIGURES.sub(" ", line).replace(day.isoformat() if day else "", " "))
    if len(clocks) == 1:
        yield time(int(clocks[0][0]), int(clocks[0][1]))
