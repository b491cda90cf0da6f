"""Pages for merging two topics or two sections, with a preview."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from articles.admin.permissions import render_page, require_perms
from articles.admin.suggested_input import SuggestedInput
from articles.models import Section, Topic
from articles.models.publication import Category, CategoryQuerySet
from articles.revisions.merge_categories import Preview, Unmergeable, merge, preview

TITLES = {
    Topic: (gettext_lazy("Merge two topics"), gettext_lazy("Topic to merge"), gettext_lazy("Topic to keep")),
    Section: (
        gettext_lazy("Merge two sections"),
        gettext_lazy("Section to merge"),
        gettext_lazy("Section to keep"),
    ),
}


MOST_OFFERED = 20
_NUMBER = re.compile(r"(?:^|\()#(\d{1,18})\)?$")
Categories = type[Section] | type[Topic]


class CategoryField(forms.CharField):
    """Resolves a name or #number to one topic or section; otherwise `offered` has those that match."""

    widget = SuggestedInput

    def __init__(self, model: Categories, label: str) -> None:
        super().__init__(label=label, max_length=500, help_text=gettext_lazy("A name, or an ID such as #12."))
        self.rows: CategoryQuerySet = model.objects.order_by("name", "pk")
        self.offered: list[Category] = []

    def clean(self, value: object) -> Category:
        words = super().clean(value).strip()
        found = self._named(words)
        if len(found) == 1:
            return found[0]
        several = bool(found)
        found = found or list(self.rows.containing(words)[: MOST_OFFERED + 1])
        if not found:
            raise forms.ValidationError(gettext("We have nothing with this name."))
        self.offered = found[:MOST_OFFERED]
        if several:
            raise forms.ValidationError(gettext("Several have this name. Choose one."))
        if len(found) > MOST_OFFERED:
            raise forms.ValidationError(
                gettext("Many names match. The first are below: choose one, or enter more of the name.")
            )
        raise forms.ValidationError(gettext("Nothing has exactly this name. Did you mean one of these?"))

    def _named(self, words: str) -> list[Category]:
        if numbered := _NUMBER.search(words):
            name = words[: numbered.start()].strip().casefold()
            found = self.rows.called([name]) if name else self.rows
            return list(found.filter(pk=int(numbered[1])))
        named = list(self.rows.called([words.casefold()])[: MOST_OFFERED + 1])
        own = [one for one in named if one.name.casefold() == words.casefold()]
        return own or named


class PairForm(forms.Form):
    """Two topics or sections; `previewed` is None if they cannot be merged, and the form has an error."""

    def __init__(self, model: Categories, data: object) -> None:
        super().__init__(data, label_suffix="")  # type: ignore[arg-type]  # a QueryDict or None
        _, given_up, kept = TITLES[model]
        self.fields["given_up"] = CategoryField(model, str(given_up))
        self.fields["kept"] = CategoryField(model, str(kept))
        self.previewed: Preview | None = None

    def clean(self) -> None:
        super().clean()
        if not self.errors:
            try:
                self.previewed = preview(self.cleaned_data["given_up"], self.cleaned_data["kept"])
            except Unmergeable as reason:
                raise forms.ValidationError(str(reason)) from reason


def labels_of(found: Iterable[Category]) -> list[dict[str, str]]:
    """For the suggestions: each name, with its number if another has the name too, and its aliases."""
    found = list(found)
    names = Counter(one.name.casefold() for one in found)
    return [
        {
            "value": one.name if names[one.name.casefold()] == 1 else f"{one.name} (#{one.pk})",
            "about": ", ".join(one.aliases),
        }
        for one in found
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@require_perms("change_article", "change_topic", "add_articletopic", "delete_articletopic")
def merge_topics(request: HttpRequest) -> HttpResponse:
    """Preview a merge of two topics; POST carries it out."""
    return _merge(request, Topic)


@require_http_methods(["GET", "HEAD", "POST"])
@require_perms("change_article", "change_section", "delete_section")
def merge_sections(request: HttpRequest) -> HttpResponse:
    """Preview a merge of two sections; POST carries it out."""
    return _merge(request, Section)


@require_safe
@require_perms("change_topic")
def suggest_topics(request: HttpRequest) -> JsonResponse:
    """Autocomplete: topics whose names contain the words, as JSON."""
    return _suggest(request, Topic)


@require_safe
@require_perms("change_section")
def suggest_sections(request: HttpRequest) -> JsonResponse:
    """Autocomplete: sections whose names contain the words, as JSON."""
    return _suggest(request, Section)


def _suggest(request: HttpRequest, model: Categories) -> JsonResponse:
    words = request.GET.get("q", "").replace("\0", "")[:200]
    rows: CategoryQuerySet = model.objects.order_by("name", "pk")
    found = labels_of(rows.containing(words)[:MOST_OFFERED]) if len(words.strip()) >= 2 else []
    return JsonResponse({"categories": found})


def _merge(request: HttpRequest, model: Categories) -> HttpResponse:
    given = request.POST if request.method == "POST" else request.GET
    form = PairForm(model, given if "kept" in given else None)
    if given.get("given_up") and not form.is_bound:
        form.initial["given_up"] = given["given_up"]
    previewed = form.previewed if form.is_bound and form.is_valid() else None
    if request.method == "POST" and previewed:
        try:
            merge(previewed.given_up, previewed.kept)
        except Unmergeable as reason:
            form.add_error(None, str(reason))
            previewed = None
        else:
            names = {"gone": previewed.given_up, "kept": previewed.kept}
            messages.success(request, gettext("Merged %(gone)s into %(kept)s.") % names)
            return redirect("admin:undo")
    suggestions = reverse("admin:suggest-topics" if model is Topic else "admin:suggest-sections")
    context = {"form": form, "previewed": previewed, "title": TITLES[model][0], "suggestions": suggestions}
    return render_page(request, "merge_categories.html", context)
