"""An import killed at random points: what is lost, and what is duplicated when it runs again."""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from django.db import connection
from django.db.models import Count
from django.test import TransactionTestCase

from articles.models import Article, RawDocument, SearchDocument
from articles.operations.integrity import faults
from tests.commands.dirty_rows import edited, export

MANAGE = Path(__file__).parent.parent.parent / "manage.py"
ROWS, KILLS = 12_000, 10


class KilledTests(TransactionTestCase):
    def test_ten_kills_lose_nothing_and_double_nothing(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "export.csv"
        made = export(ROWS)
        self.path.write_bytes(made.raw)
        suggestion = subprocess.run(
            [*self.command(), "--suggest-map"],
            env=self.environment(),
            capture_output=True,
            text=True,
            check=True,
        )
        (Path(folder.name) / "map.toml").write_text(edited(suggestion.stdout)[0])
        chance, left = random.Random(5), []  # noqa: S311
        for wanted in sorted(chance.randrange(ROWS) for _ in range(KILLS)):
            left.append(self.killed_after(wanted, chance))
        begun = time.monotonic()
        done = subprocess.run(
            [*self.command(), "--map", str(self.path.parent / "map.toml"), "--publish"],
            env=self.environment(), capture_output=True, text=True, check=False,
        )  # fmt: skip
        counts = json.loads(done.stdout)
        stored = Article.objects.count()
        doubled = Article.objects.values("external_id").annotate(n=Count("pk")).filter(n__gt=1).count()
        lost = len((made.good | made.drafts) - set(Article.objects.values_list("external_id", flat=True)))
        print(
            f"\n{KILLS} kills at {left} articles; at the end {stored} stored, {lost} lost, {doubled} doubled"
        )
        print(f"last run, which found {counts['rows_present']} here: {time.monotonic() - begun:.0f} s")
        self.assertEqual((lost, doubled, stored), (0, 0, len(made.good | made.drafts)))
        self.assertEqual(list(faults()), [])

    def killed_after(self, wanted: int, chance: random.Random) -> int:
        """Kill a run once so many articles are stored, a random moment later; what it left is whole."""
        process = subprocess.Popen(
            [*self.command(), "--map", str(self.path.parent / "map.toml"), "--publish"],
            env=self.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        while process.poll() is None and Article.objects.count() < wanted:
            time.sleep(0.05)
        time.sleep(chance.random() * 2)
        process.kill()
        process.wait()
        self.wait_until_the_server_has_noticed()
        stored = Article.objects.count()
        self.assertEqual(stored, RawDocument.objects.count())
        self.assertEqual(SearchDocument.objects.count(), Article.objects.filter(status="usable").count())
        return stored

    def command(self) -> list[str]:
        return [sys.executable, str(MANAGE), "import_articles", str(self.path)]

    def environment(self) -> dict[str, str]:
        connection.ensure_connection()
        told = connection.connection.info
        where = f"{quote(told.user)}:{quote(told.password or '')}@{quote(told.host, safe='')}:{told.port}"
        return os.environ | {"DATABASE_URL": f"postgresql://{where}/{told.dbname}"}

    def wait_until_the_server_has_noticed(self) -> None:
        for _ in range(500):
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                    " AND pid <> pg_backend_pid() AND state <> 'idle'"
                )
                if not cursor.fetchone()[0]:
                    return
            time.sleep(0.02)
