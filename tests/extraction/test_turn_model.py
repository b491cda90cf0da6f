"""The model of interview turns: its weights fit the features, and its paths are possible ones."""

import pytest

from articles.extraction.interviews.turn_model import (
    ANSWER,
    ANSWER_ON,
    NARRATION,
    QUESTION,
    QUESTION_ON,
    STATES,
    Role,
    allow,
    decide,
    margin,
)
from training.interview_turns import found_turns, invented

TRANSCRIPTS = list(invented())
LEAST_RIGHT = 0.95  # the weights were learned from these texts


def test_turns_of_the_training_transcripts_are_found():
    """Fails if features change and the weights are not trained again."""
    wanted = {(text.id, *turn) for text in TRANSCRIPTS for turn in text.turns()}
    found = {(text.id, *turn) for text in TRANSCRIPTS for turn in found_turns(text)}
    assert len(wanted & found) >= LEAST_RIGHT * max(len(wanted), len(found))


@pytest.mark.parametrize(
    "text", [text for text in TRANSCRIPTS if not text.is_interview], ids=lambda text: text.id
)
def test_no_other_training_text_is_an_interview(text):
    assert found_turns(text) == []


def test_nobody_answers_before_a_question_goes_on():
    scores = [[0.0] * len(STATES) for _ in range(3)]
    only = [frozenset({QUESTION}), frozenset({QUESTION_ON, ANSWER_ON}), frozenset({ANSWER})]
    assert [d.role for d in decide(allow(scores, only))] == [Role.QUESTION, Role.QUESTION, Role.ANSWER]


def test_narration_throughout_has_no_margin():
    scores = [[5.0 if state == NARRATION else 0.0 for state in STATES]] * 3
    assert margin(scores) == pytest.approx(0)


def test_the_probabilities_of_a_certain_path_are_one():
    scores = [[50.0 if state == ANSWER else 0.0 for state in STATES]] * 2
    assert [round(d.probability, 6) for d in decide(scores)] == [1, 1]


def test_a_text_without_paragraphs_has_no_roles():
    assert (decide([]), margin([])) == ([], 0.0)
