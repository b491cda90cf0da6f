"""Counts of public articles and quotes: by year, month, publication and review state.

Triggers maintain the sums with each write (see ``Holding``), so that no page has to count articles. Every
count equals that of ``published()`` or ``accepted()`` at this moment.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import connection
from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, ExtractYear

from articles.models import Article, Holding, Publication, SearchDocument, Speaker, clock

READ = Q(quotes_state=Article.QuotesState.READ)
BY_RULE = Q(quotes_state__in=[Article.QuotesState.RULE, Article.QuotesState.PART])
UNREAD = Q(quotes_state=Article.QuotesState.UNREAD)


def _number(condition: Q | None = None) -> Coalesce:
    return Coalesce(Sum("number", filter=condition), 0)


ARTICLES = {"articles": _number(), "read": _number(READ), "rule": _number(BY_RULE), "unread": _number(UNREAD)}


@dataclass(frozen=True)
class Totals:
    """Totals of the archive. ``first`` and ``last`` are the first days of months."""

    articles: int
    undated: int
    publications: int
    first: dt.date | None
    last: dt.date | None
    added: dt.datetime | None
    quotes: int
    speakers: int


# A year, the first day of a month or year, or None for undated articles.
Period = TypeVar("Period", bound=dt.date | int | None)


@dataclass(frozen=True)
class PeriodCount(Generic[Period]):
    """The number of articles of a period, by the review state of their quotes."""

    period: Period
    articles: int
    read: int
    rule: int
    unread: int

    @property
    def as_written(self) -> str:
        """The period as in a URL: ``2019-05`` or ``2019``."""
        return self.period.isoformat()[:7] if isinstance(self.period, dt.date) else str(self.period or "")

    @property
    def parts(self) -> tuple[int, int, int]:
        return (self.read, self.rule, self.unread)

    @property
    def share_read(self) -> int:
        """Per cent, rounded down: 100 means every article."""
        return self.read * 100 // self.articles if self.articles else 0


def combined(every: Iterable[PeriodCount[Any]], period: Period) -> PeriodCount[Period]:  # of any periods
    """The sum of several counts."""
    parts = [count.parts for count in every]
    read, rule, unread = (sum(part) for part in zip(*parts, strict=True)) if parts else (0, 0, 0)
    return PeriodCount(period, read + rule + unread, read, rule, unread)


@dataclass
class Months:
    """The holdings of one publication by month, plus articles dated by year only and undated ones.

    The properties are cached: read them after all counts are added.
    """

    publication: Publication
    months: list[PeriodCount[dt.date]] = field(default_factory=list)
    years: list[PeriodCount[dt.date]] = field(default_factory=list)
    undated: PeriodCount[None] | None = None

    @cached_property
    def all(self) -> PeriodCount[None]:
        """The sum of all counts, including those without a month."""
        return combined([*self.months, *self.years, *([self.undated] if self.undated else [])], None)

    @cached_property
    def most(self) -> int:
        """The number of articles of the largest month."""
        return max((count.articles for count in self.months), default=0)

    @cached_property
    def grid(self) -> list[Year]:
        """All years from first to last; consecutive empty years form one ``Year`` without months."""
        months: dict[int, list[PeriodCount[dt.date] | None]] = defaultdict(lambda: [None] * 12)
        for count in self.months:
            months[count.period.year][count.period.month - 1] = count
        whole = {count.period.year: count for count in self.years}
        found: list[Year] = []
        for year in sorted({*months, *whole}):
            if found and found[-1].last < year - 1:
                found.append(Year(found[-1].last + 1, year - 1))
            found.append(Year(year, year, tuple(months[year]), whole.get(year)))
        return found


@dataclass(frozen=True)
class Year:
    """A year of a publication: twelve months, None if empty, and the articles dated by year only.

    Without months: a run of empty years.
    """

    first: int
    last: int
    months: tuple[PeriodCount[dt.date] | None, ...] = ()
    whole: PeriodCount[dt.date] | None = None

    @property
    def all(self) -> PeriodCount[int]:
        return combined([count for count in (*self.months, self.whole) if count], self.first)


# Rows of a query with the columns of ARTICLES, which no checker knows.
Sums = Any


def _period_count(row: Mapping[str, Sums]) -> PeriodCount[Any]:  # of the periods by which the query groups
    return PeriodCount(row["period"], row["articles"], row["read"], row["rule"], row["unread"])


def _holdings(kind: str) -> QuerySet[Holding]:
    """The counts of this kind whose embargo has passed."""
    return Holding.objects.visible().filter(kind=kind).order_by()


def quotes_without_speaker() -> int:
    """The number of public quotes without a linked speaker."""
    unnamed = _holdings(Holding.Kind.SPEAKER).filter(thing_id__isnull=True)
    return unnamed.aggregate(n=_number())["n"]


def totals() -> Totals:
    return overview().totals


def _quotes() -> tuple[int, int]:
    """The numbers of public quotes and of their speakers; merged speakers count once."""
    merged = Speaker.objects.filter(merged_into__isnull=False)
    into = dict(merged.values_list("pk", "canonical_speaker"))
    with connection.cursor() as cursor:
        cursor.execute(_QUOTED, {"now": clock.now(), "merged": [*{*into, *into.values()}]})
        quotes, speakers, found = cursor.fetchone()
    return quotes, speakers - len(found) + len({into.get(speaker, speaker) for speaker in found})


# Tens of thousands of sums.
_QUOTED = """
SELECT coalesce(sum(n), 0)::bigint, count(thing_id),
  coalesce(array_agg(thing_id) FILTER (WHERE thing_id = ANY(%(merged)s::bigint[])), '{}')
FROM (
  SELECT thing_id, sum(number::int) AS n FROM holding
  WHERE kind = 'speaker' AND (embargo IS NULL OR embargo <= %(now)s) GROUP BY 1 HAVING sum(number::int) > 0
) AS quoted"""


def _last_added() -> dt.datetime | None:
    visible = SearchDocument.objects.filter(visible_from__lte=clock.now(), first_public_at__isnull=False)
    return visible.order_by("-first_public_at").values_list("first_public_at", flat=True).first()


def by_year(kind: str = Holding.Kind.PUBLICATION, thing_id: int | None = None) -> list[PeriodCount[int]]:
    """Years with articles, of one category or of the archive, oldest first, without undated ones."""
    holdings = _holdings(kind) if thing_id is None else _holdings(kind).filter(thing_id=thing_id)
    dated = holdings.filter(period__isnull=False).values(year=ExtractYear("period"))
    rows: Sums = dated.annotate(**ARTICLES).order_by("year")
    return [_period_count({**row, "period": row["year"]}) for row in rows if row["articles"]]


def number_of(kind: str, thing_id: int) -> int:
    """The number of articles of one category."""
    return _holdings(kind).filter(thing_id=thing_id).aggregate(n=_number())["n"]


def articles_by_year() -> dict[int, int]:
    """The number of articles per year, without undated ones."""
    return {count.period: count.articles for count in by_year()}


def largest(kind: str, most: int) -> dict[int, int]:
    """The categories of a kind with the most articles: id to number, largest first."""
    things = _holdings(kind).values("thing_id").annotate(n=_number()).filter(n__gt=0)
    rows = things.order_by("-n", "thing_id").values_list("thing_id", "n")
    return {thing: number for thing, number in rows[:most] if thing is not None}


def of_each(kind: str) -> dict[int, tuple[int, dt.date | None, dt.date | None]]:
    """By id of each category with articles: their number, first and last period."""
    counts = _holdings(kind).values("thing_id", "period").annotate(n=_number()).filter(n__gt=0)
    found: dict[int, tuple[int, dt.date | None, dt.date | None]] = {}
    for thing, period, n in counts.values_list("thing_id", "period", "n"):
        if thing is None:
            continue
        number, first, last = found.get(thing, (0, None, None))
        dates = [date for date in (first, last, period) if date]
        found[thing] = (number + n, min(dates, default=None), max(dates, default=None))
    return found


def by_month() -> list[Months]:
    """The monthly counts of each publication, ordered by name."""
    sums: Sums = (
        _holdings(Holding.Kind.PUBLICATION)
        .values("thing_id", "period", "whole_year")
        .annotate(**ARTICLES)
        .order_by("period")
    )
    rows = [row for row in sums if row["articles"]]
    publications = Publication.objects.in_bulk({row["thing_id"] for row in rows})
    found = {pk: Months(publication) for pk, publication in publications.items()}
    for row in rows:
        months = found[row["thing_id"]]
        if row["period"] is None:
            months.undated = _period_count(row)
        else:
            (months.years if row["whole_year"] else months.months).append(_period_count(row))
    return sorted(found.values(), key=_by_name)


@dataclass(frozen=True)
class YearlyCoverage:
    """One publication by year: the number of articles and of months with articles."""

    publication: Publication
    articles: int
    years: Mapping[int, tuple[int, int]]


@dataclass(frozen=True)
class Overview:
    """The totals, the years of all publications together, and the years of each, ordered by name.

    Undated articles count only in totals. Only ``name`` and ``slug`` of the publications are loaded.
    """

    totals: Totals
    by_year: list[PeriodCount[int]]
    publications: list[YearlyCoverage]


def overview() -> Overview:
    """Everything that the front page says of the holdings; sums those of publications once."""
    with connection.cursor() as cursor:
        cursor.execute(_OVERVIEW, [clock.now()])
        rows = [_YearOfPublication(*row) for row in cursor.fetchall()]
    of_years: dict[int, list[PeriodCount[int]]] = defaultdict(list)
    publications: dict[int, list[_YearOfPublication]] = defaultdict(list)
    for row in rows:
        publications[row.pk].append(row)
        if row.year is not None:
            unread = row.articles - row.read - row.rule
            of_years[row.year].append(PeriodCount(row.year, row.articles, row.read, row.rule, unread))
    covered = [
        YearlyCoverage(
            Publication(pk=pk, name=of[0].name, slug=of[0].slug),
            sum(row.articles for row in of),
            {row.year: (row.articles, row.months) for row in of if row.year is not None},
        )
        for pk, of in publications.items()
    ]
    by_year = [combined(of_years[year], year) for year in sorted(of_years)]
    return Overview(_totals_of(rows), by_year, sorted(covered, key=_by_name))


def _totals_of(rows: Sequence[_YearOfPublication]) -> Totals:
    quotes, speakers = _quotes()
    return Totals(
        articles=sum(row.articles for row in rows),
        undated=sum(row.articles for row in rows if row.year is None),
        publications=len({row.pk for row in rows}),
        first=min((row.first for row in rows if row.first), default=None),
        last=max((row.last for row in rows if row.last), default=None),
        added=_last_added(),
        quotes=quotes,
        speakers=speakers,
    )


class _YearOfPublication(NamedTuple):
    """The articles of a publication in one year, or its undated ones, by the state of their quotes."""

    pk: int
    name: str
    slug: str
    year: int | None
    articles: int
    read: int
    rule: int
    months: int
    first: dt.date | None
    last: dt.date | None


def _by_name(holding: YearlyCoverage | Months) -> tuple[str, int]:
    return (holding.publication.name.casefold(), holding.publication.pk)


# Summing bigint gives numeric, which takes a fifth longer.
_OVERVIEW = """
SELECT p.id, p.name, p.slug, extract(year FROM period)::int, sum(n)::int, sum(read)::int, sum(rule)::int,
  count(*) FILTER (WHERE NOT whole_year), min(period), max(period)
FROM (
  SELECT thing_id, period, whole_year, sum(number::int) AS n,
    coalesce(sum(number::int) FILTER (WHERE quotes_state = 'read'), 0) AS read,
    coalesce(sum(number::int) FILTER (WHERE quotes_state IN ('rule', 'part')), 0) AS rule
  FROM holding WHERE kind = 'publication' AND (embargo IS NULL OR embargo <= %s)
  GROUP BY 1, 2, 3 HAVING sum(number::int) > 0
) AS held JOIN articles_publication p ON p.id = held.thing_id GROUP BY 1, 2, 3, 4
"""


def compact() -> None:
    """Merge the rows that writes have added; the sums stay the same."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT archive_settle_holdings()")


def rebuild() -> None:
    """Recount everything from the search index, which is locked meanwhile; repairs wrong sums."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT archive_recount_holdings()")


@dataclass(frozen=True)
class Day:
    date: dt.date
    articles: int


@dataclass(frozen=True)
class Month:
    """A month as a calendar: weeks begin on Monday, days of other months are empty."""

    first: dt.date
    weeks: list[list[Day | None]]
    dated_by_month: int
    articles: int


def month(year: int, number: int) -> Month:
    """The days of a month with their counts, and the number of articles dated by month only."""
    first = dt.date(year, number, 1)
    last = first.replace(day=calendar.monthrange(year, number)[1])
    rows = (
        Article.objects.published()
        .filter(published_on__range=(first, last))
        .order_by()
        .values_list("published_on", "published_precision")
        .annotate(Count("pk"))
    )
    days: dict[dt.date, int] = defaultdict(int)
    whole = 0
    for on, precision, count in rows:
        if precision == "day":
            days[on] += count
        elif precision == "month":
            whole += count
    weeks = [
        [
            Day(first.replace(day=number), days[first.replace(day=number)]) if number else None
            for number in week
        ]
        for week in calendar.Calendar().monthdayscalendar(year, number)
    ]
    return Month(first, weeks, whole, sum(days.values()) + whole)


def months_of(year: int) -> tuple[list[PeriodCount[dt.date]], int]:
    """The months of a year with articles, and the number of articles dated by year only."""
    within = _holdings(Holding.Kind.PUBLICATION).filter(period__year=year)
    months: Sums = within.filter(whole_year=False).values("period").annotate(**ARTICLES).order_by("period")
    whole = within.filter(whole_year=True).aggregate(n=_number())["n"]
    return [_period_count(row) for row in months if row["articles"]], whole
