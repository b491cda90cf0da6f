"""Actions on many articles at once, from the queue."""

import datetime as dt
from dataclasses import replace
from unittest import mock

from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from articles.admin.queue import selected
from articles.models import Article, OpenArticle, Quote
from articles.revisions.recent_changes import recent_changes
from tests.admin.desk import log_in, make_draft, make_user, post_confirmed, propose
from tests.factories import make_article, make_publication, make_section, make_topic


class SelectedCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("editor", "ines")
        cls.one, cls.other = (make_draft(headline=f"Gate {n}", body=f"Gate {n} opened.") for n in (1, 2))

    def setUp(self):
        self.client = log_in(self.editor)
        self.url = reverse("admin:desk-selected")

    def act(self, act, *articles, query="", **fields):
        ids = [article.pk for article in articles]
        given = {"act": act, "pick": "chosen" if ids else "all", "article": ids, **fields}
        return self.client.post(self.url + query, given, follow=True)

    def said(self, act, *articles, number=None, **fields):
        page = self.act(act, *articles, sure=str(number or len(articles)), **fields)
        return [str(message) for message in page.context["messages"]]

    def statuses(self):
        return dict(Article.objects.values_list("headline", "status"))


class ConfirmationTests(SelectedCase):
    def test_it_is_asked_first_with_the_number_and_what_undo_does(self):
        page = self.act("publish", self.one, self.other)
        self.assertContains(page, "Publish 2 articles?")
        self.assertContains(page, "Readers see 2 articles at once. If you undo this, they are withheld.")
        self.assertEqual(set(self.statuses().values()), {"draft"})
        self.assertEqual(self.said("publish", self.one, self.other), ["2 articles published."])
        self.assertEqual(set(self.statuses().values()), {"usable"})

    def test_the_question_counts_what_readers_will_see_and_names_the_others(self):
        public = make_article(headline="Out already", body="Out.")
        paperless = make_draft(headline="No paper", body="Text.", publication=None)
        double = make_draft(headline="Out already", body="Out.")
        page = self.act("publish", self.one, public, paperless, double)
        self.assertContains(page, "Readers see 1 article at once. If you undo this, it is withheld.")
        for one, reason in (
            (public, "it is already published"), (paperless, "missing publication"),
            (double, f"this article is already in the archive (ID {public.pk})"),
        ):  # fmt: skip
            self.assertContains(page, f"Skipped {one.headline} (ID {one.pk}): {reason}.")
        said = self.said("publish", self.one, public, paperless, double)
        self.assertEqual((said[0], len(said)), ("1 article published.", 4))

    def test_what_is_possible_for_none_is_not_asked(self):
        paperless = make_draft(headline="No paper", body="Text.", publication=None)
        for act in ("publish", "schedule"):
            response = self.client.post(self.url, {"act": act, "pick": "chosen", "article": [paperless.pk]})
            page = self.client.get(response.url)
            self.assertContains(page, "This is not possible for any of the selected articles.")
            self.assertContains(page, f"Skipped No paper (ID {paperless.pk}): missing publication.")

    def test_the_question_counts_what_is_scheduled_and_names_the_others(self):
        public = make_article(headline="Out already", body="Out.")
        page = self.act("schedule", self.one, public)
        self.assertContains(page, "Schedule 1 article?")
        self.assertContains(page, "Readers see 1 article from that time.")
        self.assertContains(page, f"Skipped Out already (ID {public.pk}): it is already published.")

    def test_the_question_counts_the_articles_that_readers_see_now(self):
        public = make_article(headline="Out already", body="Out.")
        for act in ("withhold", "section", "topics"):
            page = self.act(act, self.one, public)
            self.assertContains(page, "Readers see 1 of these articles now.")

    def test_it_is_asked_again_if_the_number_has_changed(self):
        page = self.act("publish", query="?what=drafts", sure="3")
        self.assertContains(page, "Publish 2 articles?")
        self.assertEqual(set(self.statuses().values()), {"draft"})

    def test_all_articles_of_a_filtered_list_and_no_others(self):
        make_draft(headline="A weir", body="A weir.")
        self.act("publish", query="?q=gate", sure="2")
        self.assertEqual(self.statuses(), {"Gate 1": "usable", "Gate 2": "usable", "A weir": "draft"})

    def test_nothing_selected_or_too_many(self):
        self.assertEqual(self.said("publish", number=1, query="?q=nothing"), ["Select at least one article."])
        few = {"publish": replace(selected.ACTIONS["publish"], most=1)}
        with mock.patch.dict(selected.ACTIONS, few):
            said = self.said("publish", self.one, self.other)
        self.assertEqual(said, ["2 articles are too many for one action. Select at most 1."])

    def test_it_is_one_recent_action(self):
        self.said("withhold", self.one, self.other, reason="A complaint.")
        change = recent_changes()[0]
        self.assertEqual((change.what, change.rows), ("Withheld selected articles", 2))
        post_confirmed(self.client, reverse("admin:undo"), {"key": change.pk})
        self.assertEqual(set(self.statuses().values()), {"draft"})

    def test_the_queue_offers_what_the_editor_may_do(self):
        page = self.client.get(reverse("admin:desk"))
        self.assertContains(page, '<option value="publish">Publish</option>', html=True)
        self.assertContains(page, "All 2 articles in this list")
        page = log_in(make_user("reader")).get(reverse("admin:desk"))
        self.assertNotContains(page, '<option value="publish">')

    def test_an_unknown_action_is_a_bad_request(self):
        self.assertEqual(self.client.post(self.url, {"act": "burn"}).status_code, 400)


class LeftTests(SelectedCase):
    def test_what_cannot_be_published_is_named_and_left(self):
        paperless = make_draft(headline="No paper", body="Text.", publication=None)
        later = make_draft(
            headline="Later", body="Later.", visible_from=dt.datetime(2999, 5, 3, 6, tzinfo=dt.UTC)
        )
        tomas = make_user("editor", "tomas")
        OpenArticle.objects.create(
            article=self.other, user=tomas, since=timezone.now(), seen_at=timezone.now()
        )
        said = self.said("publish", self.one, self.other, paperless, later)
        self.assertEqual(said[0], "1 article published.")
        self.assertEqual(
            set(said[1:]),
            {
                f"Skipped Gate 2 (ID {self.other.pk}): tomas is editing it.",
                f"Skipped No paper (ID {paperless.pk}): missing publication.",
                f"Skipped Later (ID {later.pk}): it has an embargo until 3 May 2999, 06:00.",
            },
        )

    def test_an_article_that_somebody_edits_is_withheld_all_the_same(self):
        tomas = make_user("editor", "tomas")
        OpenArticle.objects.create(article=self.one, user=tomas, since=timezone.now(), seen_at=timezone.now())
        self.assertEqual(self.said("withhold", self.one, reason="A complaint."), ["1 article withheld."])


class EachActionTests(SelectedCase):
    def test_articles_are_scheduled_and_readers_do_not_see_them_yet(self):
        public = make_article(headline="Out already")
        said = self.said("schedule", self.one, public, at="2999-05-03T06:00")
        self.assertEqual(said[0], "1 article scheduled for 3 May 2999, 06:00.")
        self.assertEqual(said[1], f"Skipped Out already (ID {public.pk}): it is already published.")
        self.one.refresh_from_db()
        self.assertEqual((self.one.status, self.one.is_public), ("usable", False))
        page = self.client.get(reverse("admin:desk"), {"what": "scheduled"})
        self.assertContains(page, "Scheduled for 3 May 2999, 06:00")
        self.said("schedule", self.one, at="2999-05-04T06:00")
        self.one.refresh_from_db()
        self.assertEqual(self.one.visible_from.day, 4)

    def test_a_time_in_the_past_is_refused_beside_its_field(self):
        page = self.act("schedule", self.one, sure="1", at="2019-05-03T06:00")
        self.assertContains(page, "Choose a time in the future.")
        self.assertEqual(self.statuses()["Gate 1"], "draft")

    def test_what_cannot_be_scheduled_keeps_its_time(self):
        paperless = make_draft(headline="No paper", body="Text.", publication=None)
        self.said("schedule", paperless, at="2999-05-03T06:00")
        paperless.refresh_from_db()
        self.assertTrue(paperless.visible_from < timezone.now())

    def test_the_section_and_topics_are_set(self):
        letters, floods, ice = make_section("Letters"), make_topic("Floods"), make_topic("Ice")
        self.one.articletopic_set.create(topic=ice)
        self.assertEqual(self.said("section", self.one, section=letters.pk), ["1 article moved to Letters."])
        self.said("topics", self.one, self.other, topics=[floods.pk])
        self.assertEqual(set(self.one.topics.all()), {floods, ice})
        self.said("topics", self.one, self.other, topics=[floods.pk], replace="on")
        self.assertEqual(set(self.one.topics.all()), {floods})
        self.one.refresh_from_db()
        self.assertEqual(self.one.section, letters)

    def test_quotes_are_found_again_and_decided_ones_stay(self):
        draft = make_draft()
        sure, unsure = propose(draft)
        sure.reject(by=self.editor)
        Quote.objects.filter(pk=unsure.pk).update(rule="an old rule")
        said = self.said("again", draft)
        self.assertTrue(said[0].startswith("Searched 1 article for quotes again."))
        self.assertEqual(Quote.objects.get(pk=sure.pk).status, "rejected")
        self.assertFalse(Quote.objects.filter(rule="an old rule").exists())
        post_confirmed(self.client, reverse("admin:undo"), {"key": recent_changes()[0].pk})
        self.assertEqual(Quote.objects.get(pk=unsure.pk).rule, "an old rule")


class TabTests(SelectedCase):
    def tabs(self, **query):
        page = self.client.get(reverse("admin:desk"), query)
        return {tab.label: tab.number for tab in page.context["tabs"]}

    def test_each_tab_has_its_number(self):
        make_article(status="withheld", withheld_reason="A court order.")
        self.assertEqual(self.tabs(), {"To do": 2, "Mine": 0, "Scheduled": 0, "Withheld": 1})

    def test_what_i_have_changed_or_opened_is_mine(self):
        self.said("section", self.one, section=make_section("Letters").pk)
        OpenArticle.objects.create(
            article=self.other, user=self.editor, since=timezone.now(), seen_at=timezone.now()
        )
        self.assertEqual(self.tabs()["Mine"], 2)
        page = log_in(make_user("editor", "tomas")).get(reverse("admin:desk"), {"what": "mine"})
        self.assertEqual(page.context["rows"], [])

    def test_the_list_is_filtered_by_publication(self):
        post = make_publication("Corran Post")
        make_draft(headline="A weir", body="A weir.", publication=post)
        page = self.client.get(reverse("admin:desk"), {"paper": "corran-post"})
        self.assertEqual([row.article.headline for row in page.context["rows"]], ["A weir"])
        self.assertContains(page, "Corran Post (1)")
        self.assertEqual(self.tabs(paper="corran-post")["To do"], 1)

    def test_the_number_of_statements_does_not_depend_on_the_number_of_articles(self):
        self.client.get(reverse("admin:desk"))
        for more in (0, 5):
            for number in range(more):
                make_draft(headline=f"More {number}", body=f"More {number}.")
            with self.assertNumQueries(22):
                self.client.get(reverse("admin:desk"))
