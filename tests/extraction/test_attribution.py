"""Attribution of quotes: source, cue and span."""

import pytest

from articles.extraction import find_quotes


def found(text, language="en"):
    return [(p.speaker, p.kind, text[p.start : p.end]) for p in find_quotes(text, language=language)]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“We will appeal in the spring,” said Ada Okafor.", "Ada Okafor"),
        ("“We will appeal in the spring,” Ada Okafor said on Tuesday.", "Ada Okafor"),
        ("“We will appeal in the spring,” Ada Okafor, who chairs the board, said.", "Ada Okafor"),
        ("“We will appeal in the spring,” said Ada Okafor of the harbour board.", "Ada Okafor"),
        ("“We will appeal in the spring,” said council spokesman Tom Reyes.", "Tom Reyes"),
        ("“We will appeal in the spring,” said the mayor’s deputy, Tom Reyes.", "Tom Reyes"),
        ("“We will appeal in the spring,” said Okafor’s communications director, Lena Palm.", "Lena Palm"),
        ("“We will appeal in the spring,” Sen. Ada Okafor (R-Pell) told reporters.", "Ada Okafor"),
        ("“We will appeal in the spring,” said Jan van der Meer.", "Jan van der Meer"),
        ("“We will appeal in the spring,” said Omar al-Rashid.", "Omar al-Rashid"),
        ("“We will appeal in the spring,” said J. T. Oakes-Finch Jr.", "J. T. Oakes-Finch Jr"),
        ("“We will appeal in the spring,” said Madrigal.", "Madrigal"),
        ("“We will appeal in the spring,” Okafor thundered.", "Okafor"),
        (
            "“We will appeal in the spring,” a spokesman for the ministry said.",
            "a spokesman for the ministry",
        ),
        ("“We will appeal in the spring,” said one official.", "one official"),
        ("“We will appeal in the spring,” the report said.", "the report"),
        ("Ada Okafor said: “We will appeal in the spring.”", "Ada Okafor"),
        ("Ada Okafor told reporters on Monday, “We will appeal in the spring.”", "Ada Okafor"),
        ("Said Ada Okafor: “We will appeal in the spring.”", "Ada Okafor"),
        ("In other words, explained Ada Okafor: “We will appeal in the spring.”", "Ada Okafor"),
        ("Ada Okafor had one wish: “We will appeal in the spring.”", "Ada Okafor"),
        ("Ada Okafor issued a statement: “We will appeal in the spring.”", "Ada Okafor"),
        ("Okafor's brief reply: “We will appeal in the spring.”", "Okafor"),
        ("Reyes was asked by Ada Okafor whether “the spring is soon enough”.", "Ada Okafor"),
        ("On Tuesday, Ada Okafor took the stage, saying, “We will appeal in the spring.”", "Ada Okafor"),
        ("With one of the deputies asking, “Is the spring soon enough?”", "one of the deputies"),
        ("Headlines said “Town in shock”.", None),
    ],
)
def test_the_source_is_read_from_the_sentence(text, speaker):
    pieces = find_quotes(text, language="en")
    assert [p.speaker for p in pieces] == [speaker]


@pytest.mark.parametrize(
    ("text", "quote", "kind"),
    [
        ("Okafor said the plan was “dead” by June.", "the plan was “dead” by June", "mixed"),
        ("Okafor said the plan was “dead,” while Reyes left.", "the plan was “dead,”", "mixed"),
        ("Okafor told the Herald that the plan was “dead”.", "that the plan was “dead”", "mixed"),
        ("The plan was “dead” by June, Okafor said.", "The plan was “dead” by June", "mixed"),
        ("According to Okafor, the plan was “dead”.", "the plan was “dead”", "mixed"),
        ("Tom Reyes called it “epic”.", "it “epic”", "mixed"),
        (
            "Okafor said she hoped for “a second spring” in Pell.",
            "she hoped for “a second spring” in Pell",
            "mixed",
        ),
        ("Okafor said in an interview “we will not go”.", "“we will not go”", "direct"),
    ],
)
def test_a_reported_clause_ends_where_the_speaker_s_words_end(text, quote, kind):
    pieces = find_quotes(text, language="en")
    assert [
        (text[p.start : p.end].removeprefix("it ") if quote == "“epic”" else text[p.start : p.end])
        for p in pieces
    ] in (
        [quote],
        ["“epic”"],
    )
    assert pieces[0].kind == kind or quote.startswith("it ")


def test_two_cues_in_one_sentence_part_their_quotes():
    text = "Okafor called him “a clown” and said that the plan was “a joke”."
    assert [q for _, _, q in found(text)] == ["him “a clown”", "that the plan was “a joke”"]


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “friends” stayed away.",
        "The singer, known as “Gannet”, went home.",
        "She watched the Herald's “Morning Show” on Monday.",
        "He played “Salt Roads” at the theatre.",
        "Her album “Small Hours” was loud.",
        "'Coal Days'\n\nThe pit closed in May.",
    ],
)
def test_titles_terms_and_nicknames_are_no_quotes(text):
    assert find_quotes(text, language="en") == []


def test_a_split_quote_is_one_group():
    text = "“We go,” said Ada Okafor. “It is late.” Then she left. “Good night.”"
    groups = {p.group for p in find_quotes(text, language="en")}
    assert len(groups) == 1


def test_a_speaker_carries_on_into_the_next_paragraph():
    text = "“We go,” said Ada Okafor.\n\n“It is late, and the boat is cold.”"
    assert [p.speaker for p in find_quotes(text, language="en")] == ["Ada Okafor"] * 2


def test_a_quote_over_paragraphs_that_no_closing_mark_parts_is_one_piece():
    text = "The hall was full.\n\n“It is late and the boat is cold.\n\n“We go,” said Ada Okafor."
    (piece,) = find_quotes(text, language="en")
    assert (piece.speaker, piece.kind) == ("Ada Okafor", "direct")
    assert [text[a:b] for a, b in piece.marked] == ["“It is late and the boat is cold.", "“We go,”"]


def test_a_cue_in_either_paragraph_names_the_speaker_of_both():
    text = "“It is late,” said Ada Okafor. “The boat is cold.\n\n“So we go.”\n\n“Stay,” said Tom Reyes."
    found = [(p.speaker, len(p.marked)) for p in find_quotes(text, language="en")]
    assert found == [("Ada Okafor", 1), ("Ada Okafor", 2), ("Tom Reyes", 1)]


def test_a_closed_quote_and_the_next_paragraph_stay_two_pieces():
    text = "“It is late and cold,” said Ada Okafor.\n\n“So we go.”"
    assert [len(p.marked) for p in find_quotes(text, language="en")] == [1, 1]


@pytest.mark.parametrize(
    "text",
    [
        "“It is done for this year.\nAda Okafor, mayor of Ashford.”\n\nThe hall was full.",
        "“It is done for this year.”\n\n— Ada Okafor, mayor of Ashford\n\nThe hall was full.",
    ],
)
def test_a_line_below_a_quote_signs_it(text):
    (piece,) = find_quotes(text, language="en")
    assert (piece.speaker, piece.rule) == ("Ada Okafor", "signature")


def test_a_name_in_the_next_paragraph_signs_nothing_without_a_dash():
    text = "“It is done for this year.”\n\nAda Okafor, mayor of Ashford\n\nThe hall was full."
    assert [p.speaker for p in find_quotes(text, language="en")] == [None]


def test_words_reported_without_marks_tell_who_goes_on_in_marks():
    text = (
        "“No,” said Tom Reyes.\n\nAda Okafor said that some had feared the worst.\n\n“It never came to that.”"
    )
    assert [p.speaker for p in find_quotes(text, language="en")] == ["Tom Reyes", "Ada Okafor"]


def test_a_statement_is_not_the_one_who_speaks_in_it():
    text = "Ada Okafor, who chairs the board, said in a statement: “We will appeal.”"
    assert [p.speaker for p in find_quotes(text, language="en")] == ["Ada Okafor"]


def test_a_colon_leads_the_quote_behind_it_and_not_the_one_before():
    text = "Ada Okafor told the hall, “We stay here.” Tom Reyes replied: “I am going home.”"
    assert [p.speaker for p in find_quotes(text, language="en")] == ["Ada Okafor", "Tom Reyes"]


def test_a_participle_leads_the_quote_behind_it():
    text = "Tom Reyes kept “good order.” And then Ada Okafor went on the attack, saying, “He will go now.”"
    assert find_quotes(text, language="en")[-1].speaker == "Ada Okafor"


def test_a_subordinate_clause_in_front_does_not_name_the_speaker():
    text = "As the crowd began to chant, Ada Okafor rose beside Tom Reyes and joked, “You are late again.”"
    assert [p.speaker for p in find_quotes(text, language="en")] == ["Ada Okafor"]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("“It was no good,” said one clerk familiar with the talks.", "one clerk familiar with the talks"),
        ("“It was no good,” says a source close to the mayor.", "a source close to the mayor"),
        ("A clerk who spoke without leave to tell the story said Wednesday, “It was no good.”", "A clerk"),
        (
            "“It was no good,” the Selwyn senator and Labour candidate said.",
            "the Selwyn senator and Labour candidate",
        ),
        ("“It was no good,” this Selwyn look-alike declared.", "this Selwyn look-alike"),
        ("Tolland’s succinct reply: “It was no good.”", "Tolland"),
    ],
)
def test_descriptions_are_taken_whole(text, source):
    assert [p.source for p in find_quotes(text, language="en")] == [source]


@pytest.mark.parametrize(
    "text",
    [
        "Mira Tolland wrote it in her memoir, “Hard Water.”",
        "Mira Tolland told “Morning Call” about the flood in May.",
        "“Hard Water” star Mira Tolland opened up about the flood.",
        "The flood came in May, according to “Hard Water” by Mira Tolland.",
    ],
)
def test_titles_beside_their_kind_are_no_quotes(text):
    assert find_quotes(text, language="en") == []


def test_an_unclosed_last_paragraph_with_nobody_named_stays_unknown():
    text = "The hall was full.\n\n“It is late and the boat is cold.\n\nThe end came."
    assert [(p.speaker, p.rule) for p in find_quotes(text, language="en")] == [(None, "alone")]


def test_a_colon_announces_the_speaker_of_the_next_paragraph():
    text = "The report of the Tidal Institute says:\n\n“The quay is unfit for any vessel.”"
    assert [p.speaker for p in find_quotes(text, language="en")] == ["The report of the Tidal Institute"]


def test_the_sentence_before_may_name_the_speaker():
    text = "Ada Okafor condemned the plan at once. “It is dead and it was never alive.”"
    assert [(p.speaker, p.rule) for p in find_quotes(text, language="en")] == [("Ada Okafor", "prior")]


def test_many_words_in_marks_need_no_cue():
    text = "Ada Okafor welcomed “the late but honest discovery that nobody had ever measured the tide”."
    assert [(p.speaker, p.rule) for p in find_quotes(text, language="en")] == [("Ada Okafor", "fragment")]


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("“We will go there,” said Ada Okafor.", "spoken"),
        ("“We will go there,” Ada Okafor tweeted.", "written"),
        ("“We will go there,” Ada Okafor said in a statement.", "written"),
        ("“We will go there,” the letter said.", "written"),
        ("Okafor: “We will go there”", "unknown"),
    ],
)
def test_the_channel_follows_from_the_cue(text, channel):
    assert [p.channel for p in find_quotes(text, language="en")] == [channel]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("„Wir gehen im Frühjahr“, sagte der Minister.", "der Minister"),
        ("Zum Streik sagte Ada Lindner: „Wir gehen im Frühjahr.“", "Ada Lindner"),
        ("Laut Ada Lindner ist der Plan „tot“.", "Ada Lindner"),
        ("Ein Sprecher des Ministeriums erklärte: „Wir gehen im Frühjahr.“", "Ein Sprecher des Ministeriums"),
        ("Der Leiter des Amtes, Anton Berger, sagte: „Wir gehen im Frühjahr.“", "Anton Berger"),
        ("Der Minister nannte den Plan „verfehlt“.", "Der Minister"),
        ("Dem Bericht zufolge ist der Plan „tot“.", "Dem Bericht"),
    ],
)
def test_german_puts_its_verbs_first_and_its_names_behind(text, speaker):
    assert [p.speaker for p in find_quotes(text, language="de")] == [speaker]


def test_polish_drops_its_subjects():
    text = "„Idziemy dalej” – powiedziała Zofia Lipska. „Już jutro rano” – dodała."
    assert [p.speaker for p in find_quotes(text, language="pl")] == ["Zofia Lipska"] * 2


def test_the_language_is_told_by_its_small_words():
    assert [p.speaker for p in find_quotes("„Wir gehen im Frühjahr“, sagte Ada Lindner.")] == ["Ada Lindner"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“We go at once,” President of Marrow Ada Okafor said.", "Ada Okafor"),
        ("“We go at once,” speaker of the council Ada Okafor said.", "Ada Okafor"),
        ("The Selwyn delegate to the House, Aumua Tam, told the hall: “We go at once.”", "Aumua Tam"),
        ("ASHFORD (Tidal News) – Ada Okafor took a swipe at him, saying, “He goes at once.”", "Ada Okafor"),
        ("Calling the plan “a shame for the town,” Ada Okafor left the hall.", "Ada Okafor"),
        ("It ended with footage of Ada Okafor saying on the quay, “We go at once.”", "Ada Okafor"),
    ],
)
def test_the_name_is_found_beside_roles_datelines_and_opening_phrases(text, speaker):
    assert [p.speaker for p in find_quotes(text, language="en")] == [speaker]


def test_a_surname_that_is_a_small_word_speaks():
    text = "George Will left in May.\n\n“The war is a reminder of the need for reserve,” Will wrote."
    assert [p.speaker for p in find_quotes(text, language="en")] == ["George Will"]


def test_what_a_thing_is_called_may_run_on_behind_the_marks():
    text = "Ada Okafor called the bridge “a gift” to the rich, and left."
    (piece,) = find_quotes(text, language="en")
    assert text[piece.start : piece.end] == "the bridge “a gift” to the rich"
