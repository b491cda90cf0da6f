"""The syntax reference: every operator and field of the query language with an example, for the help page.

Fields come from the lists of the grammar and their meanings from `explain`. A test checks that every operator
and field has an example and that each example parses as intended.
"""

from __future__ import annotations

from dataclasses import dataclass

from articles.search.query.explain import WHERE, WHICH
from articles.search.query.lexer import MAX_NEAR, PLAIN_NEAR
from articles.search.query.nodes import FILTER_FIELDS, PART_FIELDS, QUOTE_FIELDS
from articles.search.query.parser import MIN_PREFIX


@dataclass(frozen=True)
class Operator:
    """One operator or field. `pattern` has placeholders for words: {first}, {second}, {speaker} etc."""

    pattern: str
    meaning: str

    def example(self, words: dict[str, str]) -> str:
        return self.pattern.format_map(words)


@dataclass(frozen=True)
class Group:
    title: str
    operators: tuple[Operator, ...]


# The words of the examples, chosen by hand: each finds something in the sample archive.
PLAIN_WORDS = {
    "first": "harbour",
    "second": "bridge",
    "other": "ferry",
    "beginning": "vaccin",
    "headline": "flood",
    "standfirst": "bridge",
    "caption": "tower",
    "body": "siren",
    "byline": "Strachan",
    "kicker": "interview",
    "quote": "gauge",
    "answer": "gauge",
    "question": "bridge",
    "speaker": "Ada Okafor",
    "publication": "Selwy Courier",
    "section": "Sport",
    "topic": "Vaccines",
    "author": "Gwen Asher",
    "kind": "answer",
    "language": "pl",
    "before": "1990",
    "after": "2024-05",
}
DATES = {"before": "published before it begins", "after": "published when it begins, or later"}


def _in_words(name: str) -> Operator:
    return Operator(f"{name}:{{{name}}}", WHERE[name])


def _by_a_filter(name: str) -> Operator:
    meaning = DATES.get(name) or WHICH[name].format("…")
    quoted = f'"{{{name}}}"' if name not in ("kind", "language", *DATES) else f"{{{name}}}"
    return Operator(f"{name}:{quoted}", meaning)


GROUPS = (
    Group(
        "Words and phrases",
        (
            Operator("{first} {second}", "both words, in any order and any form; AND may stand between them"),
            Operator("{first} AND {second}", "the same"),
            Operator('"{first} {second}"', "exactly these words in this order, in no other form"),
            Operator('"{first}"', "exactly this word, in no other form"),
            Operator("{first}-{second}", "these words side by side, in any form"),
            Operator(
                "{beginning}*", f"words that begin so; at least {MIN_PREFIX} letters. Within a phrase too"
            ),
            Operator("{first} OR {other}", "either of them"),
            Operator("({first} OR {other}) {second}", "brackets hold together what belongs together"),
            Operator("{first} -{other}", "leave out what has this word; alone, everything but that"),
            Operator("{first} NOT {other}", "the same"),
            Operator(
                "{first} NEAR/5 {second}",
                "no more than five words apart, in either order, within one part of the text; "
                f"from 1 to {MAX_NEAR}. Phrases and brackets may stand on either side",
            ),
            Operator("{first} NEAR {second}", f"no more than {PLAIN_NEAR} words apart"),
        ),
    ),
    Group(
        "In one part of an article, or in somebody’s own words",
        tuple(map(_in_words, (*PART_FIELDS, *QUOTE_FIELDS))),
    ),
    Group("By speaker, paper, date", tuple(map(_by_a_filter, FILTER_FIELDS))),
)
