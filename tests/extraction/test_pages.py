"""What the markup of a page says of its quotes: bold questions, embedded posts."""

import pytest

from articles.extraction import extract_article
from articles.ingest.pipeline.parse import extract
from articles.parsing.html.page import read_html

OPENING = (
    "Osk Tellin turned the swing bridge of Osterlund for twenty years. "
    "We met him on the quay, the week it shut."
)
PAIRS = [
    ("What did you hear that night?", "A ringing. It was as loud as a bell, and I thought it was one."),
    ("When did you go down?", "At four. I took the lamp, and I wrote down the hour when I was back."),
    ("Who did you tell?", "Nobody was there. I rang the office for a week, and then I wrote them a letter."),
    ("Did they answer?", "In August. They thanked me for my interest, which I had not known I had."),
    (
        "Would you do it all again?",
        "I would ring louder. I would stand in their hall with a bell, if I had one.",
    ),
]


def page(*middle):
    story = "".join((f"<p class='byline'>By Ada Okafor</p><p>{OPENING}</p>", *middle))
    return (
        f"<html lang='en'><body><article><h1>The man who heard the bridge</h1>{story}</article></body></html>"
    )


@pytest.mark.parametrize(
    "form",
    [
        "<p><strong>{}</strong></p><p>{}</p>",
        "<p><b>{}</b></p><p>{}</p>",
        "<h3>{}</h3><p>{}</p>",
        "<p><em>{}</em></p><p>{}</p>",
        '<p><span style="font-weight: bold">{}</span></p><p>{}</p>',
        '<p class="question">{}</p><p>{}</p>',
        "<p><strong>{}</strong><br>{}</p>",
        "<p><strong>{}</strong> {}</p>",
        "<p><strong>{}<br></strong>{}</p>",
        "<dl><dt>{}</dt><dd>{}</dd></dl>",
    ],
)
def test_questions_in_bold_with_answers_below_are_an_interview(form):
    parsed = read_html(page(*(form.format(*pair) for pair in PAIRS)))
    reading = extract(parsed)
    turns = [parsed.body[turn.start : turn.end] for turn in reading.turns]
    assert turns == [text for pair in PAIRS for text in pair]
    assert [turn.role for turn in reading.turns] == ["question", "answer"] * len(PAIRS)
    assert {turn.speaker for turn in reading.turns if turn.role == "answer"} == {"Osk Tellin"}


def test_three_questions_in_bold_with_long_answers_are_an_interview():
    answers = [
        f"{answer} And then I waited, as I have always done.</p><p>I had my pipe." for _, answer in PAIRS
    ]
    texts = [f"<p><b>{PAIRS[n][0]}</b></p><p>{answers[n]}</p>" for n in range(3)]
    assert [turn.role for turn in extract(read_html(page(*texts))).turns] == ["question", "answer"] * 3


def test_questions_and_answers_of_the_paper_about_a_thing_are_no_interview():
    pairs = [
        (
            "What is a swing bridge?",
            "A bridge that turns on a bearing, so that ships can pass on both sides.",
        ),
        ("Why does it shut?", "The bearing is cracked. The guild says that a new one costs nine million."),
        (
            "Who decides?",
            "The guild, with nine votes against eight. The council of the town can only ask for more time.",
        ),
        (
            "Where will ships go?",
            "To the new quay, which opens in May. It is longer and has room for sixty boats.",
        ),
    ]
    parsed = read_html(page(*(f"<h3>{question}</h3><p>{answer}</p>" for question, answer in pairs)))
    assert extract(parsed).turns == ()


def test_a_partial_quote_after_an_inserted_reporting_clause_is_partial():
    body = "The bridge turns in an hour. This was, Runa Holt says, “never fast”."
    pieces = extract_article(body, language="en").pieces
    assert [(piece.kind, piece.speaker) for piece in pieces] == [("mixed", "Runa Holt")]


POST = "It held for a year. I asked every spring."
STORY = "The guild shut the swing bridge on Monday.\n\n{}\n\nNobody else wrote anything, said Odd Brekke."


@pytest.mark.parametrize(
    ("signature", "speaker", "source"),
    [
        ("— Runa Holt (@runaholt) March 4, 2024", "Runa Holt", "Runa Holt"),
        ("— Runa Holt (@runa.bsky.social) March 4, 2024 at 9:10 AM", "Runa Holt", "Runa Holt"),
        ("— Runa Holt (Facebook) Monday, 4 March 2024", "Runa Holt", "Runa Holt"),
        ("— Osterlund Police (@polosterlund) March 4, 2024", None, "Osterlund Police"),
        ("— runa (@runaholt)", None, "runa"),
        ("— (@runaholt)", None, "@runaholt"),
    ],
)
def test_a_post_is_the_written_words_of_its_author(signature, speaker, source):
    body = STORY.format(f"{POST}\n{signature}")
    (piece,) = [piece for piece in extract_article(body, language="en").pieces if piece.rule == "post"]
    assert body[piece.start : piece.end] == POST
    assert (piece.kind, piece.channel, piece.speaker, piece.source) == ("direct", "written", speaker, source)


def test_a_quotation_inside_a_post_is_inside_it():
    body = STORY.format(
        "He said to me “let it hang” and left, I swear.\n— Runa Holt (@runaholt) March 4, 2024"
    )
    pieces = extract_article(body, language="en").pieces
    (post,) = [piece for piece in pieces if piece.rule == "post"]
    assert [piece.inside for piece in pieces if piece is not post] in ([post.group], [])
