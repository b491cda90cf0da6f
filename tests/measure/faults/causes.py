"""The faults of the matrix: each begins when its block begins, and is over when it ends."""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress

import psycopg

from newsarchive.database_roles import OWNER, SUPERUSER
from tests.measure.faults.acts import World

# How long a fault lasts, after activities have begun.
SECONDS = 4
FROZEN_SECONDS = 20
PAGE = b"<!doctype html><title>Weir</title><h1>Weir opens</h1><p>It was opened early, said Osric Pell.</p>"


def _stopped(world: World, number: int, seconds: float) -> Iterator[None]:
    world.primary.stop(number)
    yield
    time.sleep(seconds)
    world.primary.start()


@contextmanager
def database_stopped(world: World) -> Iterator[None]:
    yield from _stopped(world, signal.SIGINT, SECONDS)


@contextmanager
def database_killed(world: World) -> Iterator[None]:
    yield from _stopped(world, signal.SIGQUIT, SECONDS)


@contextmanager
def database_restarted(world: World) -> Iterator[None]:
    yield from _stopped(world, signal.SIGINT, 0)


@contextmanager
def database_frozen(world: World) -> Iterator[None]:
    world.primary.freeze()
    try:
        yield
        time.sleep(FROZEN_SECONDS)
    finally:
        world.primary.thaw()


@contextmanager
def no_connection_left(world: World) -> Iterator[None]:
    """Web processes keep those that they have: they are ended, so that each needs a new one."""
    with ExitStack() as stack:
        with suppress(psycopg.OperationalError):
            while True:
                stack.enter_context(psycopg.connect(world.primary.url(OWNER)))
        world.primary.ask(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename <> %s"
            " AND backend_type = 'client backend' AND pid <> pg_backend_pid()",
            [OWNER],
        )
        with suppress(psycopg.OperationalError):
            while True:
                stack.enter_context(psycopg.connect(world.primary.url(OWNER)))
        yield
        time.sleep(SECONDS)


@contextmanager
def articles_locked(world: World) -> Iterator[None]:
    """As by a migration: nobody can read or write an article."""
    with psycopg.connect(world.primary.url(SUPERUSER)) as connection:
        connection.execute("LOCK TABLE articles_article, articles_topic IN ACCESS EXCLUSIVE MODE")
        yield
        time.sleep(SECONDS)


@contextmanager
def disk_full(world: World) -> Iterator[None]:
    """The file system of the database has no byte left."""
    filler = world.primary.place.directory / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        for size in (1024 * 1024, 4096, 1):
            with suppress(OSError):
                while True:
                    file.write(bytes(size))
    try:
        yield
        time.sleep(SECONDS)
    finally:
        filler.unlink()
        if world.primary.process.poll() is not None:
            world.primary.start()


@contextmanager
def worker_killed(world: World) -> Iterator[None]:
    """One of two; the other answers until there is a new one."""
    yield
    time.sleep(0.3)
    os.kill(world.workers()[0], signal.SIGKILL)


@contextmanager
def importer_killed(world: World) -> Iterator[None]:
    yield
    stored = "SELECT count(*) FROM articles_article"
    before = world.primary.ask(stored)
    while world.primary.ask(stored) == before and world.importers[-1].poll() is None:
        time.sleep(0.02)
    world.importers[-1].kill()


@contextmanager
def nothing(world: World) -> Iterator[None]:
    """The fault is in the web process of this row, or in the source that it fetches."""
    yield


class Sources:
    """Web servers on this machine: one that answers, one that is slow, one that fails, one that redirects."""

    def __init__(self) -> None:
        answers: dict[str, Callable[[int], Iterator[bytes]]] = {
            "good": lambda port: iter([_answer("200 OK", PAGE)]),
            "slow": lambda port: _slowly(),
            "failing": lambda port: iter([_answer("500 Internal Server Error", b"")]),
            "redirecting": lambda port: iter(
                [_answer("302 Found", b"", f"http://source.example:{port}/again")]
            ),
        }
        self.ports: dict[str, int] = {}
        for name, answer in answers.items():
            listening = socket.create_server(("127.0.0.1", 0))
            self.ports[name] = listening.getsockname()[1]
            threading.Thread(target=self._serve, args=[listening, answer], daemon=True).start()

    def url(self, name: str) -> str:
        return f"http://source.example:{self.ports[name]}/weir"

    def _serve(self, listening: socket.socket, answer: Callable[[int], Iterator[bytes]]) -> None:
        while True:
            client, _ = listening.accept()
            threading.Thread(target=self._answer, args=[client, answer], daemon=True).start()

    def _answer(self, client: socket.socket, answer: Callable[[int], Iterator[bytes]]) -> None:
        with client, suppress(OSError):
            client.recv(65536)
            for piece in answer(client.getsockname()[1]):
                client.sendall(piece)


def _answer(status: str, body: bytes, location: str = "") -> bytes:
    lines = [f"HTTP/1.1 {status}", "Content-Type: text/html", f"Content-Length: {len(body)}"]
    lines += [f"Location: {location}"] if location else []
    return "\r\n".join([*lines, "", ""]).encode() + body


def _slowly() -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>"
    for _ in range(60):
        time.sleep(0.5)
        yield b"x"
