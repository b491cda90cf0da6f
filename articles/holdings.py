"""What the archive holds, counted: by year, by month, by publication, and by who has read the quotes.

Every figure is of ``published()`` or ``accepted()`` rows, as they are at this moment.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet
from django.db.models.functions import Coalesce, ExtractYear, TruncMonth

from articles.models import Article, Publication, Quote

READ = Q(quotes_state=Article.QuotesState.READ)
BY_RULE = Q(quotes_state__in=[Article.QuotesState.RULE, Article.QuotesState.PART])
UNREAD = Q(quotes_state=Article.QuotesState.UNREAD)
STATES = {"read": Count("pk", READ), "rule": Count("pk", BY_RULE), "unread": Count("pk", UNREAD)}


@dataclass(frozen=True)
class Totals:
    articles: int
    undated: int
    publications: int
    first: dt.date | None
    last: dt.date | None
    added: dt.datetime | None
    quotes: int
    speakers: int


@dataclass(frozen=True)
class Held:
    """How many articles of one stretch of time are held, and who has read the quotes in them."""

    period: dt.date | int | None
    articles: int
    read: int
    rule: int
    unread: int

    @property
    def parts(self) -> tuple[int, int, int]:
        return (self.read, self.rule, self.unread)

    @property
    def share_read(self) -> int:
        """Per cent, rounded down, so that 100 means every one."""
        return self.read * 100 // self.articles


@dataclass
class Months:
    """One publication's holdings, month by month."""

    publication: Publication
    months: list[Held] = field(default_factory=list)
    undated: Held | None = None

    @property
    def all(self) -> Held:
        """All months together, and the undated."""
        every = [*self.months, *([self.undated] if self.undated else [])]
        return Held(
            None,
            sum(held.articles for held in every),
            sum(held.read for held in every),
            sum(held.rule for held in every),
            sum(held.unread for held in every),
        )


def totals() -> Totals:
    articles = Article.objects.published().aggregate(
        articles=Count("pk"),
        undated=Count("pk", Q(published_on__isnull=True)),
        publications=Count("publication", distinct=True),
        first=Min("published_on"),
        last=Max("published_on"),
        added=Max("first_public_at"),
    )
    quotes = Quote.objects.accepted().aggregate(
        quotes=Count("pk"), speakers=Count(Coalesce("speaker__merged_into", "speaker"), distinct=True)
    )
    return Totals(**articles, **quotes)


def by_year(articles: QuerySet[Article] | None = None) -> list[Held]:
    """Years with articles in them, oldest first; the undated are left out."""
    held = Article.objects.published() if articles is None else articles
    dated = held.filter(published_on__isnull=False).annotate(period=ExtractYear("published_on"))
    rows = dated.order_by().values("period").annotate(articles=Count("pk"), **STATES).order_by("period")
    return [_held(row) for row in rows]


def by_month() -> list[Months]:
    """Each publication by month, in the order of their names; what is dated by year stands in January."""
    rows = (
        Article.objects.published()
        .annotate(period=TruncMonth("published_on"))
        .order_by()
        .values("publication", "period")
        .annotate(articles=Count("pk"), **STATES)
        .order_by("period")
    )
    publications = Publication.objects.in_bulk({row["publication"] for row in rows})
    found = {pk: Months(publication) for pk, publication in publications.items()}
    for row in rows:
        months = found[row["publication"]]
        if row["period"] is None:
            months.undated = _held(row)
        else:
            months.months.append(_held(row))
    return sorted(
        found.values(), key=lambda months: (months.publication.name.casefold(), months.publication.pk)
    )


def _held(row: Mapping[str, Any]) -> Held:
    return Held(row["period"], row["articles"], row["read"], row["rule"], row["unread"])


@dataclass(frozen=True)
class Day:
    date: dt.date
    articles: int


@dataclass(frozen=True)
class Month:
    """A month as a calendar: weeks from Monday, days of other months empty."""

    first: dt.date
    weeks: list[list[Day | None]]
    dated_by_month: int
    articles: int


def month(year: int, number: int) -> Month:
    """The days of a month with their counts; what is dated by the month alone is counted apart."""
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


def months_of(year: int) -> list[Held]:
    """The months of a year that hold something; what is dated by the year alone is left out."""
    rows = (
        Article.objects.published()
        .filter(published_on__year=year)
        .exclude(published_precision="year")
        .annotate(period=TruncMonth("published_on"))
        .order_by()
        .values("period")
        .annotate(articles=Count("pk"), **STATES)
        .order_by("period")
    )
    return [_held(row) for row in rows]
