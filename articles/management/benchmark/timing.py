"""Both ways of answering, timed one after the other in the same run."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import connection
from django.http import QueryDict

from articles import search
from articles.management.benchmark import ordinary
from articles.management.benchmark.queries import Timed

WARM = 3


@dataclass(frozen=True)
class Class:
    """Milliseconds of one class of questions; `hits` is the median number of results."""

    name: str
    hits: int
    p50_ms: float
    p95_ms: float
    ordinary_p50_ms: float
    ordinary_p95_ms: float

    @property
    def ratio_p50(self) -> float:
        return round(self.ordinary_p50_ms / self.p50_ms, 2)


def measure(classes: dict[str, list[Timed]]) -> Iterator[Class]:
    for name, questions in classes.items():
        ours, hits = _times(answer, questions)
        theirs, _ = _times(ordinary.answer, questions)
        yield Class(
            name, int(_at(hits, 0.5)), _at(ours, 0.5), _at(ours, 0.95), _at(theirs, 0.5), _at(theirs, 0.95)
        )


def answer(timed: Timed) -> int:
    """A whole page, from its address on."""
    query = QueryDict(mutable=True)
    for name, value in timed.parameters:
        query.appendlist(name, value)
    asked = search.ArticleFilter(query, timed.scope, timed.speaker)
    return search.answer(asked.cleaned).count


def _times(answered: Callable[[Timed], int], questions: list[Timed]) -> tuple[list[float], list[float]]:
    for timed in questions[:WARM]:
        answered(timed)
    times, hits = [], []
    for timed in questions:
        start = time.perf_counter()
        hits.append(float(answered(timed)))
        times.append((time.perf_counter() - start) * 1000)
    return times, hits


def _at(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 1)


def machine() -> dict[str, object]:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        (server,) = cursor.fetchone()
    return {
        "processors": os.cpu_count(),
        "load": os.getloadavg()[0],
        "system": platform.platform(),
        "python": platform.python_version(),
        "postgresql": server,
    }
