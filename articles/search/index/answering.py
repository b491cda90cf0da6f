"""The counts and the page of ids of a request, from a snapshot of the index."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from django.db import connection

from articles.search.index.counting import Counted, Families, periods
from articles.search.index.hits import Hits, Snapshot
from articles.search.query.nodes import Node, Not, positive_words
from articles.search.request.query import SearchRequest

SHOWN = 10
MOST_GROUPS = 1000
K1, B = 1.2, 0.75
_TABLES = {
    "publication": "articles_publication",
    "section": "articles_section",
    "topic": "articles_topic",
    "speaker": "articles_speaker",
    "author": "articles_speaker",
}
Row = tuple[str, str | None, str | None, str | None, int]


def rows(request: SearchRequest, snapshot: Snapshot) -> list[Row]:
    """Rows of (kind, id, slug, label, number) that make up an answer."""
    hits = Hits(request, snapshot)
    counted = Counted(hits, families())
    found = list(_numbers(counted))
    found += [("page", str(pk), None, None, n + 1) for n, pk in enumerate(_page(counted))]
    named: list[tuple[str, str, dict[Any, int]]] = []
    for name in counted.names():
        values = _most(request, name, counted.facet(name), SHOWN)
        if name in _TABLES:
            named.append((name, name, values))
        else:
            found += [(name, str(value), str(value), str(value), n) for value, n in values.items()]
    if request.group:
        values = _most(request, request.group, counted.facet(request.group), MOST_GROUPS)
        if request.group in _TABLES:
            named.append(("group", request.group, values))
        else:
            found += [("group", str(value), str(value), str(value), n) for value, n in values.items()]
    return found + list(_with_names(named))


def _numbers(counted: Counted) -> Iterator[Row]:
    request, results = counted.request, counted.rows
    yield "count", None, None, None, len(results)
    years = results.column("year")
    yield "undated", None, None, None, int((years == 0).sum())
    for year, number in zip(*np.unique(years[results.column("read")], return_counts=True), strict=True):
        yield "read", None, str(year) if year else None, None, int(number)
    dated = years[years > 0]
    if len(dated) and dated.max() - dated.min() < 2:
        for first, last, read, number in periods(results):
            days = [dt.date.fromordinal(day).isoformat() for day in (first, last)]
            yield "stretch", str(read).lower(), *days, number
    for at, node in enumerate(alone(request)):
        yield "clause", str(at), None, None, counted.clause(node)
    if request.group == "speaker" or request.scope == "quotes":
        yield "without speaker", None, None, None, counted.without_speaker()
    if request.copies == "one":
        yield "with copies", None, None, None, len(counted.every_copy)


def alone(request: SearchRequest) -> list[Node]:
    """The clauses to count alone; none for a single clause, whose count is the total."""
    clauses = request.parsed.clauses
    if len(clauses) < 2 and not any(isinstance(clause.node, Not) for clause in clauses):
        return []
    return [clause.node.node if isinstance(clause.node, Not) else clause.node for clause in clauses]


def _page(counted: Counted) -> list[int]:
    request = counted.request
    scores = relevance(counted) if request.sort == "relevance" else None
    first = (request.page - 1) * request.size
    return counted.ordered(scores)[first : first + request.size].tolist()


def relevance(counted: Counted) -> np.ndarray:
    """The BM25 score of each result to 1/1000: one frequency and one length per document, weighted by part.

    A phrase, NEAR or prefix is one term with its own document frequency.
    """
    hits, request = counted.hits, counted.request
    index = hits.search.quotes if request.of_quotes else hits.search.articles
    lengths = [segment.weighted_lengths for segment in index.segments]
    every = [
        length[np.asarray(live.to_array(), np.int64)] for length, live in zip(lengths, index.all, strict=True)
    ]
    total = sum(map(len, every))
    mean = sum(float(each.sum()) for each in every) / total if total else 1.0
    scores = [np.zeros(len(length)) for length in lengths]
    for node in _scored(request.parsed.root):
        found = index.frequencies(node)
        matching = sum(len(live & bits) for live, bits in zip(index.all, index.find(node), strict=True))
        weight = math.log(1 + (total - matching + 0.5) / (matching + 0.5))
        for score, length, (at, frequency) in zip(scores, lengths, found, strict=True):
            norm = K1 * (1 - B + B * length[at] / mean)
            score[at] += weight * frequency * (K1 + 1) / (frequency + norm)
    chosen = [score[numbers] for score, numbers in zip(scores, counted.rows.numbers, strict=True)]
    return np.round(np.concatenate(chosen) if chosen else np.zeros(0), 3)


def _scored(root: Node | None) -> list[Node]:
    return list(dict.fromkeys(positive_words(root)))


def _most(request: SearchRequest, name: str, values: dict[Any, int], shown: int) -> dict[Any, int]:
    """The most frequent values, and those that are chosen or excluded."""
    if name == "year":
        return values
    chosen = request.any_of.get(name, ()) + request.none_of.get(name, ())
    kept = set(request.ids(name, chosen)) if name in _TABLES else set(chosen)
    ranked = sorted(values, key=lambda value: (-values[value], value))
    return {value: values[value] for n, value in enumerate(ranked) if n <= shown or value in kept}


def _with_names(named: Sequence[tuple[str, str, dict[Any, int]]]) -> Iterator[Row]:
    """The rows of values that are ids, with their slugs and names, in one statement."""
    wanted = {(_TABLES[name], pk) for _, name, values in named for pk in values}
    if not wanted:
        return
    tables = sorted({table for table, _ in wanted})
    sql = " UNION ALL ".join(
        f"SELECT '{table}', id, slug, name FROM {table} WHERE id = ANY(%s)" for table in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [[pk for one, pk in wanted if one == table] for table in tables])
        known = {(table, pk): (slug, name) for table, pk, slug, name in cursor.fetchall()}
    for what, name, values in named:
        for pk, number in values.items():
            if (_TABLES[name], pk) in known:
                slug, label = known[_TABLES[name], pk]
                yield what, str(pk), slug, label, number


def families() -> Families:
    """Merged speakers and the speaker into whom they are merged; speakers in a cycle are their own."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, merged_into_id FROM articles_speaker WHERE merged_into_id IS NOT NULL")
        into = dict(cursor.fetchall())
    found = {}
    for member in into:
        final, seen = member, {member}
        while final in into and into[final] not in seen:
            final = into[final]
            seen.add(final)
        if final not in into:
            found[member] = final
    return found
