"""History by trigger: the row as it was before each change, whatever door the change came through.

An insert needs no event, since the row itself is there to read; when it came says `time_of_insertion`
where nothing else does. Who changed it and through which
door stands in the event's own context column, so that the tables are only ever appended to.
"""

from typing import TypeVar

import pghistory
from django.contrib.postgres.functions import TransactionNow
from django.db import models

Tracked = TypeVar("Tracked", bound=type[models.Model])


def keeps_history(model: Tracked) -> Tracked:
    """Keep every former state of the rows of this model in an event table of its own."""
    # New tracker objects for every model: pghistory notes the model's columns in them.
    trackers = (pghistory.UpdateEvent(row="OLD"), pghistory.DeleteEvent(row="OLD"))
    return pghistory.track(*trackers, append_only=True)(model)


def time_of_insertion() -> models.DateTimeField:
    """When the row came, kept by the database; null for rows from before this was kept."""
    return models.DateTimeField(null=True, editable=False, db_default=TransactionNow())
