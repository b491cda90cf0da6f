"""A search that is followed: what was added comes, however long ago it was printed, and keeps its name."""

import datetime as dt

import feedparser
from django.test import TestCase
from django.utils import timezone

from articles.revisions import change_text
from tests.factories import make_article, make_quote


class FollowedSearchTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.now = timezone.now()
        cls.lately = make_article(
            headline="Lately printed",
            published_on=dt.date(2026, 1, 5),
            visible_from=cls.now - dt.timedelta(days=9),
        )
        cls.backfile = make_article(
            headline="Printed long ago",
            body="“The siren was late,” said a farmer.",
            published_on=dt.date(1931, 3, 2),
        )
        cls.quote = make_quote(cls.backfile, "The siren was late,")

    def entries(self, address):
        return feedparser.parse(self.client.get(address).content).entries

    def test_what_is_added_of_the_backfile_comes_first(self):
        entries = self.entries("/search/?sort=added&format=atom")
        self.assertEqual([entry.title for entry in entries], ["Printed long ago", "Lately printed"])

    def test_an_entry_is_dated_by_its_coming_here_and_not_by_its_printing(self):
        entry = self.entries("/search/?sort=added&format=atom")[0]
        came = dt.datetime(*entry.published_parsed[:6], tzinfo=dt.UTC)
        self.assertLess(abs(came - self.now), dt.timedelta(minutes=10))

    def test_a_changed_headline_changes_the_address_and_not_the_name_of_an_entry(self):
        before = self.entries("/search/?q=farmer&format=atom")[0]
        change_text(self.backfile, headline="Printed very long ago")
        after = self.entries("/search/?q=farmer&format=atom")[0]
        self.assertEqual(before.id, after.id)
        self.assertNotEqual((before.title, before.link), (after.title, after.link))

    def test_quotes_and_a_reader_that_has_them_already(self):
        response = self.client.get("/quotes/?sort=added&format=atom")
        (entry,) = feedparser.parse(response.content).entries
        self.assertTrue(entry.link.endswith(f"/quotes/{self.quote.pk}/"))
        again = self.client.get(
            "/quotes/?sort=added&format=atom", headers={"if-none-match": response["ETag"]}
        )
        self.assertEqual(again.status_code, 304)
