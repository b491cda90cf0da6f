"""The archive as it was public at a past moment: the same statements, over the tables as they were then.

Former versions of search documents are stored with their periods, those of other rows as pghistory events. A
statement of a search of today also runs for the past, below a WITH that has the tables that it reads.
"""

from __future__ import annotations

import datetime as dt
from functools import cache

from django.apps import apps
from django.db import models

from articles.models import PastQuoteDocument, PastSearchDocument, QuoteDocument, SearchDocument, Speaker

_DOCUMENTS: dict[type[models.Model], type[models.Model]] = {
    SearchDocument: PastSearchDocument,
    QuoteDocument: PastQuoteDocument,
}
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

# Merges are followed as they were: the history does not have the canonical speakers.
_SPEAKERS_THEN = """merged_then (id, above) AS MATERIALIZED (
  SELECT id, merged_into_id FROM speaker_then WHERE merged_into_id IS NOT NULL
), canonical_then (id, canonical) AS MATERIALIZED (
  WITH RECURSIVE up AS (
    SELECT id, above FROM merged_then
    UNION SELECT u.id, m.above FROM up u JOIN merged_then m ON m.id = u.above)
  SELECT id, above FROM up WHERE above NOT IN (SELECT id FROM merged_then)
), articles_speaker AS NOT MATERIALIZED (
  SELECT r.*, coalesce(c.canonical, r.id) AS "canonical_speaker_id"
  FROM speaker_then r LEFT JOIN canonical_then c USING (id))"""


def then(moment: dt.datetime | None, sql: str, *tables: type[models.Model]) -> str:
    """The statement over these tables as of a moment; unchanged for None, which is now.

    In the statement, a name with the schema, as `public.articles_article`, is the table of now.
    """
    if moment is None:
        return sql
    instant = f"'{moment.astimezone(dt.UTC).isoformat()}'::timestamptz"
    # Only the templates have braces: column names have none.
    listed = ", ".join(map(_table_then, tables)).replace("{moment}", instant)
    return f"WITH {listed} SELECT * FROM ({sql}) AS found"


@cache
def _table_then(model: type[models.Model]) -> str:
    """The CTE that has the name of the table, with a placeholder for the moment."""
    names, table = [str(field.column) for field in model._meta.concrete_fields], model._meta.db_table
    if model is Speaker:
        names.remove("canonical_speaker_id")
    if past := _DOCUMENTS.get(model):
        return _DOCUMENTS_THEN.format(
            table=table,
            past=past._meta.db_table,
            columns=", ".join(f'"{name}"' for name in names if name not in ("since", "written_at")),
            public_now=PUBLIC_NOW,
            moment="{moment}",
        )
    events = apps.get_model("articles", f"{model.__name__}Event")
    found = _ROWS_THEN.format(
        table=table,
        events=events._meta.db_table,
        columns=", ".join(f'r."{name}"' for name in names),
        # Events reference their row by pgh_obj_id.
        former=", ".join('r.pgh_obj_id AS "id"' if name == "id" else f'r."{name}"' for name in names),
        existed="(r.added_at IS NULL OR r.added_at <= {moment}) AND" if "added_at" in names else "",
        moment="{moment}",
    )
    if model is not Speaker:
        return found
    return f"{found.replace(table, 'speaker_then', 1)}, {_SPEAKERS_THEN}"
