"""A name where it is used, and what its uses in the whole text show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from articles.extraction.coreference.name_runs import folded
from articles.extraction.tokenizer import DIGIT, NAME, WORD, Document, Paragraph
from articles.text.not_people import PLACES

ENDINGS = frozenset(".!?…:") | {""}  # a quote's token has no text


@dataclass(slots=True)
class Mention:
    """A name in the text outside quotes, with features of its sentence."""

    paragraph: int
    first: int  # token numbers, half-open
    last: int
    words: tuple[str, ...]  # folded, without titles
    printed: str  # without titles
    gender: str
    titled: bool
    sentence: int  # number in the whole text
    subject: bool  # a verb follows and no preposition precedes
    speaks: bool  # that verb is a cue
    possessive: bool
    opens: bool  # its sentence
    described: bool  # an age, a role or «who» is beside it


def people_and_things(
    document: Document, mentions: Iterable[Mention]
) -> tuple[set[tuple[str, ...]], set[tuple[str, ...]]]:
    """Names of one word («Madonna») used only like a person's, and only like a place's or office's."""
    people, things, language = set(), set(), document.language
    common = language.roles | language.titles.keys() | PLACES
    for mention in [m for m in mentions if len(m.words) == 1]:
        word = mention.words[0]
        tokens = document.paragraphs[mention.paragraph].tokens
        before = tokens[mention.first - 1].low if mention.first else ""
        if word in common or word.removesuffix("s") in common or before in language.whereabouts:
            things.add(mention.words)
        elif mention.titled or mention.described or mention.speaks:
            people.add(mention.words)
    return people - things, things - people


def is_heading(paragraph: Paragraph) -> bool:
    last = paragraph.tokens[-1] if paragraph.tokens else None
    return last is not None and last.kind in (NAME, WORD, DIGIT)


def capitals_of(document: Document) -> frozenset[str]:
    """Words capitalised in mid-sentence; a capital at the start of a sentence proves nothing."""
    pairs = (pair for paragraph in document.paragraphs for pair in pairwise(paragraph.tokens))
    found = {token.text for before, token in pairs if token.kind == NAME and before.text not in ENDINGS}
    return frozenset(map(folded, found))
