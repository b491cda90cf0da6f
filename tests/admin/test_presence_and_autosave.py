"""Who has an article open, taking it over, and autosave."""

import datetime as dt
import json

from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from articles.models import ImportBatch, OpenArticle, Quote, Unsaved
from tests.admin.desk import log_in, make_draft, make_user, open_form, propose, review_url, send
from tests.factories import make_article


class DeskCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.gwen, cls.tomas = make_user("editor", "gwen"), make_user("editor", "tomas")
        cls.article = make_draft()
        cls.first, cls.second = propose(cls.article)

    def setUp(self):
        self.hers, self.his = log_in(self.gwen), log_in(self.tomas)

    def act(self, client, name, fields=None):
        return client.post(reverse(f"admin:{name}", args=[self.article.pk]), fields or {}, follow=True)

    def long_gone(self):
        OpenArticle.objects.update(seen_at=timezone.now() - dt.timedelta(hours=1))


class OpenTests(DeskCase):
    def test_the_second_is_told_who_has_it(self):
        self.hers.get(review_url(self.article))
        self.assertContains(self.his.get(review_url(self.article)), "gwen has had this article open since")
        self.assertNotContains(self.hers.get(review_url(self.article)), "has had this article open")

    def test_the_queue_shows_it(self):
        self.hers.get(review_url(self.article))
        self.assertContains(self.his.get(reverse("admin:desk")), "Being edited by gwen since <time")

    def test_it_is_taken_over(self):
        self.hers.get(review_url(self.article))
        self.act(self.his, "desk-take-over")
        self.assertEqual(OpenArticle.objects.get().user, self.tomas)
        self.assertContains(self.hers.get(review_url(self.article)), "tomas has had this article open since")

    def test_who_is_gone_is_gone(self):
        self.hers.get(review_url(self.article))
        self.long_gone()
        self.assertNotContains(self.his.get(review_url(self.article)), "has had this article open")
        self.assertEqual(OpenArticle.objects.get().user, self.tomas)

    def test_saving_keeps_it_fresh_and_leaving_gives_it_free(self):
        fields = open_form(self.hers, self.article)
        OpenArticle.objects.update(seen_at=timezone.now() - dt.timedelta(minutes=14))
        send(self.hers, self.article, fields)
        self.assertGreater(OpenArticle.objects.get().seen_at, timezone.now() - dt.timedelta(minutes=1))
        send(self.hers, self.article, open_form(self.hers, self.article), "next")
        self.assertEqual(OpenArticle.objects.count(), 0)

    def test_next_waiting_leaves_out_what_another_has_open(self):
        held, free = make_draft(body="Held."), make_draft(body="Free.")
        self.his.get(review_url(held))
        response = send(self.hers, self.article, open_form(self.hers, self.article), "next")
        self.assertRedirects(response, review_url(free), fetch_redirect_response=False)


class QueueTabsTests(DeskCase):
    def tabs(self, **query):
        page = self.hers.get(reverse("admin:desk"), query)
        own = {tab.url: tab.number for tab in page.context["parts"]}
        return own, page.context["rows"]

    def test_today_earlier_and_each_import_are_tabs(self):
        self.article.raw_documents.create(bytes=b"x", media_type="text/plain")
        batch = ImportBatch.objects.create(source="articles.csv")
        imported = make_article(body="Imported.", import_batch=batch)
        imported.raw_documents.create(bytes=b"y", media_type="text/plain")
        make_draft(body="Of last week.")
        counts, rows = self.tabs(what=f"batch-{batch.pk}")
        self.assertEqual([row.article for row in rows], [imported])
        numbers = {"today": 2, "earlier": 1, "drafts": 2, "published": 1, f"batch-{batch.pk}": 1}
        self.assertEqual(counts, {f"?what={name}": number for name, number in numbers.items()})
        self.assertEqual([row.article for row in self.tabs(what="today")[1]], [self.article, imported])

    def test_articles_with_a_contested_speaker_come_first(self):
        make_draft(headline="The quay is dry")
        contested = make_draft(headline="The weir creaks")
        propose(contested)
        Quote.objects.filter(article=contested).update(rule="contested")
        page = self.hers.get(reverse("admin:desk")).content.decode()
        self.assertLess(page.index("The weir creaks"), page.index("The quay is dry"))
        fields = open_form(self.hers, self.article)
        followed = send(self.hers, self.article, fields, "next")
        self.assertEqual(followed.headers["Location"].split("#")[0], review_url(contested))

    def test_the_next_waiting_is_of_the_same_import(self):
        batch = ImportBatch.objects.create(source="articles.csv")
        here, there = (make_draft(body=f"Imported {n}.", import_batch=batch) for n in range(2))
        make_draft(body="Pasted.")
        response = send(self.hers, here, open_form(self.hers, here), "skip")
        self.assertRedirects(response, review_url(there), fetch_redirect_response=False)


class UnsavedTests(DeskCase):
    def type(self, **changes):
        fields = {**open_form(self.hers, self.article), **changes}
        return self.act(self.hers, "autosave", fields)

    def test_what_is_typed_is_kept_and_the_article_stays_as_it_is(self):
        answer = json.loads(self.type(kicker="Weirs").content)
        self.article.refresh_from_db()
        self.assertEqual((self.article.kicker, self.article.version, answer["taken_by"]), ("", 1, ""))
        self.assertEqual(Unsaved.objects.get().fields["kicker"], ["Weirs"])

    def test_it_is_offered_on_the_next_opening_with_what_differs(self):
        self.type(kicker="Weirs", **{f"d-{self.first.pk}": "reject"})
        page = self.hers.get(review_url(self.article))
        self.assertContains(page, "You have unsaved changes")
        self.assertContains(page, "<ins>Weirs</ins>", html=True)
        self.assertContains(page, "<ins>rejected</ins>; ")
        self.assertEqual(open_form(self.hers, self.article)["kicker"], "")

    def test_brought_back_it_stands_in_the_fields(self):
        self.type(kicker="Weirs")
        fields = open_form(self.hers, self.article, "?unsaved=1")
        self.assertEqual(fields["kicker"], "Weirs")
        send(self.hers, self.article, fields)
        self.article.refresh_from_db()
        self.assertEqual((self.article.kicker, Unsaved.objects.count()), ("Weirs", 0))

    def test_brought_back_after_another_saved_it_is_refused_with_the_difference(self):
        self.type(kicker="Weirs")
        send(self.his, self.article, {**open_form(self.his, self.article), "kicker": "Sluices"})
        fields = open_form(self.hers, self.article, "?unsaved=1")
        refused = send(self.hers, self.article, fields)
        self.assertContains(refused, "Another editor saved this article")
        self.assertContains(refused, 'value="Weirs"')

    def test_what_is_the_same_as_stored_is_not_offered(self):
        self.type()
        self.assertNotContains(self.hers.get(review_url(self.article)), "You have unsaved changes")

    def test_it_is_offered_to_nobody_else_and_thrown_away_at_a_press(self):
        self.type(kicker="Weirs")
        self.assertNotContains(self.his.get(review_url(self.article)), "You have unsaved changes")
        self.act(self.hers, "discard-autosave")
        self.assertEqual(Unsaved.objects.count(), 0)

    def test_it_tells_that_another_has_taken_the_article_over(self):
        fields = open_form(self.hers, self.article)
        self.act(self.his, "desk-take-over")
        answer = json.loads(self.act(self.hers, "autosave", fields).content)
        self.assertEqual((answer["taken_by"], answer["open_with"]), ("tomas", ""))

    def test_who_had_the_article_first_has_not_taken_it_over(self):
        self.his.get(review_url(self.article))
        answer = json.loads(self.act(self.hers, "autosave", open_form(self.hers, self.article)).content)
        self.assertEqual((answer["taken_by"], answer["open_with"]), ("", "tomas"))

    def test_who_opened_it_after_the_first_had_gone_has_not_taken_it_over(self):
        fields = open_form(self.hers, self.article)
        an_hour_ago = timezone.now() - dt.timedelta(hours=1)
        self.long_gone()
        self.his.get(review_url(self.article))
        fields["had-it"] = an_hour_ago.isoformat()
        answer = json.loads(self.act(self.hers, "autosave", fields).content)
        self.assertEqual((answer["taken_by"], answer["open_with"]), ("", "tomas"))

    def test_a_moment_that_cannot_be_read_is_no_fault(self):
        self.his.get(review_url(self.article))
        for moment in ("2026-13-45T00:00", "yesterday", "2026-01-01"):
            answer = json.loads(self.act(self.hers, "autosave", {"had-it": moment}).content)
            self.assertEqual(answer["open_with"], "tomas")

    def test_answers_that_cannot_be_read_are_kept_and_not_offered(self):
        self.type(quotes="no json", kicker="\0")
        self.assertNotContains(self.hers.get(review_url(self.article)), "You have unsaved changes")
        self.assertEqual(Quote.objects.pending().count(), 2)
