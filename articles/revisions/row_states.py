"""States of rows before and after a change group, read from the history."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.db.models import Q

from articles.models import Deed, events_of
from articles.models.audit import Event


def rows_of(model: type[models.Model], key: str, kind: str) -> set[int]:
    """Return the ids of rows in the change group; the log is far smaller than the history."""
    entries = Deed.objects.filter(act=key, kind=kind, about=model._meta.model_name)
    return {pk for ids in entries.values_list("ids", flat=True) for pk in ids}


def before_act(model: type[models.Model], key: str, kind: str = Deed.Kind.CHANGE) -> dict[int, Event]:
    """Return the event with the former state of each row that the group changed or deleted, by id."""
    events = events_of(model).filter(pgh_obj_id__in=rows_of(model, key, kind), pgh_context__act=key)
    return {event.pgh_obj_id: event for event in events.order_by("-pgh_id")}


def after_act(event: Event, row: models.Model, key: str) -> Event | models.Model:
    """Return the row as the group left it: the row itself unless it has been changed since."""
    later = events_of(type(row)).filter(pgh_obj_id=row.pk, pgh_id__gt=event.pgh_id)
    # A change from the shell has no context: a comparison with NULL would not match it.
    others = Q(pgh_context__isnull=True) | ~Q(pgh_context__has_key="act") | ~Q(pgh_context__act=key)
    return later.filter(others).order_by("pgh_id").first() or row


def given_and_kept(
    event: Event, row: models.Model, key: str, fields: Iterable[str]
) -> tuple[list[str], bool]:
    """Return the columns that the group changed, and whether the row still has all the values it gave."""
    after = after_act(event, row, key)
    given = [name for name in fields if getattr(event, name) != getattr(after, name)]
    return given, all(getattr(row, name) == getattr(after, name) for name in given)
