"""Backup and restore with PostgreSQL's own programs, which also take accounts, history and the index.

Beside the backup is its manifest: a checksum of the file, and the rows and a checksum of each table.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, cast

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection
from psycopg.conninfo import make_conninfo

from articles.models import Metric
from articles.search.index.snapshot import one_snapshot
from newsarchive.embedded_postgres.binaries import Clients, find_clients

FORMAT = 1
# Of newer programs than the server; and what only the owner of the extension may do.
NOT_RESTORED = (b"SET transaction_timeout", b"COMMENT ON EXTENSION")
# The libpq of this process has more, which client programs of PostgreSQL 15 refuse.
OPTIONS = (
    "host",
    "hostaddr",
    "port",
    "user",
    "dbname",
    "sslmode",
    "sslrootcert",
    "sslcert",
    "sslkey",
    "options",
)
EMPTY_THE_SCHEMA = b"SET client_min_messages = warning; DROP SCHEMA public CASCADE; CREATE SCHEMA public;\n"
Figures = dict[str, list[int]]


class BackupError(Exception):
    """A backup could not be written, read or restored; the message is for the operator."""


@dataclass(frozen=True)
class Manifest:
    """What a backup holds; `tables` has the rows of each table and a checksum of them."""

    format: int
    postgresql: int
    bytes: int
    sha256: str
    tables: Figures

    @property
    def rows(self) -> int:
        return sum(rows for rows, _ in self.tables.values())


def backup(path: Path) -> Manifest:
    """Write the file and its manifest, or nothing; a former file is replaced at the end."""
    clients = _clients_to_dump()
    with _atomically(path) as part:
        with one_snapshot():
            figures, snapshot = figures_of_tables(), _exported_snapshot()
            dump = ["--format=custom", f"--snapshot={snapshot}", f"--file={part}", _address()]
            _run([str(clients.folder / "pg_dump"), *dump])
        _verify(part, clients, figures)
        size, digest = part.stat().st_size, _sha256(part)
    manifest = Manifest(FORMAT, clients.major, size, digest, figures)
    with _atomically(manifest_path(path)) as part:
        part.write_text(json.dumps(asdict(manifest), indent=1) + "\n", encoding="utf-8")
    return manifest


def restore(path: Path, *, replace: bool = False) -> Manifest | None:
    """Load a backup in one transaction and compare all rows with its manifest, which is returned.

    The schema may be of an earlier release: run `migrate` afterwards.
    """
    manifest = read_manifest(path)
    clients = _clients_to_read(path)
    tables = _tables()
    if rows_here() and not replace:
        raise BackupError("this archive is not empty")
    connection.close()
    _load(path, clients, before=EMPTY_THE_SCHEMA if tables else b"")
    found = figures_of_tables()
    if manifest and (wrong := _differences(manifest.tables, found)):
        raise BackupError(f"the restored archive differs from the backup in {', '.join(wrong)}")
    return manifest


def read_manifest(path: Path) -> Manifest | None:
    """The manifest, whose checksum the file must have; None if there is none."""
    try:
        manifest = Manifest(**json.loads(manifest_path(path).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError):
        raise BackupError(f"{manifest_path(path)} cannot be read") from None
    if _sha256(path) != manifest.sha256:
        raise BackupError(f"{path} is not the file that was written, or is damaged")
    return manifest


def manifest_path(path: Path) -> Path:
    return path.with_name(f"{path.name}.manifest.json")


def rows_here() -> int:
    """Articles, accounts and other rows of this archive; 0 if it has no tables, or only new ones."""
    tables = set(_tables())
    models = {*apps.get_app_config("articles").get_models(), get_user_model()} - {Metric}
    return sum(model._base_manager.count() for model in models if model._meta.db_table in tables)


def figures_of_tables() -> Figures:
    """The number of rows of each table, and a sum of their hashes, which does not depend on their order."""
    found = {}
    with connection.cursor() as cursor:
        for table in _tables():
            quoted = connection.ops.quote_name(table)
            cursor.execute(
                f"SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) FROM {quoted} t"
            )
            found[table] = [int(number) for number in cursor.fetchone()]
    return found


def _tables() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            " ORDER BY relname"
        )
        return [name for (name,) in cursor.fetchall()]


def _differences(expected: Figures, found: Figures) -> list[str]:
    return sorted(
        table for table in expected.keys() | found.keys() if expected.get(table) != found.get(table)
    )


def _exported_snapshot() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        return str(cursor.fetchone()[0])


def _address() -> str:
    """Where the archive is, without its password, which must not be seen in the list of processes."""
    connection.ensure_connection()
    known = connection.connection.info.get_parameters()
    return f"--dbname={make_conninfo(**{name: known[name] for name in OPTIONS if name in known})}"


def _environment() -> dict[str, str]:
    connection.ensure_connection()
    return {**os.environ, "PGPASSWORD": connection.connection.info.password or ""}


def _clients_to_dump() -> Clients:
    """Of the server's version or the next: an older pg_dump refuses a newer server."""
    connection.ensure_connection()
    server = connection.connection.info.server_version // 10_000
    for clients in find_clients():
        if clients.major >= server:
            return clients
    raise BackupError(f"pg_dump {server} is not installed; it comes with PostgreSQL's client programs")


def _clients_to_read(path: Path) -> Clients:
    """Of the server's version if that can read the file, or else of a newer one."""
    connection.ensure_connection()
    server = connection.connection.info.server_version // 10_000
    reason = f"pg_restore {server} is not installed; it comes with PostgreSQL's client programs"
    for clients in find_clients():
        if clients.major >= server:
            try:
                _run([str(clients.folder / "pg_restore"), "--list", str(path)])
                return clients
            except BackupError as error:
                reason = str(error)
    raise BackupError(reason)


def _verify(part: Path, clients: Clients, expected: Figures) -> None:
    """Read the whole file again and count its rows."""
    found = Counter(_rows(part, clients))
    wrong = [table for table, (rows, _) in expected.items() if found[table] != rows]
    if wrong:
        raise BackupError(f"the backup does not have all rows of {', '.join(wrong)}")


def _rows(part: Path, clients: Clients) -> Iterator[str]:
    """The name of the table of each row in a backup."""
    with _script(part, clients, "--data-only") as script:
        table = ""
        for line in script:
            if table:
                if line == b"\\.\n":
                    table = ""
                else:
                    yield table
            elif line.startswith(b"COPY public."):
                table = line.split()[1].decode().removeprefix("public.").strip('"')


def _load(path: Path, clients: Clients, *, before: bytes) -> None:
    """Run the statements of the backup, all or none."""
    options = ["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction", "--file=-"]
    loader = _process(
        [str(clients.folder / "psql"), *options, _address()],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    )
    connection.close()
    statements = cast(IO[bytes], loader.stdin)
    with _script(path, clients, "--no-owner", "--no-privileges") as script, suppress(BrokenPipeError):
        statements.write(before)
        for line in script:
            if not line.startswith(NOT_RESTORED):
                statements.write(line)
            if line.startswith(b"COPY "):
                break
        shutil.copyfileobj(script, statements, 1024 * 1024)
    with suppress(BrokenPipeError):
        statements.close()
    _finish(loader, "psql")


@contextmanager
def _script(path: Path, clients: Clients, *options: str) -> Iterator[IO[bytes]]:
    """The statements of a backup."""
    process = _process([str(clients.folder / "pg_restore"), *options, "--file=-", str(path)])
    try:
        yield cast(IO[bytes], process.stdout)
    except BaseException:
        process.kill()
        process.communicate()
        raise
    _finish(process, "pg_restore")


def _process(command: Sequence[str], **options: Any) -> subprocess.Popen[bytes]:  # of subprocess
    # Programs and arguments come from this module only.
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, env=_environment(), **{**pipes, **options})  # noqa: S603


def _run(command: Sequence[str]) -> None:
    _finish(_process(command), Path(command[0]).name)


def _finish(process: subprocess.Popen[bytes], program: str) -> None:
    process.stdin = None
    _, said = process.communicate()
    if process.returncode:
        raise BackupError(f"{program} failed: {said.decode(errors='replace').strip()}")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _atomically(path: Path) -> Iterator[Path]:
    """A new file that only its owner may read; it takes the place of `path` when it is complete."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        yield part
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
    finally:
        part.unlink(missing_ok=True)
