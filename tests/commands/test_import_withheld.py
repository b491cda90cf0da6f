"""What its source does not publish never becomes public, whatever the format and options."""

import json

from django.test import TestCase

from articles.models import Article, ImportError, Speaker
from tests.commands.test_import_formats import posts
from tests.commands.test_import_tables import SMALL, Tables

ROW = {"publication": "Selwy Courier", "published_on": "2019-05-30"}
WITHHELD = [
    {"status": "draft"}, {"status": "Pending Review"}, {"post_status": "future"}, {"status": False},
    {"status": "someday"}, {"draft": True}, {"draft": "yes"}, {"isDraft": 1}, {"published": False},
    {"visibility": "members"}, {"wp:post_password": "enter"}, {"moderation_state": "needs_review"},
    {"pubStatus": "stat:withheld"}, {"embargo": "9999-12-31"}, {"embargoed_until": "until further notice"},
    {"visible_from": "2999-01-01T00:00:00Z"}, {"publish_at": 32503680000}, {"unpublish_on": "2019-06-01"},
    {"status": [{"value": False}]}, {"state": "draft"},
]  # fmt: skip
PUBLIC = [
    {"status": "publish"}, {"status": "Published"}, {"status": 1}, {"draft": False}, {"draft": ""},
    {"published": True}, {"published": "2019-05-30"}, {"visibility": "public"}, {"password": ""},
    {"pubStatus": "stat:usable"}, {"embargo": "2019-05-30"}, {"embargo": "none"}, {"state": "Ohio"},
    {"expires_at": "2999-01-01"},
]  # fmt: skip
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:app="http://www.w3.org/2007/app">
<title>Selwy Courier</title><entry><title>Weir opens</title><id>1</id><content>The weir is open.</content>
<app:control><app:draft>yes</app:draft></app:control></entry>
<entry><title>Mill burns</title><id>2</id><content>The mill burnt down.</content></entry></feed>"""


class WithheldTests(Tables, TestCase):
    def published(self, name, content, *options):
        """The headlines that readers see after an import that publishes, and what was said of the others."""
        _, _, said = self.run_import(self.write(name, content), "--publish", *options)
        return sorted(Article.objects.published().values_list("headline", flat=True)), said

    def rows(self, columns):
        made = (ROW | {"headline": f"H{n}", "body": f"Text {n}."} | one for n, one in enumerate(columns))
        return "\n".join(map(json.dumps, made))

    def test_a_row_of_json_that_its_source_withholds_stays_a_draft(self):
        shown, said = self.published("rows.jsonl", self.rows(WITHHELD))
        self.assertEqual((shown, Article.objects.filter(status="draft").count()), ([], len(WITHHELD)))
        self.assertIn(
            "row 1: 'H0' imported as a draft, because the source does not publish it: status is «draft»", said
        )

    def test_a_row_of_json_that_its_source_publishes_is_published(self):
        shown, _ = self.published("rows.jsonl", self.rows(PUBLIC))
        self.assertEqual(len(shown), len(PUBLIC))

    def test_no_speaker_is_made_of_a_name_that_only_a_withheld_row_has(self):
        row = ROW | {"headline": "Weir opens", "body": "The weir is open.", "authors": ["Edda Marsh"]}
        self.published("rows.jsonl", json.dumps(row | {"status": "draft"}), "--create-speakers")
        self.assertEqual(Speaker.objects.count(), 0)

    def test_a_password_is_not_told(self):
        _, said = self.published("rows.jsonl", self.rows([{"post_password": "sesame"}]))
        self.assertIn("post_password is set", said)
        self.assertNotIn("sesame", said)

    def test_a_status_column_that_a_mapping_leaves_out_still_counts(self):
        text = SMALL.format("2019-05-31").replace("source_url\r\n", "source_url;State\r\n", 1)
        text = text.replace("example/1", "example/1;published").replace("example/2", "example/2;draft")
        csv_map = self.suggest(self.write("own.csv", text))
        for meant in ('"State" = "extra"', '"State" = ""'):
            Article.objects.all().delete()
            mapped = csv_map.replace('"State" = "status"', meant).partition("[values.status]")[0]
            shown, _ = self.published("own.csv", text, "--map", self.write("map.toml", mapped))
            with self.subTest(meant):
                self.assertEqual((shown, Article.objects.count()), (["Weir opens"], 2))

    def test_a_mapping_is_suggested_that_takes_scheduled_posts_for_drafts(self):
        text = SMALL.format("2019-05-31").replace("source_url\r\n", "source_url;Status\r\n", 1)
        text = text.replace("example/1", "example/1;publish").replace("example/2", "example/2;future")
        self.assertIn('"future" = "draft"', self.suggest(self.write("own.csv", text)))

    def test_an_entry_of_a_feed_that_is_a_draft_stays_one(self):
        shown, said = self.published("news.atom", ATOM)
        self.assertEqual((shown, Article.objects.count()), (["Mill burns"], 2))
        self.assertIn("app:draft is «yes»", said)

    def test_a_text_whose_front_matter_says_draft_stays_one(self):
        text = "---\ntitle: Weir opens\ndraft: true\n---\n\nWeir opens\n\nThe weir was opened on Friday.\n"
        shown, _ = self.published("weir.md", text, "--publication", "Selwy Courier")
        self.assertEqual((shown, Article.objects.count()), ([], 1))

    def test_an_update_does_not_publish_a_text_that_its_source_now_withholds(self):
        row = ROW | {"headline": "Weir opens", "body": "The weir is open.", "external_id": "1"}
        self.published("rows.jsonl", json.dumps(row))
        row |= {"body": "The board has a secret.", "status": "private"}
        self.published("rows.jsonl", json.dumps(row), "--changed", "update")
        self.assertEqual(Article.objects.get().body, "The weir is open.")


class WordPressTests(Tables, TestCase):
    ITEMS = (
        (1, "Weir opens", "publish", "post"), (2, "Mill burns", "draft", "post"),
        (3, "Bridge shuts", "private", "post"), (4, "Ferry sails", "pitch", "post"),
        (5, "Home", "publish", "nav_menu_item"), (6, "weir.jpg", "inherit", "attachment"),
        (7, "Old news", "trash", "post"), (8, "Members only", "publish", "post"),
    )  # fmt: skip

    def export(self, namespace, prefix="wp", declared=""):
        text = posts(*self.ITEMS).replace("http://wordpress.org/export/1.2/", namespace)
        text = text.replace("xmlns:wp", f"xmlns:{declared or prefix}")
        text = text.replace("<wp:author>", "<wp:wxr_version>1.2</wp:wxr_version><wp:author>", 1)
        at = text.index("<title>Members only")
        locked = text[at:].replace("<wp:status>", "<wp:post_password>enter</wp:post_password><wp:status>", 1)
        # Every post has another text: the same one twice is the same article.
        parts = (text[:at] + locked).replace("wp:", f"{prefix}:").split("He [the miller]")
        return "".join(f"{part}{n}. He [the miller]" for n, part in enumerate(parts[:-1])) + parts[-1]

    def judge(self, name, text, *options):
        counts, code, said = self.run_import(self.write(name, text), "--publish", *options)
        self.assertEqual((counts["rows_read"], counts["rows_added"], code), (5, 5, 0))
        shown = Article.objects.published().values_list("headline", flat=True)
        self.assertEqual(list(shown), ["Weir opens"])
        for line in (
            "'Home' is left out: a nav_menu_item is not an article",
            "'Old news' is left out: its status is «trash»",
            "'Ferry sails' imported as a draft, because the source does not publish it: status is «pitch»",
            "'Members only' imported as a draft, because the source does not publish it:"
            " post_password is set",
        ):
            self.assertIn(line, said)
        self.assertEqual(ImportError.objects.count(), 7)

    def test_an_export_keeps_back_what_the_site_keeps_back(self):
        self.judge("export.xml", self.export("http://wordpress.org/export/1.2/"))

    def test_an_export_is_known_by_its_elements_whatever_its_namespace_is(self):
        for number, namespace in enumerate(
            ("https://wordpress.org/export/1.3/", "https://selwy.example/ns/")
        ):
            Article.objects.all().delete()
            ImportError.objects.all().delete()
            with self.subTest(namespace):
                self.judge(f"{number}.xml", self.export(namespace, prefix="w"))

    def test_an_export_that_never_declares_its_namespace_keeps_back_the_same(self):
        text = self.export("https://wordpress.org/export/1.2/", declared="other")
        self.run_import(self.write("export.xml", text), "--publish")
        shown = Article.objects.published().values_list("headline", flat=True)
        self.assertEqual((list(shown), Article.objects.count()), (["Weir opens"], 5))

    def test_an_export_that_is_called_a_feed_keeps_back_the_same(self):
        self.judge("export.rss", self.export("https://wordpress.org/export/1.2/"), "--format", "feed")
