"""Change lists and forms that answer invalid values with a message instead of an error.

Django lets the query string filter a list by any lookup of its table, and does not validate keys.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib import messages
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.filters import AllValuesFieldListFilter
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import BaseModelAdmin, IncorrectLookupParameters, ModelAdmin
from django.contrib.admin.views.main import ERROR_FLAG, ChangeList
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db import DataError, transaction
from django.db.models import Field, ForeignKey
from django.forms import ModelChoiceField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

# Suffixes that list filters append to the name of their field in the query string.
LOOKUPS = {"", *("exact", "in", "isnull", "isempty", "gt", "gte", "lt", "lte")}
DATE_PARTS = ("year", "month", "day")


def is_key(field: Field, value: str) -> bool:
    """Whether the column can hold this value, for example a number in its range."""
    try:
        field.clean(value, None)
    except ValidationError:
        return False
    return True


class KnownKeys(AutocompleteSelect):
    """An autocomplete widget that ignores invalid keys when the form is shown again."""

    def optgroups(
        self, name: str, value: Sequence[str], attrs: dict[str, object] | None = None
    ) -> list[Any]:  # groups of options, as of Django
        key = self.field.remote_field.model._meta.pk
        return super().optgroups(name, [one for one in value if is_key(key, one)], attrs)


class KeyedForm(BaseModelAdmin):
    """A ModelAdmin or inline whose autocomplete fields accept invalid keys without an error page."""

    def formfield_for_foreignkey(
        self,
        db_field: ForeignKey,
        request: HttpRequest,
        **kwargs: Any,  # of the form field
    ) -> ModelChoiceField | None:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", KnownKeys(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class ValuesFilter(AllValuesFieldListFilter):
    """A filter by the values of a column, which also gives the empty value a name."""

    def choices(self, changelist: ChangeList) -> Iterator[Any]:  # as of Django
        for choice in super().choices(changelist):
            yield {**choice, "display": choice["display"] or gettext("(empty)")}


class FilteredList(ModelAdmin):
    """A change list that can be filtered only by the filters it shows."""

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        field, _, rest = self._split(lookup)
        if field and field == self.date_hierarchy and rest in (*DATE_PARTS, *LOOKUPS):
            return True
        related = self.model._meta.pk.name if field else ""
        return field in self._filters() and rest.removeprefix(f"{related}__") in LOOKUPS | {related}

    def _filters(self) -> set[str]:
        found: set[str] = set()
        for one in self.list_filter:
            named = one[0] if isinstance(one, (list, tuple)) else one
            found.add(str(getattr(named, "parameter_name", named)))
        return found

    def _split(self, lookup: str) -> tuple[str, str, str]:
        return lookup.partition("__")

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        self._check_date_hierarchy(request)
        try:
            with transaction.atomic():
                return super().get_changelist_instance(request)
        except (DataError, ValueError, OverflowError) as error:
            raise IncorrectLookupParameters(error) from error

    def _check_date_hierarchy(self, request: HttpRequest) -> None:
        """Django makes a date of these parameters for its heading without validating them."""
        parts = (request.GET.get(f"{self.date_hierarchy}__{part}") for part in DATE_PARTS)
        try:
            dt.date(*(int(given or first) for given, first in zip(parts, (2000, 1, 1), strict=True)))
        except (ValueError, OverflowError) as error:
            raise IncorrectLookupParameters(error) from error

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
        if not all(is_key(self.model._meta.pk, one) for one in chosen):
            self.message_user(request, gettext("The selection contains invalid records."), messages.ERROR)
            return redirect(request.get_full_path())
        if ERROR_FLAG in request.GET:
            self.message_user(
                request, gettext("We ignored an unknown filter and show all records."), messages.WARNING
            )
        try:
            return super().changelist_view(request, extra_context)
        except DisallowedModelAdminLookup:
            return redirect(f"{request.path}?{ERROR_FLAG}=1")
