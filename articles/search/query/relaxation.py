"""A query with one thing of it taken away or loosened: what to try where it finds too little."""

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
    """One part of the query that is counted by itself, and the query without it or with it loosened.

    `looser` says in words what is loosened; it is empty where nothing of the clause can be.
    """

    node: Node
    text: str
    join: str
    dropped: str
    loosened: str
    looser: str


def clauses_of(root: Node | None) -> tuple[Clause, ...]:
    """The parts joined at the top, by AND or by OR."""
    if root is None:
        return ()
    join = "or" if isinstance(root, Or) else "and"
    parts = root.children() if isinstance(root, And | Or) else (root,)
    return tuple(_clause(parts, at, join) for at in range(len(parts)))


def any_instead(root: Node | None) -> str:
    """The query with any of its words in place of all; empty where it asks for fewer than two things.

    >>> from articles.search.query import parse
    >>> any_instead(parse("flood dam -insurance after:2019").root)
    '(flood OR dam) -insurance after:2019'
    """
    parts = root.nodes if isinstance(root, And) else ()
    asked = [part for part in parts if not isinstance(part, Not | Filter)]
    if len(asked) < 2:
        return ""
    kept = [part for part in parts if isinstance(part, Not | Filter)]
    either = alternatives(asked)
    return str(conjunction([node for node in (either, *kept) if node is not None]))


def _clause(parts: tuple[Node, ...], at: int, join: str) -> Clause:
    part = parts[at]
    looser, says = _looser(part)
    loosened = "" if looser is None else _replaced(parts, at, looser, join)
    return Clause(part, str(part), join, _replaced(parts, at, None, join), loosened, says)


def _replaced(parts: tuple[Node, ...], at: int, other: Node | None, join: str) -> str:
    rest = [*parts[:at], *([] if other is None else [other]), *parts[at + 1 :]]
    joined = alternatives(rest) if join == "or" else conjunction(rest)
    return "" if joined is None else str(joined)


def _looser(part: Node) -> tuple[Node | None, str]:
    """The clause one step looser, and what that step is."""
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
