"""Prove the archive whole: one line on stdout for each fault, and exit code 1 where there is any."""

import sys
import time

from django.core.management.base import BaseCommand

from articles.operations.integrity import faults, notes


class Command(BaseCommand):
    help = "Compare quotes with texts, bytes with hashes, and the index with what a rebuild would give."

    def handle(self, *args, **options):
        self.last = time.monotonic()
        found = 0
        for fault in faults(self.tell):
            found += 1
            self.stdout.write(fault)
        for note in notes():
            self.stderr.write(f"note: {note}")
        self.stderr.write(f"{found:,} faults" if found != 1 else "1 fault")
        if found:
            sys.exit(1)

    def tell(self, done):
        if self.stderr.isatty():
            self.stderr.write(f"\r{done:,} articles\x1b[K", ending="\r")
        elif time.monotonic() - self.last > 10:
            self.last = time.monotonic()
            self.stderr.write(f"{done:,} articles")
