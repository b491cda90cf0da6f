"""The filters of the pages: dates as they were printed, counts and states in words."""

import datetime as dt
from types import SimpleNamespace

from django.test import TestCase

from articles.models import Article, Publication
from articles.templatetags import archive


class DateTests(TestCase):
    def dated(self, day, precision, **fields):
        return Article(published_on=day, published_precision=precision, **fields)

    def test_a_date_is_said_at_its_own_precision(self):
        for precision, machine, words in (
            ("day", "2024-12-01", "1 December 2024"),
            ("month", "2024-12", "December 2024"),
            ("year", "2024", "2024"),
        ):
            with self.subTest(precision):
                shown = archive.dated(self.dated(dt.date(2024, 12, 1), precision))
                self.assertEqual(shown, f'<time datetime="{machine}">{words}</time>')

    def test_without_a_date_it_says_so(self):
        self.assertEqual(archive.dated(self.dated(None, "")), "undated")

    def test_a_time_is_told_in_the_papers_own_zone(self):
        moment = dt.datetime(2019, 5, 31, 4, 30, tzinfo=dt.UTC)
        paper = Publication(name="Selwy Courier", time_zone="America/Bogota")
        shown = archive.dated_in_full(
            self.dated(dt.date(2019, 5, 30), "day", published_at=moment, publication=paper)
        )
        self.assertIn('datetime="2019-05-30T23:30-05:00"', shown)
        self.assertIn("Thursday 30 May 2019, 23.30", shown)


class WordTests(TestCase):
    def test_counts_agree_with_their_words(self):
        self.assertEqual(
            [archive.counted(n, "quote,quotes") for n in (0, 1, 2, 12345)],
            ["no quotes", "1 quote", "2 quotes", "12,345 quotes"],
        )

    def test_text_in_another_language_says_which_and_which_way_it_runs(self):
        self.assertEqual(archive.lang("ar"), ' lang="ar" dir="rtl"')
        self.assertEqual(archive.lang("fr-CA"), ' lang="fr-CA"')
        self.assertEqual(archive.lang(""), "")

    def test_a_language_without_a_name_is_told_by_its_tag(self):
        self.assertEqual(archive.language_name("fr"), "French")
        self.assertEqual(archive.language_name("fr-CA"), "French (fr-CA)")
        self.assertEqual(archive.language_name("qaa"), "qaa")

    def test_a_standing_that_readers_must_know_of_is_said(self):
        self.assertIn("disputed", archive.standing(SimpleNamespace(standing="disputed")))
        self.assertEqual(archive.standing(SimpleNamespace(standing="confirmed")), "")
