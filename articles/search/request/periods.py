"""Periods as readers write them in a URL or a query: `2019`, `2019-05`, `30/05/2019`, `-30d`."""

from __future__ import annotations

import calendar
import datetime as dt

from django.utils.translation import gettext

from articles.search.query.dates import read_date
from articles.search.request.messages import translated
from articles.search.request.query import Period


def whole_year(year: int) -> Period:
    return Period(f"{year:04}", dt.date(year, 1, 1), dt.date(year, 12, 31))


def whole_month(year: int, month: int) -> Period:
    last = calendar.monthrange(year, month)[1]
    return Period(f"{year:04}-{month:02}", dt.date(year, month, 1), dt.date(year, month, last))


def read_period(text: str, today: dt.date) -> Period:
    """Read a period; its text is the canonical form. Raises ValueError with a message for readers.

    >>> read_period("February 2019", dt.date(2026, 1, 1))
    Period(text='2019-02', first=datetime.date(2019, 2, 1), last=datetime.date(2019, 2, 28))
    """
    typed = read_date(text)
    if typed.problem:
        raise ValueError(translated(typed.problem))
    if typed.iso.startswith("-"):
        return _days_ago(typed.iso, today)
    year, month, day = (*map(int, typed.iso.split("-")), 0, 0)[:3]
    if day:
        return Period(typed.iso, dt.date(year, month, day), dt.date(year, month, day))
    return whole_month(year, month) if month else whole_year(year)


def _days_ago(text: str, today: dt.date) -> Period:
    try:
        day = today - dt.timedelta(days=int(text[1:-1]))
    except OverflowError:
        raise ValueError(gettext("“%(date)s” is not in the calendar") % {"date": text}) from None
    return Period(text, day, day)
