"""Which server a request reads from: the default connection of its thread is exchanged while it lasts.

A database router would decide for the ORM alone; searches also use cursors, and all of a page must come from
one server.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from typing import Any

import psycopg
from django.conf import settings
from django.core.signals import request_finished
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.base import DatabaseWrapper

from newsarchive.replicas.watch import Replica, State, Watch


class _Thread(threading.local):
    """The connections of a thread."""

    def __init__(self) -> None:
        self.primary: BaseDatabaseWrapper | None = None
        self.replicas: dict[str, BaseDatabaseWrapper] = {}
        self.reading: tuple[Replica, BaseDatabaseWrapper] | None = None


class ReplicaConnection(DatabaseWrapper):
    """Does not connect while the replica is known to be away: Django would, after each lost transaction."""

    may_connect: Callable[[], bool] = staticmethod(lambda: True)

    def get_new_connection(self, conn_params: dict[str, Any]) -> psycopg.Connection:  # of Django
        if not self.may_connect():
            raise psycopg.OperationalError("the replica is away")
        return super().get_new_connection(conn_params)


_thread = _Thread()


_making_watch = threading.Lock()


@cache
def _started_watch() -> Watch:
    watch = Watch([partial(_connection_to, replica) for replica in settings.DATABASE_REPLICAS])
    watch.start()
    return watch


def _watch() -> Watch:
    """The servers of this process, watched from the first request on, after workers were forked."""
    with _making_watch:
        return _started_watch()


def usable(position: int = 0) -> list[Replica]:
    """Replicas that may answer now, if they have replayed the log up to this position."""
    return _watch().usable(settings.REPLICA_LAG_SECONDS, position)


def states() -> list[State]:
    """The state and lag of each replica, in the order of the setting."""
    return _watch().states(settings.REPLICA_LAG_SECONDS) if settings.DATABASE_REPLICAS else []


def read_from(replica: Replica) -> None:
    """Let this thread read from the replica until `read_from_primary`."""
    read_from_primary()
    _thread.primary = connections[DEFAULT_DB_ALIAS]
    connection = _thread.replicas.get(replica.name) or replica.connect()
    if isinstance(connection, ReplicaConnection):
        connection.may_connect = replica.answers
    _thread.replicas[replica.name] = connection
    replica.hold(connection)
    _thread.reading = replica, connection
    connections[DEFAULT_DB_ALIAS] = connection


def read_from_primary() -> None:
    if _thread.reading is None or _thread.primary is None:
        return
    replica, connection = _thread.reading
    _thread.reading = None
    connections[DEFAULT_DB_ALIAS] = _thread.primary
    replica.release(connection)
    connection.close_if_unusable_or_obsolete()


def was_lost() -> bool:
    """Whether the replica that this thread reads from has closed the connection, or cannot be reached."""
    if _thread.reading is None:
        return False
    connection = _thread.reading[1].connection
    return connection is None or connection.closed


def is_reading() -> bool:
    """Whether this thread reads from a replica."""
    return _thread.reading is not None


def distrust() -> None:
    """Give up the replica that this thread reads from, and do not use it until it answers again."""
    if _thread.reading is not None:
        replica, connection = _thread.reading
        replica.failed()
        read_from_primary()
        connection.close()


@contextmanager
def on_primary() -> Iterator[bool]:
    """Use the primary in this block; yields False if it is known to be away."""
    reading = _thread.reading
    if reading is None or _thread.primary is None:
        yield _primary_answers()
        return
    connections[DEFAULT_DB_ALIAS] = _thread.primary
    try:
        yield _primary_answers()
    finally:
        connections[DEFAULT_DB_ALIAS] = reading[1]


def _primary_answers() -> bool:
    """Without replicas nobody watches it, and it is always tried."""
    return not settings.DATABASE_REPLICAS or _watch().primary.answers()


def position_of_primary() -> int:
    """How far its log is written: a replica that has replayed so much has all that was committed."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SELECT (pg_current_wal_insert_lsn() - '0/0')::bigint")
        return int(cursor.fetchone()[0])


def _connection_to(replica: dict[str, Any]) -> BaseDatabaseWrapper:  # settings of Django
    """A connection with the limits of the web process, under the name of the default one."""
    primary = connections.settings[DEFAULT_DB_ALIAS]
    limits = {name: primary["OPTIONS"][name] for name in ("cursor_factory",) if name in primary["OPTIONS"]}
    found = {**primary, **replica, "OPTIONS": {**replica["OPTIONS"], **limits}}
    return ReplicaConnection(found, DEFAULT_DB_ALIAS)


def _request_finished(**kwargs: object) -> None:
    read_from_primary()


# A file is sent after the middleware has returned.
request_finished.connect(_request_finished, dispatch_uid="replicas")
