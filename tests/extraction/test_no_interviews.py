"""Texts with colons that are not interviews: labels must be people, or Q and A, who alternate."""

import pytest

from articles.extraction import extract_article

STATED = (
    "The weir was shut on Monday.\n\nStated Ada Okafor:\n\n“The weir is gone, and nobody asked me.”\n\n"
    "The board met at noon.\n\nContinued Ada Okafor:\n\n“Who will pay for it?”\n\nThe board left at one."
)
PAIRS = (
    "How did you begin?",
    "I was sixteen. My uncle fell ill and I took his watch.",
    "Were you afraid?",
    "No. I was busy, and I had tea.",
    "What do you miss?",
    "I miss the bell.",
    "Would you go back?",
    "I would, if they let me.",
)


@pytest.mark.parametrize(
    "body",
    [
        STATED,
        "Stated Okafor:\n\nThe weir is gone.\n\nContinued Reyes:\n\nIt was old.\n\nWho pays?\n\nIt rained.",
        "Serves: Four\n\nIngredients: Plums\n\nMethod: Bake. Why wait?\n\nServes: Eight\n\nIngredients: More",
        "Ingredients: Plums and flour. Got none?\n\nMethod: Stone them.\n\nBake.\n\nCool.\n\nEat.",
        "Kelmar Rovers: Lusk 12\n\nSelwy Town: Brask 55\n\nKelmar Rovers: Two goals\n\nSelwy Town: One goal",
        "Pros: It is light.\n\nCons: It is dear.\n\nPros: It is red. Who knew?\n\nCons: It is small.",
        "What Happened: The weir broke. Who knew?\n\nWhy It Matters: We are dry.\n\nWhat Next: A vote.",
        "More here: Who knew of it?\n\nRead More: The board meets.\n\nMore here: They met.\n\nRead More: Why",
        "Jo Reyes Image: Will she win?\n\nTom Bay Image: Osric Pell.\n\nJo Reyes Image: Ada Okafor.",
        "Jo ReyesImage: Will she win?\n\nTom BayImage: Osric Pell.\n\nJo ReyesImage: Ada Okafor.",
        "Ada Okafor: Wants it back.\n\nTom Reyes: Wants it gone.\n\nHedda Brask: Wants tea.\n\nWho wins?",
        "TR: Why now?\n\nTR: And then?\n\nTR: Why not?\n\nTR: Who said so?\n\nThe Herald interviews Ada.",
    ],
)
def test_colons_alone_make_no_interview(body):
    assert extract_article(body, headline="The Herald on the weir").turns == ()


def test_stated_and_continued_are_no_part_of_a_name():
    assert [piece.speaker for piece in extract_article(STATED).pieces] == ["Ada Okafor", "Ada Okafor"]


def test_a_label_on_a_line_of_its_own_leads_the_paragraph_below():
    body = (
        "Tom Reyes:\n\nWhy now?\n\nAda Okafor:\n\nI had time at last.\n\n"
        "Tom Reyes:\n\nAnd then?\n\nAda Okafor:\n\nI left for good."
    )
    assert [(turn.speaker, body[turn.start : turn.end]) for turn in extract_article(body).turns] == [
        ("Tom Reyes", "Why now?"),
        ("Ada Okafor", "I had time at last."),
        ("Tom Reyes", "And then?"),
        ("Ada Okafor", "I left for good."),
    ]


def test_a_label_with_nothing_below_it_is_no_turn():
    body = "Tom Reyes: Why now?\n\nAda Okafor: I had time.\n\nTom Reyes: And then?\n\nAda Okafor:"
    assert all(turn.start < turn.end for turn in extract_article(body).turns)


@pytest.mark.parametrize(
    ("language", "opening", "pairs"),
    [
        ("en", "The Herald spoke with Ada Okafor, keeper of the light.", PAIRS[:6]),
        (
            "de",
            "Der Bote sprach mit Ada Okafor über das Licht.",
            (
                "Wie haben Sie angefangen?",
                "Ich war sechzehn. Mein Onkel wurde krank und ich nahm seine Wache.",
                "Hatten Sie Angst?",
                "Nein. Ich war beschäftigt, und ich hatte Tee.",
                "Was vermissen Sie?",
                "Ich vermisse die Glocke.",
            ),
        ),
    ],
)
def test_two_words_announce_an_interview_too(language, opening, pairs):
    turns = extract_article("\n\n".join([opening, *pairs]), language=language).turns
    assert [turn.role for turn in turns] == ["question", "answer"] * 3
    assert {turn.speaker for turn in turns if turn.role == "answer"} == {"Ada Okafor"}


def test_four_questions_each_with_an_answer_below_need_no_announcement():
    opening = "Osric Pell kept the lock for thirty years. We met him on the stairs."
    turns = extract_article("\n\n".join([opening, *PAIRS])).turns
    assert [(turn.role, turn.speaker) for turn in turns] == [("question", None), ("answer", "Osric Pell")] * 4


def test_questions_and_impersonal_answers_are_a_list_of_questions():
    body = "\n\n".join(["What is a weir?", "A dam in a river.", "Who owns it?", "The county."] * 3)
    assert extract_article(body).turns == ()


@pytest.mark.parametrize(
    "body",
    [
        "Who needs a bell? I asked myself that on Sunday.\n\nNobody looked up.\n\nSo why should we pay?\n\n"
        "My father could read the clock, and I voted for it.\n\nWhat would you do? You would have paid.",
        "“Do you cross?” she asked.\n\n“I cross,” he said.\n\n“And what does it cost?”\n\n"
        "“Nothing,” said the ferryman. “Do you eat?”\n\nShe did not answer him.",
        "Is the weir safe? Engineers say so.\n\n“I would not worry,” said Ada Okafor. “Would you?”\n\n"
        "What happens next? The board meets in May.\n\nIn an interview, Okafor said she would go.",
    ],
)
def test_questions_of_a_writer_or_in_a_dialogue_are_no_interview(body):
    assert extract_article(body, language="en").turns == ()
