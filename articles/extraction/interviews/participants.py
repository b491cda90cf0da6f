"""Finds interviewer and interviewees in the headline and the announcement of an interview."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from articles.extraction.coreference.mentions import after_titles, folded, name_run_end, without_possessive
from articles.extraction.interviews.alternation import looks_like_caption
from articles.extraction.languages.table import Language
from articles.extraction.spans import Span
from articles.extraction.tokenizer import NAME, WORD, Token, tokenise


@dataclass(slots=True)
class Participants:
    """Interviewer and interviewees, and whether the text announces an interview."""

    announced: bool = False
    asker: str | None = None
    answerers: tuple[str, ...] = ()
    reporter: str | None = None
    names: list[str] = field(default_factory=list)

    @property
    def answerer(self) -> str | None:
        return self.answerers[0] if len(self.answerers) == 1 else None

    def fullest(self, name: str) -> str:
        """The longest form of a label's name in the announcement."""
        words = [folded(w) for w in name.split()]
        fits = {n for n in self.names if all(w in [folded(x) for x in n.split()] for w in words)}
        longest = max(fits, key=len, default=name)
        if len(words) > 1 or len({folded(n.split()[0]) for n in fits}) == 1:
            return longest
        return name


@lru_cache(maxsize=16)
def _announcement(language: Language) -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(language.interview, key=len, reverse=True)))
    return re.compile(rf"\b(?:{words})\b", re.I)


def is_announced(lines: Sequence[str], language: Language) -> bool:
    """Whether one of the lines announces an interview."""
    return any(_announcement(language).search(line) for line in lines)


def find_participants(lines: Sequence[str], language: Language, *, publication: str = "") -> Participants:
    """Find the participants in the lines outside the turns: headline, standfirst, introduction, captions."""
    participants = Participants()
    captioned: list[tuple[str, ...]] = []
    for line in lines:
        if len(line) < 3000:
            _read_line(line, language, participants, captioned)
    participants.asker = participants.reporter or participants.asker or publication or None
    if not participants.answerers and captioned:
        participants.answerers = captioned[0]
    return participants


def _read_line(
    line: str, language: Language, participants: Participants, captioned: list[tuple[str, ...]]
) -> None:
    tokens = tokenise(line, Span(0, len(line)), [])
    runs = _runs(line, tokens, language)
    participants.names += [run.name for run in runs if " " in run.name]
    _reporter(tokens, runs, language, participants)
    verb = next((n for n in range(len(tokens)) if _announces(tokens, n, language)), None)
    if verb is None:
        if looks_like_caption(line, language):
            credit = max((n for n, t in enumerate(tokens) if t.text == ":"), default=len(tokens)) - 1
            people = _people(tokens, [r for r in runs if r.end <= credit], language)
            captioned += [people] if people else []
        return
    participants.announced = True
    left = [r for r in runs if r.end <= verb]
    # The subject after «about» is not the interviewee: «interviewed the owner about Tom Reyes».
    topic = next((n for n in range(verb, len(tokens)) if tokens[n].low in language.about), len(tokens))
    right = [r for r in runs if verb < r.start < min(topic, verb + 24)]
    if verb + 1 < len(tokens) and tokens[verb + 1].low in language.by:
        participants.asker = participants.asker or (right[0].name if right else None)
        found = _people(tokens, left, language)
    elif tokens[verb].low in language.interview_verbs:
        participants.asker = participants.asker or (left[-1].name if left else None)
        found = _people(tokens, right, language)
    else:
        found = _people(tokens, right, language, sure=True) or _people(tokens, left, language)
    participants.answerers = participants.answerers or found


def _announces(tokens: list[Token], n: int, language: Language) -> bool:
    """Whether a phrase such as «interviewed» or «spoke with» begins at token `n`."""
    low = tokens[n].low
    following = tokens[n + 1].low if n + 1 < len(tokens) else ""
    return low in language.interview or f"{low} {following}" in language.interview


def _reporter(tokens: list[Token], runs: list[Run], language: Language, participants: Participants) -> None:
    """Find a named reporter, who is the interviewer: «submitted by Herald reporter Tom Reyes»."""
    for run in runs:
        if run.start and tokens[run.start - 1].low in language.reporter_words and " " in run.name:
            participants.reporter = participants.reporter or run.name


def _people(
    tokens: list[Token], runs: list[Run], language: Language, *, sure: bool = False
) -> tuple[str, ...]:
    """The first person among these names, and people joined to them by «and»."""
    full = [
        run for run in runs if " " in run.name and folded(run.name.split()[0]) not in language.determiners
    ]
    for place, run in enumerate(full):
        people = [run, *_joined_to(tokens, full[place:], language)]
        given = any(folded(r.name.split()[0]) in language.given for r in people)
        body = folded(run.name.split()[-1]) in language.roles or _goes_on(tokens, run, language)
        if given or (not sure and not body):
            return tuple(r.name for r in people)
    return ()


def _goes_on(tokens: list[Token], run: Run, language: Language) -> bool:
    """Whether a noun follows the name, so that it is not a person: «Marlow Bay bar owner»."""
    following = tokens[run.end] if run.end < len(tokens) else None
    if following is None or following.kind != WORD:
        return False
    small = language.prepositions | language.conjunctions | language.relatives | language.auxiliaries
    return following.low not in small


def _joined_to(tokens: list[Token], runs: list[Run], language: Language) -> list[Run]:
    """The names joined to the first by «and»: «Ada Okafor and the editor Tom Reyes»."""
    people: list[Run] = []
    last, joined = runs[0], False
    for run in runs[1:]:
        between = tokens[last.end : run.start]
        joined = joined or any(t.low in language.conjunctions for t in between)
        if len(between) > 5 or not any(t.low in language.conjunctions or t.text == "," for t in between):
            break
        people.append(run)
        last = run
    return people if joined else []


@dataclass(frozen=True, slots=True)
class Run:
    """A name in a line: its token numbers, and its words without titles."""

    start: int
    end: int
    name: str


def _small(low: str, language: Language) -> bool:
    return low in language.not_names or low.replace("’", "'").split("'")[0] in language.me


def _runs(line: str, tokens: list[Token], language: Language) -> list[Run]:
    runs, i = [], 0
    while i < len(tokens):
        if tokens[i].kind != NAME or _small(tokens[i].low, language):
            i += 1
            continue
        j = name_run_end(tokens, i, len(tokens), language)
        at, _, _ = after_titles(tokens, i, j, language)
        if at == i and i and tokens[i - 1].kind == NAME and tokens[i - 1].low in language.determiners:
            at = i - 1  # «The Herald»
        runs.append(Run(i, j, without_possessive(line[tokens[at].start : tokens[j - 1].end])))
        i = j
    return runs
