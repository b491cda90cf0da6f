"""Folding gives the same words in Python and in PostgreSQL, for any text."""

import doctest
import importlib
import re
import unicodedata

import pytest
from django.db import connection
from django.test import SimpleTestCase, TestCase
from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.search.query import fold, fold_sql, words, words_in_place
from articles.text.folding import characters, index_word_spans, index_words, query_words

MODULE = importlib.import_module("articles.text.folding")

PAIRS = [
    ("Núñez", "Nu\u0301n\u0303ez"),
    ("Núñez", "nunez"),
    ("co\u00adoperate", "cooperate"),
    ("zero\u200bwidth", "zerowidth"),
    ("well\u2010being", "well-being"),
    ("well–being", "well being"),
    ("ﬁnance", "finance"),
    ("Ｆｕｌｌ　ｗｉｄｔｈ", "full width"),
    ("don’t", "don't"),
    ("O’Brien", "O`Brien"),
    ("U.S.", "us"),
    ("U.S.A.", "USA"),
    ("Æthelred", "aethelred"),
    ("œuvre", "oeuvre"),
    ("Straße", "STRASSE"),
    ("STRAẞE", "strasse"),
    ("Þórr", "thorr"),
    ("Øresund", "oresund"),
    ("Łódź", "lodz"),
    ("Đorđe", "dorde"),
    ("Iğdır", "IGDIR"),
    ("İzmir", "izmir"),
    ("«guillemets»", "guillemets"),
    ("iron/steel", "iron steel"),
    ("<b>steel</b>", "b steel b"),
    ("Οδυσσεύς", "ΟΔΥΣΣΕΥΣ"),
    ("ЙОД", "иод"),
    ("ﷺ", "صلى الله عليه وسلم"),
    ("m²", "m2"),
    ("2½", "2 1 2"),
    ("東京都", "東 京 都"),
    ("ｶﾞ", "ガ"),
    ("שָׁלוֹם", "שלום"),
    ("أحمد", "احمد"),
    ("Acme™", "acme"),
]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_two_spellings_fold_to_the_same_words(one, other):
    assert fold(one) == fold(other) != ""


class FoldTests(SimpleTestCase):
    def test_the_examples_in_the_docstrings_hold(self):
        self.assertEqual(doctest.testmod(MODULE).failed, 0)

    def test_words_are_parted_by_single_blanks(self):
        self.assertEqual(fold("  one—two …\tthree\n"), "one two three")

    def test_only_single_letters_join_at_dots(self):
        self.assertEqual(
            fold("a.m. x.y.com 3.5 J.K.Rowling end.Of A.1"), "am xy com 3 5 jk rowling end of a 1"
        )

    def test_initials_with_blanks_stay_apart(self):
        self.assertEqual(fold("U. S."), "u s")

    def test_a_text_without_letters_has_no_words(self):
        self.assertEqual(words("… — «» \0 \ud800 \ue000"), [])

    def test_places_are_those_of_the_text_as_written(self):
        text = "The “Nu\u0301n\u0303ez” œuvre, U.S. ½"
        cut = [(word.text, text[word.start : word.end]) for word in words_in_place(text)]
        self.assertEqual(
            cut,
            [
                ("the", "The"),
                ("nunez", "Nu\u0301n\u0303ez"),
                ("oeuvre", "œuvre"),
                ("us", "U.S"),
                ("1", "½"),
                ("2", "½"),
            ],
        )

    def test_every_range_stands_in_unicode_14(self):
        """What a later Unicode assigns could fold one way here and another on an older server."""
        if unicodedata.unidata_version != "14.0.0":
            self.skipTest("this Python knows a later Unicode")
        for table in (MODULE.LETTERS, MODULE.SYMBOLS, MODULE.REMOVED):
            for point in MODULE.Ranges(table).points():
                self.assertNotEqual(unicodedata.category(chr(point)), "Cn", hex(point))

    def test_no_letter_of_this_unicode_is_left_out(self):
        letters = MODULE.Ranges(f"{MODULE.LETTERS} {MODULE.REMOVED}")
        later = unicodedata.unidata_version > "14.0.0"
        for point in range(0x10000):
            if unicodedata.category(chr(point)) in ("Ll", "Lu", "Lo", "Nd") and not later:
                self.assertIn(point, letters, hex(point))


@settings(max_examples=400, deadline=None)
@given(st.text(st.characters(exclude_categories=[])))
@example("ŉ.B.ﬁ.½")
@example("か\u3099.A.B")
@example("a.b\u0301.c")
@example("A.A東")
def test_words_in_place_are_the_words_of_the_fold(text):
    found = words_in_place(text)
    assert [word.text for word in found] == words(text)
    for word in found:
        assert 0 <= word.start < word.end <= len(text)
    assert [word.start for word in found] == sorted(word.start for word in found)


ANY_TEXT = st.text(
    st.characters(exclude_categories=[]) | st.sampled_from("a.東京ガかﾞ\u3099กิน้ำ\u200bខ្មែ။ɑ,. ")
)


@settings(max_examples=400, deadline=None)
@given(ANY_TEXT)
@example("A.A東")
@example("東.京")
def test_the_index_has_a_word_for_each_word_or_character_of_a_query(text):
    items = [item for word in query_words(text) for item in characters(word) or [word]]
    found = index_words(text)
    assert [characters(word)[0] if characters(word) else word for word in found] == items
    spans = index_word_spans(text)
    assert len(spans) == len(found)
    assert all(0 <= start < end <= len(text) for start, end in spans)


@settings(max_examples=400, deadline=None)
@given(ANY_TEXT)
def test_a_word_of_a_query_is_itself_written_as_it_is(text):
    for word in query_words(text):
        assert query_words(word) == [word]


@settings(max_examples=400, deadline=None)
@given(st.text(st.characters(max_codepoint=0xDFF)))
def test_in_scripts_with_spaces_the_index_has_the_words_of_the_text(text):
    assert index_words(text) == query_words(text) == words(text)


@settings(max_examples=400, deadline=None)
@given(st.text(st.characters(exclude_categories=[])))
def test_folding_the_folded_changes_nothing(text):
    once = fold(text)
    assert fold(once) == once
    assert not re.search(r"^ | $|  |[\n.]", once)


@settings(max_examples=300, deadline=None)
@given(st.text(), st.text())
def test_two_texts_with_a_blank_between_fold_apart(one, other):
    assert words(f"{one} {other}") == words(one) + words(other)


class ServerFoldTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        with connection.cursor() as cursor:
            cursor.execute(fold_sql())

    def folded_by_the_server(self, texts):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT public.archive_fold(t) FROM unnest(%s::text[]) WITH ORDINALITY u(t, n) ORDER BY n",
                [texts],
            )
            return [row[0] for row in cursor]

    def assertSameFold(self, texts):
        for text, folded in zip(texts, self.folded_by_the_server(texts), strict=True):
            self.assertEqual(folded, fold(text), ascii(text[:200]))

    def test_every_code_point_folds_alike_here_and_there(self):
        assigned = (p for p in range(1, 0x110000) if unicodedata.category(chr(p)) not in ("Cn", "Co", "Cs"))
        unassigned = (p for p in range(1, 0x110000, 61) if unicodedata.category(chr(p)) in ("Cn", "Co"))
        points = [chr(point) for point in (*assigned, *unassigned)]
        # Alone, inside a word, and between dots; many to a text, as a call costs more than its characters.
        for start in range(0, len(points), 60_000):
            chunk = points[start : start + 60_000]
            shown = [f"{c} a{c}b A.{c}.É" for c in chunk]
            self.assertSameFold([" | ".join(shown[at : at + 60]) for at in range(0, len(shown), 60)])

    def test_texts_of_anything_fold_alike_here_and_there(self):
        anything = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
        marks = st.sampled_from(
            "ab.É.e\u0301\u0323\u094d\u093c\u05bc\u064b\u3099か゛ｶﾞ東½ΣИŁßßæ.. -'’\u00ad\u200b\u0e38\u0e48"
        )

        @settings(max_examples=40, deadline=None)
        @given(st.lists(st.text(anything) | st.text(marks), min_size=1, max_size=60))
        def alike(texts):
            self.assertSameFold(texts)

        alike()

    def test_a_null_stays_a_null(self):
        self.assertEqual(self.folded_by_the_server([None]), [None])

    def test_the_function_works_with_an_empty_search_path(self):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL search_path = ''")
            cursor.execute("SELECT public.archive_fold('The “Núñez” plan')")
            self.assertEqual(cursor.fetchone()[0], "the nunez plan")
