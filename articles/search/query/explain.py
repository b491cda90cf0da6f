"""Explains a parsed query in plain words, so that readers see how it was understood."""

from __future__ import annotations

from articles.search.query.dates import written_date
from articles.search.query.messages import Message, gettext_noop, message
from articles.search.query.nodes import And, Field, Filter, Near, Node, Not, Or, Term, Words

WHERE = {
    "headline": gettext_noop("%(what)s in the headline"),
    "standfirst": gettext_noop("%(what)s in the standfirst"),
    "caption": gettext_noop("%(what)s in a caption"),
    "body": gettext_noop("%(what)s in the body"),
    "byline": gettext_noop("%(what)s in the byline"),
    "kicker": gettext_noop("%(what)s in the kicker"),
    "quote": gettext_noop("%(what)s in a quote"),
    "answer": gettext_noop("%(what)s in an interview answer"),
    "question": gettext_noop("%(what)s in an interview question"),
}
WHICH = {
    "speaker": gettext_noop("quotes by %(name)s"),
    "quoting": gettext_noop("articles that quote %(name)s"),
    "publication": gettext_noop("published in %(name)s"),
    "section": gettext_noop("in the section %(name)s"),
    "topic": gettext_noop("on the topic %(name)s"),
    "author": gettext_noop("written by %(name)s"),
    "kind": gettext_noop("quote type: %(name)s"),
    "language": gettext_noop("in the language %(name)s"),
}

KIND_NAMES = {
    "direct": gettext_noop("full quote"),
    "mixed": gettext_noop("partial quote"),
    "question": gettext_noop("question"),
    "answer": gettext_noop("answer"),
}


def explain(node: Node) -> Message:
    """Describe in plain words what the node matches.

    >>> from articles.search.query import parse
    >>> str(explain(parse('headline:"carbon tax"').root))
    'exactly “carbon tax” in the headline'
    """
    match node:
        case Words():
            return _words(node)
        case Near():
            return _near(node)
        case Field():
            return message(WHERE[node.name], what=_inner(node.node))
        case Filter():
            return _filter(node)
        case Not():
            return message(gettext_noop("without %(what)s"), what=_inner(node.node))
        case And():
            return _joined(node, gettext_noop("%(first)s, and %(second)s"))
        case Or():
            return _joined(node, gettext_noop("%(first)s, or %(second)s"))
    raise TypeError(node)


def _inner(node: Node) -> Message:
    explained = explain(node)
    return message("(%(what)s)", what=explained) if isinstance(node, And | Or | Near) else explained


def _joined(node: And | Or, text: str) -> Message:
    first, *others = map(_inner, node.nodes)
    for second in others:
        first = message(text, first=first, second=second)
    return first


def _words(node: Words) -> Message:
    shown = " ".join(_term(term) for term in node.terms)
    if node.terms[-1].prefix and len(node.terms) == 1:
        return message(gettext_noop("words starting with “%(words)s”"), words=node.terms[0].text)
    if node.exact:
        return message(gettext_noop("exactly “%(words)s”"), words=shown)
    if len(node.terms) == 1:
        return message(gettext_noop("the word “%(words)s” (any form)"), words=shown)
    return message(gettext_noop("the phrase “%(words)s” (any form)"), words=shown)


def _term(term: Term) -> str:
    return f"{term.text}…" if term.prefix else term.text


def _near(node: Near) -> Message:
    left, right = _inner(node.left), _inner(node.right)
    if node.distance == 1:
        return message(gettext_noop("%(first)s next to %(second)s"), first=left, second=right)
    text = gettext_noop("%(first)s within %(number)s words of %(second)s")
    return message(text, first=left, number=node.distance, second=right)


def _filter(node: Filter) -> Message:
    if node.name == "kind":
        return message(WHICH["kind"], name=message(KIND_NAMES[node.value]))
    if node.name not in ("before", "after"):
        return message(WHICH[node.name], name=node.value)
    if node.value.startswith("-"):
        days = int(node.value[1:-1])
        if node.name == "before":
            return message(gettext_noop("published more than %(days)s days ago"), days=days)
        return message(gettext_noop("published in the last %(days)s days"), days=days)
    date = written_date(node.value)
    if node.name == "before":
        return message(gettext_noop("published before %(date)s"), date=date)
    if len(node.value) == len("2019-05-30"):
        return message(gettext_noop("published on or after %(date)s"), date=date)
    return message(gettext_noop("published in or after %(date)s"), date=date)
