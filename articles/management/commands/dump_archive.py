"""Dump the whole archive to a file, from which load_archive can restore it."""

import os
import sys
from typing import BinaryIO

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.operations.dump import dump


class Command(BaseCommand):
    help = "Write every row with its id and history as JSON Lines; passwords are left out."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="the file to write; - is stdout")

    def handle(self, *, file: str, **options: object) -> None:
        if file == "-":
            return self.write(sys.stdout.buffer)
        # Under another name until it is complete: a partial dump must not look like a dump.
        unfinished = f"{file}.part"
        try:
            with open(unfinished, "wb") as out:
                self.write(out)
                out.flush()
                os.fsync(out.fileno())
            os.replace(unfinished, file)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}", returncode=2) from None

    def write(self, out: BinaryIO) -> None:
        rows = -1  # not counting the header
        for line in dump():
            out.write(line.encode("utf-8") + b"\n")
            rows += 1
        out.flush()
        self.stderr.write(f"{rows:,} rows")
