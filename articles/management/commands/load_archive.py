"""Load a dump of dump_archive into an empty archive."""

import sys

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.operations.dump import load
from articles.operations.dump_format import CannotLoad
from articles.search import count_words
from articles.search.index.building import tidy


class Command(BaseCommand):
    help = "Load a dump into an empty archive: all of it, or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="a dump written by dump_archive; - is stdin")

    def handle(self, *, file: str, **options: object) -> None:
        try:
            with sys.stdin.buffer if file == "-" else open(file, "rb") as stream:
                loaded = load(stream, self.report_progress)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}", returncode=2) from None
        except (CannotLoad, UnicodeDecodeError) as error:
            raise CommandError(f"{file}: {error}", returncode=2) from None
        for _ in tidy():
            pass
        count_words()
        self.stderr.write(f"{loaded.rows:,} rows loaded; the dump has no passwords: set new ones")
        if loaded.left_out:
            left = ", ".join(loaded.left_out)
            raise CommandError(f"Ignored, because this release does not know them: {left}.", returncode=1)

    def report_progress(self, rows: int) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r{rows:,} rows", ending="")
