"""Scores against annotated texts."""

import pytest

from articles.extraction.evaluation.breakdown import Breakdown
from articles.extraction.evaluation.scoring import (
    Score,
    figures,
    groups,
    is_pronoun,
    pairs,
    reliability,
    same_speaker,
    score_document,
    trimmed,
)
from articles.extraction.pipeline import find_classified
from articles.extraction.spans import Span

TEXT = "“We will appeal,” said Ada Okafor. Tom Reyes said the plan was “dead” by June. “No,” he said."


def quote(words, speaker, **more):
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "speaker": speaker, "kind": "direct", **more}


def scored(quotes, **document):
    score = Score()
    score_document(score, {"text": TEXT, "quotes": quotes, **document}, find_classified(TEXT, language="en"))
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
    assert score.joint["parts"].f1 == 1.0
    assert "1.00  1.00" in groups(score)
    assert "3 right" in figures(score)


def test_a_wrong_speaker_spoils_the_joint_figure_alone():
    score = scored([quote("“We will appeal,”", "Lena Brandt")])
    assert score.spans["direct"].right == 1
    assert score.joint["direct"].right == 0


def test_the_origin_of_a_name_is_counted_alike_for_right_and_wrong_speakers():
    start = TEXT.index("Tom Reyes said")
    place = {"speaker_start": start, "speaker_end": start + len("Tom Reyes")}
    breakdown = Breakdown()
    for speaker in ("Tom Reyes", "the council planner"):
        found = [quote("“We will appeal,”", speaker, **place)]
        breakdown.add({"text": TEXT, "quotes": found}, find_classified(TEXT, language="en"))
    assert breakdown.origins.keys() == {"in the list"}


def test_what_was_left_undecided_is_not_counted():
    inner = TEXT.index("the plan")
    score = scored([quote("“We will appeal,”", "Okafor")], ignore=[{"start": inner, "end": len(TEXT)}])
    assert score.spans["all"].found == 1


def test_marks_that_the_annotators_did_not_see_as_such_are_not_counted():
    score = scored([quote("the plan was “dead” by June", "Reyes", kind="indirect")])
    assert score.spans["mixed"].found == 0


def test_a_quote_that_nobody_annotated_is_wrong():
    assert scored([quote("the plan was", "Reyes", kind="indirect")]).spans["mixed"].found == 1


def test_parts_count_wherever_the_clause_ends():
    score = scored([quote("Tom Reyes said the plan was “dead” by June", "Reyes", kind="mixed")])
    assert score.spans["mixed"].right == 0
    assert score.joint["parts"].right == 1


def test_each_decided_quote_is_a_case_for_the_reliability_table():
    score = scored([quote("“We will appeal,”", "Okafor"), quote("“No,”", "he")])
    assert [(case.kind, case.right) for case in score.judged] == [("direct", True), ("mixed", False)]
    assert "ten-fold" in reliability(score)


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
    score_document(score, {"text": text, "quotes": turns}, find_classified(text, language="en"))
    assert (score.spans["turn"].right, score.spans["turn"].found) == (2, 4)
    assert "turn joint" in figures(score)


def test_nothing_at_all_scores_nothing():
    assert Score().spans["all"].f1 == 0.0
    assert "documents 0" in figures(Score())


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
        ("Tom Reyes, a spokesman for the port", "a port spokesman", True),
        ("Okafor and Reyes", "Tom Reyes", True),
        ("the minister", "a minister", True),
    ],
)
def test_speakers_agree_by_their_last_name_and_first_letter(wanted, found, same):
    assert same_speaker(wanted, found) is same


def test_pronouns_are_no_names():
    assert is_pronoun("she") and not is_pronoun("Okafor") and not is_pronoun("")
