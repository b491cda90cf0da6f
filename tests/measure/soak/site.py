"""The site of a soak run: a primary, a replica and two web workers. Its data outlive the process."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg

from tests.measure.soak.ledger import Ledger
from tests.newsarchive.replicated import Postgres, children_of, make_primary, make_replica, open_again
from tests.newsarchive.served import KEY, ROOT, get, gunicorn_process

PAGE_SIZE = os.sysconf("SC_PAGE_SIZE")
# What a replica that is stopped for a while still needs, and files that are sent from it (docs/operators.md).
OPTIONS = ("wal_keep_size=1GB", "max_wal_size=256MB", "hot_standby_feedback=on")


class Site:
    def __init__(self, primary: Postgres, replica: Postgres, ledger: Ledger) -> None:
        self.primary, self.replica, self.ledger = primary, replica, ledger
        self.port = 0
        self.master: subprocess.Popen[bytes] | None = None
        self._most: dict[str, int] = {}
        self._lock = threading.Lock()

    def environment(self) -> dict[str, str]:
        own = self.primary.settings(self.replica)
        return os.environ | own | {
            "SECRET_KEY": KEY, "DJANGO_SETTINGS_MODULE": "newsarchive.settings", "INSECURE_HTTP": "1",
            "NEWSARCHIVE_HOME": str(self.ledger.folder / "home"), "TRUSTED_PROXIES": "127.0.0.1",
        }  # fmt: skip

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT, env=self.environment(), capture_output=True, text=True, check=False,
        )  # fmt: skip

    def prepare(self) -> None:
        """An archive with the samples, and an editor whose password is in the state."""
        if not self.ledger.state.password:
            done = self.command("quickstart", "--no-serve")
            assert done.returncode == 0, done.stderr
            self.ledger.state.password = re.findall(r"password: (\S+)", done.stdout)[0]
            self.ledger.save()

    @contextmanager
    def serving(self) -> Iterator[None]:
        environment = self.environment()
        own = {name: environment[name] for name in environment if os.environ.get(name) != environment[name]}
        self._stop_the_former()
        with gunicorn_process(self.ledger.folder / "web.log", **own) as (self.port, self.master):
            self._number.write_text(str(self.master.pid))
            yield
        self._number.unlink()

    @property
    def _number(self) -> Path:
        return self.ledger.folder / "web.pid"

    def _stop_the_former(self) -> None:
        """If the run was killed, its web server still runs."""
        with suppress(OSError):
            pid = int(self._number.read_text())
            # The number may be that of another process by now.
            while b"gunicorn" in Path(f"/proc/{pid}/cmdline").read_bytes():
                os.kill(pid, signal.SIGTERM)
                time.sleep(0.2)

    def workers(self) -> dict[int, int]:
        """Resident bytes of each web worker by process id, the oldest worker first."""
        children = children_of(self.master.pid) if self.master else {}
        by_start = sorted(children, key=lambda pid: (int(children[pid][19]), pid))
        return {pid: int(children[pid][21]) * PAGE_SIZE for pid in by_start}

    def kill_worker(self) -> None:
        """The youngest, so that one is as old as the run and shows how memory grows."""
        youngest = list(self.workers())[-1]
        os.kill(youngest, signal.SIGKILL)
        while get(self.port, "/healthz", timeout=5) != 200 or youngest in self.workers():
            time.sleep(0.1)

    def ask(self, statement: str) -> Any:  # a row of any statement
        """None while the server is away."""
        with suppress(psycopg.Error):
            return self.primary.ask(statement)
        return None

    def most(self, table: str) -> int:
        """The largest ID of a table, a few seconds old."""
        with self._lock:
            if table not in self._most or random.random() < 0.02:  # noqa: S311
                found = self.ask(f"SELECT max(id) FROM {table}")  # noqa: S608 - our own names
                self._most[table] = found[0] if found else self._most.get(table, 1)
            return self._most[table]

    def any_of(self, table: str, chance: random.Random, condition: str) -> int | None:
        begin = chance.randint(1, self.most(table))
        for comparison, order in ((">=", "id"), ("<", "id DESC")):
            where = f"id {comparison} {begin} AND {condition} ORDER BY {order} LIMIT 1"
            found = self.ask(f"SELECT id FROM {table} WHERE {where}")  # noqa: S608 - our own names
            if found:
                return int(found[0])
        return None


@contextmanager
def open_site(ledger: Ledger) -> Iterator[Site]:
    """The servers in the folder of the ledger, made if they are not there."""
    (ledger.folder / "home").mkdir(exist_ok=True)
    folders = ledger.folder / "primary", ledger.folder / "replica"
    made: list[Postgres] = []
    try:
        if ledger.state.password:
            made += [open_again(folder, *OPTIONS) for folder in folders]
        else:
            made.append(make_primary(folders[0], *OPTIONS))
            made.append(make_replica(folders[1], made[0], *OPTIONS))
        site = Site(made[0], made[1], ledger)
        site.prepare()
        with site.serving():
            yield site
    finally:
        for server in made:
            server.stop(signal.SIGINT)
