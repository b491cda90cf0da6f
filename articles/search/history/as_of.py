"""The archive as it was public at a past moment: the same statements, over the tables as they were then.

Former versions of search documents are stored with their periods, those of other rows as pghistory events.
Within `tables_as_of(moment)` every statement gets CTEs that shadow the tables with their contents at that
moment. So the code of a search of today also runs a search of the past, with its excerpts and names.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

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

DOCUMENTS: dict[type[models.Model], type[models.Model]] = {
    SearchDocument: PastSearchDocument,
    QuoteDocument: PastQuoteDocument,
}
RECORDS: tuple[type[models.Model], ...] = (
    *(Article, Image, Turn, Quote, Publication, Section, Topic, Speaker, Alias),
)
# A read may follow settings for its transaction.
_READS = re.compile(
    r"(?P<settings>(?:\s*SET LOCAL [^;]+;)*\s*)(?:SELECT|(?P<with>WITH(?:\s+RECURSIVE)?))\b", re.IGNORECASE
)

# Whether the article of a former document `p` is public now.
PUBLIC_NOW = (
    "EXISTS (SELECT FROM public.search_document n "
    "WHERE n.article_id = p.article_id AND n.visible_from <= statement_timestamp())"
)
# Former documents are stored whole, once per transaction. Articles that are not public now are excluded: the
# counts of a search of the past would reveal their text word by word.
_DOCUMENTS_THEN = """{table} AS NOT MATERIALIZED (
  SELECT {columns} FROM public.{table} WHERE since <= {moment}
  UNION ALL SELECT {columns} FROM public.{past} p
  WHERE since <= {moment} AND until > {moment} AND {public_now})"""
# An event has the row before the change: the row at the moment is the first event since, or the current row.
_ROWS_THEN = """{table} AS NOT MATERIALIZED (
  SELECT {columns} FROM public.{table} r WHERE {existed} NOT EXISTS (
    SELECT FROM public.{events} e WHERE e.pgh_obj_id = r.id AND e.pgh_created_at > {moment})
  UNION ALL SELECT {former} FROM public.{events} r
  WHERE {existed} r.pgh_created_at > {moment} AND NOT EXISTS (
    SELECT FROM public.{events} e
    WHERE e.pgh_obj_id = r.pgh_obj_id AND e.pgh_created_at > {moment} AND e.pgh_id < r.pgh_id))"""


class _TablesThen:
    """A database wrapper that adds the tables of a moment to every statement that reads them."""

    def __init__(self, moment: dt.datetime) -> None:
        self.moment = moment

    def __call__(
        self, execute: Callable[..., object], sql: object, params: object, many: bool, context: object
    ) -> object:
        # Of nested wrappers the innermost is first.
        innermost = next(each for each in connection.execute_wrappers if isinstance(each, _TablesThen))
        rewritten = sql_as_of(str(sql), self.moment) if innermost is self else sql
        return execute(rewritten, params, many, context)


@contextmanager
def tables_as_of(moment: dt.datetime | None) -> Iterator[None]:
    """Within this context statements read the tables as of the moment; None is now."""
    if moment is None:
        yield
        return
    wrapper = _TablesThen(moment)
    # Must be first: pghistory prepends a statement to those that it does not recognize as reads.
    connection.execute_wrappers.insert(0, wrapper)
    try:
        yield
    finally:
        connection.execute_wrappers.remove(wrapper)


@contextmanager
def tables_now() -> Iterator[None]:
    """Within this context statements read the current tables, also inside `tables_as_of`."""
    wrappers = connection.execute_wrappers
    connection.execute_wrappers = [wrapper for wrapper in wrappers if not isinstance(wrapper, _TablesThen)]
    try:
        yield
    finally:
        connection.execute_wrappers = wrappers


def sql_as_of(sql: str, moment: dt.datetime) -> str:
    """The statement over the tables as of a moment; unchanged if it reads none of them."""
    reading = _READS.match(sql)
    tables = [text for name, text in _tables_then().items() if re.search(rf"\b(?<!\.){name}\b", sql)]
    if reading is None or not tables:
        return sql
    instant = f"'{moment.astimezone(dt.UTC).isoformat()}'::timestamptz"
    # Only the templates have braces: column names have none.
    listed = ", ".join(tables).replace("{moment}", instant)
    if reading["with"] is None:
        return f"{reading['settings']}WITH {listed} {sql[reading.end('settings') :]}"
    return f"{reading['settings']}{reading['with']} {listed}, {sql[reading.end() :]}"


@cache
def _tables_then() -> dict[str, str]:
    """The CTE for each table name, with a placeholder for the moment."""
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
            # Events reference their row by pgh_obj_id.
            former=", ".join('r.pgh_obj_id AS "id"' if name == "id" else f'r."{name}"' for name in names),
            existed="(r.added_at IS NULL OR r.added_at <= {moment}) AND" if "added_at" in names else "",
            moment="{moment}",
        )
    return found


def _columns(model: type[models.Model]) -> list[str]:
    return [str(field.column) for field in model._meta.concrete_fields]
