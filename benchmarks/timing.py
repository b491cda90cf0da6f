"""Time searches, plain PostgreSQL and other engines one after the other in the same run."""

from __future__ import annotations

import gc
import os
import platform
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from django.db import OperationalError, connection
from django.http import QueryDict

from articles import search
from articles.search.engine.searcher import searching
from articles.search.index.storage import CACHE
from benchmarks import baseline
from benchmarks.queries import Timed

WARM = 3
FACETS = ("publication", "section", "topic", "speaker", "year")
# Median and 95th percentile in milliseconds.
Times = tuple[float, float]


@dataclass(frozen=True)
class Class:
    """Times of one class of queries; `hits` is the median number of results.

    `engine` is ids, count and five facets; `answer` also has the explanation, the rows and the excerpts, as
    `ordinary`, the baseline, does; `cold` is the answer of a process that has read no postings yet.
    `cut_off` counts queries that exceeded the time limit of searches.
    """

    name: str
    hits: int
    engine: Times
    answer: Times
    cold: Times
    ordinary: Times | None
    peers: dict[str, Times] = field(default_factory=dict)
    cut_off: int = 0

    @property
    def ratio_p50(self) -> float | None:
        return round(self.ordinary[0] / self.answer[0], 2) if self.ordinary else None


def measure(
    classes: dict[str, list[Timed]],
    peers: Sequence[tuple[str, Callable[[Timed], int]]] = (),
    *,
    compared: bool = True,
) -> Iterator[Class]:
    """Time each class; `compared`: also the baseline."""
    # As in a web process (newsarchive/wsgi.py).
    gc.collect()
    gc.freeze()
    for name, questions in classes.items():
        engine_, _, _ = _times(engine, questions)
        answer_, hits, cut = _times(answer, questions)
        cold, _, _ = _times(_cold, questions)
        ordinary = _times(baseline.answer, questions)[0] if compared else None
        of_articles = questions[0].scope == "articles"
        others = {peer: _times(ask, questions)[0] for peer, ask in peers if of_articles}
        yield Class(name, hits, engine_, answer_, cold, ordinary, others, cut)


def answer(timed: Timed) -> int:
    """The whole answer, from the address on."""
    return search.search(question(timed)).count


def _cold(timed: Timed) -> int:
    CACHE.clear()
    return answer(timed)


def engine(timed: Timed) -> int:
    """What a search engine answers: the ids of the page, the number of results and five facets."""
    asked = question(timed)
    with searching(asked) as searcher:
        found = searcher.results(asked)
        found.page()
        for name in FACETS:
            found.facet(name)
        return found.count


def question(timed: Timed) -> search.SearchRequest:
    query = QueryDict(mutable=True)
    for name, value in timed.parameters:
        query.appendlist(name, value)
    return search.ArticleFilter(query, timed.scope, timed.speaker).cleaned


def _times(answered: Callable[[Timed], int], questions: list[Timed]) -> tuple[Times, int, int]:
    """Return the times, the median number of results, and how many queries exceeded the limit."""
    # Warm: once before, so that all caches have what the queries need.
    for timed in questions:
        with suppress(OperationalError):
            answered(timed)
    times: list[float] = []
    hits: list[float] = []
    cut = 0
    for timed in questions:
        start = time.perf_counter()
        try:
            hits.append(float(answered(timed)))
        except OperationalError:
            # The time limit of searches was exceeded: count the time, and no hits.
            cut += 1
        times.append((time.perf_counter() - start) * 1000)
    return (at_share(times, 0.5), at_share(times, 0.95)), int(at_share(hits or [0.0], 0.5)), cut


def at_share(values: list[float], share: float) -> float:
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
