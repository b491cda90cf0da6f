"""Asks before a record is saved whose change readers will see."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from django import forms
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.text import Truncator
from django.utils.translation import gettext

from articles.admin.confirmation import all_fields, ask, is_confirmed


class Shown(NamedTuple):
    """How many public articles or quotes show a record, and a sentence that says so."""

    number: int = 0
    sentence: str = ""


class NotConfirmed(Exception):
    """Readers see the change, and nobody has confirmed it: the transaction is rolled back."""

    def __init__(self, page: HttpResponse) -> None:
        super().__init__()
        self.page = page


class VisibleChangeForm(forms.ModelForm):
    """A form that is shown again, with what was typed, after “Back to the form” on the page that asks."""

    # What readers saw of the record before it was saved.
    shown_before: Shown

    def is_valid(self) -> bool:
        return super().is_valid() and "back" not in self.data


class AskBeforeVisibleChange(admin.ModelAdmin):
    """A ModelAdmin that saves what readers see only after the editor has confirmed it."""

    def shown_to_readers(self, pk: int) -> Shown:
        """What readers see of the record now. The default is for records that they never see."""
        return Shown()

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except NotConfirmed as asked:
            return asked.page

    def save_form(self, request: HttpRequest, form: VisibleChangeForm, change: bool) -> models.Model:
        form.shown_before = self.shown_to_readers(form.instance.pk) if change else Shown()
        return super().save_form(request, form, change)

    def save_related(
        self,
        request: HttpRequest,
        form: VisibleChangeForm,
        formsets: Sequence[forms.BaseModelFormSet],
        change: bool,
    ) -> None:
        """Save the related rows too. Readers may have seen the record before, or may only see it now."""
        super().save_related(request, form, formsets, change)
        row = form.instance
        shown = max(form.shown_before, self.shown_to_readers(row.pk))
        is_changed = form.has_changed() or any(formset.has_changed() for formset in formsets)
        # One record is confirmed: how many articles show it may change every second.
        if is_changed and shown.number and not is_confirmed(request, 1):
            changes = self.construct_change_message(request, form, formsets, not change)  # type: ignore[arg-type]  # also takes a ModelForm
            effects = [shown.sentence, LogEntry(change_message=json.dumps(changes)).get_change_message()]
            raise NotConfirmed(self._ask(request, row, effects))

    def _ask(self, request: HttpRequest, row: models.Model, effects: list[str]) -> HttpResponse:
        name = {"type": row._meta.verbose_name, "name": Truncator(str(row)).chars(80)}
        return ask(
            request,
            title=gettext("Save %(type)s “%(name)s”?") % name,
            effects=[*effects, gettext("Undo restores what readers see now.")],
            button=gettext("Save"),
            number=1,
            sent=all_fields(request),
            back=gettext("Back to the form"),
        )
