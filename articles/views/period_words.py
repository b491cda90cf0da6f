"""The dates of a search in words: “in 2015”, “from May 2015 to June 2016”."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext

from articles.search import Period
from articles.search.request.periods import whole_month, whole_year


def period_in_words(since: Period | None, until: Period | None) -> str:
    """The period with its preposition; empty for a search without dates."""
    if since and until:
        names = {"first": _name(since), "last": _name(until)}
        if names["first"] != names["last"]:
            return gettext("from %(first)s to %(last)s") % names
        return (gettext("on %(first)s") if since.first == since.last else gettext("in %(first)s")) % names
    if since:
        return gettext("from %(first)s") % {"first": _name(since)}
    return gettext("up to %(last)s") % {"last": _name(until)} if until else ""


def _name(period: Period) -> str:
    """The year, month or day."""
    first = period.first
    for unit, form in ((whole_year(first.year), "Y"), (whole_month(first.year, first.month), "F Y")):
        if (first, period.last) == (unit.first, unit.last):
            return date_format(first, form)
    return date_format(first, "j F Y")
