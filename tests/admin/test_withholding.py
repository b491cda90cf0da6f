"""Withholding articles: reason, review date, and nothing of either for readers."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from articles.admin.queue.withholding import EDITED_MEANWHILE
from articles.models import Article
from articles.revisions.recent_changes import recent_changes
from articles.revisions.undo import revert
from tests.admin.desk import (
    confirmed,
    fields_of,
    log_in,
    make_draft,
    make_user,
    open_form,
    post_confirmed,
    review_url,
    send,
)
from tests.factories import make_article, make_quote

REASON = "The family of Osric Pell asks for time."


class WithholdingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("editor")
        cls.article = make_article(headline="Gates of Corran")
        cls.today = timezone.localdate()

    def setUp(self):
        self.client = log_in(self.editor)
        self.url = reverse("admin:desk-withhold", args=[self.article.pk])
        self.listed = reverse("admin:desk-withheld")

    def withhold(self, article=None, **fields):
        article = article or self.article
        version = Article.objects.get(pk=article.pk).version
        fields = {"reason": REASON, "review_on": "", "version": version, **fields}
        return post_confirmed(self.client, reverse("admin:desk-withhold", args=[article.pk]), fields)

    def stored(self):
        return Article.objects.get(pk=self.article.pk)

    def test_it_needs_a_reason_and_keeps_the_day_on_which_it_is_looked_at_again(self):
        day = self.today + dt.timedelta(days=30)
        self.assertContains(self.withhold(reason="   "), "Enter a reason.")
        self.assertEqual(self.stored().status, "usable")
        page = self.withhold(review_on=day.isoformat())
        self.assertRedirects(page, self.listed)
        stored = self.stored()
        self.assertEqual((stored.status, stored.withheld_reason, stored.review_on), ("withheld", REASON, day))
        self.assertContains(page, REASON)
        self.assertContains(self.client.get(review_url(stored)), REASON)
        history = self.client.get(reverse("admin:articles_article_history", args=[stored.pk]))
        self.assertContains(history, REASON)

    def test_it_is_asked_first_with_what_readers_lose_and_what_undo_does(self):
        make_quote(self.article, self.article.body.split(".")[0])
        fields = {"reason": REASON, "review_on": "", "version": self.stored().version}
        page = self.client.post(self.url, fields)
        self.assertContains(page, "1 article and 1 quote in it are hidden from readers")
        self.assertContains(page, "Undo shows the article to readers again.")
        self.assertEqual(self.stored().status, "usable")
        self.client.post(self.url, fields_of(page.content.decode(), "confirm"))
        self.assertEqual((self.stored().status, self.stored().withheld_reason), ("withheld", REASON))

    def test_without_a_reason_the_review_page_keeps_the_day_and_everything_else_typed(self):
        day = (self.today + dt.timedelta(days=30)).isoformat()
        typed = {
            **open_form(self.client, self.article),
            "withhold-review_on": day,
            "byline": "By Imke Farrow",
        }
        page = send(self.client, self.article, typed, "withhold")
        self.assertContains(page, "Enter a reason.")
        self.assertContains(page, '<a href="#id_withhold-reason">')
        again = fields_of(page.content.decode())
        self.assertEqual((again["withhold-review_on"], again["byline"]), (day, "By Imke Farrow"))
        # The first question is about the byline.
        asked = send(self.client, self.article, {**again, "withhold-reason": REASON}, "withhold")
        confirmed(self.client, asked)
        self.assertEqual((self.stored().status, str(self.stored().review_on)), ("withheld", day))
        self.assertEqual(open_form(self.client, self.article)["withhold-reason"], REASON)

    def test_a_day_that_is_none_has_passed_or_is_far_away_is_told_beside_the_field(self):
        for day, said in (
            ("soon", "Enter a valid date."),
            ((self.today - dt.timedelta(days=1)).isoformat(), "Choose today or a later date."),
            ("9999-12-31", "Choose a date within ten years."),
            ("0001-01-01", "Choose today or a later date."),
        ):
            page = self.withhold(review_on=day)
            with self.subTest(day=day):
                self.assertContains(page, said)
                self.assertContains(page, REASON)
        self.assertEqual(self.stored().status, "usable")

    def test_readers_learn_neither_that_it_is_withheld_nor_why(self):
        address = self.article.get_absolute_url()
        self.withhold()
        for url in (address, f"{address}?format=json", reverse("articles:search") + "?q=Corran"):
            answer = self.client.get(url)
            self.assertNotIn("family", answer.content.decode())
        self.assertEqual(self.client.get(address).status_code, 404)

    def test_the_tab_of_what_is_withheld_opens_as_many_as_it_counts(self):
        self.withhold(review_on=str(self.today + dt.timedelta(days=1)))
        other = make_article(headline="Another")
        self.withhold(other)
        Article.objects.filter(pk=self.article.pk).update(review_on=self.today)
        tab = self.client.get(reverse("admin:desk")).context["tabs"][-1]
        self.assertIn("1 review due", tab.label)
        self.assertEqual(tab.number, len(self.client.get(tab.url).context["rows"]))

    def test_what_is_due_stands_on_the_desk_and_first_in_the_list(self):
        later, undated = make_article(headline="Later"), make_article(headline="Undated")
        self.withhold(undated)
        self.withhold(later, review_on=(self.today + dt.timedelta(days=9)).isoformat())
        self.withhold(review_on=self.today.isoformat())
        rows = [(one.headline, who) for one, who in self.client.get(self.listed).context["rows"]]
        self.assertEqual(
            rows, [("Gates of Corran", self.editor), ("Later", self.editor), ("Undated", self.editor)]
        )
        due = self.client.get(self.listed, {"what": "due"})
        self.assertEqual([one.headline for one, _ in due.context["rows"]], ["Gates of Corran"])
        self.assertContains(self.client.get(reverse("admin:desk")), "Withheld (1 review due)")
        self.assertEqual(self.client.get(self.listed, {"page": "9"}).status_code, 404)

    def test_the_list_asks_the_same_number_of_questions_however_long_it_is(self):
        self.withhold()
        with self.assertNumQueries(11):
            self.client.get(self.listed)
        for number in range(5):
            self.withhold(make_article(headline=f"Number {number}"))
        self.client.get(self.listed)
        with self.assertNumQueries(11):
            self.client.get(self.listed)

    def test_published_again_it_has_no_reason_left_and_the_history_keeps_it(self):
        self.withhold(review_on=self.today.isoformat())
        send(self.client, self.article, open_form(self.client, self.article), "publish")
        stored = self.stored()
        self.assertEqual((stored.status, stored.withheld_reason, stored.review_on), ("usable", "", None))
        self.assertTrue(stored.events.filter(withheld_reason=REASON).exists())

    def test_undo_restores_the_status_and_a_changed_reason(self):
        self.withhold()
        self.withhold(reason="Another.")
        revert(recent_changes()[0].pk)
        self.assertEqual(self.stored().withheld_reason, REASON)
        revert(recent_changes()[1].pk)
        stored = self.stored()
        self.assertEqual((stored.status, stored.withheld_reason), ("usable", ""))

    def test_a_tab_that_asks_to_publish_does_not_withhold_what_another_tab_asks(self):
        Article.objects.filter(pk=self.article.pk).update(status="draft")
        asked = []
        for act in ("publish", "withhold"):
            fields = open_form(self.client, self.article) | {"withhold-reason": "Legal", "do": act}
            asked.append(self.client.post(review_url(self.article), fields, follow=True))
        published, withheld = (fields_of(page.content.decode(), "confirm") for page in asked)
        url = asked[0].wsgi_request.path
        page = self.client.post(url, published, follow=True)
        self.assertContains(page, "Nothing was done: another tab asks about this article.")
        self.assertEqual(Article.objects.get(pk=self.article.pk).status, "draft")
        self.client.post(url, withheld)
        self.assertEqual(Article.objects.get(pk=self.article.pk).status, "withheld")

    def test_two_tabs_may_ask_about_two_articles(self):
        other = make_article(headline="Another")
        asked = []
        for one in (self.article, other):
            fields = open_form(self.client, one) | {"withhold-reason": "Legal", "do": "withhold"}
            asked.append(self.client.post(review_url(one), fields, follow=True))
        for page in asked:
            self.client.post(page.wsgi_request.path, fields_of(page.content.decode(), "confirm"))
        self.assertEqual(Article.objects.filter(status="withheld").count(), 2)

    def test_what_somebody_else_saved_meanwhile_is_not_withheld_over(self):
        version = self.article.version
        Article.objects.filter(pk=self.article.pk).update(version=version + 1, kicker="New")
        page = self.withhold(version=version)
        self.assertContains(page, EDITED_MEANWHILE)
        self.assertContains(page, REASON)
        self.assertEqual(self.stored().status, "usable")

    def test_articles_chosen_in_the_table_are_asked_for_one_reason_first(self):
        other = make_draft(headline="Another")
        table = reverse("admin:articles_article_changelist")
        chosen = {"action": "withhold_selected", "_selected_action": [self.article.pk, other.pk]}
        page = self.client.post(table, chosen)
        self.assertContains(page, "2 articles")
        self.assertContains(page, "Gates of Corran")
        self.assertEqual(self.stored().status, "usable")
        self.assertContains(self.client.post(table, {**chosen, "sure": "2"}), "Enter a reason.")
        self.client.post(table, {**chosen, "sure": "2", "reason": REASON, "review_on": "2999-01-01"})
        self.assertEqual(self.stored().status, "usable")
        self.client.post(table, {**chosen, "sure": "2", "reason": REASON})
        self.assertEqual(
            set(Article.objects.values_list("status", "withheld_reason")), {("withheld", REASON)}
        )

    def test_all_articles_of_a_filtered_list_are_withheld_and_no_others(self):
        make_article(headline="Of another paper", publication="Corran Post")
        table = reverse("admin:articles_article_changelist")
        url = f"{table}?publication__id__exact={self.article.publication_id}"
        chosen = {"action": "withhold_selected", "_selected_action": [self.article.pk], "select_across": "1"}
        page = self.client.post(url, chosen)
        self.assertContains(page, 'name="select_across" value="1"')
        self.client.post(url, {**chosen, "sure": "1", "reason": REASON})
        self.assertEqual(Article.objects.get(status="withheld"), self.article)
        self.assertEqual(Article.objects.count(), 2)

    def test_what_was_discarded_is_not_withheld(self):
        gone = make_article(status="canceled")
        self.assertContains(self.withhold(gone), "cannot be withheld: it was discarded.")
        gone.refresh_from_db()
        self.assertEqual(gone.status, "canceled")

    def test_the_database_keeps_no_reason_for_what_is_not_withheld(self):
        with self.assertRaises(IntegrityError), transaction.atomic():
            Article.objects.filter(pk=self.article.pk).update(withheld_reason="For no reason")
