"""A flood of searches against a real web process: they wait or are refused; other pages go on."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections import Counter
from threading import Event, Thread
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connection

from benchmarks import corpus

SECONDS = 8
READERS = 32


@pytest.fixture
def port():
    """A web process as docs/operators.md starts it, on the test's own database."""
    if not os.environ.get("DATABASE_URL"):
        pytest.skip("a process of its own needs a database that is named")
    database = urlunsplit(
        urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "newsarchive.wsgi", "--bind", f"127.0.0.1:{port}"),
            *("--workers", "1", "--threads", "16", "--timeout", "30"),
        ],
        cwd=settings.BASE_DIR,
        env={
            **os.environ,
            "DATABASE_URL": database,
            "DEBUG": "1",
            "INSECURE_HTTP": "1",
            "SECRET_KEY": "for-the-tests-alone-0123456789-abcdefghijklmnopqrstuvwxyz",
            "DJANGO_SETTINGS_MODULE": "newsarchive.settings",
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(150):
            if process.poll() is None and _ask(port, "/healthz")[0] == 200:
                break
            time.sleep(0.2)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _ask(port: int, path: str) -> tuple[int, float]:
    """Status, 0 where nothing answered, and milliseconds."""
    start = time.perf_counter()
    try:
        asked = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        asked.request("GET", path)
        answered = asked.getresponse()
        answered.read()
        return answered.status, (time.perf_counter() - start) * 1000
    except OSError:
        return 0, 0.0


def _p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


@pytest.mark.django_db(transaction=True)
def test_other_pages_go_on_in_a_flood_of_searches(port):
    corpus.build(1000, None, lambda done: None)
    quiet = [_ask(port, "/about/")[1] for _ in range(20)]
    over, searches = Event(), Counter()

    def flood(number: int) -> None:
        at = number
        while not over.is_set():
            at += READERS
            status, _ = _ask(port, f"/search/?q=people+OR+government+OR+word{at}")
            searches[status] += 1

    threads = [Thread(target=flood, args=[number]) for number in range(READERS)]
    for thread in threads:
        thread.start()
    pages, end = [], time.monotonic() + SECONDS
    while time.monotonic() < end:
        pages.append(_ask(port, "/about/"))
        time.sleep(0.05)
    over.set()
    for thread in threads:
        thread.join()
    during = [milliseconds for _, milliseconds in pages]
    print(
        f"\nsearches by status {dict(searches)}; another page: {len(pages)} answers, "
        f"p95 {_p95(during):.0f} ms in the flood, {_p95(quiet):.0f} ms before it"
    )
    assert {status for status, _ in pages} == {200}
    assert set(searches) <= {200, 429}
    assert searches[200]
