"""An edited text keeps its quotes, turns and notes, or marks them lost; no decision is lost."""

from django.test import TestCase

from articles.models import Article, Note, Quote, QuoteDocument
from articles.operations.integrity import faults
from articles.revisions import EditedMeanwhile, change_text
from tests.factories import make_article, make_quote, make_speaker, make_turn

BODY = (
    "The river rose.\n\n“We had the cows out,” said Osric Pell. “The siren was for the television.”\n\n"
    "Q: Why?\n\nA: Nobody asked me. [laughs] So I stayed.\n\nIt rained again in the evening."
)


class EditTests(TestCase):
    def setUp(self):
        self.article = make_article(body=BODY, captions=("“Mine,” says Pell.",))
        self.pell = make_speaker("Osric Pell")
        self.quote = make_quote(
            self.article, "We had the cows out,", "The siren was for the television.", speaker=self.pell
        )
        self.turn = make_turn(self.article, "Nobody asked me. [laughs] So I stayed.", "answer")
        self.answer = make_quote(
            self.article, "Nobody asked me.", "So I stayed.", kind="answer", turn=self.turn
        )
        at = BODY.index("[laughs]")
        self.note = Note.objects.create(article=self.article, start=at, end=at + 8)

    def edit(self, old, new):
        self.assertIn(old, self.article.body)
        return change_text(self.article, body=self.article.body.replace(old, new))

    def whole(self, row):
        row.refresh_from_db()
        return self.article.body[row.start : row.end]

    def tearDown(self):
        self.assertEqual(list(faults()), [])

    def test_all_that_stands_behind_an_edit_moves_with_its_words(self):
        changes = self.edit("The river rose.", "Tarrin, Friday: the river rose a foot.")
        self.assertEqual((changes.moved, changes.lost), ([self.quote.pk, self.answer.pk], []))
        self.quote.refresh_from_db()
        self.assertEqual(
            [self.article.body[a:b] for a, b in self.quote.spans], self.quote.text.split(" […] ")
        )
        self.assertEqual(self.whole(self.note), "[laughs]")
        self.assertEqual(self.whole(self.turn), "Nobody asked me. [laughs] So I stayed.")
        self.assertEqual(self.article.version, 2)

    def test_the_context_is_of_the_new_text(self):
        self.edit("The river rose.", "The river fell.")
        self.quote.refresh_from_db()
        self.assertEqual(self.quote.prefix, "The river fell.\n\n“")

    def test_a_quote_whose_words_were_changed_is_lost_and_keeps_all_else(self):
        changes = self.edit("The siren was", "The siren is")
        self.assertEqual(changes.lost, [self.quote.pk])
        self.quote.refresh_from_db()
        self.assertEqual((self.quote.start, self.quote.end, self.quote.spans), (None, None, []))
        self.assertIsNotNone(self.quote.lost_at)
        self.assertEqual((self.quote.speaker, self.quote.status), (self.pell, "accepted"))
        self.assertEqual(self.quote.text, "We had the cows out, […] The siren was for the television.")
        self.assertTrue(QuoteDocument.objects.filter(quote=self.quote).exists())

    def test_an_edit_taken_back_brings_a_lost_quote_back(self):
        self.edit("The siren was", "The siren is")
        changes = self.edit("The siren is", "The siren was")
        self.assertEqual(changes.found, [self.quote.pk])
        self.quote.refresh_from_db()
        self.assertIsNone(self.quote.lost_at)
        self.assertEqual(
            [self.article.body[a:b] for a, b in self.quote.spans], self.quote.text.split(" […] ")
        )

    def test_a_turn_lives_on_around_a_change_within_it(self):
        changes = self.edit("So I stayed.", "So I am still here.")
        self.assertEqual((changes.lost, changes.turns_gone), ([self.answer.pk], []))
        self.assertEqual(self.whole(self.turn), "Nobody asked me. [laughs] So I am still here.")

    def test_an_answer_outlives_the_turn_that_was_cut(self):
        changes = self.edit("A: Nobody asked me. [laughs] So I stayed.\n\n", "")
        self.assertEqual(changes.turns_gone, [self.turn.pk])
        self.assertEqual(changes.notes_gone, [self.note.pk])
        self.answer.refresh_from_db()
        self.assertEqual(
            (self.answer.turn, self.answer.kind, self.answer.status), (None, "answer", "accepted")
        )
        self.assertIsNotNone(self.answer.lost_at)

    def test_captions_and_headlines_are_followed_too(self):
        image = self.article.images.get()
        quote = make_quote(self.article, "Mine,", part="caption", image=image)
        change_text(self.article, captions={image.pk: "At the gate: “Mine,” says Pell."})
        quote.refresh_from_db()
        image.refresh_from_db()
        self.assertEqual([image.caption[a:b] for a, b in quote.spans], ["Mine,"])

    def test_the_new_text_is_brought_into_its_normal_form(self):
        change_text(
            self.article, body=BODY.replace("\n\n", "\r\n\r\n\r\n") + "\r\n", headline="  Two   blanks "
        )
        self.assertEqual((self.article.body, self.article.headline), (BODY, "Two blanks"))

    def test_nothing_is_saved_over_a_version_that_was_not_seen(self):
        stale = Article.objects.get(pk=self.article.pk)
        self.edit("It rained", "It snowed")
        with self.assertRaises(EditedMeanwhile):
            change_text(stale, body="All gone.")
        self.assertIn("It snowed", Article.objects.get(pk=self.article.pk).body)

    def test_everything_cut_loses_every_quote_and_deletes_none(self):
        change_text(self.article, body="A new text altogether.")
        self.assertEqual(Quote.objects.filter(lost_at__isnull=False).count(), 2)
