"""Whatever the text, every span lies inside it and nothing raises."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.extraction import extract_article, find_candidates, find_quotes
from articles.extraction.languages import LANGUAGES
from tests.extraction.hypothesis_texts import texts
from tests.sizes import size

codes = st.sampled_from(["", *LANGUAGES])


def check_quotes(text: str, language: str) -> None:
    for piece in find_quotes(text, language=language):
        assert 0 <= piece.start < piece.end <= len(text)
        assert 0.0 <= piece.confidence <= 1.0
        if piece.speaker_start is not None:
            assert 0 <= piece.speaker_start < piece.speaker_end <= len(text)
        for start, end in piece.marked:
            assert piece.start <= start < end <= piece.end


def check_reading(text: str, language: str) -> None:
    reading = extract_article(
        text, headline=text[:40], standfirst=text[40:80], captions=(text[:30],), language=language
    )
    parts = {"body": text, "headline": text[:40], "standfirst": text[40:80], "caption": text[:30]}
    for turn in reading.turns:
        assert 0 <= turn.start < turn.end <= len(text)
    for piece in reading.pieces:
        assert 0 <= piece.start < piece.end <= len(parts[piece.part])
    for note in reading.notes:
        assert 0 <= note.start < note.end <= len(text)
    candidates = find_candidates(
        reading, text, headline=text[:40], standfirst=text[40:80], captions=(text[:30],)
    )
    for number, candidate in enumerate(candidates):
        whole = parts[candidate.part]
        assert candidate.text == " […] ".join(span.cut(whole) for span in candidate.spans)
        for span in candidate.spans:
            assert candidate.start <= span.start < span.end <= candidate.end
        assert candidate.inside is None or 0 <= candidate.inside < len(candidates)
        assert candidate.inside != number
        assert candidate.turn is None or 0 <= candidate.turn < len(reading.turns)


@settings(max_examples=size(700, 20_000), deadline=None, suppress_health_check=list(HealthCheck))
@given(texts, codes)
def test_every_span_of_a_quote_lies_inside_its_text(text, language):
    check_quotes(text, language)


@settings(max_examples=size(200, 5_000), deadline=None, suppress_health_check=list(HealthCheck))
@given(texts, codes)
def test_every_span_of_a_reading_and_its_candidates_lies_inside_its_part(text, language):
    check_reading(text, language)


@settings(max_examples=100, deadline=None)
@given(texts)
def test_the_same_text_always_gives_the_same_answer(text):
    assert find_quotes(text) == find_quotes(text)
