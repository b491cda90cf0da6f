"""The syntax reference: every operator and field of the query language with an example, for the help page.

Fields come from the lists of the grammar. A test checks that every operator and field has an example and that
each example parses as intended.
"""

from __future__ import annotations

from dataclasses import dataclass

from articles.search.query.lexer import MAX_NEAR, PLAIN_NEAR
from articles.search.query.messages import Message, gettext_noop, message
from articles.search.query.nodes import FILTER_FIELDS, PART_FIELDS, QUOTE_FIELDS
from articles.search.query.parser import MIN_PREFIX


@dataclass(frozen=True)
class Operator:
    """One operator or field. `pattern` has placeholders for words: {first}, {second}, {speaker} etc."""

    pattern: str
    meaning: Message

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
_FIELDS = {
    "headline": gettext_noop("in the headline"),
    "standfirst": gettext_noop("in the standfirst"),
    "caption": gettext_noop("in a caption"),
    "body": gettext_noop("in the body"),
    "byline": gettext_noop("in the byline"),
    "kicker": gettext_noop("in the kicker"),
    "quote": gettext_noop("in a quote"),
    "answer": gettext_noop("in an interview answer"),
    "question": gettext_noop("in an interview question"),
    "speaker": gettext_noop("quotes by this speaker; with quote: both must be true of the same quote"),
    "quoting": gettext_noop("articles that quote this speaker; use it twice for articles quoting both"),
    "publication": gettext_noop("published in this publication"),
    "section": gettext_noop("in this section"),
    "topic": gettext_noop("on this topic"),
    "author": gettext_noop("written by this author"),
    "kind": gettext_noop("quote type: direct (full quote), mixed (partial quote), question or answer"),
    "language": gettext_noop("in this language, by its code"),
    "before": gettext_noop("published before this year, month or day"),
    "after": gettext_noop("published in or after this year, month or day"),
}
# Fields with a value of one word; that of the others is put between quotation marks.
_BARE = ("kind", "language", "before", "after")


def _field(name: str) -> Operator:
    # The speaker of the examples is the one of `quoting` too.
    value = "{speaker}" if name == "quoting" else f"{{{name}}}"
    bare = name not in FILTER_FIELDS or name in _BARE
    return Operator(f"{name}:{value}" if bare else f'{name}:"{value}"', message(_FIELDS[name]))


GROUPS = (
    Group(
        gettext_noop("Words and phrases"),
        (
            Operator(
                "{first} {second}", message(gettext_noop("both words, in any order, including variations"))
            ),
            Operator("{first} AND {second}", message(gettext_noop("the same"))),
            Operator('"{first} {second}"', message(gettext_noop("this exact phrase"))),
            Operator('"{first}"', message(gettext_noop("this exact word, without variations"))),
            Operator("{first}-{second}", message(gettext_noop("this phrase, including variations"))),
            Operator(
                "{beginning}*",
                message(
                    gettext_noop("words starting with these letters, at least %(least)s; also in a phrase"),
                    least=MIN_PREFIX,
                ),
            ),
            Operator("{first} OR {other}", message(gettext_noop("either word"))),
            Operator("({first} OR {other}) {second}", message(gettext_noop("use brackets to group words"))),
            Operator("{first} -{other}", message(gettext_noop("exclude results with this word"))),
            Operator("{first} NOT {other}", message(gettext_noop("the same"))),
            Operator(
                "{first} NEAR/5 {second}",
                message(
                    gettext_noop("at most 5 words apart, in either order; use any number from 1 to %(most)s"),
                    most=MAX_NEAR,
                ),
            ),
            Operator(
                "{first} NEAR {second}",
                message(gettext_noop("at most %(number)s words apart"), number=PLAIN_NEAR),
            ),
        ),
    ),
    Group(gettext_noop("Parts of an article and quotes"), tuple(map(_field, (*PART_FIELDS, *QUOTE_FIELDS)))),
    Group(gettext_noop("Speakers, publications and dates"), tuple(map(_field, FILTER_FIELDS))),
)
