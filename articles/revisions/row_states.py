"""Former states of rows: as they stood before an act, and as the act left them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q

from articles.models import Deed


def events_of(model: type[models.Model]) -> models.QuerySet[Any]:
    return model.pgh_event_model.objects.order_by()  # type: ignore[attr-defined]  # put there by pghistory


def rows_of(model: type[models.Model], key: str, kind: str) -> set[int]:
    """The rows that the log names for an act: no history of a million changes is read for an act of two."""
    deeds = Deed.objects.filter(act=key, kind=kind, about=model._meta.model_name)
    return {pk for ids in deeds.values_list("ids", flat=True) for pk in ids}


def before_act(model: type[models.Model], key: str, kind: str = Deed.Kind.CHANGE) -> dict[int, Any]:
    """Each row that the act changed, or deleted, as it stood before."""
    events = events_of(model).filter(pgh_obj_id__in=rows_of(model, key, kind), pgh_context__act=key)
    return {event.pgh_obj_id: event for event in events.order_by("-pgh_id")}


def after_act(event: Any, row: models.Model, key: str) -> Any:
    """The same row as the act left it: as it is, unless something else has changed it since."""
    later = events_of(type(row)).filter(pgh_obj_id=row.pk, pgh_id__gt=event.pgh_id)
    # A change from the shell has no context at all, which no comparison would find.
    others = Q(pgh_context__isnull=True) | ~Q(pgh_context__has_key="act") | ~Q(pgh_context__act=key)
    return later.filter(others).order_by("pgh_id").first() or row


def given_and_kept(event: Any, row: models.Model, key: str, fields: Iterable[str]) -> tuple[list[str], bool]:
    """What the act gave the row among these columns, and whether the row still has all of it."""
    after = after_act(event, row, key)
    given = [name for name in fields if getattr(event, name) != getattr(after, name)]
    return given, all(getattr(row, name) == getattr(after, name) for name in given)
