"""A speaker table: uploaded, previewed, imported, undone."""

import tempfile

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase, override_settings
from django.urls import reverse

from articles.models import ImportBatch, Speaker
from tests.admin.desk import fields_of, log_in, make_user
from tests.factories import make_speaker

TABLE = "name,description,wikidata\nAda Okafor,a mayor,Q4711\nOsric Pell,a baker,\nMira Tolland,,42\n"


class SpeakerTableTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor, cls.chief = make_user("editor"), make_user("chief editor")
        cls.pell = make_speaker("Osric Pell", description="a reeve")

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.enterContext(override_settings(NEWSARCHIVE_HOME=folder.name))
        self.client = log_in(self.editor)
        self.url = reverse("admin:desk-speakers-import")

    def send(self, text=TABLE, name="people.csv"):
        return self.client.post(self.url, {"file": SimpleUploadedFile(name, text.encode())}, follow=True)

    def test_it_is_looked_at_before_anything_is_done(self):
        page = self.send()
        self.assertContains(page, "1 new, 0 updated, 1 unchanged, 1 with errors.")
        self.assertContains(page, "is no number of Wikidata")
        self.assertContains(page, "description not changed: “a reeve” here, “a baker” in the file")
        self.assertEqual((Speaker.objects.count(), ImportBatch.objects.count()), (1, 0))

    def test_brought_in_it_is_one_import_with_its_bad_rows_and_what_was_left(self):
        page = self.send()
        url = page.request["PATH_INFO"] + "?" + page.request["QUERY_STRING"]
        page = self.client.post(url, {"do": "import"})
        self.assertContains(page, "Import 1 speaker?")
        self.assertContains(page, "Undoing the import deletes the added speakers")
        self.assertEqual(Speaker.objects.count(), 1)
        page = self.client.post(url, fields_of(page.content.decode(), "confirm"), follow=True)
        self.assertContains(page, "Speakers added: 1; updated: 0; unchanged: 1.")
        self.assertContains(page, "description not changed: “a reeve” here")
        self.assertContains(page, "is no number of Wikidata")
        self.assertNotContains(page, "Articles added")
        batch = ImportBatch.objects.get()
        self.assertEqual((batch.started_by, batch.rows_bad), (self.editor, 1))
        url = reverse("admin:desk-import", args=[batch.pk])
        undone = log_in(self.chief).post(url, {"sure": "0"}, follow=True)
        self.assertContains(undone, "Speakers deleted: 1;")
        self.assertEqual(list(Speaker.objects.all()), [self.pell])

    def test_what_is_no_table_says_so(self):
        self.assertContains(self.send("kind\nperson\n"), "There is no column “name”.")
        self.assertContains(self.send(""), "people.csv is empty.")
        self.assertContains(self.client.post(self.url, {}), "Choose a file.")

    def test_too_long_a_table_names_the_command(self):
        page = self.send("name\n" + "".join(f"Ada Okafor {n}\n" for n in range(2_001)))
        self.assertContains(page, "manage.py import_speakers")
        self.assertNotContains(page, "Import speakers</button>")

    def test_a_name_of_no_file_is_not_found(self):
        for name in ("nothing.csv", "../settings.py", "a/b", "x" * 300):
            self.assertEqual(self.client.get(self.url, {"file": name}).status_code, 404)

    def test_hostile_cells_stay_text(self):
        page = self.send('name,description\n"<script>alert(1)</script>","""><img src=x>"\n')
        self.assertNotContains(page, "<script>alert")
        self.assertNotContains(page, "<img")
