"""Files of agencies, Word, PDF and mail: imported once, never published if withheld, also one by one."""

import io
import json
from unittest import mock

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import TestCase

from articles.fetching import sandbox
from articles.fetching.sandbox_worker import article_of
from articles.models import Article, ImportError
from articles.operations.integrity import faults
from tests.admin.desk import log_in, make_user
from tests.commands.test_import_tables import Tables
from tests.parsing.documents import docx, paragraph, pdf
from tests.parsing.test_agency import FIRST, NITF, item
from tests.parsing.test_documents import BODY, page
from tests.parsing.test_wordpress import EXPORT

MAIL = "\r\n".join(
    ("From: Edda Marsh <e@selwy.example>", "Date: Thu, 30 May 2019 10:00:00 +0100", "Subject: Weir opens",
     "MIME-Version: 1.0", "", BODY[0], "", BODY[1]),
)  # fmt: skip
WORD = docx(paragraph("Weir opens") + "".join(map(paragraph, BODY)))
PDF = pdf(
    [[(60, 780, 24, "Weir opens"), *page(["The weir at Selwy was opened on Friday, the council said."])[1:]]]
)
FEED = (
    "<rss version='2.0'><channel><title>Selwy Courier</title>"
    "<item><title>Weir opens</title><guid>1</guid><pubDate>{}</pubDate><description>Open.</description>"
    "</item></channel></rss>"
)
JSON_FEED = {"version": "https://jsonfeed.org/version/1", "title": "Selwy Courier"}
SAMPLES = {
    "weir.rss": FEED.format("Thu, 30 May 2019 10:00:00 GMT"),
    "feed.json": json.dumps(
        JSON_FEED | {"items": [{"id": "1", "title": "Weir opens", "content_text": "Open it."}]}
    ),
    "site.xml": EXPORT.format(creator="jw", status="publish", more=""),
    "nitf.xml": NITF.replace("{status}", "").replace("{docdata}", ""),
    "newsml.xml": item(),
    "ninjs.json": json.dumps(FIRST),
    "weir.eml": MAIL,
    "weir.docx": WORD,
    "weir.pdf": PDF,
}
FUTURE = "2999-05-30T10:00:00Z"
WITHHELD = {
    "future.rss": FEED.format("Fri, 30 May 2999 10:00:00 GMT"),
    "future.atom": f"<feed xmlns='http://www.w3.org/2005/Atom'><title>C</title><entry><title>W</title><id>1</id>"
    f"<published>{FUTURE}</published><content>Open.</content></entry></feed>",
    "future.json": json.dumps(
        JSON_FEED | {"items": [{"id": "1", "title": "W", "content_text": "Open.", "date_published": FUTURE}]}
    ),
    "pending.xml": EXPORT.format(creator="jw", status="pending", more=""),
    "locked.xml": EXPORT.format(
        creator="jw", status="publish", more="<wp:post_password>x</wp:post_password>"
    ),
    "release.nitf": NITF.replace("{status}", "").replace("{docdata}", f'<date.release norm="{FUTURE}"/>'),
    "embargo.eml": MAIL.replace(BODY[0], f"Embargoed until 1 May 2999\r\n\r\n{BODY[0]}"),
    "kill.nitf": NITF.replace("{status}", "").replace("{docdata}", '<ed-msg info="KILL"/>'),
    "withheld.newsml": item(status="withheld"),
    "embargoed.newsml": item(meta=f"<embargoed>{FUTURE}</embargoed>"),
    "withheld.ninjs": json.dumps(FIRST | {"pubstatus": "withheld"}),
    "embargoed.ninjs": json.dumps(FIRST | {"embargoed": FUTURE}),
}
SKIPPED = {
    "menu.xml": EXPORT.format(creator="jw", status="publish", more="").replace(">post<", ">nav_menu_item<"),
    "canceled.newsml": item(status="canceled"),
    "canceled.ninjs": json.dumps(FIRST | {"pubstatus": "canceled"}),
    "canceled.nitf": NITF.replace("{status}", ' management-status="canceled"').replace("{docdata}", ""),
}
REFUSED = {
    "broken.xml": (EXPORT[:-200], "is no whole WordPress export"),
    "broken.nitf": (NITF[:-30], "is not whole"),
    "broken.json": (json.dumps(FIRST)[:-9], "is not JSON"),
    "sitemap.xml": ("<?xml version='1.0'?><urlset/>", "the root element «urlset»: a sitemap"),
    "weir.xlsx": (docx("").replace(b"word/", b"xl/ab"), "an Excel workbook"),
    "weir.png": (b"\x89PNG\r\n\0", "it is a picture"),
}


def read_here(raw, kind):
    return article_of({"kind": kind}, raw)


class DocumentsCase(Tables, TestCase):
    def setUp(self):
        super().setUp()
        # Here, not in a child process for each file, which takes half a second to begin.
        here = mock.patch("articles.ingest.pipeline.parse.read_file", read_here)
        here.start()
        self.addCleanup(here.stop)


class DocumentTests(DocumentsCase):
    def test_every_format_is_imported_once_and_a_second_time_adds_nothing(self):
        for name, content in SAMPLES.items():
            Article.objects.all().delete()
            path = self.write(name, content)
            with self.subTest(name):
                first, code, said = self.run_import(path, "--publish", "--publication", "Selwy Courier")
                self.assertEqual((first["rows_added"], first["rows_bad"], code), (1, 0, 0), said)
                self.assertEqual(Article.objects.published().get().headline, "Weir opens")
                again, _, _ = self.run_import(path, "--publish", "--publication", "Selwy Courier")
                self.assertEqual(
                    (again["rows_added"], again["rows_present"], again["rows_changed"]), (0, 1, 0)
                )
        self.assertEqual(list(faults()), [])

    def test_what_its_source_withholds_is_a_draft_in_every_format(self):
        for name, content in WITHHELD.items():
            Article.objects.all().delete()
            with self.subTest(name):
                counts, _, said = self.run_import(
                    self.write(name, content), "--publish", "--publication", "Selwy Courier"
                )
                self.assertEqual((counts["rows_added"], Article.objects.published().count()), (1, 0), said)
                self.assertIn("imported as a draft, because the source does not publish it", said)

    def test_what_is_no_article_or_was_cancelled_is_skipped_with_the_reason(self):
        for name, content in SKIPPED.items():
            with self.subTest(name):
                counts, code, said = self.run_import(self.write(name, content), "--publish")
                self.assertEqual((counts["rows_read"], counts["rows_bad"], code), (0, 0, 0), said)
                self.assertIn("is left out: ", said)
        self.assertEqual((Article.objects.count(), ImportError.objects.count()), (0, len(SKIPPED)))

    def test_a_damaged_or_unknown_file_is_never_read_as_another_format(self):
        for name, (content, reason) in REFUSED.items():
            with self.subTest(name):
                counts, code, said = self.run_import(self.write(name, content))
                self.assertEqual((counts["rows_added"], counts["rows_bad"], code), (0, 1, 1), said)
                self.assertIn(reason, said)

    def test_a_folder_of_an_agency_is_imported_file_by_file(self):
        for name in ("nitf.xml", "newsml.xml", "weir.eml", "weir.docx"):
            self.write(name, SAMPLES[name])
        self.write("archive.jsonl", '{"headline": "No", "body": "Not of a folder."}')
        counts, code, said = self.run_import(self.folder, "--publication", "Selwy Courier")
        self.assertEqual((counts["rows_added"] + counts["rows_present"], code), (4, 0), said)
        self.assertFalse(Article.objects.filter(headline="No").exists())

    def test_what_is_cut_from_a_mail_of_html_is_stored_with_the_article(self):
        letter = MAIL.replace("MIME-Version: 1.0", "MIME-Version: 1.0\r\nContent-Type: text/html")
        hidden = '<div style="display:none">Read this in your browser</div>'
        self.run_import(self.write("weir.eml", letter.replace(BODY[0], f"{hidden}<p>{BODY[0]}</p>")))
        article = Article.objects.get()
        self.assertEqual(article.extra["removed"], ["Read this in your browser"])
        self.assertNotIn("browser", article.body)

    def test_the_desk_imports_a_word_file(self):
        client = log_in(make_user("chief editor"))
        stored = client.post("/admin/desk/imports/upload/", {"file": SimpleUploadedFile("weir.docx", WORD)})
        self.assertContains(client.get(stored.url), "Weir opens")
        client.post(stored.url, {"do": "import"})
        self.assertEqual(Article.objects.get().body, "\n\n".join(BODY))

    def test_an_editor_adds_one_pdf_and_is_told_of_one_that_cannot_be_read(self):
        client = log_in(make_user("editor"))
        client.post("/admin/desk/paste/", {"file": SimpleUploadedFile("weir.pdf", PDF)})
        self.assertEqual(Article.objects.get().headline, "Weir opens")
        scan = SimpleUploadedFile("scan.pdf", pdf([[]]))
        told = client.post("/admin/desk/paste/", {"file": scan}, follow=True)
        self.assertContains(told, "recognise the text (OCR)")
        self.assertNotContains(told, "%PDF")


class ParseArticleTests(DocumentsCase):
    def parsed(self, name, content):
        out = io.StringIO()
        with mock.patch("articles.fetching.sandbox.read_file", read_here):
            call_command("parse_article", str(self.write(name, content)), stdout=out)
        return json.loads(out.getvalue())

    def test_one_article_of_every_format_is_parsed(self):
        for name, content in SAMPLES.items():
            with self.subTest(name):
                self.assertEqual(self.parsed(name, content)["headline"], "Weir opens")

    def test_of_several_articles_the_first_is_parsed_with_a_warning(self):
        two = json.dumps([FIRST, FIRST | {"uri": "urn:x:2"}])
        self.assertIn(
            "the first of 2 articles; import_articles reads all", self.parsed("two.json", two)["warnings"]
        )

    def test_a_damaged_or_unknown_file_is_refused(self):
        for name, (content, reason) in REFUSED.items():
            with self.subTest(name), self.assertRaisesMessage(CommandError, reason):
                self.parsed(name, content)


class SandboxTests(TestCase):
    def test_a_document_is_read_in_a_child_process(self):
        self.assertEqual(sandbox.read_file(WORD, "docx").headline, "Weir opens")

    def test_a_document_that_takes_too_long_or_too_much_is_given_up(self):
        late = self.assertRaisesMessage(ValueError, "could not be read within 0.01 seconds")
        with mock.patch.object(sandbox, "SECONDS", 0.01), late:
            sandbox.read_file(WORD, "docx")
        with (
            mock.patch.object(sandbox, "LARGEST_FILE", 10),
            self.assertRaisesMessage(ValueError, "10 is the most"),
        ):
            sandbox.read_file(WORD, "docx")
        with (
            mock.patch("sys.executable", "/bin/false"),
            self.assertRaisesMessage(ValueError, "512 MB of memory"),
        ):
            sandbox.read_file(WORD, "docx")
