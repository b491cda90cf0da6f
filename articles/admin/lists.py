"""Lists of the editors' pages: their filters, tabs and pages, read from the query string.

The rows of a list are of any model, or plain objects: hence the types `Any`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy

from articles.admin.permissions import render_page
from articles.models import Article
from articles.paging import numbered_page

NO_SUCH_TAB = gettext_lazy("There is no such list. Choose one of these.")


@dataclass(frozen=True)
class Tab:
    """A link above a list, to a part of the list or to another page."""

    label: str
    url: str
    chosen: bool = False
    number: int | None = None


class SearchFilter(django_filters.CharFilter):
    """The search box above a list."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=200, widget=forms.SearchInput, **kwargs)


class TabFilter(django_filters.ChoiceFilter):
    """The chosen tab; the form that filters the list repeats it."""

    def __init__(self, **kwargs: Any) -> None:
        errors = {"invalid_choice": NO_SUCH_TAB}
        super().__init__(widget=forms.HiddenInput, error_messages=errors, **kwargs)


class ListFilter(django_filters.FilterSet):
    """The parameters of a list. If one is wrong, its field has a message and the list has no rows."""

    class Meta:
        model = Article
        fields: list[str] = []

    def __init__(self, request: HttpRequest, rows: QuerySet[Any, Any] | None = None) -> None:
        super().__init__(request.GET, Article.objects.none() if rows is None else rows, request=request)
        # A page may have a second form with fields of the same name.
        self.form.auto_id = "%s"

    def filter_queryset(self, queryset: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        return super().filter_queryset(queryset) if self.is_valid() else queryset.none()

    def value(self, name: str) -> Any:
        """The value of a parameter; empty if it is missing or wrong."""
        return self.form.cleaned_data.get(name) or "" if self.is_valid() else ""

    def page(self, rows: QuerySet[Any, Any] | Sequence[Any], size: int) -> Page:
        """The page of the rows that the query string asks for; 404 if there is no such page."""
        if not self.is_valid():
            return numbered_page((), None, size)
        return numbered_page(rows, self.data.get("page"), size)

    def tabs(
        self,
        name: str,
        tabs: Iterable[tuple[str, Any, int | None]],
        default: str = "",
        chosen: str | None = None,
    ) -> list[Tab]:
        """Links that change one parameter and keep the others, from (value, label, number).

        ``chosen``: the tab to mark, if it is another one than the parameter names.
        """
        chosen = self.value(name) or default if chosen is None else chosen
        return [
            Tab(str(label), self._url(name, value), self.is_valid() and value == chosen, number)
            for value, label, number in tabs
        ]

    def tabs_counting(self, name: str, found: Iterable[str]) -> list[Tab]:
        """“All”, and a tab for each choice that was found, each with its number; none if none was."""
        counts = Counter(found)
        choices = self.filters[name].extra["choices"]
        counted = [(value, capfirst(label), counts[value]) for value, label in choices if counts[value]]
        return self.tabs(name, [("", gettext("All"), counts.total()), *counted]) if counted else []

    def _url(self, name: str, value: str) -> str:
        query = self.data.copy()
        query.pop("page", None)
        query.pop(name, None)
        if value:
            query[name] = value
        return f"?{query.urlencode()}"


def render_list(filters: ListFilter, template: str, context: dict[str, Any]) -> HttpResponse:
    """Render a list; the status is 400 if a parameter is wrong."""
    status = 200 if filters.is_valid() else 400
    return render_page(filters.request, template, {"filters": filters.form, **context}, status=status)


def row_of(rows: QuerySet[Any], key: str | None) -> Any:
    """The row whose key a link or button sent; 404 if the rows have none with this key."""
    try:
        return forms.ModelChoiceField(rows).clean(key)
    except ValidationError as error:
        raise Http404 from error


def asked_row(request: HttpRequest, name: str, rows: QuerySet[Any]) -> Any:
    """The row that a parameter of the query string names; None without this parameter."""
    key = request.GET.get(name)
    return row_of(rows, key) if key else None


def up_to(size: int, rows: QuerySet[Any, Any] | Sequence[Any]) -> tuple[list[Any], Any]:
    """The first rows, and the last of them if more follow."""
    found = list(rows[: size + 1])
    return found[:size], found[size - 1] if len(found) > size else None
