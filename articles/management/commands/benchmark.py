"""Time searches or pages on a large archive, compared with plain PostgreSQL full-text search."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from articles.models import Article, Quote
from benchmarks import (
    baseline,
    corpus,
    importing,
    insert_cost,
    pages,
    queries,
    quotes_corpus,
    recall,
    timing,
)
from benchmarks.queries import Timed

if TYPE_CHECKING:
    from benchmarks.peers import Peer


class Command(BaseCommand):
    help = (
        "Build an archive in a separate database, and time searches against plain full-text search of"
        " PostgreSQL."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--articles", type=int, default=100_000, help="number of articles (100000)")
        parser.add_argument(
            "--text", type=Path, metavar="FILE.jsonl", help="real text instead of random words"
        )
        parser.add_argument("--pages", action="store_true", help="time public pages instead of searches")
        parser.add_argument(
            "--queries", type=int, default=30, help="queries per class, or requests per page (30)"
        )
        parser.add_argument("--keep", action="store_true", help="keep the database for the next run")
        parser.add_argument(
            "--peers",
            action="store_true",
            help="also time Tantivy and SQLite FTS5 (dependencies: benchmarks)",
        )
        parser.add_argument(
            "--relevance",
            action="store_true",
            help="instead, search for known articles of --text, here and in the peers",
        )
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(
        self,
        *,
        articles: int,
        text: Path | None,
        keep: bool,
        **options: Any,  # as parsed
    ) -> None:  # of the parser
        if options["relevance"] and not text:
            raise CommandError("--relevance needs --text FILE.jsonl.", returncode=2)
        if articles < 100:
            raise CommandError("A benchmark needs at least 100 articles.", returncode=2)
        distinct = quotes_corpus.DISTINCT if options["pages"] else corpus.DISTINCT
        if articles > distinct and articles % distinct:
            raise CommandError(
                f"Above {distinct}, the number must be a multiple of {distinct}.", returncode=2
            )
        home = connection.settings_dict["NAME"]
        try:
            if options["pages"]:
                self.open(f"{home}_benchmark_pages_{articles}")
                self.fill_with_quotes(articles)
                self.report_pages(articles, options["queries"], options["json"])
                return
            if options["relevance"] and text:
                self.open(f"{home}_benchmark_relevance")
                self.report_relevance(text, options["json"])
                return
            smaller = f"{home}_benchmark_{corpus.DISTINCT}" if articles > corpus.DISTINCT else "template0"
            self.open(f"{home}_benchmark_{articles}", smaller)
            self.fill(articles, text)
            asked = queries.classes(queries.vocabulary(), options["queries"])
            with tempfile.TemporaryDirectory() as folder:
                others = self.peers(Path(folder)) if options["peers"] else []
                asks = [(peer.name, partial(asked_of, peer)) for peer in others]
                # Beyond, plain search takes seconds for each query.
                compared = articles <= corpus.DISTINCT
                measured = [*self.timed(asked, asks, compared)]
            speed = self.rates(home, text) if compared else (None, None)
            self.report(articles, measured, speed, options["json"])
        except ValueError as error:
            raise CommandError(str(error), returncode=2) from error
        finally:
            self.close(home, keep)

    def say(self, text: str) -> None:
        self.stderr.write(text)

    def open(self, name: str, template: str = "template0") -> None:
        """Connect to the benchmark database; create it as a copy of the template if it does not exist."""
        if not self.exists(name):
            template = template if self.exists(template) else "template0"
            with connection.cursor() as cursor:
                cursor.execute(
                    f"CREATE DATABASE {connection.ops.quote_name(name)} "
                    f"TEMPLATE {connection.ops.quote_name(template)} STRATEGY file_copy ENCODING 'UTF8'"
                )
        self.switch(name)
        call_command("migrate", verbosity=0, interactive=False)

    def exists(self, name: str) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            return cursor.fetchone() is not None

    def switch(self, name: str) -> None:
        connection.close()
        connection.settings_dict["NAME"] = name

    def close(self, home: str, keep: bool) -> None:
        name = connection.settings_dict["NAME"]
        self.switch(home)
        if not keep and name != home:
            self.drop(name)

    def fill(self, articles: int, text: Path | None) -> None:
        """Build the archive, or what an earlier run with --keep has not built."""
        there = Article.objects.count()
        distinct = min(articles, corpus.DISTINCT)
        if there > articles or there % distinct:
            raise CommandError(f"The benchmark's database has {there} articles: run once without --keep.")
        start = time.perf_counter()
        if not there:
            corpus.build(distinct, text, self.progress)
            baseline.prepare()
        if articles > max(there, distinct):
            corpus.repeat(articles // distinct, self.progress)
        self.say(f"{articles} articles built after {time.perf_counter() - start:.0f} s")
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")

    def fill_with_quotes(self, articles: int) -> None:
        there = Article.objects.count()
        if there == articles:
            self.say(f"Using the existing {there} articles.")
            return
        if there:
            raise CommandError(f"The benchmark's database has {there} articles: run once without --keep.")
        start = time.perf_counter()
        quotes_corpus.build(articles, self.progress)
        self.say(f"{articles} articles built after {time.perf_counter() - start:.0f} s")
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")

    def report_pages(self, articles: int, requests: int, as_json: bool) -> None:
        timed = []
        for page in pages.measure(requests):
            self.say(
                f"{page.name:20} {page.p50_ms:7} / {page.p95_ms:7} ms  "
                f"SQL {page.sql_p50_ms:7} / {page.sql_p95_ms:7} ms  {page.queries:3} queries  "
                f"cut off {page.cut_off}"
            )
            timed.append(asdict(page))
        sought = []
        for found in recall.measure():
            self.say(
                f"find, {found.name:17}       {found.found:.1%} of {found.asked} answered rightly  "
                f"{found.p50_ms:7} / {found.p95_ms:7} ms"
            )
            sought.append(asdict(found))
        p50, p95 = insert_cost.measure(requests)
        self.say(f"adding a quote       {p50:7} / {p95:7} ms")
        if as_json:
            figures = {
                "articles": articles,
                "quotes": Quote.objects.accepted().count(),
                "pages": timed,
                "remembered": sought,
                "adding_quote_p50_ms": p50,
                "adding_quote_p95_ms": p95,
                "machine": timing.machine(),
            }
            self.stdout.write(json.dumps(figures, indent=2))

    def progress(self, done: int) -> None:
        if done % 5000 == 0:
            self.say(f"{done} articles")

    def peers(self, folder: Path) -> list[Peer]:
        """Build the indexes of the other engines; they are dependencies of the benchmark only."""
        try:
            from benchmarks import peers
        except ImportError as error:
            raise CommandError("Install the dependency group “benchmarks”.", returncode=2) from error
        start = time.perf_counter()
        found = peers.opened(folder)
        self.say(f"peers built after {time.perf_counter() - start:.0f} s")
        return found

    def report_relevance(self, text: Path, as_json: bool) -> None:
        """Search for each article of a file by words from its middle."""
        from benchmarks import known_items

        if not Article.objects.exists():
            corpus.copy(text)
        with tempfile.TemporaryDirectory() as folder:
            found = known_items.measure(self.peers(Path(folder)))
        for each in found:
            self.say(f"{each.name:12} mean reciprocal rank {each.mean_reciprocal_rank} of {each.asked}")
        if as_json:
            self.stdout.write(json.dumps([asdict(each) for each in found], indent=2))

    def rates(self, home: str, text: Path | None) -> tuple[float, float]:
        """Return imported articles per second, with one process and with two, in a separate database."""
        here = connection.settings_dict["NAME"]
        self.drop(f"{home}_benchmark_import")
        try:
            self.open(f"{home}_benchmark_import")
            found = importing.rates(text)
        finally:
            self.switch(here)
            self.drop(f"{home}_benchmark_import")
        self.say(f"import: {found[0]} articles per second with one process, {found[1]} with two")
        return found

    def drop(self, name: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(name)}")

    def timed(
        self,
        asked: dict[str, list[Timed]],
        peers: Sequence[tuple[str, Callable[[Timed], int]]],
        compared: bool,
    ) -> Iterator[timing.Class]:
        for measured in timing.measure(asked, peers, compared=compared):
            others = "  ".join(f"{name} {_both(times)}" for name, times in measured.peers.items())
            ordinary = (
                f"baseline {_both(measured.ordinary)}  × {measured.ratio_p50}" if measured.ordinary else ""
            )
            self.say(
                f"{measured.name:20} {measured.hits:7} hits  engine {_both(measured.engine)}  "
                f"answer {_both(measured.answer)}  cold {_both(measured.cold)} ms  {ordinary}  {others}"
            )
            yield measured

    def report(
        self,
        articles: int,
        measured: list[timing.Class],
        speed: tuple[float | None, float | None],
        as_json: bool,
    ) -> None:
        classes = [{**asdict(each), "ratio_p50": each.ratio_p50} for each in measured]
        if not as_json:
            return
        figures = {
            "articles": articles,
            "classes": classes,
            "import_per_second": speed[0],
            "import_per_second_two_processes": speed[1],
            "machine": timing.machine(),
        }
        self.stdout.write(json.dumps(figures, indent=2))


def _both(times: tuple[float, float]) -> str:
    p50, p95 = times
    return f"{p50:7} / {p95:7}"


def asked_of(peer: Peer, timed: Timed) -> int:
    """Ask a peer; return its number of results."""
    _, number = peer.answer(timing.question(timed))
    return number
