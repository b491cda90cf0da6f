"""Write the whole archive to a file, so that another can be made of it."""

import os
import sys

from django.core.management.base import BaseCommand, CommandError

from articles.operations.dump import dump


class Command(BaseCommand):
    help = "Write every row with its id and history as JSON Lines; passwords are left out."

    def add_arguments(self, parser):
        parser.add_argument("file", help="where to; - writes to stdout")

    def handle(self, *args, **options):
        path = options["file"]
        if path == "-":
            return self.write(sys.stdout.buffer)
        # Under another name until it is whole: half a dump must not look like one.
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
        rows = -1  # the header is none
        for line in dump():
            out.write(line.encode("utf-8") + b"\n")
            rows += 1
        out.flush()
        self.stderr.write(f"{rows:,} rows")
