"""Resolves names in URL parameters and queries to ids, in one statement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import connection

from articles.models import Alias, Publication, Section, Speaker, Topic
from articles.search.history.as_of import PUBLIC_NOW, then
from articles.search.query import Filter, Node, fold
from articles.search.request.query import NAMED_FIELDS, ResolvedName
from articles.text.folding import name_key

# The tables of things with names, by the parameter.
TABLES = {
    "publication": "articles_publication",
    "section": "articles_section",
    "topic": "articles_topic",
    "speaker": "articles_speaker",
    "author": "articles_speaker",
}
# The public articles of a category `x`, by the index of its articles; and how a former document `p` has it.
_ARTICLES = "public.articles_article a JOIN public.search_document d ON d.article_id = a.id"
_OF_ARTICLE = {
    "publication": (f"{_ARTICLES} WHERE a.publication_id = x.id", "p.publication_id = x.id"),
    "section": (f"{_ARTICLES} WHERE a.section_id = x.id", "p.section_id = x.id"),
    "topic": (
        "public.articles_articletopic t JOIN public.search_document d USING (article_id)"
        " WHERE t.topic_id = x.id",
        "x.id = ANY (p.topic_ids)",
    ),
}
# Publications and categories are also found without “The”.
_WITHOUT_THE = "replace(regexp_replace(public.archive_fold({}), '^the ', ''), ' ', '')"

_READ = (Publication, Section, Topic, Speaker, Alias)


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
    former, params = _resolve_sql(slugs, written, past=True, later=True)
    former, today = then(moment, former, *_READ), _resolve_sql(slugs, written, past=True)[0]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT false, n.* FROM ({former}) AS n UNION ALL SELECT true, n.* FROM ({today}) AS n",
            [*params, *params],
        )
        rows = cursor.fetchall()
    return _collect(row[1:] for row in rows if not row[0]), _collect(row[1:] for row in rows if row[0])


def was_canonical(speaker: Speaker, moment: dt.datetime | None) -> bool:
    """Whether a speaker was not yet merged into another at that moment; False for now."""
    if moment is None:
        return False
    canonical = "SELECT EXISTS (SELECT FROM articles_speaker WHERE id = %s AND merged_into_id IS NULL)"
    with connection.cursor() as cursor:
        cursor.execute(then(moment, canonical, Speaker), [speaker.pk])
        return cursor.fetchone()[0]


def resolve(
    slugs: set[tuple[str, str]], written: set[tuple[str, str]], as_of: dt.datetime | None = None
) -> dict[tuple[str, str], ResolvedName]:
    """Resolve the values of parameters (`slugs`) and names as readers write them in a query.

    Former slugs and merged speakers resolve to their canonical object. A name matches a name or an alias in
    any spelling, and may match several objects; where the value of a parameter, or a written value with a
    hyphen, is a slug, it matches nothing else. Unknown names are omitted, and those of nothing public.
    """
    if not slugs and not written:
        return {}
    sql, params = _resolve_sql(slugs, written, past=as_of is not None)
    with connection.cursor() as cursor:
        cursor.execute(then(as_of, sql, *_READ), params)
        return _collect(cursor.fetchall())


def _resolve_sql(
    slugs: set[tuple[str, str]], written: set[tuple[str, str]], *, past: bool, later: bool = False
) -> tuple[str, list[list[str] | list[bool]]]:
    asked = sorted((*key, False) for key in slugs) + sorted((*key, True) for key in written)
    found = " UNION ".join(_found(name, later) for name in sorted({name for name, _, _ in asked}))
    categories = " UNION ALL ".join(_category(kind, past) for kind in _OF_ARTICLE)
    return _RESOLVE.replace("{found}", found).replace("{categories}", categories), [
        [name for name, _, _ in asked],
        [value.replace("\0", "") for _, value, _ in asked],
        [name_key(value) for _, value, _ in asked],
        [_key_without_the(value) for _, value, _ in asked],
        [not as_written or "-" in value for _, value, as_written in asked],
    ]


def _category(kind: str, past: bool) -> str:
    """The found categories of a kind that have a public article now; with `past`, or had it once."""
    public, former = _OF_ARTICLE[kind]
    shown = f"EXISTS (SELECT FROM {public} AND d.visible_from <= statement_timestamp())"
    if past:
        once = f"SELECT FROM public.search_document_past p WHERE {former} AND {PUBLIC_NOW}"
        shown = f"({shown} OR EXISTS ({once}))"
    return f"""SELECT f.name, f.value, f.id, x.slug, x.name FROM found f JOIN {TABLES[kind]} x ON x.id = f.id
      WHERE f.name = '{kind}' AND {shown}"""


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
    table = TABLES[name]
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


# Persons are materialized, or every speaker would be asked whether they are public.
_RESOLVE = """
WITH asked AS (
  SELECT * FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::bool[])
    AS u (name, value, key, without_the, exact)
), found (name, value, id) AS ({found}
), person (name, value, id) AS MATERIALIZED (
  SELECT DISTINCT f.name, f.value, s.canonical_speaker_id FROM found f JOIN articles_speaker s ON s.id = f.id
    WHERE f.name IN ('speaker', 'author')
)
SELECT p.name, p.value, member.id, s.slug, s.name FROM person p JOIN articles_speaker s ON s.id = p.id
  JOIN articles_speaker member ON member.canonical_speaker_id = p.id
  WHERE public.archive_is_public_speaker(p.id)
UNION ALL {categories}
ORDER BY 1, 2, 4, 3
"""
