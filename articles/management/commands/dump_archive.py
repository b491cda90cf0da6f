"""Dump the whole archive to a file, from which load_archive can restore it."""

import os
import sys

from django.core.management.base import BaseCommand, CommandError

from articles.operations.dump import dump


class Command(BaseCommand):
    help = "Write every row with its id and history as JSON Lines; passwords are left out."

    def add_arguments(self, parser):
        parser.add_argument("file", help="the file to write; - is stdout")

    def handle(self, *args, **options):
        path = options["file"]
        if path == "-":
            return self.write(sys.stdout.buffer)
        # Under another name until it is complete: a partial dump must not look like a dump.
        unfinished = f"{path}.part"
        try:
            with open(unfinished, "wb") as out:
                self.write(out)
                out.flush()
                os.fsync(out.fileno())
            os.replace(unfinished, path)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}", returncode=2) from None

    def write(self, out):
        rows = -1  # not counting the header
        for line in dump():
            out.write(line.encode("utf-8") + b"\n")
            rows += 1
        out.flush()
        self.stderr.write(f"{rows:,} rows")
