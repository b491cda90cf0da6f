"""Figures of a soak run: memory and disk while it lasts, and what was lost at its end."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby

import psycopg

from tests.measure.soak.ledger import Ledger, Write
from tests.measure.soak.site import Site

MEGABYTE = 1024 * 1024
SAMPLE = """
SELECT (SELECT count(*) FROM articles_article), pg_database_size(current_database()),
    (SELECT sum(size) FROM pg_ls_waldir()), (SELECT coalesce(sum(size), 0) FROM pg_ls_tmpdir())
"""
# Filling caches and loading modules is no leak.
WARM_SECONDS = 180
# Caches fill for some minutes: workers that were killed earlier say nothing.
SETTLED_SECONDS = 900


class Samples:
    """A row every few seconds: time, articles, bytes of database, log, temporary files, and a worker."""

    def __init__(self, ledger: Ledger) -> None:
        self.path, self.ledger = ledger.folder / "samples.csv", ledger

    def take(self, site: Site) -> None:
        found = site.ask(SAMPLE)
        if found:
            with self.path.open("a", newline="") as file:
                for pid, size in site.workers().items():
                    worker = f"{self.ledger.state.sittings}-{pid}"
                    csv.writer(file).writerow([round(self.ledger.state.seconds), *found, worker, size])

    def read(self) -> list[list[float]]:
        """Seconds, articles, bytes of database, log, temporary files and workers, in this order."""
        with self.path.open(newline="") as file:
            return [[*map(float, row[:5]), row[5], float(row[6])] for row in csv.reader(file)]  # type: ignore[list-item]


def slope(points: list[tuple[float, float]]) -> float:
    """Of the line with the least squares; 0 of fewer than three points."""
    count = len(points)
    mean_x, mean_y = (sum(each) / count for each in zip(*points, strict=True)) if count > 2 else (0, 0)
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / spread if count > 2 and spread else 0.0


@dataclass
class Growth:
    """Of the memory of one worker in the second half of its life."""

    worker: str
    seconds: float
    first: float
    last: float
    per_hour: float
    per_article: float


def memory(rows: list[list]) -> list[Growth]:
    """Of each worker that lived long enough, after it has warmed up."""
    lives: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for seconds, articles, _, _, _, worker, size in rows:
        # A process that has ended and not been waited for has no memory.
        if size:
            lives[worker].append((seconds, articles, size))
    found = []
    for worker, life in lives.items():
        half = (life[0][0] + life[-1][0]) / 2
        warm = [each for each in life if each[0] >= max(half, life[0][0] + WARM_SECONDS)]
        if len(warm) > 5:
            per_hour = slope([(seconds, size) for seconds, _, size in warm]) * 3600
            per_article = slope([(articles, size) for _, articles, size in warm])
            length = warm[-1][0] - life[0][0]
            found.append(Growth(worker, length, warm[0][2], warm[-1][2], per_hour, per_article))
    return sorted(found, key=lambda each: -each.seconds)


def disk(rows: list[list]) -> tuple[float, float]:
    """Bytes of the database for each further article, in the first and in the second half of the run."""
    points = [(row[1], row[2]) for row in rows]
    middle = len(points) // 2
    return slope(points[:middle]), slope(points[middle:])


def check_writes(site: Site, writes: list[Write]) -> tuple[list[str], list[str]]:
    """What was acknowledged and is not there, and what is there twice."""
    lost, doubled = [], []
    with psycopg.connect(site.primary.url("postgres")) as connection:
        for write in writes:
            if write.kind in COUNTED:
                count, distinct = connection.execute(COUNTED[write.kind], [write.value]).fetchone() or (0, 0)
                if write.done and distinct < write.rows:
                    lost.append(f"{write.kind} {write.value}: {distinct} of {write.rows}")
                if count > distinct or count > write.rows:
                    doubled.append(f"{write.kind} {write.value}: {count} of {write.rows}")
        for kind, statement in LAST_VALUE.items():
            ordered = sorted((write for write in writes if write.kind == kind), key=lambda each: each.about)
            for about, group in groupby(ordered, key=lambda each: each.about):
                allowed = _may_be_there(list(group))
                row = connection.execute(statement, [about]).fetchone()
                if allowed and (row is None or allowed.isdisjoint(str(row[0]).split())):
                    lost.append(f"{kind} {about}: {row}, not {allowed}")
    return lost, doubled


# What was sent by one act is in one row, or in as many as a file had.
COUNTED = {
    "paste": "SELECT count(*), count(DISTINCT body) FROM articles_article"
    " WHERE headline LIKE '%%' || %s || '%%'",
    "report": "SELECT count(*), count(*) FROM articles_report WHERE remark = %s",
    "import": "SELECT count(*), count(DISTINCT external_id) FROM articles_article"
    " WHERE external_id LIKE %s || '-%%'",
}
LAST_VALUE = {
    "edit": "SELECT kicker FROM articles_article WHERE id = %s",
    "rename": "SELECT name FROM articles_topic WHERE id = %s",
    # Speakers at the end of each chain of merges.
    "merge": "WITH RECURSIVE chain AS (SELECT merged_into_id AS id FROM articles_speaker WHERE id = %s"
    " UNION SELECT merged_into_id FROM articles_speaker JOIN chain USING (id))"
    " SELECT string_agg(id::text, ' ') FROM chain",
}


def _may_be_there(writes: list[Write]) -> set[str]:
    """The last value that was acknowledged, and later ones that may have been stored; empty if none was."""
    done = [number for number, write in enumerate(writes) if write.done]
    return {write.value for write in writes[done[-1] :]} if done else set()


def result(ledger: Ledger, rows: list[list], lost: list[str], doubled: list[str], faults: str) -> str:
    """The table that the run prints and keeps."""
    state = ledger.state
    lines = [f"{state.seconds / 60:.0f} minutes in {state.sittings} sittings, seed {state.seed}"]
    lines += ["", "| act | answers | p50 / p95 s | by status |", "|---|---|---|---|"]
    for name, counts in sorted(ledger.answers.items()):
        times = sorted(ledger.times[name])
        figures = ", ".join(f"{status}: {n}" for status, n in sorted(counts.items()))
        p50, p95 = (times[int(len(times) * share)] for share in (0.5, 0.95))
        lines.append(f"| {name} | {sum(counts.values())} | {p50:.2f} / {p95:.2f} | {figures} |")
    done = defaultdict(list)
    for write in ledger.writes:
        done[write.kind].append(write.done)
    told = ", ".join(f"{kind} {sum(found)} of {len(found)}" for kind, found in sorted(done.items()))
    lines += ["", f"Writes acknowledged: {told}."]
    lines.append(f"Lost: {len(lost)}. Doubled: {len(doubled)}. {' '.join([*lost, *doubled][:5])}")
    lines.append("Troubles: " + ", ".join(f"{kind} {n}" for kind, n in sorted(ledger.state.kills.items())))
    lines.append(f"Failures with no trouble to explain them: {_by_kind(ledger)}")
    for growth in [each for each in memory(rows) if each.seconds >= SETTLED_SECONDS]:
        lines.append(
            f"Worker {growth.worker}, {growth.seconds / 60:.0f} min: {growth.first / MEGABYTE:.0f} to"
            f" {growth.last / MEGABYTE:.0f} MB, {growth.per_hour / MEGABYTE:+.1f} MB an hour,"
            f" {growth.per_article:+.0f} bytes an article"
        )
    first, second = disk(rows)
    lines.append(
        f"Articles {rows[0][1]:,.0f} to {rows[-1][1]:,.0f}; database {rows[0][2] / MEGABYTE:.0f} to"
        f" {rows[-1][2] / MEGABYTE:.0f} MB: {first / 1024:.1f}, then {second / 1024:.1f} kB an article;"
        f" log at most {max(row[3] for row in rows) / MEGABYTE:.0f} MB,"
        f" temporary files at most {max(row[4] for row in rows) / MEGABYTE:.0f} MB"
    )
    return "\n".join([*lines, f"check_archive: {faults.strip()}", ""])


def _by_kind(ledger: Ledger) -> str:
    found = ledger.unexplained()
    listed = "; ".join(f"{name} {status} {text}" for _, _, name, status, text in found[:5])
    return f"{len(found)}. {listed}"
