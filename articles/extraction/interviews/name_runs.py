"""Splits a line into sentences with their names, and tells people from newspapers and other bodies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articles.extraction.coreference.name_runs import (
    after_titles,
    folded,
    name_run_end,
    without_possessive,
)
from articles.extraction.languages.table import Language
from articles.extraction.spans import Span
from articles.extraction.tokenizer import NAME, WORD, Token, tokenise

STOPS = frozenset(".?!")
FARTHEST = 5  # words between two names that «and» joins


@dataclass(frozen=True, slots=True)
class Run:
    """A name in a sentence: its token numbers, its words without titles, and what it may be."""

    start: int
    end: int
    name: str
    house: bool  # a newspaper or a station
    person: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence with its names."""

    tokens: list[Token]
    runs: list[Run]
    language: Language

    def low(self, number: int) -> str:
        """The token in lower case; empty beyond the end."""
        return self.tokens[number].low if number < len(self.tokens) else ""

    @property
    def credit(self) -> int:
        """The token where the credit of a caption begins: «Photo:»."""
        colons = [n for n, token in enumerate(self.tokens) if token.text == ":"]
        return max(colons[-1] - 1, 0) if colons else len(self.tokens)

    def people(self, start: int, end: int) -> list[Run]:
        """The names of people between two tokens."""
        return [run for run in self.runs if run.person and start <= run.start and run.end <= end]

    def joined(self, people: Sequence[Run]) -> list[Run]:
        """The first person, with those joined by «and»: «Ada Okafor and the editor Tom Reyes»."""
        found, joined = [people[0]], False
        for run in people[1:]:
            between = [token.low for token in self.tokens[found[-1].end : run.start]]
            ands = any(low in self.language.conjunctions for low in between)
            if len(between) > FARTHEST or not (ands or "," in between):
                break
            joined = joined or ands
            found.append(run)
        return found if joined else found[:1]


def passages_of(line: str, language: Language, publication: str = "") -> Iterator[Passage]:
    """The sentences of a line."""
    tokens = tokenise(line, Span(0, len(line)), [])
    start = 0
    for number, token in enumerate(tokens):
        if number + 1 == len(tokens) or (token.text in STOPS and _ends_sentence(tokens, number, language)):
            part = tokens[start : number + 1]
            yield Passage(part, _runs(line, part, language, publication), language)
            start = number + 1


def _ends_sentence(tokens: Sequence[Token], number: int, language: Language) -> bool:
    before = tokens[number - 1].low if number else ""
    return tokens[number].text != "." or (
        len(before) > 1 and before not in language.abbreviations and before not in language.titles
    )


def _runs(line: str, tokens: list[Token], language: Language, publication: str) -> list[Run]:
    runs, i = [], 0
    while i < len(tokens):
        if tokens[i].kind != NAME or _is_small(tokens[i].low, language):
            i += 1
            continue
        j = name_run_end(tokens, i, len(tokens), language)
        at, _, titled = after_titles(tokens, i, j, language)
        article = bool(at == i and i and tokens[i - 1].low in language.determiners)
        begin = i - 1 if article and tokens[i - 1].kind == NAME else at
        name = without_possessive(line[tokens[begin].start : tokens[j - 1].end])
        house = _is_house(name, publication, language)
        person = not house and _is_person(tokens, i, j, name, language, article=article, titled=titled)
        runs.append(Run(i, j, name, house or (article and not titled and j - i == 1), person))
        i = j
    return runs


def _is_small(low: str, language: Language) -> bool:
    return low in language.not_names or low.replace("’", "'").split("'")[0] in language.me


def _is_house(name: str, publication: str, language: Language) -> bool:
    words = [folded(word) for word in name.split()]
    own = [folded(word) for word in publication.split()]
    return words[-1] in language.media or (bool(own) and words[-1] == own[-1] and set(words) <= set(own))


def _is_person(
    tokens: Sequence[Token],
    start: int,
    end: int,
    name: str,
    language: Language,
    *,
    article: bool,
    titled: bool,
) -> bool:
    """Whether the name is a full one, and neither a body («Harbour Board») nor before a noun («Bay bar»)."""
    words = [folded(word) for word in name.split()]
    if len(words) < 2 or words[0] in language.determiners:
        return False
    if titled or words[0] in language.given:
        return True
    if article or words[-1] in language.roles or "interview" in words[-1]:
        return False
    return not _before_noun(tokens, start, end, language)


def _before_noun(tokens: Sequence[Token], start: int, end: int, language: Language) -> bool:
    """Whether a noun follows the name, so that it is not a person: «Marlow Bay bar owner»."""
    if end >= len(tokens) or tokens[end].kind != WORD:
        return False
    small = language.prepositions | language.conjunctions | language.relatives | language.auxiliaries
    verbs = language.say | language.tell | language.verbs | language.adverbs | language.interview_verbs
    low, after = tokens[end].low, tokens[end + 1].low if end + 1 < len(tokens) else ""
    if low in small | verbs or low.endswith(language.verb_endings):
        return False
    # «Dagny Rolfsen swam the strait»: before an object or a place the word is a verb.
    objects = language.determiners | language.prepositions | language.adverbs | set(language.pronouns)
    return start > 0 or after not in objects
