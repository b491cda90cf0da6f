"""All values of one facet, for a page of their own: found by a name half remembered, in either order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from articles.search.engine import facets
from articles.search.engine.conditions import Sql
from articles.search.engine.documents import select_hits
from articles.search.engine.facets import FacetValue
from articles.search.engine.hits import compilers, hits_of, searching
from articles.search.query import fold
from articles.search.request.query import Question
from articles.search.results.answer import facet_values, nothing_understood

EVERY = 1_000_000
# Of two words this share of their groups of three letters is the same: «Okafer» for Okafor has four of ten.
LIKE_ENOUGH = 0.35


@dataclass(frozen=True)
class Values:
    """The values found, in order, and of how many; `near` where none is written so, and these nearly so."""

    found: tuple[FacetValue, ...]
    of: int
    near: bool = False
    # Of speakers: how many results stand under none.
    without_speaker: int | None = None


def values(question: Question, name: str, *, find: str = "", by_name: bool = False) -> Values:
    """Every value of a facet with what choosing it alone would show; chosen ones also without any."""
    every, without_speaker = _every(question, name)
    found = [value for value in every if _holds(value.label, find)]
    near = not found and bool(every)
    if near:
        found = [value for value in every if _is_like(value.label, find)]
    if by_name:
        found.sort(key=lambda value: (fold(value.label), value.value))
    return Values(tuple(found), len(every), near, without_speaker)


def _every(question: Question, name: str) -> tuple[tuple[FacetValue, ...], int | None]:
    if nothing_understood(question):
        return (), None
    with searching(question):
        found = compilers(question)
        tables = {"hits": hits_of(found), **facets.sources(found)}
        if question.copies == "one":
            tables = {"copied": select_hits(found, facets.columns(question)), **tables}
        tables["keys"] = facets.keys(question)
        counted = facets.counts(found, name, shown=EVERY)
        if name == "speaker":
            unnamed = facets.without_speaker(found)
            both = f"({counted.text}) UNION ALL ({unnamed.text})"
            counted = Sql(both, (*counted.params, *unnamed.params))
        # Of these tables the server makes only those that are read.
        with_ = ", ".join(f"{table} AS MATERIALIZED ({sql.text})" for table, sql in tables.items())
        params = tuple(param for sql in (*tables.values(), counted) for param in sql.params)
        sql = Sql(f"WITH {facets.FAMILIES}, {with_} {counted.text}", params)
        with connection.cursor() as cursor:
            cursor.execute(sql.text, sql.params)
            rows = cursor.fetchall()
    without_speaker = next((n for what, _, _, _, n in rows if what == "without speaker"), None)
    return facet_values(question, name, rows), without_speaker


def _holds(label: str, find: str) -> bool:
    """Every word asked for begins a word of the label; case and accents do not matter."""
    words = fold(label).split()
    return all(any(word.startswith(asked) for word in words) for asked in fold(find).split())


def _is_like(label: str, find: str) -> bool:
    words = fold(label).split()
    return all(any(_likeness(word, asked) >= LIKE_ENOUGH for word in words) for asked in fold(find).split())


def _likeness(one: str, other: str) -> float:
    mine, theirs = _threes(one), _threes(other)
    return len(mine & theirs) / len(mine | theirs)


def _threes(word: str) -> set[str]:
    padded: Sequence[str] = f"  {word} "
    return {"".join(padded[at : at + 3]) for at in range(len(padded) - 2)}
