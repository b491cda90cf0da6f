"""A file of articles: uploaded, previewed, imported as one batch, undone."""

import datetime as dt
import tempfile
from io import StringIO
from pathlib import Path
from unittest import mock
from urllib.parse import parse_qs, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import TestCase, override_settings

from articles.ingest.uploads import RETENTION_DAYS
from articles.models import Article, ImportBatch, Upload, clock
from tests.admin.desk import fields_of, log_in, make_user, open_form, send

UPLOAD = "/admin/desk/imports/upload/"
TABLE = "Title,Text,Paper,Date\n" + "".join(
    f'Weir opens {n},"“We had {n} cows out,” said Osric Pell.",{paper},{date}\n'
    for n, paper, date in ((1, "Selwy Courier", "2019-05-30"), (2, "SELWY COURIER", "03/04/2019"))
)


class UploadTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.chief = make_user("chief editor")

    def setUp(self):
        self.client = log_in(self.chief)

    def upload(self, name, content):
        raw = content if isinstance(content, bytes) else content.encode()
        return self.client.post(UPLOAD, {"file": SimpleUploadedFile(name, raw)})

    def test_a_table_is_stored_previewed_mapped_imported_and_undone(self):
        stored = self.upload("Old export.csv", TABLE)
        name = parse_qs(urlsplit(stored.url).query)["file"][0]
        self.assertRegex(name, r"^\d{8}-\d{6}-[0-9a-f]{8}-old-export\.csv$")
        self.assertEqual(bytes(Upload.objects.get(name=name, sent_by=self.chief).content), TABLE.encode())
        page = self.client.get(stored.url)
        self.assertContains(page, "Rows with errors, not imported: 1 of 2")
        self.assertContains(page, "can be 2019-03-04 or 2019-04-03")
        fields = fields_of(page.content.decode(), "import")
        self.assertIn("Selwy Courier", [value for name, value in fields.items() if "v-publication" in name])
        self.assertFalse(Article.objects.exists())

        page = self.client.post(stored.url, {**fields, "dates": "day", "do": "look"})
        self.assertNotContains(page, "Rows with errors, not imported")
        self.assertContains(page, "New articles: 2.")
        done = self.client.post(stored.url, {**fields, "dates": "day", "do": "import"})
        batch = ImportBatch.objects.get()
        self.assertRedirects(done, f"/admin/desk/imports/{batch.pk}/")
        self.assertEqual((batch.rows_added, batch.started_by), (2, self.chief))
        self.assertIn('order = "day first"', batch.options["map"])
        first, second = Article.objects.order_by("pk")
        self.assertEqual((first.publication, second.published_as_printed), (second.publication, "2019-04-03"))

        send(self.client, first, open_form(self.client, first) | {"headline": "Weir opens early"})
        asked = self.client.post(f"/admin/desk/imports/{batch.pk}/")
        self.assertContains(asked, "1 article and its quotes will be deleted.")
        self.assertContains(asked, "1 article will be kept because an editor has worked on it.")
        self.assertEqual(Article.objects.count(), 2)
        sure = fields_of(asked.content.decode(), "confirm")
        undone = self.client.post(f"/admin/desk/imports/{batch.pk}/", sure, follow=True)
        self.assertContains(undone, f"Kept because editors have worked on them: {first.pk}.")
        self.assertEqual(list(Article.objects.all()), [first])

    def test_a_file_that_would_exceed_the_limit_of_all_uploads_is_refused_beside_its_field(self):
        self.upload("export.csv", TABLE)
        with mock.patch("articles.ingest.uploads.MAX_TOTAL_BYTES", len(TABLE.encode()) * 2 - 1):
            sent = SimpleUploadedFile("more.csv", TABLE.encode())
            page = self.client.post(UPLOAD, {"file": sent})
        self.assertContains(page, "There is no space for this file: uploads already take")
        self.assertEqual(Upload.objects.count(), 1)

    def test_an_upload_is_deleted_after_some_weeks_so_that_another_fits(self):
        self.upload("export.csv", TABLE)
        Upload.objects.update(sent_at=clock.now() - dt.timedelta(days=RETENTION_DAYS, hours=1))
        self.upload("more.csv", TABLE)
        self.assertEqual([one.name.endswith("more.csv") for one in Upload.objects.all()], [True])

    def test_more_than_two_hundred_are_stored_and_the_command_is_shown(self):
        rows = "".join(f'{{"headline": "Weir {n}", "body": "It opened {n} times."}}\n' for n in range(201))
        stored = self.upload("export.jsonl", rows)
        name = Upload.objects.get().name
        for page in (self.client.get(stored.url), self.client.post(stored.url, {"do": "import"})):
            self.assertContains(page, "more than 200 articles")
            self.assertContains(page, f"python manage.py import_articles upload:{name}")
            self.assertNotContains(page, "Import as drafts")
        self.assertFalse(ImportBatch.objects.exists())

    def test_rows_with_errors_are_found_far_down_in_a_file_of_many_rows(self):
        rows = "".join(f'{{"headline": "Weir {n}", "body": "It opened {n} times."}}\n' for n in range(250))
        stored = self.upload("export.jsonl", rows + '{"headline": "Weir", "body": ""}\n')
        page = self.client.get(stored.url)
        self.assertContains(page, "We checked all 251 rows. New articles among them: 250.")
        self.assertContains(page, "Rows with errors, not imported: 1 of 251")
        with mock.patch("articles.admin.intake.import_preview.SECONDS", -1):
            page = self.client.get(stored.url)
        self.assertContains(page, "We checked the first 200 rows only.")

    def test_a_feed_needs_no_mapping(self):
        feed = (
            "<rss version='2.0'><channel><title>Selwy Courier</title><item><title>Weir opens</title>"
            "<description>It opened.</description></item></channel></rss>"
        )
        stored = self.upload("news.xml", feed)
        self.assertContains(self.client.get(stored.url), "summary only, no text")
        self.client.post(stored.url, {"do": "import"})
        self.assertEqual(Article.objects.get().publication.name, "Selwy Courier")

    def test_what_cannot_be_read_is_told(self):
        for raw, said in (
            (b"\x89PNG", "it is a picture"),
            (b"", "is empty"),
            (b"a" * (20 * 1024 * 1024 + 1), "use the command import_articles"),
        ):
            with self.subTest(said):
                self.assertContains(self.upload("export.xlsx", raw), said)
        self.assertFalse(Upload.objects.exists())

    def test_only_stored_files_are_opened(self):
        for name in ("../secret", "nowhere.csv", "/etc/passwd", ".", "%00", "x" * 300):
            with self.subTest(name):
                self.assertEqual(self.client.get(UPLOAD, {"file": name}).status_code, 404)

    def test_a_file_sent_to_one_machine_is_brought_in_by_another(self):
        with tempfile.TemporaryDirectory() as home, override_settings(NEWSARCHIVE_HOME=Path(home)):
            stored = self.upload("export.jsonl", '{"headline": "Weir opens", "body": "It opened."}\n')
        with tempfile.TemporaryDirectory() as home, override_settings(NEWSARCHIVE_HOME=Path(home)):
            self.client.post(stored.url, {"do": "import"})
        self.assertEqual(Article.objects.get().headline, "Weir opens")

    def test_the_command_that_the_page_shows_reads_the_stored_file(self):
        self.upload("export.jsonl", '{"headline": "Weir opens", "body": "It opened."}\n')
        path = f"upload:{Upload.objects.get().name}"
        call_command("import_articles", path, "--dry-run", stdout=StringIO(), stderr=StringIO())
        call_command("import_articles", path, stdout=StringIO(), stderr=StringIO())
        self.assertEqual(Article.objects.get().headline, "Weir opens")

    def test_a_command_names_an_upload_that_is_not_there(self):
        with self.assertRaisesMessage(CommandError, "upload:none.csv: There is no such upload"):
            call_command("import_articles", "upload:none.csv")

    def test_the_database_stores_no_larger_file(self):
        with self.assertRaises(IntegrityError), transaction.atomic():
            Upload.objects.create(name="large.csv", content=b"a" * (Upload.LARGEST + 1))
