"""Restore a backup into this archive."""

import time
from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from articles.operations.backup import BackupError, read_manifest, restore, rows_here
from articles.search.index import snapshot


class Command(BaseCommand):
    help = (
        "Restore a backup, all of it or nothing, upgrade it to this release, and check it. "
        "It may come from another server or an older version of PostgreSQL. Stop the web process first."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="delete the archive that is here")
        parser.add_argument("--no-input", action="store_true", help="with --replace: do not ask")

    def handle(self, *, file: Path, replace: bool, no_input: bool, **options: object) -> None:
        began = time.monotonic()
        try:
            if not file.is_file():
                raise CommandError(f"There is no {file}.", returncode=2)
            read_manifest(file)
            self._may_replace(replace=replace, asks=not no_input)
            manifest = restore(file, replace=replace)
        except BackupError as error:
            raise CommandError(f"Restoring failed: {error}.", returncode=1) from None
        snapshot.forget()
        call_command("migrate", verbosity=0, interactive=False, stdout=self.stdout, stderr=self.stderr)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        verified = (
            f"{manifest.rows:,} rows equal the backup" if manifest else "There is no manifest to compare"
        )
        self.stderr.write(f"{verified}; {time.monotonic() - began:.0f} seconds. Checking the archive:")
        call_command("check_archive", stdout=self.stdout, stderr=self.stderr)

    def _may_replace(self, *, replace: bool, asks: bool) -> None:
        rows, name = rows_here(), connection.settings_dict["NAME"]
        if not rows:
            return
        if not replace:
            raise CommandError(
                f"The database {name} is not empty: --replace deletes its {rows:,} rows.", returncode=2
            )
        if asks and input(f"Delete the {rows:,} rows of {name}? Type its name: ") != name:
            raise CommandError("Nothing was changed.", returncode=2)
