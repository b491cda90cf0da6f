"""Whatever changes an article outside its form raises its version and sets the time of its last change."""

import datetime as dt
from uuid import UUID

from django.test import TestCase

from articles.admin.review.publishing import publish_all, withdraw_all, withhold_all
from articles.ingest.pipeline.rollback import rollback_batch
from articles.ingest.speakers import name_rulings
from articles.models import Article, AuditEntry, ImportBatch, Quote
from articles.models.audit import audit_context
from articles.near_duplicates.pairs import mark_as_copy, mark_as_new_version
from articles.revisions import change_text
from articles.revisions.undo import revert
from articles.speakers.merge import split
from tests.admin.desk import make_user
from tests.factories import make_article, make_publication, make_quote, make_speaker

LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


class MarkChangedTests(TestCase):
    def setUp(self):
        self.editor = make_user("editor")
        self.article = make_article(body="“We will appeal,” said Okafor.", status="draft")

    def assert_marks(self, act, *articles):
        articles = articles or (self.article,)
        with audit_context(through="import"):
            Article.objects.update(modified_at=LONG_AGO)
        before = dict(Article.objects.values_list("pk", "version"))
        act()
        for article in articles:
            article.refresh_from_db()
            self.assertGreater(article.version, before[article.pk])
            self.assertGreater(article.modified_at, LONG_AGO)

    def mine(self):
        return Article.objects.filter(pk=self.article.pk)

    def test_publishing(self):
        self.assert_marks(lambda: publish_all(self.mine()))

    def test_withholding(self):
        self.assert_marks(lambda: withhold_all(self.mine(), "A court order", None))

    def test_withdrawing(self):
        publish_all(self.mine())
        self.article.notices.create(kind="withdrawal", whose="ours", text="Not ours to print")
        self.assert_marks(lambda: withdraw_all(self.mine()))
        self.assertEqual(self.article.status, "canceled")

    def test_editing_the_text(self):
        self.assert_marks(lambda: change_text(Article.objects.get(pk=self.article.pk), headline="Appeal"))

    def test_a_ruling_on_a_name_and_its_end(self):
        make_quote(self.article, "We will appeal", source="Okafor", name_as_printed="Okafor", rule="said")
        given = []
        self.assert_marks(
            lambda: given.append(
                name_rulings.decide("Okafor", "speaker", by=self.editor, speaker=make_speaker()).decision
            )
        )
        self.assert_marks(lambda: name_rulings.revoke(given[0]))

    def test_moving_quotes_to_another_speaker_and_back(self):
        ada, other = make_speaker("Ada Okafor"), make_speaker("Ada Nwosu")
        make_quote(self.article, "We will appeal", speaker=ada)
        self.assert_marks(lambda: split(Quote.objects.all(), ada, by=self.editor, target=other))
        key = AuditEntry.objects.filter(kind=AuditEntry.Kind.ACT).latest("pk").act
        self.assertIsInstance(key, UUID)
        self.assert_marks(lambda: revert(str(key)))

    def test_linking_copies_and_versions(self):
        original, copy = make_article(headline="Flood"), make_article(headline="Flood again")
        self.assert_marks(lambda: mark_as_copy(copy, original), copy)
        self.assert_marks(lambda: mark_as_copy(original, self.article), original, copy)
        older = make_article(headline="Fire", canonical_url="https://courier.example/fire")
        newer = make_article(headline="Fire put out")
        self.assert_marks(lambda: mark_as_new_version(newer, older), older, newer)

    def test_undoing_the_import_of_the_original_of_a_copy(self):
        batch = ImportBatch.objects.create(source="flood.csv")
        original = make_article(headline="Flood", import_batch=batch, status="draft")
        copy = make_article(
            headline="Flood", publication=make_publication("Brackwater Echo"), copy_of=original
        )
        self.assert_marks(lambda: rollback_batch(batch), copy)
        self.assertIsNone(copy.copy_of)

    def test_a_published_article_of_an_import_that_is_undone(self):
        batch = ImportBatch.objects.create(source="flood.csv")
        article = make_article(import_batch=batch)
        self.assert_marks(lambda: rollback_batch(batch), article)
        self.assertEqual(article.status, "canceled")
