"""Test the backup: dump the archive, restore it into another database, and compare the two."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from articles.search.index import snapshot
from articles.search.index.frequencies import frequencies
from articles.search.index.snapshot import one_snapshot
from newsarchive.embedded_postgres.binaries import find_binaries

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
            dump = Path(folder) / "archive.dump"
            run("pg_dump", "--format=custom", f"--file={dump}", name())
            size = dump.stat().st_size
            with drill_database() as copy:
                run(
                    "pg_restore",
                    "--no-owner",
                    "--no-privileges",
                    "--exit-on-error",
                    f"--dbname={copy}",
                    str(dump),
                )
                with connected_to(copy):
                    after = fingerprint()
                    call_command("check_archive", stdout=self.stdout, stderr=self.stderr)
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


def run(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's client programs against the archive's server."""
    connection.ensure_connection()
    info = connection.connection.info
    # Prefer the server's version: a newer pg_restore sets parameters that an older server does not know.
    binaries = find_binaries(info.server_version // 10_000) or find_binaries()
    own = binaries.folder / program if binaries else None
    path = str(own) if own and own.exists() else shutil.which(program)
    if path is None:
        raise CommandError(
            f"{program} is not installed; it comes with PostgreSQL's client programs.", returncode=2
        )
    # Program and arguments come from this module only.
    done = subprocess.run(  # noqa: S603
        [path, *arguments],
        env={
            **os.environ,
            "PGHOST": info.host,
            "PGPORT": str(info.port),
            "PGUSER": info.user,
            "PGPASSWORD": info.password or "",
        },
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CommandError(f"{program} failed: {done.stderr.strip()}", returncode=1)


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
    found: dict[str, object] = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            quoted = connection.ops.quote_name(table)
            # A sum does not depend on the order of the rows.
            cursor.execute(f"SELECT count(*), sum(hashtextextended(t::text, 0)::numeric) FROM {quoted} t")  # noqa: S608
            found[f"table {table}"] = cursor.fetchone()
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
