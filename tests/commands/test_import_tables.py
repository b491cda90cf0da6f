"""import_articles from CSV: a mapping is suggested, corrected once, and used; nothing is guessed."""

import csv
import io
import json
import tempfile
from pathlib import Path

from django.core.management import CommandError, call_command
from django.test import TestCase

from articles.models import Article, ImportBatch, Publication, RawDocument
from articles.operations.integrity import faults
from tests.commands.dirty_rows import edited, export
from tests.sizes import size

SMALL = (
    "headline;body;publication;published_at;source_url\r\n"
    "Weir opens;“We had the cows out,” said Osric Pell.;Selwy Courier;2019-05-30;https://courier.example/1\r\n"
    "Mill burns;The mill burnt down in the night.;Selwy Courier;{};https://courier.example/2\r\n"
)


class Tables:
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def write(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def run_import(self, path, *options):
        out, err, code = io.StringIO(), io.StringIO(), 0
        try:
            call_command("import_articles", str(path), *map(str, options), stdout=out, stderr=err)
        except SystemExit as stop:
            code = stop.code
        return json.loads(out.getvalue()), code, err.getvalue()

    def suggest(self, path):
        out = io.StringIO()
        call_command("import_articles", str(path), "--suggest-map", stdout=out)
        return out.getvalue()


class DirtyRowTests(Tables, TestCase):
    def test_with_a_few_edited_lines_an_old_export_comes_in_whole_and_a_second_one_changes_what_changed(self):
        number, changed = size(300, 12_000), size(5, 200)
        made = export(number)
        path = self.write("export.csv", made.raw)
        text, edits = edited(self.suggest(path))
        self.assertLessEqual(edits, 10)
        csv_map = self.write("map.toml", text)
        counts, code, said = self.run_import(path, "--map", csv_map, "--publish")
        stored = dict(Article.objects.values_list("external_id", "status"))
        can_go_in = made.good | made.drafts
        inside = len(can_go_in & stored.keys()) / len(can_go_in)
        print(f"\n{number} dirty rows, {edits} edited lines: {inside:.2%} of {len(can_go_in)} in, {counts}")
        self.assertGreaterEqual(inside, 0.98)
        self.assertEqual(stored.keys() - can_go_in, set())
        self.assertEqual({pk for pk, status in stored.items() if status == "draft"}, made.drafts)
        self.assertEqual((counts["rows_bad"], code), (len(made.bad), 1))
        self.assertEqual(counts["rows_present"], made.doubles)
        self.assertEqual(list(Publication.objects.values_list("name", flat=True)), ["Selwy Courier"])
        self.judge_texts(made)
        errors = path.with_name("export.csv.errors.csv")
        self.assertIn(f"rows with errors: {len(made.bad):,}, in {errors}", said)
        self.assertEqual(errors.read_bytes().count(b";import_reason;"), 1)

        path.write_bytes(export(number, changed=changed).raw)
        again, _, _ = self.run_import(path, "--map", csv_map, "--publish", "--changed", "update")
        print(f"second export: {again}")
        self.assertEqual((again["rows_added"], again["rows_changed"]), (0, changed))
        self.assertEqual(Article.objects.filter(version__gt=1).count(), changed)
        self.assertEqual(Article.objects.filter(body__startswith="The old weir").count(), changed)
        self.assertEqual(list(faults()), [])

    def judge_texts(self, made):
        for article in Article.objects.only("external_id", "body", "headline", "published_on"):
            self.assertEqual(article.published_on, made.days[article.external_id])
            self.assertTrue(article.headline.startswith("Gates of Żerań weir open"), article.headline)
            self.assertTrue(article.body.startswith("The weir at Żerań was opened"), article.body)
            self.assertNotRegex(article.body, r"<p>|&#|\[caption|\[gallery|\[/")


class MappingTests(Tables, TestCase):
    def test_a_table_with_the_archives_own_columns_needs_no_mapping(self):
        path = self.write("own.csv", SMALL.format("2019-05-31"))
        counts, code, _ = self.run_import(path)
        self.assertEqual((counts["rows_added"], code), (2, 0))
        self.assertEqual(ImportBatch.objects.get().options["door"], "csv")

    def test_what_came_in_is_kept_as_it_was_below_its_header(self):
        path = self.write("own.csv", SMALL.format("2019-05-31"))
        self.run_import(path)
        raw = bytes(RawDocument.objects.order_by("pk").last().bytes)
        header, _, row = raw.partition(b"\r\n")
        self.assertTrue(header.startswith(b"headline;body") and row.startswith(b"Mill burns;"))
        self.assertIn(raw.split(b"\r\n")[1], path.read_bytes())

    def test_other_columns_need_one(self):
        path = self.write("other.csv", "Title;Text\r\nWeir;It opened.\r\n")
        with self.assertRaisesMessage(CommandError, "--suggest-map"):
            self.run_import(path)
        self.assertEqual(ImportBatch.objects.count(), 0)

    def test_an_ambiguous_date_is_an_error_until_the_mapping_says_which_comes_first(self):
        path = self.write("own.csv", SMALL.format("03/04/2019"))
        counts, code, said = self.run_import(path)
        self.assertEqual((counts["rows_added"], counts["rows_bad"], code), (1, 1, 1))
        self.assertIn("can be 2019-03-04 or 2019-04-03", said)
        csv_map = self.write("map.toml", self.suggest(path).replace('order = ""', 'order = "month first"'))
        self.run_import(path, "--map", csv_map)
        self.assertEqual(str(Article.objects.get(headline="Mill burns").published_on), "2019-03-04")

    def test_a_file_of_bad_rows_runs_no_formula_and_gives_every_cell_back(self):
        rows = (
            SMALL.format("03/04/2019")
            .replace("Mill burns", "＝HYPERLINK(1)")
            .replace("The mill", " =The mill")
        )
        path = self.write("own.csv", rows)
        self.run_import(path)
        errors = self.folder / "own.csv.errors.csv"
        (record,) = list(csv.DictReader(io.StringIO(errors.read_text()), delimiter=";"))
        for cell in record.values():
            self.assertNotRegex(cell, r"^\s*[-=+@＝]")
        self.assertEqual(record["headline"], "'＝HYPERLINK(1)")
        errors.write_text(errors.read_text().replace("03/04/2019", "2019-05-31"))
        self.run_import(errors)
        article = Article.objects.get(source_url="https://courier.example/2")
        self.assertEqual(article.headline, "＝HYPERLINK(1)")
        self.assertIn("=The mill burnt", article.body)

    def test_a_mended_error_file_is_imported_with_the_same_mapping(self):
        path = self.write("own.csv", SMALL.format("00/00/0000"))
        csv_map = self.write("map.toml", self.suggest(path))
        _, _, said = self.run_import(path, "--map", csv_map)
        errors = self.folder / "own.csv.errors.csv"
        self.assertIn(f"rows with errors: 1, in {errors}", said)
        content = errors.read_text()
        self.assertTrue(content.startswith("import_row;import_column;import_value;import_reason;headline;"))
        self.assertIn("3;", content)
        self.assertIn("is no date", content)
        errors.write_text(content.replace(";00/00/0000;", ";28/02/2019;"))
        counts, code, _ = self.run_import(errors, "--map", csv_map)
        self.assertEqual((counts["rows_added"], code), (1, 0))
        self.assertEqual(Article.objects.get(headline="Mill burns").extra, {})

    def test_a_mapping_that_is_wrong_is_told_before_anything_is_read(self):
        path = self.write("own.csv", SMALL.format("2019-05-31"))
        good = self.suggest(path)
        for find, put, said in (
            ('order = ""', 'order = "whatever"', "order must be one of"),
            ('"headline" = "headline"', '"headline" = "title"', "there is no field 'title'"),
            ('"body" = "body"', '"body" = ""', "no column is the body"),
            ("[file]", "[files]", "knows no «files»"),
            ('zone = ""', 'zone = "Selwy/Town"', "there is no zone"),
            ("[columns]", '[columns]\n"Colour" = "extra"', "columns that are not in the file: Colour"),
        ):
            csv_map = self.write("map.toml", good.replace(find, put))
            with self.subTest(put), self.assertRaisesMessage(CommandError, said):
                self.run_import(path, "--map", csv_map)
        self.assertEqual(ImportBatch.objects.count(), 0)

    def test_a_publication_that_the_mapping_does_not_name_is_no_new_one(self):
        path = self.write("own.csv", SMALL.format("2019-05-31"))
        csv_map = self.write("map.toml", self.suggest(path))
        path.write_text(
            SMALL.format("2019-05-31").replace("Selwy Courier;2019-05-31", "Corran Post;2019-05-31")
        )
        counts, _, said = self.run_import(path, "--map", csv_map)
        self.assertEqual((counts["rows_added"], counts["rows_bad"]), (1, 1))
        self.assertIn("is not among the publications of the mapping", said)


class ReportTests(Tables, TestCase):
    def test_a_dry_run_reports_what_would_come_in_and_writes_nothing(self):
        text = SMALL.format("1970-01-01").replace("in the night", "in the nightâ€™s cafÃ©")
        path = self.write("own.csv", text)
        counts, code, said = self.run_import(path, "--dry-run")
        self.assertEqual((counts["rows_added"], counts["batch"], code), (2, None, 0))
        self.assertFalse(Article.objects.exists() or ImportBatch.objects.exists())
        self.assertEqual(sorted(p.name for p in self.folder.iterdir()), ["own.csv"])
        for line in (
            "Articles: 2; drafts at their source: 0",
            "       2  Selwy Courier",
            "       1  1970",
            "       1  dated 1 January 1970: row 3",
            "       1  wrongly encoded characters: row 3",
            "Examples: 2",
            "  Row 2: Weir opens",
            "quotes: 1; pictures: 0",
        ):
            self.assertIn(line, said)
