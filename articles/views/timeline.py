"""The timeline of a results page: hits by year, month or day, and their rate."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.formats import date_format

from articles import search
from articles.search import Answer, ArticleFilter, Bar
from articles.search.request.periods import whole_year
from articles.views import charts

FORMATS = {"year": "Y", "month": "F Y", "day": "j F Y"}
LABELS = {"year": "Y", "month": "M", "day": "j"}
# The chart of the rate is lower than that of the counts.
RATE_BASE = 70
# A rate of fewer articles is not reliable.
FEW_HELD = 20


@dataclass(frozen=True)
class Row:
    """A bar, or a range of years if there are too many, for chart and table."""

    bar: Bar
    label: str
    name: str


class OverTime:
    """The view model of a timeline."""

    def __init__(self, question: ArticleFilter, answer: Answer) -> None:
        self.question = question
        self.answer = answer
        self.histogram = search.histogram(answer)

    @property
    def one(self) -> str:
        return "quote" if self.answer.request.of_quotes else "article"

    @property
    def words(self) -> str:
        """Singular and plural of what is counted."""
        return f"{self.one},{self.one}s"

    @property
    def of_quotes(self) -> bool:
        return self.answer.request.of_quotes

    @cached_property
    def rows(self) -> list[Row]:
        bars, unit = self.histogram.bars, self.histogram.unit
        if unit == "year" and len(bars) > charts.SCROLLING:
            return self._runs(bars)
        return [
            Row(
                bar, date_format(bar.period.first, LABELS[unit]), date_format(bar.period.first, FORMATS[unit])
            )
            for bar in bars
        ]

    def _runs(self, years: Sequence[Bar]) -> list[Row]:
        """Decades or centuries."""
        counted = {bar.period.first.year: (bar.count, bar.read, bar.held or 0) for bar in years}
        runs = charts.periods(counted.items())
        return [Row(self._run(run, years[0]), run.label, run.name) for run in runs]

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
        return charts.draw([self._column(row) for row in self.rows], intervals=self._roles)

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
        number = f"{bar.count:,} {self.one if bar.count == 1 else f'{self.one}s'}"
        wide = f", {bar.wide:,} of them dated by {self._longer} alone" if bar.wide else ""
        return charts.Column(
            row.label, (bar.count - bar.wide, bar.wide), bar.url, f"{row.name}: {number}{wide}"
        )

    @property
    def _longer(self) -> str:
        return "the year" if self.histogram.unit == "month" else "the month or the year"

    @cached_property
    def rates(self) -> charts.Chart | None:
        if self.counts is None or not self.histogram.rated:
            return None
        columns = [
            charts.Column(
                row.label,
                self._solid_or_hollow(row.bar),
                row.bar.url,
                f"{row.name}: {row.bar.rate or 0:,} for every 1,000 of {row.bar.held or 0:,} held",
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
        what = f"{self.one.capitalize()}s by {self.histogram.unit}"
        if self.histogram.unit == "year":
            return what
        form = FORMATS["year" if self.histogram.unit == "month" else "month"]
        first, last = (date_format(row.bar.period.first, form) for row in (self.rows[0], self.rows[-1]))
        return f"{what}, {first}" if first == last else f"{what}, {first} to {last}"

    @property
    def ways_out(self) -> list[tuple[str, str]]:
        """Labels and URLs of the longer periods that contain this one."""
        found = []
        for way in self.histogram.wider_periods:
            if way.period is None:
                found.append(("All years", way.url))
            else:
                form = FORMATS["year" if len(way.period.text) == 4 else "month"]
                found.append((f"All of {date_format(way.period.first, form)}", way.url))
        return found

    @property
    def wide(self) -> str:
        """The precision of hits that count in several bars, if there are any."""
        return self._longer if any(bar.wide for bar in self.histogram.bars) else ""

    @property
    def folded(self) -> bool:
        return self.answer.request.copies == "one"

    @property
    def share_read(self) -> int:
        """Per cent, rounded down: 100 means every one."""
        return self.histogram.read * 100 // self.answer.count

    @property
    def undated_url(self) -> str:
        """The URL of the page where undated results begin; sorted by date, they come last."""
        asked = self.answer.request
        sort = asked.sort if asked.sort in ("newest", "oldest") else "newest"
        page = (self.answer.count - self.histogram.undated) // asked.size + 1
        return self.question.url(sort=None if sort == self.question.default_sort else sort, page=page)
