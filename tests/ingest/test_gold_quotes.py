"""Gold quotes, given by their first and last words, decide the quotes of an article."""

from django.contrib.auth import get_user_model
from django.test import TestCase

from articles.models import Image, Quote
from articles.operations.gold_quotes import (
    WordsNotFound,
    apply_gold_quotes,
    gold_quotes_in,
    mark_notes,
)
from tests.factories import make_article, make_quote, make_speaker, make_turn

FLOOD = "“We had the cows out,” said Osric Pell. “The siren was for the television.” He called it “late”."
TALK = "Imke Farrow: Did you sleep?\n\nHedda Brask: In instalments. [She laughs.] You wake.\n\nShe leaves."


class Findings(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.pell = make_speaker("Osric Pell")
        cls.brask = make_speaker("Hedda Brask")
        cls.farrow = make_speaker("Imke Farrow")
        cls.people = {person.name: person for person in (cls.pell, cls.brask, cls.farrow)}
        cls.editor = get_user_model().objects.create_user("editor")

    def read(self, article, *listed):
        apply_gold_quotes(article, gold_quotes_in(article, listed, self.people), by=self.editor)
        article.refresh_from_db()
        return list(article.quotes.filter(status="accepted").order_by("position"))

    def finding(self, *words, speaker="Osric Pell", kind="direct", **more):
        return {"kind": kind, "speaker": speaker, "words": list(words), **more}

    def test_a_proposal_in_the_same_words_is_confirmed_and_keeps_what_found_it(self):
        article = make_article(body=FLOOD)
        proposed = make_quote(
            article,
            "We had the cows out,",
            "The siren was for the television.",
            status="pending",
            rule="tail",
        )
        (quote,) = self.read(
            article, self.finding(["We had the", "cows out,"], ["The siren was for the television."])
        )
        self.assertEqual((quote.pk, quote.rule, quote.speaker), (proposed.pk, "tail", self.pell))
        self.assertEqual((quote.standing, quote.decided_by), ("confirmed", self.editor))

    def test_marks_and_blanks_at_the_ends_make_no_difference(self):
        article = make_article(body=FLOOD)
        proposed = make_quote(article, "“We had the cows out,” ", status="pending")
        self.assertEqual(self.read(article, self.finding(["We had the cows out,"]))[0].pk, proposed.pk)

    def test_a_proposal_that_shares_words_is_corrected_to_the_right_ones(self):
        article = make_article(body=FLOOD)
        proposed = make_quote(article, "We had the cows out,” said Osric Pell", status="pending", rule="tail")
        (quote,) = self.read(
            article, self.finding(["We had the cows out,"], ["The siren was", "the television."])
        )
        self.assertEqual(quote.pk, proposed.pk)
        self.assertEqual(quote.text, "We had the cows out, […] The siren was for the television.")
        self.assertEqual(FLOOD[quote.start : quote.end][:1] + FLOOD[quote.start : quote.end][-1:], "“”")

    def test_a_quote_that_was_not_proposed_is_added(self):
        article = make_article(body=FLOOD)
        (quote,) = self.read(article, self.finding(["late"], kind="mixed", source="He"))
        self.assertEqual((quote.text, quote.kind, quote.source, quote.rule), ("late", "mixed", "He", ""))

    def test_a_proposal_that_the_person_did_not_find_is_rejected(self):
        article = make_article(body=FLOOD)
        proposed = make_quote(article, "late", status="pending")
        self.read(article, self.finding(["We had the cows out,"]))
        proposed.refresh_from_db()
        self.assertEqual((proposed.status, proposed.decided_by), ("rejected", self.editor))
        self.assertEqual(article.quotes_state, "read")

    def test_what_a_rule_had_accepted_becomes_read_by_a_person(self):
        article = make_article(body=FLOOD)
        make_quote(article, "late", decided_through="batch")
        (quote,) = self.read(article, self.finding(["late"], kind="mixed"))
        self.assertEqual(quote.checked, "person")

    def test_equal_words_are_taken_in_the_order_in_which_they_stand(self):
        article = make_article(headline="“No”", body="“No,” said Pell. “No, no,” said Brask.")
        quotes = self.read(
            article,
            self.finding(["No"], part="headline"),
            self.finding(["No,"]),
            self.finding(["No, no,"], speaker="Hedda Brask"),
        )
        self.assertEqual(
            [(quote.part, quote.start) for quote in quotes], [("headline", 0), ("body", 0), ("body", 17)]
        )

    def test_a_finding_in_a_caption_is_of_its_picture(self):
        article = make_article(body=FLOOD, captions=("The yard.", "“All out,” said Mr Pell."))
        (quote,) = self.read(article, self.finding(["All out,"], part="caption", image=1))
        self.assertEqual(quote.image, Image.objects.get(caption__startswith="“All"))

    def test_an_answer_that_was_taken_too_far_ends_with_its_turn(self):
        article = make_article(body=TALK)
        turn = make_turn(article, "In instalments. [She laughs.] You wake.\n\nShe leaves.", "answer")
        make_quote(article, "In instalments. [She laughs.] You wake.\n\nShe leaves.",
                   kind="answer", turn=turn, status="pending")  # fmt: skip
        answer = self.finding(["In instalments."], ["You wake."], speaker="Hedda Brask", kind="answer")
        (quote,) = self.read(article, answer)
        self.assertEqual(quote.text, "In instalments. […] You wake.")
        self.assertEqual(TALK[quote.turn.start : quote.turn.end], "In instalments. [She laughs.] You wake.")

    def test_turns_that_were_not_proposed_are_made_and_stand_in_order(self):
        article = make_article(body=TALK)
        question, answer = self.read(
            article,
            self.finding(["Did you sleep?"], speaker="Imke Farrow", kind="question", source="Imke Farrow"),
            self.finding(["In instalments."], ["You wake."], speaker="Hedda Brask", kind="answer"),
        )
        turns = [(turn.role, turn.position, turn.labelled) for turn in article.turns.order_by("position")]
        self.assertEqual(turns, [("question", 0, True), ("answer", 1, False)])
        self.assertEqual((question.turn.speaker, answer.turn.speaker), (self.farrow, self.brask))

    def test_a_turn_without_a_finding_is_narration(self):
        article = make_article(body=TALK)
        make_turn(article, "She leaves.", "answer")
        self.read(article, self.finding(["Did you sleep?"], speaker="Imke Farrow", kind="question"))
        self.assertEqual(article.turns.last().role, "narration")

    def test_anothers_words_within_a_quote_stand_inside_it(self):
        article = make_article(body="“She said, ‘Who is it visiting?’” said Mr Pell.")
        outer, inner = self.read(
            article,
            self.finding(["She said,"]),
            self.finding(["Who is it visiting?"], speaker="Hedda Brask", source="She"),
        )
        self.assertEqual((outer.start, outer.end), (0, article.body.index(" said Mr Pell")))
        self.assertEqual((inner.inside, outer.inside), (outer, None))

    def test_words_that_do_not_stand_in_the_article_are_told(self):
        article = make_article(body=FLOOD)
        with self.assertRaisesMessage(WordsNotFound, "We had the sheep out"):
            self.read(article, self.finding(["We had the sheep out"]))
        with self.assertRaisesMessage(WordsNotFound, "[No.]"):
            mark_notes(article, ["[No.]"])

    def test_a_note_is_marked_once(self):
        article = make_article(body=TALK)
        mark_notes(article, ["[She laughs.]"])
        mark_notes(article, ["[She laughs.]"])
        note = article.notes.get()
        self.assertEqual(TALK[note.start : note.end], "[She laughs.]")

    def test_a_wrongly_credited_quote_keeps_the_standing_given(self):
        article = make_article(body=FLOOD)
        (quote,) = self.read(
            article, self.finding(["late"], kind="mixed", standing="corrected", credited_to="Hedda Brask")
        )
        self.assertEqual((quote.standing, quote.credited_to), (Quote.Standing.CORRECTED, self.brask))
