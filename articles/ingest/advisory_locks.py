"""PostgreSQL advisory locks, for uniqueness that no constraint can enforce."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

from django.db import DatabaseError, connection, connections


def lock(keys: Iterable[str]) -> None:
    """Take an advisory lock on each key until the transaction ends; wait for other holders.

    After waiting, the caller must read again what it has read before. The keys of one call are sorted, so
    that two calls cannot deadlock; of two transactions with several calls, the server may abort one, which
    is then retried.
    """
    numbers = sorted(map(_number, set(keys)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(n) FROM unnest(%s::bigint[]) n", [numbers])


@contextmanager
def only_one(key: str) -> Iterator[bool]:
    """Whether no other process is in a block with this key; the lock ends with the block or the process.

    It is held by a transaction of its own connection, so that a pooler of transactions cannot give it away
    and this process may commit.
    """
    holding = connections.create_connection("default")
    try:
        holding.set_autocommit(False)
        with holding.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_number(key)])
            yield bool(cursor.fetchone()[0])
    finally:
        # After a mere close the server would release the lock a moment later.
        with suppress(DatabaseError):
            holding.rollback()
        holding.close()


def _number(key: str) -> int:
    return int(hashlib.sha256(key.encode()).hexdigest()[:15], 16)
