"""Hits over time: by year, by month or by day, as wide as the hits lie; each bar counts what its link shows.

What a paper dated by the month or the year alone may be of any day in it: it stands in every bar that its
period touches, as it is found by every period that it touches.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db import connection

from articles import holdings
from articles.search.engine import facets
from articles.search.engine.conditions import Sql
from articles.search.engine.documents import QUOTE_PARAMETERS, flat, select_hits
from articles.search.engine.hits import one_snapshot
from articles.search.engine.statements import numbers_by_year
from articles.search.history.as_of import tables_of
from articles.search.query import Node, ParsedQuery, Words
from articles.search.query.nodes import conjunction, is_about_quotes
from articles.search.request.periods import whole_month, whole_year
from articles.search.request.query import Period, Question
from articles.search.results.answer import Answer, Stretch, compilers, hits_of

MOST_MONTHS = 12
MOST_DAYS = 31
PER = 1000


@dataclass(frozen=True)
class Bar:
    """One period: its hits, those of them dated by a longer period, those read by a person.

    `held` is the number of articles under the same filters without the words, None where there are no words.
    """

    period: Period
    count: int
    wide: int
    read: int
    held: int | None
    url: str

    @property
    def rate(self) -> float | None:
        """Hits for each thousand articles held; undefined where none is held."""
        return round(self.count * PER / self.held, 1) if self.held else None


@dataclass(frozen=True)
class Way:
    """A way back out, to a longer period."""

    period: Period | None
    url: str


@dataclass(frozen=True)
class Histogram:
    """`unit` is year, month or day. The undated stand in no bar."""

    unit: str
    bars: tuple[Bar, ...]
    ways_out: tuple[Way, ...]
    undated: int
    read: int
    rated: bool


def histogram(answer: Answer) -> Histogram:
    """The hits of an answer over time, beside the articles held: one statement more, none without a hit."""
    question = answer.question
    unit, periods = _frame(answer)
    base = without_words(question) if periods else None
    rated = base is not None
    if question.copies == "one":
        counts = _once_in_each(question, periods)
        held = _once_in_each(base, periods) if base is not None else []
    else:
        counts = _in_each(periods, _years(answer) if unit == "year" else answer.stretches)
        # A speaker's page asks for enough without the one statement more that bits take.
        by_bits = question.scope != "speaker"
        held = _in_each(periods, _held(base, unit, periods, by_bits=by_bits)) if base is not None else []
    bars = [
        Bar(period, *counted, held[at][0] if rated else None, question.narrowed(period))
        for at, (period, counted) in enumerate(zip(periods, counts, strict=True))
    ]
    return Histogram(unit, tuple(bars), tuple(_ways_out(question)), answer.undated, answer.read, rated)


def without_words(question: Question) -> Question | None:
    """The question for articles under the same filters and without the words; None where there are no words.

    Quotes are counted for each thousand articles too, and what is asked of the quotes is left out then.
    """
    root = question.parsed.root
    if not question.of_quotes and (root is None or not any(map(_holds_words, root.walk()))):
        return None
    left = [node for node in flat(root) if not any(map(_holds_words, node.walk()))]
    any_of, none_of = question.any_of, question.none_of
    if question.of_quotes:
        left = [node for node in left if not is_about_quotes(node)]
        any_of, none_of = (
            {name: values for name, values in asked.items() if name not in QUOTE_PARAMETERS}
            for asked in (any_of, none_of)
        )
    return replace(
        question,
        scope="articles",
        parsed=ParsedQuery("", "articles", conjunction(left)),
        any_of=any_of,
        none_of=none_of,
        checked="any" if question.of_quotes else question.checked,
        speaker=None,
    )


def _holds_words(node: Node) -> bool:
    return isinstance(node, Words)


def _held(base: Question, unit: str, periods: Sequence[Period], *, by_bits: bool) -> list[Stretch]:
    """The articles of a question that touch these periods, by the periods that were printed."""
    if unit == "year" and base.is_of_all:
        return [_year(year, number, 0) for year, number in holdings.articles_by_year().items()]
    first, last = periods[0].first, periods[-1].last
    since = base.since.first if base.since else first
    until = base.until.last if base.until else last
    asked = replace(
        base, since=Period("", max(since, first), first), until=Period("", last, min(until, last))
    )
    printed = (
        "make_date(year, 1, 1), make_date(year, 12, 31)"
        if unit == "year"
        else "published_on, published_until"
    )
    if unit == "year" and by_bits:
        with one_snapshot():
            years = numbers_by_year(compilers(asked))
        if years is not None:
            return [_year(year, number, 0) for year, number in years.items()]
    with tables_of(base.as_of):
        return _counted(asked, printed)


def _counted(asked: Question, printed: str) -> list[Stretch]:
    hits = hits_of(compilers(asked))
    sql = Sql(
        f"WITH {facets.FAMILIES}, hits AS ({hits.text}) SELECT {printed}, count(*) FROM hits GROUP BY 1, 2",
        hits.params,
    )
    # Outside the transaction of the answer: the settings of searches do not suit counting all of a table.
    with connection.cursor() as cursor:
        cursor.execute(sql.text, sql.params)
        return [Stretch(start, end, count, 0) for start, end, count in cursor]


def _once_in_each(question: Question, periods: Sequence[Period]) -> list[tuple[int, int, int]]:
    """The same where copies count once: each period chooses the copy to be shown for itself."""
    if not periods:
        return []
    with tables_of(question.as_of), connection.cursor() as cursor:
        copied = select_hits(compilers(question), facets.columns(question))
        cursor.execute(
            _ONCE_IN_EACH.format(copied=copied.text),
            [*copied.params, [period.first for period in periods], [period.last for period in periods]],
        )
        found = {number: counted for number, *counted in cursor}
    return [tuple(found.get(number, (0, 0, 0))) for number in range(1, len(periods) + 1)]


_ONCE_IN_EACH = """
WITH copied AS MATERIALIZED ({copied})
SELECT number, count(*), count(*) FILTER (WHERE wide), count(*) FILTER (WHERE read)
FROM (
  SELECT p.number, c.read, c.published_on < p.first OR c.published_until > p.last AS wide, dense_rank() OVER (
    PARTITION BY p.number, coalesce(c.copy_of, c.article_id) ORDER BY c.copy_of IS NOT NULL, c.article_id
  ) AS copy
  FROM unnest(%s::date[], %s::date[]) WITH ORDINALITY AS p (first, last, number)
  JOIN copied c ON c.published_on <= p.last AND c.published_until >= p.first
) AS ranked WHERE copy = 1 GROUP BY number
"""


def _years(answer: Answer) -> list[Stretch]:
    return [_year(year.year, year.count, year.read) for year in answer.years]


def _year(year: int, count: int, read: int) -> Stretch:
    return Stretch(dt.date(year, 1, 1), dt.date(year, 12, 31), count, read)


def _in_each(periods: Sequence[Period], stretches: Iterable[Stretch]) -> list[tuple[int, int, int]]:
    """For each period how many touch it, how many of them are dated by a longer one, how many are read."""
    found = [[0, 0, 0] for _ in periods]
    for stretch in stretches:
        for counted, period in zip(found, periods, strict=True):
            if stretch.first <= period.last and stretch.last >= period.first:
                longer = stretch.first < period.first or stretch.last > period.last
                counted[0] += stretch.count
                counted[1] += stretch.count if longer else 0
                counted[2] += stretch.read
    return [(count, wide, read) for count, wide, read in found]


def _frame(answer: Answer) -> tuple[str, list[Period]]:
    """The unit in which the hits are best seen, and every period of it from the first to the last."""
    years = [year.year for year in answer.years if year.count]
    if not years:
        return "year", []
    since, until = answer.question.since, answer.question.until
    first, last = _ends(answer.stretches, years)
    begin, end = since.first if since else first, until.last if until else last
    if _unit(begin, end) != "year":
        return _divided(begin, end)
    if len(years) > 1:
        return "year", [whole_year(year) for year in range(years[0], years[-1] + 1)]
    # Of many years asked for one alone has hits.
    return _divided(max(first, begin), min(last, end))


def _ends(stretches: Sequence[Stretch], years: Sequence[int]) -> tuple[dt.date, dt.date]:
    """The first and the last day on which a hit may have been printed."""
    if not stretches:
        return dt.date(years[0], 1, 1), dt.date(years[-1], 12, 31)
    return min(stretch.first for stretch in stretches), max(stretch.last for stretch in stretches)


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


def _ways_out(question: Question) -> Iterable[Way]:
    """The month and the year that hold all that is asked for, and all years; each only where it is longer."""
    since, until = question.since, question.until
    if since is None and until is None:
        return
    if since is not None and until is not None:
        first, last = since.first, until.last
        for period in (whole_month(first.year, first.month), whole_year(first.year)):
            inside = period.first <= first and last <= period.last
            if inside and (first, last) != (period.first, period.last):
                yield Way(period, question.address.url({"from": period.text, "to": period.text}))
    yield Way(None, question.address.url({"from": None, "to": None}))
