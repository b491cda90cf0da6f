"""Write a backup of the whole archive to a file, and verify it."""

import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.operations.backup import BackupError, backup


class Command(BaseCommand):
    help = (
        "Write a backup of the whole archive, with accounts and passwords, read it again and count its rows. "
        "FILE.manifest.json, beside it, has checksums. Only you can read the files."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="replaced when the new backup is complete")

    def handle(self, *, file: Path, **options: object) -> None:
        began = time.monotonic()
        try:
            manifest = backup(file)
        except BackupError as error:
            raise CommandError(f"No backup was written: {error}.", returncode=1) from None
        except OSError as error:
            raise CommandError(
                f"No backup was written: {error.filename}: {error.strerror}.", returncode=2
            ) from None
        self.stderr.write(
            f"{file}: {manifest.rows:,} rows of {len(manifest.tables)} tables, "
            f"{manifest.bytes / 1e6:.1f} MB, {time.monotonic() - began:.0f} seconds."
        )
