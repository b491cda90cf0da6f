"""Whose work a change is: the archive's own writes say so in the history; all else is somebody's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pghistory
from django.db import connection

# The doors through which the archive itself writes.
OWN_DOORS = ("import", "proposals")


@contextmanager
def own_work(through: str, **about: Any) -> Iterator[None]:
    """Mark the events of this block as written through one of the archive's own doors.

    Unlike the library's context it ends with the block, where an editor's work goes on in the same request
    or transaction.
    """
    with pghistory.context() as context:
        before = dict(context.metadata)
        context.metadata.update(through=through, **about)
        try:
            yield
        finally:
            context.metadata.clear()
            context.metadata.update(before)
    # The database remembers until the transaction ends; after an error the rollback has forgotten it.
    if connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('pghistory.context_id', '', true),"
                " set_config('pghistory.context_metadata', '', true)"
            )
