"""PostgreSQL advisory locks, for uniqueness that no constraint can enforce."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.db import connection


def lock(keys: Iterable[str]) -> None:
    """Take an advisory lock on each key until the transaction ends; wait for other holders.

    After waiting, the caller must read again what it has read before. The keys of one call are sorted, so
    that two calls cannot deadlock; of two transactions with several calls, the server may abort one, which
    is then retried.
    """
    numbers = sorted({int(hashlib.sha256(key.encode()).hexdigest()[:15], 16) for key in keys})
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(n) FROM unnest(%s::bigint[]) n", [numbers])
