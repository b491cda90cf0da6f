"""Bring articles in from JSON Lines: again and again if need be, each article comes in once."""

import json
import re
import sys
import time
from contextlib import ExitStack

from django.core.management.base import BaseCommand, CommandError

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class Command(BaseCommand):
    help = "Bring in articles from JSON Lines. Exit code 1: some rows were bad; 2: nothing was read."

    def add_arguments(self, parser):
        parser.add_argument(
            "paths", nargs="+", metavar="PATH", help="JSON Lines, one article a line; - reads stdin"
        )
        parser.add_argument("--publication", default="", help="for rows that name none")
        parser.add_argument("--language", default="", help="for rows that name none, such as en or pt-BR")
        parser.add_argument(
            "--publish", action="store_true", help="show them to readers; else they are drafts"
        )
        parser.add_argument(
            "--accept-quotes",
            type=confidence,
            metavar="C",
            help="accept by rule from this confidence on, 0 to 1",
        )
        parser.add_argument(
            "--create-speakers", action="store_true", help="make speakers of full names that nobody bears"
        )
        parser.add_argument(
            "--changed",
            choices=["skip", "update", "report"],
            default="skip",
            help="rows whose article is here with another text: leave it (skip), leave and list it (report),"
            " or take the new text (update)",
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, and write nothing")

    def handle(self, *args, **options):
        from articles.ingest.incoming import Wishes

        if options["language"] and not LANGUAGE.fullmatch(options["language"]):
            raise CommandError(
                f"{options['language']!r} is not a language tag such as en or pt-BR", returncode=2
            )
        wishes = Wishes(
            publish=options["publish"],
            accept_from=options["accept_quotes"],
            create_speakers=options["create_speakers"],
            changed=options["changed"],
            through="command",
            pretend=options["dry_run"],
        )
        with ExitStack() as stack:
            # All are opened before anything is stored: a slip in the last path must not leave half an import.
            streams = [(path, open_path(path, stack)) for path in options["paths"]]
            faulty = [self.import_stream(path, stream, wishes, options) for path, stream in streams]
        if any(faulty):
            sys.exit(1)

    def import_stream(self, path, stream, wishes, options) -> bool:
        from articles.ingest.importing import Defaults, import_rows
        from articles.ingest.lines import read_lines
        from articles.search import count_words_if_grown

        progress = Progress(self.stderr, path, stream)
        summary = import_rows(
            read_lines(stream),
            wishes,
            source="stdin" if path == "-" else path,
            defaults=Defaults(options["publication"], options["language"]),
            told=progress.tell,
            fault=progress.tell_fault,
        )
        progress.finish(summary.counts, dry=wishes.pretend)
        if not wishes.pretend and (summary.counts.added or summary.counts.changed):
            count_words_if_grown()
        figures = {"source": path, "batch": summary.batch.pk if summary.batch else None}
        self.stdout.write(json.dumps(figures | summary.counts.as_columns(), ensure_ascii=True))
        return summary.faulty


def confidence(text):
    value = float(text)
    if not 0 <= value <= 1:
        raise ValueError
    return value


def open_path(path, stack):
    if path == "-":
        return sys.stdin.buffer
    try:
        return stack.enter_context(open(path, "rb"))
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}", returncode=2) from None


class Progress:
    """A bar where somebody watches, a line now and then where not, and each bad row as it is met."""

    EVERY = 10  # seconds between plain lines

    def __init__(self, stderr, path, stream):
        self.stderr, self.path, self.stream = stderr, path, stream
        self.live = stderr.isatty()
        self.total = self._size()
        self.begun = self.last = time.monotonic()

    def _size(self):
        try:
            return self.stream.seek(0, 2) and self.stream.tell() if self.stream.seekable() else 0
        finally:
            if self.stream.seekable():
                self.stream.seek(0)

    def tell(self, counts, row):
        now = time.monotonic()
        if not self.live and now - self.last < self.EVERY:
            return
        self.last = now
        rate = counts.read / max(now - self.begun, 0.001)
        line = f"{self.path}: {counts.read:,} rows, {counts.added:,} added, {counts.bad:,} bad, {rate:.0f}/s"
        if self.live:
            self.stderr.write(f"\r{self.bar()} {line}\x1b[K", ending="")
        else:
            self.stderr.write(line)

    def bar(self):
        if not self.total:
            return ""
        done = min(self.stream.tell() / self.total, 1)
        return f"[{'#' * int(done * 20):<20}] {done:4.0%}"

    def tell_fault(self, fault):
        where = f", {fault.column}" if fault.column else ""
        value = f" {fault.value[:80]!r}" if fault.value else ""
        start = "\r\x1b[K" if self.live else ""
        self.stderr.write(f"{start}{self.path}: row {fault.row}{where}:{value} {fault.reason}")

    def finish(self, counts, *, dry):
        start = "\r\x1b[K" if self.live else ""
        self.stderr.write(
            f"{start}{self.path}: {'would have ' if dry else ''}read {counts.read:,}, added {counts.added:,},"
            f" already here {counts.present:,}, changed {counts.changed:,}, bad {counts.bad:,};"
            f" quotes proposed {counts.proposed:,}, accepted {counts.accepted:,};"
            f" speakers made {counts.speakers:,}"
        )
