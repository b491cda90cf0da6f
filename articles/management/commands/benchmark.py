"""`manage.py benchmark`: how fast searches are, beside the ordinary way on the same rows."""

import json
import time
from dataclasses import asdict
from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from articles.management.benchmark import corpus, ordinary, queries, timing
from articles.models import Article


class Command(BaseCommand):
    help = "Build an archive in a database of its own and time each class of search beside the ordinary way."

    def add_arguments(self, parser):
        parser.add_argument("--articles", type=int, default=100_000, help="how many (100000)")
        parser.add_argument("--text", type=Path, metavar="FILE.jsonl", help="real text, instead of invented")
        parser.add_argument("--queries", type=int, default=30, help="questions of each class (30)")
        parser.add_argument("--keep", action="store_true", help="leave the database for the next run")
        parser.add_argument("--json", action="store_true", help="figures for machines")

    def handle(self, *, articles, text, keep, **options):
        if articles < 100:
            raise CommandError("A benchmark needs 100 articles or more.", returncode=2)
        home = connection.settings_dict["NAME"]
        try:
            self.open(f"{home}_benchmark_{articles}")
            speed = self.fill(articles, text)
            self.report(articles, speed, self.timed(options["queries"]), options["json"])
        except ValueError as error:
            raise CommandError(str(error), returncode=2) from error
        finally:
            self.close(home, keep)

    def say(self, text):
        self.stderr.write(text)

    def open(self, name):
        """Work in the benchmark's own database from here on, made where it is missing."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if cursor.fetchone() is None:
                cursor.execute(
                    f"CREATE DATABASE {connection.ops.quote_name(name)} TEMPLATE template0 ENCODING 'UTF8'"
                )
        self.switch(name)
        call_command("migrate", verbosity=0, interactive=False)

    def switch(self, name):
        connection.close()
        connection.settings_dict["NAME"] = name

    def close(self, home, keep):
        name = connection.settings_dict["NAME"]
        self.switch(home)
        if not keep and name != home:
            with connection.cursor() as cursor:
                cursor.execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(name)}")

    def fill(self, articles, text):
        """Build the archive, unless one of that size stands there; return articles a second, None if kept."""
        there = Article.objects.count()
        if there == articles:
            self.say(f"Using the {there} articles that are there.")
            return None
        if there:
            raise CommandError(f"The benchmark's database holds {there} articles: run once without --keep.")
        start = time.perf_counter()
        corpus.build(articles, text, self.progress)
        speed = round(articles / (time.perf_counter() - start), 1)
        self.say(f"{speed} articles a second")
        ordinary.prepare()
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        return speed

    def progress(self, done):
        if done % 5000 == 0:
            self.say(f"{done} articles")

    def timed(self, count):
        for measured in timing.measure(queries.classes(queries.vocabulary(), count)):
            self.say(
                f"{measured.name:20} {measured.hits:7} hits  {measured.p50_ms:7} / {measured.p95_ms:7} ms  "
                f"ordinary {measured.ordinary_p50_ms:7} / {measured.ordinary_p95_ms:7} ms  "
                f"× {measured.ratio_p50}"
            )
            yield measured

    def report(self, articles, speed, measured, as_json):
        classes = [{**asdict(each), "ratio_p50": each.ratio_p50} for each in measured]
        if not as_json:
            return
        figures = {
            "articles": articles,
            "classes": classes,
            "import_per_second": speed,
            "machine": timing.machine(),
        }
        self.stdout.write(json.dumps(figures, indent=2))
