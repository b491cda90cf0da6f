"""Conditions on the search documents, and their SQL.

Only this module builds tsqueries. Conditions that the GIN index can answer are combined into one tsquery.
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
    """One of the two tables of search documents, with its alias in all statements."""

    name: str
    alias: str
    key: str

    def column(self, name: str) -> str:
        return f"{self.alias}.{name}"

    def select(self, what: str, where: Sql) -> Sql:
        # Table and column names are constants; values are parameters.
        return Sql(f"SELECT {what} FROM {self.name} {self.alias} WHERE {where.text}", where.params)


ARTICLES = Table("search_document", "d", "article_id")
QUOTES = Table("quote_document", "q", "quote_id")


@dataclass(frozen=True)
class Lexemes:
    """A tsquery as text. `bounded`: it matches only documents with at least one of its lexemes.

    `terms`: it matches exactly the documents with one of these terms, so that postings can answer it.
    """

    query: str
    bounded: bool = True
    terms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Family:
    """The documents with any term of a family; for the family `#y`, of the years `first` to `last`.

    Only postings can answer it.
    """

    name: str
    first: int = 0
    last: int = 0


@dataclass(frozen=True)
class Plain:
    """A condition that the GIN index cannot answer. Its SQL is never null.

    `same` is an equivalent condition on postings, if there is one.
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
    """The AND of the conditions, flattened."""
    flat = [
        p for part in parts for p in (part.parts if isinstance(part, All) else (part,)) if p != EVERYTHING
    ]
    if NOTHING in flat:
        return NOTHING
    if len(flat) == 1:
        return flat[0]
    return All(tuple(flat)) if flat else EVERYTHING


def either(parts: Iterable[Condition]) -> Condition:
    """The OR of the conditions, flattened."""
    flat = [p for part in parts for p in (part.parts if isinstance(part, Any_) else (part,))]
    flat = [part for part in flat if part != NOTHING]
    if EVERYTHING in flat:
        return EVERYTHING
    if len(flat) == 1:
        return flat[0]
    return Any_(tuple(flat)) if flat else NOTHING


def neither(part: Condition) -> Condition:
    """The NOT of the condition."""
    if isinstance(part, None_):
        return part.part
    if part == NOTHING:
        return EVERYTHING
    return NOTHING if part == EVERYTHING else None_(part)


def lexeme(text: str, *, prefix: bool = False, label: str = "") -> str:
    """One quoted lexeme of a tsquery; words are indexed by their first 255 characters."""
    marks = ("*" if prefix else "") + label
    quoted = text.replace("\\", "\\\\").replace("'", "''")
    return f"'{quoted}'" + (f":{marks}" if marks else "")


def any_lexeme(texts: Sequence[str]) -> Condition:
    return Lexemes(" | ".join(lexeme(text) for text in texts), terms=tuple(texts)) if texts else NOTHING


def as_lexemes(condition: Condition) -> Lexemes | None:
    """The condition as one tsquery; None if the index cannot answer all of it."""
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
    """The condition as SQL over one table, with as few index look-ups as possible."""
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
    # NOT on every vector takes a hundred times as long as an index look-up of the excluded documents.
    found = Table(table.name, f"{table.alias}_", table.key)
    chosen = found.select(found.column(table.key), to_sql(part, found))
    return Sql(f"{table.column(table.key)} NOT IN ({chosen.text})", chosen.params)


def _joined(word: str, parts: Iterable[Condition], table: Table) -> Sql:
    done = [to_sql(part, table) for part in parts]
    text = word.join(f"({sql.text})" for sql in done)
    return Sql(text, tuple(param for sql in done for param in sql.params))
