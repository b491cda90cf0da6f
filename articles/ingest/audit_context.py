"""Mark changes made by the archive itself in the history; all other changes count as made by a person."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pghistory
from django.db import connection

# Values of `through` in the context of events that the archive itself wrote.
SYSTEM_CHANNELS = ("import", "proposals")


@contextmanager
def system_change(through: str, **about: object) -> Iterator[None]:
    """Mark the events of this block as written by the archive, through this channel.

    Unlike `pghistory.context`, it ends with the block: an editor's changes may follow in the same
    transaction.
    """
    with pghistory.context() as context:
        before = dict(context.metadata)
        context.metadata.update(through=through, **about)
        try:
            yield
        finally:
            context.metadata.clear()
            context.metadata.update(before)
    # The settings last until the transaction ends; after an error the rollback has reset them.
    if connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('pghistory.context_id', '', true),"
                " set_config('pghistory.context_metadata', '', true)"
            )
