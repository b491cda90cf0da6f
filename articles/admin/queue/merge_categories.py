"""Pages for merging two topics or two sections, with a preview."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods

from articles.admin.permissions import render_page, require_perms
from articles.models import Section, Topic
from articles.revisions.merge_categories import Preview, Unmergeable, merge, preview

TITLES = {
    Topic: (gettext_lazy("Merge topics"), gettext_lazy("Topic to merge"), gettext_lazy("Topic to keep")),
    Section: (
        gettext_lazy("Merge sections"),
        gettext_lazy("Section to merge"),
        gettext_lazy("Section to keep"),
    ),
}


class PairForm(forms.Form):
    """Two topics or sections; `previewed` is None if they cannot be merged, and the form has an error."""

    def __init__(self, model: type[Section] | type[Topic], data: object) -> None:
        super().__init__(data, label_suffix="")  # type: ignore[arg-type]  # a QueryDict or None
        rows = model._default_manager.order_by("name", "pk")
        _, given_up, kept = TITLES[model]
        self.fields["given_up"] = forms.ModelChoiceField(rows, label=given_up)
        self.fields["kept"] = forms.ModelChoiceField(rows, label=kept)
        self.previewed: Preview | None = None

    def clean(self) -> None:
        super().clean()
        if not self.errors:
            try:
                self.previewed = preview(self.cleaned_data["given_up"], self.cleaned_data["kept"])
            except Unmergeable as reason:
                raise forms.ValidationError(str(reason)) from reason


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


def _merge(request: HttpRequest, model: type[Section] | type[Topic]) -> HttpResponse:
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
    context = {"form": form, "previewed": previewed, "title": TITLES[model][0]}
    return render_page(request, "merge_categories.html", context)
