"""Explains a parsed query in plain words, so that readers see how it was understood."""

from __future__ import annotations

import calendar
import datetime as dt

from articles.search.query.nodes import And, Field, Filter, Near, Node, Not, Or, Term, Words

WHERE = {
    "headline": "in the headline",
    "standfirst": "in the standfirst",
    "caption": "in a caption",
    "body": "in the body",
    "byline": "in the byline",
    "kicker": "in the kicker",
    "quote": "in a speaker’s own words",
    "answer": "in the own words of an answer",
    "question": "in the own words of a question",
}
WHICH = {
    "speaker": "said by {}",
    "publication": "published in {}",
    "section": "in the section {}",
    "topic": "on the topic {}",
    "author": "written by {}",
    "kind": "with a quote of the kind “{}”",
    "language": "in the language {}",
}


def explain(node: Node) -> str:
    """Describe in plain words what the node matches.

    >>> from articles.search.query import parse
    >>> explain(parse('headline:"carbon tax"').root)
    'exactly “carbon tax” in the headline'
    """
    match node:
        case Words():
            return _words(node)
        case Near():
            plural = "word" if node.distance == 1 else "words"
            return f"{_inner(node.left)} within {node.distance} {plural} of {_inner(node.right)}"
        case Field():
            return f"{_inner(node.node)} {WHERE[node.name]}"
        case Filter():
            return _filter(node)
        case Not():
            return f"without {_inner(node.node)}"
        case And():
            return ", and ".join(_inner(part) for part in node.nodes)
        case Or():
            return ", or ".join(_inner(part) for part in node.nodes)
    raise TypeError(node)


def _inner(node: Node) -> str:
    return f"({explain(node)})" if isinstance(node, And | Or | Near) else explain(node)


def _words(node: Words) -> str:
    shown = " ".join(_term(term) for term in node.terms)
    if node.terms[-1].prefix and len(node.terms) == 1:
        return f"words beginning with “{node.terms[0].text}”"
    if node.exact:
        return f"exactly “{shown}”"
    if len(node.terms) == 1:
        return f"the word “{shown}” in any form"
    return f"the words “{shown}” side by side, in any form"


def _term(term: Term) -> str:
    return f"{term.text}…" if term.prefix else term.text


def _filter(node: Filter) -> str:
    if node.name == "before":
        return f"published before {_period(node.value)}"
    if node.name == "after":
        return f"published in or after {_period(node.value)}"
    return WHICH[node.name].format(node.value)


def _period(value: str) -> str:
    if value.startswith("-"):
        return f"the day {value[1:-1]} days ago"
    parts = [int(part) for part in value.split("-")]
    if len(parts) == 1:
        return value
    if len(parts) == 2:
        return f"{calendar.month_name[parts[1]]} {parts[0]}"
    try:
        return f"{dt.date(*parts).day} {calendar.month_name[parts[1]]} {parts[0]}"
    except ValueError:
        return value
