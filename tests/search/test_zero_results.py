"""Zero-result queries: counted per day; counting never fails a request, and the table stays small."""

import datetime as dt
from unittest import mock

from django.db import DatabaseError, connection, transaction
from django.test import TestCase, TransactionTestCase

from articles import search
from articles.models import FailedSearch, SuggestedSearch
from tests.factories import make_article, make_speaker
from tests.views.queries import TWELVE


def noted():
    return list(FailedSearch.objects.order_by("kind", "words").values_list("kind", "words", "times"))


class ZeroResultTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        make_article(headline="Flood closes the bridge", section="Home news")
        make_speaker("Ada Okafor", slug="ada-okafor")

    def test_words_that_find_nothing_are_counted_in_their_normal_form(self):
        for path in ("/search/?q=Zebra", "/search/?q=ZÉBRA", "/quotes/?q=zebra", "/search/?q=zebra+-flood"):
            self.client.get(path)
        self.assertEqual(
            noted(), [("articles", "zebra", 2), ("articles", "zebra -flood", 1), ("quotes", "zebra", 1)]
        )

    def test_nothing_else_is_counted(self):
        for path in (
            "/search/?q=flood",
            "/search/?q=zebra&section=home-news",
            "/search/?q=zebra&from=2019",
            "/search/?q=zebra+%29",
            "/search/?q=zebra&size=7",
            "/search/?q=%29",
            "/search/?q=zebra&page=2",
            "/search/?q=zebra&format=json",
            "/search/?speaker=nobody",
            "/search/?q=" + "z" * 201,
            "/speakers/ada-okafor/?q=zebra",
        ):
            self.client.get(path)
        self.client.head("/search/?q=zebra")
        self.client.get(
            "/search/?q=zebra", headers={"user-agent": "Mozilla/5.0 (compatible; ExampleBot/2.1)"}
        )
        self.assertEqual(noted(), [])

    def test_nothing_is_kept_of_who_asked(self):
        columns = {field.name for field in FailedSearch._meta.get_fields()}
        self.assertEqual(columns, {"id", "kind", "words", "day", "times"})

    def test_the_table_stays_small(self):
        day = dt.date(2026, 5, 1)
        with connection.cursor() as cursor:
            FailedSearch.objects.create(kind="articles", words="old", day=day - dt.timedelta(days=200))
            FailedSearch.objects.create(kind="articles", words="young", day=day - dt.timedelta(days=20))
            FailedSearch.objects.bulk_create(
                FailedSearch(kind="articles", words=f"word {n}", day=day + dt.timedelta(days=1))
                for n in range(500)
            )

            def note(words, day):
                cursor.execute("SELECT archive_note_failed_search('articles', %s, %s)", [words, day])
                return cursor.fetchone()[0]

            # The first of a day takes away what is older than half a year; the 501st of a day is not kept.
            self.assertTrue(note("new", day))
            self.assertFalse(note("too many", day + dt.timedelta(days=1)))
            self.assertTrue(note("word 7", day + dt.timedelta(days=1)))
        self.assertFalse(FailedSearch.objects.filter(words__in=["old", "too many"]).exists())
        self.assertTrue(FailedSearch.objects.filter(words="young").exists())
        self.assertEqual(FailedSearch.objects.get(words="word 7").times, 2)

    def test_a_page_without_hits_asks_the_database_at_most_twelve_times(self):
        for number in range(12):
            make_article(headline="The minister resigned", body=f"Carbon tax {number}.", section="Politics")
        search.count_words()
        for path in (
            "/search/?q=minsiter+%22carbon+tax%22+headline:zebra&section=politics",
            "/search/?q=%22minsiter+resigned%22",
            "/quotes/?q=zebra+NEAR%2F3+%22carbon+tax%22",
            "/search/?q=zebra",
        ):
            self.client.get(path)
            with self.subTest(path), self.assertNumQueries(TWELVE):
                self.assertContains(self.client.get(path), "How we read your search")

    def test_what_cannot_be_counted_is_no_fault_of_the_page(self):
        with mock.patch("articles.search.assist.zero_results.connection") as away:
            away.cursor.side_effect = DatabaseError("gone")
            self.assertContains(self.client.get("/search/?q=zebra"), "<b>No articles</b>")


class BusyDatabaseTests(TransactionTestCase):
    def test_a_database_that_takes_no_writes_answers_all_the_same(self):
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION READ ONLY")
            self.assertContains(self.client.get("/search/?q=zebra"), "<b>No articles</b>")
        self.assertEqual(noted(), [])


class PromotionTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        make_article(headline="Levee breaks")
        SuggestedSearch.objects.create(
            kind="articles", words="dike", leads_to="/search/?q=levee+OR+dyke", note="The papers wrote levee."
        )

    def test_it_is_shown_beside_the_results_of_these_words_alone(self):
        page = self.client.get("/search/?q=Dike")
        self.assertContains(
            page, '<b>Editors suggest:</b> <a href="/search/?q=levee+OR+dyke">levee OR dyke</a>', html=False
        )
        self.assertContains(page, "The papers wrote levee.")
        for path in ("/search/?q=dikes", "/quotes/?q=dike", "/search/", "/search/?q=levee"):
            self.assertNotContains(self.client.get(path), "Editors suggest")

    def test_it_changes_nothing_of_the_results(self):
        self.assertEqual(self.client.get("/search/?q=dike&format=json").json()["count"], 0)
        make_article(headline="A dike")
        page = self.client.get("/search/?q=dike")
        self.assertContains(page, "<b>1 article</b>")
        self.assertContains(page, "Editors suggest")
