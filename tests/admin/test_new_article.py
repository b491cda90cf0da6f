"""The intake page: pasted text, a file or a URL becomes a draft."""

from unittest import mock

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase

from articles.fetching.http_client import Page
from articles.ingest.pipeline.drafts import start_draft
from articles.models import Article, RawDocument
from articles.parsing.html.page import PageError
from tests.admin.desk import log_in, make_user, open_form, send

PASTE = "/admin/desk/paste/"
TEXT = (
    "River authority opens gates a day early\n\nBy Jonas Whitlock\n\n19 December 2024\n\n"
    "Share this article\n\n"
    "Farmers below the bridge were given forty minutes to move their stock before the dam was opened.\n\n"
    "“We had the cows out before the siren,” said Osric Pell, whose meadows flood every tenth winter.\n"
)
HUNGARIAN = (
    "A polgármester kedden bejelentette, hogy a híd felújítása már a jövő hónapban megkezdődik, és az is "
    "kiderült, hogy a munkálatok két évig tartanak majd. „Nem lehet tovább várni” – mondta Okafor Ada, aki "
    "szerint a lakók is így gondolják, hiszen a híd évek óta veszélyes, és senki sem tett semmit érte."
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
        with mock.patch(
            "articles.ingest.pipeline.drafts.read_document", side_effect=RuntimeError("broken reader")
        ):
            response = self.paste(TEXT, follow=True)
        self.assertContains(response, "We saved the text but could not find its parts.")
        self.assertContains(response, "Farmers below the bridge were given forty minutes")
        self.assertEqual(bytes(RawDocument.objects.get().bytes), TEXT.encode())

    def test_a_page_that_takes_too_long_is_no_fault_of_the_program(self):
        too_long = PageError("the page could not be read within 10 seconds")
        with (
            mock.patch("articles.ingest.pipeline.drafts.read_document", side_effect=too_long),
            self.assertNoLogs("articles", level="ERROR"),
        ):
            response = self.paste(f"<!doctype html><p>{TEXT}", follow=True)
        self.assertContains(response, "could not read it: the page could not be read within 10 seconds.")
        self.assertTrue(RawDocument.objects.exists())

    def test_it_is_read_once_more_at_a_press(self):
        with mock.patch(
            "articles.ingest.pipeline.drafts.read_document", side_effect=RuntimeError("broken reader")
        ):
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
        self.assertContains(response, "Paste the article: its text, or the HTML of its page.")
        self.assertEqual(Article.objects.count(), 0)

    def test_too_much_is_refused_and_comes_back(self):
        response = self.paste("Far too long. " * 150_000)
        self.assertContains(response, "The limit for one article is 2,000,000.")
        self.assertContains(response, "Far too long. Far too long. ")

    def test_strange_characters_are_no_failure(self):
        for text in ("A\0B\n\nNul in it.", "\ufffe\uffff\ue000 \u202e", "´" * 5000, "“" * 2000):
            with self.subTest(text=text[:10]):
                self.assertLess(self.paste(text).status_code, 400)

    def test_a_text_in_another_language_says_that_its_quotes_are_not_looked_for(self):
        self.paste(f"A híd felújítása\n\n{HUNGARIAN}")
        article = Article.objects.get()
        self.assertEqual(article.quotes.count(), 0)
        page = self.client.get(f"/admin/desk/{article.pk}/")
        self.assertContains(page, "Quotes are not looked for in Hungarian. Add them by hand.")
        Article.objects.update(language="")
        page = self.client.get(f"/admin/desk/{article.pk}/")
        self.assertContains(page, "Quotes are looked for only in Dutch, English, French, German, Italian")


class FileTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("editor")

    def setUp(self):
        self.client = log_in(self.editor)

    def upload(self, name, raw, **fields):
        return self.client.post(PASTE, {"file": SimpleUploadedFile(name, raw), **fields}, follow=True)

    def test_a_file_of_text_is_stored_as_it_came_and_read(self):
        for name, raw in (("weir.txt", TEXT.encode()), ("weir.md", f"# {TEXT}".encode())):
            with self.subTest(name):
                self.upload(name, raw)
                article = Article.objects.latest("pk")
                self.assertEqual(article.headline, "River authority opens gates a day early")
                document = article.raw_documents.get()
                self.assertEqual((bytes(document.bytes), document.origin), (raw, f"file: {name}"))

    def test_a_coding_that_had_to_be_found_out_is_told(self):
        raw = TEXT.replace("Whitlock", "Złotoryjski").replace("dam", "śluza Żerań").encode("cp1250", "ignore")
        response = self.upload("weir.txt", raw)
        self.assertContains(response, "we used windows-1250: check the letters")
        article = Article.objects.get()
        self.assertEqual(article.byline, "By Jonas Złotoryjski")
        self.assertEqual(bytes(article.raw_documents.get().bytes), raw)

    def test_an_editor_may_choose_the_encoding_of_a_file(self):
        raw = TEXT.replace("Whitlock", "Şentürk").encode("cp1254")
        self.upload("weir.txt", raw, encoding="windows-1254")
        self.upload("weir.txt", raw, encoding="windows-1252")
        bylines = Article.objects.order_by("pk").values_list("byline", flat=True)
        self.assertEqual(list(bylines), ["By Jonas Şentürk", "By Jonas Þentürk"])
        self.assertContains(self.upload("weir.txt", raw, encoding="rot13"), "Select a valid choice")

    def test_a_page_is_read_by_the_coding_that_it_names(self):
        page = (
            "<html><head><meta charset='iso-8859-2'></head><body><h1>Śluza w Łodzi</h1>"
            + "<p>Woda stoi.</p>" * 9
        )
        self.upload("page.html", page.encode("iso-8859-2"))
        self.assertEqual(Article.objects.get().headline, "Śluza w Łodzi")

    def test_what_cannot_be_read_is_told_and_not_stored(self):
        for raw, said in (
            (
                b"\xd0\xcf\x11\xe0",
                "weir.doc is an old Word or Excel file. Save it as text, HTML, Markdown, Word",
            ),
            (b"\x89PNG", "a picture"),
            (b"a\0b", "is not text"),
            (b" \n", "weir.doc is empty."),
            (b"a" * (2 * 1024 * 1024 + 1), "The limit for one article is"),
        ):
            with self.subTest(said):
                self.assertContains(self.upload("weir.doc", raw), said)
        self.assertFalse(Article.objects.exists())

    def test_only_one_of_text_file_and_url_is_accepted(self):
        response = self.upload("weir.txt", TEXT.encode(), text="Also this.")
        self.assertContains(response, "Use only one of these: text, file or link.")
        self.assertContains(response, "Also this.")
        self.assertFalse(Article.objects.exists())


class AddressTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("editor")

    def setUp(self):
        self.client = log_in(self.editor)

    def test_a_page_on_the_web_is_stored_as_it_came_and_read(self):
        raw = b"<html><body><h1>Weir opens</h1>" + b"<p>Farmers were given forty minutes.</p>" * 5
        page = Page(raw, "text/html; charset=utf-8", "https://courier.example/weir")
        with mock.patch("articles.admin.intake.new_article.fetch", return_value=page) as fetch:
            self.client.post(PASTE, {"url": " https://courier.example/w "})
        fetch.assert_called_once_with("https://courier.example/w")
        article = Article.objects.get()
        self.assertEqual(
            (article.headline, article.source_url), ("Weir opens", "https://courier.example/weir")
        )
        document = article.raw_documents.get()
        self.assertEqual((bytes(document.bytes), document.origin), (raw, "https://courier.example/weir"))

    def test_a_link_that_is_sent_again_opens_its_draft_whether_it_was_read_or_not(self):
        raw = b"<html><body><h1>Weir opens</h1>" + b"<p>Farmers were given forty minutes.</p>" * 5
        link = "https://courier.example/weir"
        page = Page(raw, "text/html; charset=utf-8", link)
        # As after the end of a web process that had stored the page only.
        draft = start_draft(raw, media_type=page.media_type, origin=link, source_url=link)
        for said in (False, True):
            with mock.patch("articles.admin.intake.new_article.fetch", return_value=page):
                response = self.client.post(PASTE, {"url": link}, follow=True)
            self.assertRedirects(response, f"/admin/desk/{draft.pk}/")
            self.assertEqual(Article.objects.get().headline, "Weir opens")
            self.assertEqual("This page has been added before." in response.content.decode(), said)

    def test_an_address_that_cannot_be_fetched_stays_typed_with_the_reason(self):
        response = self.client.post(PASTE, {"url": "http://127.0.0.1:8000/admin/"})
        self.assertContains(response, "We only fetch from ports 80 and 443")
        self.assertContains(response, 'value="http://127.0.0.1:8000/admin/"')
        self.assertContains(
            self.client.post(PASTE, {"url": "http://[::1]/"}),
            "is not on the public web",
        )
        self.assertFalse(Article.objects.exists())
