"""The archive as it was public at an instant: the same statements, over the tables as they stood then.

The documents keep what they once were, with from when until when; the rows keep every former state as an
event. Under `tables_of(moment)` each statement that reads a table finds under its name what stood in it then,
so that whatever answers a search of today answers one of the past as well, excerpts and names with it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection, models

from articles.models import (
    Alias,
    Article,
    Image,
    PastQuoteDocument,
    PastSearchDocument,
    Publication,
    Quote,
    QuoteDocument,
    SearchDocument,
    Section,
    Speaker,
    Topic,
    Turn,
)
from articles.search.results.excerpts import Result

DOCUMENTS: dict[type[models.Model], type[models.Model]] = {
    SearchDocument: PastSearchDocument,
    QuoteDocument: PastQuoteDocument,
}
RECORDS: tuple[type[models.Model], ...] = (
    *(Article, Image, Turn, Quote, Publication, Section, Topic, Speaker, Alias),
)
# What is read may stand after settings for its transaction.
_READS = re.compile(
    r"(?P<settings>(?:\s*SET LOCAL [^;]+;)*\s*)(?:SELECT|(?P<with>WITH(?:\s+RECURSIVE)?))\b", re.IGNORECASE
)

# Whether the article of a former document `p` is public now.
PUBLIC_NOW = (
    "EXISTS (SELECT FROM public.search_document n "
    "WHERE n.article_id = p.article_id AND n.visible_from <= statement_timestamp())"
)
# Documents are kept whole; what was written within one transaction was never seen apart. Counts of a text
# that is not public now would reveal it word by word: no search of the past finds it.
_DOCUMENTS_THEN = """{table} AS NOT MATERIALIZED (
  SELECT {columns} FROM public.{table} WHERE since <= {moment}
  UNION ALL SELECT {columns} FROM public.{past} p
  WHERE since <= {moment} AND until > {moment} AND {public_now})"""
# An event holds the row before the change: what stood then is in the first event since, or in the row.
_ROWS_THEN = """{table} AS NOT MATERIALIZED (
  SELECT {columns} FROM public.{table} r WHERE {existed} NOT EXISTS (
    SELECT FROM public.{events} e WHERE e.pgh_obj_id = r.id AND e.pgh_created_at > {moment})
  UNION ALL SELECT {former} FROM public.{events} r
  WHERE {existed} r.pgh_created_at > {moment} AND NOT EXISTS (
    SELECT FROM public.{events} e
    WHERE e.pgh_obj_id = r.pgh_obj_id AND e.pgh_created_at > {moment} AND e.pgh_id < r.pgh_id))"""


class _TablesThen:
    """Puts the tables of a moment in front of every statement that reads them."""

    def __init__(self, moment: dt.datetime) -> None:
        self.moment = moment

    def __call__(
        self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        # Of two, one within the other, the inner one stands first.
        innermost = next(each for each in connection.execute_wrappers if isinstance(each, _TablesThen))
        told = then(str(sql), self.moment) if innermost is self else sql
        return execute(told, params, many, context)


@contextmanager
def tables_of(moment: dt.datetime | None) -> Iterator[None]:
    """Within, statements read the tables as they stood at that moment; None is now."""
    if moment is None:
        yield
        return
    wrapper = _TablesThen(moment)
    # First of all: the history puts a statement of its own in front of those it does not know for reading.
    connection.execute_wrappers.insert(0, wrapper)
    try:
        yield
    finally:
        connection.execute_wrappers.remove(wrapper)


@contextmanager
def tables_of_today() -> Iterator[None]:
    """Within, statements read the tables as they stand, also where it is the past that is looked at."""
    kept = connection.execute_wrappers
    connection.execute_wrappers = [wrapper for wrapper in kept if not isinstance(wrapper, _TablesThen)]
    try:
        yield
    finally:
        connection.execute_wrappers = kept


def then(sql: str, moment: dt.datetime) -> str:
    """The statement over the tables as they stood at a moment; one that reads none of them as it is."""
    reading = _READS.match(sql)
    tables = [text for name, text in _shadows().items() if re.search(rf"\b(?<!\.){name}\b", sql)]
    if reading is None or not tables:
        return sql
    instant = f"'{moment.astimezone(dt.UTC).isoformat()}'::timestamptz"
    # The braces are these templates' own: names of columns have none.
    listed = ", ".join(tables).replace("{moment}", instant)
    if reading["with"] is None:
        return f"{reading['settings']}WITH {listed} {sql[reading.end('settings') :]}"
    return f"{reading['settings']}{reading['with']} {listed}, {sql[reading.end() :]}"


def still_shown(results: Iterable[Result]) -> Iterator[Result]:
    """Of what was public once, that which readers may still see: nothing is told of the rest."""
    kept = list(results)
    quotes = {row.row.pk for row in kept if isinstance(row.row, Quote)}
    quotes |= {found.row.pk for result in kept for found in result.quotes}
    articles = {row.row.pk for row in kept if isinstance(row.row, Article)}
    with tables_of_today():
        quotes_shown = _ids(Quote.objects.accepted(), quotes)
        public = _ids(Article.objects.published(), articles)
    yield from shown(kept, public, quotes_shown)


def _ids(rows: models.QuerySet, among: set[int]) -> set[int]:
    return set(rows.filter(pk__in=among).values_list("pk", flat=True)) if among else set()


def shown(results: Iterable[Result], articles: Container[int], quotes: Container[int]) -> Iterator[Result]:
    """The results that are among the articles, or quotes, that readers may see."""
    for result in results:
        if result.row.pk in (quotes if isinstance(result.row, Quote) else articles):
            yield replace(result, quotes=tuple(found for found in result.quotes if found.row.pk in quotes))


@cache
def _shadows() -> dict[str, str]:
    """Each table's name and what stands for it, the moment left open."""
    found = {}
    for model, past in DOCUMENTS.items():
        names = [name for name in _columns(model) if name not in ("since", "written_at")]
        found[model._meta.db_table] = _DOCUMENTS_THEN.format(
            table=model._meta.db_table,
            past=past._meta.db_table,
            columns=", ".join(f'"{name}"' for name in names),
            public_now=PUBLIC_NOW,
            moment="{moment}",
        )
    for model in RECORDS:
        names, events = _columns(model), apps.get_model("articles", f"{model.__name__}Event")
        found[model._meta.db_table] = _ROWS_THEN.format(
            table=model._meta.db_table,
            events=events._meta.db_table,
            columns=", ".join(f'r."{name}"' for name in names),
            # Events are found by the row that they are of.
            former=", ".join('r.pgh_obj_id AS "id"' if name == "id" else f'r."{name}"' for name in names),
            existed="(r.added_at IS NULL OR r.added_at <= {moment}) AND" if "added_at" in names else "",
            moment="{moment}",
        )
    return found


def _columns(model: type[models.Model]) -> list[str]:
    return [str(field.column) for field in model._meta.concrete_fields]
