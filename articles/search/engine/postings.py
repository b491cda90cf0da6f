"""Finds articles from the postings of frequent terms: bitmaps instead of rows.

A condition is split into terms, whose postings are read, and conditions that only the tables can answer; one
statement gets both. Documents that changed after their postings are in `unposted` and are checked as rows.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from articles.search.engine.conditions import (
    ARTICLES,
    EVERYTHING,
    NOTHING,
    All,
    Any_,
    Condition,
    Family,
    Lexemes,
    None_,
    Plain,
    Sql,
    every,
    lexeme,
    to_sql,
)

BLOCK = 30_720


@dataclass(frozen=True)
class Ids:
    """The range of ids from 0 on, in blocks of `BLOCK` bits."""

    blocks: int

    @property
    def size(self) -> int:
        return self.blocks * BLOCK

    def of(self, ids: Iterable[int]) -> int:
        """The bitmap of these ids; raises IndexError where one is out of range."""
        digits = bytearray(b"0" * self.size)
        for id_ in ids:
            digits[id_] = 49
        return int(digits or b"0", 2)

    def of_blocks(self, blocks: Mapping[int, str]) -> int:
        """The bitmap from blocks written as zeroes and ones; missing blocks are empty."""
        if not blocks:
            return 0
        empty = "0" * BLOCK
        return int("".join(blocks.get(at, empty) for at in range(self.blocks)), 2)

    def written(self, bits: int) -> str:
        """All bits as zeroes and ones."""
        return format(bits, f"0{self.size}b") if self.size else ""

    def in_blocks(self, bits: int) -> dict[int, str]:
        """The blocks that are not empty, as zeroes and ones."""
        written = self.written(bits)
        cut = ((at, written[at * BLOCK : (at + 1) * BLOCK]) for at in range(self.blocks))
        return {at: block for at, block in cut if "1" in block}

    def members(self, bits: int) -> Iterator[int]:
        """The ids in the bitmap, lowest first."""
        written = self.written(bits)
        at = written.find("1")
        while at >= 0:
            yield at
            at = written.find("1", at + 1)

    def array(self, bits: int) -> str:
        """The ids as a PostgreSQL array literal; the driver takes milliseconds for a long list."""
        return f"{{{','.join(map(str, self.members(bits)))}}}"


# With more unposted documents than this, postings are not used.
MOST_UNPOSTED = 2000
# The term of every document.
DOCUMENT = "!d"


@dataclass(frozen=True)
class Sets:
    """The bitmap of each condition by name. `unposted` are the documents without current postings."""

    ids: Ids
    documents: int
    unposted: int
    found: Mapping[str, int]

    def __getitem__(self, name: str) -> int:
        return self.found[name]

    def count(self, name: str) -> int:
        return self.found[name].bit_count()


def sets_of(conditions: Mapping[str, Condition], moment: dt.datetime) -> Sets | None:
    """Evaluate conditions on articles; None where too many documents are unposted.

    Also None where postings are newer than the moment.
    """
    told = _ask(conditions, moment)
    if told is None:
        return None
    settled = told.documents & ~told.unposted
    found = {
        name: (told.set_of(_taken_apart(condition)) & settled) | told.fresh.get(name, 0)
        for name, condition in conditions.items()
    }
    return Sets(told.ids, told.documents.bit_count(), told.unposted, found)


def _taken_apart(condition: Condition) -> Condition:
    """The condition on posted documents: the table answers its Plain parts, postings all others."""
    if isinstance(condition, Family) or condition in (EVERYTHING, NOTHING):
        return condition
    if isinstance(condition, Lexemes):
        return condition if condition.terms else Plain(to_sql(condition, ARTICLES))
    if isinstance(condition, Plain):
        return _taken_apart(condition.same) if condition.same else condition
    if isinstance(condition, None_):
        return None_(_taken_apart(condition.part))
    if isinstance(condition, Any_):
        return Any_(tuple(map(_taken_apart, condition.parts)))
    if not any(map(_is_of_the_table, condition.parts)):
        return All(tuple(map(_taken_apart, condition.parts)))
    # Conditions on the table are combined with those on words, so that they check fewer documents.
    together = [part for part in condition.parts if isinstance(part, Lexemes) or _is_of_the_table(part)]
    rest = [part for part in condition.parts if part not in together]
    gathered = Plain(to_sql(every(together), ARTICLES))
    return All((gathered, *map(_taken_apart, rest)))


def _is_of_the_table(condition: Condition) -> bool:
    """Whether postings cannot answer it: positions, prefixes, times, conditions on quotes."""
    if isinstance(condition, Lexemes):
        return not condition.terms
    return isinstance(condition, Plain) and not condition.same


def _leaves(condition: Condition) -> Iterator[Lexemes | Family | Plain]:
    if isinstance(condition, All | Any_):
        for part in condition.parts:
            yield from _leaves(part)
    elif isinstance(condition, None_):
        yield from _leaves(condition.part)
    elif condition not in (EVERYTHING, NOTHING):
        yield condition


@dataclass(frozen=True)
class _Told:
    """The result of the statement: the bitmap of each leaf, of all posted and of all unposted documents.

    `fresh` has, for each condition, the unposted documents that meet it.
    """

    ids: Ids
    documents: int
    unposted: int
    terms: Mapping[str, int]
    families: Mapping[Family, int]
    # Pairs instead of a dict: the parameters of SQL may be lists.
    rows: Sequence[tuple[Sql, int]]
    fresh: Mapping[str, int]

    def set_of(self, condition: Condition) -> int:
        if condition == EVERYTHING:
            return self.documents
        if condition == NOTHING:
            return 0
        if isinstance(condition, Lexemes):
            return self._any(self.terms.get(term, 0) for term in condition.terms)
        if isinstance(condition, Family):
            return self.families.get(condition, 0)
        if isinstance(condition, Plain):
            return next(bits for sql, bits in self.rows if sql == condition.sql)
        if isinstance(condition, None_):
            return self.documents & ~self.set_of(condition.part)
        if isinstance(condition, Any_):
            return self._any(map(self.set_of, condition.parts))
        found = self.documents
        for part in condition.parts:
            found &= self.set_of(part)
        return found

    def _any(self, sets: Iterable[int]) -> int:
        found = 0
        for bits in sets:
            found |= bits
        return found


def _ask(conditions: Mapping[str, Condition], moment: dt.datetime) -> _Told | None:
    leaves = [leaf for condition in conditions.values() for leaf in _leaves(_taken_apart(condition))]
    terms = {term for leaf in leaves if isinstance(leaf, Lexemes) for term in leaf.terms} | {DOCUMENT}
    families = list(dict.fromkeys(leaf for leaf in leaves if isinstance(leaf, Family)))
    rows: list[Sql] = []
    for leaf in leaves:
        if isinstance(leaf, Plain) and leaf.sql not in rows:
            rows.append(leaf.sql)
    blocks: dict[tuple[str, str], dict[int, str]] = defaultdict(dict)
    listed: dict[tuple[str, str], list[int]] = {}
    late = False
    for what, name, block, bits, ids in _run(_statement(sorted(terms), families, rows, conditions, moment)):
        if what == "late":
            late = True
        elif ids is None:
            blocks[what, name][block] = bits
        else:
            listed[what, name] = ids
    if late or len(listed["unposted", ""]) > MOST_UNPOSTED:
        return None
    highest = max((max(ids, default=0) for ids in listed.values()), default=0)
    last = max((max(found) for found in blocks.values()), default=0)
    space = Ids(max(last, highest // BLOCK) + 1)
    in_bits = {key: space.of_blocks(found) for key, found in blocks.items()}
    in_bits |= {key: space.of(ids) for key, ids in listed.items()}
    return _Told(
        space,
        in_bits.get(("term", DOCUMENT), 0),
        in_bits["unposted", ""],
        {name: bits for (what, name), bits in in_bits.items() if what == "term"},
        {family: in_bits.get(("family", str(at)), 0) for at, family in enumerate(families)},
        [(sql, in_bits["rows", str(at)]) for at, sql in enumerate(rows)],
        {name: bits for (what, name), bits in in_bits.items() if what == "fresh"},
    )


def _statement(
    terms: list[str],
    families: list[Family],
    rows: list[Sql],
    conditions: Mapping[str, Condition],
    moment: dt.datetime,
) -> Sql:
    parts = [
        Sql(_OF_TERMS, (terms,)),
        Sql(_UNPOSTED, (MOST_UNPOSTED + 1,)),
        Sql(_LATE, (moment,)),
    ]
    parts += [_of_a_family(at, family) for at, family in enumerate(families)]
    # All ids and marks are posted, but only frequent words.
    parts += [Sql(_OF_A_WORD, (term, lexeme(term), term)) for term in terms if term[0] not in "#!"]
    parts += [Sql(_OF_ROWS.format(at=at, where=sql.text), sql.params) for at, sql in enumerate(rows)]
    for name, condition in conditions.items():
        where = to_sql(condition, ARTICLES)
        parts.append(Sql(_FRESH.format(where=where.text), (name, MOST_UNPOSTED + 1, *where.params)))
    text = " UNION ALL ".join(f"({part.text})" for part in parts)
    return Sql(text, tuple(param for part in parts for param in part.params))


_OF_TERMS = """
SELECT 'term', term, block, bits::text, NULL::bigint[] FROM posting WHERE term = ANY(%s)"""
_LATE = """
SELECT 'late', '', NULL::int, NULL::text, NULL::bigint[] FROM posting_state WHERE posted_at > %s"""
_UNPOSTED = """
SELECT 'unposted', '', NULL::int, NULL::text,
  ARRAY(SELECT DISTINCT article_id FROM unposted LIMIT %s)"""
_OF_A_WORD = """
SELECT 'term', %s, NULL::int, NULL::text,
  ARRAY(SELECT article_id FROM search_document d WHERE d.vector @@ %s::tsquery)
WHERE NOT EXISTS (SELECT FROM posted_term WHERE term = %s)"""
_OF_ROWS = """
SELECT 'rows', '{at}', NULL::int, NULL::text,
  ARRAY(SELECT d.article_id FROM search_document d WHERE {where})"""
_FRESH = """
SELECT 'fresh', %s, NULL::int, NULL::text, ARRAY(
  SELECT d.article_id FROM search_document d
  WHERE d.article_id = ANY(ARRAY(SELECT DISTINCT article_id FROM unposted LIMIT %s)) AND ({where}))
WHERE EXISTS (SELECT FROM unposted)"""
_OF_A_FAMILY = """
SELECT 'family', '{at}', p.block, bit_or(p.bits)::text, NULL::bigint[]
FROM posted_term t JOIN posting p ON p.term = t.term WHERE t.family = %s {within} GROUP BY p.block"""


def _of_a_family(at: int, family: Family) -> Sql:
    if not family.last:
        return Sql(_OF_A_FAMILY.format(at=at, within=""), (family.name,))
    within = "AND substr(t.term, 3)::int BETWEEN %s AND %s"
    return Sql(_OF_A_FAMILY.format(at=at, within=within), (family.name, family.first, family.last))


def _run(sql: Sql) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql.text, sql.params)
        return cursor.fetchall()
