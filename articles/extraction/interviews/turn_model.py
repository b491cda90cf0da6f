"""A linear-chain CRF that labels the paragraphs of a text as narration, question or answer.

The weights are learned by `training/interview_turns.py`. Decoding is plain Python, so that the product needs
no library for it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from articles.extraction.interviews.turn_weights import EMISSIONS, TRANSITIONS

Row = tuple[float, float, float, float, float]


class Role(Enum):
    """The role of a paragraph."""

    NARRATION = "narration"
    QUESTION = "question"
    ANSWER = "answer"


NARRATION, QUESTION, QUESTION_ON, ANSWER, ANSWER_ON = STATES = range(5)
ROLES = (Role.NARRATION, Role.QUESTION, Role.QUESTION, Role.ANSWER, Role.ANSWER)
BEGINS = frozenset({QUESTION, ANSWER})
STARTS = frozenset({NARRATION, QUESTION, ANSWER})  # a text does not begin in mid-turn
NEVER = -1e9


@dataclass(frozen=True, slots=True)
class Decision:
    """The role of one paragraph, whether a turn begins with it, and the probability of the role."""

    role: Role
    begins: bool
    probability: float


def scores_of(features: Sequence[Sequence[str]]) -> list[list[float]]:
    """For each paragraph the score of each state."""
    rows = []
    for names in features:
        known = filter(None, map(EMISSIONS.get, names))
        rows.append([sum(column) for column in zip(*known, strict=True)] or [0.0] * len(STATES))
    return rows


def allow(scores: Sequence[Sequence[float]], allowed: Sequence[frozenset[int]]) -> list[list[float]]:
    """The scores, with all states ruled out that a paragraph may not have."""
    return [
        [score if state in states else NEVER for state, score in enumerate(row)]
        for row, states in zip(scores, allowed, strict=True)
    ]


def margin(scores: Sequence[Sequence[float]], narration: Sequence[Sequence[float]] | None = None) -> float:
    """How much better the best path is than narration throughout, which may have other `narration` scores."""
    if not scores:
        return 0.0
    plain = sum(row[NARRATION] for row in narration or scores)
    return _best_path(scores)[1] - plain - (len(scores) - 1) * TRANSITIONS[NARRATION][NARRATION]


def decide(scores: Sequence[Sequence[float]]) -> list[Decision]:
    """The roles of the best path."""
    if not scores:
        return []
    path, _ = _best_path(scores)
    chances = _probabilities(scores, path)
    return [
        Decision(ROLES[state], state in BEGINS, chance) for state, chance in zip(path, chances, strict=True)
    ]


def _best_path(scores: Sequence[Sequence[float]]) -> tuple[list[int], float]:
    """The states of the best path, and its score (Viterbi)."""
    best = _start(scores)
    back: list[list[int]] = []
    for row in scores[1:]:
        ways = [[best[state] + TRANSITIONS[state][to] for state in STATES] for to in STATES]
        tops = list(map(max, ways))
        best = [tops[to] + row[to] for to in STATES]
        back.append([ways[to].index(tops[to]) for to in STATES])
    path, score = [best.index(max(best))], max(best)
    for steps in reversed(back):
        path.append(steps[path[-1]])
    return path[::-1], score


def _start(scores: Sequence[Sequence[float]]) -> list[float]:
    return [score if state in STARTS else NEVER for state, score in enumerate(scores[0])]


def _probabilities(scores: Sequence[Sequence[float]], path: Sequence[int]) -> list[float]:
    """The posterior probability of the role of each paragraph (forward-backward)."""
    forward = [_start(scores)]
    for row in scores[1:]:
        last = forward[-1]
        forward.append([row[to] + _log_sum([last[s] + TRANSITIONS[s][to] for s in STATES]) for to in STATES])
    backward = [[0.0] * len(STATES)]
    for row in reversed(scores[1:]):
        last = backward[-1]
        backward.append(
            [_log_sum([TRANSITIONS[s][to] + row[to] + last[to] for to in STATES]) for s in STATES]
        )
    backward.reverse()
    return [_share(forward[n], backward[n], state) for n, state in enumerate(path)]


def _share(forward: Sequence[float], backward: Sequence[float], chosen: int) -> float:
    logs = [a + b for a, b in zip(forward, backward, strict=True)]
    same = [value for state, value in enumerate(logs) if ROLES[state] is ROLES[chosen]]
    return math.exp(_log_sum(same) - _log_sum(logs))


def _log_sum(values: Sequence[float]) -> float:
    top = max(values)
    return top + math.log(sum(math.exp(value - top) for value in values))
