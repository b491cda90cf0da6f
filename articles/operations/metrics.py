"""What `/metrics` gives: the counts of all web processes, and the state of archive, index and replicas."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterator, Mapping
from itertools import groupby

from django.db import Error, connection
from django.db.models import Max, Min, Sum
from django.db.models.functions import Coalesce

from articles.models import (
    Article,
    ImportBatch,
    Metric,
    Report,
    SearchNote,
    SearchSegment,
    Source,
    clock,
)
from newsarchive.metrics import COUNTS, series
from newsarchive.replicas.routing import on_primary, states

log = logging.getLogger(__name__)
_ADD = """
INSERT INTO metric (series, total) SELECT * FROM unnest(%s::text[], %s::float8[])
ON CONFLICT (series) DO UPDATE SET total = metric.total + excluded.total
"""
TYPES = {"_total": "counter", "_bucket": "histogram", "_sum": "histogram", "_count": "histogram"}
HELP = {
    "requests": "Requests by page and status",
    "request_seconds": "Time until the answer was ready",
    "search_seconds": "Time of searches, without waiting and without the page",
    "database_up": "Whether the primary answers",
    "index_segments": "Segments of the search index that searches read",
    "index_notes": "Changes that wait for the search index",
    "index_oldest_note_seconds": "Age of the oldest of them",
    "articles_to_do": "Articles that wait for an editor",
    "reports_open": "Reports that wait for an editor",
    "imports": "Imports by state",
    "import_rows": "Rows of all imports by result",
    "last_import_timestamp_seconds": "When the last import ended",
    "sources": "Automatic sources by state",
    "sources_oldest_success_seconds": "Time since the last success, of the active source with the longest",
    "replica_up": "Whether the replica answers and is not behind",
    "replica_lag_seconds": "How far the replica is behind",
}
_flushed = time.monotonic()


def flush(seconds: float = 0) -> None:
    """Add the counts of this process to the totals, unless it did so less than so many seconds ago.

    Counts that cannot be stored are kept for the next time.
    """
    global _flushed
    if time.monotonic() - _flushed < seconds:
        return
    _flushed = time.monotonic()
    taken = COUNTS.take()
    if not taken or connection.in_atomic_block:
        return COUNTS.add(taken)
    try:
        with on_primary() as reachable:
            if reachable:
                return _store(taken)
    except Error as error:
        # A page must not fail because it cannot be counted.
        log.warning("Counts are not stored: %s", str(error).partition("\n")[0])
    COUNTS.add(taken)


def _store(taken: Mapping[str, float]) -> None:
    with connection.cursor() as cursor:
        # In one order, so that two processes do not wait for each other.
        cursor.execute(_ADD, [sorted(taken), [float(taken[key]) for key in sorted(taken)]])


def exposition() -> str:
    """All figures in Prometheus's text format; without the database, whether the servers answer."""
    figures: dict[str, float] = {}
    try:
        flush()
        figures |= dict(Metric.objects.values_list("series", "total"))
        figures |= dict(_of_the_archive())
        up = 1
    except Error:
        up = 0
    figures[series("database_up")] = up
    for replica in states():
        figures[series("replica_up", replica=replica.name)] = int(replica.state == "ok")
        figures[series("replica_lag_seconds", replica=replica.name)] = replica.lag_seconds
    return _written(figures)


def _of_the_archive() -> Iterator[tuple[str, float]]:
    notes = SearchNote.objects.order_by()
    oldest = notes.aggregate(oldest=Min("noted_at"))["oldest"]
    yield series("index_segments"), SearchSegment.objects.filter(in_use=True).count()
    yield series("index_notes"), notes.count()
    yield series("index_oldest_note_seconds"), (clock.now() - oldest).total_seconds() if oldest else 0
    yield series("articles_to_do"), Article.objects.waiting().order_by().count()
    yield series("reports_open"), Report.objects.filter(outcome="").count()
    imports = ImportBatch.objects.order_by()
    yield series("imports", state="finished"), imports.filter(finished_at__isnull=False).count()
    yield series("imports", state="unfinished"), imports.filter(finished_at__isnull=True).count()
    rows = imports.aggregate(added=Sum("rows_added"), changed=Sum("rows_changed"), bad=Sum("rows_bad"))
    for result, number in rows.items():
        yield series("import_rows", result=result), number or 0
    if last := imports.aggregate(last=Max("finished_at"))["last"]:
        yield series("last_import_timestamp_seconds"), last.timestamp()
    yield from _of_the_sources()


def _of_the_sources() -> Iterator[tuple[str, float]]:
    sources, active = Source.objects.order_by(), Source.objects.active().order_by()
    failing = sources.failing().count()
    yield series("sources", state="failing"), failing
    yield series("sources", state="paused"), sources.filter(paused=True).count()
    yield series("sources", state="ok"), active.count() - active.failing().count()
    # A source that has never succeeded counts from its first fault.
    since = Coalesce("state__last_success_at", "state__fault_since")
    oldest = active.aggregate(oldest=Min(since))["oldest"]
    yield series("sources_oldest_success_seconds"), (clock.now() - oldest).total_seconds() if oldest else 0


def _written(figures: Mapping[str, float]) -> str:
    lines: list[str] = []
    for (name, kind), rows in groupby(sorted(figures.items(), key=_order), lambda row: _family(row[0])):
        plain = name.removeprefix(series("")).removesuffix("_total")
        lines += [f"# HELP {name} {HELP.get(plain, plain)}", f"# TYPE {name} {kind}"]
        lines += [f"{key} {value:.12g}" for key, value in rows]
    return "\n".join(lines) + "\n"


def _family(key: str) -> tuple[str, str]:
    """The metric that a series belongs to, and its type."""
    name = key.partition("{")[0]
    ending = re.search("_(total|bucket|sum|count)$", name)
    if ending is None:
        return name, "gauge"
    return name if ending[0] == "_total" else name.removesuffix(ending[0]), TYPES[ending[0]]


def _order(row: tuple[str, float]) -> tuple[str, str, float, str]:
    """Buckets of one histogram stay together, in the order of their limits."""
    key = row[0]
    limit = re.search(',?le="([^"]+)"', key)
    labels = key.replace(limit[0], "") if limit else key
    return _family(key)[0], labels, float(limit[1].replace("+Inf", "inf")) if limit else 0, key
