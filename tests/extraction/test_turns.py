"""Turns of interviews with labels, with one pair of labels, and without labels."""

import pytest

from articles.extraction import extract_article, find_candidates, find_quotes

PAIRS = [
    ("How did you begin?", "I was sixteen. My uncle fell ill and I took his watch."),
    ("Were you afraid?", "No. I was busy, and I had tea."),
    ("What do you miss?", "I miss the bell."),
]


def interview(question, answer, again=True):
    lines = []
    for number, (ask, reply) in enumerate(PAIRS):
        labelled = again or number == 0
        lines.append(f"{question} {ask}" if labelled else ask)
        lines.append(f"{answer} {reply}" if labelled else reply)
    return "\n\n".join(lines)


@pytest.mark.parametrize(
    ("question", "answer", "speakers"),
    [
        ("Tom Reyes:", "Ada Okafor:", {"Tom Reyes", "Ada Okafor"}),
        ("Q:", "A:", {None}),
        ("**Tom Reyes:**", "**Ada Okafor:**", {"Tom Reyes", "Ada Okafor"}),
        ("((TR)) :", "((AO)) :", {"TR", "AO"}),
        ("Q.", "A.", {None}),
        ("The Herald:", "Ada Okafor:", {"The Herald", "Ada Okafor"}),
    ],
)
def test_labels_of_every_shape_lead_turns(question, answer, speakers):
    body = interview(question, answer)
    turns = extract_article(body).turns
    assert [t.role for t in turns] == ["question", "answer"] * 3
    assert {t.speaker for t in turns} == speakers
    assert [body[t.start : t.end] for t in turns][:2] == list(PAIRS[0])
    assert all(t.labelled for t in turns)


def test_a_short_label_stands_for_the_long_one():
    body = (
        "Tom Reyes, of the Herald: Why now?\n\nAda Okafor: I had time.\n\n"
        "Reyes: Is that all?\n\nAO: Yes, it is all I had."
    )
    assert [t.speaker for t in extract_article(body).turns] == ["Tom Reyes", "Ada Okafor"] * 2


def test_several_paragraphs_are_one_answer_and_a_heading_is_none():
    body = (
        "Q: Why now?\n\nA: I had time at last.\n\nAnd I had the boat, which was dry.\n\nThe harbour\n\n"
        "Q: What then?\n\nA: Then I left for good."
    )
    turns = extract_article(body).turns
    assert [body[t.start : t.end] for t in turns][
        1
    ] == "I had time at last.\n\nAnd I had the boat, which was dry."


def test_a_caption_between_turns_is_nobody_s():
    body = (
        "Q: Why now?\n\nA: I had time at last.\n\nThe quay (left). Photo: Lena Brandt\n\n"
        "Q: And?\n\nA: I left for good."
    )
    assert all("Photo" not in body[t.start : t.end] for t in extract_article(body).turns)


def test_an_interview_without_labels_takes_its_parties_from_the_headline():
    body = "\n\n".join(line for pair in PAIRS for line in pair)
    reading = extract_article(body, headline="The Herald interviews Ada Okafor, keeper of the light")
    assert [(t.role, t.speaker) for t in reading.turns][:2] == [
        ("question", "The Herald"),
        ("answer", "Ada Okafor"),
    ]
    assert all(not t.labelled and t.confidence < 0.9 for t in reading.turns)
    assert any("inferred" in warning for warning in reading.warnings)


@pytest.mark.parametrize(
    ("headline", "asker", "answerer"),
    [
        ("Ada Okafor interviewed by The Herald", "The Herald", "Ada Okafor"),
        ("Ada Okafor: An interview", None, "Ada Okafor"),
        ("An interview with Ada Okafor", None, "Ada Okafor"),
    ],
)
def test_headlines_announce_who_asks_and_who_answers(headline, asker, answerer):
    body = "\n\n".join(line for pair in PAIRS for line in pair)
    turns = extract_article(body, headline=headline).turns
    assert {(t.role, t.speaker) for t in turns} == {("question", asker), ("answer", answerer)}


def test_a_reporter_asks_rather_than_the_paper():
    body = "The Herald interviewed Ada Okafor. The questions were put by Herald reporter Tom Reyes.\n\n"
    body += "\n\n".join(line for pair in PAIRS for line in pair)
    assert {t.speaker for t in extract_article(body).turns if t.role == "question"} == {"Tom Reyes"}


def test_two_who_answer_take_turns_from_the_one_who_says_so():
    lines = [
        "How did you begin?",
        "I'm Tom Reyes, and I began with a boat and no money.",
        "And I came a year later, when Tom had sunk it.",
        "Were you afraid?",
        "I was busy. Ada and I had tea.",
        "I was afraid for both of us.",
    ]
    reading = extract_article("\n\n".join(lines), headline="The Herald interviews Ada Okafor and Tom Reyes")
    assert [t.speaker for t in reading.turns] == [
        "The Herald", "Tom Reyes", "Ada Okafor", "The Herald", "Tom Reyes", "Ada Okafor",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "body",
    [
        "In an interview, Ada Okafor said “no”.\n\nThe council met.\n\nIt left.\n\nWhy? Nobody knows.",
        "Update: The road is open.\n\nWarning: The bridge is not.\n\nThe council met on Monday.",
        "Ada Okafor: 12.\n\nTom Reyes: 14.\n\nAda Okafor: 3.\n\nTom Reyes: 1.\n\nAda Okafor: 8.",
        "Background: The quay is old.\n\nThe council met.\n\nIt voted.\n\nThen it left.",
    ],
)
def test_news_lists_and_notices_are_no_interviews(body):
    assert extract_article(body).turns == ()


def test_a_quote_inside_a_turn_knows_its_turn_and_is_not_the_speaker_s_own_word():
    body = (
        "Tom Reyes: You left in May. {quote}\n\nAda Okafor: I was asked to.\n\n"
        "Tom Reyes: By whom?\n\nAda Okafor: I forget."
    ).replace("{quote}", "The mayor said “she was pushed from the quay”. Were you?")
    reading = extract_article(body)
    candidates = find_candidates(reading, body)
    question = candidates[0]
    assert question.text == "You left in May. The mayor said […] . Were you?"
    inner = next(c for c in candidates if c.inside == 0)
    assert (inner.speaker, inner.text, inner.turn) == ("The mayor", "she was pushed from the quay", None)


def test_what_a_speaker_quotes_of_herself_stays_hers():
    body = (
        "Q: What did you say?\n\nA: “Soon we will all go,” I said.\n\nQ: And they?\n\nA: They laughed at me."
    )
    candidates = find_candidates(extract_article(body), body)
    assert [c.kind for c in candidates] == ["question", "answer"] * 2


def test_you_in_a_question_is_the_one_who_answers():
    body = (
        "Tom Reyes: “The tide is not a person,” you said in May. Why?\n\nAda Okafor: I was tired.\n\n"
        "Tom Reyes: Still?\n\nAda Okafor: I am."
    )
    assert [p.speaker for p in extract_article(body).pieces if p.kind == "direct"] == ["Ada Okafor"]


def test_notes_are_nobody_s_words():
    body = (
        "Q: Why?\n\nA: I left [in 2001 – ed. note] and I laughed [laughs] at it.\n\n"
        "Q: Then?\n\nA: I slept well."
    )
    answer = find_candidates(extract_article(body), body)[1]
    assert answer.text == "I left […] and I laughed […] at it."


def test_find_quotes_gives_turns_as_pieces_too():
    pieces = find_quotes(interview("Tom Reyes:", "Ada Okafor:"))
    assert [p.kind for p in pieces] == ["question", "answer"] * 3


def test_of_a_text_too_long_for_an_interview_the_reader_is_told_that_turns_were_not_sought():
    reading = extract_article("Q: Why?\n\nA: So.\n\n" * 2_001, language="en")
    assert reading.turns == ()
    assert any("turns of an interview were not sought" in warning for warning in reading.warnings)


def alternating(*labels):
    return "\n\n".join(
        f"{label} {line}"
        for label, line in zip(labels * 3, (line for pair in PAIRS for line in pair), strict=False)
    )


@pytest.mark.parametrize("label", ["HERALD:", "Herald:", "The Herald:", "AH:"])
def test_a_label_of_the_house_is_the_publication(label):
    turns = extract_article(alternating(label, "Ada Okafor:"), publication="The Ashford Herald").turns
    assert [(t.role, t.speaker) for t in turns] == [
        ("question", "The Ashford Herald"),
        ("answer", "Ada Okafor"),
    ] * 3


def test_a_house_asks_even_if_the_guest_asks_back():
    body = (
        "HERALD: You left in May. Why?\n\nAda Okafor: I did. Who told you?\n\n"
        "HERALD: Your brother told us. What did he mean?\n\nAda Okafor: Did he say that?\n\n"
        "HERALD: He did. Have you asked him?\n\nAda Okafor: I have not. Have you?"
    )
    turns = extract_article(body, publication="The Ashford Herald").turns
    assert [(t.role, t.source) for t in turns] == [("question", "HERALD"), ("answer", "Ada Okafor")] * 3


def test_three_labels_may_name_two_parties():
    labels = ("Ashford Herald:", "Ada Okafor:", "Tom Reyes:", "Okafor:", "Tom Reyes:", "AO:")
    body = "\n\n".join(
        f"{label} {line}"
        for label, line in zip(labels, (line for pair in PAIRS for line in pair), strict=True)
    )
    turns = extract_article(body, publication="The Ashford Herald").turns
    assert [t.role for t in turns] == ["question", "answer"] * 3
    assert {t.speaker for t in turns if t.role == "answer"} == {"Ada Okafor"}


def test_answers_without_labels_follow_labelled_questions():
    body = "\n\n".join(f"HERALD: {question}\n\n{answer}" for question, answer in PAIRS)
    turns = extract_article(body, headline="Ada Okafor on the light", publication="The Herald").turns
    assert [(t.role, t.speaker) for t in turns] == [("question", "The Herald"), ("answer", "Ada Okafor")] * 3
    assert [t.labelled for t in turns] == [True, False] * 3


@pytest.mark.parametrize("mark", ["**{}**", "_{}_", "“{}”"])
def test_questions_in_bold_italics_or_marks_are_questions(mark):
    answers = "“{}”" if mark == "“{}”" else "{}"
    body = "\n\n".join(f"{mark.format(ask)}\n\n{answers.format(reply)}" for ask, reply in PAIRS)
    assert [t.role for t in extract_article(body).turns] == ["question", "answer"] * 3


@pytest.mark.parametrize(
    ("introduction", "asker"),
    [
        ("Ada Okafor is the director of the harbour museum. On Monday she spoke with the Herald.", "Herald"),
        ("The Herald spoke with Ada Okafor of the Harbour Board.", "The Herald"),
        ("Ada Okafor talked to Harbour Radio about Jonas Lind.", "Harbour Radio"),
        ("Herald correspondent Tom Reyes spoke to Ada Okafor.", "Tom Reyes"),
        ("Interview: Tom Reyes\n\nAda Okafor has kept the light for thirty years.", "Tom Reyes"),
        ("Ada Okafor at the light. Photo: Lena Brandt", None),
        ("Ada Okafor kept the light for thirty years. Jonas Lind painted it.", None),
    ],
)
def test_the_introduction_names_a_person_who_answers_and_never_an_institution(introduction, asker):
    body = "\n\n".join([introduction, *(line for pair in PAIRS for line in pair)])
    turns = extract_article(body, language="en").turns
    assert {(t.role, t.speaker) for t in turns} == {("question", asker), ("answer", "Ada Okafor")}


@pytest.mark.parametrize(
    ("headline", "standfirst"),
    [
        ("Ada Okafor on the last night of the light", ""),
        ("Mayor Ada Okafor: “I will row”", ""),
        ("The last night", "The keeper Ada Okafor looks back on thirty years"),
    ],
)
def test_a_guest_is_presented_in_the_headline_or_standfirst(headline, standfirst):
    body = "\n\n".join(line for pair in PAIRS for line in pair)
    turns = extract_article(body, headline=headline, standfirst=standfirst).turns
    assert {t.speaker for t in turns if t.role == "answer"} == {"Ada Okafor"}


def test_a_guest_announced_without_a_name_stays_unnamed():
    body = "The Herald interviewed one of the owners about the painter Jonas Lind.\n\n"
    body += "\n\n".join(line for pair in PAIRS for line in pair)
    turns = extract_article(body, language="en").turns
    assert {t.speaker for t in turns if t.role == "answer"} == {None}


def test_an_answer_goes_on_below_a_picture():
    lines = [line for pair in PAIRS for line in pair]
    lines[2:2] = ["The lamp (left). Photo: Lena Brandt", "And then I stayed, because I had no other coat."]
    body = "\n\n".join(lines)
    turns = extract_article(body).turns
    assert [t.role for t in turns] == ["question", "answer", "answer", *["question", "answer"] * 2]
    assert all("Photo" not in body[t.start : t.end] for t in turns)


def test_a_list_inside_an_answer_belongs_to_it():
    lines = [line for pair in PAIRS for line in pair]
    lines[1] = "I needed three things:\n\n• a coat\n\n• a lamp\n\n• my uncle's boots"
    body = "\n\n".join(lines)
    turns = extract_article(body).turns
    assert [t.role for t in turns] == ["question", "answer"] * 3
    assert body[turns[1].start : turns[1].end] == lines[1]


def test_he_in_a_turn_is_not_the_one_who_speaks():
    body = (
        "Tom Reyes: Mirek T., head of the bank, was there. He said “she was pushed”. Were you?\n\n"
        "Ada Okafor: I was asked to go.\n\nTom Reyes: By whom?\n\nAda Okafor: I forget."
    )
    assert [p.speaker for p in extract_article(body, language="en").pieces if p.inside is not None] == [
        "Mirek T."
    ]
