"""Rechecks clauses about positions on the text, for documents whose vectors lack positions.

Clauses that the index cannot answer, such as nested NEAR, are rechecked for every document with their words.
Texts are read in batches and within a budget; raises SearchTooLong where it does not suffice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db import connection
from psycopg.errors import QueryCanceled

from articles.search.engine.budget import Budget, OverBudget, SearchTooLong
from articles.search.engine.conditions import ARTICLES, Sql, Table
from articles.search.engine.documents import Atom, Decided, Doubt
from articles.search.engine.occurrences import Text, forms_by_stem, read_words
from articles.search.engine.stems import plain_words, stems_of

# The gap between two parts of one quote; a phrase does not match across it.
GAP = " […] "
WHOLE_PARTS = ("headline", "standfirst", "byline", "kicker", "body")

_ARTICLE_TEXTS = """
SELECT a.id, a.language, a.headline, a.standfirst, a.byline, a.kicker, a.body,
  ARRAY(SELECT caption FROM articles_image i WHERE i.article_id = a.id ORDER BY position, id)
FROM articles_article a WHERE a.id = ANY(%s)
"""
_QUOTE_TEXTS = """
SELECT q.id, a.language, q.text FROM articles_quote q JOIN articles_article a ON a.id = q.article_id
WHERE q.id = ANY(%s)
"""

# Texts per database query.
BATCH = 50
# Budget steps for fetching one text of any length.
STEPS_A_TEXT = 50

# The language of a document and the folded words of each of its parts.
Parts = tuple[str, list[tuple[str, list[str]]]]
# For each document the numbers of the clauses to recheck, and whether its vector matches them.
Open = dict[int, list[tuple[int, bool]]]


def decide(doubts: Sequence[Doubt], budget: Budget) -> dict[Atom, Decided]:
    """Recheck the doubts on the texts; omits atoms for which the vectors were right."""
    asked = list(dict.fromkeys(doubts))
    missed: dict[Atom, list[int]] = defaultdict(list)
    wrong: dict[Atom, list[int]] = defaultdict(list)
    try:
        for atom, id_, holds in _decided(asked, budget):
            (missed if holds else wrong)[atom].append(id_)
    except OverBudget:
        message = "the texts that this search must read are too many or too long"
        raise SearchTooLong(message) from QueryCanceled(message)
    return {atom: Decided(tuple(missed[atom]), tuple(wrong[atom])) for atom in {*missed, *wrong}}


def _decided(asked: Sequence[Doubt], budget: Budget) -> Iterator[tuple[Atom, int, bool]]:
    """The documents whose text and vector disagree, with the result on the text."""
    for table, documents in _uncertain(asked, budget).items():
        ids = sorted(documents)
        for start in range(0, len(ids), BATCH):
            texts = _texts(table, ids[start : start + BATCH], budget)
            stems = _stems(asked, texts, budget)
            forms = {of: forms_by_stem(stems, of) for of in {language for language, _ in texts.values()}}
            for id_, (language, parts) in texts.items():
                read = [(name, Text(words, forms[language], budget)) for name, words in parts]
                for at, matched in documents[id_]:
                    atom = asked[at].atom
                    holds = any(text.holds(atom.node) for name, text in read if atom.place in ("", name))
                    if holds != matched:
                        yield atom, id_, holds


def _uncertain(asked: Sequence[Doubt], budget: Budget) -> dict[Table, Open]:
    parts = [_select(at, doubt) for at, doubt in enumerate(asked)]
    most = budget.left // STEPS_A_TEXT + 1
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT * FROM ({' UNION ALL '.join(part.text for part in parts)}) AS doubts LIMIT %s",
            [*(p for part in parts for p in part.params), most],
        )
        rows = cursor.fetchall()
    budget.spend(STEPS_A_TEXT * len(rows))
    found: dict[Table, Open] = defaultdict(lambda: defaultdict(list))
    for at, id_, matched in rows:
        found[asked[at].atom.table][id_].append((at, matched))
    return found


def _select(at: int, doubt: Doubt) -> Sql:
    """SQL for the documents to recheck, and whether their vectors match."""
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


def _texts(table: Table, ids: Sequence[int], budget: Budget) -> dict[int, Parts]:
    with connection.cursor() as cursor:
        cursor.execute(_ARTICLE_TEXTS if table == ARTICLES else _QUOTE_TEXTS, [list(ids)])
        rows = cursor.fetchall()
    return {
        id_: (language, [(name, read_words(text, budget)) for name, text in _named(table, texts) if text])
        for id_, language, *texts in rows
    }


def _named(table: Table, texts: Sequence[Any]) -> Iterator[tuple[str, str]]:
    """The texts of one row with the names of their parts."""
    if table == ARTICLES:
        *whole, captions = texts
        yield from zip(WHOLE_PARTS, whole, strict=True)
        yield from (("caption", caption) for caption in captions)
    else:
        yield from (("quote", stretch) for stretch in texts[0].split(GAP))


def _stems(asked: Sequence[Doubt], texts: Mapping[int, Parts], budget: Budget) -> dict[tuple[str, str], str]:
    wanted = plain_words(doubt.atom.node for doubt in asked)
    if not wanted:
        return {}
    # No stemmer changes the first letter of a word, so only words with these initials can have the same stem.
    initials = {word[0] for word in wanted}
    by_language: dict[str, set[str]] = defaultdict(set)
    for language, parts in texts.values():
        for _, part in parts:
            different = set(part)
            budget.spend(len(different) // 4 + 1)
            by_language[language].update(word for word in different if word[0] in initials)
        by_language[language].update(wanted)
    return stems_of(by_language)
