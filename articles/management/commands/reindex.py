"""Make the search index anew: what is stale, or all of it; cut off, it goes on where it stopped."""

import time

from django.core.management.base import BaseCommand

from articles.ingest.reindexing import reindex
from articles.search import count_words


class Command(BaseCommand):
    help = "Rebuild what is stale or missing in the index, in short transactions, and count its words anew."

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="those that are up to date as well")
        parser.add_argument("--after", type=int, default=0, metavar="ID", help="only articles of higher id")

    def handle(self, *args, **options):
        done, last, told = 0, options["after"], time.monotonic()
        try:
            for last, number in reindex(stale_only=not options["all"], after=options["after"]):
                done += number
                if self.stderr.isatty():
                    self.stderr.write(f"\r{done:,} articles, up to {last}\x1b[K", ending="")
                elif time.monotonic() - told > 10:
                    told = time.monotonic()
                    self.stderr.write(f"{done:,} articles, up to {last}")
        except KeyboardInterrupt:
            self.stderr.write(f"\nstopped; what is rebuilt stays so. Go on with --after {last}")
            raise
        count_words()
        start = "\r\x1b[K" if self.stderr.isatty() else ""
        self.stderr.write(f"{start}{done:,} articles rebuilt")
