"""The ranker of speakers agrees with plain attributions, and contests doubtful ones."""

import json

import pytest

from articles.extraction import NEVER_BY_RULE, find_quotes
from articles.extraction.attribution.ranker_weights import WEIGHTS
from training.ranker import Case, cases_of, shares, ten_fold, train

DISTANT = "Osric Pell told the board that Hedda Brask had gone. He left.\n\n“It creaks at night.”"


@pytest.mark.parametrize(
    "text",
    [
        "“The dam is safe and dry,” said Hedda Brask, who built it.",
        "The board met. “The dam is safe and dry,” Hedda Brask told reporters on Monday.",
        "Hedda Brask said: “The dam is safe and dry, and it will be for years.”",
    ],
)
def test_a_plain_attribution_is_surer_than_nine_tenths(text):
    assert [p.confidence > 0.9 for p in find_quotes(text)] == [True]


@pytest.mark.parametrize("speaker", ["Mayor Slate", "Slate, 43", "Hedda Slate", "the Slate Council"])
def test_a_speaker_who_is_clearly_a_person_or_a_body_comes_to_nine_tenths(speaker):
    (quote,) = find_quotes(f"“The dam is safe and dry,” said {speaker}.")
    assert quote.confidence >= 0.9


def test_a_word_that_nothing_shows_to_be_a_person_stays_below_nine_tenths():
    (quote,) = find_quotes("“The dam is safe and dry,” said Slate.")
    assert (quote.speaker, quote.confidence < 0.9) == ("Slate", True)


def test_a_speaker_that_the_ranker_would_not_choose_is_contested():
    (quote,) = find_quotes(DISTANT)
    assert (quote.speaker, quote.rule) == ("Osric Pell", "contested")
    assert quote.confidence <= 0.5
    assert quote.rule in NEVER_BY_RULE


def test_words_that_nobody_said_stay_unsaid_and_are_not_contested():
    assert [p.rule for p in find_quotes("“It is safe,” Hedda Brask did not say.")] == ["unsaid"]


def test_in_a_language_that_it_was_not_trained_on_the_ranker_only_doubts():
    assert all(
        p.confidence < 0.9 for p in find_quotes("„Der Damm ist sicher“, sagte Hedda Brask.", language="de")
    )


def test_of_two_close_antecedents_a_pronoun_is_less_sure():
    clear = find_quotes("Hedda Brask spoke. “The dam is safe and dry,” she said.")[-1]
    close = find_quotes("Hedda Brask spoke. Ada Okafor listened. “The dam is safe and dry,” she said.")[-1]
    assert clear.confidence > close.confidence


def test_the_table_of_weights_is_small():
    assert 500 < len(WEIGHTS) < 2000


ROW = {"id": "a", "text": "“The dam is dry,” said Ada Okafor. “It is,” she said. Tom Reyes left."}


def test_only_unambiguous_attributions_are_labels():
    assert [len(case.right) for case in cases_of(ROW)] == [1, 1]
    assert list(cases_of({"id": "b", "text": "Ada Okafor and Tom Reyes met.\n\n“The dam is dry.”"})) == []


def test_annotated_speakers_are_labels():
    text = "Tom Reyes wondered. “The dam is dry,” said Ada Okafor."
    quote = {"start": 20, "end": 37, "kind": "direct", "speaker_start": 0, "speaker_end": 9}
    case = next(iter(cases_of({"id": "c", "text": text, "quotes": [quote]})))
    assert not case.rule_is_right


def test_training_learns_the_option_that_is_right():
    cases = [
        Case(str(n), "direct", (("near",), ("far",)), frozenset({0}), frozenset({0}), rule_is_right=True)
        for n in range(20)
    ]
    assert shares((("near",), ("far",)), train(cases))[0] > 0.8
    assert len(list(ten_fold(cases))) == len(cases)


def test_texts_are_read_with_body_or_text(tmp_path):
    from training.ranker import read

    path = tmp_path / "texts.jsonl"
    path.write_text(json.dumps({"body": "One."}) + "\n" + json.dumps({"id": "x", "text": "Two."}) + "\n")
    assert [(row["id"], row["text"]) for row in read(path)] == [("texts.jsonl 0", "One."), ("x", "Two.")]
