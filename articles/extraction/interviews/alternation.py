"""Classifies the paragraphs of an interview as question, answer or narration with a hidden Markov model.

States are narration, question and answer, each beginning or continuing. Emissions depend on the features of a
paragraph. Viterbi finds the best path, and forward-backward gives the confidence; all in logarithms.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from articles.extraction.languages.table import Language

WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


PLACED = re.compile(r"\((?:left|right|cent(?:er|re)|above|below|middle|pictured|links|rechts)\)")


class Role(Enum):
    NARRATION = "narration"
    QUESTION = "question"
    ANSWER = "answer"


# States: narration before, inside and after the interview; questions and answers that begin or continue.
BEFORE, QUESTION, QUESTION_ON, ANSWER, ANSWER_ON, BETWEEN, AFTER = range(7)
STATES = (BEFORE, QUESTION, QUESTION_ON, ANSWER, ANSWER_ON, BETWEEN, AFTER)
ROLE = {
    BEFORE: Role.NARRATION,
    QUESTION: Role.QUESTION,
    QUESTION_ON: Role.QUESTION,
    ANSWER: Role.ANSWER,
    ANSWER_ON: Role.ANSWER,
    BETWEEN: Role.NARRATION,
    AFTER: Role.NARRATION,
}
NEVER = -1e9
STEPS: dict[tuple[int, int], float] = {
    (BEFORE, BEFORE): -0.3,
    (BEFORE, QUESTION): -1.0,
    (QUESTION, ANSWER): -0.1,
    (QUESTION, QUESTION_ON): -3.0,
    (QUESTION_ON, QUESTION_ON): -3.0,
    (QUESTION_ON, ANSWER): -0.1,
    (ANSWER, QUESTION): -0.4,
    (ANSWER, ANSWER_ON): -1.2,
    (ANSWER, BETWEEN): -3.0,
    (ANSWER, AFTER): -3.5,
    (ANSWER_ON, ANSWER_ON): -1.2,
    (ANSWER_ON, QUESTION): -0.4,
    (ANSWER_ON, BETWEEN): -3.0,
    (ANSWER_ON, AFTER): -3.5,
    (BETWEEN, BETWEEN): -1.5,
    (BETWEEN, QUESTION): -0.2,
    (BETWEEN, ANSWER_ON): -2.5,
    (AFTER, AFTER): -0.1,
}
ENDS = {BEFORE: -4.0, QUESTION: -1.5, QUESTION_ON: -1.5}  # an interview seldom ends with a question


@dataclass(frozen=True, slots=True)
class Look:
    """The features of a paragraph."""

    words: int
    ends_asking: bool
    asks: int
    first_asks: bool
    you: int
    me: int
    opens_answering: bool
    opens_asking: bool
    commands: bool
    heading: bool
    caption: bool
    introduced: bool  # the paragraph before ends in a colon
    bracketed: bool  # opens with a round bracket: an aside, never a turn of its own
    echo: float  # share of its first content words that the paragraph before ended with


def decide(
    texts: Sequence[str], language: Language, *, fixed: Mapping[int, Role], first: int | None
) -> list[tuple[Role, float, bool]]:
    """For each paragraph its role, confidence, and whether a turn begins."""
    if not texts:
        return []
    looks = [_look(texts, n, language) for n in range(len(texts))]
    scores = [[_fit(look, state) for state in STATES] for look in looks]
    for n in range(len(texts)):
        _bind(scores[n], n, fixed, first)
    path = _viterbi(scores)
    margins = _margins(scores, path)
    found = []
    for n, state in enumerate(path):
        begins = state in (QUESTION, ANSWER)
        found.append((ROLE[state], 0.98 if n in fixed else margins[n], begins))
    return found


def _bind(row: list[float], n: int, fixed: Mapping[int, Role], first: int | None) -> None:
    """Fix the states of labelled paragraphs; nothing before the first label is part of the interview."""
    if first is not None:
        for state in STATES:
            if (n < first) != (state == BEFORE):
                row[state] = NEVER
    if n in fixed:
        keep = QUESTION if fixed[n] is Role.QUESTION else ANSWER
        for state in STATES:
            if state != keep:
                row[state] = NEVER


def _look(texts: Sequence[str], n: int, language: Language) -> Look:
    text = texts[n].strip()
    found = [w.lower() for w in WORDS.findall(text[:6000])]
    outside = re.sub(r"[“\"„«][^”\"“»]*[”\"“»]", " ", text[:6000])
    spoken = [w.lower() for w in WORDS.findall(outside)]
    opening = spoken[:2]
    tail = text.rstrip(')]”"» ')
    return Look(
        words=len(found),
        ends_asking=tail.endswith("?"),
        asks=outside.count("?"),
        first_asks="?" in outside[: max(120, outside.find(".") + 1)],
        you=sum(w in language.you for w in spoken),
        me=sum(w in language.me for w in spoken),
        opens_answering=bool(opening) and opening[0] in language.answer_openers,
        opens_asking=bool(opening) and opening[0] in language.questions,
        commands=bool(opening) and opening[0] in language.commands,
        heading=len(found) <= 10 and text[-1:].isalnum(),
        caption=looks_like_caption(text, language),
        introduced=n > 0 and texts[n - 1].rstrip().endswith(":"),
        bracketed=text.startswith("("),
        echo=_echo(texts[n - 1], text, language) if n else 0.0,
    )


def looks_like_caption(text: str, language: Language) -> bool:
    """Whether the text is an image caption: «(left)», «Photo: …»."""
    low = text.lower()
    if len(text) > 300:
        return False
    return any(f"{w}:" in low or f"{w};" in low for w in language.credit_words) or bool(PLACED.search(low))


def _echo(before: str, text: str, language: Language) -> float:
    """The share of content words that repeat the end of the previous paragraph."""
    last = {w.lower() for w in WORDS.findall(before[-160:]) if len(w) > 4}
    first = [w.lower() for w in WORDS.findall(text[:120]) if len(w) > 4]
    if not first or not last:
        return 0.0
    return sum(w in last for w in first) / len(first)


def _fit(look: Look, state: int) -> float:
    if state in (BEFORE, BETWEEN, AFTER):
        return _narration(look, state)
    if look.caption or (look.heading and look.words <= 3 and not look.ends_asking):
        return -6.0
    if look.heading and not look.asks and state in (QUESTION_ON, ANSWER_ON):
        return -2.5
    if look.introduced:
        # After «I wrote this:» the same speaker continues.
        return -6.0 if state in (QUESTION, ANSWER) else -0.2
    if look.bracketed and state in (QUESTION, ANSWER):
        return -4.0
    asking = _asking(look)
    plain = look.me + look.you + look.asks == 0 and not look.commands
    if plain and look.words > 15:
        asking = min(asking, -0.6)
        if state in (ANSWER, ANSWER_ON):
            return -0.8
    if state == QUESTION:
        return min(0.0, asking - 1.0)
    if state == QUESTION_ON:
        return min(0.0, asking - 1.5)
    return min(0.0, 1.0 - asking)


def _asking(look: Look) -> float:
    """Positive for a question, negative for an answer."""
    score = 0.0
    if look.ends_asking:
        score += 3.0 if look.words < 90 else 1.6
    elif look.asks:
        score += 0.8 if look.words < 60 else -0.2
    if look.opens_asking and look.first_asks:
        score += 1.0
    if look.commands:
        score += 1.8
    per_word = 1.0 / max(look.words, 12)
    # «You left in May.» is a question; a long paragraph with «you» rarely is.
    weight = 0.8 if look.asks or look.words <= 25 else 0.4
    score += min(2.0, 40 * look.you * per_word * weight)
    score -= min(2.5, 40 * look.me * per_word * 0.7)
    if look.ends_asking and look.me and not look.you:
        score -= 2.0  # a rhetorical question in an answer: «And what was it that we had?»
    if not look.asks and not look.commands and look.words > 25:
        score -= 1.5
    if look.opens_answering:
        score -= 1.5
    if look.words > 60:
        score -= min(1.8, (look.words - 60) / 50)
    elif look.words < 30 and not look.me:
        score += 0.4
    score += min(0.6, look.echo)
    return score


def _narration(look: Look, state: int) -> float:
    if look.caption:
        return -0.2
    if look.heading:
        return -0.4 if not look.ends_asking else -2.0
    plain = look.me + look.you + look.asks == 0
    score = (-0.2 if plain else -1.4) if state == BEFORE else (-2.5 if plain else -3.5)
    if look.ends_asking:
        score -= 2.0
    score -= min(2.0, 0.7 * look.you)
    score -= min(2.0, 0.5 * look.me)
    return score


def _viterbi(scores: list[list[float]]) -> list[int]:
    best = [[0.0] * len(STATES) for _ in scores]
    back = [[0] * len(STATES) for _ in scores]
    starts = {BEFORE: 0.0, QUESTION: -0.5}
    for state in STATES:
        best[0][state] = scores[0][state] + starts.get(state, NEVER)
    for n in range(1, len(scores)):
        for state in STATES:
            options = [(best[n - 1][p] + step, p) for (p, s), step in STEPS.items() if s == state]
            value, previous = max(options, default=(NEVER * 2, BEFORE))
            best[n][state] = value + scores[n][state]
            back[n][state] = previous
    state = max(STATES, key=lambda s: best[-1][s] + ENDS.get(s, 0.0))
    path = [state]
    for n in range(len(scores) - 1, 0, -1):
        state = back[n][state]
        path.append(state)
    return path[::-1]


def _margins(scores: list[list[float]], path: list[int]) -> list[float]:
    """The posterior probability of each paragraph's chosen role (forward-backward)."""
    forward, backward = _forward(scores), _backward(scores)
    chances = []
    for n, state in enumerate(path):
        logs = [forward[n][s] + backward[n][s] for s in STATES]
        top = max(logs)
        weights = [math.exp(max(-60.0, value - top)) for value in logs]
        same = sum(w for s, w in zip(STATES, weights, strict=True) if ROLE[s] is ROLE[state])
        chances.append(round(min(0.97, same / sum(weights)), 2))
    return chances


def _log_sum(values: list[float]) -> float:
    top = max(values, default=NEVER)
    if top <= NEVER / 2:
        return NEVER
    return top + math.log(sum(math.exp(max(-60.0, v - top)) for v in values))


def _forward(scores: list[list[float]]) -> list[list[float]]:
    table = [[scores[0][s] + {BEFORE: 0.0, QUESTION: -0.5}.get(s, NEVER) for s in STATES]]
    for row in scores[1:]:
        last = table[-1]
        table.append(
            [row[s] + _log_sum([last[p] + step for (p, t), step in STEPS.items() if t == s]) for s in STATES]
        )
    return table


def _backward(scores: list[list[float]]) -> list[list[float]]:
    table = [[ENDS.get(s, 0.0) for s in STATES]]
    for n in range(len(scores) - 1, 0, -1):
        nxt, row = table[-1], scores[n]
        table.append(
            [_log_sum([step + row[t] + nxt[t] for (p, t), step in STEPS.items() if p == s]) for s in STATES]
        )
    return table[::-1]
