"""Import articles from files and folders of several formats; articles already stored are skipped."""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser, OutputWrapper

from articles.parsing.file_format import FORMATS

if TYPE_CHECKING:
    from articles.ingest.pipeline.importer import Fault, Summary
    from articles.ingest.pipeline.rejects import Rejects
    from articles.ingest.pipeline.types import Counts, ImportOptions
    from articles.models import ImportBatch
    from articles.parsing.tabular.csv_rows import CsvDialect
    from articles.parsing.tabular.jsonl import Line
    from articles.parsing.tabular.mapping import CsvMap

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class Command(BaseCommand):
    help = (
        "Import articles from JSON Lines, CSV, feeds (RSS, Atom, JSON), WordPress exports (WXR), agencies'"
        " files (NITF, NewsML-G2, ninjs), pages, texts, Word files (.docx), PDF, mail (.eml), and folders."
        " Exit code 1: some rows had errors; 2: nothing was read."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "paths", nargs="+", metavar="PATH", help="files, folders, uploads as upload:NAME; - is stdin"
        )
        parser.add_argument(
            "--format", choices=FORMATS, help="the format, if it cannot be detected from name and content"
        )
        parser.add_argument("--map", metavar="FILE", help="a mapping of the CSV file's columns and values")
        parser.add_argument(
            "--suggest-map",
            action="store_true",
            help="print a suggested mapping for the CSV file, and import nothing",
        )
        parser.add_argument("--publication", default="", help="for rows without one")
        parser.add_argument("--language", default="", help="for rows without one, such as en or pt-BR")
        parser.add_argument(
            "--publish", action="store_true", help="publish the articles; by default they are drafts"
        )
        parser.add_argument(
            "--accept-quotes",
            type=confidence,
            metavar="C",
            help="accept quotes automatically from this confidence, 0 to 1",
        )
        parser.add_argument(
            "--create-speakers", action="store_true", help="create speakers for unknown full names"
        )
        parser.add_argument(
            "--changed",
            choices=["skip", "update", "report"],
            default="skip",
            help="if the article is stored with another text: keep it (skip), keep it and list the row"
            " (report), or take the new text (update)",
        )
        parser.add_argument(
            "--errors",
            metavar="FILE",
            help="where to write rows with errors; by default PATH.errors.csv or .jsonl",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="write nothing, and report what would be imported"
        )

    def handle(self, *args: object, **options: Any) -> None:  # of the parser
        from articles.ingest.pipeline.types import ImportOptions

        if options["language"] and not LANGUAGE.fullmatch(options["language"]):
            raise CommandError(
                f"{options['language']!r} is not a language tag such as en or pt-BR", returncode=2
            )
        import_options = ImportOptions(
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
            # Open all before storing anything: a mistyped last path must not leave half an import.
            streams = [(path, open_path(path, stack)) for path in options["paths"]]
            if options["suggest_map"]:
                return self.suggest(streams)
            faulty = [
                self.import_path(path, stream, csv_map, import_options, options) for path, stream in streams
            ]
        if any(faulty):
            sys.exit(1)

    def suggest(self, streams: list[tuple[str, BinaryIO | None]]) -> None:
        from articles.ingest.pipeline.sources import suggestion_for
        from articles.parsing.tabular.mapping import MapError

        (path, stream), *others = streams
        if others or stream is None or not stream.seekable():
            raise CommandError("--suggest-map reads one CSV file", returncode=2)
        try:
            self.stdout.write(suggestion_for(stream), ending="")
        except MapError as error:
            raise CommandError(f"{path}: {error}", returncode=2) from None

    def import_path(
        self,
        path: str,
        stream: BinaryIO | None,
        csv_map: CsvMap | None,
        import_options: ImportOptions,
        options: Mapping[str, Any],  # of the parser
    ) -> bool:
        from articles.ingest.pipeline.dry_run import DryRunReport
        from articles.ingest.pipeline.importer import Defaults, import_rows
        from articles.parsing.tabular.mapping import MapError

        progress, report = Progress(self.stderr, path, stream), DryRunReport()
        try:
            format, lines, rejects = self.open_source(path, stream, csv_map, options)
        except MapError as error:
            raise CommandError(f"{path}: {error}", returncode=2) from None

        def on_fault(fault: Fault) -> None:
            progress.report_fault(fault)
            if rejects:
                rejects.write(fault)

        summary = import_rows(
            lines,
            import_options,
            source="stdin" if path == "-" else path,
            defaults=Defaults(options["publication"], options["language"]),
            on_progress=progress.update,
            on_fault=on_fault,
            on_article=report.add if import_options.pretend else lambda number, incoming: None,
            on_new_articles=report.add_new if import_options.pretend else lambda rows: None,
            batch_options={"door": format} | ({"map": csv_map.text} if csv_map and format == "csv" else {}),
        )
        unit = "pages" if format in ("folder", "page") else "rows"
        progress.finish(summary.counts, unit, dry=import_options.pretend)
        if import_options.pretend:
            self.stderr.write("\n".join(report.lines()))
        if rejects:
            rejects.close()
            if rejects.number:
                self.stderr.write(
                    f"{path}: rows with errors: {rejects.number:,}, in {rejects.path};"
                    " correct and import that file"
                )
        if not import_options.pretend:
            self.finish_import(summary)
        figures = {"source": path, "batch": summary.batch.pk if summary.batch else None}
        self.stdout.write(json.dumps(figures | summary.counts.as_columns(), ensure_ascii=True))
        return summary.faulty

    def finish_import(self, summary: Summary) -> None:
        """Bring the figures and the index up to date, and list the near duplicates of new articles."""
        from articles.operations.after_import import after_import

        if summary.counts.added or summary.counts.changed:
            after_import()
        if summary.counts.added and summary.batch:
            self.stderr.write("\n".join(near_duplicate_lines(summary.batch)))

    def open_source(
        self,
        path: str,
        stream: BinaryIO | None,
        csv_map: CsvMap | None,
        options: Mapping[str, Any],  # of the parser
    ) -> tuple[str, Iterable[Line], Rejects | None]:
        """Return the format, the lines, and the file for bad rows: by default None for stdin and dry runs."""
        from articles.ingest.pipeline.sources import detect_format, dialect_of, head_of, lines_of, pages_of

        if stream is None:
            return "folder", pages_of(Path(path)), self.rejects(path, "folder", None, options)
        format = options["format"] or detect_format(path, head_of(stream))
        coding = dialect_of(stream, csv_map) if format == "csv" else None
        return format, lines_of(format, stream, csv_map), self.rejects(path, format, coding, options)

    def rejects(
        self,
        path: str,
        format: str,
        coding: CsvDialect | None,
        options: Mapping[str, Any],  # of the parser
    ) -> Rejects | None:
        from articles.ingest.pipeline.rejects import Rejects

        if not options["errors"] and (path == "-" or options["dry_run"]):
            return None
        ending = ".errors.csv" if format == "csv" else ".errors.jsonl"
        # For an upload, a file in the current folder, without the colon of its prefix.
        beside = path.removeprefix("upload:").rstrip("/") + ending
        return Rejects(Path(options["errors"] or beside), format, coding)


def near_duplicate_lines(batch: ImportBatch) -> Iterator[str]:
    """Yield the near-duplicates among the imported articles, and the address where an editor handles them."""
    from articles.near_duplicates.batch import NearDuplicateReport

    report = NearDuplicateReport("article")
    report.add_batch(batch)
    yield from report.lines()
    if report.number:
        yield f"  decide on each at {settings.SITE_URL}/admin/desk/imports/{batch.pk}/near/"


def read_map_file(path: str) -> CsvMap:
    from articles.parsing.tabular.mapping import MapError, read_map

    try:
        return read_map(Path(path).read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}", returncode=2) from None
    except (MapError, UnicodeDecodeError) as error:
        raise CommandError(f"{path}: {error}", returncode=2) from None


def confidence(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 1:
        raise ValueError
    return value


def open_path(path: str, stack: ExitStack) -> BinaryIO | None:
    """Open a file, an upload or stdin; None for a folder, whose pages are opened one by one."""
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
    """A progress bar on a terminal, otherwise a line every ten seconds; each fault is printed at once."""

    EVERY = 10  # seconds between plain lines

    def __init__(self, stderr: OutputWrapper, path: str, stream: BinaryIO | None) -> None:
        self.stderr, self.path, self.stream = stderr, path, stream
        self.live = stderr.isatty()
        self.total = self._size()
        self.begun = self.last = time.monotonic()

    def _size(self) -> int:
        if self.stream is None:
            return 0
        try:
            return self.stream.seek(0, 2) and self.stream.tell() if self.stream.seekable() else 0
        finally:
            if self.stream.seekable():
                self.stream.seek(0)

    def update(self, counts: Counts, row: int) -> None:
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

    def bar(self) -> str:
        if self.stream is None or not self.total:
            return ""
        done = min(self.stream.tell() / self.total, 1)
        return f"[{'#' * int(done * 20):<20}] {done:4.0%}"

    def report_fault(self, fault: Fault) -> None:
        where = f", {fault.column}" if fault.column else ""
        value = f" {fault.value[:80]!r}" if fault.value else ""
        start = "\r\x1b[K" if self.live else ""
        self.stderr.write(f"{start}{self.path}: row {fault.row}{where}:{value} {fault.reason}")

    def finish(self, counts: Counts, unit: str, *, dry: bool) -> None:
        rate = counts.read / max(time.monotonic() - self.begun, 0.001)
        start = "\r\x1b[K" if self.live else ""
        self.stderr.write(
            f"{start}{self.path}: {'would have ' if dry else ''}read {counts.read:,}, added {counts.added:,},"
            f" already in the archive {counts.present:,}, changed {counts.changed:,},"
            f" with errors {counts.bad:,};"
            f" quotes found {counts.proposed:,}, accepted {counts.accepted:,};"
            f" speakers added {counts.speakers:,}; {rate:,.1f} {unit} per second"
        )
