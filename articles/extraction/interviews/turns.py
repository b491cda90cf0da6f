"""Finds the turns of an interview and their speakers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from articles.extraction.coreference.mentions import folded
from articles.extraction.interviews.alternation import Role, decide, looks_like_caption
from articles.extraction.interviews.conversation import asks_by_turns, is_speaker, take_turns
from articles.extraction.interviews.participants import Participants, find_participants, is_announced
from articles.extraction.interviews.speaker_labels import Label, LabelNames, find_label, shortens
from articles.extraction.languages.table import Language
from articles.extraction.spans import Person, Span, Turn

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


MOST_PARAGRAPHS = 4_000  # no interview is longer; each paragraph is a step of the model
INTRODUCTION = 14  # paragraphs in which an interview is announced, if at all
# How often speaker and borders are right if only the first pair, or nothing, is labelled.
SURE_ONCE, SURE_NEVER = 0.93, 0.62
TOO_LONG = f"more than {MOST_PARAGRAPHS:,} paragraphs: turns of an interview were not sought"
INFERRED = "interview turns without labels were inferred; please check who speaks"


@dataclass(slots=True)
class Interview:
    turns: list[Turn]
    people: list[Person]
    warnings: list[str]


def find_turns(
    text: str,
    spans: Sequence[Span],
    language: Language,
    *,
    title: str = "",
    standfirst: str = "",
    publication: str = "",
) -> Interview:
    """The turns of an interview; no turns for any other text."""
    if len(spans) > MOST_PARAGRAPHS:
        return Interview([], [], [TOO_LONG])
    labels = [find_label(text, span, language) for span in spans]
    if labels and labels[0] and _is_headline(text, spans[0], labels, title, language):
        labels[0] = None
    moved = _moved_down(labels, spans, language)
    head = [title, standfirst, publication]
    labels = _consistent(text, spans, moved, language, head)
    if not any(labels) and _without_answers(moved):
        return Interview([], [], [])
    named = [n for n, label in enumerate(labels) if label]
    head = [title, standfirst]
    if len(named) >= 2:
        before = head + [span.cut(text) for span in spans[: named[0]]]
        participants = find_participants(before, language, publication=publication)
        if _labels_go_on(labels, spans):
            return _labelled(text, spans, labels, language, participants)
        return _labelled_once(text, spans, labels, language, participants)
    return _unlabelled(text, spans, language, head, publication)


def _is_headline(
    text: str, span: Span, labels: Sequence[Label | None], title: str, language: Language
) -> bool:
    """Whether the paragraph is a title: «Ada Okafor: An interview»."""
    words = span.cut(text)
    if title and words.startswith(title[:40]):
        return True
    if any(word in language.interview for word in words.lower().split()):
        return True
    names = [label.name for label in labels if label]
    return len(names) > 4 and names.count(names[0]) == 1 and (_is_question_label(names[0], language) is None)


def _moved_down(
    labels: Sequence[Label | None], spans: Sequence[Span], language: Language
) -> list[Label | None]:
    """Keep only labels of speakers; a label on its own line applies to the paragraph below."""
    found: list[Label | None] = [None] * len(labels)
    for number, (label, span) in enumerate(zip(labels, spans, strict=True)):
        if label is None or not is_speaker(label, language):
            continue
        if label.text_start < span.end:
            found[number] = label
        elif number + 1 < len(labels) and labels[number + 1] is None:
            found[number + 1] = replace(label, text_start=spans[number + 1].start)
    return found


def _consistent(
    text: str,
    spans: Sequence[Span],
    labels: list[Label | None],
    language: Language,
    head: Sequence[str],
) -> list[Label | None]:
    """Keep labels only if two speakers alternate, and not in lists or tables of figures."""
    named = [n for n, label in enumerate(labels) if label]
    figures = sum(text[label.text_start].isdigit() for label in labels if label)
    if figures * 2 > len(named) or len({label.name for label in labels if label}) < 2:
        return [None] * len(labels)
    marked = any(_is_question_label(label.name, language) is not None for label in labels if label)
    if len(named) == 2 and not marked:
        first, second = named
        # Two labels alone must be close together with an interview after them.
        if second - first > 4 or len(labels) - second < 3:
            return [None] * len(labels)
    if not take_turns(text, spans, labels, language, head):
        return [None] * len(labels)
    return labels


def _without_answers(labels: Sequence[Label | None]) -> bool:
    """Whether labelled questions follow one another without answers between them."""
    named = sum(label is not None for label in labels)
    rows = sum(a is not None and b is not None for a, b in pairwise(labels))
    return named > 2 and rows * 2 > named


def _labels_go_on(labels: list[Label | None], spans: Sequence[Span]) -> bool:
    named = [n for n, label in enumerate(labels) if label]
    rest = len(spans) - named[-1] - 1
    return (len(named) > 2 and rest < 4 * (len(named) - 1)) or (len(named) == 2 and rest < 3)


def _is_question_label(name: str, language: Language) -> bool | None:
    low = name.lower().rstrip(".")
    if low in language.question_labels:
        return True
    if low in language.answer_labels:
        return False
    return None


def _labelled(
    text: str,
    spans: Sequence[Span],
    labels: list[Label | None],
    language: Language,
    participants: Participants,
) -> Interview:
    book = LabelNames(language)
    owners = _joined_labels([book.add(label.name, label.description) if label else None for label in labels])
    asker = _asker(text, spans, labels, owners, language, participants)
    turns: list[Turn] = []
    current: tuple[str, Label] | None = None
    for number, (span, label) in enumerate(zip(spans, labels, strict=True)):
        owner = owners[number]
        if label and owner is not None:
            current = (owner, label)
            role = "question" if owner in asker else "answer"
            speaker = _speaker(owner, role, language, participants)
            if label.text_start < span.end:
                turns.append(Turn(label.text_start, span.end, role, label.name, speaker, True, 0.98))
        elif current and turns and not _is_interruption(text, span, spans, labels, number, language):
            last = turns[-1]
            turns[-1] = Turn(last.start, span.end, last.role, last.source, last.speaker, True, 0.95)
        else:
            current = None
    people = [p for p in book.full if p.name in owners and _is_question_label(p.name, language) is None]
    return Interview(turns, people, [])


def _joined_labels(owners: list[str | None]) -> list[str | None]:
    """Merge abbreviated labels into the full one if it is unambiguous: «WP» and «Wikipress»."""
    named, beside = [o for o in dict.fromkeys(owners) if o is not None], _side_by_side(owners)
    longer = {owner: [o for o in named if shortens(owner, o) and (owner, o) not in beside] for owner in named}
    return [longer[owner][0] if owner is not None and len(longer[owner]) == 1 else owner for owner in owners]


def _speaker(owner: str, role: str, language: Language, participants: Participants) -> str | None:
    if _is_question_label(owner, language) is None:
        return participants.fullest(owner)
    return participants.asker if role == "question" else participants.answerer


def _is_interruption(
    text: str, span: Span, spans: Sequence[Span], labels: list[Label | None], number: int, language: Language
) -> bool:
    """Whether the paragraph is a heading or a caption between two turns."""
    words = span.cut(text)
    if looks_like_caption(words, language):
        return True
    if not looks_like_heading(words):
        return False
    for later in range(number + 1, min(number + 3, len(spans))):
        if labels[later] is not None:
            return True
        if not looks_like_caption(spans[later].cut(text), language):
            return False
    return False


def looks_like_heading(words: str) -> bool:
    return (len(words.split()) <= 10 and words[-1:].isalnum()) or len(words.split()) <= 2


def _asker(
    text: str,
    spans: Sequence[Span],
    labels: list[Label | None],
    owners: list[str | None],
    language: Language,
    participants: Participants,
) -> set[str]:
    """The labels of the interviewers: «Q», the publication's name, or whoever asks most."""
    asked: dict[str, list[int]] = {}
    for span, label, owner in zip(spans, labels, owners, strict=True):
        if label and owner is not None:
            sort = _is_question_label(owner, language)
            ends = span.cut(text).rstrip(")] ")[-1:] == "?"
            asked.setdefault(owner, []).append(1 if sort or (sort is None and ends) else 0)
    known = {o for o in asked if _is_question_label(o, language)}
    if known:
        return known
    first = next(iter(asked))
    share = {owner: sum(marks) / len(marks) for owner, marks in asked.items()}
    best = max(share, key=lambda owner: (share[owner], owner == first))
    if participants.asker and participants.asker in asked and participants.asker != participants.answerer:
        best = participants.asker
    return {best} | {o for o in asked if share[o] > 0.5 and (o, best) not in _side_by_side(owners)}


def _side_by_side(owners: Sequence[str | None]) -> set[tuple[str, str]]:
    """The pairs of labels whose turns are adjacent, in both orders."""
    named = [owner for owner in owners if owner is not None]
    return {*pairwise(named), *pairwise(reversed(named))}


def _labelled_once(
    text: str,
    spans: Sequence[Span],
    labels: list[Label | None],
    language: Language,
    participants: Participants,
) -> Interview:
    book = LabelNames(language)
    named = [n for n, label in enumerate(labels) if label]
    owners = {n: book.add(labels[n].name, labels[n].description) for n in named}  # type: ignore[union-attr]
    first = named[0]
    fixed: dict[int, Role] = {}
    asker = owners[first]
    for n in named:
        mark = _is_question_label(owners[n], language)
        fixed[n] = Role.QUESTION if owners[n] == asker or mark else Role.ANSWER
    answerers = [o for n, o in owners.items() if fixed[n] is Role.ANSWER]
    texts = [_after_label(text, span, label) for span, label in zip(spans, labels, strict=True)]
    roles = decide(texts, language, fixed=fixed, first=first)
    turns = _joined(spans, labels, roles, {
        Role.QUESTION: (asker, _speaker(asker, "question", language, participants)),
        Role.ANSWER: (answerers[0], _speaker(answerers[0], "answer", language, participants)),
    })  # fmt: skip
    people = [p for p in book.full if _is_question_label(p.name, language) is None]
    return Interview(turns, people, [INFERRED])


def _after_label(text: str, span: Span, label: Label | None) -> str:
    return text[label.text_start : span.end] if label else span.cut(text)


def _unlabelled(
    text: str, spans: Sequence[Span], language: Language, head: list[str], publication: str
) -> Interview:
    texts = [span.cut(text) for span in spans]
    announced = is_announced(head + texts[:INTRODUCTION], language)
    if sum("?" in t for t in texts) < 2 or not (announced or asks_by_turns(texts)):
        return Interview([], [], [])
    roles = decide(texts, language, fixed={}, first=None)
    if not _looks_like_interview(texts, roles, language):
        return Interview([], [], [])
    outside = [t for t, (role, _, _) in zip(texts, roles, strict=True) if role is Role.NARRATION]
    participants = find_participants(head + outside, language, publication=publication)
    if not announced and not participants.answerers and len(set(participants.names)) == 1:
        participants.answerers = (participants.names[0],)  # the subject of the introduction
    turns = _joined(spans, [None] * len(spans), roles, {
        Role.QUESTION: (participants.asker or "", participants.asker),
        Role.ANSWER: (participants.answerer or "", participants.answerer),
    }, sure=SURE_NEVER,
        several=len(participants.answerers) > 1)  # fmt: skip
    if len(participants.answerers) > 1:
        turns = assign_respondents(text, turns, participants.answerers, language)
    return Interview(turns, [], [INFERRED])


def _looks_like_interview(
    texts: Sequence[str], roles: list[tuple[Role, float, bool]], language: Language
) -> bool:
    """Whether there are enough questions, answers in the first person, and little reported speech."""
    questions = [t for t, (role, _, _) in zip(texts, roles, strict=True) if role is Role.QUESTION]
    answers = [t for t, (role, _, _) in zip(texts, roles, strict=True) if role is Role.ANSWER]
    if len(questions) < 2 or len(answers) < 2:
        return False
    asking = sum("?" in t for t in questions)
    personal = sum(
        any(w in language.me or w in language.you for w in t.lower().split()) for t in answers + questions
    )
    reported = sum(t.lstrip()[:1] in '“"„«' for t in answers + questions)
    every = len(answers) + len(questions)
    addressed = sum("?" in t or any(w in language.you for w in t.lower().split()) for t in questions)
    if addressed < 0.65 * len(questions) or asking < 0.4 * len(questions):
        return False
    return personal >= 0.5 * every and reported <= 0.25 * every


def _joined(
    spans: Sequence[Span],
    labels: Sequence[Label | None],
    roles: list[tuple[Role, float, bool]],
    owners: dict[Role, tuple[str, str | None]],
    *,
    sure: float = SURE_ONCE,
    several: bool = False,
) -> list[Turn]:
    """Join the paragraphs of one turn into one span."""
    turns: list[Turn] = []
    last: Role | None = None
    for span, label, (role, confidence, begins) in zip(spans, labels, roles, strict=True):
        if role is Role.NARRATION:
            last = None
            continue
        start = label.text_start if label else span.start
        confidence = confidence if label else round(confidence * sure, 2)
        printed, speaker = owners[role]
        if begins or last is not role or not turns or (several and role is Role.ANSWER):
            turns.append(
                Turn(
                    start,
                    span.end,
                    role.value,
                    label.name if label else printed,
                    speaker,
                    bool(label),
                    confidence,
                )
            )
        else:
            before = turns[-1]
            turns[-1] = Turn(
                before.start, span.end, before.role, before.source, before.speaker, before.labelled,
                min(before.confidence, confidence),
            )  # fmt: skip
        last = role
    return turns
