"""Errors of database constraints appear beside their field in the admin forms."""

import datetime as dt
from importlib import import_module

from django.db import IntegrityError, connection, transaction
from django.test import TestCase
from django.urls import reverse

from articles.models import Article, Publication, Quote
from articles.models.partial_dates import WRONG_PRECISION
from articles.models.zones import NO_ZONE
from articles.operations.integrity import faults
from tests.admin.desk import confirmed, fields_of, log_in, make_user
from tests.factories import make_article, make_publication, make_quote

# A day, and a precision that it cannot have.
WRONG = (
    *(("", "day"), ("", "month"), ("", "year"), ("2019-05-30", "")),
    *(("2019-05-30", "month"), ("2019-05-01", "year")),
)


class TableFormCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.chief = make_user("chief editor")
        cls.article = make_article(body="“It holds,” she said.", published_on=dt.date(2019, 5, 30))
        cls.quote = make_quote(cls.article, "It holds,")

    def setUp(self):
        self.client = log_in(self.chief)

    def send(self, row, **fields):
        name = row._meta.model_name
        url = reverse(f"admin:articles_{name}_change", args=[row.pk])
        form = fields_of(self.client.get(url).content.decode(), f"{name}_form")
        return confirmed(self.client, self.client.post(url, {**form, **fields}))

    def assert_beside(self, page, field, message):
        self.assertEqual(page.status_code, 200)
        self.assertEqual(page.context["adminform"].form.errors.get(field), [message])
        self.assertNotIn("__all__", page.context["adminform"].form.errors)


class PrecisionTests(TableFormCase):
    def test_a_wrong_precision_of_an_article_is_said_beside_it(self):
        for day, precision in WRONG:
            with self.subTest(day=day, precision=precision):
                page = self.send(self.article, published_on=day, published_precision=precision)
                self.assert_beside(page, "published_precision", WRONG_PRECISION)

    def test_a_wrong_precision_of_a_quote_is_said_beside_it(self):
        for day, precision in WRONG:
            with self.subTest(day=day, precision=precision):
                page = self.send(self.quote, said_on=day, said_precision=precision)
                self.assert_beside(page, "said_precision", WRONG_PRECISION)

    def test_a_time_without_the_day_is_said_beside_the_time(self):
        page = self.send(
            self.article, published_on="", published_precision="",
            published_at_0="2019-05-30", published_at_1="12:00:00",
        )  # fmt: skip
        self.assert_beside(
            page, "published_at", "To give a time, enter the day and choose the precision “day”."
        )

    def test_a_right_save_logs_no_warning(self):
        for row, fields in (
            (self.article, {"published_on": "2019-05-01", "published_precision": "month"}),
            (self.quote, {"channel": "spoken"}),
        ):
            with self.subTest(row=row), self.assertNoLogs("django.db.models", "WARNING"):
                self.assertEqual(self.send(row, **fields).status_code, 302)

    def test_the_database_refuses_a_precision_without_a_date(self):
        for rows, day, precision in (
            (Article.objects.all(), "published_on", "published_precision"),
            (Quote.objects.all(), "said_on", "said_precision"),
        ):
            for value in ("day", "month", "year"):
                with self.subTest(day, value=value), self.assertRaises(IntegrityError), transaction.atomic():
                    rows.update(**{day: None, precision: value})

    def test_the_migration_clears_a_precision_that_has_no_date(self):
        migration = import_module("articles.migrations.unsquashed_2.0004_checks")
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE articles_article DROP CONSTRAINT article_published_precision")
            cursor.execute("UPDATE articles_article SET published_on = NULL, published_precision = 'month'")
            cursor.execute(migration.CLEAR_PRECISIONS)
        self.assertEqual(Article.objects.get().published_precision, "")


class FirstDayTests(TableFormCase):
    def test_an_article_of_the_first_day_there_is_can_be_read(self):
        Publication.objects.update(time_zone="America/New_York")
        first = dt.datetime(1, 1, 1, tzinfo=dt.UTC)
        Article.objects.update(published_at=first, published_on=first.date())
        page = self.client.get(Article.objects.get().get_absolute_url())
        self.assertContains(page, "0001-01-01")


class TimeZoneTests(TableFormCase):
    def invent_a_zone(self):
        """A row from before the constraint, which applies to new writes only."""
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE articles_publication DROP CONSTRAINT publication_time_zone")
        Publication.objects.update(time_zone="Dublin")
        Article.objects.update(published_at=dt.datetime(2019, 5, 30, 12, tzinfo=dt.UTC))

    def test_a_time_zone_that_there_is_not_is_said_beside_it(self):
        for name in ("Dublin", "Europe", "europe/dublin", "../../etc/passwd", "UTC+25", "BST"):
            with self.subTest(name):
                self.assert_beside(self.send(self.article.publication, time_zone=name), "time_zone", NO_ZONE)

    def test_a_time_zone_by_its_name_is_stored(self):
        self.assertEqual(self.send(self.article.publication, time_zone="Europe/Dublin").status_code, 302)
        self.assertEqual(Publication.objects.get().time_zone, "Europe/Dublin")

    def test_the_database_refuses_a_time_zone_that_there_is_not(self):
        with self.assertRaises(IntegrityError):
            make_publication("Corran Post", time_zone="Dublin")

    def test_articles_of_a_publication_with_an_invented_zone_are_shown(self):
        self.invent_a_zone()
        for address in (
            Article.objects.get().get_absolute_url(), self.quote.get_absolute_url(),
            "/search/?q=holds&format=json", "/search/?q=holds&format=csv", "/search/?format=jsonl",
            "/search/?format=atom", "/quotes/?format=csv", "/publications/selwy-courier/",
            reverse("admin:desk-review", args=[self.article.pk]),
        ):  # fmt: skip
            with self.subTest(address):
                page = self.client.get(address, follow=True)
                self.assertEqual(page.status_code, 200)
                b"".join(page)

    def test_check_archive_names_a_publication_with_an_invented_zone(self):
        self.invent_a_zone()
        [told] = [fault for fault in faults() if "zone" in fault]
        self.assertIn(f"publication {self.article.publication_id}: unknown time zone 'Dublin'", told)
