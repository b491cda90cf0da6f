"""Watches the primary and its replicas, each from a thread, so that a server that hangs delays no reader.

The lag of a replica is the time since the primary's log had a position that the replica has not replayed.
It depends on no clock of a server, and also grows if the replica has lost its primary.
"""

from __future__ import annotations

import os
import socket
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.db.backends.base.base import BaseDatabaseWrapper

# Seconds between two checks, and for which an answer may take: together less than a second. Only the time in
# which it is waited for counts: on a busy machine the thread itself may be late.
PAUSE = 0.2
PATIENCE = 0.75

POSITION = "SELECT (pg_current_wal_flush_lsn() - '0/0')::bigint, NULL"
REPLAYED = """
SELECT (pg_last_wal_replay_lsn() - '0/0')::bigint, (pg_last_wal_receive_lsn() - '0/0')::bigint
WHERE pg_is_in_recovery()
"""


class Log:
    """Positions of the primary's log, with the time when each was first seen; safe for threads."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, int]] = deque(maxlen=10_000)
        self._lock = threading.Lock()

    def see(self, position: int, at: float) -> None:
        with self._lock:
            if not self._seen or position > self._seen[-1][1]:
                self._seen.append((at, position))

    def restart(self) -> None:
        """Forget all, because another server has become the primary."""
        with self._lock:
            self._seen.clear()

    def behind_since(self, position: int) -> float | None:
        """When the log first had more than this; None if it is not known to have more."""
        with self._lock:
            return next((at for at, seen in self._seen if seen > position), None)


class Server:
    """The primary or a replica: its position in the log, and whether it answers."""

    def __init__(self, name: str, connect: Callable[[], BaseDatabaseWrapper], log: Log) -> None:
        self.name = name
        self.connect = connect
        self.log = log
        self.position = 0
        # When the check that has not been answered yet was sent.
        self.asked: float | None = None
        # Until the next check is answered, after a connection has failed.
        self.distrusted = True
        self.behind_since: float | None = None
        self._in_use: set[BaseDatabaseWrapper] = set()

    statement = POSITION

    def answers(self) -> bool:
        return not self.distrusted and not self.hangs()

    def hangs(self) -> bool:
        asked = self.asked
        return asked is not None and time.monotonic() - asked > PATIENCE

    def lag(self) -> float:
        """Seconds by which it is behind."""
        return time.monotonic() - self.behind_since if self.behind_since is not None else 0.0

    def hold(self, connection: BaseDatabaseWrapper) -> None:
        """End this connection if the server stops answering while it is used."""
        self._in_use.add(connection)

    def release(self, connection: BaseDatabaseWrapper) -> None:
        self._in_use.discard(connection)

    def failed(self) -> None:
        """Do not use it until it answers the next check."""
        self.distrusted = True

    def watch(self) -> None:
        """Ask for the position again and again, for ever."""
        while True:
            self.ask_until_it_fails(self.connect())
            time.sleep(PAUSE)

    def ask_until_it_fails(self, connection: BaseDatabaseWrapper) -> None:
        with suppress(Error, OSError):
            connection.ensure_connection()
            self.hold(connection)
            while True:
                self.ask(connection)
                time.sleep(PAUSE)
        self.failed()
        self.release(connection)
        with suppress(Error):
            connection.close()

    def ask(self, connection: BaseDatabaseWrapper) -> None:
        self.asked = time.monotonic()
        try:
            with connection.wrap_database_errors:
                row = connection.connection.execute(self.statement).fetchone()
        finally:
            self.asked = None
        if row is None or row[0] is None:  # no replica any more, or not yet
            return self.failed()
        self.learn(*row)
        self.distrusted = False

    def learn(self, position: int, received: int | None) -> None:
        if position < self.position:
            self.log.restart()
        self.position = position
        self.log.see(position, time.monotonic())

    def end_connections(self) -> None:
        """Wake the threads that wait for this server."""
        for connection in list(self._in_use):
            with suppress(Exception):  # it has just been closed
                _shut_down(connection.connection.fileno())


def _shut_down(descriptor: int) -> None:
    with socket.socket(fileno=os.dup(descriptor)) as copy:
        copy.shutdown(socket.SHUT_RDWR)


class Replica(Server):
    statement = REPLAYED

    def learn(self, position: int, received: int | None) -> None:
        self.position = position
        # What it has received and not replayed tells its lag even without the primary.
        self.log.see(max(position, received or 0), time.monotonic())
        self.behind_since = self.log.behind_since(position)

    def usable(self, most_lag: float, position: int) -> bool:
        """Whether it answers, is not far behind, and has replayed the log up to this position."""
        return self.answers() and self.position >= position and self.lag() <= most_lag

    def state(self, most_lag: float) -> str:
        if not self.answers():
            return "away"
        return "ok" if self.lag() <= most_lag else "behind"


@dataclass(frozen=True)
class State:
    """What monitoring shows of a replica."""

    name: str
    state: str  # ok, behind, away
    lag_seconds: float


class Watch:
    """The servers that this process reads from."""

    def __init__(self, replicas: list[Callable[[], BaseDatabaseWrapper]]) -> None:
        log = Log()
        self.primary = Server("primary", lambda: connections.create_connection(DEFAULT_DB_ALIAS), log)
        self.replicas = [Replica(f"replica-{n}", connect, log) for n, connect in enumerate(replicas, 1)]
        self._next = 0

    def start(self) -> None:
        servers = [self.primary, *self.replicas]
        for work in [*(server.watch for server in servers), self._end_what_hangs]:
            threading.Thread(target=work, daemon=True, name="replicas").start()

    def usable(self, most_lag: float, position: int = 0) -> list[Replica]:
        """The replicas to read from, in turn another first."""
        found = [replica for replica in self.replicas if replica.usable(most_lag, position)]
        self._next += 1
        first = self._next % len(found) if found else 0
        return found[first:] + found[:first]

    def states(self, most_lag: float) -> list[State]:
        return [State(each.name, each.state(most_lag), round(each.lag(), 1)) for each in self.replicas]

    def _end_what_hangs(self) -> None:
        while True:
            time.sleep(PAUSE / 2)
            for server in (self.primary, *self.replicas):
                if server.hangs():
                    server.end_connections()
