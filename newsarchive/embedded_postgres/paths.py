"""The directories of a home's server, and the user that it runs as."""

import hashlib
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newsarchive.embedded_postgres import ServerUnavailable

# PostgreSQL refuses to run as root. This user id is «nobody» wherever that name exists.
NOBODY = 65534
LONGEST_SOCKET_PATH = 100
SOCKET_NAME = ".s.PGSQL.5432"
ELSEWHERE = Path("/var/lib/newsarchive")
POINTER = "server-directory"


@dataclass(frozen=True)
class Place:
    """The directory of a server (data, locks, log, socket) and its user; None is the caller."""

    directory: Path
    user: int | None = None

    @property
    def data(self) -> Path:
        return self.directory / "data"

    @property
    def log(self) -> Path:
        return self.directory / "server.log"

    @property
    def run_as(self) -> dict[str, object]:
        """Arguments for ``subprocess`` to run as that user."""
        return {} if self.user is None else become(self.user)

    @property
    def socket(self) -> Path:
        """The folder of the socket, whose path must fit into about 100 bytes and contain no comma."""
        path = self.directory / "socket"
        short = len(os.fsencode(path / SOCKET_NAME)) <= LONGEST_SOCKET_PATH
        if short and str(path).isprintable() and "," not in str(path):
            return path
        owner = os.geteuid() if self.user is None else self.user
        return Path(f"/tmp/newsarchive-{owner}-{_short_hash(self.directory)}")  # noqa: S108 - checked in make_private

    def make_private(self, folder: Path) -> None:
        """Create a folder that only the server's user can enter; refuse an existing one of another user."""
        owner = os.geteuid() if self.user is None else self.user
        try:
            folder.mkdir(mode=0o700)
            os.chown(folder, owner, -1)
            folder.chmod(0o700)
        except FileExistsError:
            found = folder.lstat()
            if found.st_uid != owner or not folder.is_dir() or folder.is_symlink() or found.st_mode & 0o077:
                raise ServerUnavailable(
                    f"{folder} belongs to another user or is open to everyone:"
                    " remove it, or set NEWSARCHIVE_HOME"
                ) from None


def locate(home: Path) -> Place:
    """The place of a home's server, created on the first call and fixed from then on."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        if not os.access(home, os.W_OK | os.X_OK):
            raise PermissionError(13, "Permission denied")
        return Place(home) if os.geteuid() else _locate_for_root(home)
    except OSError as error:
        raise ServerUnavailable(
            f"cannot write to {home} ({error.strerror}): set NEWSARCHIVE_HOME to a directory of your own, "
            "or DATABASE_URL to a PostgreSQL"
        ) from None


def become(user: int) -> dict[str, Any]:  # options of subprocess
    """Arguments for ``subprocess`` to run as that user without the caller's groups."""
    return {"user": user, "group": user, "extra_groups": []}


def can_enter(user: int, folder: Path) -> bool:
    """Whether the user can enter the folder. Tries it, because ACLs or mounts may override the modes."""
    try:
        asked = subprocess.run(
            ["/bin/sh", "-c", 'cd -- "$0"', str(folder)], cwd="/", capture_output=True, **become(user)
        )
    except (OSError, subprocess.SubprocessError):
        raise ServerUnavailable(
            "PostgreSQL refuses to run as root, and this root user cannot change to another user: "
            "run as an ordinary user, or set DATABASE_URL to a PostgreSQL"
        ) from None
    return asked.returncode == 0


def _locate_for_root(home: Path) -> Place:
    pointer = home / POINTER
    if pointer.exists():
        return _owned(Path(pointer.read_text().rstrip("\n")))
    if (home / "data").exists() or can_enter(NOBODY, home):
        return _owned(home)
    directory = ELSEWHERE / _short_hash(home)
    if not ELSEWHERE.exists():
        ELSEWHERE.mkdir(parents=True)
        ELSEWHERE.chmod(0o711)
    Place(directory, NOBODY).make_private(directory)
    pointer.write_text(f"{directory}\n")
    print(f"newsarchive: only root can enter {home}; the database is in {directory}", file=sys.stderr)
    return _owned(directory)


def _owned(directory: Path) -> Place:
    """The place with the owner of its data as user, because only the owner can serve it."""
    data = directory / "data"
    owner = data.stat().st_uid if data.exists() else NOBODY
    return Place(directory, owner or NOBODY)


def _short_hash(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:16]
