"""Clauses on positions, decided on the text where a document's vector could not keep all positions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db import connection

from articles.querylang import words
from articles.search.conditions import ARTICLES, Sql, Table
from articles.search.documents import Atom, Decided, Doubt
from articles.search.occurrences import occurrences, tests_by_stem
from articles.search.stems import plain_words, stems_of

# What stands between two stretches of one quote; a phrase does not cross it.
GAP = " […] "
PARTS = ("headline", "standfirst", "byline", "kicker", "caption", "body")

_ARTICLE_TEXTS = """
SELECT a.id, a.language, a.headline, a.standfirst, a.byline, a.kicker, a.body,
  ARRAY(SELECT caption FROM articles_image i WHERE i.article_id = a.id ORDER BY position, id)
FROM articles_article a WHERE a.id = ANY(%s)
"""
_QUOTE_TEXTS = """
SELECT q.id, a.language, q.text FROM articles_quote q JOIN articles_article a ON a.id = q.article_id
WHERE q.id = ANY(%s)
"""

Texts = dict[int, tuple[str, list[tuple[str, list[str]]]]]


def decide(doubts: Sequence[Doubt]) -> dict[Atom, Decided]:
    """What the texts say where the vectors are not enough; nothing for the atoms that they answer."""
    asked = list(dict.fromkeys(doubts))
    uncertain = _uncertain(asked)
    texts = {
        table: _texts(table, {id_ for at, id_, _ in uncertain if asked[at].atom.table == table})
        for table in {doubt.atom.table for doubt in asked}
    }
    stems = _stems(asked, texts)
    tests = {
        language: tests_by_stem(stems, language) for known in texts.values() for language, _ in known.values()
    }
    missed: dict[Atom, list[int]] = defaultdict(list)
    wrong: dict[Atom, list[int]] = defaultdict(list)
    for at, id_, matched in uncertain:
        atom = asked[at].atom
        language, parts = texts[atom.table][id_]
        holds = any(
            occurrences(atom.node, part, tests[language]) for name, part in parts if atom.place in ("", name)
        )
        if holds != matched:
            (missed if holds else wrong)[atom].append(id_)
    return {atom: Decided(tuple(missed[atom]), tuple(wrong[atom])) for atom in {*missed, *wrong}}


def _uncertain(asked: Sequence[Doubt]) -> list[tuple[int, int, bool]]:
    parts = [_select(at, doubt) for at, doubt in enumerate(asked)]
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(part.text for part in parts), [p for part in parts for p in part.params]
        )
        return cursor.fetchall()


def _select(at: int, doubt: Doubt) -> Sql:
    """The documents that an atom must be decided for, and what their vectors say."""
    table = doubt.atom.table
    where = [f"{table.column('vector')} @@ %s::tsquery"]
    params: list[object] = [doubt.loose]
    matched = "false"
    if doubt.exact is not None:
        matched = f"{table.column('vector')} @@ %s::tsquery"
        params.insert(0, doubt.exact)
        where.append(table.column("lossy"))
        if doubt.sound:
            where.append(f"NOT {table.column('vector')} @@ %s::tsquery")
            params.append(doubt.exact)
    if doubt.languages:
        where.append(f"{table.column('language')} = ANY(%s)")
        params.append(list(doubt.languages))
    return table.select(
        f"{at}, {table.column(table.key)}, {matched}", Sql(" AND ".join(where), tuple(params))
    )


def _texts(table: Table, ids: set[int]) -> Texts:
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_ARTICLE_TEXTS if table == ARTICLES else _QUOTE_TEXTS, [sorted(ids)])
        rows = cursor.fetchall()
    if table != ARTICLES:
        return {
            id_: (language, [("quote", words(part)) for part in text.split(GAP)])
            for id_, language, text in rows
        }
    return {
        id_: (
            language,
            [
                *((name, words(text)) for name, text in zip(("headline", "standfirst"), rest, strict=False)),
                *(("byline", words(rest[2])), ("kicker", words(rest[3])), ("body", words(rest[4]))),
                *(("caption", words(caption)) for caption in rest[5]),
            ],
        )
        for id_, language, *rest in rows
    }


def _stems(asked: Sequence[Doubt], texts: Mapping[Table, Texts]) -> dict[tuple[str, str], str]:
    wanted = plain_words(doubt.atom.node for doubt in asked)
    if not wanted:
        return {}
    # No stemmer changes the first letter of a word, so that only these can have the same stem.
    initials = {word[0] for word in wanted}
    by_language: dict[str, set[str]] = defaultdict(set)
    for known in texts.values():
        for language, parts in known.values():
            found = {word for _, part in parts for word in part if word[0] in initials}
            by_language[language].update(wanted, found)
    return stems_of(by_language)
