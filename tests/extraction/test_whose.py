"""The source is the verb's subject: not a possessor, hearer or namesake; signers sign their own quote."""

import pytest

from articles.extraction import find_quotes


def speakers(text, language="en"):
    return [p.speaker for p in find_quotes(text, language=language)]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“It is iron,” said Brask’s deputy, Osric Pell, quoting the plan.", "Osric Pell"),
        ("“It is iron,” said Brask’s deputy.", "Brask’s deputy"),
        ("“It is iron,” said Brask’s deputy, Pell.", "Brask’s deputy"),
        ("“It is iron,” writes Brask's tug-of-war partner Osric Pell.", "Osric Pell"),
        ("“It is iron,” said Brask’s long-time partner and friend, Osric Pell.", "Osric Pell"),
        ("“It is iron,” reads a letter by warden Osric Pell to the board.", "Osric Pell"),
        ("A letter by Osric Pell says: “It is iron.”", "Osric Pell"),
    ],
)
def test_the_one_who_is_owned_speaks_and_not_the_owner(text, speaker):
    assert speakers(f"Hedda Brask came by. {text}")[-1:] == [speaker]


def test_a_letter_speaks_in_writing():
    pieces = find_quotes("“It is iron,” reads a letter by warden Osric Pell to the board.")
    assert [piece.channel for piece in pieces] == ["written"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“We heard it on the radio,” Brask was told by Osric Pell.", "Osric Pell"),
        ("“We heard it on the radio,” Brask was told.", None),
        ("Brask was told: “Leave the weir at once.”", None),
        ("Brask was told this:\n\n“Leave the weir at once.”", None),
        ("Brask was asked, “Why did you leave the weir?”", None),
    ],
)
def test_the_hearer_of_a_passive_does_not_speak(text, speaker):
    assert speakers(f"“The weir is gone,” Hedda Brask said.\n\n{text}")[1:] == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "Ketil Lusk came. Per Lusk left. “It creaks,” said Lusk.",
        "“It creaks,” said Lusk.\n\nKetil Lusk came. Per Lusk left.",
        "Maren was told by Ketil Lusk. “It creaks,” said Lusk, whose brother Per Lusk built it.",
        "“It creaks,” said Lusk, whose brother Per Lusk built it.",
    ],
)
def test_a_surname_of_two_people_is_left_open(text):
    assert [(p.speaker, p.rule) for p in find_quotes(text)] == [(None, "namesakes")]


def test_a_surname_of_two_that_a_text_keeps_using_stays_as_printed_and_unsure():
    text = "Ada Lusk met Tom Lusk. “No,” Lusk said. “It is not,” Lusk added. “It was,” Lusk said."
    pieces = find_quotes(text)
    assert {(p.speaker, p.rule, p.confidence) for p in pieces} == {("Lusk", "namesakes", 0.5)}


def test_a_title_still_tells_namesakes_apart():
    assert speakers("Anna Lusk came with Per Lusk. “It creaks,” said Mrs Lusk.") == ["Anna Lusk"]


def test_a_headline_s_verb_makes_no_namesake():
    text = "Praises Ada Okafor\n\nAda Okafor came. “It creaks,” Okafor said."
    assert speakers(text) == ["Ada Okafor"]


@pytest.mark.parametrize("gap", ["\n\n", "\n", " "])
def test_three_signed_quotes_are_three_quotes(gap):
    lines = [
        "“It is safe and dry.” – Mayor Aas",
        "“I never cross it.” — Ina Lusk, baker",
        "“It creaks.” – Osric Pell",
    ]
    pieces = find_quotes(gap.join(lines))
    assert [p.speaker for p in pieces] == ["Aas", "Ina Lusk", "Osric Pell"]
    assert len({p.group for p in pieces}) == 3


def test_quotes_of_nobody_in_neighbouring_paragraphs_are_quotes_of_their_own():
    pieces = find_quotes("“It is safe and dry.”\n\n“I never cross it at night.”")
    assert [p.group for p in pieces] == [1, 2]


@pytest.mark.parametrize(
    "name",
    [
        "Ana de los Ríos",
        "Otto von und zu Falkenau",
        "Anna van ’t Hof",
        "Jan vd Steeg",
        "Karin af Klint",
        "Sitti binti Rahman",
        "José Aznar y López",
        "Judith ap Rhys",
        "Maria dos Santos e Silva",
        "Sean Mac an Bhaird",
        "Maria-José Núñez de la Peña O’Brien",
        "Johannes van den Bosch",
    ],
)
def test_the_whole_printed_name_is_the_source(name):
    pieces = find_quotes(f"“The ferry is late,” said {name}, who lives on the quay.")
    assert [(p.source, p.speaker) for p in pieces] == [(name, name)]


def test_a_surname_with_particles_stands_for_the_full_name():
    text = "“It is open,” said Johannes van den Bosch. “We dug it twice,” added Van den Bosch."
    assert speakers(text) == ["Johannes van den Bosch"] * 2
