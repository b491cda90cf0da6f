"""The queue of undecided reports, grouped by subject, and the list of decisions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils.translation import gettext_lazy

from articles.models import Article, Quote, Report, clock

TABS = {
    "": gettext_lazy("Open"),
    "late": gettext_lazy("Over a week old"),
    "ours": gettext_lazy("Our mistakes"),
    "papers": gettext_lazy("Publications’ mistakes"),
    "refused": gettext_lazy("No change"),
}
LATE = dt.timedelta(days=7)
_OUTCOMES = {
    "ours": Report.Outcome.OURS,
    "papers": Report.Outcome.PAPERS,
    "refused": Report.Outcome.REFUSED,
}


@dataclass
class Group:
    """Reports of the same kind on the same quote or article, which share one decision."""

    first: int
    what: str
    article: Article
    quote: Quote | None
    number: int
    oldest: dt.datetime
    newest: dt.datetime
    remarks: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Decision:
    """One decision with its first report and the number of its reports."""

    report: Report
    number: int


def tabs() -> list[tuple[str, str, int]]:
    """Name, label and number of reports of each tab."""
    counts = Report.objects.aggregate(
        **{name or "waiting": Count("pk", filter=_in_tab(name)) for name in TABS}
    )
    return [(name, str(label), counts[name or "waiting"]) for name, label in TABS.items()]


def _in_tab(name: str) -> Q:
    if name in _OUTCOMES:
        return Q(outcome=_OUTCOMES[name])
    late = Q(received_at__lt=clock.now() - LATE) if name == "late" else Q()
    return Q(outcome="") & late


def rows_in(tab: str) -> QuerySet[Report, Any]:  # dictionaries with the columns below
    """The rows of a tab, for `waiting` or `decided`: groups oldest first, or decisions newest first."""
    reports = Report.objects.filter(_in_tab(tab)).order_by()
    if tab in _OUTCOMES:
        decisions = reports.values("decision")
        decisions = decisions.annotate(first=Min("pk"), number=Count("pk"), at=Max("decided_at"))
        return decisions.order_by("-at", "first")
    groups = reports.values("article", "quote", "what").annotate(
        first=Min("pk"), number=Count("pk"), oldest=Min("received_at"), newest=Max("received_at")
    )
    return groups.order_by("oldest", "first")


def waiting(rows: Iterable[dict[str, Any]]) -> list[Group]:
    """The undecided groups of these rows."""
    articles = Article.objects.select_related("publication").defer("body", "extra")
    found = articles.in_bulk({row["article"] for row in rows})
    quotes = Quote.objects.select_related("speaker").in_bulk({row["quote"] for row in rows} - {None})
    groups = {
        (row["article"], row["quote"], row["what"]): Group(
            row["first"],
            str(Report.What(row["what"]).label),
            found[row["article"]],
            quotes.get(row["quote"]),
            row["number"],
            row["oldest"],
            row["newest"],
        )
        for row in rows
    }
    said = Report.objects.waiting().filter(article__in=found).exclude(remark="").order_by("received_at", "pk")
    for article, quote, what, remark in said.values_list("article", "quote", "what", "remark"):
        if group := groups.get((article, quote, what)):
            group.remarks.append(remark)
    return list(groups.values())


def decided(rows: Iterable[dict[str, Any]]) -> list[Decision]:
    """The decisions of these rows."""
    reports = Report.objects.select_related("article", "quote__speaker", "decided_by")
    found = reports.defer("article__body", "article__extra").in_bulk([row["first"] for row in rows])
    return [Decision(found[row["first"]], row["number"]) for row in rows]
