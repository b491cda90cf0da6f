"""import_speakers: what it prints, where, and with which exit code."""

import io
import json
import tempfile
from pathlib import Path
from unittest import mock

from django.core.management import CommandError, call_command
from django.test import TestCase

from articles.models import ImportBatch, Speaker
from tests.factories import make_speaker

GOOD = "name,wikidata\nAda Okafor,Q4711\n"


class ImportSpeakersTests(TestCase):
    def run_on(self, text, *options):
        """Exit code, figures and messages of a run on a file of this text."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "people.csv")
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
            return self.run_path(str(path), *options)

    def run_path(self, path, *options):
        out, err, code = io.StringIO(), io.StringIO(), 0
        try:
            call_command("import_speakers", path, *options, stdout=out, stderr=err)
        except SystemExit as ending:
            code = ending.code
        return code, json.loads(out.getvalue()), err.getvalue()

    def test_good_rows_end_with_0_and_figures_for_machines(self):
        code, figures, said = self.run_on(GOOD)
        self.assertEqual(
            (code, figures["speakers_created"], figures["batch"]), (0, 1, ImportBatch.objects.get().pk)
        )
        self.assertIn("added 1 speakers", said)

    def test_bad_rows_end_with_1_and_are_told_with_number_column_value_and_reason(self):
        code, figures, said = self.run_on(GOOD + "Osric Pell,42\n")
        self.assertEqual((code, figures["rows_bad"], Speaker.objects.count()), (1, 1, 1))
        self.assertIn("row 3, wikidata: '42' is no number of Wikidata", said)

    def test_what_is_left_as_it_was_and_columns_not_read_are_told(self):
        make_speaker("Ada Okafor", description="a doctor")
        code, _, said = self.run_on("name,description,colour\nAda Okafor,a mayor,red\n")
        self.assertEqual(code, 0)
        self.assertIn("row 2: Ada Okafor: description not changed: “a doctor” here", said)
        self.assertIn("unknown column colour ignored", said)

    def test_a_dry_run_writes_nothing(self):
        code, figures, said = self.run_on(GOOD, "--dry-run")
        self.assertEqual((code, figures["batch"], figures["speakers_created"]), (0, None, 1))
        self.assertIn("would have read", said)
        self.assertEqual((Speaker.objects.count(), ImportBatch.objects.count()), (0, 0))

    def test_what_is_no_table_ends_with_2(self):
        for text in ("", "kind\nperson\n", b"%PDF-1.7", b"PK\x03\x04"):
            with self.subTest(text=text), self.assertRaises(CommandError) as caught:
                self.run_on(text)
            self.assertEqual(caught.exception.returncode, 2)
        with self.assertRaises(CommandError) as caught:
            self.run_path("/nowhere/people.csv")
        self.assertEqual(caught.exception.returncode, 2)

    def test_other_codings_and_delimiters_are_found_out(self):
        self.run_on("name;description\nJosé Muñoz;alcalde\n".encode("cp1252"))
        self.run_on("name\tdescription\nŁucja Dąb\tburmistrz\n".encode("utf-16"))
        self.assertEqual(set(Speaker.objects.values_list("name", flat=True)), {"José Muñoz", "Łucja Dąb"})

    def test_it_reads_what_is_sent_to_it(self):
        with mock.patch("sys.stdin", io.TextIOWrapper(io.BytesIO(GOOD.encode()))):
            self.assertEqual(self.run_path("-")[0], 0)
        self.assertEqual(ImportBatch.objects.get().source, "stdin")
