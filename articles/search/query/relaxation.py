"""Query relaxation: variants of a query with one clause dropped or relaxed, for queries that find little."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeGuard

from articles.search.query.messages import gettext_noop
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
    is_about_quotes,
)

# The ways in which a clause is relaxed, and the labels of their links.
RELAXATIONS = {
    "forms": gettext_noop("include word variations"),
    "apart": gettext_noop("words anywhere"),
    "distance": gettext_noop("any distance apart"),
    "anywhere": gettext_noop("in any part of the text"),
    "quoting": gettext_noop("in any quote of the article"),
}


@dataclass(frozen=True)
class Clause:
    """One top-level clause; `dropped` is the query without it, `relaxed` the query with it relaxed.

    `relaxation` is a key of `RELAXATIONS`; empty where it cannot be relaxed.
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
    node, relaxation = _relax(part) if join == "or" else _quoting(parts, at) or _relax(part)
    relaxed = "" if node is None else _replaced(parts, at, node, join)
    return Clause(part, str(part), join, _replaced(parts, at, None, join), relaxed, relaxation)


def _replaced(parts: tuple[Node, ...], at: int, other: Node | None, join: str) -> str:
    rest = [*parts[:at], *([] if other is None else [other]), *parts[at + 1 :]]
    joined = alternatives(rest) if join == "or" else conjunction(rest)
    return "" if joined is None else str(joined)


def _quoting(parts: tuple[Node, ...], at: int) -> tuple[Node, str] | None:
    """A speaker who must not have said the same quote as the other conditions on quotes ask for."""
    part, others = parts[at], [*parts[:at], *parts[at + 1 :]]
    about = any(is_about_quotes(other) for other in others)
    return (Filter("quoting", part.value), "quoting") if _is_speaker(part) and about else None


def _is_speaker(part: Node) -> TypeGuard[Filter]:
    return isinstance(part, Filter) and part.name == "speaker"


def _relax(part: Node) -> tuple[Node | None, str]:
    """The clause relaxed by one step, and the name of that step."""
    match part:
        case Words(exact=True) if not any(term.prefix for term in part.terms):
            return Words(part.terms), "forms"
        case Words() if len(part.terms) > 1:
            apart: list[Node] = [Words((term,)) for term in part.terms]
            return conjunction(apart), "apart"
        case Near():
            return conjunction([part.left, part.right]), "distance"
        case Field():
            return part.node, "anywhere"
    return None, ""
