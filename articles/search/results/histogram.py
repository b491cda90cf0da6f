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
from articles.search.engine.searcher import Searcher, searching
from articles.search.query import Node, ParsedQuery, Words
from articles.search.query.nodes import conjunction, is_about_quotes
from articles.search.request.periods import whole_month, whole_year
from articles.search.request.query import Period, SearchRequest
from articles.search.results.answer import Answer, PeriodCount

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
    request = answer.request
    unit, periods = _frame(answer)
    base = without_words(request) if periods and rates else None
    rated, once = base is not None, request.copies == "one"
    counts, held = _in_each(periods, _years(answer) if unit == "year" else answer.period_counts), []
    if periods and (once or (base is not None and not _is_held(base, unit))):
        with searching(request) as searcher:
            counts = _once_in_each(searcher.results(request), periods) if once else counts
            held = _held(base, unit, periods, searcher) if base is not None else []
    elif base is not None:
        years = holdings.articles_by_year().items()
        held = _in_each(periods, [_year(year, number, 0) for year, number in years])
    bars = [
        Bar(period, *counted, held[at][0] if rated else None, request.narrowed(period))
        for at, (period, counted) in enumerate(zip(periods, counts, strict=True))
    ]
    return Histogram(unit, tuple(bars), tuple(_wider_periods(request)), answer.undated, answer.read, rated)


def _is_held(base: SearchRequest, unit: str) -> bool:
    """Whether the database keeps the numbers of articles that are needed."""
    return unit == "year" and base.is_unrestricted and base.copies == "all"


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


def _held(
    base: SearchRequest, unit: str, periods: Sequence[Period], searcher: Searcher
) -> list[tuple[int, int, int]]:
    """The numbers of articles of a request in each period."""
    if base.copies == "one":
        return _once_in_each(searcher.results(base), periods)
    first, last = periods[0].first, periods[-1].last
    since = base.since.first if base.since else first
    until = base.until.last if base.until else last
    asked = replace(
        base, since=Period("", max(since, first), first), until=Period("", last, min(until, last))
    )
    found = searcher.results(asked)
    if unit == "year":
        return _in_each(periods, [_year(year, number, 0) for year, number in found.years().items()])
    return _in_each(periods, [_period(*each) for each in found.periods()])


def _period(first: int, last: int, read: bool, number: int) -> PeriodCount:
    begin, end = dt.date.fromordinal(first), dt.date.fromordinal(last)
    return PeriodCount(begin, end, number, number if read else 0)


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


def _years(answer: Answer) -> list[PeriodCount]:
    return [_year(year.year, year.count, year.read) for year in answer.years]


def _year(year: int, count: int, read: int) -> PeriodCount:
    return PeriodCount(dt.date(year, 1, 1), dt.date(year, 12, 31), count, read)


def _in_each(periods: Sequence[Period], counts: Iterable[PeriodCount]) -> list[tuple[int, int, int]]:
    """For each period: results that overlap it, those dated by a longer period, those reviewed."""
    found = [[0, 0, 0] for _ in periods]
    for each in counts:
        for counted, period in zip(found, periods, strict=True):
            if each.first <= period.last and each.last >= period.first:
                longer = each.first < period.first or each.last > period.last
                counted[0] += each.count
                counted[1] += each.count if longer else 0
                counted[2] += each.read
    return [(count, wide, read) for count, wide, read in found]


def _frame(answer: Answer) -> tuple[str, list[Period]]:
    """The unit that suits the results, and every period of it from the first to the last."""
    years = [year.year for year in answer.years if year.count]
    if not years:
        return "year", []
    since, until = answer.request.since, answer.request.until
    first, last = _ends(answer.period_counts, years)
    begin, end = since.first if since else first, until.last if until else last
    if _unit(begin, end) != "year":
        return _divided(begin, end)
    if len(years) > 1:
        return "year", [whole_year(year) for year in range(years[0], years[-1] + 1)]
    # Only one of the requested years has results.
    return _divided(max(first, begin), min(last, end))


def _ends(counts: Sequence[PeriodCount], years: Sequence[int]) -> tuple[dt.date, dt.date]:
    """The first and last day on which a result may have been published."""
    if not counts:
        return dt.date(years[0], 1, 1), dt.date(years[-1], 12, 31)
    return min(each.first for each in counts), max(each.last for each in counts)


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
