"""Rebuild the search index: what is stale, or all of it; an interrupted run continues where it stopped."""

import time

from django.core.management.base import BaseCommand

from articles.operations.reindex import reindex
from articles.search import count_words
from articles.search.history.rebuild import rebuild_former_documents


class Command(BaseCommand):
    help = (
        "Rebuild stale and missing parts of the index, current and historical, in short transactions, "
        "and count its words again."
    )

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="also rebuild what is up to date")
        parser.add_argument(
            "--after", type=int, default=0, metavar="ID", help="only articles with a higher id"
        )

    def handle(self, *args, **options):
        done, former, last, reported = 0, 0, options["after"], time.monotonic()
        try:
            for last, number in reindex(stale_only=not options["all"], after=options["after"]):
                done += number
                if self.stderr.isatty():
                    self.stderr.write(f"\r{done:,} articles, up to {last}\x1b[K", ending="")
                elif time.monotonic() - reported > 10:
                    reported = time.monotonic()
                    self.stderr.write(f"{done:,} articles, up to {last}")
            for number in rebuild_former_documents(stale_only=not options["all"], after=options["after"]):
                former += number
                if self.stderr.isatty():
                    self.stderr.write(f"\r{former:,} earlier documents\x1b[K", ending="")
        except KeyboardInterrupt:
            self.stderr.write(f"\nStopped. The work so far is saved. Continue with --after {last}")
            raise
        count_words()
        start = "\r\x1b[K" if self.stderr.isatty() else ""
        also = f" and {former:,} earlier documents" if former else ""
        self.stderr.write(f"{start}{done:,} articles{also} rebuilt")
