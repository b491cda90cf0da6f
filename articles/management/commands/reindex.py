"""Rebuild the search index: what is stale, or all of it; an interrupted run continues where it stopped."""

import time

from django.core.management.base import BaseCommand, CommandParser

from articles.operations.reindex import reindex, reindex_words
from articles.search import count_words


class Command(BaseCommand):
    help = (
        "Rebuild stale and missing parts of the search index in short transactions, and count its words"
        " again. Searches use the former index until the new one is complete."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="also rebuild what is up to date")
        parser.add_argument(
            "--after", type=int, default=0, metavar="ID", help="only articles with a higher id"
        )

    def handle(self, *, after: int, **options: object) -> None:
        done, last, stale_only = 0, after, not options["all"]
        self.reported = time.monotonic()
        try:
            for last, number in reindex(stale_only=stale_only, after=after):
                done += number
                self.report(f"{done:,} articles, up to {last}")
        except KeyboardInterrupt:
            self.stderr.write(f"\nStopped. The work so far is saved. Continue with --after {last}")
            raise
        written = 0
        for number in reindex_words(stale_only=stale_only):
            written += number
            self.report(f"{written:,} articles in new segments of the index")
        count_words()
        start = "\r\x1b[K" if self.stderr.isatty() else ""
        self.stderr.write(f"{start}{done:,} articles rebuilt")

    def report(self, progress: str) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r{progress}\x1b[K", ending="")
        elif time.monotonic() - self.reported > 10:
            self.reported = time.monotonic()
            self.stderr.write(progress)
