"""Letters and quotation marks are decoded correctly in every encoding, or there is a warning."""

import io
import json
from unittest import mock

from django.core.management import call_command
from django.test import TestCase

from articles.fetching.http_client import Page
from articles.models import Article
from articles.parsing.html.page import read_html
from tests.admin.desk import log_in, make_user
from tests.commands.test_import_tables import SMALL, Tables

PASTE = "/admin/desk/paste/"
WORDS = "“We had the cows out,” said Osric Pell – for 5 €. The miller’s gate stayed open all night."


def page(words, head=""):
    paragraphs = "".join(f"<p>{words} Number {n} of the story is here.</p>" for n in range(3))
    return f"<html><head>{head}</head><body><article><h1>Weir opens</h1>{paragraphs}</article></body></html>"


class EncodingTests(Tables, TestCase):
    def parsed(self, raw):
        out = io.StringIO()
        # Here, not in a child process for each page, which takes half a second to begin.
        with mock.patch("articles.fetching.sandbox.read_html", read_html):
            call_command("parse_article", str(self.write("page.html", raw)), stdout=out)
        return json.loads(out.getvalue())

    def test_characters_that_nobody_can_read_are_told(self):
        raw = page(f"{WORDS} #", "<meta charset='iso-8859-1'>").encode("cp1252").replace(b"#", b"\x8f")
        found = self.parsed(raw)
        self.assertIn("\ufffd", found["body"])
        self.assertEqual(found["warnings"], ["3 characters could not be read, shown as \ufffd"])

    def test_a_table_is_read_by_the_encoding_that_its_mapping_names(self):
        raw = SMALL.format("2019-05-31").encode("cp1252")
        csv_map = self.suggest(self.write("own.csv", raw)).replace('"cp1252"', '"latin1"')
        self.assertIn('encoding = "latin1"', csv_map)
        self.run_import(self.write("own.csv", raw), "--map", self.write("map.toml", csv_map))
        self.assertTrue(Article.objects.get(headline="Weir opens").body.startswith("“We had the cows out,”"))

    def test_control_characters_of_a_row_are_told(self):
        row = {"headline": "Weir opens", "body": "\x93We had the cows out,\x94 said Osric Pell."}
        _, _, said = self.run_import(self.write("rows.jsonl", json.dumps(row)))
        self.assertIn("row 1, body: 2 control characters that no browser shows", said)

    def test_a_text_that_does_not_name_its_encoding_comes_in_and_is_told(self):
        raw = f"Weir opens\n\n{WORDS}\n\nThe rest followed.\n".encode("cp1252")
        _, _, said = self.run_import(self.write("weir.txt", raw), "--publication", "Selwy Courier")
        self.assertIn(WORDS, Article.objects.get().body)
        self.assertIn("we used windows-1252: check the letters", said)

    def test_a_file_that_is_no_text_is_refused(self):
        counts, _, said = self.run_import(self.write("weir.txt", b"\xd0\xcf\x11\xe0 weir"))
        self.assertEqual((counts["rows_added"], counts["rows_bad"]), (0, 1))
        self.assertIn("cannot be read: it is an old Word or Excel file", said)


class FetchedTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("editor")

    def fetched(self, raw, media_type):
        client = log_in(self.editor)
        found = Page(raw, media_type, "https://courier.example/weir")
        with mock.patch("articles.admin.intake.new_article.fetch", return_value=found):
            return client.post(PASTE, {"url": "https://courier.example/weir"}, follow=True)

    def test_a_page_is_read_by_the_encoding_that_its_server_names(self):
        for media_type in ("text/html; charset=ISO-8859-1", "text/plain; charset=ISO-8859-1"):
            raw = page(WORDS) if "html" in media_type else f"Weir opens\n\n{WORDS}\n\nThe rest followed.\n"
            self.fetched(raw.encode("cp1252"), media_type)
            with self.subTest(media_type):
                self.assertIn(WORDS, Article.objects.latest("pk").body)

    def test_a_text_whose_server_names_no_encoding_is_read_and_told(self):
        raw = f"Weir opens\n\n{WORDS}\n\nThe rest followed.\n".encode("cp1252")
        response = self.fetched(raw, "text/plain")
        self.assertContains(response, "we used windows-1252: check the letters")
        self.assertIn(WORDS, Article.objects.get().body)
