"""The page of a publication's profile: how its articles are printed, and what corrections suggest."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from articles.admin.permissions import has_perms, render_page, require_perms
from articles.admin.tables.base import OptimisticLockForm, changes_of
from articles.ingest.learned import suggestions, use
from articles.models import Publication, PublicationProfile
from articles.models.audit import change_group
from articles.parsing.house_style import NAME

MOST_CHANGES = 20


class LinesField(forms.CharField):
    """A list of texts, one on each line."""

    widget = forms.Textarea

    def __init__(self, *, longest: int, **kwargs: Any) -> None:  # of the form field
        super().__init__(**kwargs)
        self.longest = longest

    def prepare_value(self, value: Any) -> Any:  # a list, or what was typed
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        lines = (" ".join(line.split()) for line in str(value or "").splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def run_validators(self, value: Any) -> None:
        for line in value:
            if len(line) > self.longest:
                words = gettext("A line has %(n)s characters. The limit is %(most)s.")
                raise forms.ValidationError(words % {"n": len(line), "most": self.longest})

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or []) != self.to_python(data)


def _lines(name: str, longest: int) -> LinesField:
    column: Any = PublicationProfile._meta.get_field(name)
    return LinesField(
        label=capfirst(column.verbose_name), help_text=column.help_text, required=False, longest=longest
    )


class ProfileForm(OptimisticLockForm):
    labels = _lines("labels", 80)
    cut_lines = _lines("cut_lines", 400)

    class Meta:
        model = PublicationProfile
        fields = ["section", "date_order", "byline", "labels", "cut_lines"]

    def clean_labels(self) -> list[str]:
        return [label.rstrip(" :") for label in self.cleaned_data["labels"] if label.rstrip(" :")]

    def clean_byline(self) -> str:
        form: str = " ".join(self.cleaned_data["byline"].split())
        if form and (form.count(NAME) != 1 or form == NAME):
            raise forms.ValidationError(
                gettext("Write {name} once, with the words beside it, for example: Words: {name}")
            )
        return form


@require_http_methods(["GET", "HEAD", "POST"])
@require_perms("view_publication", to_post=["change_publication"])
def publication_profile(request: HttpRequest, pk: int) -> HttpResponse:
    """Show and change the profile; «use» confirms a suggestion, «forget» removes a column mapping."""
    publication = get_object_or_404(Publication, pk=pk)
    act, _, which = request.POST.get("do", "").partition(":")
    if act == "use":
        return _use(request, publication, which)
    if act == "forget":
        return _forget(request, publication, which)
    stored = PublicationProfile.objects.filter(publication=publication).first()
    profile = stored or PublicationProfile(publication=publication)
    form = ProfileForm(request.POST if act == "save" else None, instance=profile, label_suffix="")
    if act == "save" and form.is_valid():
        with change_group(f"Changed the profile of {publication}"):
            if stored is None:
                form.instance.pk = PublicationProfile.objects.get_or_create(publication=publication)[0].pk
                form.instance._state.adding = False
            form.save()
        messages.success(request, gettext("Profile saved. It is used for articles added from now on."))
        return redirect("admin:desk-publication", publication.pk)
    context = {
        "publication": publication,
        "form": form,
        "profile": profile,
        "mappings": [(_key_of(one), one["columns"]) for one in profile.mappings],
        "learned": suggestions(publication),
        "may_change": has_perms(request, "change_publication"),
        "changes": changes_of(stored)[:MOST_CHANGES] if stored else [],
    }
    return render_page(request, "publication_profile.html", context)


def _use(request: HttpRequest, publication: Publication, which: str) -> HttpResponse:
    """Use a suggestion, which is still one; the key is its field and value."""
    field, _, value = which.partition(":")
    found = next((s for s in suggestions(publication) if (s.field, s.value) == (field, value)), None)
    if found is None:
        messages.warning(request, gettext("Nothing was changed: the articles have changed since."))
    else:
        use(publication, found)
        words = gettext("Now used for articles added from now on: %(field)s, %(value)s.")
        messages.success(request, words % {"field": found.label, "value": found.shown})
    return redirect("admin:desk-publication", publication.pk)


def _key_of(mapping: dict[str, Any]) -> str:  # of the JSON field
    """Identify a mapping of a publication by its columns and its text."""
    return hashlib.sha256(json.dumps(mapping, sort_keys=True).encode()).hexdigest()[:32]


def _forget(request: HttpRequest, publication: Publication, key: str) -> HttpResponse:
    """Remove the saved mapping with this key, unless another editor has removed or changed it."""
    with transaction.atomic():
        profile = get_object_or_404(PublicationProfile.objects.select_for_update(), publication=publication)
        left = [one for one in profile.mappings if _key_of(one) != key]
        removed = len(left) < len(profile.mappings)
        if removed:
            with change_group(f"Changed the profile of {publication}: column mapping"):
                PublicationProfile.objects.filter(pk=profile.pk).update(mappings=left)
    if removed:
        messages.success(request, gettext("Column mapping removed."))
    else:
        gone = gettext("Nothing was changed: another editor has removed or changed this column mapping.")
        messages.warning(request, gone)
    return redirect("admin:desk-publication", publication.pk)
