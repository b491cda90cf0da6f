"""import_articles: each article once, bad rows reported and skipped, whatever happens."""

import io
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from unittest import mock
from urllib.parse import quote

from django.core.management import CommandError, call_command
from django.db import connection
from django.test import TestCase, TransactionTestCase

from articles.models import (
    Article,
    ImportBatch,
    ImportError,
    Publication,
    Quote,
    RawDocument,
    SearchDocument,
    Speaker,
    Topic,
)
from articles.operations.integrity import faults
from tests.factories import make_speaker

MANAGE = Path(__file__).parent.parent.parent / "manage.py"
# Seconds for what another process does on a busy machine.
PATIENCE = 600


def row(number=1, **fields):
    return {
        "headline": f"The river rises, part {number}",
        "body": f"“The river is high,” said Osric Pell, who farms there. He has counted {number} lambs.",
        "publication": "Selwy Courier",
        "published_at": "2019-05-30",
        "language": "en",
        "source_url": f"https://courier.example/{number}",
    } | fields


def lines(*rows):
    return b"".join(r if isinstance(r, bytes) else json.dumps(r).encode() + b"\n" for r in rows)


class Importing:
    def run_import(self, content, *options, stdin=False):
        """Counts, exit code and what stood on stderr."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "articles.jsonl"
            path.write_bytes(content)
            out, err, code = io.StringIO(), io.StringIO(), 0
            given = mock.Mock(buffer=io.BytesIO(content)) if stdin else sys.stdin
            with mock.patch("sys.stdin", given):
                try:
                    call_command(
                        "import_articles", "-" if stdin else str(path), *options, stdout=out, stderr=err
                    )
                except SystemExit as stop:
                    code = stop.code
        return json.loads(out.getvalue()), code, err.getvalue()


class ImportTests(Importing, TestCase):
    def test_rows_become_drafts_and_the_counts_are_told_and_kept(self):
        counts, code, said = self.run_import(lines(row(1), row(2)))
        self.assertEqual((counts["rows_read"], counts["rows_added"], counts["rows_bad"], code), (2, 2, 0, 0))
        self.assertEqual({a.status for a in Article.objects.all()}, {"draft"})
        batch = ImportBatch.objects.get(pk=counts["batch"])
        self.assertEqual(
            (batch.rows_read, batch.rows_added, batch.quotes_proposed), (2, 2, counts["quotes_proposed"])
        )
        self.assertIsNotNone(batch.finished_at)
        self.assertIn("read 2, added 2, already in the archive 0, changed 0, with errors 0", said)

    def test_each_row_is_kept_byte_for_byte(self):
        odd = b'{"headline":  "A",\t"body": "B\\u00e9.", "x": [1, 2.50]}'
        self.run_import(odd + b"\r\n")
        self.assertEqual(bytes(RawDocument.objects.get().bytes), odd)
        self.assertTrue(RawDocument.objects.get().origin.endswith("articles.jsonl, line 1"))

    def test_twice_adds_nothing(self):
        content = lines(row(1), row(2), row(3, source_url=""))
        self.run_import(content, "--publish")
        before = list(Article.objects.values()), Quote.objects.count()
        counts, code, _ = self.run_import(content, "--publish")
        self.assertEqual((counts["rows_added"], counts["rows_present"], code), (0, 3, 0))
        self.assertEqual((list(Article.objects.values()), Quote.objects.count()), before)

    def test_the_words_that_came_in_are_offered_for_mistyped_ones(self):
        self.run_import(lines(*(row(n) for n in range(12))), "--publish")
        self.assertContains(self.client.get("/search/", {"q": "lamms"}), "lambs")

    def test_publication_and_language_stand_in_where_a_row_names_none(self):
        mute = row(1, publication="", language=None)
        self.run_import(lines(mute, row(2)), "--publication", "Corran Post", "--language", "de")
        stored = Article.objects.order_by("pk").values_list("publication__name", "language")
        self.assertEqual(list(stored), [("Corran Post", "de"), ("Selwy Courier", "en")])

    def test_stdin_is_read_too(self):
        counts, code, _ = self.run_import(lines(row(1)), stdin=True)
        self.assertEqual((counts["rows_added"], code), (1, 0))


class BadRowTests(Importing, TestCase):
    def test_bad_rows_are_told_with_number_column_and_reason_and_passed_over(self):
        content = lines(
            row(1),
            b"{not json}\n",
            b"\n",
            b'["a", "list"]\n',
            row(5, headline=""),
            row(6, published_at="30/02/2019"),
            b'{"headline": "A", "body": "half \\ud800 a character"}\n',
            '{"headline": "Caf\xe9", "body": ""}\n'.encode(),
            b'{"headline": "\xff\xfe", "body": "x"}\n',
            b"[" * 100_000 + b"\n",
            row(10, external_id="x" * 300),
            row(11),
        )
        counts, code, said = self.run_import(content, "--publish")
        self.assertEqual((counts["rows_read"], counts["rows_added"], counts["rows_bad"], code), (11, 4, 7, 1))
        told = dict(ImportError.objects.values_list("row", "column"))
        self.assertEqual(
            told,
            {
                **{2: "", 4: "", 5: "headline", 6: "published_at", 7: "body", 8: "body", 9: "headline"},
                **{10: "", 11: "external_id"},
            },
        )
        self.assertIn("row 5, headline", said)
        self.assertIn("is missing", said)
        self.assertEqual(list(faults()), [])

    def test_a_byte_order_mark_and_blank_lines_are_no_fault(self):
        counts, code, _ = self.run_import(b"\xef\xbb\xbf" + lines(row(1)) + b"  \n\n" + lines(row(2)))
        self.assertEqual((counts["rows_added"], counts["rows_bad"], code), (2, 0, 0))

    def test_an_empty_file_is_an_import_of_nothing(self):
        counts, code, _ = self.run_import(b"")
        self.assertEqual((counts["rows_read"], code), (0, 0))

    def test_what_cannot_be_opened_stops_all_before_anything_is_stored(self):
        with tempfile.NamedTemporaryFile() as good, self.assertRaises(CommandError) as caught:
            good.write(lines(row(1)))
            good.flush()
            call_command("import_articles", good.name, "/nowhere/at/all.jsonl", stderr=io.StringIO())
        self.assertEqual(caught.exception.returncode, 2)
        self.assertEqual(ImportBatch.objects.count(), 0)

    def test_a_wrong_language_or_confidence_is_refused_as_usage(self):
        for option in (["--language", "english!"], ["--accept-quotes", "2"]):
            with self.assertRaises(CommandError):
                call_command("import_articles", "-", *option, stderr=io.StringIO())

    def test_a_row_without_a_paper_cannot_be_published(self):
        counts, code, said = self.run_import(lines(row(1, publication="")), "--publish")
        self.assertEqual((counts["rows_bad"], code), (1, 1))
        self.assertIn("publication: required for publishing", said)


class WishesTests(Importing, TestCase):
    def test_a_dry_run_tells_the_same_counts_and_writes_nothing(self):
        content = lines(row(1), row(2), row(1), b"{\n", row(2, publication="Corran Post", source_url=""))
        options = ["--publish", "--accept-quotes", "0.5", "--create-speakers"]
        dry, dry_code, _ = self.run_import(content, *options, "--dry-run")
        for model in (Article, ImportBatch, ImportError, Publication, Speaker, Topic):
            self.assertFalse(model.objects.exists(), model)
        real, code, _ = self.run_import(content, *options)
        self.assertEqual(dry | {"batch": None, "source": ""}, real | {"batch": None, "source": ""})
        self.assertEqual((dry_code, code), (1, 1))
        self.assertGreater(real["quotes_accepted"], 0)
        self.assertGreater(real["speakers_created"], 0)

    def test_quotes_are_accepted_by_rule_with_speakers_that_exist(self):
        pell = make_speaker("Osric Pell")
        self.run_import(lines(row(1)), "--publish", "--accept-quotes", "0.5")
        quote = Quote.objects.accepted().get()
        self.assertEqual((quote.speaker, quote.checked, quote.text), (pell, "rule", "The river is high,"))

    def test_changed_rows_are_skipped_told_or_taken(self):
        self.run_import(lines(row(1)), "--publish")
        changed = lines(row(1, body="“The river is low,” said Osric Pell, who farms there."))
        counts, code, said = self.run_import(changed)
        self.assertEqual((counts["rows_changed"], code, "differs" in said), (1, 0, False))
        counts, code, said = self.run_import(changed, "--changed", "report")
        self.assertEqual((counts["rows_changed"], code, "differs" in said), (1, 0, True))
        self.assertIn("lambs", Article.objects.get().body)
        counts, code, said = self.run_import(changed, "--changed", "update")
        self.assertEqual((counts["rows_changed"], code), (1, 0))
        article = Article.objects.get()
        self.assertIn("low", article.body)
        self.assertEqual([q.text for q in article.quotes.all()], ["The river is low,"])
        self.assertEqual(list(faults()), [])

    def test_somebody_who_watches_sees_a_bar(self):
        class Terminal(io.StringIO):
            def isatty(self):
                return True

        screen = Terminal()
        with tempfile.NamedTemporaryFile() as file:
            file.write(lines(row(1)))
            file.flush()
            call_command("import_articles", file.name, stdout=io.StringIO(), stderr=screen)
        self.assertIn("[####################] 100%", screen.getvalue())


class InterruptedTests(TransactionTestCase):
    """With processes of their own: what a killed import leaves, and what two at once do."""

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = Path(self.folder.name) / "articles.jsonl"

    def start(self, *options):
        connection.ensure_connection()
        told = connection.connection.info
        where = f"{quote(told.user)}:{quote(told.password or '')}@{quote(told.host, safe='')}:{told.port}"
        return subprocess.Popen(
            [sys.executable, str(MANAGE), "import_articles", str(self.path), *options],
            env=os.environ | {"DATABASE_URL": f"postgresql://{where}/{told.dbname}"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def finish(self, process):
        out, err = process.communicate(timeout=PATIENCE)
        self.assertEqual(process.returncode, 0, err.decode())
        return json.loads(out)

    def test_a_kill_leaves_whole_lots_and_the_next_run_completes_them(self):
        self.path.write_bytes(lines(*(row(n) for n in range(500))))
        seen = set()
        for wanted in (0, 1, 200):
            process = self.start("--publish", "--accept-quotes", "0.5")
            deadline = time.monotonic() + PATIENCE
            while process.poll() is None and time.monotonic() < deadline:
                if (
                    ImportBatch.objects.filter(finished_at=None).exists()
                    and Article.objects.count() >= wanted
                ):
                    break
                time.sleep(0.01)
            process.kill()
            process.communicate()
            self.wait_until_the_server_has_noticed()
            stored = Article.objects.count()
            seen.add(stored)
            self.assertEqual(stored % 100, 0)
            self.assertEqual(stored, RawDocument.objects.count())
            self.assertEqual(stored, SearchDocument.objects.count())
            self.assertEqual(list(faults()), [])
        self.finish(self.start("--publish", "--accept-quotes", "0.5"))
        self.assertEqual(Article.objects.count(), 500)
        self.assertEqual(Article.objects.values("source_url").distinct().count(), 500)
        self.assertEqual(list(faults()), [])
        self.assertGreater(len(seen), 1, "no kill came between two chunks")

    def wait_until_the_server_has_noticed(self):
        deadline = time.monotonic() + PATIENCE
        while True:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                    " AND pid <> pg_backend_pid() AND backend_type = 'client backend' AND state <> 'idle'"
                )
                if not cursor.fetchone()[0]:
                    return
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.02)

    def test_two_imports_of_the_same_file_at_once_store_each_article_once(self):
        with_keys = [row(n) for n in range(250)]
        without = [row(n, source_url="", topics=[f"Topic {n % 7}"]) for n in range(250, 500)]
        self.path.write_bytes(lines(*with_keys, *without))
        options = ("--accept-quotes", "0.5", "--create-speakers")
        both = [self.start(*options), self.start(*options)]
        counts = [self.finish(process) for process in both]
        self.assertEqual(Article.objects.count(), 500)
        self.assertEqual(sum(c["rows_added"] for c in counts), 500)
        self.assertEqual(sum(c["rows_present"] for c in counts), 500)
        self.assertEqual(sum(c["rows_bad"] for c in counts), 0)
        self.assertEqual(Topic.objects.count(), 7)
        self.assertEqual(Speaker.objects.filter(name="Osric Pell").count(), 1)
        self.assertEqual(list(faults()), [])
