"""Starts the embedded server of a home; all processes that use the home share it."""

import fcntl
import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from subprocess import DEVNULL, STDOUT, Popen

from psycopg import pq
from psycopg.conninfo import make_conninfo

from newsarchive.embedded_postgres import ServerUnavailable, age, supervisor
from newsarchive.embedded_postgres.binaries import ENVIRONMENT
from newsarchive.embedded_postgres.cluster import ClusterSetup, make_cluster, postgres_for, server_command
from newsarchive.embedded_postgres.paths import Place, locate

PORT = 5432
GRACE_SECONDS = 10.0
# After a crash the server replays its log before it answers.
PATIENCE_SECONDS = 120

_one_at_a_time = threading.Lock()
_places: dict[Path, Place] = {}
_client_locks: dict[Path, int] = {}


@dataclass(frozen=True)
class Server:
    """Where to connect."""

    place: Place
    port: int = PORT

    @property
    def socket(self) -> Path:
        return self.place.socket

    @property
    def psql(self) -> Path | None:
        return postgres_for(self.place).psql


def running_server(home: Path, setup: ClusterSetup, *, grace: float = GRACE_SECONDS) -> Server:
    """Start the server of this home unless it runs. It runs until all callers have ended."""
    with _one_at_a_time:
        place = _places.get(home) or _places.setdefault(home, locate(home))
        try:
            _be_a_client(place)
            if not _answers(place, setup):
                _start(place, setup, grace)
        except OSError as error:
            raise ServerUnavailable(
                f"cannot use {error.filename or place.directory} ({error.strerror}): "
                "set NEWSARCHIVE_HOME to a directory of your own, or DATABASE_URL to a PostgreSQL"
            ) from None
    return Server(place)


def _be_a_client(place: Place) -> None:
    """Hold the shared lock while this process lives. Blocks while the server is being stopped."""
    if place.directory not in _client_locks:
        descriptor = os.open(place.directory / "clients", os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        _client_locks[place.directory] = descriptor


def _answers(place: Place, setup: ClusterSetup) -> bool:
    address = make_conninfo(
        host=str(place.socket), port=PORT, user=setup.user, dbname="postgres", connect_timeout=3
    )
    return pq.PGconn.ping(address.encode()) == pq.Ping.OK


def _start(place: Place, setup: ClusterSetup, grace: float) -> None:
    """Start the server in one process; others wait here until it runs."""
    with _exclusively(place.directory / "starting") as starting:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not _answers(place, setup):
            serving = os.open(place.directory / "serving", os.O_RDWR | os.O_CREAT, 0o600)
            try:
                fcntl.flock(serving, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                # A server process still lives: it is stopping, or recovering from a crash.
                if time.monotonic() > deadline:
                    raise ServerUnavailable(f"the server does not answer; its log is {place.log}") from None
                time.sleep(0.05)
            else:
                _launch(place, setup, grace, serving=serving, starting=starting)
            finally:
                os.close(serving)


def _launch(place: Place, setup: ClusterSetup, grace: float, *, serving: int, starting: int) -> None:
    postgres = postgres_for(place)
    if old := age.warning(postgres.version, datetime.now(UTC).date()):
        print(f"newsarchive: {old}", file=sys.stderr)
    if not place.data.exists():
        make_cluster(place, postgres, setup, keep_open=starting)
    place.make_private(place.socket)
    # The lock is free, so no server runs. The process ids in these files may belong to other processes.
    for leftover in (place.data / "postmaster.pid", place.socket / ".s.PGSQL.5432.lock"):
        leftover.unlink(missing_ok=True)
    command = [sys.executable, "-I", supervisor.__file__, "--clients", str(place.directory / "clients")]
    command += ["--serving", str(serving), "--grace", str(grace)]
    command += ["--user", str(place.user)] if place.user is not None else []
    with place.log.open("wb") as log:
        process = Popen(
            [*command, "--", *server_command(place, postgres, PORT)],
            stdin=DEVNULL, stdout=log, stderr=STDOUT, cwd="/", env=ENVIRONMENT,
            pass_fds=[serving], start_new_session=True,
        )  # fmt: skip
    _wait_for(place, setup, process)
    setup.on_start(place.socket, PORT)


def _wait_for(place: Place, setup: ClusterSetup, process: Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not _answers(place, setup):
        if process.poll() is not None or time.monotonic() > deadline:
            raise ServerUnavailable(f"PostgreSQL did not start: {_last_words(place.log)}")
        time.sleep(0.02)


def _last_words(log: Path) -> str:
    """The first fatal line of the server's log, or else its last line, with the path of the log."""
    lines = [line.strip() for line in log.read_text(errors="replace").splitlines() if line.strip()]
    fatal = [line for line in lines if "FATAL:" in line or "PANIC:" in line]
    return f"{(fatal or lines[-1:] or ['no word'])[0]} (log: {log})"


@contextmanager
def _exclusively(path: Path) -> Iterator[int]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor
    finally:
        os.close(descriptor)
