"""Normalization of bodies and of one-line fields."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles.parsing import normalise, tidy
from articles.parsing.normalization import nfc, without_surrogates

ANY_TEXT = st.text(st.characters(exclude_categories=[]))
LINES = st.text(st.sampled_from("ab\n\r \t\u00a0\u00ad\0\ue000\ue001\u0301\u0316\u2028\x1c"))


@given(ANY_TEXT | LINES)
@example("\r\0\n")
@example("e\0\u0301")
def test_normalising_twice_changes_nothing(text):
    assert normalise(normalise(text)) == normalise(text)


@given(ANY_TEXT | LINES)
def test_a_normal_body_has_neither_forbidden_characters_nor_stray_blank_lines(text):
    body = normalise(text)
    assert not set(body) & {"\0", "\r", "\ue000", "\ue001"}
    assert "\n\n\n" not in body
    assert body == body.strip()


@given(ANY_TEXT)
def test_nothing_but_blanks_and_forbidden_characters_is_lost(text):
    def letters(string):
        kept = (c for c in unicodedata.normalize("NFC", string) if not c.isspace())
        return "".join(kept)

    allowed = text
    for character in "\0\ue000\ue001":
        allowed = allowed.replace(character, "")
    assert letters(normalise(text)) == letters(allowed)


@pytest.mark.parametrize(
    ("raw", "body"),
    [
        ("One.\r\n\r\n\r\nTwo.", "One.\n\nTwo."),
        ("One,\r\nstill one.\n \t\nTwo.\n", "One,\nstill one.\n\nTwo."),
        ("\u00a0\nOne.\n\u00a0\nTwo.", "One.\n\nTwo."),
        ("Nu\u0301n\u0303ez", "Núñez"),
        ("a\0b\ue000c\ue001d", "abcd"),
        (
            "so\u00adft and\u00a0hard, \u202eback\u202c \u200dhere",
            "so\u00adft and\u00a0hard, \u202eback\u202c \u200dhere",
        ),
        ("", ""),
        (" \n\t\n", ""),
    ],
)
def test_a_body_is_brought_into_its_normal_form(raw, body):
    assert normalise(raw) == body


@given(st.text(st.sampled_from("a\u00e9\u0301\u0316\u0323\u0344\u0f73\u05b0 \n"), max_size=200))
def test_the_fast_composition_equals_unicodes_own(text):
    assert nfc(text) == unicodedata.normalize("NFC", text)


def test_a_letter_with_half_a_million_accents_is_sorted_as_unicode_sorts_it():
    marks = "\u0301\u0316" * 100
    assert nfc("a" + marks + "b\u0f73" * 50) == unicodedata.normalize("NFC", "a" + marks + "b\u0f73" * 50)
    assert len(normalise("a" + "\u0301\u0316" * 250_000)) == 500_000


def test_a_field_is_one_line_without_invisible_characters():
    assert (
        tidy("Coun\u00adcil\u00a0votes\u200b\r\n \ufeffto  close\x07 it\u202e\u2069")
        == "Council votes to close it"
    )


def test_a_field_keeps_the_joiners_that_scripts_need():
    assert tidy("क्\u200dष ‌\u200cنمی‌خواهم") == "क्\u200dष ‌\u200cنمی‌خواهم"


@given(ANY_TEXT)
def test_tidying_twice_changes_nothing(text):
    assert tidy(tidy(text)) == tidy(text)


def test_half_characters_are_shown_as_such():
    assert without_surrogates("a\ud800b") == "a\ufffdb"
