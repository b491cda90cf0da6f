"""Exact duplicates are found by address, by id in the source, and by text."""

import datetime as dt

from django.test import SimpleTestCase, TestCase

from articles.ingest.pipeline.duplicates import (
    Keys,
    KnownArticles,
    already_here,
    canonical_key,
    copies,
    text_hash,
)
from articles.models import Article, ImportBatch
from tests.factories import make_article

ONE_ARTICLE = "https://courier.example/2019/05/30/flood-closes-bridge"
SAME = [
    "http://courier.example/2019/05/30/flood-closes-bridge",
    "https://www.courier.example/2019/05/30/flood-closes-bridge",
    "https://m.courier.example/2019/05/30/flood-closes-bridge",
    "https://mobile.courier.example/2019/05/30/flood-closes-bridge",
    "https://amp.courier.example/2019/05/30/flood-closes-bridge",
    "HTTPS://Courier.Example/2019/05/30/flood-closes-bridge",
    "https://courier.example:443/2019/05/30/flood-closes-bridge",
    "http://courier.example:80/2019/05/30/flood-closes-bridge",
    "https://courier.example./2019/05/30/flood-closes-bridge",
    "https://courier.example/2019/05/30/flood-closes-bridge/",
    "https://courier.example/2019/05/30/flood-closes-bridge#comments",
    "https://courier.example//2019/05/30//flood-closes-bridge",
    "https://courier.example/2019/05/30/flood-closes-bridge/index.html",
    "https://courier.example/2019/05/30/flood%2Dcloses%2Dbridge",
    "https://courier.example/2019/05/30/flood-closes-bridge?utm_source=mail&utm_medium=x",
    "https://courier.example/2019/05/30/flood-closes-bridge?fbclid=1&gclid=2",
    "https://courier.example/2019/05/30/flood-closes-bridge?UTM_CAMPAIGN=a#top",
    "https://courier.example/2019/05/30/flood-closes-bridge;jsessionid=4711?",
    "  https://courier.example/2019/05/30/flood-closes-bridge  ",
    "https://reader@courier.example/2019/05/30/flood-closes-bridge",
    "https://courier.example/2019/05/30/flood-closes-bridge?ref=newsletter&mc_cid=1&CMP=x&_hsenc=2",
    "https://courier.example/2019/05/30/flood-closes-bridge/amp/",
    "https://courier.example/amp/2019/05/30/flood-closes-bridge",
    "https://courier.example/2019/05/30/flood-closes-bridge?amp=1",
    "https://courier.example/2019/05/30/flood-closes-bridge?amp",
    "https://courier.example/2019/05/30/flood-closes-bridge.amp",
    "https://courier.example/2019/05/30/flood-closes-bridge?outputType=amp",
    "https://courier-example.cdn.ampproject.org/c/s/courier.example/2019/05/30/flood-closes-bridge",
    "https://www.google.com/amp/s/www.courier.example/2019/05/30/flood-closes-bridge",
]
DIFFERENT = [
    "https://courier.example/2019/05/30/Flood-closes-bridge",
    "https://courier.example/2019/05/30/flood-closes-bridge?page=2",
    "https://post.example/2019/05/30/flood-closes-bridge",
    "https://courier.example:8080/2019/05/30/flood-closes-bridge",
    "https://courier.example/2019/05/30/flood%2Fcloses%2Fbridge",
    "https://courier.example/2019/05/30/flood-closes-bridge?id=2",
    "https://courier.example/2019/05/30/flood-closes-bridge?reference=2",
    "https://courier.example/2019/05/30/flood-closes-bridge?outputType=print",
    "https://courier.example/2019/05/30/flood-closes-bridge/amplified",
]


class CanonicalKeyTests(SimpleTestCase):
    def test_all_spellings_of_one_address_have_one_key(self):
        for url in SAME:
            self.assertEqual(canonical_key(url), ONE_ARTICLE, url)

    def test_other_addresses_have_other_keys(self):
        for url in DIFFERENT:
            self.assertNotEqual(canonical_key(url), ONE_ARTICLE, url)

    def test_parameters_that_mean_an_article_stay_in_any_order(self):
        self.assertEqual(
            canonical_key("http://courier.example/?b=2&utm_id=9&a=1&a=0"),
            "https://courier.example/?a=0&a=1&b=2",
        )

    def test_a_key_is_its_own_key(self):
        urls = [
            *SAME,
            *DIFFERENT,
            "http://ex.example/ä ö?q=ü&x=%E9",
            "http://ex.example/a%20b%3Fc",
            "http://bücher.example/x",
        ]
        for url in urls:
            self.assertEqual(canonical_key(canonical_key(url)), canonical_key(url), url)

    def test_a_page_about_amplifiers_is_no_home_page(self):
        self.assertEqual(canonical_key("https://courier.example/amp/"), "https://courier.example/amp")

    def test_a_bare_site_or_no_address_is_no_key(self):
        for url in ["", "https://courier.example", "https://courier.example/?utm_source=x", "ftp://a.example/b",
                    "javascript:alert(1)", "http://[::1", "http:///x", "//courier.example/x", "x" * 3000,
                    "https://courier.example/" + "é" * 1999]:  # fmt: skip
            self.assertIsNone(canonical_key(url), url)


class AlreadyHereTests(TestCase):
    def test_the_same_text_in_the_same_paper_on_the_same_day(self):
        first = make_article(body="The river rose.")
        draft = make_article(body="The river rose.", status="draft")
        self.assertEqual(list(already_here(draft)), [first])

    def test_another_day_or_paper_is_another_article(self):
        draft = make_article(body="The river rose.", status="draft")
        make_article(body="The river rose.", published_on=dt.date(2019, 5, 31))
        elsewhere = make_article(body="The river rose.", publication="Corran Post")
        self.assertEqual(list(already_here(draft)), [])
        self.assertEqual(list(copies(draft)), [elsewhere])

    def test_another_headline_over_the_same_text_is_another_article(self):
        make_article(body="The river rose.", headline="River rises")
        draft = make_article(body="The river rose.", headline="Ferry stops", status="draft")
        self.assertEqual(list(already_here(draft)), [])

    def test_a_draft_whose_headline_nobody_has_found_is_compared_by_its_text(self):
        first = make_article(body="The river rose.", headline="River rises")
        draft = make_article(body="The river rose.", headline="", status="draft")
        self.assertEqual(list(already_here(draft)), [first])

    def test_undated_articles_are_compared_too(self):
        first = make_article(body="The river rose.", published_on=None)
        draft = make_article(body="The river rose.", published_on=None, status="draft")
        self.assertEqual(list(already_here(draft)), [first])

    def test_the_same_address_in_another_spelling(self):
        first = make_article(canonical_url=ONE_ARTICLE)
        draft = make_article(source_url=SAME[2], status="draft")
        self.assertEqual(list(already_here(draft)), [first])

    def test_a_draft_without_a_text_is_like_nothing(self):
        make_article(body="", headline="", status="draft", published_on=None)
        self.assertEqual(list(already_here(make_article(body="", status="draft", published_on=None))), [])

    def test_the_remains_of_an_undone_import_do_not_count(self):
        batch = ImportBatch.objects.create(source="x", undone_at=dt.datetime.now(dt.UTC))
        make_article(body="The river rose.", status=Article.Status.CANCELED, import_batch=batch)
        draft = make_article(body="The river rose.", status="draft")
        self.assertEqual(list(already_here(draft)), [])


class OriginalTests(TestCase):
    def test_a_copy_is_of_the_earliest_article_of_another_paper_that_is_no_copy(self):
        later = make_article(
            body="The river rose.", publication="Corran Post", published_on=dt.date(2019, 5, 31)
        )
        first = make_article(body="The river rose.", publication="Selwy Courier")
        make_article(
            body="The river rose.", publication="Tarrin Bell", copy_of=first, published_on=dt.date(2018, 1, 1)
        )
        keys = Keys(None, None, None, text_hash("The river rose."), None)
        known = KnownArticles()
        known.find([keys])
        self.assertEqual(known.original(keys), first.pk)
        self.assertNotEqual(known.original(keys), later.pk)
