"""Quoted words that were not said have no speaker and are never accepted by a rule."""

import pytest

from articles.extraction import find_quotes


def found(text, language="en"):
    return [(p.speaker, p.rule) for p in find_quotes(text, language=language)]


@pytest.mark.parametrize(
    "text",
    [
        "“The weir is safe and dry,” Hedda Brask did not say.",
        "“The weir is safe and dry,” Hedda Brask never said.",
        "“The weir is safe and dry,” Hedda Brask hasn’t said.",
        "Nobody said, “The weir is safe and dry.”",
        "“The weir is safe and dry,” said no one.",
        "No warden said “the weir is safe and dry”.",
        "At no point did Hedda Brask say, “The weir is safe and dry.”",
        "Hedda Brask has yet to say “the weir is safe and dry”.",
        "Not a single warden said, “The weir is safe and dry.”",
        "Neither Brask nor Pell said “the weir is safe and dry.”",
        "Nor did Hedda Brask say “the weir is safe and dry”.",
        "It was not Hedda Brask who said “the weir is safe and dry”.",
        "It is not true that Hedda Brask said “the weir is safe and dry”.",
        "Hedda Brask refused to say “the weir is safe and dry”.",
        "Hedda Brask asked Osric Pell to say, “The weir is safe and dry.”",
        "Hedda Brask left without saying, “The weir is safe and dry.”",
        "Hedda Brask denied that she had said “the weir is safe and dry”.",
        "Hedda Brask denied that the weir was “safe and dry”.",
    ],
)
def test_what_was_not_said_is_nobody_s(text):
    assert found(text) == [(None, "unsaid")]


@pytest.mark.parametrize(
    "text",
    [
        "“The weir is safe and dry,” my uncle would have said.",
        "“The weir is safe and dry,” Hedda Brask might have added.",
        "“The weir is safe and dry,” Hedda Brask could have said.",
        "“The weir is safe and dry,” Hedda Brask should have said.",
        "“The weir is safe and dry,” Hedda Brask will say on Monday.",
        "If Hedda Brask says “the weir is safe and dry,” the village will laugh.",
        "Unless Hedda Brask says “the weir is safe and dry,” we stay.",
        "Had Hedda Brask said “the weir is safe and dry,” we would have stayed.",
        "Did Hedda Brask say “the weir is safe and dry”?",
        "Who said “the weir is safe and dry”?",
        "Why did Hedda Brask say, “The weir is safe and dry”?",
        "Imagine Hedda Brask saying: “The weir is safe and dry.”",
        "Suppose Hedda Brask says, “The weir is safe and dry.”",
        "She looked at the board as if to say, “The weir is safe and dry.”",
        "Perhaps Hedda Brask said “the weir is safe and dry”.",
        "In my dream Hedda Brask says, “The weir is safe and dry.”",
        "Write to Hedda Brask and say, “The weir is safe and dry.”",
        "Tell Hedda Brask: “The weir is safe and dry.”",
        "Let Hedda Brask say, “The weir is safe and dry.”",
    ],
)
def test_what_might_be_said_or_is_asked_imagined_or_ordered_is_nobody_s(text):
    assert found(text) == [(None, "unsaid")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "„Das Wehr ist sicher“, sagte Hedda Brask nicht."),
        ("de", "Hedda Brask hat nie gesagt: „Das Wehr ist sicher.“"),
        ("de", "Niemand sagte: „Das Wehr ist sicher.“"),
        ("de", "„Das Wehr ist sicher“, könnte Hedda Brask gesagt haben."),
        ("de", "Hedda Brask soll gesagt haben: „Das Wehr ist sicher.“"),
        ("de", "Wenn Hedda Brask sagt: „Das Wehr ist sicher“, lacht das Dorf."),
        ("de", "Sagte Hedda Brask „Das Wehr ist sicher“?"),
        ("de", "Hedda Brask weigerte sich zu sagen: „Das Wehr ist sicher.“"),
        ("de", "Sagen Sie: „Das Wehr ist sicher.“"),
        ("pl", "Nikt nie powiedział: „Jaz jest bezpieczny”."),
        ("pl", "Jeśli Hedda Brask powie: „Jaz jest bezpieczny”, wieś się zaśmieje."),
        ("pl", "„Jaz jest bezpieczny” – powiedziałby mój wuj."),
        ("pl", "Hedda Brask mogła powiedzieć: „Jaz jest bezpieczny”."),
        ("pl", "Czy Hedda Brask powiedziała: „Jaz jest bezpieczny”?"),
    ],
)
def test_german_and_polish_say_in_their_own_way_what_nobody_said(language, text):
    assert found(text, language) == [(None, "unsaid")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "“The weir is safe and dry,” Hedda Brask would later say."),
        ("en", "Hedda Brask would only say, “The weir is safe and dry.”"),
        ("en", "Hedda Brask did not hesitate to say, “The weir is safe and dry.”"),
        ("en", "Hedda Brask went on to say, “The weir is safe and dry.”"),
        ("en", "Only then did Hedda Brask say, “The weir is safe and dry.”"),
        ("en", "Asked whether it would hold, Hedda Brask said: “The weir is safe and dry.”"),
        ("en", "“I did not say that it was dry,” Hedda Brask said."),
        ("en", "“Is the weir safe and dry?” asked Hedda Brask."),
        ("en", "Hedda Brask, who did not want to stay, said: “The weir is safe and dry.”"),
        ("de", "Hedda Brask zögerte nicht und sagte: „Das Wehr ist sicher.“"),
        ("de", "Nicht nur Hedda Brask sagte: „Das Wehr ist sicher.“"),
        ("de", "Hedda Brask sagte nicht ohne Stolz: „Das Wehr ist sicher.“"),
    ],
)
def test_what_was_said_keeps_its_speaker(language, text):
    assert [speaker for speaker, _ in found(text, language)] == ["Hedda Brask"]


@pytest.mark.parametrize(
    "text",
    [
        "Nobody in the village said, “The weir is safe and dry.”",
        "Don't tell Hedda Brask, “The weir is safe and dry.”",
        "“The weir is safe and dry,” was not what Hedda Brask said.",
    ],
)
def test_words_that_nobody_said_are_not_those_of_whoever_spoke_before(text):
    assert found(f"“We are here,” Osric Pell said.\n\n{text}")[1:] == [(None, "unsaid")]


def test_what_follows_imagined_words_is_imagined_too():
    text = "“Never again,” my uncle would have said. “I mean it.”"
    assert found(text) == [(None, "unsaid"), (None, "unsaid")]


def test_what_nobody_said_is_never_surer_than_a_guess():
    pieces = find_quotes("“The weir is safe and dry,” Hedda Brask did not say.")
    assert [piece.confidence <= 0.5 for piece in pieces] == [True]
