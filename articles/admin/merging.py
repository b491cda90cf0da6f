"""Two entries that are one person, looked at before they are merged; and one entry parted in two."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from articles.admin.access import may, needs, show
from articles.models import Quote, Speaker, merged_ids
from articles.people.merging import Preview, Unmergeable, merge, preview, split, suggestions
from articles.people.names import bearers

PER_PAGE = 100


class PairForm(forms.Form):
    given_up = forms.SlugField(label="Give up", max_length=120, help_text="the word in the page’s address")
    kept = forms.SlugField(label="Keep", max_length=120)

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        for name in ("given_up", "kept"):
            if slug := cleaned.get(name):
                cleaned[name] = Speaker.objects.filter(slug=slug).first()
                if cleaned[name] is None:
                    self.add_error(name, "There is no such speaker.")
        return cleaned

    def preview(self) -> Preview | None:
        """None, with the reason as an error of the form, where the two cannot be merged."""
        try:
            return preview(self.cleaned_data["given_up"], self.cleaned_data["kept"])
        except Unmergeable as reason:
            self.add_error(None, str(reason))
            return None


class SplitForm(forms.Form):
    to = forms.SlugField(
        label="To this speaker", max_length=120, required=False, help_text="the word in the page’s address"
    )
    name = forms.CharField(label="Or to a new speaker named", max_length=500, required=False)
    namesake = forms.BooleanField(label="Another bears this name, and is somebody else", required=False)

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        slug, name = cleaned.get("to", ""), cleaned.get("name", "")
        if bool(slug) == bool(name) and not self.errors:
            raise forms.ValidationError("Say to whom: one who is here, or a new name.")
        if slug:
            cleaned["to"] = Speaker.objects.standing().filter(slug=slug).first()
            if cleaned["to"] is None:
                self.add_error("to", "There is no such speaker.")
        if name and not cleaned.get("namesake") and bearers([name]):
            self.add_error("name", "Somebody bears this name: tick below if this is another.")
        return cleaned


@require_http_methods(["GET", "HEAD", "POST"])
@needs("change_speaker")
def merging(request: HttpRequest) -> HttpResponse:
    given = request.POST if request.method == "POST" else request.GET
    form = PairForm(given if "kept" in given else None, label_suffix="")
    looked_at = form.preview() if form.is_bound and form.is_valid() else None
    if request.method == "POST" and looked_at:
        merge(looked_at.given_up, looked_at.kept)
        messages.success(request, f"{looked_at.given_up} now leads on to {looked_at.kept}.")
        return redirect("admin:desk-acts")
    context = {"form": form, "looked_at": looked_at, "pairs": [] if looked_at else suggestions()}
    return show(request, "merging.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("change_speaker", "change_quote")
def splitting(request: HttpRequest, pk: int) -> HttpResponse:
    speaker = get_object_or_404(Speaker, pk=pk)
    quotes = Quote.objects.filter(speaker__in=merged_ids([speaker.pk]))
    form = SplitForm(request.POST if request.method == "POST" else None, label_suffix="")
    ticked = {int(one) for one in request.POST.getlist("quote") if one.isascii() and one.isdigit()}
    if request.method == "POST" and form.is_valid():
        chosen = quotes.filter(pk__in=ticked)
        if form.cleaned_data["name"] and not may(request, "add_speaker"):
            raise PermissionDenied
        if chosen.exists():
            split(chosen, speaker, target=form.cleaned_data["to"] or None, name=form.cleaned_data["name"])
            messages.success(request, "The quotes have been given over.")
            return redirect("admin:desk-acts")
        form.add_error(None, "Tick the quotes that are another’s.")
    listed = quotes.for_listing().order_by("article__published_on", "article", "position", "pk")
    page = Paginator(listed, PER_PAGE).get_page(request.GET.get("page"))
    context = {"speaker": speaker, "page": page, "form": form, "ticked": ticked}
    return show(request, "splitting.html", context)
