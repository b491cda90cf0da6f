"""A CSV file is mapped in a table, its rejected rows come back corrected, and several files come at once."""

from urllib.parse import parse_qs, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase

from articles.models import Article, ImportBatch, Publication, PublicationProfile, Upload
from articles.parsing.tabular.mapping import read_map
from tests.admin.desk import fields_of, log_in, make_user
from tests.factories import make_publication

UPLOAD = "/admin/desk/imports/upload/"
HEADER = (
    "Nr,Titel,Dachzeile,Vorspann,Artikeltext,Autor,Datum,Ressort,Schlagworte,URL,Seite,Bildunterschrift\n"
)
TWELVE = HEADER + "".join(
    f'{n},Weir opens {n},Thane,It rained.,"“We had {n} cows out,” said Osric Pell.",By Ada Okafor,'
    f"{date},Local,weirs/rain,https://courier.example/{n},{n},The weir\n"
    for n, date in ((1, "30/05/2019"), (2, "03/04/2019"), (3, "05/04/2019"))
)


class FileCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.chief = make_user("chief editor")
        cls.courier = make_publication("Selwy Courier")

    def setUp(self):
        self.client = log_in(self.chief)

    def upload(self, *files):
        sent = [SimpleUploadedFile(name, text.encode()) for name, text in files]
        return self.client.post(UPLOAD, {"file": sent}, follow=False)

    def open(self, *files):
        """The page of the uploaded file, and the fields that it would send."""
        self.url = self.upload(*files).url
        page = self.client.get(self.url)
        return page, fields_of(page.content.decode(), "import")

    def send(self, fields, do, **changes):
        return self.client.post(self.url, {**fields, **changes, "do": do})

    def column(self, page, name):
        """The name of the select of a column."""
        return next(field.html_name for field, _ in page.context["form"].column_rows if field.label == name)


class MappingTests(FileCase):
    def test_each_column_has_a_select_and_three_values_and_no_toml_is_shown(self):
        page, fields = self.open(("export.csv", TWELVE))
        self.assertEqual(len(page.context["form"].column_rows), 12)
        self.assertEqual(fields[self.column(page, "Titel")], "headline")
        self.assertContains(page, '<span class="mapping__value">Weir opens 3</span>', html=True)
        self.assertNotContains(page, "[columns]")

    def test_the_preview_shows_the_articles_as_they_would_be_imported(self):
        page, fields = self.open(("export.csv", TWELVE))
        page = self.send(fields, "look", dates="day", separator="/", publication=self.courier.pk)
        example = page.context["preview"].examples[1].incoming.parsed
        self.assertEqual((example.topics, example.publication), (("weirs", "rain"), "Selwy Courier"))
        self.assertEqual(example.published_on.isoformat(), "2019-04-03")
        self.assertFalse(Article.objects.exists())

    def test_the_preview_says_beside_each_column_which_values_an_import_leaves_out(self):
        topics = ";".join(f"topic {n}" for n in range(501))
        table = (
            "Titel,Artikeltext,Datum,Sprache,URL,Seite,Schlagworte\n"
            f"Weir opens,It rained.,31/31/2019,some language,nowhere,{'9' * 51},{topics}\n"
        )
        page, fields = self.open(("export.csv", table))
        said = {
            column.field.label: [fault.reason for fault in column.left_out]
            for column in page.context["columns"]
            if column.left_out
        }
        gone = "; imported without this value, which is kept with the article"
        self.assertEqual(
            said,
            {
                "Datum": [f"there is no month 31{gone}"],
                "Sprache": [f"is not a language tag such as en, de or pt-BR{gone}"],
                "URL": [f"must begin with http:// or https://{gone}"],
                "Seite": [f"has 51 characters; 50 is the most{gone}"],
                "Schlagworte": ["has 501 values; the first 500 are imported, all are kept"],
            },
        )
        self.assertContains(page, "row 2, “31/31/2019”: there is no month 31")
        self.assertContains(page, "Rows with errors: 0. Rows imported without some of their values: 1.")
        self.send(fields, "import")
        article = Article.objects.get()
        self.assertEqual((article.published_on, article.extra["Datum"]), (None, "31/31/2019"))

    def test_what_is_cut_from_the_html_of_a_cell_is_kept_with_the_article(self):
        _, fields = self.open(
            ("export.csv", "Titel,Artikeltext\nWeir opens,<p>It cost <del>four</del> five crowns.</p>\n")
        )
        self.send(fields, "import", body="html")
        article = Article.objects.get()
        self.assertEqual((article.body, article.extra["removed"]), ("It cost five crowns.", ["four"]))

    def test_a_status_without_a_meaning_is_explained_in_plain_words(self):
        page, _ = self.open(("export.csv", "Titel,Artikeltext,Status\nWeir opens,It rained.,odd\n"))
        self.assertContains(page, "has no meaning yet: choose what this status means")
        self.assertNotContains(page, "values.status")

    def test_a_field_chosen_twice_and_a_missing_headline_are_errors_at_the_select(self):
        page, fields = self.open(("export.csv", TWELVE))
        title, body = self.column(page, "Titel"), self.column(page, "Artikeltext")
        page = self.send(fields, "import", **{title: "kicker"})
        errors = page.context["form"].errors
        self.assertEqual(errors[title], ["Kicker is chosen for two columns."])
        self.assertIn("No column is the headline. Choose it here or for another column.", str(errors))
        self.assertContains(page, f'href="#id_{title}"')
        page = self.send(fields, "import", **{body: ""})
        self.assertContains(page, "No column is the text.")
        self.assertFalse(ImportBatch.objects.exists())

    def test_a_saved_mapping_is_used_for_the_next_file_with_these_columns(self):
        page, fields = self.open(("may.csv", TWELVE))
        changes = {"dates": "day", "separator": "/", "publication": self.courier.pk}
        page = self.send(fields, "import", save="on", dates="day")
        self.assertContains(page, "To save the mapping, choose a publication.")
        self.send(fields, "import", save="on", **{self.column(page, "Seite"): "", **changes})
        self.assertEqual(Article.objects.filter(publication=self.courier).count(), 3)
        page, fields = self.open(("june.csv", TWELVE.replace("Weir", "Sluice")))
        self.assertContains(page, "This is the saved mapping of Selwy Courier for these columns.")
        self.assertEqual((fields["separator"], fields[self.column(page, "Seite")]), ("/", ""))
        self.assertEqual((fields["dates"], fields["publication"]), ("day", str(self.courier.pk)))
        self.assertFalse(page.context["preview"].rejected)

    def test_of_two_papers_with_such_files_the_editor_chooses(self):
        for name in ("Selwy Courier", "Corran Herald"):
            _, fields = self.open(("may.csv", TWELVE))
            paper = make_publication(name)
            self.send(fields, "import", save="on", publication=paper.pk, dates="day")
        page, fields = self.open(("june.csv", TWELVE))
        self.assertEqual((fields["dates"], fields["publication"]), ("", ""))
        herald = Publication.objects.get(name="Corran Herald")
        page = self.client.get(f"{self.url}&of={herald.pk}")
        fields = fields_of(page.content.decode(), "import")
        self.assertEqual((fields["dates"], fields["publication"]), ("day", str(herald.pk)))

    def test_a_status_of_the_source_gets_its_meaning_beside_its_value(self):
        table = "headline,body,status\nWeir opens,It rained.,zarchiwizowany\nGates,They held.,online\n"
        page, fields = self.open(("export.csv", table))
        label, field = page.context["form"].value_rows[0]
        self.assertEqual((label, field.label), ("Status in the source", "zarchiwizowany"))
        page = self.send(fields, "look", **{field.html_name: "leave"})
        self.assertEqual([one.row for one in page.context["preview"].examples], [3])

    def test_the_mapping_is_downloaded_for_the_command(self):
        _, fields = self.open(("export.csv", TWELVE))
        file = self.send(fields, "map", dates="day2", zone="Europe/Dublin")
        csv_map = read_map(file.content.decode())
        self.assertEqual((csv_map.columns["Titel"], csv_map.dates.zone), ("headline", "Europe/Dublin"))
        self.assertIn("%d/%m/%y", csv_map.dates.forms)

    def test_another_delimiter_reads_other_columns(self):
        page, fields = self.open(("export.csv", "headline;body,page\nWeir opens;It rained,3\n"))
        page = self.send(fields, "look", delimiter=",", encoding="utf-8")
        self.assertEqual(
            [field.label for field, _ in page.context["form"].column_rows], ["headline;body", "page"]
        )

    def test_columns_that_the_editor_has_not_seen_are_not_imported(self):
        _, fields = self.open(("export.csv", "headline;body\nWeir,headline;It rained,body\n"))
        page = self.send(fields, "import", delimiter=",")
        self.assertContains(page, "The columns are read in another way now. Check them, then import.")
        self.assertFalse(ImportBatch.objects.exists())

    def test_a_file_without_rows_or_with_too_many_columns_is_named(self):
        for table, said in (
            ("headline,body\n", "The file needs a header and at least one row."),
            (f"{'a,' * 300}b\n{'1,' * 300}2\n", "The file has 301 columns."),
        ):
            page = self.client.get(self.upload(("export.csv", table)).url)
            self.assertContains(page, said)
            self.assertNotContains(page, "Import as drafts")

    def test_a_zone_or_language_that_does_not_exist_is_an_error_beside_its_field(self):
        _, fields = self.open(("export.csv", TWELVE))
        errors = self.send(fields, "import", zone="Selwy", language="Selwyan!").context["form"].errors
        self.assertEqual(set(errors), {"zone", "language"})


class RejectedRowTests(FileCase):
    def test_a_rejected_row_is_shown_in_the_columns_of_the_file_under_the_name_of_the_file(self):
        page, _ = self.open(("may.csv", "Titel,Artikeltext,Datum\nWeir opens,,2019-05-30\n"))
        (rejected,) = page.context["rejected"].rows
        self.assertEqual(page.context["rejected"].columns, ["Titel", "Artikeltext", "Datum"])
        self.assertEqual(rejected[1], ["Weir opens", "", "2019-05-30"])
        self.assertContains(page, "Artikeltext is missing")
        self.assertContains(page, "<h1>may.csv</h1>", html=True)

    def test_rejected_rows_are_downloaded_corrected_and_sent_again(self):
        _, fields = self.open(("export.csv", TWELVE))
        page = self.send(fields, "look", publication=self.courier.pk)
        self.assertEqual([fault.row for fault, _ in page.context["rejected"].rows], [3, 4])
        self.assertContains(page, "can be 2019-03-04 or 2019-04-03")
        before = self.send(fields, "rejected", publication=self.courier.pk).content.decode()
        self.send(fields, "import", publication=self.courier.pk)
        batch = ImportBatch.objects.get()
        page = self.client.get(f"/admin/desk/imports/{batch.pk}/")
        self.assertContains(page, "2 rejected rows")
        self.assertContains(page, "Weir opens 2")
        file = self.client.get(f"/admin/desk/imports/{batch.pk}/rejected/").content.decode()
        self.assertEqual(file, before)
        self.assertTrue(file.startswith("import_row,import_column,import_value,import_reason,Nr,Titel,"))

        corrected = file.replace(",03/04/2019,", ",2019-04-03,")
        page, fields = self.open(("corrected.csv", corrected))
        self.assertContains(page, "Its mapping is used again.")
        self.assertEqual(
            (fields["publication"], len(page.context["form"].column_rows)), (str(self.courier.pk), 12)
        )
        self.send(fields, "import")
        self.assertEqual(Article.objects.filter(publication=self.courier).count(), 2)
        again = self.client.get(f"/admin/desk/imports/{ImportBatch.objects.latest('pk').pk}/rejected/")
        self.assertEqual(again.content.decode().count("import_row"), 1)

    def test_rows_that_are_no_table_are_downloaded_as_they_came(self):
        self.url = self.upload(("export.jsonl", '{"headline": "Weir opens"}\n{"no"\n')).url
        file = self.client.post(self.url, {"do": "rejected"}).content.decode()
        self.assertIn('"import_reason": "is missing", "headline": "Weir opens"', file)
        self.assertEqual(file.count("\n"), 2)


class SeveralFilesTests(FileCase):
    ROW = '{"headline": "Weir opens", "body": "It rained in %s."}\n'

    def test_several_files_become_one_import_each(self):
        sent = self.upload(("may.jsonl", self.ROW % "May"), ("june.jsonl", self.ROW % "June"))
        self.assertEqual(len(parse_qs(urlsplit(sent.url).query)["file"]), 2)
        page = self.client.get(sent.url)
        self.assertContains(page, "Import 2 files as drafts")
        self.assertEqual([one.preview.new for one in page.context["listed"]], [1, 1])
        done = self.client.post(sent.url)
        self.assertRedirects(done, "/admin/desk/imports/")
        self.assertEqual((ImportBatch.objects.count(), Article.objects.count()), (2, 2))

    def test_one_bad_file_loses_none_of_the_others(self):
        files = (
            ("may.jsonl", self.ROW % "May"),
            ("export.xlsx", "PK\x03\x04[Content_Types].xml xl/workbook.xml"),
            ("empty.csv", ""),
        )
        page = self.client.get(self.upload(*files).url, follow=True)
        self.assertEqual(Upload.objects.count(), 1)
        for reason in ("export.xlsx cannot be imported: it is an Excel workbook", "empty.csv is empty"):
            self.assertContains(page, reason)

    def test_a_table_that_needs_choices_waits_and_the_others_are_imported(self):
        sent = self.upload(("may.jsonl", self.ROW % "May"), ("a.csv", "a,b,c\n1,2,3\n"))
        self.assertContains(self.client.get(sent.url), "Open it to choose what its columns are")
        left = self.client.post(sent.url, follow=True)
        self.assertEqual((ImportBatch.objects.count(), left.context["name"][-6:]), (1, "-a.csv"))

    def test_more_rows_than_one_request_imports_are_imported_file_by_file(self):
        rows = "".join(self.ROW % n for n in range(120))
        sent = self.upload(("may.jsonl", rows), ("june.jsonl", rows.replace("rained", "snowed")))
        self.assertContains(self.client.get(sent.url), "Together the files have 240 rows.")
        self.client.post(sent.url)
        self.assertFalse(ImportBatch.objects.exists())

    def test_too_many_files_are_refused(self):
        page = self.upload(*((f"{n}.jsonl", self.ROW % n) for n in range(21)))
        self.assertContains(page, "You chose 21 files. Send up to 20 at once.")
        self.assertFalse(PublicationProfile.objects.exists() or Upload.objects.exists())
