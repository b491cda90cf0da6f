"""Files and mappings that cannot be read are rejected with a reason, on the page and by the command."""

import io
import json
import tempfile
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import TestCase, override_settings

from articles.ingest.uploads import store_upload
from articles.models import Article
from tests.admin.desk import log_in, make_user

UPLOAD = "/admin/desk/imports/upload/"
SPEAKERS = "/admin/desk/speakers/import/"
TABLE = """headline,body,publication
Weir opens,It rained in the valley.,Selwy Courier
Gates,They held.,Selwy Courier
"""
COLUMNS = '[columns]\nheadline = "headline"\nbody = "body"\npublication = "publication"\n'
# Broken UTF-16: CUT ends after half a code unit, HALF has a lone low surrogate.
CUT = TABLE.encode("utf-16")[:-3]
HALF = "headline,body\nWeir,It ".encode("utf-16") + b"\x00\xdc" + " rained\n".encode("utf-16-le")
MAPPINGS = (
    "a = " + "[" * 5_000,
    "a = " + "{b=" * 5_000,
    "a = " + "9" * 5_000,
    "a = 2019-02-30",
    '[file]\nencoding = "undefined"\n' + COLUMNS,
    '[file]\nencoding = "nu\\u0000l"\n' + COLUMNS,
    '[file]\nencoding = "hex"\n' + COLUMNS,
    f'[file]\nencoding = "utf{"-" * 200}8"\n' + COLUMNS,
    '[dates]\nforms = ["%d%d"]\n' + COLUMNS,
    '[dates]\nforms = ["%"]\n' + COLUMNS,
    '[dates]\nzone = "Dublin"\n' + COLUMNS,
)
ODD_ENCODINGS = ("idna", "punycode", "unicode_escape", "utf-7", "utf-16-be", "utf-32", "cp037", "shift_jis")


class WrongFilesCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.chief = make_user("chief editor")

    def setUp(self):
        home = tempfile.TemporaryDirectory()
        self.addCleanup(home.cleanup)
        self.home = Path(home.name)
        self.enterContext(override_settings(NEWSARCHIVE_HOME=self.home))
        self.client = log_in(self.chief)

    def store(self, name, content):
        """As a file that was sent in before such files were refused."""
        return f"{UPLOAD}?file={store_upload(name, content).name}"

    def written(self, name, content):
        path = self.home / name
        path.write_bytes(content)
        return str(path)


class CutFileTests(WrongFilesCase):
    def test_a_table_cut_off_within_a_letter_is_refused_at_the_desk(self):
        for address in (UPLOAD, SPEAKERS):
            for raw in (CUT, HALF):
                with self.subTest(address=address):
                    page = self.client.post(address, {"file": SimpleUploadedFile("cut.csv", raw)})
                    self.assertContains(page, "cut.csv is damaged: it is not valid UTF-16")
                    self.assertContains(page, "Save it again as UTF-8.")

    def test_the_page_of_a_stored_table_that_is_cut_off_names_the_row(self):
        page = self.client.get(self.store("cut.csv", CUT))
        self.assertContains(page, "Rows with errors, not imported: 1 of 2")
        self.assertContains(page, "or was cut off")

    def test_a_whole_table_in_utf_16_is_looked_at(self):
        page = self.client.get(self.store("whole.csv", TABLE.encode("utf-16")))
        self.assertContains(page, "New articles: 2.")

    def test_the_page_of_a_stored_table_of_speakers_that_is_cut_off_says_so(self):
        stored = self.store("cut.csv", CUT).replace(UPLOAD, SPEAKERS)
        self.assertContains(self.client.get(stored), "The file is damaged")

    def test_the_command_takes_the_rows_before_the_cut_and_names_the_other(self):
        output, errors = io.StringIO(), io.StringIO()
        with self.assertRaises(SystemExit) as stop:
            call_command("import_articles", self.written("cut.csv", CUT), stdout=output, stderr=errors)
        self.assertEqual(stop.exception.code, 1)
        self.assertEqual(json.loads(output.getvalue())["rows_bad"], 1)
        self.assertIn("cut.csv: row 3, publication:", errors.getvalue())
        self.assertEqual(Article.objects.get().headline, "Weir opens")

    def test_the_command_refuses_a_table_of_speakers_that_is_cut_off(self):
        with self.assertRaisesMessage(CommandError, "The file is damaged: it is not valid UTF-16."):
            call_command("import_speakers", self.written("cut.csv", CUT), stderr=io.StringIO())


class WrongMappingTests(WrongFilesCase):
    def test_a_mapping_that_cannot_be_read_ends_the_command_with_one_line(self):
        table = self.written("table.csv", TABLE.encode())
        for mapping in MAPPINGS:
            with self.subTest(mapping=mapping[:60]), self.assertRaises(CommandError) as stop:
                call_command("import_articles", table, map=self.written("map.toml", mapping.encode()))
            self.assertLess(len(str(stop.exception)), 400)
            self.assertNotIn("\n", str(stop.exception))

    def test_an_encoding_that_the_file_is_not_in_refuses_rows_and_no_page(self):
        address = self.store("table.csv", TABLE.replace("rained", "rainéd \\x").encode())
        for encoding in ODD_ENCODINGS:
            with self.subTest(encoding):
                sent = {"encoding": encoding, "delimiter": ";", "shape": "?", "do": "look"}
                self.assertEqual(self.client.post(address, sent).status_code, 200)
