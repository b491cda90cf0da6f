"""States of rows before and after a change group, read from the history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import models
from django.db.models import Q

from articles.models import AuditEntry, events_of
from articles.models.audit import Event


def rows_of(model: type[models.Model], key: str, kind: str) -> set[int]:
    """Return the ids of rows in the change group; the log is far smaller than the history."""
    entries = AuditEntry.objects.filter(act=key, kind=kind, about=model._meta.model_name)
    return {pk for ids in entries.values_list("ids", flat=True) for pk in ids}


def before_act(
    model: type[models.Model], key: str, kind: str = AuditEntry.Kind.CHANGE, columns: Iterable[str] = ()
) -> dict[int, Event]:
    """Return the event with the former state of each row that the group changed or deleted, by id.

    ``columns``: all that the caller reads.
    """
    events = events_of(model).filter(pgh_obj_id__in=rows_of(model, key, kind), pgh_context__act=key)
    if columns:
        events = events.only("pgh_id", "pgh_obj_id", *columns)
    return {event.pgh_obj_id: event for event in events.order_by("-pgh_id")}


def changed_since(
    model: type[models.Model], key: str, events: Mapping[int, Event], columns: Iterable[str] = ()
) -> dict[int, Event]:
    """Return the state as the group left it, of rows that have been changed since, by id.

    A row that is not among them still is as the group left it. ``columns``: all that the caller reads.
    """
    # A change from the shell has no context: a comparison with NULL would not match it.
    others = Q(pgh_context__isnull=True) | ~Q(pgh_context__has_key="act") | ~Q(pgh_context__act=key)
    later = events_of(model).filter(others, pgh_obj_id__in=events).order_by("pgh_id")
    found: dict[int, Event] = {}
    for state in later.only("pgh_id", "pgh_obj_id", *columns) if columns else later:
        if state.pgh_id > events[state.pgh_obj_id].pgh_id:
            found.setdefault(state.pgh_obj_id, state)
    return found


def given_and_kept(
    event: Event, row: models.Model, after: Event | models.Model, fields: Iterable[str]
) -> tuple[list[str], bool]:
    """Return the columns that the group changed, and whether the row still has all the values it gave."""
    given = [name for name in fields if getattr(event, name) != getattr(after, name)]
    return given, all(getattr(row, name) == getattr(after, name) for name in given)
