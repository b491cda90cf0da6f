"""Speakers of turns that contradict their labels or roles."""

from articles.extraction import extract_article
from articles.extraction.interviews.turn_speakers import TurnSpeaker, contradictions, is_form_of

QUESTIONS_BY_INITIALS = """Wikipress spoke with Ilmar Vance, the keeper of the weir at Thane.

Wikipress: How long have you kept the weir?

Ilmar Vance: Since the spring of the long flood, when my uncle fell ill.

WP: Tell me who taught you to read the water.

IV: Nobody taught me. The water did, and it was not patient.

WP: What did you do that night?

Vance: I opened the gates by hand, and then I sat down and waited.
"""
ASKS = TurnSpeaker("question", "Imke Farrow", 1, "Imke Farrow")
SAYS = TurnSpeaker("answer", "Ilmar Vance", 2, "Ilmar Vance")


def contradicted(*turns):
    return [bool(why) for why in contradictions(turns)]


def test_the_initials_of_a_house_label_are_the_house():
    spoken = [(t.role, t.speaker) for t in extract_article(QUESTIONS_BY_INITIALS, language="en").turns]
    assert spoken == [("question", "Wikipress"), ("answer", "Ilmar Vance")] * 3


def test_initials_beside_the_name_they_shorten_are_somebody_else():
    text = QUESTIONS_BY_INITIALS
    for label, other in (
        ("Wikipress:", "VC:"),
        ("WP:", "VC:"),
        ("Ilmar Vance:", "Vance:"),
        ("IV:", "Vance:"),
    ):
        text = text.replace(label, other)
    spoken = [(t.role, t.speaker) for t in extract_article(text, language="en").turns]
    assert [speaker for role, speaker in spoken if role == "question"] == ["VC"] * 3


def test_a_label_has_the_forms_of_its_name():
    forms = ["Vance", "I. Vance", "IV", "Ilmar", "ILMAR VANCE", "Marsh", "M. Vance"]
    assert [is_form_of(form, "Ilmar Vance") for form in forms] == [True] * 5 + [False] * 2


def test_an_interview_where_each_label_names_its_speaker_holds_no_contradiction():
    assert contradicted(ASKS, SAYS, ASKS, TurnSpeaker("question", "Vance", 2, "Ilmar Vance")) == [False] * 4


def test_the_speaker_of_one_label_contradicts_another():
    assert contradicted(ASKS, SAYS, ASKS, TurnSpeaker("answer", "Vance", 1, "Imke Farrow")) == [
        *[False] * 3, True,
    ]  # fmt: skip


def test_who_asks_all_questions_gives_no_answer_without_a_label():
    asks, says = TurnSpeaker("question", "", 1, "A"), TurnSpeaker("answer", "", 2, "B")
    assert contradicted(asks, says, asks, TurnSpeaker("answer", "", 1, "A")) == [False, False, False, True]


def test_a_person_on_both_sides_once_each_is_sure_on_neither():
    assert contradicted(TurnSpeaker("question", "", 1, "A"), TurnSpeaker("answer", "", 1, "A")) == [True] * 2


def test_q_and_a_name_a_role_and_nobody():
    one, other = TurnSpeaker("question", "Q", 1, "A"), TurnSpeaker("answer", "A.", 2, "B")
    assert contradicted(one, other, one, TurnSpeaker("answer", "A", 1, "A")) == [False, False, False, True]


def test_two_labels_of_one_role_may_be_one_person_where_one_says_an_office():
    okafor = TurnSpeaker("answer", "Okafor", 2, "Ada Okafor")
    assert contradicted(ASKS, okafor, ASKS, TurnSpeaker("answer", "Mayor", 2, "Ada Okafor")) == [False] * 4


def test_a_label_that_has_no_speaker_yet_still_says_whose_turn_it_is():
    unnamed = TurnSpeaker("question", "Imke Farrow", None)
    assert contradicted(unnamed, SAYS, TurnSpeaker("answer", "", 1, "Imke Farrow")) == [False, False, True]


def test_a_label_with_the_other_role_does_not_change_who_mostly_answers():
    asked_back = TurnSpeaker("question", "Ilmar Vance", 2, "Ilmar Vance")
    answers, asks = TurnSpeaker("answer", "", 2, "Ilmar Vance"), TurnSpeaker("question", "", 2, "Ilmar Vance")
    assert contradicted(ASKS, asked_back, answers, answers) == [False] * 4
    assert contradicted(ASKS, asked_back, answers, answers, asks)[-1]


def test_labels_that_say_who_asks_outweigh_turns_without_labels():
    unlabelled = TurnSpeaker("question", "", 2, "Ilmar Vance")
    assert contradicted(ASKS, SAYS, unlabelled, unlabelled) == [False, False, True, True]


def test_rejected_questions_still_say_who_asks():
    asked = TurnSpeaker("question", "", 1, "A", rejected=True)
    answer = TurnSpeaker("answer", "", 1, "A")
    assert contradicted(asked, asked, answer) == [False, False, True]


def test_what_an_editor_entered_does_not_outweigh_what_the_text_says():
    asks = TurnSpeaker("question", "", 1, "A", rejected=True)
    given = TurnSpeaker("answer", "", 1, "A", entered=True)
    assert contradicted(asks, given, given, given) == [False, True, True, True]
    assert contradicted(given, given, given) == [False] * 3
