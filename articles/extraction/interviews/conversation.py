"""Decides whether the labels of a text belong to an interview: people in alternation, one of whom asks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from articles.extraction.interviews.speaker_labels import Label, LabelNames
from articles.extraction.languages.table import Language
from articles.extraction.spans import Span

CREDIT = re.compile(r"(?:image|photo|picture|foto)s?$", re.I)
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
FEWEST_QUESTIONS = 4  # in an interview that nothing announces
LONGEST_QUESTION = 40  # words
LEAST_QUESTIONS = 0.3  # share of the interviewer's turns
LEAST_CHANGES = 0.3  # share of label pairs with different speakers


def is_speaker(label: Label, language: Language) -> bool:
    """Whether the label is a name or Q/A; not «Stated Okafor:», «More here:» or «Jo Reyes Image»."""
    name = [word.strip(".,").lower() for word in label.name.split()]
    if " ".join(name) in language.question_labels | language.answer_labels:
        return True
    verbs = language.say | language.tell | language.write | language.call
    if name[0] in verbs and name[0] not in language.given and len(name) > 1:
        return False
    if CREDIT.search(label.name) and (len(name) > 1 or name[0] in language.credit_words):
        return False
    small = language.adverbs | language.prepositions
    if name[-1] in small or name[0] in language.given:
        return name[-1] not in small
    return name[0] in language.determiners or name[0] not in small | language.not_names


def take_turns(
    text: str, spans: Sequence[Span], labels: Sequence[Label | None], language: Language, head: Sequence[str]
) -> bool:
    """Whether the labels name people who alternate, one of whom asks questions."""
    named = [(span, label) for span, label in zip(spans, labels, strict=True) if label]
    low = [label.name.lower().rstrip(".") for _, label in named]
    if any(name in language.question_labels | language.answer_labels for name in low):
        return True
    book = LabelNames(language)
    owners = [book.add(label.name, label.description) for _, label in named]
    changes = sum(a != b for a, b in pairwise(owners))
    if changes < LEAST_CHANGES * (len(owners) - 1):
        return False
    asked = Counter(
        owner
        for owner, (span, label) in zip(owners, named, strict=True)
        if _asks(text[label.text_start : span.end], language)
    )
    turns = Counter(owners)
    words = _capitalised(text, spans, labels, head)
    people = sum(_names_someone(label, words, language) for _, label in named)
    if people * 2 < len(named):
        return False
    # The headings of a list occur once; people recur.
    back = sum(number for number in turns.values() if number > 1)
    if len(owners) > 2 and back * 2 < len(owners):
        return False
    return any(number >= LEAST_QUESTIONS * turns[owner] for owner, number in asked.items())


def asks_by_turns(texts: Sequence[str]) -> bool:
    """Whether the text alternates short questions and answers from the first question to its end."""
    asking = [text.rstrip().endswith("?") and len(text.split()) <= LONGEST_QUESTION for text in texts]
    if sum(asking) < FEWEST_QUESTIONS:
        return False
    asking = asking[asking.index(True) :]
    pairs = sum(a and not b for a, b in zip(asking, [*asking[1:], True], strict=True))
    return pairs >= FEWEST_QUESTIONS and pairs * 3 >= len(asking)


def _capitalised(
    text: str, spans: Sequence[Span], labels: Sequence[Label | None], head: Sequence[str]
) -> set[str]:
    """The capitalised words of the header and of the text outside its labels."""
    own = [label.text_start if label else span.start for span, label in zip(spans, labels, strict=True)]
    texts = [*head, *(text[start : span.end] for start, span in zip(own, spans, strict=True))]
    return {word for one in texts for word in WORD.findall(one) if word[0].isupper()}


def _names_someone(label: Label, words: set[str], language: Language) -> bool:
    """Whether the label is a full name, initials, a given name or a name in the text; not «Ingredients:»."""
    name = WORD.findall(label.name)
    return (
        len(name) > 1
        or label.name.isupper()
        or label.name.lower() in language.given
        or any(word in words for word in name)
    )


def _asks(words: str, language: Language) -> bool:
    first = words.split(maxsplit=1)[0].lower() if words.split() else ""
    return "?" in words or first in language.commands
