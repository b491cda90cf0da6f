"""Periods as readers write them in a URL or a query: `2019`, `2019-05`, `2019-05-30`, `-30d`."""

from __future__ import annotations

import calendar
import datetime as dt

from articles.search.query.parser import PERIOD
from articles.search.request.query import Period


def whole_year(year: int) -> Period:
    return Period(f"{year:04}", dt.date(year, 1, 1), dt.date(year, 12, 31))


def whole_month(year: int, month: int) -> Period:
    last = calendar.monthrange(year, month)[1]
    return Period(f"{year:04}-{month:02}", dt.date(year, month, 1), dt.date(year, month, last))


def read_period(text: str, today: dt.date) -> Period:
    """Read a period; raises ValueError where the text is none.

    >>> read_period("2019-02", dt.date(2026, 1, 1)).last
    datetime.date(2019, 2, 28)
    """
    if not PERIOD.fullmatch(text):
        raise ValueError(f"“{text[:40]}” is not a date such as 2019, 2019-05, 2019-05-30 or -30d")
    try:
        if text.startswith("-"):
            day_then = today - dt.timedelta(days=int(text[1:-1]))
            return Period(text, day_then, day_then)
        year, month, day = (*(int(part) for part in text.split("-")), 0, 0)[:3]
        first = dt.date(year, month or 1, day or 1)
        if day:
            return Period(text, first, first)
        last_month = month or 12
        return Period(text, first, dt.date(year, last_month, calendar.monthrange(year, last_month)[1]))
    except (ValueError, OverflowError):
        raise ValueError(f"“{text}” is not a day of the calendar") from None
