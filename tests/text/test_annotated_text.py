"""A text with annotations becomes paragraphs of segments, and no character is lost."""

import re

from django.test import SimpleTestCase
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.text import annotated_text
from articles.text.annotated_text import (
    Layers,
    QuoteAnnotation,
    annotate_paragraphs,
    split_interview,
    with_marks,
)
from tests.sizes import size

TEXTS = st.text(st.sampled_from("ab “”.\n "), max_size=60)
SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=6).map(
    lambda pairs: [(start, start + length) for start, length in pairs]
)


def quote(number, *spans, **fields):
    return QuoteAnnotation(number, f"q{number}", f"/quotes/{number}/", spans, **fields)


def said(paragraphs):
    """The words of each quote, by number."""
    found = {}
    for paragraph in paragraphs:
        for segment in paragraph.segments:
            if segment.quote:
                found.setdefault(segment.quote.number, []).append(segment.text)
    return found


class ParagraphTests(SimpleTestCase):
    def test_a_blank_line_parts_paragraphs_and_a_single_line_break_stays(self):
        paragraphs = annotate_paragraphs("One\ntwo.\n\nThree.", Layers())
        self.assertEqual([p.text for p in paragraphs], ["One\ntwo.", "Three."])

    def test_own_words_are_the_speakers_and_all_else_the_reporters(self):
        text = "She said it was “a list” and no more."
        start = text.index("a list")
        (paragraph,) = annotate_paragraphs(text, Layers([quote(1, (start, start + 6))]))
        self.assertEqual(
            [(segment.text, segment.quote is not None) for segment in paragraph.segments],
            [("She said it was “", False), ("a list", True), ("” and no more.", False)],
        )

    def test_only_the_first_stretch_of_a_split_quote_bears_its_anchor(self):
        text = "A, she said. B."
        paragraphs = annotate_paragraphs(text, Layers([quote(1, (0, 2), (13, 15))]))
        firsts = [segment.first for p in paragraphs for segment in p.segments if segment.quote]
        self.assertEqual(firsts, [True, False])

    def test_an_anchor_given_in_one_go_is_not_given_again_in_the_next(self):
        seen: set[str] = set()
        layers = Layers([quote(1, (0, 9))])
        goes = [annotate_paragraphs("AAAA BBBB", layers, *span, seen=seen) for span in ((0, 4), (5, 9))]
        self.assertEqual([go[0].segments[0].first for go in goes], [True, False])

    def test_words_within_words_are_the_inner_speakers(self):
        text = "He told me: go away, and I went"
        paragraphs = annotate_paragraphs(text, Layers([quote(1, (0, len(text))), quote(2, (12, 19))]))
        self.assertEqual(said(paragraphs), {1: ["He told me: ", ", and I went"], 2: ["go away"]})

    def test_a_stretch_over_two_paragraphs_is_set_in_both(self):
        paragraphs = annotate_paragraphs("AA\n\nBB", Layers([quote(1, (0, 6))]))
        self.assertEqual(said(paragraphs), {1: ["AA", "BB"]})

    def test_words_searched_for_are_numbered_on_from_those_before(self):
        layers = Layers(hits=[(0, 3), (8, 11), (13, 16)], first_number=4, all_hits=6)
        found = annotate_paragraphs("dam and dam\n\ndam", layers)
        runs = [(run.text, run.number, run.last) for p in found for run in p.segments[0].runs if run.hit]
        self.assertEqual(runs, [("dam", 4, False), ("dam", 5, False), ("dam", 6, True)])

    def test_a_word_searched_for_that_is_cut_by_a_quote_has_its_number_once(self):
        (paragraph,) = annotate_paragraphs("abcd", Layers([quote(1, (0, 2))], hits=[(0, 4)]))
        runs = [(run.text, run.hit, run.number) for segment in paragraph.segments for run in segment.runs]
        self.assertEqual(runs, [("ab", True, 1), ("cd", True, 0)])

    @settings(max_examples=size(300, 20_000))
    @given(TEXTS, st.lists(SPANS, max_size=3), SPANS, SPANS, st.integers(0, 20))
    def test_no_character_is_lost_or_moved(self, text, quotes, asides, hits, dateline):
        layers = Layers(
            [quote(n, *spans) for n, spans in enumerate(quotes) if spans],
            asides,
            hits,
            dateline,
            relays=asides,
        )
        paragraphs = annotate_paragraphs(text, layers)
        self.assertEqual([p.text for p in paragraphs], [text[p.start : p.end] for p in paragraphs])
        kept = "".join(p.text for p in paragraphs)
        self.assertEqual(re.sub(r"\s", "", kept), re.sub(r"\s", "", text))


class MarkTests(SimpleTestCase):
    def test_own_words_are_shown_with_the_marks_printed_around_them(self):
        for text, inner, whole in (
            ("“We will,” he said.", "We will,", "“We will,”"),
            ("Sie sagte: „Nein“.", "Nein", "„Nein“"),
            ("Elle a dit « non » deux fois.", "non", "« non »"),
            ("So they said, and went.", "they said", "they said"),
            ("It was 'fine' then.", "fine", "'fine'"),
        ):
            with self.subTest(text):
                start = text.index(inner)
                ((s, e),) = with_marks(text, [(start, start + len(inner))])
                self.assertEqual(text[s:e], whole)


class InterviewTests(SimpleTestCase):
    BODY = "An opening.\n\nImke Farrow: How?\n\nHedda Brask: So.\n\nShe leaves."

    def stretches(self, body, *turns, **options):
        spans = [
            (body.index(words), body.index(words) + len(words), role, label) for words, role, label in turns
        ]
        return [(body[s.start : s.end], s.role, s.label) for s in split_interview(body, spans, **options)]

    def test_labels_leave_the_text_and_narration_stays(self):
        found = self.stretches(
            self.BODY, ("How?", "question", "Imke Farrow"), ("So.", "answer", "Hedda Brask")
        )
        self.assertEqual(
            found,
            [
                ("An opening.", "narration", ""),
                ("How?", "question", "Imke Farrow:"),
                ("So.", "answer", "Hedda Brask:"),
                ("She leaves.", "narration", ""),
            ],
        )

    def test_a_sentence_that_holds_the_name_is_no_label(self):
        body = "Then Brask laughed.\n\nSo."
        self.assertEqual(
            self.stretches(body, ("So.", "answer", "Brask")),
            [("Then Brask laughed.", "narration", ""), ("So.", "answer", "Brask")],
        )

    def test_a_label_on_a_line_of_its_own_leaves_the_text_too(self):
        body = "HEDDA BRASK\nSo."
        self.assertEqual(
            self.stretches(body, ("So.", "answer", "HEDDA BRASK")), [("So.", "answer", "HEDDA BRASK")]
        )

    def test_an_excerpt_ends_within_a_turn(self):
        found = self.stretches(self.BODY, ("How?", "question", "Imke Farrow"), end=28)
        self.assertEqual(found[-1], ("Ho", "question", "Imke Farrow:"))

    @settings(max_examples=size(300, 20_000))
    @given(TEXTS, st.lists(st.integers(0, 60), min_size=2, max_size=8, unique=True))
    def test_every_character_stands_in_one_stretch_or_label(self, text, points):
        points = sorted(min(point, len(text)) for point in points)
        spans = [(a, b, "answer", "") for a, b in zip(points[::2], points[1::2], strict=False) if a < b]
        shown = "".join(text[s.start : s.end] for s in split_interview(text, spans))
        self.assertEqual(re.sub(r"\s", "", shown), re.sub(r"\s", "", text))


class ExcerptTests(SimpleTestCase):
    def test_a_short_text_is_its_own_excerpt(self):
        self.assertEqual(annotated_text.excerpt_end("Short."), 6)

    def test_an_excerpt_ends_with_a_paragraph_where_one_ends_in_time(self):
        text = "A" * 300 + "\n\n" + "B" * 900
        self.assertEqual(text[: annotated_text.excerpt_end(text)], "A" * 300)

    def test_a_text_without_blanks_is_cut_at_the_length(self):
        self.assertEqual(annotated_text.excerpt_end("A" * 5000), annotated_text.EXCERPT)


class SentenceTests(SimpleTestCase):
    def test_the_sentence_before_is_the_last_of_the_paragraph_above(self):
        text = "One. Mr. J. Dorn came. “Two?” he asked.\n\nHere."
        self.assertEqual(annotated_text.sentence_before(text, text.index("Here")), "“Two?” he asked.")

    def test_the_sentence_after_is_the_first_of_what_follows(self):
        self.assertEqual(annotated_text.sentence_after("Here.\n\nNext one. And more.", 5), "Next one.")

    def test_there_is_none_before_the_beginning_or_after_the_end(self):
        self.assertEqual(annotated_text.sentence_before("Here.", 0), "")
        self.assertEqual(annotated_text.sentence_after("Here.", 5), "")
