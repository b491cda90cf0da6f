"""Import speakers from a CSV file: create new ones, fill in existing ones, overwrite nothing."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError, CommandParser

if TYPE_CHECKING:
    from articles.ingest.pipeline.importer import Fault
    from articles.ingest.speakers.outcomes import SpeakerRowOutcome


class Command(BaseCommand):
    help = (
        "Import speakers from a CSV file with their names, roles and identifiers. Existing values that differ"
        " are kept and reported. Exit code 1: some rows had errors; 2: nothing was read."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "path", metavar="FILE", help="a CSV file, or an upload as upload:NAME; - is stdin"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="write nothing, and report what would be done"
        )

    def handle(self, *, path: str, dry_run: bool, **options: object) -> None:
        from articles.ingest.speakers.import_table import import_speakers, read_table
        from articles.ingest.uploads import open_upload
        from articles.parsing.tabular.speaker_rows import SpeakerTableError

        try:
            with sys.stdin.buffer if path == "-" else open_upload(path) or open(path, "rb") as stream:
                raw = stream.read()
            unread, lines = read_table(raw)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}", returncode=2) from None
        except SpeakerTableError as error:
            raise CommandError(f"{path}: {error}", returncode=2) from None
        for name in unread:
            self.stderr.write(f"{path}: unknown column {name} ignored")
        summary = import_speakers(
            lines,
            source="stdin" if path == "-" else path,
            pretend=dry_run,
            on_row=lambda one: self.report(path, one),
        )
        would = "would have " if dry_run else ""
        self.stderr.write(
            f"{path}: {would}read {summary.read:,} rows, added {summary.made:,} speakers, updated"
            f" {summary.changed:,}, unchanged {summary.present:,}, with errors {len(summary.faults):,}"
        )
        figures = {
            "source": path,
            "batch": summary.batch.pk if summary.batch else None,
            "rows_read": summary.read,
            "speakers_created": summary.made,
            "speakers_changed": summary.changed,
            "speakers_present": summary.present,
            "rows_bad": len(summary.faults),
        }
        self.stdout.write(json.dumps(figures, ensure_ascii=True))
        if summary.faults:
            sys.exit(1)

    def report(self, path: str, one: SpeakerRowOutcome | Fault) -> None:
        from articles.ingest.pipeline.importer import Fault

        if isinstance(one, Fault):
            where = f", {one.column}" if one.column else ""
            value = f" {one.value[:80]!r}" if one.value else ""
            self.stderr.write(f"{path}: row {one.row}{where}:{value} {one.reason}")
            return
        for difference in one.kept:
            self.stderr.write(f"{path}: row {one.number}: {one.entry.speaker.name}: {difference}")
