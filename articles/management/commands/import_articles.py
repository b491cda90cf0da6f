"""Bring articles in, through whichever door fits: again and again if need be, each article comes in once."""

import json
import re
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
DOORS = ["jsonl", "csv", "feed", "wxr", "page", "text"]


class Command(BaseCommand):
    help = (
        "Bring in articles from JSON Lines, CSV, RSS or Atom, WordPress exports (WXR), pages, and folders of"
        " pages. Exit code 1: some rows were bad; 2: nothing was read."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "paths", nargs="+", metavar="PATH", help="files, folders, upload:NAME of the desk; - is stdin"
        )
        parser.add_argument("--format", choices=DOORS, help="what it is, where name and content do not tell")
        parser.add_argument("--map", metavar="FILE", help="the mapping of a CSV file's columns and values")
        parser.add_argument(
            "--suggest-map",
            action="store_true",
            help="print a first mapping of the CSV file, and import nothing",
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
        parser.add_argument(
            "--errors", metavar="FILE", help="where bad rows go; else PATH.errors.csv or .jsonl"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="write nothing, and report what would come in"
        )

    def handle(self, *args, **options):
        from articles.ingest.pipeline.types import Wishes

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
        if options["errors"] and len(options["paths"]) > 1:
            raise CommandError("--errors names the file of one PATH", returncode=2)
        csv_map = read_map_file(options["map"]) if options["map"] else None
        with ExitStack() as stack:
            # All are opened before anything is stored: a slip in the last path must not leave half an import.
            streams = [(path, open_path(path, stack)) for path in options["paths"]]
            if options["suggest_map"]:
                return self.suggest(streams)
            faulty = [self.import_path(path, stream, csv_map, wishes, options) for path, stream in streams]
        if any(faulty):
            sys.exit(1)

    def suggest(self, streams):
        from articles.ingest.pipeline.sources import suggestion_for
        from articles.parsing.tabular.mapping import MapError

        (path, stream), *others = streams
        if others or stream is None or not stream.seekable():
            raise CommandError("--suggest-map reads one CSV file", returncode=2)
        try:
            self.stdout.write(suggestion_for(stream), ending="")
        except MapError as error:
            raise CommandError(f"{path}: {error}", returncode=2) from None

    def import_path(self, path, stream, csv_map, wishes, options) -> bool:
        from articles import holdings
        from articles.ingest.pipeline.dry_run import Report
        from articles.ingest.pipeline.importer import Defaults, import_rows
        from articles.parsing.tabular.mapping import MapError
        from articles.search import count_words_if_grown
        from articles.search.indexing.postings import update_postings

        progress, report = Progress(self.stderr, path, stream), Report()
        try:
            door, lines, rejects = self.open_door(path, stream, csv_map, options)
        except MapError as error:
            raise CommandError(f"{path}: {error}", returncode=2) from None

        def hear_fault(fault):
            progress.tell_fault(fault)
            if rejects:
                rejects.take(fault)

        summary = import_rows(
            lines,
            wishes,
            source="stdin" if path == "-" else path,
            defaults=Defaults(options["publication"], options["language"]),
            told=progress.tell,
            fault=hear_fault,
            seen=report.hear if wishes.pretend else lambda number, incoming: None,
            new=report.hear_new if wishes.pretend else lambda rows: None,
            options={"door": door} | ({"map": csv_map.text} if csv_map and door == "csv" else {}),
        )
        progress.finish(summary.counts, dry=wishes.pretend)
        if wishes.pretend:
            self.stderr.write("\n".join(report.lines()))
        if rejects:
            rejects.close()
            if rejects.number:
                self.stderr.write(f"{path}: {rejects.number:,} bad rows are in {rejects.path}, to be mended")
        if not wishes.pretend and (summary.counts.added or summary.counts.changed):
            count_words_if_grown()
            holdings.settle()
            update_postings()
        if summary.counts.added and not wishes.pretend:
            self.stderr.write("\n".join(nearly_the_same(summary.batch)))
        figures = {"source": path, "batch": summary.batch.pk if summary.batch else None}
        self.stdout.write(json.dumps(figures | summary.counts.as_columns(), ensure_ascii=True))
        return summary.faulty

    def open_door(self, path, stream, csv_map, options):
        """Which door it is, its lines, and where bad rows go: nowhere for stdin and dry runs unless named."""
        from articles.ingest.pipeline.rejects import Rejects
        from articles.ingest.pipeline.sources import coding_of, door_of, head_of, lines_of, pages_of

        if stream is None:
            return "folder", pages_of(Path(path)), self.rejects(Rejects, path, "folder", None, options)
        door = options["format"] or door_of(path, head_of(stream))
        coding = coding_of(stream, csv_map) if door == "csv" else None
        return door, lines_of(door, stream, csv_map), self.rejects(Rejects, path, door, coding, options)

    def rejects(self, rejects, path, door, coding, options):
        if not options["errors"] and (path == "-" or options["dry_run"]):
            return None
        ending = ".errors.csv" if door == "csv" else ".errors.jsonl"
        # Of an upload, in the current folder: a colon is no good part of a file's name.
        beside = path.removeprefix("upload:").rstrip("/") + ending
        return rejects(Path(options["errors"] or beside), door, coding)


def nearly_the_same(batch):
    """What an import brought that is nearly an article here; at the desk somebody says what each is."""
    from articles.near_duplicates.batch import Nearly

    nearly = Nearly("article")
    nearly.hear_batch(batch)
    yield from nearly.lines()
    if nearly.number:
        yield f"  say of each what it is at {settings.SITE_URL}/admin/desk/imports/{batch.pk}/near/"


def read_map_file(path):
    from articles.parsing.tabular.mapping import MapError, read_map

    try:
        return read_map(Path(path).read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}", returncode=2) from None
    except (MapError, UnicodeDecodeError) as error:
        raise CommandError(f"{path}: {error}", returncode=2) from None


def confidence(text):
    value = float(text)
    if not 0 <= value <= 1:
        raise ValueError
    return value


def open_path(path, stack):
    """A file as a stream; None for a folder, whose pages are opened one by one."""
    from articles.ingest.uploads import open_upload

    if path == "-":
        return sys.stdin.buffer
    if Path(path).is_dir():
        return None
    try:
        return open_upload(path) or stack.enter_context(open(path, "rb"))
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
        if self.stream is None:
            return 0
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
