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


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“It creaks,” said the 52-year-old.", "the 52-year-old"),
        ("“It creaks,” said Liberal planner Jo Lusk.", "Jo Lusk"),
        ("“It creaks,” said P.Q. Lusk, the mayor.", "P.Q. Lusk"),
        ("“It creaks,” said P. A. I. Lusk, the mayor.", "P. A. I. Lusk"),
        ("“It creaks,” said Osric J. de Lusk.", "Osric J. de Lusk"),
        ("“It creaks,” said Mayor of London Sadrik Lusk.", "Sadrik Lusk"),
        ("“It creaks,” said ARC astronomer Angelos Lusk.", "Angelos Lusk"),
        ("Steve Lusk of the University of Essex wrote: “It creaks.”", "Steve Lusk"),
        ("“It creaks,” said the Foreign Ministry of Marrow.", "Foreign Ministry of Marrow"),
        ("“It creaks,” said the Marrow Supreme Court.", "Marrow Supreme Court"),
        ("One of the divers said: “It creaks.”", "One of the divers"),
        ("“It creaks,” P. Q. Lusk said.", "P. Q. Lusk"),
        ("“It creaks,” said one Liberal familiar with the plan.", "one Liberal familiar with the plan"),
        ("“It creaks,” the weir report said.", "the weir report"),
        ("Farmer Juma Lusk, 61, said it was “old”.", "Juma Lusk"),
        ("Astronomer Ngozi Lusk said it was “old”.", "Ngozi Lusk"),
        ("Lusk replied in a text message: “It creaks.”", "Lusk"),
        ("One guest, who like others gave no name, said it was “old”.", "One guest"),
        ("But a few days later, Lusk turned, telling the board that it was “old”.", "Lusk"),
        ("It fell, with the Selwy Federation of Wardens calling it “old”.", "Selwy Federation of Wardens"),
        ("“It creaks,”Ina Lusk, who is chair of the board said.", "Ina Lusk"),
    ],
)
def test_the_whole_noun_phrase_of_the_subject_is_the_source(text, speaker):
    assert speakers(text)[-1:] == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "“It creaks,” Ina Lusk was quoted as saying.",
        "“It creaks,” the Courier quoted Ina Lusk as saying.",
        "Ina Lusk was quoted by the Courier as saying: “It creaks.”",
    ],
)
def test_somebody_who_is_quoted_speaks_and_not_the_paper(text):
    assert speakers(text) == ["Ina Lusk"]


@pytest.mark.parametrize(
    "text",
    [
        "Orla Shaw spoke. Ina Lusk, 29, of Marrow, Selwy, says that she worries. “It creaks,” she says.",
        "Orla Shaw spoke. Ina Lusk at the Weir Review agreed with Shaw. “It creaks,” she wrote.",
    ],
)
def test_a_pronoun_is_the_subject_of_the_sentence_before_behind_all_its_appositions(text):
    assert speakers(text) == ["Ina Lusk"]


def test_an_answer_is_by_the_one_who_was_asked():
    text = "“Is it safe?” Ina Lusk asked Osric Pell.\n\n“No. It creaks at night.”"
    assert speakers(text) == ["Ina Lusk", "Osric Pell"]


def test_an_answer_to_a_question_put_to_nobody_is_left_open():
    assert speakers("“Is it safe?” asked Ina Lusk.\n\n“No. It creaks at night.”") == ["Ina Lusk", None]


def test_a_participle_without_a_subject_goes_on_with_the_last_speaker():
    assert speakers("Ina Lusk stated that it was “old”. Adding, “It creaks at night.”") == ["Ina Lusk"] * 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Lusk called the dam “mad” on Monday.", "the dam “mad”"),
        ("Lusk called the dam “much worse” than the old weir.", "the dam “much worse” than the old weir"),
        ("Lusk said the dam was “mad” and said that it would fall.", "the dam was “mad”"),
    ],
)
def test_a_mixed_quote_ends_where_the_speaker_s_words_end(text, words):
    piece = find_quotes(text)[0]
    assert text[piece.start : piece.end] == words


def test_an_aside_of_the_next_sentence_ends_no_quote():
    text = "“We hope,” Lusk said. “We pray at night.” South Marrow, he said, was “where it fell”."
    assert [text[p.start : p.end] for p in find_quotes(text)][1] == "“We pray at night.”"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Der Zeitung sagte Filip Karm: „Ich gehe nicht nach Hause.“", "Filip Karm"),
        ("Gegenüber dem Kurier sagte der Wirt: „Ich gehe nicht nach Hause.“", "der Wirt"),
        ("„Er ist die eiserne Hand“, so lobte ihn der Wirt Bernd Aubin.", "Bernd Aubin"),
        ("Vor der Wahl war Lusk ruhig und sagte dem Kurier: „Ich gehe nicht.“", "Lusk"),
        ("Als „Geschenk des Flusses“ bezeichnet Anna Lusk den Fund.", "Anna Lusk"),
        ("Von einer „großen Gefahr“ sprach der Wirt Bernd Aubin.", "Bernd Aubin"),
        ("Die Regierung hat den Plan im Mai als „falsch“ bezeichnet.", "Die Regierung"),
        ("Der Wirt Bernd Aubin wird mit den Worten zitiert: „Ich gehe nicht.“", "Bernd Aubin"),
        ("„Ich gehe“, erklärte in Kassel die Leiterin der Kammer, Anna Lusk.", "Anna Lusk"),
    ],
)
def test_in_german_the_subject_is_found_before_and_behind_the_verb(text, speaker):
    assert speakers(text, "de") == [speaker]


def test_in_german_only_the_quoted_words_of_an_object_are_the_quote():
    text = "Bernd Aubin sprach von einer „großen Gefahr“ für alle."
    assert [text[p.start : p.end] for p in find_quotes(text, language="de")] == ["„großen Gefahr“"]


def test_in_german_the_name_of_a_thing_is_no_quote():
    assert find_quotes("Bernd Aubin gab das am Montag im Hotel „Altes Wehr“ bekannt.", language="de") == []


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Mrs Castell was away.\n\nJuno Castell runs the mill. “It was lost,” he said.", None),
        ("Mrs Castell was away.\n\nJuno Castell runs the mill. “It was lost,” she said.", "Juno Castell"),
        ("The bridge is open.\n\n© Petra Olin 2026\n\n“It is good,” she said.", None),
        ("The bridge is open.\n\nPhoto: Petra Olin\n\n“It is good,” she said.", None),
        ("The list was read to the Courier on Friday. “It is a good list,” he said.", None),
        ("Solveig Aune won. She works on the Corran Maid. “I was lucky,” she said.", "Solveig Aune"),
    ],
)
def test_he_and_she_are_never_a_thing_or_of_another_gender(text, speaker):
    assert speakers(text) == [speaker]


def test_who_is_presented_by_an_office_is_the_one_who_speaks_next():
    before = "Osric Pell lost the seat, said the Courier."
    text = before + "\n\nAt Corran Foot the winner was Corin Ashgrave. “I am glad,” he said."
    assert speakers(text)[-1] == "Corin Ashgrave"


def test_in_german_he_is_no_noun_and_she_no_town():
    assert speakers("Sein Geheimnis ist alt. „Ich wohne oben“, sagte er.", "de") == [None]
    text = "Almut Sievenkamp, bis 2023 Bürgermeisterin von Wendrath, half. „Es war ja was“, sagte sie."
    assert speakers(text, "de") == ["Almut Sievenkamp"]


def test_what_he_goes_on_to_say_is_no_surer_than_its_beginning():
    text = "Osric Pell met Tam Hollis. Tam Hollis left. “It is a good list,” he said. “It is an old list.”"
    first, second = find_quotes(text, language="en")
    assert second.confidence <= first.confidence


def test_a_reported_subject_who_told_another_is_not_the_speaker_of_the_sentence():
    text = "Tom Reyes said that Ada Okafor “walked in” and told the clerk “everything she did”."
    assert len(find_quotes(text, language="en")) == 1
