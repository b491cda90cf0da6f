"""The page of the random sample: editors judge quotes that they cannot choose."""

from django.test import TestCase
from django.urls import reverse

from articles.accuracy import sample
from articles.models import Judgement, Quote, SampledQuote
from tests.accuracy.test_sample import make_proposals
from tests.admin.desk import fields_of, log_in, make_user
from tests.factories import make_article, make_quote, make_speaker

URL = reverse("admin:desk-sample")


class RandomSampleTests(TestCase):
    def setUp(self):
        self.editor = make_user("editor")
        self.client = log_in(self.editor)
        body = "The gates are old.\n\nAda Okafor runs them.\n\n“Gate 1 is shut,” she said.\n\nIt rained."
        article = make_article(headline="Gates shut", body=body)
        self.quote = make_quote(
            article, "Gate 1 is shut,", speaker=make_speaker(), source="she", rule="tail", confidence=0.9
        )

    def send(self, act, **fields):
        return self.client.post(URL, {"do": act, **fields}, follow=True)

    def test_drawing_shows_the_first_quote_with_speaker_and_context(self):
        page = self.send("draw")
        self.assertContains(page, "1 quote drawn.")
        self.assertContains(page, "0 of 1 quote judged")
        self.assertContains(page, "<b>Ada Okafor</b>", html=True)
        self.assertContains(page, "Ada Okafor runs them.")
        self.assertContains(page, "It rained.")

    def test_opening_the_page_gives_no_quote_and_changes_nothing(self):
        sample.draw(by=self.editor)
        with self.assertNumQueries(10):
            page = self.client.get(URL)
        self.assertContains(page, "Judge the next quote")
        self.assertIsNone(SampledQuote.objects.get().given_to)

    def test_a_wrong_quote_is_recorded_and_leads_to_its_review_page(self):
        self.send("draw")
        page = self.send("speaker", sampled=SampledQuote.objects.get().pk)
        self.assertContains(page, "Saved: Wrong speaker.")
        review = f"{reverse('admin:desk-review', args=[self.quote.article_id])}?quote={self.quote.pk}"
        self.assertContains(page, f"{review}#p{self.quote.pk}")
        self.assertEqual(Judgement.objects.get().judged_by, self.editor)
        self.assertEqual(Quote.objects.get().speaker_corrected, False)

    def test_a_judgement_sent_twice_is_stored_once(self):
        self.send("draw")
        one = SampledQuote.objects.get()
        self.send("right", sampled=one.pk)
        self.assertContains(self.send("right", sampled=one.pk), "Not saved: this quote was judged already")
        self.assertEqual(Judgement.objects.count(), 1)

    def test_ones_own_judgement_is_shown_again_and_undone(self):
        self.send("draw")
        one = SampledQuote.objects.get()
        self.send("unclear", sampled=one.pk)
        judged = Judgement.objects.get()
        page = self.client.get(URL, {"judged": judged.pk})
        self.assertContains(page, "You judged: Cannot tell")
        page = self.send("undo", sampled=one.pk)
        self.assertContains(page, "Undone. Judge the quote again.")
        self.assertContains(page, 'data-key="1"')
        self.assertContains(self.send("undo", sampled=one.pk), "Not undone")

    def test_nobody_sees_or_undoes_the_judgement_of_another_editor(self):
        self.send("draw")
        one = SampledQuote.objects.get()
        self.send("right", sampled=one.pk)
        other = log_in(make_user("editor", "osric"))
        self.assertEqual(other.get(URL, {"judged": Judgement.objects.get().pk}).status_code, 404)
        other.post(URL, {"do": "undo", "sampled": one.pk})
        self.assertEqual(Judgement.objects.current().count(), 1)

    def test_unknown_acts_and_numbers_are_no_server_error(self):
        self.send("draw")
        for fields in ({}, {"do": "taken back"}, {"do": "accept"}):
            with self.subTest(fields):
                self.assertEqual(self.client.post(URL, fields).status_code, 404)
        for number in ("", "x", "9" * 30, "-1"):
            with self.subTest(number):
                self.assertContains(self.send("right", sampled=number), "Not saved")
                self.assertEqual(self.client.get(URL, {"judged": number or "0"}).status_code, 404)

    def test_a_reader_may_not_judge(self):
        self.assertEqual(log_in(make_user("reader")).get(URL).status_code, 403)

    def test_the_queue_and_the_statistics_of_rules_lead_to_it(self):
        for page in ("admin:desk", "admin:desk-rules"):
            with self.subTest(page):
                self.assertIn(f'href="{URL}"', self.client.get(reverse(page)).content.decode())

    def test_an_editor_judges_a_whole_draw_one_by_one(self):
        make_proposals(3)
        page = self.send("draw")
        for verdict in ("right", "speaker", "words", "no quote"):
            page = self.send(verdict, sampled=fields_of(page.content.decode(), "sample")["sampled"])
        self.assertContains(page, "4 of 4 quotes judged")
        self.assertContains(page, "Draw 100 quotes")
