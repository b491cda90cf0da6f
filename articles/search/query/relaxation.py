"""Query relaxation: variants of a query with one clause dropped or relaxed, for queries that find little."""

from __future__ import annotations

from dataclasses import dataclass

from articles.search.query.nodes import (
    And,
    Field,
    Filter,
    Near,
    Node,
    Not,
    Or,
    Words,
    alternatives,
    conjunction,
)


@dataclass(frozen=True)
class Clause:
    """One top-level clause; `dropped` is the query without it, `relaxed` the query with it relaxed.

    `relaxation` describes how it is relaxed; empty where it cannot be.
    """

    node: Node
    text: str
    join: str
    dropped: str
    relaxed: str
    relaxation: str


def clauses_of(root: Node | None) -> tuple[Clause, ...]:
    """The clauses joined by the top-level AND or OR."""
    if root is None:
        return ()
    join = "or" if isinstance(root, Or) else "and"
    parts = root.children() if isinstance(root, And | Or) else (root,)
    return tuple(_clause(parts, at, join) for at in range(len(parts)))


def relaxed_to_or(root: Node | None) -> str:
    """The query with OR in place of AND; empty where it has fewer than two positive clauses.

    >>> from articles.search.query import parse
    >>> relaxed_to_or(parse("flood dam -insurance after:2019").root)
    '(flood OR dam) -insurance after:2019'
    """
    parts = root.nodes if isinstance(root, And) else ()
    asked = [part for part in parts if not isinstance(part, Not | Filter)]
    if len(asked) < 2:
        return ""
    others = [part for part in parts if isinstance(part, Not | Filter)]
    either = alternatives(asked)
    return str(conjunction([node for node in (either, *others) if node is not None]))


def _clause(parts: tuple[Node, ...], at: int, join: str) -> Clause:
    part = parts[at]
    node, relaxation = _relax(part)
    relaxed = "" if node is None else _replaced(parts, at, node, join)
    return Clause(part, str(part), join, _replaced(parts, at, None, join), relaxed, relaxation)


def _replaced(parts: tuple[Node, ...], at: int, other: Node | None, join: str) -> str:
    rest = [*parts[:at], *([] if other is None else [other]), *parts[at + 1 :]]
    joined = alternatives(rest) if join == "or" else conjunction(rest)
    return "" if joined is None else str(joined)


def _relax(part: Node) -> tuple[Node | None, str]:
    """The clause relaxed by one step, and a description of that step."""
    match part:
        case Words(exact=True) if not any(term.prefix for term in part.terms):
            return Words(part.terms), "in any form"
        case Words() if len(part.terms) > 1:
            apart: list[Node] = [Words((term,)) for term in part.terms]
            return conjunction(apart), "not side by side"
        case Near():
            return conjunction([part.left, part.right]), "at any distance"
        case Field():
            return part.node, "anywhere"
    return None, ""
