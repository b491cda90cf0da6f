"""Whether labels lead an interview: people or Q and A, by turns, one of whom asks."""

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
FEWEST_QUESTIONS = 4  # by which an interview is known that nothing announces
LONGEST_QUESTION = 40  # words
LEAST_QUESTIONS = 0.3  # of the turns of the one who asks
LEAST_CHANGES = 0.3  # of all steps from one label to the next


def is_speaker(label: Label, language: Language) -> bool:
    """A name, or Q and A; not «Stated Okafor:», «More here:», or «Jo Reyes Image» above a credit."""
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
    """Do these labels name people, change places, and does the text of one of them ask?"""
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
    # Each heading of a list stands there once; people come back.
    back = sum(number for number in turns.values() if number > 1)
    if len(owners) > 2 and back * 2 < len(owners):
        return False
    return any(number >= LEAST_QUESTIONS * turns[owner] for owner, number in asked.items())


def asks_by_turns(texts: Sequence[str]) -> bool:
    """Short questions, each with an answer below, from the first of them to the end of the text."""
    asking = [text.rstrip().endswith("?") and len(text.split()) <= LONGEST_QUESTION for text in texts]
    if sum(asking) < FEWEST_QUESTIONS:
        return False
    asking = asking[asking.index(True) :]
    pairs = sum(a and not b for a, b in zip(asking, [*asking[1:], True], strict=True))
    return pairs >= FEWEST_QUESTIONS and pairs * 3 >= len(asking)


def _capitalised(
    text: str, spans: Sequence[Span], labels: Sequence[Label | None], head: Sequence[str]
) -> set[str]:
    """The capitalised words of the head and of the text outside its labels."""
    own = [label.text_start if label else span.start for span, label in zip(spans, labels, strict=True)]
    texts = [*head, *(text[start : span.end] for start, span in zip(own, spans, strict=True))]
    return {word for one in texts for word in WORD.findall(one) if word[0].isupper()}


def _names_someone(label: Label, words: set[str], language: Language) -> bool:
    """A full name, initials, a given name or a name that the text has too; not «Ingredients:»."""
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
