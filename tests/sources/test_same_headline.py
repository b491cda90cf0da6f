"""A changed entry with neither ID nor link is proposed as a new version, never published by itself."""

import datetime as dt

from django.urls import reverse

from articles.models import Article, ImportBatch, Source
from articles.models.article import SAME_HEADLINE
from articles.near_duplicates import pairs
from articles.operations.integrity import faults
from tests.admin.desk import make_user
from tests.factories import make_article
from tests.sources.feeds import item
from tests.sources.test_feeds import FeedCase

DAY = dt.date(2019, 5, 30)


def entry(text, **fields):
    return item(
        1, **{"title": "Weir opens", "guid": "", "link": "", "content:encoded": f"<p>{text}</p>", **fields}
    )


class ProposedTests(FeedCase):
    def setUp(self):
        super().setUp()
        Source.objects.update(publish=True)
        self.feed(entry("The weir was opened at five, said Osric Pell, who keeps it."))
        self.run_source()
        self.first = Article.objects.get()
        self.client.force_login(make_user("chief editor"))

    def changed(self, text="The weir was opened at six, said Osric Pell, who keeps it.", **fields):
        self.feed(entry(text, **fields))
        result = self.run_source()
        return Article.objects.exclude(pk=self.first.pk).get(), result

    def test_the_changed_text_becomes_a_draft_that_names_the_article(self):
        draft, result = self.changed()
        self.assertEqual((self.first.status, draft.status), ("usable", "draft"))
        self.assertEqual(draft.extra[SAME_HEADLINE], self.first.pk)
        note = result.batch.errors.get()
        self.assertIn(f"it may be a new version of article {self.first.pk}", note.reason)
        self.assertEqual(list(faults()), [])

    def test_the_same_text_again_is_recognised(self):
        self.source.items.all().delete()
        self.assertEqual(self.run_source().counts.present, 1)

    def test_to_do_and_the_review_page_propose_to_compare_them(self):
        draft, _ = self.changed("Nothing in these words is the same.")
        compare = reverse("admin:near-duplicates", args=[draft.pk])
        page = self.client.get(reverse("admin:desk"))
        self.assertContains(page, f"Perhaps a new version of ID {self.first.pk}")
        self.assertContains(page, compare)
        page = self.client.get(reverse("admin:desk-review", args=[draft.pk]))
        self.assertContains(page, "Perhaps a new version, with the same headline and date, of")
        self.assertContains(self.client.get(compare), "gives this article neither an ID nor a link")
        page = self.client.get(reverse("admin:import-near-duplicates", args=[draft.import_batch_id]))
        self.assertContains(page, "same headline and date:")

    def test_once_an_editor_has_decided_it_is_proposed_no_more(self):
        for verdict in ("different", "newer", "copy"):
            with self.subTest(verdict):
                draft, _ = self.changed(f"These are {verdict} words.")
                url = reverse("admin:near-duplicates", args=[draft.pk])
                self.client.post(url, {"say": f"{verdict}:{self.first.pk}"})
                self.assertNotContains(self.client.get(reverse("admin:desk")), "Perhaps a new version")
                draft.refresh_from_db()
                self.assertEqual(pairs.near_duplicates_of(draft), [])
                Article.objects.filter(pk=draft.pk).update(copy_of=None)
                Article.objects.filter(pk=self.first.pk).update(version_of=None)
                draft.delete()

    def test_the_next_change_is_compared_with_the_newest_version(self):
        draft, _ = self.changed()
        Article.objects.filter(pk=draft.pk).update(status="usable", visible_from=self.first.visible_from)
        Article.objects.filter(pk=self.first.pk).update(version_of=draft)
        self.feed(entry("The weir was opened at seven, said Osric Pell, who keeps it."))
        self.run_source()
        self.assertEqual(Article.objects.latest("pk").extra[SAME_HEADLINE], draft.pk)

    def test_another_day_headline_id_or_link_is_another_article(self):
        for number, fields in enumerate(
            (
                {"pubDate": "Fri, 31 May 2019 10:00:00 GMT"},
                {"title": "Weir opens early"},
                {"guid": "courier-9"},
                {"link": "https://courier.example/9"},
            )
        ):
            with self.subTest(fields):
                article, _ = self.changed(f"Other words, {number} of them.", **fields)
                self.assertEqual((article.status, SAME_HEADLINE in article.extra), ("usable", False))
                article.delete()

    def test_two_entries_that_are_in_the_feed_together_are_two_articles(self):
        Article.objects.all().delete()
        self.source.items.all().delete()
        self.feed(entry("The first letter."), entry("The second letter."))
        self.run_source()
        self.assertEqual(set(Article.objects.values_list("status", flat=True)), {"usable"})

    def test_a_discarded_draft_is_not_compared_with(self):
        Article.objects.filter(pk=self.first.pk).delete()
        make_article(
            headline="Weir opens", published_on=DAY, status="canceled", publication=self.source.publication
        )
        self.feed(entry("The weir was opened at six."))
        self.run_source()
        self.assertEqual(Article.objects.latest("pk").status, "usable")

    def test_entries_without_a_date_are_compared_too(self):
        undated = {"pubDate": ""}
        self.feed(entry("No day is given here.", **undated))
        self.run_source()
        first = Article.objects.latest("pk")
        self.feed(entry("No day is given here either.", **undated))
        self.run_source()
        self.assertEqual(Article.objects.latest("pk").extra[SAME_HEADLINE], first.pk)

    def test_a_column_of_a_file_with_the_name_of_the_note_does_no_harm(self):
        for value in ("Weir", 10**30, True, -1, [1]):
            article = make_article(status="draft", extra={SAME_HEADLINE: value})
            self.assertEqual(pairs.near_duplicates_of(article), [])
        self.assertEqual(self.client.get(reverse("admin:desk")).status_code, 200)

    def test_an_undone_import_leaves_nothing_to_compare(self):
        from articles.ingest.pipeline.rollback import rollback_batch

        rollback_batch(ImportBatch.objects.get())
        self.assertNotIn(SAME_HEADLINE, self.changed()[0].extra)
