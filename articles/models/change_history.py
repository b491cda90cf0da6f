"""History by trigger: the row as it was before each change, whatever door the change came through.

An insert needs no event, since the row itself is there to read; when it came says `time_of_insertion`
where nothing else does. Who changed it and through which
door stands in the event's own context column, so that the tables are only ever appended to.
"""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import pghistory
from django.contrib.postgres.functions import TransactionNow
from django.db import connection, models, transaction

Tracked = TypeVar("Tracked", bound=type[models.Model])


def keeps_history(model: Tracked) -> Tracked:
    """Keep every former state of the rows of this model in an event table of its own."""
    return keeps_history_without()(model)


def keeps_history_without(*columns: str) -> Callable[[Tracked], Tracked]:
    """Keep every former state but for these columns, of which nothing shall outlive the row."""
    # New tracker objects for every model: pghistory notes the model's columns in them.
    trackers = (pghistory.UpdateEvent(row="OLD"), pghistory.DeleteEvent(row="OLD"))
    return pghistory.track(*trackers, append_only=True, exclude=list(columns))


def time_of_insertion() -> models.DateTimeField:
    """When the row came, kept by the database; null for rows from before this was kept."""
    return models.DateTimeField(null=True, editable=False, db_default=TransactionNow())


@contextmanager
def act(what: str, **about: Any) -> Iterator[str]:
    """Mark all changes of this block as one act, told in these words; gives the key to take it back by."""
    key = str(uuid.uuid4())
    with marked(act=key, what=what, **about):
        yield key
        with connection.cursor() as cursor:
            cursor.execute("SELECT archive_note_act(%s::uuid, %s)", [key, what])


@contextmanager
def marked(**about: Any) -> Iterator[None]:
    """One transaction whose events say this beside who and through which door."""
    with transaction.atomic(), pghistory.context() as context:
        before = dict(context.metadata)
        context.metadata.update(about)
        try:
            yield
        finally:
            context.metadata.clear()
            context.metadata.update(before)
        # The database remembers until the transaction ends, where other changes may follow.
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('pghistory.context_id', '', true),"
                " set_config('pghistory.context_metadata', '', true)"
            )
