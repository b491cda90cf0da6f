"""The histogram of results over time, by year, month or day; each bar counts what its link shows.

An article dated only by month or year counts in every bar that overlaps its period, because a search for any
of these periods finds it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from articles import holdings
from articles.search.engine.hits import QUOTE_PARAMETERS, flat
from articles.search.engine.results import Results, first_of_each_family
from articles.search.engine.searcher import searching
from articles.search.query import Node, ParsedQuery, Words
from articles.search.query.nodes import conjunction, is_about_quotes
from articles.search.request.periods import whole_month, whole_year
from articles.search.request.query import Period, SearchRequest
from articles.search.results.answer import Answer

MOST_MONTHS = 12
MOST_DAYS = 31
PER = 1000


@dataclass(frozen=True)
class Bar:
    """One period: its results, those dated by a longer period (`wide`), those reviewed by a person (`read`).

    `held` is the number of articles with the same filters without the words; None if there are no words.
    """

    period: Period
    count: int
    wide: int
    read: int
    held: int | None
    url: str

    @property
    def rate(self) -> float | None:
        """Results per 1,000 articles; None where there are no articles."""
        return round(self.count * PER / self.held, 1) if self.held else None


@dataclass(frozen=True)
class WiderPeriod:
    """A link to a longer period; `period` is None for all years."""

    period: Period | None
    url: str


@dataclass(frozen=True)
class Histogram:
    """`unit` is year, month or day. Undated results are in no bar."""

    unit: str
    bars: tuple[Bar, ...]
    wider_periods: tuple[WiderPeriod, ...]
    undated: int
    read: int
    rated: bool


def histogram(answer: Answer, *, rates: bool = True) -> Histogram:
    """The histogram of an answer; the rates are counted in a snapshot of their own."""
    request, found = answer.request, answer.found
    unit, periods = _frame(request, found) if found is not None else ("year", [])
    base = without_words(request) if periods and rates else None
    held = [None] * len(periods) if base is None else _held(base, unit, periods)
    counts = _in_each(found, unit, periods) if found is not None else []
    bars = [
        Bar(period, *counted, number, request.narrowed(period))
        for period, counted, number in zip(periods, counts, held, strict=True)
    ]
    wider = tuple(_wider_periods(request))
    return Histogram(unit, tuple(bars), wider, answer.undated, answer.read, base is not None)


def without_words(request: SearchRequest) -> SearchRequest | None:
    """The request for articles with the same filters and no words; None where it has no words.

    For a request for quotes, conditions on quotes are dropped too: the rate is per 1,000 articles.
    """
    root = request.parsed.root
    if not request.of_quotes and (root is None or not any(map(_holds_words, root.walk()))):
        return None
    left = [node for node in flat(root) if not any(map(_holds_words, node.walk()))]
    any_of, none_of = request.any_of, request.none_of
    if request.of_quotes:
        left = [node for node in left if not is_about_quotes(node)]
        any_of, none_of = (
            {name: values for name, values in asked.items() if name not in QUOTE_PARAMETERS}
            for asked in (any_of, none_of)
        )
    return replace(
        request,
        scope="articles",
        parsed=ParsedQuery("", "articles", conjunction(left)),
        any_of=any_of,
        none_of=none_of,
        checked="any" if request.of_quotes else request.checked,
        speaker=None,
    )


def _holds_words(node: Node) -> bool:
    return isinstance(node, Words)


def _held(base: SearchRequest, unit: str, periods: Sequence[Period]) -> Sequence[int]:
    """The numbers of articles of a request in each period."""
    if base.copies == "all":
        if unit == "year" and base.is_unrestricted:
            held = holdings.articles_by_year()
            return [held.get(period.first.year, 0) for period in periods]
        first, last = periods[0], periods[-1]
        since = base.since if base.since and base.since.first > first.first else first
        until = base.until if base.until and base.until.last < last.last else last
        base = replace(base, since=since, until=until)
    with searching(base) as searcher:
        return [number for number, _, _ in _in_each(searcher.results(base), unit, periods)]


def _in_each(found: Results, unit: str, periods: Sequence[Period]) -> list[tuple[int, int, int]]:
    """For each period: results that overlap it, those dated by a longer period, those reviewed."""
    if found.request.copies == "one":
        return _once_in_each(found, periods)
    if unit == "year":
        counts, of_read = found.years(), found.years(read=True)
        years = [period.first.year for period in periods]
        return [(counts.get(year, 0), 0, of_read.get(year, 0)) for year in years]
    begins = np.array([period.first.toordinal() for period in periods])
    ends = np.array([period.last.toordinal() for period in periods])
    first, last = found.rows.column("published_on"), found.rows.column("published_until")
    # The first and the last period that each result overlaps.
    low, high = np.searchsorted(ends, first), np.searchsorted(begins, last, "right") - 1
    inside = (first > 0) & (low <= high)
    low, high, first, last = low[inside], high[inside], first[inside], last[inside]
    wide = (low < high) | (first < begins[low]) | (last > ends[high])

    def counted(chosen: np.ndarray) -> list[int]:
        size = len(periods) + 1
        begun, over = np.bincount(low[chosen], minlength=size), np.bincount(high[chosen] + 1, minlength=size)
        return np.cumsum(begun - over)[:-1].tolist()

    every, read = np.ones(len(low), bool), found.rows.column("read")[inside]
    return list(zip(*map(counted, (every, wide, read)), strict=True))


def _once_in_each(results: Results, periods: Sequence[Period]) -> list[tuple[int, int, int]]:
    """As `_in_each` with folded copies: each period chooses its own copy."""
    rows = results.every_copy
    first, last = rows.column("published_on"), rows.column("published_until")
    found = []
    for period in periods:
        begin, end = period.first.toordinal(), period.last.toordinal()
        inside = rows.chosen((first > 0) & (first <= end) & (last >= begin))
        inside = inside.chosen(first_of_each_family(inside))
        wide = (inside.column("published_on") < begin) | (inside.column("published_until") > end)
        found.append((len(inside), int(np.count_nonzero(wide)), int(np.count_nonzero(inside.column("read")))))
    return found


def _frame(request: SearchRequest, found: Results) -> tuple[str, list[Period]]:
    """The unit that suits the results, and every period of it from the first to the last."""
    days = found.rows.column("published_on")
    if not days.any():
        return "year", []
    first = dt.date.fromordinal(int(days[days > 0].min()))
    last = dt.date.fromordinal(int(found.rows.column("published_until").max()))
    begin = request.since.first if request.since else first
    end = request.until.last if request.until else last
    if _unit(begin, end) != "year":
        return _divided(begin, end)
    years = list(found.years())
    if len(years) > 1:
        return "year", [whole_year(year) for year in range(min(years), max(years) + 1)]
    # Only one of the requested years has results.
    return _divided(max(first, begin), min(last, end))


def _unit(first: dt.date, last: dt.date) -> str:
    if (last - first).days < MOST_DAYS:
        return "day"
    months = (last.year - first.year) * 12 + last.month - first.month
    return "month" if months < MOST_MONTHS else "year"


def _divided(first: dt.date, last: dt.date) -> tuple[str, list[Period]]:
    unit = _unit(first, last)
    if unit == "day":
        days = (first + dt.timedelta(days=n) for n in range((last - first).days + 1))
        return unit, [Period(day.isoformat(), day, day) for day in days]
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return "month", [whole_month(month // 12, month % 12 + 1) for month in months]


def _wider_periods(request: SearchRequest) -> Iterable[WiderPeriod]:
    """The month and year that contain the requested period, and all years; only those that are longer."""
    since, until = request.since, request.until
    if since is None and until is None:
        return
    if since is not None and until is not None:
        first, last = since.first, until.last
        for period in (whole_month(first.year, first.month), whole_year(first.year)):
            inside = period.first <= first and last <= period.last
            if inside and (first, last) != (period.first, period.last):
                yield WiderPeriod(period, request.address.url({"from": period.text, "to": period.text}))
    yield WiderPeriod(None, request.address.url({"from": None, "to": None}))
