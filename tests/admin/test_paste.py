from unittest import mock

from django.test import TestCase

from articles.models import Article, RawDocument
from tests.admin.desk import log_in, make_user, open_form, send

PASTE = "/admin/desk/paste/"
TEXT = (
    "River authority opens gates a day early\n\nBy Jonas Whitlock\n\n19 December 2024\n\n"
    "Share this article\n\n"
    "Farmers below the bridge were given forty minutes to move their stock before the dam was opened.\n\n"
    "“We had the cows out before the siren,” said Osric Pell, whose meadows flood every tenth winter.\n"
)


class PasteTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("editor")

    def setUp(self):
        self.client = log_in(self.editor)

    def paste(self, text, **options):
        return self.client.post(PASTE, {"text": text}, **options)

    def test_a_pasted_text_becomes_a_draft_with_its_parts_and_proposals(self):
        response = self.paste(TEXT)
        article = Article.objects.get()
        self.assertRedirects(response, f"/admin/desk/{article.pk}/")
        self.assertEqual(article.headline, "River authority opens gates a day early")
        self.assertEqual(article.byline, "By Jonas Whitlock")
        self.assertEqual(article.published_as_printed, "2024-12-19")
        self.assertEqual(
            [quote.text for quote in article.quotes.all()], ["We had the cows out before the siren,"]
        )
        self.assertEqual((article.status, article.quotes.get().status), ("draft", "pending"))

    def test_what_came_in_is_kept_byte_for_byte(self):
        self.paste(TEXT.replace("\n", "\r\n"))
        self.assertEqual(bytes(RawDocument.objects.get().bytes), TEXT.replace("\n", "\r\n").encode())

    def test_what_was_cut_is_shown_and_can_be_put_back(self):
        self.paste(TEXT)
        article = Article.objects.get()
        self.assertIn("Share this article", article.extra["removed"])
        number = article.extra["removed"].index("Share this article")
        send(self.client, article, open_form(self.client, article), f"back:{number}")
        article.refresh_from_db()
        self.assertIn("Share this article\n\nFarmers", article.body)

    def test_a_text_that_no_reader_can_take_is_stored_all_the_same(self):
        with mock.patch("articles.ingest.drafts.read_article", side_effect=RuntimeError("broken reader")):
            response = self.paste(TEXT, follow=True)
        self.assertContains(response, "The text is stored, but its parts could not be told apart.")
        self.assertContains(response, "Farmers below the bridge were given forty minutes")
        self.assertEqual(bytes(RawDocument.objects.get().bytes), TEXT.encode())

    def test_it_is_read_once_more_at_a_press(self):
        with mock.patch("articles.ingest.drafts.read_article", side_effect=RuntimeError("broken reader")):
            self.paste(TEXT)
        article = Article.objects.get()
        send(self.client, article, open_form(self.client, article), "fill")
        article.refresh_from_db()
        self.assertEqual(article.headline, "River authority opens gates a day early")

    def test_a_page_source_is_read_as_a_page(self):
        self.paste(
            "<!doctype html><html><head><title>Weir</title></head><body><article><h1>Weir opens early</h1>"
            + "<p>Farmers below the bridge were given forty minutes to move their stock.</p>" * 5
            + "</article></body></html>"
        )
        self.assertEqual(RawDocument.objects.get().media_type, "text/html; charset=utf-8")
        self.assertNotIn("<p>", Article.objects.get().body)

    def test_nothing_pasted_is_said(self):
        response = self.paste(" \n ")
        self.assertContains(response, "Paste the article: its text, or the source of its page.")
        self.assertEqual(Article.objects.count(), 0)

    def test_too_much_is_refused_and_comes_back(self):
        response = self.paste("Far too long. " * 150_000)
        self.assertContains(response, "2,000,000 is the most for one article")
        self.assertContains(response, "Far too long. Far too long. ")

    def test_strange_characters_are_no_failure(self):
        for text in ("A\0B\n\nNul in it.", "\ufffe\uffff\ue000 \u202e", "´" * 5000, "“" * 2000):
            with self.subTest(text=text[:10]):
                self.assertLess(self.paste(text).status_code, 400)
