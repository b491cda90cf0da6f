"""Finds the turns of an interview and their speakers.

The model of `turn_model` decides whether a text is an interview, and which paragraphs ask and answer. A label
fixes the role of its paragraph.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from articles.extraction.interviews.paragraph_features import (
    features_of,
    looks_like_caption,
    looks_like_heading,
)
from articles.extraction.interviews.participants import Participants, find_participants, is_announced
from articles.extraction.interviews.respondents import assign_respondents
from articles.extraction.interviews.turn_labels import Line, Parties, is_role_label, lines_of, parties_of
from articles.extraction.interviews.turn_model import (
    ANSWER,
    ANSWER_ON,
    NARRATION,
    QUESTION,
    QUESTION_ON,
    STATES,
    Decision,
    Role,
    allow,
    decide,
    margin,
    scores_of,
)
from articles.extraction.languages.table import Language
from articles.extraction.spans import Person, Span, Turn

MOST_PARAGRAPHS = 4_000  # no interview is longer; each paragraph is a step of the model
OPENING = 14  # paragraphs in which an interview is announced, if at all
# Without labels: the margin of the turns over narration throughout, and the questions and answers.
LEAST_MARGIN, MARGIN_A_LINE, LEAST_PAIRS = 3.0, 0.25, 2
LONGEST_TURN = 8  # paragraphs on average, without labels
LEAST_LABELLED = 0.1  # the margin with labels
# Questions in bold, and the least margin for each of them.
LEAST_BOLD, LEAST_IN_BOLD = 3, 0.5
# Confidence with a label, in a paragraph below it, and if only the first pair, or nothing, is labelled.
LABELLED, BELOW_LABEL, SURE_ONCE, SURE_NEVER = 0.98, 0.95, 0.93, 0.62
TOO_LONG = f"more than {MOST_PARAGRAPHS:,} paragraphs: turns of an interview were not sought"
INFERRED = "interview turns without labels were inferred; please check who speaks"
ANY = frozenset(STATES)
NOBODY = Parties((), frozenset(), ())


@dataclass(slots=True)
class Interview:
    """The turns of a text, the people whom its labels name, and warnings for the editor."""

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
    house_labels: Sequence[str] = (),
    stressed: frozenset[str] = frozenset(),
) -> Interview:
    """The turns of an interview; no turns for any other text. `stressed` paragraphs are printed in bold."""
    if len(spans) > MOST_PARAGRAPHS:
        return Interview([], [], [TOO_LONG])
    lines = lines_of(text, spans, language, title)
    first = next((number for number, line in enumerate(lines) if line.label), None)
    if first is None and "?" not in text:
        return Interview([], [], [])
    participants, parties = Participants(), NOBODY
    if first is not None:
        opening = [line.cut(text) for line in lines[:first]]
        participants = find_participants(title, standfirst, opening, language, publication=publication)
        parties = parties_of(text, lines, language, participants, house_labels)
    scores = turn_scores([line.cut(text) for line in lines], language, [title, standfirst])
    bold = _bold_questions(text, lines, stressed) if first is None else {}
    states = _between_questions(len(lines), bold) if bold else _allowed(text, lines, parties, language)
    allowed = allow(scores, states)
    advantage = margin(scores) if first is None else max(margin(allowed, scores), margin(scores))
    if bold and margin(allowed, scores) < LEAST_IN_BOLD * len(bold):
        allowed, bold = scores, {}
    if not bold and not _is_interview(advantage, lines, language):
        return Interview([], [], [])
    decisions = decide(allowed)
    if first is None and not _is_conversation(decisions):
        return Interview([], [], [])
    if first is None:
        outside = [
            line.cut(text) for line, d in zip(lines, decisions, strict=True) if d.role is Role.NARRATION
        ]
        participants = find_participants(title, standfirst, outside, language, publication=publication)
    turns = _turns(lines, decisions, parties, language, participants)
    if first is None and len(participants.answerers) > 1:
        turns = assign_respondents(text, turns, participants.answerers, language)
    warnings = [] if all(turn.labelled for turn in turns) else [INFERRED]
    return Interview(turns, list(parties.people), warnings)


def _bold_questions(text: str, lines: Sequence[Line], stressed: frozenset[str]) -> dict[int, bool]:
    """The stressed paragraphs that have an answer below, by number; True for those that ask.

    Empty if fewer than three ask, or if most are headings.
    """
    bold = [number for number, line in enumerate(lines) if " ".join(line.cut(text).split()) in stressed]
    answered = {
        number: line_asks(lines[number].cut(text))
        for number in bold
        if number + 1 < len(lines) and number + 1 not in bold
    }
    asking = sum(answered.values())
    return answered if asking >= LEAST_BOLD and asking * 3 >= len(answered) * 2 else {}


def line_asks(text: str) -> bool:
    return text.rstrip(')]”»"*_ ').endswith("?")


def _between_questions(number_of_lines: int, bold: dict[int, bool]) -> list[frozenset[int]]:
    """The states of the paragraphs if each bold one is a question and what is below it the answer."""
    first, last = min(bold), max(bold)
    allowed: list[frozenset[int]] = []
    for number in range(number_of_lines):
        if number in bold:
            allowed.append(frozenset({QUESTION}))
        elif number < first:
            allowed.append(frozenset({NARRATION}))
        elif number - 1 in bold:
            allowed.append(frozenset({ANSWER}))
        else:
            allowed.append(frozenset({ANSWER_ON, NARRATION} if number > last else {ANSWER_ON}))
    return allowed


def _is_interview(advantage: float, lines: Sequence[Line], language: Language) -> bool:
    """Whether labels say so («Q», «A»), or the turns explain the text better than narration throughout."""
    labels = [line.label.name for line in lines if line.label]
    if labels:
        return advantage > LEAST_LABELLED or any(is_role_label(label, language) for label in labels)
    return advantage >= max(LEAST_MARGIN, MARGIN_A_LINE * len(lines))


def _is_conversation(decisions: Sequence[Decision]) -> bool:
    """Whether there are enough turns without labels, and they are not as long as essays."""
    begun = Counter(decision.role for decision in decisions if decision.begins)
    paragraphs = sum(decision.role is not Role.NARRATION for decision in decisions)
    enough = min(begun[Role.QUESTION], begun[Role.ANSWER]) >= LEAST_PAIRS
    return enough and paragraphs <= LONGEST_TURN * begun.total()


def turn_scores(texts: Sequence[str], language: Language, head: Sequence[str]) -> list[list[float]]:
    """The scores of the paragraphs by the model; `head` is headline and standfirst."""
    announced = is_announced([*head, *texts[:OPENING]], language)
    return scores_of(features_of(texts, language, announced=announced))


def _allowed(text: str, lines: Sequence[Line], parties: Parties, language: Language) -> list[frozenset[int]]:
    """The states that the labels leave to each paragraph."""
    fixed = [parties.role(number) for number in range(len(lines))]
    labelled = [number for number, role in enumerate(fixed) if role]
    if not labelled:
        return [ANY] * len(lines)
    throughout, first = _labelled_throughout(fixed), labelled[0]
    allowed: list[frozenset[int]] = []
    last: Role | None = None
    for number, role in enumerate(fixed):
        last = role or last
        if role:
            allowed.append(frozenset({QUESTION if role is Role.QUESTION else ANSWER}))
        elif number < first:
            # A newspaper that labels its questions labels the first one too.
            asks = number == first - 1 and fixed[first] is Role.ANSWER and not parties.house
            allowed.append(frozenset({NARRATION, QUESTION}) if asks else frozenset({NARRATION}))
        elif throughout:
            on = QUESTION_ON if last is Role.QUESTION else ANSWER_ON
            words = lines[number].cut(text)
            beside = looks_like_heading(words) or looks_like_caption(words, language)
            allowed.append(frozenset({NARRATION, on} if beside else {on}))
        else:
            allowed.append(ANY)
    return allowed


def _labelled_throughout(fixed: Sequence[Role | None]) -> bool:
    """Whether both parties are labelled up to the end, so that no turn begins without a label."""
    labelled = [number for number, role in enumerate(fixed) if role]
    rest = len(fixed) - labelled[-1] - 1
    both = {fixed[number] for number in labelled} == {Role.QUESTION, Role.ANSWER}
    return both and (rest < 4 * (len(labelled) - 1) if len(labelled) > 2 else rest < 3)


def _turns(
    lines: Sequence[Line],
    decisions: Sequence[Decision],
    parties: Parties,
    language: Language,
    participants: Participants,
) -> list[Turn]:
    """Join the paragraphs of each turn, and name its speaker."""
    labelled = [parties.role(number) for number in range(len(lines))]
    throughout = any(labelled) and _labelled_throughout(labelled)
    sure = BELOW_LABEL if throughout else SURE_ONCE if any(labelled) else SURE_NEVER
    apart = not any(labelled) and len(participants.answerers) > 1
    turns: list[Turn] = []
    last = Role.NARRATION
    for number, (line, decision) in enumerate(zip(lines, decisions, strict=True)):
        role, previous = decision.role, last
        last = role
        if role is Role.NARRATION:
            continue
        confidence = LABELLED if line.label else round(min(LABELLED, decision.probability) * sure, 2)
        if previous is not role or line.label or (apart and role is Role.ANSWER):
            source, speaker = _speaker(number, line, role, parties, language, participants)
            led = bool(line.label) or (throughout and bool(turns))
            turns.append(Turn(line.start, line.span.end, role.value, source, speaker, led, confidence))
        else:
            before = turns[-1]
            turns[-1] = replace(before, end=line.span.end, confidence=min(before.confidence, confidence))
    return turns


def _speaker(
    number: int,
    line: Line,
    role: Role,
    parties: Parties,
    language: Language,
    participants: Participants,
) -> tuple[str, str | None]:
    """The label as printed, or the name of the party, and the speaker."""
    party = participants.asker if role is Role.QUESTION else participants.answerer
    owner = parties.owner(number) or parties.owner_of(role)
    if owner is None:
        return party or "", party
    speaker = party if is_role_label(owner, language) else participants.fullest(owner)
    return (line.label.name if line.label else owner), speaker
