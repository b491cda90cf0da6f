"""Quoted spans in every style of quotation marks."""

import pytest

from articles.extraction import extract_article, find_quotes
from articles.extraction.quotation_marks import find_quoted_spans


def quoted_spans(text):
    return [s.inner.cut(text) for s in find_quoted_spans(text, 0, len(text))[0]]


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("“We go,” she said.", ["We go,"]),
        ('"We go," she said.', ["We go,"]),
        ("''We go,'' she said.", ["We go,"]),
        ("„Wir gehen“, sagte sie.", ["Wir gehen"]),
        ("„Idziemy” – powiedziała.", ["Idziemy"]),
        ("«Nous allons», dit-elle.", ["Nous allons"]),
        ("»Wir gehen«, sagte sie.", ["Wir gehen"]),
        ("”Vi går”, sa hon.", ["Vi går"]),
        ("‘We go,’ she said.", ["We go,"]),
        ("'We go,' she said.", ["We go,"]),
        ("‚Wir gehen‘, sagte sie.", ["Wir gehen"]),
        ("“She cried ‘Fire!’ and ran.”", ["She cried ‘Fire!’ and ran."]),
        ("'The students' plan is dead,' she said.", ["The students' plan is dead,"]),
        ("“We go,“ she said. “Soon,“ he said.", ["We go,", "Soon,"]),
        ("”We go,“ she said.", ["We go,"]),
        ('"We go, "she said.', ["We go, "]),
        ("“He said “no,” and left,” she said.", ["He said “no,” and left,"]),
        ("“It is 5’2” tall,” she said.", ["It is 5’2” tall,"]),
    ],
)
def test_marks_of_every_national_style_open_and_close(text, inner):
    assert quoted_spans(text) == inner


@pytest.mark.parametrize(
    "text",
    [
        "The dogs' owners met.",
        "It's the boys' night in the '90s bar.",
        "rock 'n' roll",
        "O'Neil’s ’em",
        "6'2\" tall",
    ],
)
def test_apostrophes_are_never_marks(text):
    assert quoted_spans(text) == []


def test_nested_marks_stay_inside_their_stretch():
    text = "“She cried ‘Fire!’ and ran.”"
    outer = find_quoted_spans(text, 0, len(text))[0][0]
    assert [n.inner.cut(text) for n in outer.nested] == ["Fire!"]


def test_an_unclosed_mark_ends_with_its_paragraph_and_warns():
    body = "“We will go, said Ada Okafor.\n\nThe council met on Monday. “No,” said Tom Reyes."
    reading = extract_article(body)
    assert max(p.end for p in reading.pieces if p.start == 0) == body.index("\n")
    assert any("without its partner" in warning for warning in reading.warnings)
    assert [p.speaker for p in reading.pieces if p.start > 0] == ["Tom Reyes"]


def test_a_mark_that_opens_twice_ends_the_first_stretch_with_its_sentence():
    text = 'He said "we go. Then "we stay" again.'
    assert quoted_spans(text) == ["we go.", "we stay"]


def test_a_closing_mark_without_its_opening_one_quotes_from_the_line_start():
    assert quoted_spans("We will go,” she said.") == ["We will go,"]


def test_an_opening_mark_on_each_paragraph_needs_no_warning():
    reading = extract_article("“We go,” said Ada Okafor. “It is late.\n\n“Very late.”")
    assert reading.warnings == ()
    assert {p.speaker for p in reading.pieces} == {"Ada Okafor"}


def test_a_paragraph_of_nothing_but_marks_is_left_alone():
    assert find_quoted_spans("“" * 5000, 0, 5000) == ([], True)


@pytest.mark.parametrize(
    "text", ['"' * 300_000, "“a” " * 60_000, "A: " * 60_000, "[(" * 100_000, "Ab " * 60_000]
)
def test_a_text_that_is_no_prose_is_given_up_with_a_warning(text):
    assert find_quotes(text) == []
    assert any("too long to be prose" in warning for warning in extract_article(text).warnings)


def test_too_many_paragraphs_are_read_up_to_the_limit():
    reading = extract_article("“We go on,” said Ada Okafor.\n" * 13_000)
    assert len(reading.pieces) >= 12_000
    assert any("too long to be prose" in warning for warning in reading.warnings)
