"""The timeline of a results page: hits by year, month or day, and their rate."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from articles import search
from articles.presenters import counted
from articles.search import Answer, ArticleFilter, Bar
from articles.search.request.periods import whole_year
from articles.views import charts

FORMATS = {"year": "Y", "month": "F Y", "day": "j F Y"}
LABELS = {"year": "Y", "month": "M", "day": "j"}
# The chart of the rate is lower than that of the counts, and the strip above the results is lowest.
RATE_BASE = 70
STRIP_BASE, STRIP_TOP = 34, 3
HEADINGS = {
    ("article", "year"): _("Articles by year"),
    ("article", "month"): _("Articles by month"),
    ("article", "day"): _("Articles by day"),
    ("quote", "year"): _("Quotes by year"),
    ("quote", "month"): _("Quotes by month"),
    ("quote", "day"): _("Quotes by day"),
}
UNITS = {"year": _("Year"), "month": _("Month"), "day": _("Day")}
# A rate of fewer articles is not reliable.
FEW_HELD = 20


@dataclass(frozen=True)
class Row:
    """A bar, or a range of years if there are too many, for chart and table."""

    bar: Bar
    label: str
    name: str
    url: str


class OverTime:
    """The view model of a timeline: a strip above the results, or charts with rates and a table.

    `details` is the URL of the page with charts and table; without it, this is that page.
    `path` is put before the links, which otherwise are relative to the results page.
    """

    def __init__(self, question: ArticleFilter, answer: Answer, *, details: str = "", path: str = "") -> None:
        self.question = question
        self.answer = answer
        self.details = details
        self.path = path
        self.histogram = search.histogram(answer, rates=not details)

    @property
    def words(self) -> str:
        """Singular and plural of what is counted."""
        return "quote,quotes" if self.of_quotes else "article,articles"

    @property
    def of_quotes(self) -> bool:
        return self.answer.request.of_quotes

    @cached_property
    def rows(self) -> list[Row]:
        bars, unit = self.histogram.bars, self.histogram.unit
        if unit == "year" and len(bars) > charts.SCROLLING:
            return self._runs(bars)
        return [
            self._row(
                bar, date_format(bar.period.first, LABELS[unit]), date_format(bar.period.first, FORMATS[unit])
            )
            for bar in bars
        ]

    def _row(self, bar: Bar, label: str, name: str) -> Row:
        return Row(bar, label, name, f"{self.path}{bar.url}")

    def _runs(self, years: Sequence[Bar]) -> list[Row]:
        """Decades or centuries."""
        counted = {bar.period.first.year: (bar.count, bar.read, bar.held or 0) for bar in years}
        runs = charts.periods(counted.items())
        return [self._row(self._run(run, years[0]), run.label, run.name) for run in runs]

    def _run(self, run: charts.Period, like: Bar) -> Bar:
        count, read, held = run.parts
        first, last = whole_year(max(run.first, 1)), whole_year(min(run.last, 9999))
        return replace(
            like,
            period=first,
            count=count,
            read=read,
            held=None if like.held is None else held,
            url=self.answer.request.narrowed(first, last),
        )

    @cached_property
    def counts(self) -> charts.Chart | None:
        """The chart of the counts; None for a single period."""
        if len(self.rows) < 2:
            return None
        columns = [self._column(row) for row in self.rows]
        if self.details:
            return charts.draw(columns, STRIP_BASE, top=STRIP_TOP)
        return charts.draw(columns, intervals=self._roles)

    @property
    def _roles(self) -> list[charts.Interval]:
        """The roles of the speaker in these years, if a begin or end is known."""
        speaker = self.answer.request.speaker
        roles = [role for role in speaker.roles.all() if role.since or role.until] if speaker else []
        intervals = []
        for role in roles:
            first = self._across(role.since) if role.since else 0.0
            last = self._across(role.until + dt.timedelta(days=1)) if role.until else 1.0
            if first < last:
                intervals.append(charts.Interval(str(role), first, last))
        return intervals

    def _across(self, day: dt.date) -> float:
        """The position of a day as a share of the width; all columns are equally wide."""
        starts = [row.bar.period.first for row in self.rows]
        end = starts[-1] + (starts[-1] - starts[-2])
        if not starts[0] < day < end:
            return 0.0 if day <= starts[0] else 1.0
        at = bisect_right(starts, day) - 1
        following = starts[at + 1] if at + 1 < len(starts) else end
        return (at + (day - starts[at]) / (following - starts[at])) / len(starts)

    def _column(self, row: Row) -> charts.Column:
        bar = row.bar
        named = {"period": row.name, "found": counted(bar.count, self.words), "wide": f"{bar.wide:,}"}
        if not bar.wide:
            title = gettext("%(period)s: %(found)s") % named
        elif self.histogram.unit == "month":
            title = gettext("%(period)s: %(found)s, %(wide)s of them dated only by year") % named
        else:
            title = gettext("%(period)s: %(found)s, %(wide)s of them without an exact day") % named
        return charts.Column(row.label, (bar.count - bar.wide, bar.wide), row.url, title)

    @cached_property
    def rates(self) -> charts.Chart | None:
        if self.counts is None or not self.histogram.rated:
            return None
        columns = [
            charts.Column(
                row.label,
                self._solid_or_hollow(row.bar),
                row.url,
                gettext("%(period)s: %(rate)s per 1,000 articles, of %(articles)s")
                % {
                    "period": row.name,
                    "rate": f"{row.bar.rate or 0:,}",
                    "articles": f"{row.bar.held or 0:,}",
                },
            )
            for row in self.rows
        ]
        return charts.draw(columns, RATE_BASE)

    @staticmethod
    def _solid_or_hollow(bar: Bar) -> tuple[float, float, float]:
        rate = bar.rate or 0
        return (0, 0, rate) if (bar.held or 0) < FEW_HELD else (rate, 0, 0)

    @property
    def hollow(self) -> int:
        """The number of articles below which a rate is drawn hollow, if any is."""
        few = any(row.bar.count and (row.bar.held or 0) < FEW_HELD for row in self.rows)
        return FEW_HELD if few and self.rates else 0

    @property
    def heading(self) -> str:
        """The heading, with the period if it is not all: «Articles by day, May 2019»."""
        unit = self.histogram.unit
        what = str(HEADINGS["quote" if self.of_quotes else "article", unit])
        if unit == "year":
            return what
        form = FORMATS["year" if unit == "month" else "month"]
        first, last = (date_format(row.bar.period.first, form) for row in (self.rows[0], self.rows[-1]))
        named = {"heading": what, "first": first, "last": last}
        if first == last:
            return gettext("%(heading)s, %(first)s") % named
        return gettext("%(heading)s, %(first)s to %(last)s") % named

    @property
    def ways_out(self) -> list[tuple[str, str]]:
        """Labels and URLs of the longer periods that contain this one."""
        found = []
        for way in self.histogram.wider_periods:
            if way.period is None:
                found.append((gettext("All years"), f"{self.path}{way.url}"))
            else:
                form = FORMATS["year" if len(way.period.text) == 4 else "month"]
                label = gettext("All of %(period)s") % {"period": date_format(way.period.first, form)}
                found.append((label, f"{self.path}{way.url}"))
        return found

    @property
    def wide(self) -> bool:
        """Whether some results count in several bars."""
        return any(bar.wide for bar in self.histogram.bars)

    @property
    def unit(self) -> str:
        """The heading of the column of periods."""
        return str(UNITS[self.histogram.unit])

    @property
    def folded(self) -> bool:
        return self.answer.request.copies == "one"

    @property
    def checked(self) -> str:
        """How many of the results an editor has checked. Per cent are rounded down: 100 means every one."""
        count, read = self.answer.count, self.histogram.read
        named = {"read": f"{read:,}", "count": f"{count:,}", "share": read * 100 // count}
        if read:
            return gettext("%(read)s of %(count)s checked by an editor (%(share)s%%)") % named
        return (
            gettext("Not checked yet") if count == 1 else gettext("None of these %(count)s checked") % named
        )

    @property
    def undated(self) -> str:
        """The link text for results without a date; empty if there are none."""
        number = self.histogram.undated
        named = {"number": number, "shown": f"{number:,}"}
        text = ngettext(
            "%(shown)s undated result is not shown.", "%(shown)s undated results are not shown.", number
        )
        return text % named if number else ""

    @property
    def undated_url(self) -> str:
        """The URL of the page where undated results begin; sorted by date, they come last."""
        asked = self.answer.request
        sort = asked.sort if asked.sort in ("newest", "oldest") else "newest"
        page = (self.answer.count - self.histogram.undated) // asked.size + 1
        sorted_by = None if sort == self.question.default_sort else sort
        return f"{self.path}{self.question.url(sort=sorted_by, page=page)}"
