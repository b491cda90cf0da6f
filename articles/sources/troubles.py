"""What editors must mend: failed runs, feeds that have moved, and rows that could not be imported."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Min, Sum
from django.utils.translation import gettext, ngettext

from articles.models import Source, SourceItem


@dataclass(frozen=True)
class Trouble:
    """Something to mend; `runs` is the number of failed runs in a row, if runs failed."""

    source: Source
    reason: str
    since: dt.datetime | None
    runs: int | None = None


def troubles(source: Source | None = None) -> list[Trouble]:
    """All troubles, or those of one source; they vanish when the next run succeeds."""
    sources = Source.objects.select_related("state", "publication")
    if source is not None:
        sources = sources.filter(pk=source.pk)
    failed = [
        Trouble(one, one.state.fault, one.state.fault_since, one.state.failed_runs)
        for one in sources.failing()
    ]
    moved = [
        Trouble(
            one, gettext("The feed has moved to %(url)s") % {"url": one.state.moved_to}, one.state.last_run_at
        )
        for one in sources.active().exclude(state=None).exclude(state__moved_to="")
    ]
    return sorted([*failed, *moved, *_rejected(source)], key=lambda one: (one.source.name, one.source.pk))


def _rejected(source: Source | None) -> list[Trouble]:
    items = SourceItem.objects.to_mend().filter(source__paused=False).order_by()
    if source is not None:
        items = items.filter(source=source)
    rows = items.values("source").annotate(rows=Sum("rejected"), since=Min("taken_at"), first=Min("pk"))
    first = SourceItem.objects.select_related("source__publication").in_bulk([row["first"] for row in rows])
    found = []
    for row in rows:
        item = first[row["first"]]
        said = ngettext(
            "%(n)s row was rejected: %(reason)s", "%(n)s rows were rejected, the first because: %(reason)s",
            row["rows"],
        )  # fmt: skip
        reason = said % {"n": f"{row['rows']:,}", "reason": item.reason}
        found.append(Trouble(item.source, reason, row["since"]))
    return found
