"""A batch is rolled back as one; what a person has edited is left."""

import datetime as dt

from django.contrib.auth import get_user_model
from django.test import TestCase
from django.utils import timezone

from articles.ingest.pipeline.rollback import rollback_batch
from articles.ingest.pipeline.types import ImportOptions, IncomingArticle
from articles.ingest.pipeline.upsert import Upserter
from articles.models import Article, ImportBatch, Notice, Quote, SearchDocument, Speaker
from articles.operations.integrity import faults
from tests.factories import make_article, make_quote, make_speaker

from .readings import parsed, piece, reading

BODY = "“The river is high,” said Osric Pell."


class UndoTests(TestCase):
    def bring(self, *bodies, publish=False, batch=None, **fields):
        self.batch = batch or ImportBatch.objects.create(source="test")
        options = ImportOptions(publish=publish, accept_from=0.9, create_speakers=True, batch=self.batch)
        articles = [
            IncomingArticle(
                parsed(body, **fields),
                reading(piece(body, "The river is high,", "Osric Pell")),
                b"x",
                "x",
                "x",
            )
            for body in bodies
        ]
        outcomes = Upserter(options).store(articles).outcomes
        ImportBatch.objects.filter(pk=self.batch.pk).update(rows_read=len(articles), rows_added=len(articles))
        return [Article.objects.get(pk=outcome.article_id) for outcome in outcomes]

    def tearDown(self):
        self.assertEqual(list(faults()), [])

    def test_what_nobody_could_read_yet_is_deleted_with_the_speakers_made_for_it(self):
        other = make_article()
        self.bring(BODY, BODY + " Twice.")
        self.assertEqual(Speaker.objects.get().import_batch, self.batch)
        done = rollback_batch(self.batch)
        self.assertEqual((done.deleted, done.withdrawn, done.speakers, done.left), (2, 0, 1, []))
        self.assertEqual(list(Article.objects.all()), [other])
        self.assertFalse(Speaker.objects.exists())
        self.assertIsNotNone(self.batch.undone_at)

    def test_what_has_been_public_is_withdrawn_and_gives_up_its_keys(self):
        [article] = self.bring(BODY, publish=True, source_url="https://courier.example/1", external_id="sc-1")
        done = rollback_batch(self.batch)
        article.refresh_from_db()
        self.assertEqual((done.deleted, done.withdrawn, done.speakers), (0, 1, 1))
        self.assertEqual(
            (article.status, article.canonical_url, article.external_id), ("canceled", None, None)
        )
        self.assertEqual(article.source_url, "https://courier.example/1")
        self.assertIsNone(article.quotes.get().speaker)
        self.assertFalse(SearchDocument.objects.exists())

    def test_the_source_can_be_imported_again_after_it(self):
        [first] = self.bring(BODY, publish=True, source_url="https://courier.example/1")
        rollback_batch(self.batch)
        [second] = self.bring(BODY, publish=True, source_url="https://courier.example/1")
        self.assertNotEqual(first, second)
        self.assertEqual(list(Article.objects.published()), [second])

    def test_an_article_under_embargo_has_not_been_public(self):
        [article] = self.bring(BODY)
        Article.objects.filter(pk=article.pk).update(
            status="usable", visible_from=timezone.now() + dt.timedelta(days=1)
        )
        # Somebody has set the embargo, so it is left all the same.
        self.assertEqual(rollback_batch(self.batch).left, [article.pk])

    def test_what_somebody_has_worked_on_is_left_and_told(self):
        editor = get_user_model().objects.create_user("gwen")
        edited, decided, noticed, untouched = self.bring(*(f"{BODY} Part {n}." for n in range(4)))
        edited.headline = "The river, risen"
        edited.save()
        Quote.objects.filter(article=decided).update(decided_by=editor)
        Notice.objects.create(article=noticed, kind="correction", whose="ours", text="The river was low.")
        done = rollback_batch(self.batch)
        self.assertEqual(done.left, [edited.pk, decided.pk, noticed.pk])
        self.assertFalse(Article.objects.filter(pk=untouched.pk).exists())
        self.assertEqual(done.speakers_left, [Speaker.objects.get().pk])

    def test_a_speaker_that_others_quote_by_now_or_that_was_there_before_stays(self):
        before = make_speaker("Ada Okafor")
        [article] = self.bring(BODY, authors=("Ada Okafor",))
        pell = Speaker.objects.get(name="Osric Pell")
        elsewhere = make_article(body=BODY + " Elsewhere.")
        make_quote(elsewhere, "The river is high,", speaker=pell)
        done = rollback_batch(self.batch)
        self.assertFalse(Article.objects.filter(pk=article.pk).exists())
        self.assertEqual((done.speakers, done.speakers_left), (0, [pell.pk]))
        self.assertEqual(set(Speaker.objects.all()), {before, pell})

    def test_of_the_copies_that_stay_the_earliest_becomes_the_original(self):
        [first] = self.bring(BODY)
        late = make_article(body=BODY, publication="Tarrin Bell", copy_of=first)
        early = make_article(
            body=BODY, publication="Corran Post", copy_of=first, published_on=dt.date(2010, 1, 1)
        )
        rollback_batch(self.batch)
        late.refresh_from_db()
        early.refresh_from_db()
        self.assertEqual((early.copy_of, late.copy_of), (None, early))

    def test_twice_is_once(self):
        self.bring(BODY, publish=True)
        rollback_batch(self.batch)
        again = rollback_batch(self.batch)
        self.assertEqual((again.deleted, again.withdrawn, again.speakers), (0, 0, 0))
