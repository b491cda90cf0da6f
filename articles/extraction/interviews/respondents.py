"""Assigns the answers of an interview with several guests to them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from articles.extraction.coreference.name_runs import folded
from articles.extraction.languages.table import Language
from articles.extraction.spans import Turn

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
UNSURE = 0.5


def assign_respondents(text: str, turns: list[Turn], people: Sequence[str], language: Language) -> list[Turn]:
    """Assign adjacent answers to different respondents; «I'm Ada» and «Tom and I» show who begins."""
    found = list(turns)
    at = 0
    while at < len(found):
        end = at
        while end < len(found) and found[end].role == "answer":
            end += 1
        if end > at:
            scores = [_fit(text, found[at:end], people, first, language) for first in range(len(people))]
            best = max(range(len(people)), key=lambda first: scores[first])
            sure = scores[best] > 0
            for place in range(at, end):
                name = people[(best + place - at) % len(people)]
                sureness = found[place].confidence if sure else min(UNSURE, found[place].confidence)
                found[place] = replace(found[place], source=name, speaker=name, confidence=sureness)
        at = max(end, at + 1)
    return found


def _fit(text: str, answers: Sequence[Turn], people: Sequence[str], first: int, language: Language) -> float:
    score = 0.0
    for place, turn in enumerate(answers):
        words = [folded(w) for w in WORD.findall(text[turn.start : turn.end])]
        for number, name in enumerate(people):
            own = number == (first + place) % len(people)
            score += _says_of(words, name, own, language)
    return score


def _says_of(words: list[str], name: str, own: bool, language: Language) -> float:
    """How well the words fit this person as their speaker."""
    parts = {folded(w) for w in name.split()}
    gender = language.given.get(folded(name.split()[0]), "")
    score = 0.0
    for before, word in zip(["", *words], words, strict=False):
        if word in parts and len(word) > 1:
            own_name = before in language.self_words or (before in parts and own)
            score += 3.0 if own_name == own else -1.0
    pronouns = [w for w, sort in language.pronouns.items() if sort == gender and gender]
    if any(w in words for w in pronouns):
        score += -0.5 if own else 0.5
    return score
