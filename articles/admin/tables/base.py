"""Base classes of the ModelAdmins: optimistic locking, no deletion, a history page."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext

from articles.admin.change_names import source_of
from articles.admin.confirmation import report_skipped
from articles.admin.tables.filtered_list import FilteredList, KeyedForm
from articles.admin.tables.visible_changes import AskBeforeVisibleChange, VisibleChangeForm
from articles.admin.three_way_merge import read_signed
from articles.models import events_of
from articles.presenters.differences import Word, brief_changes

if TYPE_CHECKING:
    from django.contrib.admin.options import _FieldsetSpec

# Columns that change with every save.
BOOKKEEPING = {"modified_at", "version"}


def row_digest(row: models.Model) -> str:
    """A hash of all columns of a row but the bookkeeping ones."""
    columns = [field.attname for field in row._meta.concrete_fields if field.name not in BOOKKEEPING]
    stored = json.dumps([getattr(row, name) for name in columns], cls=DjangoJSONEncoder)
    return hashlib.sha256(stored.encode()).hexdigest()[:32]


class OptimisticLockForm(VisibleChangeForm):
    """A ModelForm with a three-way merge instead of lost updates.

    A field that this editor did not change keeps the value stored now. The form is invalid if both
    editors changed the same field, or if a related row has changed.
    """

    relations: tuple[str, ...] = ()
    data: QueryDict
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # of ModelForm
        super().__init__(*args, **kwargs)
        # Labels of fields that only somebody else changed.
        self.theirs: list[str] = []
        # Computed before validation writes the posted values into the instance.
        self.stored = self._stored() if self.instance.pk else {}
        self.initial["seen"] = json.dumps(self.stored)

    @cached_property
    def changed_data(self) -> list[str]:
        """The fields that this editor changed: the hashes of what they saw are none."""
        return [name for name in super().changed_data if name != "seen"]

    def _stored(self) -> dict[str, str]:
        """A hash of each field as shown; the hash of the related rows has the key ""."""
        rows = [list(getattr(self.instance, name).order_by("pk").values()) for name in self.relations]
        shown = {
            name: self.get_initial_for_field(field, name)
            for name, field in self.fields.items()
            if name != "seen"
        }
        return {"": _sign(rows), **{name: _sign(value) for name, value in shown.items()}}

    def clean(self) -> None:
        super().clean()
        if self.instance.pk:
            seen = read_signed(self.cleaned_data.get("seen", ""))
            both = self._merge(seen) if seen is not None else list(self.fields)
            if both or seen is None or seen.get("") != self.stored[""]:
                self._refuse(both, seen or {})

    def _update_errors(self, errors: ValidationError) -> None:
        """Move the error of a database constraint to the field that its code names."""
        super()._update_errors(errors)  # type: ignore[misc]  # private to Django
        found = self.errors.get(NON_FIELD_ERRORS)
        if found is None:
            return
        for error in list(found.as_data()):
            if error.code in self.fields:
                found.data.remove(error)
                self.add_error(error.code, error)
        if not found:
            del self.errors[NON_FIELD_ERRORS]

    def _merge(self, seen: Mapping[str, str]) -> list[str]:
        """Restore the stored value of unchanged fields; return the fields that both changed."""
        cleaned, both, untouched = self.cleaned_data, [], set()
        for name in self.fields.keys() & cleaned.keys() - {"seen"}:
            mine, shown, now = _sign(cleaned[name]), seen.get(name), self.stored[name]
            if shown == now:
                continue
            if mine == shown:
                cleaned[name] = getattr(self.instance, name)
                untouched.add(name)
            elif mine != now:
                both.append(name)
        self.theirs = [str(self.fields[name].label or name) for name in self.fields if name in untouched]
        self.__dict__["changed_data"] = [name for name in self.changed_data if name not in untouched]
        return both

    def _refuse(self, both: list[str], seen: Mapping[str, str]) -> None:
        """Raise ValidationError; a second submission overwrites the fields in conflict."""
        self.data = self.data.copy()
        now = {name: sign for name, sign in self.stored.items() if name in both or name not in seen}
        self.data[self.add_prefix("seen")] = json.dumps({**seen, **now, "": self.stored[""]})
        raise forms.ValidationError(
            gettext(
                "Another editor has saved this record. %(difference)s"
                " Your changes are still in the fields: save again to store them."
            ),
            params={"difference": self._difference(both)},
        )

    def _difference(self, both: list[str]) -> str:
        now = [
            f"{self.fields[name].label or name}: “{self.initial.get(name) or ''}”"
            for name in self.changed_data
            if name in both and name != "seen"
        ]
        said = []
        if now:
            said.append(gettext("You both changed: %(values)s.") % {"values": "; ".join(now)})
        if self.theirs:
            kept = gettext("We kept the other editor’s changes to: %(fields)s.")
            said.append(kept % {"fields": ", ".join(self.theirs)})
        return " ".join(said)


def _sign(value: object) -> str:
    """A hash that is equal for a stored value and for the cleaned value of an unchanged field."""
    if isinstance(value, models.Model):
        value = value.pk
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        value = value.astimezone(dt.UTC)
    if isinstance(value, str):
        value = value.replace("\r\n", "\n").strip()
    stored = json.dumps("" if value is None else value, cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(stored.encode()).hexdigest()[:12]


def is_of_one_row(request: HttpRequest) -> bool:
    """Whether the page is of one row, not of the list."""
    return request.resolver_match is not None and "object_id" in request.resolver_match.kwargs


class AuditedModelAdmin(FilteredList, KeyedForm, AskBeforeVisibleChange):
    """Base of all ModelAdmins. Nothing can be deleted, because published records never are."""

    form: type[forms.ModelForm] = OptimisticLockForm
    list_per_page = 50
    show_full_result_count = False
    object_history_template = "admin/archive_history.html"

    def get_fieldsets(self, request: HttpRequest, obj: models.Model | None = None) -> _FieldsetSpec:
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or not self.has_change_permission(request, obj):
            return [
                (name, {**options, "fields": [field for field in options["fields"] if field != "seen"]})
                for name, options in fieldsets
            ]
        (name, options), *rest = fieldsets
        fields = [field for field in options["fields"] if field != "seen"]
        return [(name, {**options, "fields": [*fields, "seen"]}), *rest]

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> models.Model | None:
        row = super().get_object(request, object_id, from_field)
        if row is None or request.method != "POST" or not transaction.get_connection().in_atomic_block:
            return row
        # Locked until the save, so that concurrent saves are compared one after the other.
        return self.model._default_manager.select_for_update(of=("self",)).get(pk=row.pk)

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def save_related(
        self,
        request: HttpRequest,
        form: VisibleChangeForm,
        formsets: Sequence[forms.BaseModelFormSet],
        change: bool,
    ) -> None:
        super().save_related(request, form, formsets, change)
        if theirs := getattr(form, "theirs", []):
            self.message_user(
                request,
                gettext("Another editor has saved this record. We kept their changes to: %(fields)s.")
                % {"fields": ", ".join(theirs)},
                messages.WARNING,
            )

    def history_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        row = self.get_object(request, object_id)
        events = changes_of(row) if row is not None and hasattr(row, "events") else []
        return super().history_view(request, object_id, {**(extra_context or {}), "changes": events})

    def report_action(self, request: HttpRequest, done: str, left: list[str]) -> None:
        """Add messages for a bulk action: what was done, and why each skipped row was left."""
        self.message_user(request, done, messages.SUCCESS)
        report_skipped(request, left)


@dataclass(frozen=True)
class RowChange:
    """A change of a row: who, when, where it came from, and each column changed, before and after."""

    who: str
    when: dt.datetime
    source: str
    fields: list[tuple[str, list[Word]]]


def changes_of(row: models.Model) -> list[RowChange]:
    """The last 200 changes of a row, newest first."""
    former = events_of(type(row)).filter(pgh_obj=row.pk).order_by("-pgh_created_at", "-pgh_id")
    events = list(former[:200])
    users = {user for event in events if (user := (event.pgh_context or {}).get("user")) is not None}
    names: Mapping[object, str] = {user.pk: user.get_username() for user in User.objects.filter(pk__in=users)}
    return [
        RowChange(
            names.get((event.pgh_context or {}).get("user"), ""),
            event.pgh_created_at,
            source_of(event.pgh_context or {}),
            _differences(event, after),
        )
        for event, after in zip(events, [row, *events], strict=False)
    ]


def _differences(before: models.Model, after: models.Model) -> list[tuple[str, list[Word]]]:
    # Columns of the history itself, and what only follows from other columns, say nothing to an editor.
    left_out = {*BOOKKEEPING, "id", "body_hash"}
    columns = [
        f for f in after._meta.concrete_fields if f.name not in left_out and not f.name.startswith("pgh_")
    ]
    return [
        (
            str(f.verbose_name),
            brief_changes(_text(getattr(before, f.attname)), _text(getattr(after, f.attname))),
        )
        for f in columns
        if getattr(before, f.attname) != getattr(after, f.attname)
    ]


def _text(value: object) -> str:
    return "" if value is None else str(value)
