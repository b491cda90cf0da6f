"""Nested quotes are attributed to the person quoted and not to the outer speaker."""

from articles.extraction import Candidate, extract_article, find_candidates


def candidates(body: str) -> list[Candidate]:
    return find_candidates(extract_article(body, language="en"), body)


def test_words_of_a_third_person_within_a_quote_are_a_quote_of_their_own():
    outer, inner = candidates("“The minister told us, ‘It is late,’ and left,” Ada Okafor said.")
    assert (outer.speaker, outer.text) == ("Ada Okafor", "The minister told us, […] and left,")
    assert (inner.source, inner.text, inner.inside) == ("The minister", "It is late,", 0)


def test_nobody_outside_the_marks_is_taken_for_the_she_within_them():
    inner = candidates("“She came in and said, ‘Who is it visiting?’ and sat down,” said Osric Pell.")[1]
    assert (inner.source, inner.speaker) == ("She", None)


def test_such_words_are_never_sure_enough_to_be_accepted_by_rule():
    inner = candidates("“The minister told us, ‘It is late,’ and left,” Ada Okafor said.")[1]
    assert inner.confidence <= 0.6


def test_what_speakers_quote_themselves_as_saying_stays_their_own():
    (only,) = candidates("“I said, ‘It is late,’ and left,” Ada Okafor said.")
    assert only.text == "I said, ‘It is late,’ and left,"


def test_a_term_in_marks_within_a_quote_stays_the_speakers_own():
    (only,) = candidates("“It is the ‘done thing’ in this valley,” Ada Okafor said.")
    assert only.text == "It is the ‘done thing’ in this valley,"


def test_two_inner_quotes_have_two_groups():
    body = (
        "“The clerk said, ‘No.’ And I left,” said Ada Okafor.\n\n"
        "“The verger said, ‘Perhaps.’ So I stayed,” said Osric Pell."
    )
    groups = [piece.group for piece in extract_article(body, language="en").pieces]
    assert len(groups) == len(set(groups)) == 4
