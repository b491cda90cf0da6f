"""Near-duplicate articles, and the editor's verdicts on them."""

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Article, ImportBatch, ToldApart
from articles.revisions.recent_changes import recent_changes
from articles.revisions.undo import revert
from tests.admin.desk import log_in, make_draft, make_user, post_confirmed, review_url
from tests.factories import make_article, make_publication

TEXT = "\n\n".join(f"On day {day} the keeper of the weir counted {day * 7} barges." for day in range(30))
LATER = TEXT.replace("counted 14 barges", "counted fifteen barges")


class NearTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("editor")
        cls.here = make_article(
            headline="The keeper's log", body=TEXT, canonical_url="https://courier.example/log"
        )
        cls.draft = make_draft(
            headline="The log", body=LATER, publication=make_publication("Harrowmouth Post")
        )

    def setUp(self):
        self.client = log_in(self.editor)
        self.url = reverse("admin:near-duplicates", args=[self.draft.pk])

    def say(self, what):
        return self.client.post(self.url, {"say": f"{what}:{self.here.pk}"}, follow=True)

    def stored(self):
        return Article.objects.get(pk=self.here.pk), Article.objects.get(pk=self.draft.pk)

    def test_the_review_page_tells_before_publishing_and_leads_to_both_word_by_word(self):
        self.assertContains(self.client.get(review_url(self.draft)), "Near-duplicate:")
        page = self.client.get(self.url)
        self.assertContains(page, "<del>14</del><ins>fifteen</ins>", html=True)
        self.assertContains(page, "27 identical paragraphs")

    def test_the_same_throws_the_draft_away_and_shows_the_one_that_is_here(self):
        page = self.say("same")
        self.assertEqual(page.redirect_chain[-1][0], review_url(self.here))
        self.assertEqual(self.stored()[1].status, "canceled")
        self.client.post(self.url, {"say": f"same:{self.here.pk}"})
        here = reverse("admin:near-duplicates", args=[self.here.pk])
        refused = self.client.post(here, {"say": f"same:{self.draft.pk}"}, follow=True)
        self.assertContains(refused, "Only a draft can be discarded.")
        self.assertEqual(self.stored()[0].status, "usable")

    def test_a_newer_version_is_named_by_the_older_and_that_can_be_undone(self):
        self.say("newer")
        older, newer = self.stored()
        self.assertEqual((older.version_of, newer.version_of), (newer, None))
        self.assertEqual(newer.canonical_url, older.canonical_url)
        self.assertNotContains(self.client.get(review_url(self.draft)), "Near-duplicate:")
        revert(recent_changes()[0].pk)
        older, newer = self.stored()
        self.assertEqual((older.version_of, newer.canonical_url), (None, None))

    def test_an_earlier_version_and_a_copy_and_its_original(self):
        self.say("older")
        self.assertEqual(self.stored()[1].version_of, self.here)
        revert(recent_changes()[0].pk)
        self.say("copy")
        self.assertEqual(self.stored()[1].copy_of, self.here)
        revert(recent_changes()[0].pk)
        self.say("original")
        self.assertEqual(self.stored()[0].copy_of, self.draft)

    def test_a_link_between_published_articles_asks_first(self):
        Article.objects.filter(pk=self.draft.pk).update(status="usable")
        page = self.say("newer")
        self.assertContains(page, "Readers will see this on 2 articles.")
        self.assertEqual(self.stored()[0].version_of, None)
        post_confirmed(self.client, self.url, {"say": f"newer:{self.here.pk}"})
        self.assertEqual(self.stored()[0].version_of, self.draft)

    def test_different_is_remembered_and_never_asked_again(self):
        self.say("different")
        self.assertEqual(ToldApart.objects.get().decided_by, self.editor)
        self.assertNotContains(self.client.get(review_url(self.draft)), "Near-duplicate:")
        self.assertNotContains(self.client.get(review_url(self.here)), "Near-duplicate:")

    def test_the_near_duplicates_of_an_import_are_listed(self):
        batch = ImportBatch.objects.create(source="log.csv", rows_read=1, rows_added=1)
        Article.objects.filter(pk=self.draft.pk).update(import_batch=batch)
        url = reverse("admin:import-near-duplicates", args=[batch.pk])
        self.assertContains(self.client.get(reverse("admin:desk-import", args=[batch.pk])), url)
        self.assertContains(self.client.get(url), self.url)
        self.assertNotContains(self.client.get(url, {"after": self.draft.pk}), self.url)

    def test_the_page_of_an_import_asks_as_much_of_many_articles_as_of_few(self):
        batch = ImportBatch.objects.create(source="log.csv", rows_read=9, rows_added=9)
        url = reverse("admin:import-near-duplicates", args=[batch.pk])
        statements = []
        for number in range(2, 9, 3):
            for row in range(number):
                make_article(
                    body=f"{TEXT} {number * 9 + row} geese came.", import_batch=batch, status="draft"
                )
            with CaptureQueriesContext(connection) as asked:
                page = self.client.get(url)
            self.assertEqual(len(page.context["found"]), batch.articles.count())
            statements.append(len(asked))
        self.assertEqual(len(set(statements)), 1, statements)
        self.assertLess(statements[0], 20)

    def test_a_draft_of_an_import_that_was_thrown_away_is_not_asked_of_again(self):
        batch = ImportBatch.objects.create(source="log.csv", rows_read=1, rows_added=1)
        Article.objects.filter(pk=self.draft.pk).update(import_batch=batch)
        self.say("same")
        page = self.client.get(reverse("admin:import-near-duplicates", args=[batch.pk]))
        self.assertEqual(page.context["found"], [])

    def test_what_is_not_among_the_answers_is_a_bad_request(self):
        self.assertEqual(self.client.post(self.url, {"say": "twin:1"}).status_code, 400)
        self.assertEqual(self.client.post(self.url, {"say": f"copy:{self.draft.pk}"}).status_code, 400)
        self.assertEqual(self.client.post(self.url, {"say": "copy:99999999"}).status_code, 404)
