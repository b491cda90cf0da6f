"""Test the backup: dump the archive, restore it into another database, and compare the two."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from articles.operations.backup import BackupError, backup, figures_of_tables, restore
from articles.search.index import snapshot
from articles.search.index.frequencies import frequencies
from articles.search.index.snapshot import one_snapshot

WORDS = 60


class Command(BaseCommand):
    help = (
        "Dump the database, restore it into another database, compare every row of every table, run "
        f"{WORDS} searches in both, check the restored archive, and drop it. Exit code 1 if any differ."
    )

    def handle(self, *args: object, **options: Any) -> None:  # as parsed
        refuse_without_right()
        began = time.monotonic()
        before = fingerprint()
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "archive.dump"
            try:
                size = backup(file).bytes
                with drill_database() as copy, connected_to(copy):
                    restore(file)
                    after = fingerprint()
                    call_command("check_archive", stdout=self.stdout, stderr=self.stderr)
            except BackupError as error:
                raise CommandError(f"The drill failed: {error}.", returncode=1) from None
        faults = sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))
        for key in faults:
            self.stdout.write(f"{key}: {before.get(key)} in the archive, {after.get(key)} after restoring")
        self.stderr.write(
            f"{len(before)} figures compared, {len(faults)} differ; dump size {size / 1e6:.1f} MB, "
            f"{time.monotonic() - began:.0f} seconds."
        )
        if faults:
            raise CommandError("The restored archive differs from the original.", returncode=1)


def name() -> str:
    return str(connection.settings_dict["NAME"])


def refuse_without_right() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
        )
        role, may_create = cursor.fetchone()
    if not may_create:
        raise CommandError(
            f"The drill needs a second database, and the role {role} may not create one: "
            f'ALTER ROLE "{role}" CREATEDB.',
            returncode=2,
        )


@contextmanager
def drill_database() -> Iterator[str]:
    """Create a database for the drill and yield its name; it is dropped in any case."""
    copy = f"{name()}_restored"
    quoted = connection.ops.quote_name(copy)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {quoted}")
        cursor.execute(f"CREATE DATABASE {quoted} TEMPLATE template0")
    try:
        yield copy
    finally:
        with connection.cursor() as cursor:
            # Not WITH (FORCE): only a superuser may terminate an autovacuum worker, which is often
            # there just after a restore. Without it the server itself ends the worker, and waits.
            cursor.execute(f"DROP DATABASE IF EXISTS {quoted}")


@contextmanager
def connected_to(database: str) -> Iterator[None]:
    former = name()
    connection.close()
    connection.settings_dict["NAME"] = database
    snapshot.forget()
    try:
        yield
    finally:
        snapshot.forget()
        connection.close()
        connection.settings_dict["NAME"] = former


def fingerprint() -> dict[str, object]:
    """Return row counts and checksums of all tables, and the number of hits of some words."""
    found: dict[str, object] = {f"table {table}": row for table, row in figures_of_tables().items()}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word FROM (SELECT DISTINCT unnest(string_to_array(archive_fold(headline), ' ')) AS word"
            " FROM articles_article) w ORDER BY md5(word) LIMIT %s",
            [WORDS],
        )
        words = [word for (word,) in cursor.fetchall()]
    with one_snapshot():
        counted = frequencies("article").words
    for word in words:
        found[f"search {word}"] = counted.get(word, (0, 0))[0]
    return found
