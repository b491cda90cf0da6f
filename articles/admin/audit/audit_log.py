"""The audit log page: who changed what, when, and through which channel; also as CSV and JSON Lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

import django_filters
from django import forms
from django.apps import apps
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_safe

from articles import exports
from articles.admin.change_names import CHANNELS, channel_label, page_label
from articles.admin.lists import ListFilter, asked_row, render_list, up_to
from articles.admin.permissions import require_perms
from articles.models import AuditEntry
from articles.revisions.audit_log import (
    SHELL,
    LogFilter,
    ValueChange,
    account_names,
    iter_entries,
    older_than,
    values_changed,
)

PER_PAGE = 100
LINKED = 5
CHOICES = [*CHANNELS.items(), (SHELL, gettext_lazy("Command line"))]
FILES = {
    "csv": ("text/csv", exports.audit_log_csv),
    "jsonl": ("application/x-ndjson", exports.audit_log_jsonl),
}


def tables() -> list[tuple[str, str]]:
    """The models that audit entries can refer to, as (name in the log, label)."""
    tracked = [
        (model._meta.model_name or "", str(model._meta.verbose_name))
        for model in apps.get_app_config("articles").get_models()
        if hasattr(model, "pgh_event_model")
    ]
    others = [
        ("importbatch", gettext("import")),
        ("user", gettext("account")),
        ("group", gettext("group of accounts")),
        ("sampledquote", gettext("quote of the random sample")),
        ("judgement", gettext("judgement of a sampled quote")),
    ]
    return sorted([*tracked, *others], key=lambda one: one[1])


class AuditLogForm(forms.Form):
    """What the fields of the filter must be together."""

    def clean(self) -> None:
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("number") and not cleaned.get("about"):
            self.add_error("about", gettext("Choose a type of record for this ID."))
        if cleaned.get("since") and cleaned.get("until") and cleaned["since"] > cleaned["until"]:
            self.add_error("until", gettext("The end date must be on or after the start date."))


class IdFilter(django_filters.Filter):
    field_class = forms.IntegerField


class AuditLogFilter(ListFilter):
    who = django_filters.CharFilter(
        label=gettext_lazy("Who"),
        max_length=150,
        widget=forms.TextInput(attrs={"list": "accounts"}),
        help_text=gettext_lazy("A username, or “shell” for the command line."),
    )
    kind = django_filters.ChoiceFilter(
        label=gettext_lazy("Action"), empty_label=gettext_lazy("Any action"), choices=AuditEntry.Kind.choices
    )
    through = django_filters.ChoiceFilter(
        label=gettext_lazy("Made with"), empty_label=gettext_lazy("Anything"), choices=CHOICES
    )
    about = django_filters.ChoiceFilter(
        label=gettext_lazy("Type of record"), empty_label=gettext_lazy("Any type"), choices=tables
    )
    number = IdFilter(
        label=gettext_lazy("ID"),
        min_value=1,
        max_value=2**63 - 1,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    since = django_filters.DateFilter(
        label=gettext_lazy("From"), widget=forms.DateInput(attrs={"type": "date"})
    )
    until = django_filters.DateFilter(
        label=gettext_lazy("To"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("Includes this day."),
    )

    class Meta(ListFilter.Meta):
        form = AuditLogForm

    def wanted(self) -> LogFilter:
        given = dict(self.form.cleaned_data)
        for name, later in (("since", 0), ("until", 1)):
            if given[name]:
                given[name] = _midnight(given[name], later)
        return LogFilter(**given)


def _midnight(day: dt.date, days_later: int) -> dt.datetime | None:
    try:
        return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days_later), dt.time()))
    except OverflowError:
        return None


@dataclass(frozen=True)
class Row:
    """Audit entries that differ only in the rows they refer to; `numbers` have their URLs.

    Accounts have their names in place of numbers.
    """

    entry: AuditEntry
    rows: int
    numbers: list[tuple[int | str, str]]
    more: int
    about: str
    what: str
    source: str
    changes: list[ValueChange]


@require_safe
@require_perms("view_deed")
def audit_log(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """A page of the filtered log, newest first; with ``?format=``, the whole of it as a file."""
    filters = AuditLogFilter(request)
    file = request.GET.get("format", "")
    if file and file not in FILES:
        raise Http404
    if not filters.is_valid():
        return render_list(filters, "audit_log.html", {"accounts": _accounts()})
    if file:
        return _file(filters.wanted(), file)
    before = asked_row(request, "before", AuditEntry.objects.all())
    found, last = up_to(PER_PAGE, older_than(filters.wanted().entries(), before))
    context = {
        "accounts": _accounts(),
        "rows": rows_of(found),
        "before": before,
        "older": last and last.pk,
    }
    return render_list(filters, "audit_log.html", context)


def _accounts() -> list[str]:
    return [*get_user_model().objects.order_by("username").values_list("username", flat=True)[:500], SHELL]


def rows_of(entries: Iterable[AuditEntry]) -> list[Row]:
    """Group consecutive entries that differ only in their rows."""
    entries, names = list(entries), dict(tables())
    values = values_changed(entries, LINKED)
    accounts = account_names(pk for entry in entries if entry.about == "user" for pk in entry.ids)
    rows = []
    for _, group in groupby(
        entries, lambda one: (one.at, one.who, one.through, one.kind, one.about, one.what)
    ):
        together = list(group)
        entry = together[0]
        numbers = sorted({pk for one in together for pk in one.ids})
        labels: dict[int, str] = accounts if entry.about == "user" else {}
        linked = [(labels.get(pk, pk), _history_url(entry.about, pk)) for pk in numbers[:LINKED]]
        more, about = len(numbers) - len(linked), names.get(entry.about, entry.about)
        source = page_label(entry.page) if entry.page else channel_label(entry.through)
        # A change names its columns; other entries have a summary.
        what = entry.what.replace("_", " ") if entry.kind == AuditEntry.Kind.CHANGE else entry.what
        changes = [change for one in together for change in values.get(one.pk, ())][:LINKED]
        rows.append(Row(entry, len(numbers) or entry.rows, linked, more, about, what, source, changes))
    return rows


def _history_url(about: str, pk: int) -> str:
    """The URL of a row's history page; empty if its model has no ModelAdmin."""
    listed = {model._meta.model_name for model in admin.site._registry if model._meta.app_label == "articles"}
    return reverse(f"admin:articles_{about}_history", args=[pk]) if about in listed else ""


def _file(wanted: LogFilter, file: str) -> StreamingHttpResponse:
    media_type, chunks = FILES[file]
    response = StreamingHttpResponse(chunks(iter_entries(wanted)))
    response["Content-Type"] = f"{media_type}; charset=utf-8"
    response["Content-Disposition"] = f'attachment; filename="log.{file}"'
    return response
