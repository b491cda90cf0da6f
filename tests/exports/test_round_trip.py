"""An export is imported into an empty archive with its suggested mapping, and the next export equals it."""

import csv
import datetime as dt
import io
import json

from django.core.management import CommandError
from django.db import transaction
from django.test import TestCase

from articles.models import Article, Image
from tests.commands.test_import_tables import Tables
from tests.factories import make_article, make_publication, make_quote, make_speaker

# What an import does not take: about the archive, the search and the time, or found out anew.
NOT_TAKEN = {"id", "url", "query", "retrieved_at", "version", "quotes", "section_slug"}
NOT_TAKEN |= {"publication_slug", "speaker_slug", "speaker_name", "speakers"}


def make_archive():
    ada, tom = make_speaker("Ada Okafor"), make_speaker("Tom Reyes")
    courier = {"source_url": "https://www.courier.example/a/?utm_source=x#top", "external_id": "0012"}
    whole = make_article(
        headline="=SUM(1) “closes”; the bridge, 007",
        kicker="Floods",
        standfirst="+ Nine votes to eight.",
        byline="By A. Okafor and Tom Reyes",
        dateline="SELWY",
        body="The river rose.\n\n“We will rebuild,” said Ada Okafor.\nShe <b>left</b>.\n\n[sic] | a, b; c",
        section="Home; garden",
        topics=("Floods", "Bridges, old"),
        authors=(ada, tom),
        language="en-GB",
        edition="'Late",
        page="007",
        canonical_url="https://courier.example/a",
        archived_url="https://kept.example/https://courier.example/a",
        published_at=dt.datetime(2019, 5, 30, 23, 30, tzinfo=dt.UTC),
        **courier,
    )
    Image.objects.create(
        article=whole, caption='A "bridge"; or two', credit="@Lise", url="https://a.example/b"
    )
    Image.objects.create(article=whole, caption="None", position=1)
    make_article(headline="None", body="True", published_on=dt.date(2018, 5, 1), published_precision="month")
    make_article(headline="'Tis = so", body="It was so, the keeper of the weir said.", published_on=None)
    copied = "The same text is in two papers on one day, and each has its own copy."
    first = make_article(headline="Copied", body=copied)
    make_article(headline="Copied", body=copied, publication="Corran Post", copy_of=first)
    excerpts = make_publication("Tarrin Bell", full_text="excerpt")
    long = "First.\n\n" + "The keeper had a long day at the weir. " * 60
    make_article(headline="Long", body=long, publication=excerpts, canonical_url="https://bell.example/long")
    make_quote(whole, "We will rebuild,", speaker=ada)


class RoundTripTests(Tables, TestCase):
    def export(self, kind):
        found = self.client.get(f"/search/?sort=oldest&format={kind}")
        return self.write(f"articles.{kind}", b"".join(found.streaming_content))

    def rows(self, path):
        text = path.read_text(encoding="utf-8-sig")
        if path.suffix == ".jsonl":
            found = list(map(json.loads, text.splitlines()))
        else:
            found = list(csv.DictReader(io.StringIO(text, newline="")))
        for row in found:
            for name in ("publication", "section"):
                row[name] = row.pop(f"{name}_name", None) or (row.get(name) or {}).get("name")
        return {
            (row["headline"], row["publication"]): {n: v for n, v in row.items() if n not in NOT_TAKEN}
            for row in found
        }

    def round_trip(self, kind):
        with transaction.atomic():
            make_archive()
            path = self.export(kind)
            before = self.rows(path)
            csv_map = self.write("map.toml", self.suggest(path))
            counts, _, said = self.run_import(path, "--map", csv_map)
            # Of an extract only the beginning is exported.
            self.assertEqual((counts["rows_added"], counts["rows_present"]), (0, 5), said)
            transaction.set_rollback(True)
        self.assertEqual((Article.objects.count(), len(before)), (0, 6))
        counts, code, said = self.run_import(path, "--map", csv_map, "--publish")
        self.assertEqual((counts["rows_added"], counts["rows_bad"], code), (6, 0, 0), said)
        after = self.rows(self.export(kind))
        for key, row in before.items():
            self.assertEqual(after[key] | {"language": row["language"]}, row)
        self.assertEqual(Article.objects.exclude(copy_of=None).count(), 1)
        return path

    def test_csv_loses_nothing(self):
        path = self.round_trip("csv")
        self.assertIn(b"'=SUM(1)", path.read_bytes())

    def test_csv_that_a_spreadsheet_has_saved_loses_nothing(self):
        with transaction.atomic():
            make_archive()
            path = self.export("csv")
            before = self.rows(path)
            transaction.set_rollback(True)
        text = path.read_text(encoding="utf-8-sig")
        rows = csv.reader(io.StringIO(text, newline=""))
        saved = io.StringIO()
        csv.writer(saved, delimiter=";", lineterminator="\r\n").writerows(
            [cell.replace("\n", "\r\n") for cell in row] for row in rows
        )
        path.write_bytes(f"sep=;\r\n{saved.getvalue()}".encode("utf-16"))
        counts, code, said = self.run_import(path, "--publish")
        self.assertEqual((counts["rows_added"], counts["rows_bad"], code), (6, 0, 0), said)
        after = self.rows(self.export("csv"))
        for key, row in before.items():
            self.assertEqual(after[key]["body"], row["body"])

    def test_json_lines_lose_nothing(self):
        self.round_trip("jsonl")

    def test_an_export_of_quotes_is_no_table_of_articles(self):
        make_archive()
        for kind in ("csv", "jsonl"):
            found = self.client.get(f"/quotes/?format={kind}")
            path = self.write(f"quotes.{kind}", b"".join(found.streaming_content))
            if kind == "csv":
                with self.assertRaisesMessage(CommandError, "an export of quotes"):
                    self.run_import(path)
            else:
                counts, _, said = self.run_import(path)
                self.assertEqual((counts["rows_added"], counts["rows_bad"]), (0, 1))
                self.assertIn("is a quote of our own export", said)
