"""The filters of the pages: escape first, mark second, and say dates as they were printed."""

import datetime as dt
from types import SimpleNamespace

from django.test import SimpleTestCase, TestCase
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Article, Publication, Quote
from articles.templatetags import archive
from articles.text.annotated_text import Layers, QuoteAnnotation, annotate_paragraphs

TAGS = st.text(st.sampled_from("<>&\"'ab /=“"), max_size=40)


class MarkedTests(SimpleTestCase):
    def test_what_is_marked_is_escaped_too(self):
        self.assertEqual(archive.marked("<b>dam</b>", [(0, 3)]), "<mark>&lt;b&gt;</mark>dam&lt;/b&gt;")

    def test_spans_that_overlap_are_marked_once(self):
        self.assertEqual(archive.marked("abcd", [(0, 3), (1, 4)]), "<mark>abc</mark><mark>d</mark>")

    @given(TAGS, st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=4))
    def test_no_tag_but_mark_ever_comes_out(self, text, spans):
        shown = str(archive.marked(text, [(s, e) for s, e in spans if s < e]))
        bare = shown.replace("<mark>", "").replace("</mark>", "")
        self.assertNotIn("<", bare)
        self.assertNotIn(">", bare)
        self.assertNotIn('"', bare)

    @given(TAGS, st.integers(0, 40), st.integers(1, 40))
    def test_no_tag_but_links_and_spans_comes_out_of_a_paragraph(self, text, start, length):
        quote = QuoteAnnotation(1, "q1", "/quotes/1/", ((start, start + length),), "disputed")
        layers = Layers([quote], [(start, start + 2)], [(0, 3)], all_hits=1, relays=[(0, 9)])
        for paragraph in annotate_paragraphs(text, layers):
            shown = str(archive.in_type(paragraph))
            for known in (
                '<a class="own" id="q1" href="/quotes/1/">', '<a class="own" href="/quotes/1/">', "</a>",
                '<span class="ref">', '<span class="hidden">', '<span class="aside">', '<span class="relay">',
                "</span>", '<span class="hop" lang="en-GB">', '<mark id="w1">', "<mark>", "</mark>",
            ):  # fmt: skip
                shown = shown.replace(known, "")
            self.assertNotRegex(shown, '[<>"]')


class OwnWordsTests(TestCase):
    def quote(self, text, kind="direct", language="en"):
        return Quote(text=text, kind=kind, article=Article(language=language))

    def test_a_cut_between_stretches_is_shown(self):
        self.assertEqual(
            archive.own_words(self.quote("One […] two")), '“One <span class="gap">[…]</span> two”'
        )

    def test_an_answer_bears_no_marks_for_the_paper_set_none(self):
        self.assertEqual(archive.own_words(self.quote("One.", "answer")), "One.")

    def test_marks_are_those_of_the_language(self):
        self.assertEqual(archive.own_words(self.quote("Nein", language="de-AT")), "„Nein“")

    def test_words_searched_for_are_marked_in_the_right_stretch(self):
        self.assertIn("<mark>two</mark>", archive.own_words(self.quote("One […] two"), [(8, 11)]))

    def test_of_a_long_answer_a_list_shows_the_part_with_the_word(self):
        text = "start " + "filler " * 400 + "needle " + "filler " * 400
        at = text.index("needle")
        brief = archive.own_words_in_brief(self.quote(text, "answer"), [(at, at + 6)])
        self.assertIn("<mark>needle</mark>", brief)
        self.assertNotIn("start", brief)
        self.assertLess(len(brief), archive.BRIEF + 100)


class DateTests(TestCase):
    def dated(self, day, precision, **fields):
        return Article(published_on=day, published_precision=precision, **fields)

    def test_a_date_is_said_at_its_own_precision(self):
        for precision, machine, words in (
            ("day", "2024-12-01", "1 December 2024"),
            ("month", "2024-12", "December 2024"),
            ("year", "2024", "2024"),
        ):
            with self.subTest(precision):
                shown = archive.dated(self.dated(dt.date(2024, 12, 1), precision))
                self.assertEqual(shown, f'<time datetime="{machine}">{words}</time>')

    def test_without_a_date_it_says_so(self):
        self.assertEqual(archive.dated(self.dated(None, "")), "undated")

    def test_a_time_is_told_in_the_papers_own_zone(self):
        moment = dt.datetime(2019, 5, 31, 4, 30, tzinfo=dt.UTC)
        paper = Publication(name="Selwy Courier", time_zone="America/Bogota")
        shown = archive.dated_in_full(
            self.dated(dt.date(2019, 5, 30), "day", published_at=moment, publication=paper)
        )
        self.assertIn('datetime="2019-05-30T23:30-05:00"', shown)
        self.assertIn("Thursday 30 May 2019, 23.30", shown)


class WordTests(TestCase):
    def test_counts_agree_with_their_words(self):
        self.assertEqual(
            [archive.counted(n, "quote,quotes") for n in (0, 1, 2, 12345)],
            ["no quotes", "1 quote", "2 quotes", "12,345 quotes"],
        )

    def test_text_in_another_language_says_which_and_which_way_it_runs(self):
        self.assertEqual(archive.lang("ar"), ' lang="ar" dir="rtl"')
        self.assertEqual(archive.lang("fr-CA"), ' lang="fr-CA"')
        self.assertEqual(archive.lang(""), "")

    def test_a_language_without_a_name_is_told_by_its_tag(self):
        self.assertEqual(archive.language_name("fr"), "French")
        self.assertEqual(archive.language_name("fr-CA"), "French (fr-CA)")
        self.assertEqual(archive.language_name("qaa"), "qaa")

    def test_a_standing_that_readers_must_know_of_is_said(self):
        self.assertIn("disputed", archive.standing(SimpleNamespace(standing="disputed")))
        self.assertEqual(archive.standing(SimpleNamespace(standing="confirmed")), "")
