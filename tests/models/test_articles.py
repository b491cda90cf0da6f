"""Constraints and triggers of articles in the database."""

import datetime as dt
import hashlib

from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError
from django.test import TestCase
from django.utils import timezone

from articles import search
from articles.models import Article, Image, Publication, RawDocument, SearchDocument
from tests.factories import make_article, make_publication, make_quote, make_speaker, make_turn


class Refusing(TestCase):
    """Base of tests in which the database must refuse."""

    def assert_refused(self, constraint, act, *args, **kwargs):
        with self.assertRaises(IntegrityError) as caught, transaction.atomic():
            act(*args, **kwargs)
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        self.assertEqual(caught.exception.__cause__.diag.constraint_name, constraint)


class PublicArticlesTests(TestCase):
    def test_published_means_usable_and_past_its_embargo(self):
        now = timezone.now()
        public = make_article()
        make_article(visible_from=now + dt.timedelta(days=1))
        for status in ("draft", "withheld", "canceled"):
            make_article(status=status)
        self.assertEqual(list(Article.objects.published()), [public])
        self.assertEqual(
            [a.is_public for a in Article.objects.order_by("pk")], [True, False, False, False, False]
        )

    def test_first_public_at_is_set_once_when_an_article_first_becomes_public(self):
        article = make_article(status="draft")
        self.assertIsNone(article.first_public_at)
        Article.objects.update(status="usable", visible_from=timezone.now() - dt.timedelta(days=2))
        article.refresh_from_db()
        first = article.first_public_at
        self.assertIsNotNone(first)
        Article.objects.update(status="withheld")
        Article.objects.update(status="usable", visible_from=timezone.now() + dt.timedelta(days=9))
        article.refresh_from_db()
        self.assertEqual(article.first_public_at, first)

    def test_an_article_withheld_before_its_embargo_ends_was_never_public(self):
        article = make_article(visible_from=timezone.now() + dt.timedelta(days=3))
        self.assertEqual(article.first_public_at, article.visible_from)
        Article.objects.update(status="withheld")
        article.refresh_from_db()
        self.assertIsNone(article.first_public_at)

    def test_publishing_an_article_publishes_its_accepted_quotes_with_it(self):
        article = make_article(body="“We will appeal,” said Ada Okafor.", status="draft")
        quote = make_quote(article, "We will appeal,")
        self.assertIsNone(quote.first_public_at)
        Article.objects.update(status="usable")
        article.refresh_from_db()
        quote.refresh_from_db()
        self.assertEqual(quote.first_public_at, article.first_public_at)


class ArticleConstraintTests(Refusing):
    def test_a_usable_article_has_headline_body_and_publication(self):
        for missing in ({"headline": ""}, {"body": ""}, {"publication": None}):
            with self.subTest(missing):
                self.assert_refused("article_usable_is_whole", make_article, **missing)

    def test_a_draft_may_lack_everything(self):
        self.assertEqual(Article.objects.create().status, "draft")

    def test_a_source_address_that_is_not_http_is_refused_through_every_path(self):
        for address in (
            "javascript:alert(1)",
            "data:text/html,x",
            "ftp://paper.example/1",
            "//paper.example",
            "http:// x",
        ):
            with self.subTest(address):
                self.assert_refused("article_source_url_http", make_article, source_url=address)
                self.assert_refused(
                    "article_source_url_http", Article.objects.bulk_create, [Article(source_url=address)]
                )

    def test_the_same_text_on_the_same_day_in_the_same_publication_is_stored_once(self):
        make_article(body="The bridge is closed.")
        self.assert_refused("article_same_text_and_headline", make_article, body="The bridge is closed.")

    def test_the_same_text_undated_in_the_same_publication_is_stored_once(self):
        make_article(body="The bridge is closed.", published_on=None)
        self.assert_refused(
            "article_same_text_and_headline", make_article, body="The bridge is closed.", published_on=None
        )

    def test_the_same_text_under_another_headline_is_another_article(self):
        make_article(body="The bridge is closed.", headline="Bridge shuts")
        self.assertTrue(make_article(body="The bridge is closed.", headline="Storm warning").pk)

    def test_a_headline_of_any_length_and_script_can_be_told_apart(self):
        self.assertTrue(make_article(body="The bridge is closed.", headline="橋" * 1000).pk)

    def test_the_same_text_in_another_publication_is_a_copy_and_welcome(self):
        first = make_article(body="The bridge is closed.")
        copy = make_article(body="The bridge is closed.", publication="Northmoor Post", copy_of=first)
        self.assertEqual(first.copies.get(), copy)
        self.assertEqual(copy.body_hash, first.body_hash)

    def test_a_draft_of_a_text_already_here_can_be_kept_while_the_editor_decides(self):
        make_article(body="The bridge is closed.")
        self.assertTrue(make_article(body="The bridge is closed.", status="draft").pk)

    def test_a_canonical_address_belongs_to_one_article_that_nothing_supersedes(self):
        old = make_article(canonical_url="https://courier.example/bridge")
        self.assert_refused(
            "article_canonical_url", make_article, canonical_url="https://courier.example/bridge"
        )
        new = make_article()
        Article.objects.filter(pk=old.pk).update(version_of=new)
        Article.objects.filter(pk=new.pk).update(canonical_url="https://courier.example/bridge")

    def test_an_external_id_is_unique_in_its_publication(self):
        make_article(external_id="A1")
        make_article(external_id="A1", publication="Northmoor Post")
        self.assert_refused("article_external_id", make_article, external_id="A1")

    def test_a_date_is_the_first_day_of_the_period_printed(self):
        for day, precision in (
            (dt.date(2019, 5, 30), "month"),
            (dt.date(2019, 5, 1), "year"),
            (dt.date(2019, 5, 30), ""),
            (None, "day"),
        ):
            with self.subTest(day=day, precision=precision):
                self.assert_refused(
                    "article_published_precision",
                    make_article,
                    published_on=day,
                    published_precision=precision,
                )

    def test_marking_characters_are_kept_out_of_every_text(self):
        for part in ("headline", "kicker", "standfirst", "byline", "dateline", "body"):
            with self.subTest(part):
                self.assert_refused("article_no_mark_characters", make_article, **{part: "a\ue000b\ue001"})

    def test_a_body_over_the_limit_is_refused_with_its_name(self):
        make_article(body="a" * 500_000)
        self.assert_refused("article_body_length", make_article, body="b" * 500_001)

    def test_a_date_is_printed_at_its_own_precision(self):
        article = make_article(published_on=dt.date(2019, 5, 1), published_precision="month")
        self.assertEqual(article.published_as_printed, "2019-05")
        article = make_article(published_on=dt.date(2019, 1, 1), published_precision="year")
        self.assertEqual(article.published_as_printed, "2019")
        self.assertEqual(make_article(published_on=None).published_as_printed, "")

    def test_a_known_time_is_shown_in_the_time_zone_of_the_publication(self):
        paper = make_publication("Kestrel Gazette", time_zone="America/Chicago")
        instant = dt.datetime(2019, 5, 31, 4, 30, tzinfo=dt.UTC)
        article = make_article(publication=paper, published_at=instant)
        self.assertEqual(article.published_as_printed, "2019-05-30T23:30-05:00")


class KeptBytesTests(TestCase):
    def test_a_raw_document_keeps_its_bytes_and_cannot_be_changed(self):
        raw = RawDocument.objects.create(
            article=make_article(), bytes=b"caf\xc3\xa9\r\n", media_type="text/plain"
        )
        raw.refresh_from_db()
        self.assertEqual(raw.sha256, hashlib.sha256(b"caf\xc3\xa9\r\n").hexdigest())
        with self.assertRaises(IntegrityError), transaction.atomic():
            RawDocument.objects.update(bytes=b"other")

    def test_the_body_hash_follows_the_body_whatever_path_changes_it(self):
        article = make_article(body="One.")
        Article.objects.filter(pk=article.pk).update(body="Two.", body_hash="forged")
        article.refresh_from_db()
        self.assertEqual(article.body_hash, hashlib.sha256(b"Two.").hexdigest())


class HistoryTests(TestCase):
    def events(self, model):
        return apps.get_model("articles", f"{model}Event").objects.order_by("pgh_id")

    def test_every_change_keeps_the_row_as_it_was(self):
        article = make_article(headline="First")
        Article.objects.filter(pk=article.pk).update(headline="Second")
        with connection.cursor() as cursor:
            cursor.execute("UPDATE articles_article SET headline = 'Third' WHERE id = %s", [article.pk])
        self.assertEqual([event.headline for event in self.events("Article")], ["First", "Second"])

    def test_a_delete_keeps_the_row(self):
        article = make_article(captions=("The gate",))
        Image.objects.all().delete()
        self.assertEqual([(e.pgh_label, e.caption) for e in self.events("Image")], [("delete", "The gate")])
        self.assertEqual(article.images.count(), 0)

    def test_topics_and_authors_have_a_history_too(self):
        article = make_article(topics=("Floods",), authors=(make_speaker("Jonas Whitlock"),))
        article.topics.clear()
        article.authors.clear()
        self.assertEqual(self.events("ArticleTopic").count(), 1)
        self.assertEqual(self.events("Authorship").count(), 1)

    def test_history_can_be_neither_changed_nor_deleted(self):
        make_article()
        Article.objects.update(headline="Second")
        for act in (
            lambda: self.events("Article").update(headline="Forged"),
            lambda: self.events("Article").delete(),
        ):
            with self.assertRaises(DatabaseError), transaction.atomic():
                act()

    def test_saving_without_a_change_makes_no_event(self):
        paper = make_publication()
        paper.save()
        self.assertEqual(self.events("Publication").count(), 0)


class DocumentTests(TestCase):
    def found(self, query):
        asked = search.ArticleFilter({"q": query})
        self.assertTrue(asked.is_valid())
        return search.count(asked.cleaned)

    def test_a_drafts_words_are_not_in_the_index(self):
        make_article(status="draft")
        self.assertFalse(SearchDocument.objects.exists())

    def test_words_are_found_by_stem_exactly_and_by_part(self):
        make_article(headline="Taxes", body="Iron/steel rates.")
        for query, number in (
            ("tax", 1),
            ('"taxes"', 1),
            ('"tax"', 0),
            ("headline:tax", 1),
            ("body:tax", 0),
            ('body:"iron steel"', 1),
            ('"taxes iron"', 0),
        ):
            with self.subTest(query):
                self.assertEqual(self.found(query), number)

    def test_an_article_in_an_unknown_language_is_found_by_exact_words(self):
        make_article(headline="Taxes", language="")
        self.assertEqual([self.found("tax"), self.found("taxes")], [0, 1])

    def test_a_caption_added_later_is_found(self):
        article = make_article()
        self.assertEqual(self.found("caption:eastern"), 0)
        Image.objects.create(article=article, caption="The eastern gate")
        self.assertEqual(self.found("caption:eastern"), 1)

    def test_every_place_of_a_word_is_found_however_often_it_occurs(self):
        make_article(body="flood " * 300 + "gate")
        self.assertEqual([self.found('"flood gate"'), self.found('"gate flood"')], [1, 0])

    def test_too_many_different_words_never_refuse_an_article(self):
        make_article(body=" ".join(f"w{n:05}" for n in range(70_000)))
        self.assertEqual(self.found('"w69998 w69999"'), 1)

    def test_deleting_an_article_takes_its_documents_with_it(self):
        article = make_article(body="“We will appeal,” said Ada Okafor.")
        make_quote(article, "We will appeal,")
        article.quotes.all().delete()
        article.delete()
        self.assertFalse(SearchDocument.objects.exists())


class InterviewTests(Refusing):
    def test_a_turn_cannot_reach_past_the_text(self):
        article = make_article(body="Why now?\n\nBecause.")
        turn = make_turn(article, "Because.", "answer")
        self.assert_refused("turn_inside_the_body", type(turn).objects.update, end=99)

    def test_a_body_cannot_shrink_under_its_turns(self):
        article = make_article(body="Why now?\n\nBecause.")
        make_turn(article, "Because.", "answer")
        self.assert_refused("spans_inside_the_body", Article.objects.update, body="Why?")


class NamedThingTests(TestCase):
    def test_lists_of_publications_are_in_order_of_name(self):
        make_publication("Northmoor Post")
        make_publication("Courier")
        self.assertEqual([str(p) for p in Publication.objects.all()], ["Courier", "Northmoor Post"])
