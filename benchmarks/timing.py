"""Time searches and the baseline one after the other in the same run."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from articles.search.engine.ranking import CANDIDATES, page_ids
from django.db import OperationalError, connection, transaction
from django.http import QueryDict

from articles import search
from articles.search.engine.hits import compilers, hits_of
from benchmarks import baseline
from benchmarks.queries import Timed

WARM = 3
# Queries of a class for which all hits are ranked to measure overlap; each may take seconds.
RANKED = 10


@dataclass(frozen=True)
class Class:
    """Times of one class of queries in milliseconds; `hits` is the median number of results.

    `cut_off` counts queries that exceeded the time limit of searches; `overlap` is the share of the twenty
    best hits that are on the first page, None if no query of the class is ranked.
    """

    name: str
    hits: int
    p50_ms: float
    p95_ms: float
    ordinary_p50_ms: float
    ordinary_p95_ms: float
    cut_off: int = 0
    overlap: float | None = None

    @property
    def ratio_p50(self) -> float:
        return round(self.ordinary_p50_ms / self.p50_ms, 2)


def measure(classes: dict[str, list[Timed]]) -> Iterator[Class]:
    for name, questions in classes.items():
        ours, hits, cut = _times(answer, questions)
        theirs, _, _ = _times(baseline.answer, questions)
        times_ = (at_share(ours, 0.5), at_share(ours, 0.95), at_share(theirs, 0.5), at_share(theirs, 0.95))
        yield Class(name, int(at_share(hits, 0.5)), *times_, cut, overlap(questions[:RANKED]))


def answer(timed: Timed) -> int:
    """A whole page, from its address on."""
    return search.search(_question(timed)).count


def _question(timed: Timed) -> search.SearchRequest:
    query = QueryDict(mutable=True)
    for name, value in timed.parameters:
        query.appendlist(name, value)
    return search.ArticleFilter(query, timed.scope, timed.speaker).cleaned


def overlap(questions: list[Timed]) -> float | None:
    """Return the share of the twenty best hits that are found if only some candidates are ranked."""
    shares = []
    for question in map(_question, questions):
        if question.sort == "relevance":
            shown, best = (_first_ids(question, ranked) for ranked in (CANDIDATES, None))
            shares.append(len(shown & best) / len(best) if best else 1.0)
    return round(sum(shares) / len(shares), 2) if shares else None


def _first_ids(question: search.SearchRequest, ranked: int | None) -> set[int]:
    found = compilers(question)
    hits, page = hits_of(found), page_ids(found, limit=20, ranked=ranked)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL jit = off; SET LOCAL work_mem = '64MB'")
        cursor.execute(
            f"WITH hits AS MATERIALIZED ({hits.text}) SELECT id FROM ({page.text}) AS page",
            (*hits.params, *page.params),
        )
        return {id_ for (id_,) in cursor}


def _times(answered: Callable[[Timed], int], questions: list[Timed]) -> tuple[list[float], list[float], int]:
    for timed in questions[:WARM]:
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
    return times, hits or [0.0], cut


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
