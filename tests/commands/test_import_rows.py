"""import_articles: a bad optional field never costs a row, and the database never finds the fault."""

import json
import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import TestCase

from articles.ingest.pipeline.resolver import lock_names
from articles.models import Article, ImportError, RawDocument, Speaker, Topic
from articles.operations.integrity import faults
from tests.commands.test_import_articles import Importing, lines, row
from tests.commands.test_import_formats import posts
from tests.commands.test_import_tables import Tables
from tests.factories import make_speaker

LONGEST, LONG = "a" * 1_000_000, "a" * 6_000
LINK = "https://courier.example/"
# For each field that an import writes, values that its column, a constraint or our own reading does not take.
HOSTILE = {
    "kicker": [LONGEST, "a\ud800", 7, ["a"], {"a": 1}],
    "section": [LONG, "a\udfff", 7, {"slug": "a"}],
    "standfirst": [LONG, "\ud800", [1]],
    "byline": [LONG, "By \ud800", 3.5],
    "dateline": [LONG, True],
    "edition": [LONG, 3.5, [], {"a": "b"}],
    "page": [LONG, "1" * 51, 10**4000, False],
    "external_id": [LONG, "x" * 256, {"$oid": "5"}, "\ud800"],
    "source_url": [
        *("javascript:alert(1)", "data:text/html,x", "ftp://courier.example/a", "courier.example/a"),
        *(LINK + "a" * 5_000, LINK + "a b", LINK + "a\tb", LINK + "a\u2028b", "https://", "https://[::1"),
        *("https://courier.example:99999999/a", LINK + "\ud800", 7, [LINK]),
    ],
    "canonical_url": ["javascript:alert(1)", LINK + "ä" * 1_900, "HTTPS://" + "a" * 3_000, None, 1.5],
    "archived_url": ["file:///etc/passwd", LINK + "<b>", {"url": LINK}],
    "published_at": [
        *("0000-01-01", "0000-00-00", "10000-01-01", "99999-12-31T00:00:00Z", "2019-02-30", "soon", LONG),
        *("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", 1_559_280_600, -1, 1e300, ["2019"]),
        *("03/04/2019", "\ud800"),
    ],
    "published_on": ["0000-01-01", "10000-01-01", "31.02.2019", 20190530, LONG, {"day": 1}],
    "published_precision": ["decade", 1, ["day"], LONG],
    "language": ["English", "en_GB", LONG, "e", 7, ["en"], "\ud800"],
    "authors": [LONG, [LONG], 7, [7, None, True], [{"nom": "A"}], [f"Ada Okafor {n}" for n in range(1_000)]],
    "topics": [
        ["t" * 501, "Floods"],
        3,
        [["a"]],
        "; ".join(f"t{n}" for n in range(9_000)),
        ["\ud800"],
    ],
    "images": [
        *("a.jpg", [1], [{"caption": LONG}], [{"credit": LONG}], [{"url": "javascript:alert(1)"}]),
        *(
            [{"url": LINK + "a" * 5_000}],
            [{"caption": "\ud800"}],
            [{"url": LINK + str(n)} for n in range(40_000)],
        ),
    ],
    "views": [float("nan"), float("inf"), ["\ud800"], {"a": {"b": [float("-inf")]}}],
}
# These are taken, with what cannot be stored left out of them.
HARMLESS = {
    "kicker": ["a\0b", "\x01\x02", "\ue000a\ue001"],
    "section": ["a\0b", "\ue000"],
    "topics": [["t" * 300], ["a\0b"], ["\ue000"], ["!!!"], "Floods;;", "x; " * 50_000],
    "authors": [["Ada\0 Okafor"], ["\x07"], "By Ada Okafor"],
    "standfirst": ["a\0b\x1f"],
    "dateline": ["SELWY\0"],
    "images": [[{"caption": "a\0\ue000", "credit": "\x01"}], [{}], []],
    "external_id": [10**200, "\u200b", "a\0b"],
    "publication": ["!!!", "P" * 500],
    "views": [10**4000, "\0", {"\0": "\0"}, LONGEST, [[]] * 1_000],
    "": ["a key without a name"],
    "k" * 10_000: ["a long key"],
    "__proto__": [1],
}


class HostileFieldTests(Importing, TestCase):
    def imported(self, values):
        """Import a row for each field and value; return the faults by row, and the articles."""
        rows = [
            row(number, **{"external_id": f"id {number}", field: value})
            for number, (field, value) in enumerate(values, 1)
        ]
        options = ("--publish", "--create-speakers", "--accept-quotes", "0.5")
        counts, code, said = self.run_import(lines(*rows), *options)
        self.assertEqual((counts["rows_added"], counts["rows_bad"], code), (len(rows), 0, 0), said[-3_000:])
        self.assertNotIn("refused by the database", said)
        told = {}
        for fault in ImportError.objects.all():
            told.setdefault(fault.row, []).append(fault)
        documents = RawDocument.objects.select_related("article")
        return told, {int(d.origin.rpartition(" ")[2]): d.article for d in documents}

    def test_a_value_that_no_column_takes_is_kept_and_named_and_the_article_comes_in(self):
        values = [(field, value) for field, found in HOSTILE.items() for value in found if value is not None]
        told, articles = self.imported(values)
        for number, (field, value) in enumerate(values, 1):
            with self.subTest(field, value=repr(value)[:60]):
                columns = {fault.column for fault in told.get(number, [])}
                self.assertTrue(columns, "not reported")
                self.assertIn(field, {*columns, "" if value == [] else field})
                kept = articles[number].extra
                self.assertTrue(field in kept or field == "published_precision", kept.keys())
                if field in ("published_at", "source_url", "images"):
                    page = articles[number].get_absolute_url()
                    # What its source publishes in the future is a draft.
                    wanted = 404 if str(value).startswith("9999-") else 200
                    self.assertEqual(self.client.get(page).status_code, wanted)
        self.assertEqual(list(faults()), [])

    def test_dates_that_contradict_each_other_do_not_cost_the_row(self):
        instant = "2019-05-30T10:00:00Z"
        rows = [
            row(1, published_at=instant, published_precision="month"),
            row(2, published_at=instant, published_on="2019-05"),
            row(3, published_at=instant, published_on="2018"),
            row(4, published_at="2019-05", published_precision="day"),
            row(5, published_at="", published_precision="day"),
        ]
        counts, code, said = self.run_import(lines(*rows), "--publish")
        self.assertEqual((counts["rows_added"], code), (5, 0), said)
        self.assertNotIn("refused by the database", said)
        dates = Article.objects.order_by("pk").values_list(
            "published_on", "published_precision", "published_at"
        )
        self.assertEqual(
            [(str(on), precision, at) for on, precision, at in dates],
            [
                *(("2019-05-01", "month", None), ("2019-05-01", "month", None)),
                *(("2018-01-01", "year", None), ("2019-05-01", "month", None), ("None", "", None)),
            ],
        )
        self.assertEqual(Article.objects.order_by("pk")[0].extra["published_at"], "2019-05-30T10:00:00+00:00")

    def test_control_characters_and_marks_are_left_out_of_values_that_are_taken(self):
        self.imported([(field, value) for field, found in HARMLESS.items() for value in found])
        self.assertEqual(list(faults()), [])
        export = b"".join(self.client.get("/search/?format=jsonl").streaming_content)
        self.assertEqual(len(export.splitlines()), Article.objects.count())

    def test_an_ambiguous_section_or_topic_is_left_open_and_a_publication_is_not_guessed(self):
        for number in (1, 2):
            Topic.objects.create(name="Rivers", slug=f"rivers-{number}")
        counts, code, said = self.run_import(lines(row(1, topics=["Rivers", "Floods"])))
        self.assertEqual((counts["rows_added"], counts["rows_bad"], code), (1, 0, 0))
        self.assertIn("row 1, topic: 'Rivers' 2 topics have this name; imported without this value", said)
        article = Article.objects.get()
        self.assertEqual([topic.name for topic in article.topics.all()], ["Floods"])
        self.assertEqual(article.extra["unknown"], {"topics": ["Rivers"]})

    def test_new_names_by_the_thousand_take_few_of_the_locks_of_the_server(self):
        for model in (Topic, Speaker):
            lock_names(model, (f"name {number}" for number in range(20_000)))
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
            )
            self.assertLessEqual(cursor.fetchone()[0], 1_001)

    def test_many_bad_values_of_a_field_are_one_fault(self):
        self.run_import(lines(row(1, topics=["t" * 501] * 300, images=[1] * 300)))
        self.assertEqual(ImportError.objects.count(), 2)
        self.assertIn("the first of 300 such values", ImportError.objects.first().reason)

    def test_authors_beyond_five_hundred_stay_beside_the_article(self):
        names = [f"{first} {last}" for first in ("Ada", "Tom") for last in (f"Okafor{n}" for n in range(400))]
        speaker = make_speaker("Ada Okafor1")
        self.run_import(lines(row(1, authors=names)))
        article = Article.objects.get()
        self.assertEqual((list(article.authors.all()), article.extra["authors"]), ([speaker], names))


class HostileCellTests(Tables, TestCase):
    HEADER = "headline,body,published_on,publication,section,tags,language,source_url,status,views\n"

    def test_a_bad_cell_of_an_optional_column_does_not_cost_the_row(self):
        cells = [
            "{n}",
            "The weir was opened at noon, and it rained. {n}",
            "2019-05-30",
            "Selwy Courier",
            *[""] * 6,
        ]
        bad = {2: "soon", 4: "s" * 501, 5: "t" * 501, 6: "Engl\x01ish", 7: "javascript:alert(1)", 9: "\udcff"}
        rows = []
        for number, (place, cell) in enumerate(bad.items()):
            mine = [text.format(n=f"Weir {number}") for text in cells]
            mine[place] = cell
            rows.append(",".join(f'"{text}"' for text in mine))
        raw = (self.HEADER + "\n".join(rows)).encode("utf-8", "surrogateescape")
        path = self.write("own.csv", raw)
        csv_map = self.write("map.toml", self.suggest(path).replace("cp1252", "").replace("cp1250", ""))
        counts, code, said = self.run_import(path, "--map", csv_map)
        self.assertEqual((counts["rows_added"], counts["rows_bad"], code), (len(bad), 0, 0), said)
        for number, place in enumerate(bad):
            column = self.HEADER.strip().split(",")[place]
            self.assertIn(f"row {number + 2}, ", said)
            article = Article.objects.get(headline=f"Weir {number}")
            self.assertTrue({column, {"tags": "topics"}.get(column, column)} & article.extra.keys(), column)

    def test_a_row_whose_status_nobody_has_explained_is_a_draft(self):
        table = "headline,body,publication,status\nWeir opens,It opened at noon.,Selwy Courier,zrkl\n"
        path = self.write("own.csv", table)
        csv_map = self.write("map.toml", self.suggest(path))
        counts, code, said = self.run_import(path, "--map", csv_map, "--publish")
        self.assertEqual((counts["rows_added"], code), (1, 0))
        article = Article.objects.get()
        self.assertEqual((article.status, article.extra["status"]), ("draft", "zrkl"))
        self.assertIn("row 2, status: 'zrkl' has no meaning yet", said)

    def test_cells_that_lack_or_are_too_many_cost_a_row_only_where_others_may_be_shifted(self):
        table = (
            "headline,body,published_on,publication,section\n"
            "Weir opens,It opened at noon.,2019-05-30,Selwy Courier\n"
            "Mill burns,It burnt at night.,2019-05-31,Selwy Courier,Local,surplus\n"
            "Ford, dry again,It is dry.,2019-06-01,Selwy Courier,Local\n"
            "Bridge shut,It was shut\n"
        )
        counts, code, said = self.run_import(self.write("own.csv", table))
        self.assertEqual((counts["rows_added"], counts["rows_bad"], code), (2, 2, 1))
        self.assertIn("row 2: has 4 cells; the header has 5", said)
        self.assertIn("row 4: has 6 cells; the header has 5", said)
        self.assertEqual(Article.objects.get(headline="Mill burns").extra["cells"], "surplus")


@pytest.mark.django_db
def test_a_file_whose_name_is_no_text_is_imported(tmp_path):
    path = tmp_path / b"caf\xe9.jsonl".decode("utf-8", "surrogateescape")
    path.write_bytes(json.dumps(row(1)).encode())
    call_command("import_articles", str(path))
    assert Article.objects.count() == 1


class RejectTests(Tables, TestCase):
    """The file of bad rows can be corrected and imported, whatever the format was."""

    def test_a_line_that_was_no_json_is_corrected_where_it_is_named(self):
        path = self.write("rows.jsonl", lines(row(1), b'{"headline": "Ford", "body": "It is dry.",}\n'))
        self.run_import(path)
        errors = self.folder / "rows.jsonl.errors.jsonl"
        errors.write_text(errors.read_text().replace('dry.\\",}', 'dry.\\"}'))
        counts, code, said = self.run_import(errors)
        self.assertEqual((counts["rows_added"], code), (1, 0), said)
        self.assertEqual(Article.objects.get(headline="Ford").extra, {})

    def test_a_draft_of_wordpress_is_still_one_when_it_is_corrected(self):
        text = posts((1, "Weir opens", "draft", "post"))
        path = self.write(
            "site.xml", re.sub(r"(?s)(<content:encoded><!.CDATA.).*?(..></content)", r"\1\2", text)
        )
        counts, _, _ = self.run_import(path, "--publish")
        self.assertEqual((counts["rows_added"], counts["rows_bad"]), (0, 1))
        errors = self.folder / "site.xml.errors.jsonl"
        found = json.loads(errors.read_text())
        errors.write_text(json.dumps(found | {"body": "The weir was opened at noon."}))
        self.run_import(errors, "--publish")
        self.assertEqual(Article.objects.get(headline="Weir opens").status, "draft")

    def test_a_table_with_escaped_quotation_marks_is_written_as_it_was(self):
        path = self.write(
            "own.csv", '"headline","body"\n"A","He said \\"no\\", then \\"yes\\"."\n"","=So \\"it\\" was."\n'
        )
        csv_map = self.write("map.toml", self.suggest(path))
        self.run_import(path, "--map", csv_map)
        self.assertEqual(Article.objects.get().body, 'He said "no", then "yes".')
        errors = self.folder / "own.csv.errors.csv"
        errors.write_text(errors.read_text().replace(',"",', ',"B",').replace(",,\"'=", ",B,\"'="))
        counts, code, said = self.run_import(errors, "--map", csv_map)
        self.assertEqual((counts["rows_added"], code), (1, 0), said + errors.read_text())
        self.assertEqual(Article.objects.get(headline="B").body, '=So "it" was.')


class EncodingTests(Tables, TestCase):
    def test_json_lines_in_another_encoding_come_in_and_are_told(self):
        for number, encoding in enumerate(("cp1252", "utf-16")):
            content = row(number, headline=f"Café in {encoding}")
            text = json.dumps(content, ensure_ascii=False)
            _, _, said = self.run_import(self.write(f"{encoding}.jsonl", text.encode(encoding)))
            with self.subTest(encoding):
                self.assertTrue(Article.objects.filter(headline=f"Café in {encoding}").exists(), said)
                self.assertEqual("row 1: is not UTF-8; it was read as cp1252" in said, encoding == "cp1252")

    def test_tables_in_every_usual_encoding_come_in(self):
        text = "headline;body;tags\nCafé opens;It has “tables” at last.;Straße\n"
        for number, encoding in enumerate(
            ("utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be")
        ):
            table = text.replace("opens", f"opens {number}")
            counts, _, said = self.run_import(self.write(f"{number}.csv", table.encode(encoding)))
            with self.subTest(encoding):
                self.assertEqual(counts["rows_added"], 1, said)
                self.assertEqual(
                    Article.objects.get(headline=f"Café opens {number}").extra, {"tags": "Straße"}
                )
