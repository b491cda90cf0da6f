"""Dates as printed: a day, a month or a year, held as the first day of the period."""

import datetime as dt

from django.db import models
from django.db.models import Q


class Precision(models.TextChoices):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


def as_printed(first_day: dt.date | None, precision: str) -> str:
    """Return the date at its own precision: ``2019``, ``2019-05`` or ``2019-05-30``; empty where unknown."""
    if first_day is None:
        return ""
    length = {Precision.YEAR: 4, Precision.MONTH: 7}.get(Precision(precision), 10)
    return first_day.isoformat()[:length]


def first_day_of_its_period(field: str, precision: str) -> Q:
    """A CHECK: a precision where there is a date and only there, and the date the first day of the period."""
    return (
        Q(**{f"{field}__isnull": True, precision: ""})
        | Q(**{f"{field}__isnull": False, precision: Precision.DAY})
        | Q(**{f"{field}__day": 1, precision: Precision.MONTH})
        | Q(**{f"{field}__day": 1, f"{field}__month": 1, precision: Precision.YEAR})
    )
