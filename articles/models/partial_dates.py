"""Dates of the precision day, month or year, stored as the first day of the period."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast, ExtractDay, ExtractMonth
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

WRONG_PRECISION = _("Enter both a date and its precision. For a month or a year, enter its first day.")


class Precision(models.TextChoices):
    DAY = "day", _("Day")
    MONTH = "month", _("Month")
    YEAR = "year", _("Year")


def as_printed(first_day: dt.date | None, precision: str) -> str:
    """The date at its precision: ``2019``, ``2019-05`` or ``2019-05-30``; empty if unknown."""
    if first_day is None:
        return ""
    length = {Precision.YEAR: 4, Precision.MONTH: 7}.get(Precision(precision), 10)
    return first_day.isoformat()[:length]


def first_day_of_its_period(field: str, precision: str) -> Q:
    """Constraint condition: date and precision are both set or both empty, and the date begins the period.

    Never null, which a CHECK treats as true. The cast gives a null its type when a form validates.
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
