"""The log of the archive for whoever answers for it: who did what, when, and through which door."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms
from django.apps import apps
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles import exports
from articles.admin.permissions import needs, show
from articles.models import Deed
from articles.revisions.audit_log import SHELL, LogFilter, iter_entries, older_than

PER_PAGE = 100
LINKED = 5
DOORS = {"desk": "the desk", "web": "the public pages", SHELL: "the shell"}
FILES = {
    "csv": ("text/csv", exports.audit_log_csv),
    "jsonl": ("application/x-ndjson", exports.audit_log_jsonl),
}


def tables() -> list[tuple[str, str]]:
    """What a deed can be about, by its name in the log and for people."""
    tracked = [
        (model._meta.model_name or "", str(model._meta.verbose_name))
        for model in apps.get_app_config("articles").get_models()
        if hasattr(model, "pgh_event_model")
    ]
    others = [("importbatch", "import batch"), ("user", "account"), ("group", "group of accounts")]
    return sorted([*tracked, *others], key=lambda one: one[1])


class LogForm(forms.Form):
    who = forms.CharField(label="Who", required=False, max_length=150, help_text="an account, or shell")
    kind = forms.ChoiceField(label="Did what", required=False, choices=[("", "anything"), *Deed.Kind.choices])
    through = forms.ChoiceField(label="Through", required=False, choices=[("", "any door"), *DOORS.items()])
    about = forms.ChoiceField(label="To what", required=False)
    number = forms.IntegerField(
        label="Its number",
        required=False,
        min_value=1,
        max_value=2**63 - 1,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    since = forms.DateField(label="From", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(
        label="To",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="this day included",
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data, label_suffix="")
        self.fields["about"].choices = [("", "anything"), *tables()]
        self.fields["who"].widget.attrs["list"] = "accounts"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("number") and not cleaned.get("about"):
            self.add_error("about", "Say what has this number.")
        if cleaned.get("since") and cleaned.get("until") and cleaned["since"] > cleaned["until"]:
            self.add_error("until", "This day is before the first.")
        return cleaned

    def wanted(self) -> LogFilter:
        given = dict(self.cleaned_data)
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
    """Deeds of one moment that differ in nothing but the rows they are about."""

    deed: Deed
    rows: int
    numbers: list[tuple[int, str]]
    more: int
    about: str
    what: str
    door: str


@require_safe
@needs("view_deed")
def log(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    form = LogForm(request.GET)
    file = request.GET.get("format", "")
    if file and file not in FILES:
        raise Http404
    if not form.is_valid():
        return show(request, "log.html", {"form": form, "accounts": _accounts()}, status=400)
    if file:
        return _file(form.wanted(), file)
    before = _last_seen(request.GET.get("before", ""))
    found = list(older_than(form.wanted().entries(), before)[: PER_PAGE + 1])
    more = len(found) > PER_PAGE
    context = {
        "form": form,
        "accounts": _accounts(),
        "rows": rows_of(found[:PER_PAGE]),
        "before": before,
        "older": found[PER_PAGE - 1].pk if more else None,
    }
    return show(request, "log.html", context)


def _accounts() -> list[str]:
    return [*get_user_model().objects.order_by("username").values_list("username", flat=True)[:500], SHELL]


def _last_seen(number: str) -> Deed | None:
    if not number:
        return None
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        raise Http404
    return get_object_or_404(Deed, pk=number)


def rows_of(deeds: Iterable[Deed]) -> list[Row]:
    names = dict(tables())
    rows = []
    for _, alike in groupby(deeds, lambda one: (one.at, one.who, one.through, one.kind, one.about, one.what)):
        together = list(alike)
        deed = together[0]
        numbers = sorted({pk for one in together for pk in one.ids})
        linked = [(pk, _address(deed.about, pk)) for pk in numbers[:LINKED]]
        more, about = len(numbers) - len(linked), names.get(deed.about, deed.about)
        door = DOORS.get(deed.through or SHELL, deed.through)
        # Of a change the names of its columns; of an act its own words.
        what = deed.what.replace("_", " ") if deed.kind == Deed.Kind.CHANGE else deed.what
        rows.append(Row(deed, len(numbers) or deed.rows, linked, more, about, what, door))
    return rows


def _address(about: str, pk: int) -> str:
    """Where the history of a row stands; nothing for what has no page of its own."""
    listed = {model._meta.model_name for model in admin.site._registry if model._meta.app_label == "articles"}
    return reverse(f"admin:articles_{about}_history", args=[pk]) if about in listed else ""


def _file(wanted: LogFilter, file: str) -> StreamingHttpResponse:
    media_type, chunks = FILES[file]
    response = StreamingHttpResponse(chunks(iter_entries(wanted)))
    response["Content-Type"] = f"{media_type}; charset=utf-8"
    response["Content-Disposition"] = f'attachment; filename="log.{file}"'
    return response
