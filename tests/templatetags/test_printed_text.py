"""The filters of printed text: escape first, mark second."""

from django.test import SimpleTestCase, TestCase
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Article, Quote
from articles.templatetags import printed_text
from articles.text.annotated_text import Layers, QuoteAnnotation, annotate_paragraphs

TAGS = st.text(st.sampled_from("<>&\"'ab /=“"), max_size=40)


class MarkedTests(SimpleTestCase):
    def test_what_is_marked_is_escaped_too(self):
        self.assertEqual(printed_text.marked("<b>dam</b>", [(0, 3)]), "<mark>&lt;b&gt;</mark>dam&lt;/b&gt;")

    def test_spans_that_overlap_are_marked_once(self):
        self.assertEqual(printed_text.marked("abcd", [(0, 3), (1, 4)]), "<mark>abc</mark><mark>d</mark>")

    @given(TAGS, st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=4))
    def test_no_tag_but_mark_ever_comes_out(self, text, spans):
        shown = str(printed_text.marked(text, [(s, e) for s, e in spans if s < e]))
        bare = shown.replace("<mark>", "").replace("</mark>", "")
        self.assertNotIn("<", bare)
        self.assertNotIn(">", bare)
        self.assertNotIn('"', bare)

    @given(TAGS, st.integers(0, 40), st.integers(1, 40))
    def test_no_tag_but_links_and_spans_comes_out_of_a_paragraph(self, text, start, length):
        quote = QuoteAnnotation(1, "q1", "/quotes/1/", ((start, start + length),), "disputed")
        layers = Layers([quote], [(start, start + 2)], [(0, 3)], all_hits=1, relays=[(0, 9)])
        for paragraph in annotate_paragraphs(text, layers):
            shown = str(printed_text.in_type(paragraph))
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
            printed_text.own_words(self.quote("One […] two")), '“One <span class="gap">[…]</span> two”'
        )

    def test_an_answer_bears_no_marks_for_the_paper_set_none(self):
        self.assertEqual(printed_text.own_words(self.quote("One.", "answer")), "One.")

    def test_marks_are_those_of_the_language(self):
        self.assertEqual(printed_text.own_words(self.quote("Nein", language="de-AT")), "„Nein“")

    def test_words_searched_for_are_marked_in_the_right_stretch(self):
        self.assertIn("<mark>two</mark>", printed_text.own_words(self.quote("One […] two"), [(8, 11)]))

    def test_of_a_long_answer_a_list_shows_the_part_with_the_word(self):
        text = "start " + "filler " * 400 + "needle " + "filler " * 400
        at = text.index("needle")
        brief = printed_text.own_words_in_brief(self.quote(text, "answer"), [(at, at + 6)])
        self.assertIn("<mark>needle</mark>", brief)
        self.assertNotIn("start", brief)
        self.assertLess(len(brief), printed_text.BRIEF + 100)
