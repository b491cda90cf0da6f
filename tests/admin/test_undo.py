"""Bulk changes are undone as a whole."""

from django.test import TestCase
from django.urls import reverse

from articles.models import Article, Quote
from articles.models.audit import change_group
from articles.revisions.recent_changes import recent_changes
from tests.admin.desk import log_in, make_draft, make_user, open_form, post_confirmed, propose, send
from tests.factories import make_article, make_publication, make_quote, make_speaker, make_topic


class TakingBackTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("editor")

    def setUp(self):
        self.client = log_in(self.editor)

    def take_back(self):
        return post_confirmed(self.client, reverse("admin:undo"), {"key": recent_changes()[0].pk})

    def test_an_article_published_by_mistake_is_withheld_for_readers_may_have_seen_it(self):
        article = make_draft(publication=make_publication(), extra={"undated": True})
        send(self.client, article, open_form(self.client, article), "publish")
        self.assertEqual(Article.objects.get().status, "usable")
        self.assertEqual(recent_changes()[0].what, f"Published {article}")
        self.take_back()
        self.assertEqual(Article.objects.get().status, "withheld")

    def test_undoing_what_readers_see_asks_first_with_the_number_of_articles(self):
        article = make_draft(publication=make_publication(), extra={"undated": True})
        send(self.client, article, open_form(self.client, article), "publish")
        page = self.client.post(reverse("admin:undo"), {"key": recent_changes()[0].pk})
        self.assertContains(page, "1 article is hidden from readers, who see “Page not found”.")
        self.assertEqual(Article.objects.get().status, "usable")

    def test_undoing_what_was_withheld_says_that_readers_see_it_again(self):
        article = make_article()
        send(self.client, article, open_form(self.client, article) | {"withhold-reason": "Legal"}, "withhold")
        page = self.client.post(reverse("admin:undo"), {"key": recent_changes()[0].pk})
        self.assertContains(page, "Readers see 1 article again.")

    def test_undoing_what_was_decided_in_a_draft_asks_nothing(self):
        article = make_draft()
        send(self.client, article, open_form(self.client, article) | {"headline": "Gates opened late"})
        page = self.client.post(reverse("admin:undo"), {"key": recent_changes()[0].pk}, follow=True)
        self.assertContains(page, "Undone: ")

    def test_a_discarded_draft_is_a_draft_again(self):
        article = make_draft()
        send(self.client, article, open_form(self.client, article), "discard")
        self.assertEqual(Article.objects.get().status, "canceled")
        self.take_back()
        self.assertEqual(Article.objects.get().status, "draft")

    def test_what_was_accepted_together_on_a_review_page_is_open_again(self):
        article = make_draft()
        sure, unsure = propose(article)
        Quote.objects.filter(pk=sure.pk).update(speaker=make_speaker("Osric Pell"))
        fields = open_form(self.client, article)
        send(self.client, article, fields, "all")
        self.assertEqual(Quote.objects.get(pk=sure.pk).status, "accepted")
        self.assertEqual(Quote.objects.get(pk=unsure.pk).status, "pending")
        self.take_back()
        again = Quote.objects.get(pk=sure.pk)
        self.assertEqual((again.status, again.standing, again.decided_by), ("pending", "unreviewed", None))
        self.assertEqual(Article.objects.get().quotes_state, "unread")

    def test_quotes_rejected_in_the_table_are_open_again_but_for_one_decided_since(self):
        article = make_draft()
        one, other = propose(article)
        table = reverse("admin:articles_quote_changelist")
        chosen = {"action": "reject_selected", "_selected_action": [one.pk, other.pk]}
        post_confirmed(self.client, table, chosen)
        self.assertEqual(set(Quote.objects.values_list("status", flat=True)), {"rejected"})
        Quote.objects.get(pk=other.pk).accept(by=self.editor)
        self.assertEqual([one.rows for one in recent_changes()], [2])
        page = self.take_back()
        self.assertContains(page, f"(ID {other.pk}) was not undone: it has been changed since.")
        self.assertEqual(Quote.objects.get(pk=one.pk).status, "pending")
        self.assertEqual(Quote.objects.get(pk=other.pk).status, "accepted")

    def test_older_changes_are_on_further_pages_and_can_be_undone(self):
        topics = [make_topic(f"Topic {number}") for number in range(103)]
        drafts = [make_draft() for _ in range(2)]
        with change_group("The first of all"):
            Article.objects.filter(pk=drafts[0].pk).update(status="withheld")
        for topic in topics:
            with change_group(f"Named {topic}"):
                topic.name += " again"
                topic.save()
        url = reverse("admin:undo")
        page = self.client.get(url)
        self.assertEqual(len(page.context["changes"]), 100)
        older = self.client.get(url, {"before": page.context["older"]})
        self.assertEqual([row.change.what for row in older.context["changes"]][-1], "The first of all")
        self.assertEqual(len(older.context["changes"]), 4)
        done = self.client.post(url, {"key": older.context["changes"][-1].change.pk}, follow=True)
        self.assertContains(done, "Undone: 1 record restored.")
        self.assertEqual(Article.objects.get(pk=drafts[0].pk).status, "draft")

    def test_a_new_name_of_a_speaker_and_a_notice_on_a_quote_ask_before_they_are_undone(self):
        article = make_article(body="“It holds,” she said.")
        quote = make_quote(article, "It holds,", speaker=make_speaker("Mira Tolland"))
        for what, add in (
            ("a name", lambda: quote.speaker.aliases.create(name="M. Tolland")),
            ("a notice", lambda: quote.notices.create(kind="correction", whose="ours", text="It was so.")),
        ):
            with self.subTest(what):
                with change_group(f"Added {what}") as key:
                    add()
                page = self.client.post(reverse("admin:undo"), {"key": key})
                self.assertContains(page, f"<h1>Undo “Added {what}”?</h1>", html=True)
                self.assertContains(page, "1 other record is changed back")

    def test_an_unknown_or_undone_change_is_not_found(self):
        article = make_draft()
        with change_group("Withheld it") as key:
            Article.objects.filter(pk=article.pk).update(status="withheld")
        url = reverse("admin:undo")
        self.assertEqual(self.client.post(url, {"key": key}).status_code, 302)
        for wrong in (key, "", "x", "00000000-0000-0000-0000-000000000000"):
            with self.subTest(key=wrong):
                self.assertEqual(self.client.post(url, {"key": wrong}).status_code, 404)
        for before in ("x", "0", "99999999"):
            with self.subTest(before=before):
                self.assertEqual(self.client.get(url, {"before": before}).status_code, 404)
