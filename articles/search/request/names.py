"""Resolves names in URL parameters and queries to ids, in one statement."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from django.db import connection

from articles.models import Speaker
from articles.search.history.as_of import tables_as_of
from articles.search.query import Filter, Node, fold
from articles.search.request.query import NAMED_FIELDS, ResolvedName
from articles.text.folding import name_key

_TABLES = {
    "publication": "articles_publication",
    "section": "articles_section",
    "topic": "articles_topic",
    "speaker": "articles_speaker",
    "author": "articles_speaker",
}
# Publications and categories are also found without “The”.
_WITHOUT_THE = "replace(regexp_replace(public.archive_fold({}), '^the ', ''), ' ', '')"

_TABLE_NAMES = re.compile(r"\barticles_\w+")


def names_in(root: Node | None) -> set[tuple[str, str]]:
    """The names in the fields of a query, as pairs of kind and value."""
    nodes = () if root is None else root.walk()
    filters = (node for node in nodes if isinstance(node, Filter))
    return {(NAMED_FIELDS[node.name], node.value) for node in filters if node.name in NAMED_FIELDS}


def resolve_then_and_now(
    moment: dt.datetime, slugs: set[tuple[str, str]], written: set[tuple[str, str]]
) -> tuple[dict[tuple[str, str], ResolvedName], dict[tuple[str, str], ResolvedName]]:
    """Resolve names as of a moment, before later merges and renames, and also as of now.

    A slug that was given later resolves to the same object.
    """
    if not slugs and not written:
        return {}, {}
    sql, params = _resolve_sql(slugs, written, later=True)
    today = _TABLE_NAMES.sub(r"public.\g<0>", _resolve_sql(slugs, written)[0])
    with tables_as_of(moment), connection.cursor() as cursor:
        cursor.execute(
            f"SELECT false, n.* FROM ({sql}) AS n UNION ALL SELECT true, n.* FROM ({today}) AS n",
            [*params, *params],
        )
        rows = cursor.fetchall()
    return _collect(row[1:] for row in rows if not row[0]), _collect(row[1:] for row in rows if row[0])


def was_canonical(speaker: Speaker, moment: dt.datetime | None) -> bool:
    """Whether a speaker was not yet merged into another at that moment; False for now."""
    if moment is None:
        return False
    with tables_as_of(moment):
        return Speaker.objects.canonical().filter(pk=speaker.pk).exists()


def resolve(
    slugs: set[tuple[str, str]], written: set[tuple[str, str]]
) -> dict[tuple[str, str], ResolvedName]:
    """Resolve the values of parameters (`slugs`) and names as readers write them in a query.

    Former slugs and merged speakers resolve to their canonical object. A name matches a name or an alias in
    any spelling, and may match several objects; where the value of a parameter, or a written value with a
    hyphen, is a slug, it matches nothing else. Unknown names and speakers who are not public are omitted.
    """
    if not slugs and not written:
        return {}
    sql, params = _resolve_sql(slugs, written)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return _collect(cursor.fetchall())


def _resolve_sql(
    slugs: set[tuple[str, str]], written: set[tuple[str, str]], *, later: bool = False
) -> tuple[str, list[list[str] | list[bool]]]:
    asked = sorted((*key, False) for key in slugs) + sorted((*key, True) for key in written)
    found = " UNION ".join(_found(name, later) for name in sorted({name for name, _, _ in asked}))
    return _RESOLVE.replace("{found}", found), [
        [name for name, _, _ in asked],
        [value.replace("\0", "") for _, value, _ in asked],
        [name_key(value) for _, value, _ in asked],
        [_key_without_the(value) for _, value, _ in asked],
        [not as_written or "-" in value for _, value, as_written in asked],
    ]


def _key_without_the(value: str) -> str:
    return fold(value).removeprefix("the ").replace(" ", "")


def _collect(rows: Iterable[tuple[str, str, int, str, str]]) -> dict[tuple[str, str], ResolvedName]:
    found: dict[tuple[str, str], ResolvedName] = {}
    for name, value, id_, slug, label in rows:
        known = found.get((name, value), ResolvedName(value, slug, label))
        matches = dict.fromkeys((*known.matches, (slug, label)))
        found[name, value] = ResolvedName(value, known.slug, known.label, (*known.ids, id_), tuple(matches))
    return found


def _found(name: str, later: bool) -> str:
    table = _TABLES[name]
    kind = "speaker" if table == "articles_speaker" else name
    if kind == "speaker":
        named = "public.archive_name_key(x.name) = a.key"
        same = "public.archive_name_key(s.name) = a.key"
        alias = f"x.id IN (SELECT s.speaker_id FROM articles_alias s WHERE {same})"
    else:
        named = f"{_WITHOUT_THE.format('x.name')} = a.without_the"
        alias = f"EXISTS (SELECT FROM unnest(x.aliases) s WHERE {_WITHOUT_THE.format('s')} = a.without_the)"
    no_slug = f"NOT EXISTS (SELECT FROM {table} t WHERE t.slug = a.value)"
    former = f"o.kind = '{kind}' AND o.address = a.value AND o.target = '{kind}'"
    free = f"(NOT a.exact OR {no_slug} AND NOT EXISTS (SELECT FROM articles_oldaddress o WHERE {former}))"
    of_today = f"""
      UNION SELECT a.name, a.value, x.id FROM asked a JOIN public.{table} x ON x.slug = a.value
        WHERE a.name = '{name}' AND {no_slug}"""
    return f"""
      SELECT a.name, a.value, x.id FROM asked a JOIN {table} x ON x.slug = a.value WHERE a.name = '{name}'
      UNION SELECT a.name, a.value, o.target_id FROM asked a JOIN articles_oldaddress o ON {former}
        WHERE a.name = '{name}' AND {no_slug}
      UNION SELECT a.name, a.value, x.id FROM asked a JOIN {table} x ON {named}
        WHERE a.name = '{name}' AND {free}
      UNION SELECT a.name, a.value, x.id FROM asked a JOIN {table} x ON {alias}
        WHERE a.name = '{name}' AND {free}{of_today if later else ""}"""


_RESOLVE = """
WITH RECURSIVE asked AS (
  SELECT * FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::bool[])
    AS u (name, value, key, without_the, exact)
), found (name, value, id) AS ({found}
), up (name, value, id, above) AS (
  SELECT f.name, f.value, s.id, s.merged_into_id FROM found f JOIN articles_speaker s ON s.id = f.id
    WHERE f.name IN ('speaker', 'author')
  UNION SELECT u.name, u.value, s.id, s.merged_into_id FROM up u JOIN articles_speaker s ON s.id = u.above
), family (name, value, root, id) AS (
  SELECT name, value, id, id FROM up WHERE above IS NULL
  UNION SELECT f.name, f.value, f.root, s.id FROM family f JOIN articles_speaker s ON s.merged_into_id = f.id
)
SELECT f.name, f.value, f.id, s.slug, s.name FROM family f JOIN articles_speaker s ON s.id = f.root
  WHERE public.archive_is_public_speaker(f.root)
UNION ALL SELECT f.name, f.value, f.id, x.slug, x.name FROM found f JOIN articles_publication x ON x.id = f.id
  WHERE f.name = 'publication'
UNION ALL SELECT f.name, f.value, f.id, x.slug, x.name FROM found f JOIN articles_section x ON x.id = f.id
  WHERE f.name = 'section'
UNION ALL SELECT f.name, f.value, f.id, x.slug, x.name FROM found f JOIN articles_topic x ON x.id = f.id
  WHERE f.name = 'topic'
ORDER BY 1, 2, 4, 3
"""
