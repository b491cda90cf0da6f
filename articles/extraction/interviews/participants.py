"""Finds interviewer and interviewees in headline, standfirst, introduction and captions of an interview."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from articles.extraction.coreference.name_runs import folded
from articles.extraction.interviews.name_runs import Passage, Run, passages_of
from articles.extraction.interviews.paragraph_features import looks_like_caption
from articles.extraction.interviews.speaker_labels import has_initials
from articles.extraction.languages.table import Language
from articles.extraction.tokenizer import NAME

LONGEST_READ = 3_000  # characters of a line
NEAR = 24  # words after the verb in which the interviewee is named
OPENING = 3  # lines of the introduction whose first person may be its subject
# Evidence that a person is the interviewee, where no sentence says so.
IN_TITLE, IN_STANDFIRST, OPENS, IN_CAPTION, AGAIN, MOST_AGAIN = 3.0, 2.5, 2.0, 1.5, 0.5, 2.0
LEAST = 1.5


@dataclass(slots=True)
class Participants:
    """Interviewer and interviewees, and all full names of the lines read."""

    asker: str | None = None
    answerers: tuple[str, ...] = ()
    names: list[str] = field(default_factory=list)
    houses: list[str] = field(default_factory=list)  # newspapers and stations, of which one may ask

    @property
    def answerer(self) -> str | None:
        """The interviewee, if there is exactly one."""
        return self.answerers[0] if len(self.answerers) == 1 else None

    def fullest(self, label: str) -> str:
        """The longest form of a label's name: «HERALD», «AH» and «Herald» are «The Ashford Herald»."""
        house = self.house(label)
        if house:
            return house
        words = [folded(word) for word in label.split()]
        fits = {n for n in self.names if all(w in [folded(x) for x in n.split()] for w in words)}
        longest = max(fits, key=len, default=label)
        if len(words) > 1 or len({folded(name.split()[0]) for name in fits}) == 1:
            return longest
        return label

    def house(self, label: str) -> str | None:
        """The newspaper or station that a label names or abbreviates."""
        words = [folded(word) for word in label.split()]
        for house in self.houses:
            own = [folded(word) for word in house.split()]
            if all(word in own for word in words) or has_initials(label, _without_article(house)):
                return house
        return None


def _without_article(name: str) -> str:
    first, _, rest = name.partition(" ")
    return rest if rest and len(first) <= 3 else name


@lru_cache(maxsize=16)
def _announcement(language: Language) -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(language.interview, key=len, reverse=True)))
    return re.compile(rf"\b(?:{words})\b")


def is_announced(lines: Sequence[str], language: Language) -> bool:
    """Whether one of the lines announces an interview."""
    return any(_announcement(language).search(line.lower()) for line in lines)


def find_participants(
    title: str, standfirst: str, lines: Sequence[str], language: Language, *, publication: str = ""
) -> Participants:
    """Find the participants in the parts of an article outside the turns."""
    found = Participants(houses=[publication] if publication else [])
    texts = [line if len(line) < LONGEST_READ else "" for line in (title, standfirst, *lines)]
    passages = [list(passages_of(text, language, publication)) for text in texts]
    every = [passage for line in passages for passage in line]
    for passage in every:
        found.names += [run.name for run in passage.runs if " " in run.name]
    reporter = next((run.name for passage in every for run in _reporters(passage, language)), None)
    said = _Announced(language)
    said.read(every)
    asker = reporter or said.asker or publication
    found.asker = found.house(asker) or asker if asker else None
    if said.asker_is_house and said.asker not in found.houses:
        found.houses.append(said.asker or "")
    found.answerers = tuple(name for name in said.answerers if name != found.asker)
    if not found.answerers and not said.by_description:
        found.answerers = _likeliest(texts, passages, language, found.asker)
    return found


def _reporters(passage: Passage, language: Language) -> Iterator[Run]:
    """Reporters named as such, who ask: «submitted by Herald reporter Tom Reyes»."""
    for run in passage.runs:
        before = passage.tokens[run.start - 1].low if run.start else ""
        if " " in run.name and before in language.reporter_words:
            yield run


class _Announced:
    """What sentences such as «Ada Okafor spoke with the Herald» say about who asks and who answers."""

    def __init__(self, language: Language):
        self.language = language
        self.asker: str | None = None
        self.asker_is_house = False
        self.answerers: tuple[str, ...] = ()
        self.by_description = False  # «interviewed one of the owners»
        self.subject: Run | None = None  # the person whom the previous sentence is about

    def read(self, passages: Sequence[Passage]) -> None:
        """Read the sentences in order; the first announcement of each party counts."""
        for passage in passages:
            verb = next((n for n in range(len(passage.tokens)) if self._announces(passage, n)), None)
            if verb is not None:
                self._read_one(passage, verb)
            people = passage.people(0, len(passage.tokens))
            self.subject = people[0] if people else self.subject

    def _announces(self, passage: Passage, n: int) -> bool:
        low = passage.tokens[n].low
        following = passage.low(n + 1)
        return low in self.language.interview or f"{low} {following}" in self.language.interview

    def _read_one(self, passage: Passage, verb: int) -> None:
        language, tokens = self.language, passage.tokens
        pair = tokens[verb].low not in language.interview  # «spoke with»
        after = verb + 1 + pair
        # The subject after «about» is not the interviewee: «interviewed the owner about Tom Reyes».
        end = next((n for n in range(after, len(tokens)) if tokens[n].low in language.about), len(tokens))
        end = min(end, after + NEAR)
        left = [run for run in passage.runs if run.end <= verb]
        right = [run for run in passage.runs if after <= run.start < end]
        people, others = passage.people(0, verb), passage.people(after, end)
        if passage.low(after) in language.by or passage.low(after) == ":":
            self._asks(right[:1])
            self._answer(passage, people)
        elif pair:
            self._spoke(passage, left[-1:], right[:1], people, others)
        elif passage.low(after) in language.with_words:
            titled = any(token.text == ":" for token in tokens[:verb])  # «Ada Okafor: an interview with …»
            self._spoke(passage, [], right[:1], people, people if titled and people else others)
        elif self._is_verb(passage, verb):
            self._interviewed(passage, left, right, people, others)
        else:
            self._answer(passage, people or others)

    def _is_verb(self, passage: Passage, verb: int) -> bool:
        """«The Herald interviews …», but not «she gives no interviews»."""
        low, language = passage.low(verb), self.language
        before = passage.tokens[verb - 1] if verb else None
        subject = before is not None and (
            before.kind == NAME or before.low in language.pronouns or before.low in language.auxiliaries
        )
        return low in language.interview_verbs and subject

    def _interviewed(
        self, passage: Passage, left: list[Run], right: list[Run], people: list[Run], others: list[Run]
    ) -> None:
        """«The Herald interviews Ada Okafor»; Polish «Z Adą Okafor rozmawia Tom Reyes»."""
        after_preposition = left and passage.low(left[-1].start - 1) in self.language.prepositions
        if self.language.verb_first and after_preposition:
            left, right, people, others = right, left, others, people
        self._asks(left[-1:])
        self._answer(passage, others)
        self.by_description = bool(left) and not self.answerers

    def _spoke(
        self, passage: Passage, left: list[Run], right: list[Run], people: list[Run], others: list[Run]
    ) -> None:
        """«The Herald spoke with Ada Okafor», «she spoke with the Herald»."""
        if right and right[0].house:
            if self.asker in (None, right[0].name):
                self._asks(right)
                self._answer(passage, people or [self.subject])
        elif others:
            self._asks([run for run in left if run.house or run in people])
            self._answer(passage, others)

    def _asks(self, runs: Sequence[Run | None]) -> None:
        if self.asker is None and runs and runs[0]:
            self.asker, self.asker_is_house = runs[0].name, runs[0].house or " " not in runs[0].name

    def _answer(self, passage: Passage, people: Sequence[Run | None]) -> None:
        named = [run for run in people if run]
        if not self.answerers and named:
            joined = passage.joined(named) if named[0] in passage.runs else named[:1]
            self.answerers = tuple(run.name for run in joined)


def _likeliest(
    texts: Sequence[str], passages: Sequence[Sequence[Passage]], language: Language, asker: str | None
) -> tuple[str, ...]:
    """The person whom title, standfirst, introduction and captions present; nobody if two are level."""
    scores: dict[str, float] = defaultdict(float)
    together: dict[str, tuple[str, ...]] = {}
    opened = 0
    for number, (text, line) in enumerate(zip(texts, passages, strict=True)):
        caption = looks_like_caption(text, language)
        people = [(p, run) for p in line for run in p.people(0, p.credit if caption else len(p.tokens))]
        people = [(p, run) for p, run in people if run.name != asker]
        if not people:
            continue
        passage, first = people[0]
        together.setdefault(first.name, _joined(passage, people))
        opened += number > 1 and not caption
        if number < 2:
            scores[first.name] += (IN_TITLE, IN_STANDFIRST)[number]
        elif caption:
            scores[first.name] += IN_CAPTION
        elif opened <= OPENING:
            scores[first.name] += OPENS if opened == 1 else OPENS / 2
    words = Counter(folded(word) for text in texts for word in re.findall(r"[\w'’-]+", text))
    for name in scores:
        scores[name] += min(AGAIN * (words[folded(name.split()[-1])] - 1), MOST_AGAIN)
    for name in sorted(scores, key=len, reverse=True):
        # «Ada Okafor Romane» is «Ada Okafor» before a German noun.
        shorter = next((other for other in scores if name.startswith(f"{other} ")), None)
        if shorter:
            scores[shorter] += scores.pop(name)
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    if not ranked or ranked[0][1] < LEAST or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return ()
    return together[ranked[0][0]]


def _joined(passage: Passage, people: Sequence[tuple[Passage, Run]]) -> tuple[str, ...]:
    return tuple(run.name for run in passage.joined([run for other, run in people if other is passage]))
