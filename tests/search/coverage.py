"""Counts the operators in random requests, and how often they found something."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from urllib.parse import parse_qsl

from articles.search.query import And, Field, Filter, Near, Node, Not, Or, Words
from tests.search.questions import Invented


class Coverage:
    """For each operator and filter, the number of requests with it and how many of these had results."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.found: Counter[str] = Counter()

    def add(self, invented: Invented, count: int) -> None:
        for feature in {"all", *features(invented)}:
            self.asked[feature] += 1
            self.found[feature] += count > 0

    def __str__(self) -> str:
        lines = [f"{name:<28}{self.asked[name]:>8}{self.found[name]:>8}" for name in sorted(self.asked)]
        return "\n".join(["", f"{'operator or filter':<28}{'asked':>8}{'found':>8}", *lines])


def features(invented: Invented) -> Iterator[str]:
    yield f"scope {invented.scope}"
    for name, value in parse_qsl(invented.query):
        if name != "q":
            yield f"{name}={value}" if name in ("sort", "group", "size", "copies") else f"{name}="
    if invented.asked.root is None:
        yield "no words"
        return
    for node in invented.asked.root.walk():
        yield from _of_node(node)


def _of_node(node: Node) -> Iterator[str]:
    match node:
        case Words():
            kind = "exact" if node.exact else "plain"
            yield f"{kind} {'word' if len(node.terms) == 1 else 'words side by side'}"
            if any(term.prefix for term in node.terms):
                yield f"beginning of a word, {kind}"
        case Near():
            yield "NEAR in NEAR" if isinstance(node.left, Near) else "NEAR"
        case Field() | Filter():
            yield f"{node.name}:"
        case And() | Or() | Not():
            yield type(node).__name__.upper()
            if isinstance(node, Not) and isinstance(node.node, Field | Filter):
                yield f"NOT {node.node.name}:"
