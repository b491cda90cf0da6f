"""A primary and streaming replicas of it, on sockets in folders of their own."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psycopg

from newsarchive.database_roles import CLUSTER, DATABASE, OWNER, SUPERUSER, WEB
from newsarchive.embedded_postgres.binaries import ENVIRONMENT, Binaries
from newsarchive.embedded_postgres.cluster import make_cluster, postgres_for, server_command
from newsarchive.embedded_postgres.paths import NOBODY, Place

PORT = 5432
READER = "newsarchive_reader"


def children_of(parent: int) -> dict[int, list[str]]:
    """Process ids, and what /proc/…/stat says of each, from its state on."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            # The name of the program, in brackets, may contain spaces.
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[1]) == parent:
                found[int(stat.parent.name)] = fields
    return found


@dataclass
class Postgres:
    """One server: start, stop, freeze."""

    place: Place
    binaries: Binaries
    process: subprocess.Popen | None = field(default=None)
    options: tuple[str, ...] = ()

    def start(self):
        self.place.make_private(self.place.socket)
        command = [*server_command(self.place, self.binaries, PORT), "-c", "fsync=off"]
        command += ["-c", "shared_buffers=32MB", "-c", "log_min_messages=fatal"]
        command += [part for option in self.options for part in ("-c", option)]
        with self.place.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, stdout=log, stderr=log, cwd="/", env=ENVIRONMENT, start_new_session=True,
                **self.place.run_as,
            )  # fmt: skip
        self.wait_until_it_answers()

    def stop(self, number=signal.SIGQUIT):
        """At once, as if it had crashed; with SIGINT, in order."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(number)
            self.process.wait()

    def kill_a_session(self):
        """The server ends all other sessions too, and recovers."""
        pid = self.ask(
            "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'"
            " AND datname = current_database() AND pid <> pg_backend_pid() LIMIT 1"
        )
        if pid:
            with suppress(ProcessLookupError):
                os.kill(pid[0], signal.SIGKILL)
        self.wait_until_it_answers()

    def wait_until_it_answers(self):
        while True:
            assert self.process.poll() is None, self.place.log.read_text()
            with suppress(psycopg.OperationalError):
                return self.ask("SELECT 1", database="postgres")
            time.sleep(0.05)

    def freeze(self, number=signal.SIGSTOP):
        """Stop the main process and those of its sessions, or let them go on."""
        for pid in [self.process.pid, *children_of(self.process.pid)]:
            os.kill(pid, number)

    def thaw(self):
        self.freeze(signal.SIGCONT)

    def url(self, user):
        return f"postgresql://{user}@{quote(str(self.place.socket), safe='')}:{PORT}/{DATABASE}"

    def ask(self, statement, parameters=(), *, user=SUPERUSER, database=DATABASE):
        where = {"host": str(self.place.socket), "port": PORT, "user": user, "dbname": database}
        with psycopg.connect(**where, autocommit=True, connect_timeout=3) as connection:
            cursor = connection.execute(statement, parameters or None)
            return cursor.fetchone() if cursor.description else None

    def settings(self, *replicas):
        """The environment of a site on this server."""
        return {
            "DATABASE_URL": self.url(OWNER),
            "WEB_DATABASE_URL": self.url(WEB),
            "DATABASE_REPLICA_URLS": ",".join(replica.url(READER) for replica in replicas),
        }


def make_primary(folder: Path, *options: str) -> Postgres:
    place = Place(_own(folder), NOBODY if os.geteuid() == 0 else None)
    server = Postgres(place, postgres_for(place), options=options)
    with open(os.devnull) as nothing:
        make_cluster(place, server.binaries, CLUSTER, keep_open=nothing.fileno())
    server.start()
    server.ask(f"CREATE ROLE {READER} LOGIN")
    return server


def make_replica(folder: Path, primary: Postgres, *options: str) -> Postgres:
    place = Place(_own(folder), primary.place.user)
    place.make_private(place.data)
    command = [primary.binaries.folder / "pg_basebackup", "--pgdata", place.data, "--checkpoint=fast"]
    command += ["--write-recovery-conf", "--no-sync", "--host", primary.place.socket, "--username", SUPERUSER]
    subprocess.run(command, check=True, cwd="/", env=ENVIRONMENT, **place.run_as)
    server = Postgres(place, primary.binaries, options=options)
    server.start()
    return server


def open_again(folder: Path, *options: str) -> Postgres:
    """The server of an earlier run, which may not have been able to stop it."""
    place = Place(folder, NOBODY if os.geteuid() == 0 else None)
    left = place.data / "postmaster.pid"
    if left.exists():
        pid = int(left.read_text().split()[0])
        with suppress(OSError):
            # The number may be that of another process by now.
            while str(place.data) in Path(f"/proc/{pid}/cmdline").read_text():
                os.kill(pid, signal.SIGQUIT)
                time.sleep(0.1)
        left.unlink(missing_ok=True)
    server = Postgres(place, postgres_for(place), options=options)
    server.start()
    return server


def _own(folder: Path) -> Path:
    folder.mkdir()
    if os.geteuid() == 0:
        os.chown(folder, NOBODY, -1)
    return folder
