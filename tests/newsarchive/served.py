"""Runs the site as in docs/operators.md: gunicorn, on the test database."""

import http.client
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier, Thread
from typing import Any
from urllib.parse import quote

from django.db import connection

ROOT = Path(__file__).parents[2]
KEY = "for-the-tests-alone-0123456789-abcdefghijklmnopqrstuvwxyz"
# Seconds for an answer, for a connection, and for a worker to start: a busy machine needs long for each.
PATIENCE = 600


def server() -> dict:
    """What libpq needs to reach the database of the tests."""
    used = connection.get_connection_params()
    if home := connection.settings_dict.get("HOME"):
        from newsarchive.embedded_postgres.launcher import running_server

        found = running_server(Path(home), connection.settings_dict["CLUSTER"])
        used |= {"host": str(found.socket), "port": 5432}
    return used


def database_url(**changes: object) -> str:
    used = server() | changes
    login = quote(used.get("user", ""), safe="")
    if password := used.get("password"):
        login += f":{quote(password, safe='')}"
    host, port = quote(str(used.get("host", "")), safe="[]:"), used.get("port", 5432)
    return f"postgresql://{login}@{host}:{port}/{used['dbname']}?connect_timeout={PATIENCE}"


@contextmanager
def gunicorn(log: Path, **options: Any):
    """Yields the port on which the site answers."""
    with gunicorn_process(log, **options) as (port, _):
        yield port


@contextmanager
def gunicorn_process(
    log: Path, *, site: str = "newsarchive.wsgi", workers: int = 2, threads: int = 16, **environment: str
):
    """Yields the port on which the site answers, and the process that starts the workers."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=128)
    listener.set_inheritable(True)
    port = listener.getsockname()[1]
    own = {
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "newsarchive.settings",
        "INSECURE_HTTP": "1",
        "SECRET_KEY": KEY,
    }
    command = [sys.executable, "-m", "gunicorn", site, "--bind", f"fd://{listener.fileno()}"]
    command += ["--workers", str(workers), "--threads", str(threads)]
    command += ["--keep-alive", "0", "--no-control-socket", "--log-level", "warning"]
    command += ["--timeout", str(PATIENCE)]
    with log.open("w") as stderr:
        process = subprocess.Popen(
            command,
            env={**os.environ, **own, **environment},
            cwd=ROOT,
            stderr=stderr,
            pass_fds=[listener.fileno()],
        )
    listener.close()
    try:
        _wait_until_it_answers(process, port, log)
        yield port, process
    finally:
        process.terminate()
        process.wait()


def _wait_until_it_answers(process: subprocess.Popen, port: int, log: Path) -> None:
    while get(port, "/healthz") != 200:
        assert process.poll() is None, log.read_text()
        time.sleep(0.1)


def get(port: int, path: str, *, timeout: int = PATIENCE) -> int:
    """The status, 0 where nothing answered."""
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        asked.request("GET", path)
        answered = asked.getresponse()
        answered.read()
    except OSError:
        return 0
    finally:
        asked.close()
    return answered.status


def get_at_once(port: int, paths: list[str]) -> dict[str, int]:
    """The status of each path, all asked for at the same moment."""
    statuses: dict[str, int] = {}
    together = Barrier(len(paths))

    def ask(path: str) -> None:
        together.wait()
        statuses[path] = get(port, path)

    threads = [Thread(target=ask, args=[path]) for path in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses
