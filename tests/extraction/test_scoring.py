"""The scorer counts what a reader would count."""

import pytest

from articles.extraction import find_quotes
from articles.extraction.scoring import (
    Score,
    is_pronoun,
    pairs,
    report,
    same_speaker,
    score_document,
    trimmed,
)
from articles.extraction.spans import Span

TEXT = "“We will appeal,” said Ada Okafor. Tom Reyes said the plan was “dead” by June. “No,” he said."


def quote(words, speaker, **more):
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "speaker": speaker, "kind": "direct", **more}


def scored(quotes, **document):
    score = Score()
    score_document(score, {"text": TEXT, "quotes": quotes, **document}, find_quotes(TEXT, language="en"))
    return score


def test_everything_right_scores_one():
    score = scored(
        [
            quote("“We will appeal,”", "Ada Okafor", group=1),
            quote("the plan was “dead” by June", "Reyes", kind="mixed", group=2),
            quote("“No,”", "he", speaker_resolved=["Tom Reyes"], group=3),
        ]
    )
    assert score.spans["all"].f1 == 1.0
    assert score.joint["all"].f1 == 1.0
    assert score.speakers["pronoun"].recall == 1.0
    assert "1.00  1.00" in report(score)


def test_a_wrong_speaker_spoils_the_joint_figure_alone():
    score = scored([quote("“We will appeal,”", "Lena Brandt")])
    assert score.spans["direct"].right == 1
    assert score.joint["direct"].right == 0


def test_what_was_left_undecided_is_not_counted():
    inner = TEXT.index("the plan")
    score = scored([quote("“We will appeal,”", "Okafor")], ignore=[{"start": inner, "end": len(TEXT)}])
    assert score.spans["all"].found == 1


def test_what_was_reported_without_marks_is_not_counted():
    score = scored([quote("the plan was “dead” by June", "Reyes", kind="indirect")])
    assert score.spans["mixed"].found == 0


def test_the_marked_part_of_a_wider_clause_is_no_wrong_direct_quote():
    score = scored([quote("“We will appeal,” said Ada Okafor. Tom", "Okafor", kind="mixed")])
    assert score.spans["direct"].found == 1


def test_turns_are_counted_by_themselves():
    text = "Q: Why now?\n\nA: I had time at last.\n\nQ: And then?\n\nA: I left."
    turns = [
        {"start": 3, "end": 11, "kind": "turn", "speaker": None},
        {"start": 16, "end": 36, "kind": "turn", "speaker": "Ada"},
    ]
    score = Score()
    score_document(score, {"text": text, "quotes": turns}, find_quotes(text, language="en"))
    assert (score.spans["turn"].right, score.spans["turn"].found) == (2, 4)
    assert "turn joint" in report(score)


def test_nothing_at_all_scores_nothing():
    assert Score().spans["all"].f1 == 0.0
    assert "documents 0" in report(Score())


def test_spans_pair_one_to_one_by_their_overlap():
    assert pairs([Span(0, 10), Span(20, 30)], [Span(19, 30), Span(0, 10), Span(0, 9)]) == [(0, 1), (1, 0)]
    assert trimmed(" “Go,” ", 0, 7) == Span(2, 5)


@pytest.mark.parametrize(
    ("wanted", "found", "same"),
    [
        ("Mr Reyes", "Tom Reyes", True),
        ("council spokesman Tom Reyes", "Reyes", True),
        ("a spokesman for the ministry", "spokesman", True),
        ("Ada Reyes", "Tom Reyes", False),
        ("Okafor", None, False),
        ("a spokesman for Reyes", "Reyes", False),
    ],
)
def test_speakers_agree_by_their_last_name_and_first_letter(wanted, found, same):
    assert same_speaker(wanted, found) is same


def test_pronouns_are_no_names():
    assert is_pronoun("she") and not is_pronoun("Okafor") and not is_pronoun("")
