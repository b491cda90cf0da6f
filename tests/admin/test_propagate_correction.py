"""A corrected speaker: similar errors are suggested, and only changed when an editor says so."""

import datetime as dt

from django.test import TestCase
from django.urls import reverse

from articles import reader_reports
from articles.models import Article, Quote, Turn
from articles.revisions.recent_changes import recent_changes
from articles.revisions.undo import revert
from articles.speakers.correction_propagation import similar_errors
from tests.admin.desk import log_in, make_user, open_form, post_confirmed, send
from tests.factories import make_article, make_quote, make_speaker, make_turn

BODY = "“The gate was open,” said Jones. “It was open all night,” he said."


class SimilarErrorsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("editor")
        cls.wrong, cls.right = make_speaker("Tom Jones"), make_speaker("Ivor Jones")
        cls.article = make_article(headline="The gate", body=BODY)
        cls.quote = cls.say(cls.article)
        cls.same_article = cls.say(cls.article, "It was open all night,")
        cls.year_on = cls.say(
            make_article(headline="A year on", body=f"A. {BODY}", published_on=dt.date(2020, 5, 28))
        )
        cls.copy = cls.say(
            make_article(
                headline="Taken over", body=f"B. {BODY}", publication="Corran Post", copy_of=cls.article
            )
        )
        cls.same_text = cls.say(make_article(headline="Not told yet", body=BODY, publication="Weir Leaf"))
        # Quotes that must not be suggested, each for one reason.
        cls.later = cls.say(make_article(body=f"C. {BODY}", published_on=dt.date(2021, 5, 30)))
        cls.elsewhere = cls.say(make_article(body=f"D. {BODY}", publication="Corran Post"))
        cls.other_name = cls.say(
            make_article(body=f"E. {BODY}"), source="Tom Jones", name_as_printed="Tom Jones"
        )
        cls.rejected = cls.say(make_article(body=f"F. {BODY}"), status="rejected")
        cls.another = cls.say(make_article(body=f"G. {BODY}"), speaker=make_speaker("Ada Jones"))

    @classmethod
    def say(cls, article, words="The gate was open,", **fields):
        fields = {"source": "Jones", "name_as_printed": "Jones", "speaker": cls.wrong, **fields}
        return make_quote(article, words, **fields)

    def setUp(self):
        self.client = log_in(self.editor)
        self.url = reverse("admin:propagate-correction", args=[self.quote.pk])

    def correct(self):
        fields = open_form(self.client, self.article)
        fields |= {f"s-{self.quote.pk}": "Ivor Jones", f"k-{self.quote.pk}": "named"}
        return self.client.get(send(self.client, self.article, fields).url)

    def speakers(self):
        return dict(Quote.objects.values_list("pk", "speaker__name"))

    def test_a_correction_at_the_desk_offers_what_is_wrong_in_the_same_way_and_changes_nothing(self):
        before = self.speakers()
        page = self.correct()
        self.assertContains(page, f'was attributed to Tom Jones, like 4 similar quotes. <a href="{self.url}"')
        self.assertEqual(self.speakers(), {**before, self.quote.pk: "Ivor Jones"})
        shown = self.client.get(self.url)
        self.assertContains(shown, "A year on")
        found = shown.context["found"]
        self.assertEqual(found.same_name, [self.same_article, self.year_on])
        self.assertEqual(found.in_copies, [self.copy, self.same_text])

    def test_one_decision_corrects_those_ticked_and_is_undone_as_one(self):
        self.correct()
        before = list(Quote.objects.order_by("pk").values())
        versions = dict(Article.objects.values_list("pk", "version"))
        chosen = [self.year_on.pk, self.copy.pk, self.later.pk]
        page = self.client.post(self.url, {"quote": chosen}, follow=True)
        self.assertContains(page, "2 quotes corrected.")
        now = self.speakers()
        self.assertEqual([now[pk] for pk in chosen], ["Ivor Jones", "Ivor Jones", "Tom Jones"])
        self.assertEqual(Quote.objects.get(pk=self.copy.pk).standing, "corrected")
        self.assertGreater(
            Article.objects.get(pk=self.copy.article_id).version, versions[self.copy.article_id]
        )
        self.assertEqual(
            recent_changes()[0].what,
            f"Changed the speaker of 2 quotes from Tom Jones to Ivor Jones, as for “{self.quote}”",
        )
        between = Article.objects.get(pk=self.copy.article_id).version
        self.assertEqual(revert(recent_changes()[0].pk).left, [])
        self.assertEqual(list(Quote.objects.order_by("pk").values()), before)
        self.assertGreater(Article.objects.get(pk=self.copy.article_id).version, between)

    def test_what_somebody_has_decided_otherwise_meanwhile_is_left(self):
        self.correct()
        Quote.objects.filter(pk=self.year_on.pk).update(speaker=make_speaker("Ena Jones"))
        page = self.client.post(self.url, {"quote": [self.year_on.pk]}, follow=True)
        self.assertContains(page, "None of the selected quotes still has the wrong speaker.")
        self.assertEqual(self.speakers()[self.year_on.pk], "Ena Jones")

    def test_a_turn_goes_with_its_answer(self):
        body = "Was it open?\n\nIt was open."
        article = make_article(body=body)
        turn = make_turn(article, "It was open.", "answer", speaker=self.wrong)
        answer = self.say(article, "It was open.", kind="answer", turn=turn)
        self.correct()
        self.client.post(self.url, {"quote": [answer.pk]})
        self.assertEqual(Turn.objects.get(pk=turn.pk).speaker, self.right)

    def test_a_correction_in_the_table_of_quotes_offers_them_too(self):
        url = reverse("admin:articles_quote_change", args=[self.quote.pk])
        form = self.client.get(url).context["adminform"].form
        fields = {name: form.initial.get(name) or "" for name in form.fields}
        page = post_confirmed(self.client, url, {**fields, "speaker": self.right.pk})
        self.assertContains(page, self.url)

    def test_the_papers_own_mistake_is_laid_to_the_paper_in_its_copies_as_well(self):
        token = reader_reports.receive(self.quote, "speaker", "", reader_reports.new_token())
        report = reader_reports.found_by(token)
        url = reverse("admin:desk-report", args=[report.pk])
        seen = self.client.get(url).context["form"].now
        fields = {"outcome": "the paper's", "reason": "It was Ivor.", "speaker": "Ivor Jones", "who": "named"}
        page = post_confirmed(self.client, url, {**fields, "seen": seen})
        self.assertContains(page, self.url)
        self.client.post(self.url, {"quote": [self.copy.pk]})
        copy = Quote.objects.get(pk=self.copy.pk)
        self.assertEqual(
            (copy.standing, copy.credited_to, copy.speaker), ("misattributed", self.wrong, self.right)
        )

    def test_a_refused_report_offers_nothing(self):
        token = reader_reports.receive(self.quote, "speaker", "", reader_reports.new_token())
        url = reverse("admin:desk-report", args=[reader_reports.found_by(token).pk])
        seen = self.client.get(url).context["form"].now
        page = self.client.post(
            url, {"outcome": "refused", "reason": "So printed.", "seen": seen}, follow=True
        )
        self.assertNotContains(page, "Check them")

    def test_a_quote_whose_speaker_was_never_another_has_nothing_like_it(self):
        self.assertIsNone(similar_errors(self.quote))
        self.assertContains(self.client.get(self.url), "No other quotes have the same wrong speaker.")
        self.assertEqual(self.client.get(reverse("admin:propagate-correction", args=[0])).status_code, 404)

    def test_a_description_that_no_name_is_printed_for_is_never_taken_for_another(self):
        bare = self.say(make_article(body=f"H. {BODY}"), source="", name_as_printed="")
        self.say(make_article(body=f"I. {BODY}"), source="", name_as_printed="")
        Quote.objects.filter(pk=bare.pk).update(speaker=self.right)
        self.assertIsNone(similar_errors(Quote.objects.get(pk=bare.pk)))

    def test_a_name_taken_away_from_a_speaker_is_offered_for_nobody_by_name(self):
        Quote.objects.filter(pk=self.quote.pk).update(speaker=None)
        self.assertContains(self.client.get(self.url), "Change selected quotes to “speaker unknown”")
        self.client.post(self.url, {"quote": [self.year_on.pk]})
        self.assertIsNone(Quote.objects.get(pk=self.year_on.pk).speaker)

    def test_the_page_asks_the_same_number_of_questions_however_many_there_are(self):
        self.correct()
        self.client.get(self.url)
        with self.assertNumQueries(12):
            self.client.get(self.url)
