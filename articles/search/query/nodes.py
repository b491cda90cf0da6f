"""The syntax tree of a query. Equality of nodes ignores their positions in the text.

`str(node)` is the normal form: it parses to an equal node.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

# Fields for parts of an article, and for the words of a quote, answer or question.
PART_FIELDS = ("headline", "standfirst", "caption", "body", "byline", "kicker")
QUOTE_FIELDS = ("quote", "answer", "question")
# `speaker` is about a quote, `quoting` about an article: it has a quote by this speaker.
FILTER_FIELDS = (
    "speaker",
    "quoting",
    "publication",
    "section",
    "topic",
    "author",
    "kind",
    "language",
    "before",
    "after",
)
QUOTE_FILTERS = ("speaker", "kind")
KINDS = ("direct", "mixed", "question", "answer")
_BARE_VALUE = re.compile(r"-?[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Node:
    start: int = field(default=0, compare=False, kw_only=True)
    end: int = field(default=0, compare=False, kw_only=True)

    def children(self) -> tuple[Node, ...]:
        return ()

    def walk(self) -> Iterator[Node]:
        """This node and its descendants, in preorder."""
        yield self
        for child in self.children():
            yield from child.walk()


@dataclass(frozen=True)
class Term:
    """A folded word, or the beginning of one if `prefix`."""

    text: str
    prefix: bool = False

    def __str__(self) -> str:
        return f"{self.text}*" if self.prefix else self.text


@dataclass(frozen=True)
class Words(Node):
    """Adjacent words in this order, often a single word; compared by stem unless `exact`."""

    terms: tuple[Term, ...]
    exact: bool = False

    def __str__(self) -> str:
        if self.exact:
            return f'"{" ".join(map(str, self.terms))}"'
        return "-".join(map(str, self.terms))


@dataclass(frozen=True)
class Near(Node):
    """`right` within `distance` words before or after `left`, in the same part of the article."""

    left: Node
    right: Node
    distance: int

    def children(self) -> tuple[Node, ...]:
        return (self.left, self.right)

    def __str__(self) -> str:
        left = str(self.left) if isinstance(self.left, Near) else _operand(self.left)
        return f"{left} NEAR/{self.distance} {_operand(self.right)}"


@dataclass(frozen=True)
class Field(Node):
    """`node` within one part of the article or within the words of quotes."""

    name: str
    node: Node

    def children(self) -> tuple[Node, ...]:
        return (self.node,)

    def __str__(self) -> str:
        inside = str(self.node)
        return f"{self.name}:{inside if isinstance(self.node, Words) else f'({inside})'}"


@dataclass(frozen=True)
class Filter(Node):
    name: str
    value: str

    def __str__(self) -> str:
        bare = _BARE_VALUE.fullmatch(self.value)
        return f"{self.name}:{self.value}" if bare else f'{self.name}:"{self.value}"'


@dataclass(frozen=True)
class Not(Node):
    node: Node

    def children(self) -> tuple[Node, ...]:
        return (self.node,)

    def __str__(self) -> str:
        inside = _operand(self.node)
        return f"-{inside}" if inside[0].isalpha() or inside[0] in '("' else f"NOT {inside}"


@dataclass(frozen=True)
class And(Node):
    nodes: tuple[Node, ...]

    def children(self) -> tuple[Node, ...]:
        return self.nodes

    def __str__(self) -> str:
        return " ".join(f"({node})" if isinstance(node, Or) else str(node) for node in self.nodes)


@dataclass(frozen=True)
class Or(Node):
    nodes: tuple[Node, ...]

    def children(self) -> tuple[Node, ...]:
        return self.nodes

    def __str__(self) -> str:
        return " OR ".join(map(str, self.nodes))


def _operand(node: Node) -> str:
    return str(node) if isinstance(node, Words | Field | Filter) else f"({node})"


def conjunction(nodes: list[Node]) -> Node | None:
    """The AND of these nodes, with nested ANDs flattened."""
    flat = [part for node in nodes for part in (node.nodes if isinstance(node, And) else (node,))]
    return _joined(And, flat)


def alternatives(nodes: list[Node]) -> Node | None:
    """The OR of these nodes, with nested ORs flattened."""
    flat = [part for node in nodes for part in (node.nodes if isinstance(node, Or) else (node,))]
    return _joined(Or, flat)


def _joined(kind: type[And] | type[Or], nodes: list[Node]) -> Node | None:
    if len(nodes) < 2:
        return nodes[0] if nodes else None
    return kind(tuple(nodes), start=min(n.start for n in nodes), end=max(n.end for n in nodes))


def negation(node: Node, start: int) -> Node:
    return node.node if isinstance(node, Not) else Not(node, start=start, end=node.end)


def is_positional(node: Node) -> bool:
    """Whether it can be an operand of NEAR: words, phrases, ORs of them, and NEAR itself."""
    if isinstance(node, Words):
        return True
    return isinstance(node, Near | Or) and all(is_positional(child) for child in node.children())


def is_about_quotes(node: Node) -> bool:
    """Whether all of its conditions are about quotes; they must then hold for the same quote."""
    if isinstance(node, Field):
        return node.name in QUOTE_FIELDS
    if isinstance(node, Filter):
        return node.name in QUOTE_FILTERS
    if isinstance(node, Words | Near):
        return False
    return all(is_about_quotes(child) for child in node.children())


def positive_words(node: Node | None) -> Iterator[Words]:
    """The words of the query that are not negated."""
    return (each for each in _positive(node) if isinstance(each, Words))


def positive_filters(node: Node | None, name: str) -> Iterator[Filter]:
    """The filters with this name that are not negated."""
    return (each for each in _positive(node) if isinstance(each, Filter) and each.name == name)


def _positive(node: Node | None) -> Iterator[Node]:
    """The node and its descendants, except what is negated."""
    if node is not None and not isinstance(node, Not):
        yield node
        for child in node.children():
            yield from _positive(child)
