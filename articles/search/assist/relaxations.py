"""A question with one thing of it loosened, and what each of these would find."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

from django.db import connection

from articles.search.assist.spelling import Suggestion
from articles.search.engine.conditions import Sql
from articles.search.engine.documents import Compiler
from articles.search.engine.hits import Known, compile_all, hits_of
from articles.search.query import parse
from articles.search.query.parser import MAX_CHARACTERS
from articles.search.request.canonical_url import REPEATABLE
from articles.search.request.query import Question

# Fewer results than this, and each link that loosens the question says how many it would show.
FEW = 20
# More links than this are not counted, for a query of forty words has forty of them.
MOST = 12


@dataclass(frozen=True)
class Offer:
    """`kind` says what is loosened, `what` names it: a clause as read, or a filter and its value."""

    kind: str
    what: str
    url: str
    question: Question
    count: int | None = None


def url_of(question: Question, text: str) -> str:
    """The address of the same question of other words; empty where they cannot be searched."""
    return question.address.url(q=text) if text and len(text) <= MAX_CHARACTERS else ""


def loosened(question: Question) -> Iterator[Offer]:
    """Every way to loosen the question by one thing: what takes a condition away before what widens one.

    Another moment is another archive, and not counted beside this one.
    """
    clauses = question.parsed.clauses
    for clause in clauses:
        if len(clauses) > 1:
            yield from _of_words(question, "without", clause.text, clause.dropped)
    # Before the rest: not all links of many words are counted, and a filter may be all that is in the way.
    yield from _without_a_filter(question)
    for clause in clauses:
        if clause.loosened:
            yield from _of_words(question, clause.looser, clause.text, clause.loosened)
    if question.parsed.any_instead:
        yield from _of_words(question, "any", "", question.parsed.any_instead)


def counted(question: Question, suggestions: Sequence[Suggestion], known: Known) -> list[Offer]:
    """The other spellings and the ways to loosen it, each with what it finds, all by one statement."""
    spelt = (offer for each in suggestions for offer in _of_words(question, "spelling", each.word, each.text))
    offers = list(islice(chain(spelt, loosened(question)), MOST))
    if not offers:
        return []
    counts = counts_of(compile_all([offer.question for offer in offers], known))
    return [replace(offer, count=count) for offer, count in zip(offers, counts, strict=True)]


def counts_of(found: Sequence[list[Compiler]]) -> list[int]:
    """What each of several questions finds, by one statement."""
    parts = []
    for at, several in enumerate(found):
        hits = hits_of(several)
        parts.append(Sql(f"SELECT {at}, count(*) FROM ({hits.text}) AS hits", hits.params))
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(part.text for part in parts), [p for part in parts for p in part.params]
        )
        counts = dict(cursor.fetchall())
    return [counts[at] for at in range(len(parts))]


def _of_words(question: Question, kind: str, what: str, text: str) -> Iterator[Offer]:
    if url := url_of(question, text):
        yield Offer(kind, what, url, replace(question, parsed=parse(text, question.parsed.scope)))


def _without_a_filter(question: Question) -> Iterator[Offer]:
    """Of the filters all but the moment: the archive of today is another archive, not a wider search."""
    for name in REPEATABLE:
        for sign in ("", "-"):
            for value in question.address.values.get(sign + name, ()):
                url = question.address.removing(sign + name, value)
                yield Offer("filter", f"{sign}{name}={value}", url, _without(question, sign, name, value))
    for name, asked in {
        "checked": replace(question, checked="any"),
        "from": replace(question, since=None),
        "to": replace(question, until=None),
        "added": replace(question, added=None),
        "copies": replace(question, copies="all"),
    }.items():
        if question.address.values.get(name):
            yield Offer("filter", name, question.address.url({name: None}), asked)


def _without(question: Question, sign: str, name: str, value: str) -> Question:
    given = question.none_of if sign else question.any_of
    rest = {
        known: tuple(each for each in values if (known, each) != (name, value))
        for known, values in given.items()
    }
    fewer = {known: values for known, values in rest.items() if values}
    return replace(question, none_of=fewer) if sign else replace(question, any_of=fewer)
