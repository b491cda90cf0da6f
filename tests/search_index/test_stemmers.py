"""The languages that have stems, and the stems of folded words."""

import pytest

from articles.search.index.stemmers import STEMMERS, stem, stemmer_of
from articles.search.query import words

BEFORE = ("da", "de", "en", "es", "fi", "fr", "hu", "it", "nl", "nb", "nn", "no", "pt", "ro", "ru", "sv")
FORMS = [
    ("en-gb", "flooded", "floods"),
    ("nn", "elvene", "elva"),
    ("pl", "rzeki", "rzekę"),
    ("cs", "řeka", "řeky"),
    ("tr", "ırmak", "ırmaklar"),
    ("el", "πλημμύρα", "πλημμύρες"),
    ("ar", "الكتاب", "كتاب"),
    ("hi", "नदी", "नदियों"),
    ("sr", "река", "reke"),
]


@pytest.mark.parametrize("language", BEFORE)
def test_a_language_that_was_stemmed_has_a_stemmer(language):
    assert stemmer_of(language)


@pytest.mark.parametrize(("language", "one", "other"), FORMS)
def test_two_forms_of_a_word_have_one_stem(language, one, other):
    stemmer = stemmer_of(language)
    assert {stem(stemmer, word) for word in words(f"{one} {other}")} == {stem(stemmer, words(one)[0])}


@pytest.mark.parametrize("language", ["", "xx", "ja", "th"])
def test_in_other_languages_a_word_is_its_own_stem(language):
    assert stem(stemmer_of(language), "floods") == "floods"


def test_the_numbers_that_segments_store_do_not_change():
    assert STEMMERS[:5] == ("", "english", "german", "french", "spanish")
    assert STEMMERS.index("greek") == 18 and STEMMERS.index("yiddish") == len(STEMMERS) - 1
