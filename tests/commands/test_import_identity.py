"""import_articles: what is the same article, what is another version of it, and what only looks so."""

from django.test import TestCase

from articles.models import Article, ImportError
from tests.commands.test_import_articles import Importing, lines, row
from tests.commands.test_import_tables import Tables

TEASER = "Read the full story"
LOCK = (
    "The lock of Selwy closes in March, because its gate has a crack that the keeper found in the spring. "
    * 2
)
DREDGER = (
    "A dredger sank in the basin on Tuesday night while its crew of four slept ashore at the old inn. " * 2
)


def feed(*items):
    parts = (
        f"<item><title>{title}</title><link>https://selwy.example/{link}</link><guid>{guid}</guid>"
        f"<pubDate>Wed, 06 Apr 2022 1{n}:00:00 +0000</pubDate><description>{text}</description></item>"
        for n, (title, link, guid, text) in enumerate(items)
    )
    return (
        '<?xml version="1.0"?><rss version="2.0"><channel><title>Selwy Teaser</title>'
        f"<link>https://selwy.example/</link><description>d</description>{''.join(parts)}</channel></rss>"
    )


class SameTextTests(Tables, TestCase):
    def test_articles_with_the_same_teaser_are_articles_of_their_own(self):
        titles = ("Lock closes", "Dredger sinks", "Keeper writes", "Board meets")
        path = self.write("a.rss", feed(*((title, n, f"g{n}", TEASER) for n, title in enumerate(titles))))
        counts, code, _ = self.run_import(path)
        self.assertEqual((counts["rows_added"], counts["rows_bad"], code), (4, 0, 0))
        again, _, said = self.run_import(path)
        self.assertEqual((again["rows_added"], again["rows_present"]), (0, 4))
        for number in range(1, 5):
            self.assertIn(f"a.rss: row {number}: ", said)

    def test_one_guid_for_all_items_is_reported_and_every_item_comes_in(self):
        items = (
            ("Lock closes", 1, "feed", TEASER),
            ("Dredger sinks", 2, "feed", TEASER),
            ("Keeper", 3, "feed", LOCK),
        )
        path = self.write("a.rss", feed(*items))
        counts, code, said = self.run_import(path, "--changed", "update")
        self.assertEqual((counts["rows_added"], counts["rows_bad"], code), (3, 0, 0))
        self.assertIn("row 2, external_id: 'feed' also the ID of article", said)
        self.assertEqual(Article.objects.get(headline="Dredger sinks").extra["external_id"], "feed")
        again, _, _ = self.run_import(path, "--changed", "update")
        self.assertEqual((again["rows_added"], again["rows_present"]), (0, 3))
        self.assertEqual(Article.objects.filter(version__gt=1).count(), 0)


class SameIdTests(Importing, TestCase):
    def test_another_article_with_a_stored_id_replaces_nothing(self):
        self.run_import(lines(row(1, external_id="7", headline="Lock closes", body=LOCK, source_url="")))
        other = lines(row(2, external_id="7", headline="Dredger sinks", body=DREDGER, source_url=""))
        for times in (1, 2):
            counts, code, _ = self.run_import(other, "--changed", "update", "--publish")
            self.assertEqual((counts["rows_added"], counts["rows_changed"], code), (2 - times, 0, 0))
        self.assertEqual(ImportError.objects.filter(column="external_id").count(), 1)
        stored = Article.objects.order_by("pk").values_list("headline", "external_id")
        self.assertEqual(list(stored), [("Lock closes", "7"), ("Dredger sinks", None)])

    def test_what_has_the_headline_the_link_or_the_opening_of_an_article_is_its_next_version(self):
        first = {"external_id": "7", "headline": "Lock closes", "body": LOCK}
        self.run_import(lines(row(1, **first)))
        versions = (
            {"headline": "LOCK CLOSES!", "body": DREDGER, "source_url": "https://courier.example/99"},
            {
                "headline": "Dredger sinks",
                "body": LOCK,
                "source_url": "http://m.courier.example/1/?utm_source=x",
            },
            {"headline": "Shut from March", "body": f"{LOCK} It will open in May.", "source_url": ""},
        )
        for version in versions:
            with self.subTest(version["headline"]):
                counts, _, said = self.run_import(lines(row(1, **first | version)), "--changed", "update")
                self.assertEqual((counts["rows_added"], counts["rows_changed"]), (0, 1), said)
                self.assertEqual(Article.objects.get().headline, version["headline"])
                self.run_import(lines(row(1, **first)), "--changed", "update")

    def test_one_link_for_all_rows_does_not_make_them_one_article(self):
        rows = [
            row(
                1,
                external_id="1",
                headline="Lock closes",
                body=LOCK,
                source_url="https://courier.example/news",
            ),
            row(
                2,
                external_id="2",
                headline="Dredger sinks",
                body=DREDGER,
                source_url="https://courier.example/news",
            ),
        ]
        counts, _, said = self.run_import(lines(*rows))
        self.assertEqual(counts["rows_added"], 2)
        self.assertIn("row 2, canonical_url: 'https://courier.example/news' also the link of article", said)
        self.assertEqual({a.source_url for a in Article.objects.all()}, {"https://courier.example/news"})
        self.assertEqual(self.run_import(lines(*rows))[0]["rows_present"], 2)

    def test_a_changed_headline_is_a_change(self):
        self.run_import(lines(row(1)), "--publish")
        counts, _, said = self.run_import(lines(row(1, headline="The river falls")))
        self.assertEqual(counts["rows_changed"], 1)
        self.assertIn("row 1: 'The river falls' already in the archive (ID ", said)
        self.assertIn("with another headline or text; not changed", said)
        self.run_import(lines(row(1, headline="The river falls")), "--changed", "update")
        self.assertEqual(Article.objects.get().headline, "The river falls")

    def test_a_dry_run_finds_the_same(self):
        rows = lines(
            row(1, external_id="7", headline="Lock closes", body=LOCK, source_url=""),
            row(2, external_id="7", headline="Dredger sinks", body=DREDGER, source_url=""),
            row(3, external_id="7", headline="Lock closes", body=DREDGER, source_url=""),
        )
        dry, _, said = self.run_import(rows, "--dry-run")
        self.assertIn("row 2, external_id: '7' also the ID of an earlier row", said)
        real, _, _ = self.run_import(rows)
        self.assertEqual(dry | {"batch": 0, "source": ""}, real | {"batch": 0, "source": ""})
