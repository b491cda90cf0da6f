"""Dates as printed: a day, a month or a year, held as the first day of the period."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast, ExtractDay, ExtractMonth
from django.db.models.lookups import Exact

WRONG_PRECISION = "A date has a precision, and a precision a date; a month or year is given by its first day."


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
    """A CHECK: a precision where there is a date and only there, and the date the first day of the period.

    Never null, which a CHECK takes for true; the cast says what a null is when a form asks before saving.
    """
    day = Cast(F(field), models.DateField())
    first, january = Exact(ExtractDay(day), 1), Exact(ExtractMonth(day), 1)
    dated = Q(**{f"{field}__isnull": False})
    return (
        Q(**{f"{field}__isnull": True, precision: ""})
        | dated & Q(**{precision: Precision.DAY})
        | dated & Q(**{precision: Precision.MONTH}) & Q(first)
        | dated & Q(**{precision: Precision.YEAR}) & Q(first) & Q(january)
    )
