"""Check the integrity of the archive: one line on stdout per fault, and exit code 1 if there is any."""

import sys
import time

from django.core.management.base import BaseCommand

from articles.operations.integrity import faults


class Command(BaseCommand):
    help = "Compare quotes with texts, bytes with hashes, and the search index with the texts."

    def handle(self, *args: object, **options: object) -> None:
        self.last = time.monotonic()
        found = 0
        for fault in faults(self.report_progress):
            found += 1
            self.stdout.write(fault)
        self.stderr.write(f"{found:,} faults" if found != 1 else "1 fault")
        if found:
            sys.exit(1)

    def report_progress(self, done: int) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r{done:,} articles\x1b[K", ending="\r")
        elif time.monotonic() - self.last > 10:
            self.last = time.monotonic()
            self.stderr.write(f"{done:,} articles")
