"""Feeds: ordered by the date added, with the newspaper's date and authors, and paged."""

import datetime as dt

import feedparser
from django.test import TestCase
from django.utils import timezone

from articles.revisions import change_text
from tests.factories import make_article, make_publication, make_quote


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
        entries = self.entries("/search/?format=atom")
        self.assertEqual([entry.title for entry in entries], ["Printed long ago", "Lately printed"])

    def test_a_feed_is_ordered_by_the_date_added_whatever_its_page_is_ordered_by(self):
        for query in ("q=printed", "sort=oldest", "sort=random&seed=3"):
            with self.subTest(query):
                entries = self.entries(f"/search/?{query}&format=atom")
                self.assertEqual([entry.title for entry in entries], ["Printed long ago", "Lately printed"])

    def test_the_link_to_the_feed_of_a_search_leaves_its_order_out(self):
        page = self.client.get("/search/?q=printed&sort=oldest").content.decode()
        self.assertIn('href="/search/?q=printed&amp;format=atom"', page)

    def test_an_entry_is_published_when_the_newspaper_says_and_updated_when_added(self):
        entry = self.entries("/search/?q=farmer&format=atom")[0]
        self.assertEqual(entry.published_parsed[:3], (1931, 3, 2))
        updated = dt.datetime(*entry.updated_parsed[:6], tzinfo=dt.UTC)
        self.assertLess(abs(updated - self.now), dt.timedelta(minutes=10))

    def test_an_entry_gives_the_time_printed_in_the_newspapers_zone(self):
        at = dt.datetime(2019, 5, 30, 3, 30, tzinfo=dt.UTC)
        paper = make_publication("Bight Mail", time_zone="America/Halifax")
        make_article(headline="Late edition", publication=paper, published_on=at.date(), published_at=at)
        make_article(headline="No day", publication=paper, published_on=None)
        found = {entry.title: entry for entry in self.entries("/search/?publication=bight-mail&format=atom")}
        self.assertEqual(found["Late edition"].published, "2019-05-30T00:30:00-03:00")
        self.assertNotIn("published", found["No day"])

    def test_every_author_has_an_element_and_none_the_word_by(self):
        make_article(headline="Two wrote", byline="By Jonas Whitlock and Sir Alan Brook")
        make_article(headline="Nobody named", byline="Staff reporter", publication="Bight Mail")
        found = {entry.title: entry for entry in self.entries("/search/?format=atom")}
        self.assertEqual(
            [author.name for author in found["Two wrote"].authors], ["Jonas Whitlock", "Alan Brook"]
        )
        self.assertEqual([author.name for author in found["Nobody named"].authors], ["Bight Mail"])

    def test_a_changed_headline_changes_the_address_and_not_the_name_of_an_entry(self):
        before = self.entries("/search/?q=farmer&format=atom")[0]
        change_text(self.backfile, headline="Printed very long ago")
        after = self.entries("/search/?q=farmer&format=atom")[0]
        self.assertEqual(before.id, after.id)
        self.assertNotEqual((before.title, before.link), (after.title, after.link))

    def test_quotes_and_a_reader_that_has_them_already(self):
        response = self.client.get("/quotes/?format=atom")
        (entry,) = feedparser.parse(response.content).entries
        self.assertTrue(entry.link.endswith(f"/quotes/{self.quote.pk}/"))
        again = self.client.get("/quotes/?format=atom", headers={"if-none-match": response["ETag"]})
        self.assertEqual(again.status_code, 304)


class PagedFeedTests(TestCase):
    """A reader polls a feed and follows its next pages up to what it has seen."""

    def poll(self, seen):
        """The titles of all entries that are new to this reader; three articles come between its pages."""
        address, found, before = "/search/?size=20&format=atom", [], set(seen)
        while address:
            feed = feedparser.parse(self.client.get(address).content)
            found += [entry.title for entry in feed.entries if entry.id not in seen]
            known = any(entry.id in before for entry in feed.entries)
            seen |= {entry.id for entry in feed.entries}
            for _ in range(min(3, 100 - self.added)):
                self.add()
            links = {link.rel: link.href for link in feed.feed.links}
            address = None if known else links.get("next")
        return found

    def add(self):
        self.added += 1
        # Printed in no order, so that the date printed cannot stand in for the date added.
        make_article(headline=f"Story {self.added}", published_on=dt.date(1950 + self.added * 37 % 70, 1, 1))

    def test_a_reader_misses_none_of_100_articles_added_meanwhile(self):
        self.added, seen = 0, set()
        for _ in range(45):
            self.add()
        titles = self.poll(seen)
        while self.added < 100:
            for _ in range(min(25, 100 - self.added)):
                self.add()
            titles += self.poll(seen)
        titles += self.poll(seen)
        self.assertEqual(sorted(titles), sorted(f"Story {number}" for number in range(1, 101)))

    def test_pages_of_a_feed_are_linked_and_the_last_has_no_next(self):
        for number in range(21):
            make_article(headline=f"Story {number}")
        first = feedparser.parse(self.client.get("/search/?format=atom").content)
        links = {link.rel: link.href for link in first.feed.links}
        last = feedparser.parse(self.client.get(links["next"]).content)
        self.assertEqual(len(last.entries), 1)
        self.assertEqual({link.rel for link in last.feed.links}, {"alternate", "self", "first", "previous"})

    def test_the_feed_of_notices_has_pages_too(self):
        article = make_article()
        for number in range(51):
            article.notices.create(kind="correction", whose="ours", text=f"{number}", dated="2026-01-05")
        first = feedparser.parse(self.client.get("/corrections/?format=atom").content)
        following = next(link.href for link in first.feed.links if link.rel == "next")
        rest = feedparser.parse(self.client.get(following).content)
        self.assertEqual(len({entry.id for entry in [*first.entries, *rest.entries]}), 51)
