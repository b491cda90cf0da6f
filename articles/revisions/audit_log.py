"""Read the audit log: filter by user, channel, kind, model, row and time; newest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.apps import apps
from django.contrib.auth.models import User
from django.db.models import Field, ForeignKey, Model, Q, QuerySet
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext, gettext_lazy

from articles.models import AuditEntry, events_of
from articles.models.audit import Event

CHUNK_SIZE = 2_000
# The filter value for entries without a user or channel, which come from the shell.
SHELL = "shell"
# The end of the entry of a deleted account, after its username.
DELETED = ": deleted"


@dataclass(frozen=True)
class LogFilter:
    """Filters of the audit log: `about` is a model name, `number` the id of a row, `until` is exclusive."""

    who: str = ""
    through: str = ""
    kind: str = ""
    about: str = ""
    number: int | None = None
    since: dt.datetime | None = None
    until: dt.datetime | None = None

    def entries(self) -> QuerySet[AuditEntry]:
        """Return the matching entries, newest first."""
        asked = {
            "who": self.who and ("" if self.who == SHELL else self.who),
            "through": self.through and ("" if self.through == SHELL else self.through),
            "kind": self.kind,
            "about": self.about,
        }
        given = {name: value for name, value in asked.items() if getattr(self, name)}
        found = AuditEntry.objects.filter(**given).order_by("-at", "-pk")
        if self.number is not None:
            found = found.filter(ids__contains=[self.number])
        if self.since:
            found = found.filter(at__gte=self.since)
        return found.filter(at__lt=self.until) if self.until else found


def older_than(entries: QuerySet[AuditEntry], last: AuditEntry | None) -> QuerySet[AuditEntry]:
    """Return the entries older than `last`; all if it is None."""
    if last is None:
        return entries
    return entries.filter(at__lte=last.at).filter(Q(at__lt=last.at) | Q(pk__lt=last.pk))


def iter_entries(wanted: LogFilter) -> Iterator[AuditEntry]:
    """Yield all matching entries in chunks; the log is append-only, so no snapshot is needed."""
    entries, last = wanted.entries(), None
    while chunk := list(older_than(entries, last)[:CHUNK_SIZE]):
        yield from chunk
        last = chunk[-1]


def account_names(ids: Iterable[int]) -> dict[int, str]:
    """The usernames of these accounts; of deleted ones as the log has them, or only that they are deleted."""
    wanted = set(ids)
    found = dict(User.objects.filter(pk__in=wanted).values_list("pk", "username")) if wanted else {}
    if gone := wanted - set(found):
        found |= dict.fromkeys(gone, gettext("(deleted)"))
        logged = AuditEntry.objects.filter(
            kind=AuditEntry.Kind.ACCOUNT, about="user", ids__overlap=list(gone), what__endswith=DELETED
        )
        for numbers, what in logged.values_list("ids", "what"):
            name = gettext("%(name)s (deleted)") % {"name": what.removesuffix(DELETED)}
            found |= {pk: name for pk in numbers if pk in gone}
    return found


LONGEST_VALUE = 80
# Too long for a list; the versions of an article show them.
LEFT_OUT = {"body", "extra"}
# A hash says that its text has changed.
HASHES = {"body_hash": gettext_lazy("text")}


@dataclass(frozen=True)
class ValueChange:
    """A column of a row before and after a change."""

    number: int
    column: str
    before: str
    after: str


def values_changed(entries: Iterable[AuditEntry], most: int) -> dict[int, list[ValueChange]]:
    """Return the values that each change replaced, of its first `most` rows, by the id of the entry."""
    found: dict[int, list[ValueChange]] = {}
    by_model: dict[str, list[AuditEntry]] = {}
    for entry in entries:
        if entry.kind == AuditEntry.Kind.CHANGE:
            by_model.setdefault(entry.about, []).append(entry)
    models = {model._meta.model_name: model for model in apps.get_app_config("articles").get_models()}
    for about, changes in by_model.items():
        if hasattr(models.get(about), "pgh_event_model"):
            found |= _values_of(models[about], changes, most)
    return found


def _values_of(model: type[Model], entries: list[AuditEntry], most: int) -> dict[int, list[ValueChange]]:
    ids = {pk for entry in entries for pk in entry.ids[:most]}
    left_out = LEFT_OUT & {field.name for field in model._meta.concrete_fields}
    events = events_of(model).filter(pgh_obj_id__in=ids, pgh_created_at__gte=min(one.at for one in entries))
    history: dict[int, list[Event]] = {}
    for event in events.defer(*left_out).order_by("pgh_id"):
        history.setdefault(event.pgh_obj_id, []).append(event)
    rows = model._base_manager.defer(*left_out).in_bulk(ids)
    found: dict[int, list[tuple[int, Field, object, object]]] = {}
    for entry in entries:
        wanted = set(entry.what.split(", ")) - LEFT_OUT
        found[entry.pk] = [
            (pk, field, before, after)
            for pk in entry.ids[:most]
            for one, other in _states(history.get(pk, []), rows.get(pk), entry)
            for field in model._meta.concrete_fields
            if field.name in wanted
            for before, after in [(getattr(one, field.attname), getattr(other, field.attname))]
            if before != after
        ]
    names = _names_of_related(change for changes in found.values() for change in changes)
    return {
        entry: [
            ValueChange(pk, _label(field), _shown(field, before, names), _shown(field, after, names))
            for pk, field, before, after in changes
        ]
        for entry, changes in found.items()
    }


def _names_of_related(
    changes: Iterable[tuple[int, Field, object, object]],
) -> dict[tuple[type[Model], object], str]:
    """The names of the records that foreign keys refer to, with one query for each model."""
    ids: dict[type[Model], set[object]] = {}
    for _, field, before, after in changes:
        if isinstance(field, ForeignKey):
            ids.setdefault(field.remote_field.model, set()).update({before, after} - {None})
    return {
        (model, pk): str(row)
        for model, wanted in ids.items()
        for pk, row in model._base_manager.in_bulk(wanted).items()
    }


def _states(
    events: list[Event], row: Model | None, entry: AuditEntry
) -> Iterator[tuple[Event, Event | Model]]:
    """Yield the state before the transaction of the entry and the state after it; nothing if unknown."""
    first = next((event for event in events if event.pgh_created_at == entry.at), None)
    after = next((event for event in events if event.pgh_created_at > entry.at), row)
    if first is not None and after is not None:
        yield first, after


def _label(field: Field) -> str:
    """The name of a column; for the hash of a text, that of the text, which is too long to be shown here."""
    return str(HASHES.get(field.name, field.verbose_name))


def _shown(field: Field, value: object, names: Mapping[tuple[type[Model], object], str]) -> str:
    if value is None or field.name in HASHES:
        return ""
    if isinstance(value, dt.datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M:%S}"
    if isinstance(field, ForeignKey):
        gone = gettext("a deleted account") if field.remote_field.model is User else f"ID {value}"
        return names.get((field.remote_field.model, value), gone)
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    choices: dict[object, object] = dict(field.flatchoices)
    shown = choices.get(value, value) if isinstance(value, str) else value
    return Truncator(str(shown)).chars(LONGEST_VALUE)
