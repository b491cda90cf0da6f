"""What keeps two runs from making the same thing at the same time, where no constraint can."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.db import connection


def hold(keys: Iterable[str]) -> None:
    """Let no other run hold any of these keys until the transaction ends; wait for one that does.

    Who waited here looks again before making anything: what it read before may be out of date. Keys of one
    call are taken in order, so that two calls never wait for each other; of two runs that each hold what the
    other wants, the server stops one, which begins again.
    """
    numbers = sorted({int(hashlib.sha256(key.encode()).hexdigest()[:15], 16) for key in keys})
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(n) FROM unnest(%s::bigint[]) n", [numbers])
