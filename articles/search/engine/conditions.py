"""Conditions on a table of documents, and how they become SQL that its index can answer.

Nothing else builds a tsquery. What the index can answer is gathered into one; the rest stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple


class Sql(NamedTuple):
    text: str
    params: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Table:
    """One of the two tables of documents, under the alias by which statements know it."""

    name: str
    alias: str
    key: str

    def column(self, name: str) -> str:
        return f"{self.alias}.{name}"

    def select(self, what: str, where: Sql) -> Sql:
        # Names of tables and columns are this module's own; values are parameters.
        return Sql(f"SELECT {what} FROM {self.name} {self.alias} WHERE {where.text}", where.params)


ARTICLES = Table("search_document", "d", "article_id")
QUOTES = Table("quote_document", "q", "quote_id")


@dataclass(frozen=True)
class Lexemes:
    """A tsquery as text. `bounded` where it can only match documents that hold one of its lexemes.

    `terms` where it matches just the documents that hold one of these: then their postings say it all.
    """

    query: str
    bounded: bool = True
    terms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Family:
    """The documents that have any term of a family: of `#y` those of these years, of others any at all.

    Known of postings alone.
    """

    name: str
    first: int = 0
    last: int = 0


@dataclass(frozen=True)
class Plain:
    """A condition that the index of words cannot answer. It is never null.

    `same` says it of the documents that are posted, in terms of their postings, where that can be said.
    """

    sql: Sql
    same: Condition | None = None


@dataclass(frozen=True)
class All:
    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Any_:
    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class None_:
    part: Condition


Condition = Lexemes | Family | Plain | All | Any_ | None_

NOTHING = Plain(Sql("false"))
EVERYTHING = Plain(Sql("true"))


def every(parts: Iterable[Condition]) -> Condition:
    flat = [
        p for part in parts for p in (part.parts if isinstance(part, All) else (part,)) if p != EVERYTHING
    ]
    if NOTHING in flat:
        return NOTHING
    if len(flat) == 1:
        return flat[0]
    return All(tuple(flat)) if flat else EVERYTHING


def either(parts: Iterable[Condition]) -> Condition:
    flat = [p for part in parts for p in (part.parts if isinstance(part, Any_) else (part,))]
    flat = [part for part in flat if part != NOTHING]
    if EVERYTHING in flat:
        return EVERYTHING
    if len(flat) == 1:
        return flat[0]
    return Any_(tuple(flat)) if flat else NOTHING


def neither(part: Condition) -> Condition:
    if isinstance(part, None_):
        return part.part
    if part == NOTHING:
        return EVERYTHING
    return NOTHING if part == EVERYTHING else None_(part)


def lexeme(text: str, *, prefix: bool = False, label: str = "") -> str:
    """One lexeme of a tsquery; a word is known by its first 255 characters."""
    marks = ("*" if prefix else "") + label
    quoted = text.replace("\\", "\\\\").replace("'", "''")
    return f"'{quoted}'" + (f":{marks}" if marks else "")


def any_lexeme(texts: Sequence[str]) -> Condition:
    return Lexemes(" | ".join(lexeme(text) for text in texts), terms=tuple(texts)) if texts else NOTHING


def as_lexemes(condition: Condition) -> Lexemes | None:
    """The condition as one tsquery, where the index can answer all of it."""
    if isinstance(condition, Lexemes):
        return condition
    if isinstance(condition, Plain | Family):
        return None
    if isinstance(condition, None_):
        inner = as_lexemes(condition.part)
        return inner and Lexemes(f"!({inner.query})", bounded=False)
    parts = [as_lexemes(part) for part in condition.parts]
    if any(part is None for part in parts):
        return None
    found = [part for part in parts if part is not None]
    if isinstance(condition, All):
        return Lexemes(" & ".join(f"({part.query})" for part in found), any(part.bounded for part in found))
    return Lexemes(" | ".join(f"({part.query})" for part in found), all(part.bounded for part in found))


def to_sql(condition: Condition, table: Table) -> Sql:
    """The condition as SQL over one table, as few look-ups in its index as can be."""
    query = as_lexemes(condition)
    if query is not None and query.bounded:
        return Sql(f"{table.column('vector')} @@ %s::tsquery", (query.query,))
    if isinstance(condition, Plain):
        return condition.sql
    if isinstance(condition, None_):
        return _not(condition.part, table)
    if isinstance(condition, Any_):
        return _joined(" OR ", condition.parts, table)
    assert isinstance(condition, All)  # noqa: S101 - Lexemes that are not bounded are never made alone
    answered = [part for part in condition.parts if as_lexemes(part) is not None]
    rest = [part for part in condition.parts if as_lexemes(part) is None]
    gathered = as_lexemes(All(tuple(answered))) if answered else None
    if gathered is not None and gathered.bounded:
        return _joined(" AND ", [gathered, *rest], table)
    return _joined(" AND ", condition.parts, table)


def _not(part: Condition, table: Table) -> Sql:
    inner = to_sql(part, table)
    if as_lexemes(part) is None:
        return Sql(f"NOT ({inner.text})", inner.params)
    # To look at every vector takes a hundred times as long as to look up those to be left out.
    found = Table(table.name, f"{table.alias}_", table.key)
    chosen = found.select(found.column(table.key), to_sql(part, found))
    return Sql(f"{table.column(table.key)} NOT IN ({chosen.text})", chosen.params)


def _joined(word: str, parts: Iterable[Condition], table: Table) -> Sql:
    done = [to_sql(part, table) for part in parts]
    text = word.join(f"({sql.text})" for sql in done)
    return Sql(text, tuple(param for sql in done for param in sql.params))
