"""Pages for merging two speakers, with a preview, and for splitting one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from articles.admin.confirmation import ask, is_confirmed, report_skipped
from articles.admin.permissions import editor_of, has_perms, render_page, require_perms
from articles.admin.suggested_input import SuggestedInput
from articles.models import Quote, Speaker
from articles.models.quote_sets import QuoteQuerySet
from articles.paging import numbered_page
from articles.speakers.disambiguation import Evidence, candidates_for, evidence_of
from articles.speakers.lookup import matching, resolve
from articles.speakers.merge import Preview, Unmergeable, cannot_move, linked_since, merge, preview, split
from articles.text.numbers import number_in

MOST_OFFERED = 20
HELP_TEXT = gettext_lazy("A name or role, or an ID such as #12.")


class SpeakerField(forms.CharField):
    """Resolves a name or #number to one speaker; if it is ambiguous, `offered` has the candidates."""

    widget = SuggestedInput

    def __init__(self, **options: Any) -> None:  # of CharField
        options.setdefault("max_length", 500)
        options.setdefault("help_text", HELP_TEXT)
        super().__init__(**options)
        self.offered: list[Evidence] = []

    def clean(self, value: object) -> Speaker | None:
        words = super().clean(value)
        if not words:
            return None
        ids = resolve(words)
        if len(ids) == 1:
            return Speaker.objects.get(pk=ids[0])
        several = bool(ids)
        if not ids:
            ids = list(matching(words).values_list("pk", flat=True)[: MOST_OFFERED + 1])
        if not ids:
            raise forms.ValidationError(gettext("We have no such speaker."))
        known = evidence_of(ids[:MOST_OFFERED])
        self.offered = [known[pk] for pk in ids[:MOST_OFFERED]]
        if several:
            raise forms.ValidationError(gettext("Several speakers have this name. Choose one."))
        if len(ids) > MOST_OFFERED:
            raise forms.ValidationError(
                gettext("Many speakers match. The first are below: choose one, or enter more of the name.")
            )
        raise forms.ValidationError(gettext("No speaker has exactly this name. Did you mean one of these?"))


PER_PAGE = 100
MOST_LEFT = 10
T = TypeVar("T")


class PairForm(forms.Form):
    """Two speakers to merge; the methods return None and add a form error if they cannot be merged."""

    given_up = SpeakerField(label=gettext_lazy("Speaker to merge"))
    kept = SpeakerField(label=gettext_lazy("Speaker to keep"))

    def preview(self) -> Preview | None:
        return self._try(preview)

    def merge(self) -> str | None:
        return self._try(merge)

    def _try(self, step: Callable[[Speaker, Speaker], T]) -> T | None:
        try:
            return step(self.cleaned_data["given_up"], self.cleaned_data["kept"])
        except Unmergeable as reason:
            self.add_error(None, str(reason))
            return None


class SplitForm(forms.Form):
    to = SpeakerField(label=gettext_lazy("Move to this speaker"), required=False)
    name = forms.CharField(label=gettext_lazy("Or to a new speaker called"), max_length=500, required=False)
    namesake = forms.BooleanField(
        label=gettext_lazy("This is a different person with the same name"), required=False
    )

    bearers: Sequence[Evidence] = ()

    def __init__(self, speaker: Speaker, data: QueryDict | None, initial: dict[str, str]) -> None:
        """`speaker`: the one to split."""
        super().__init__(data, initial=initial, label_suffix="")
        self.speaker = speaker

    def clean(self) -> None:
        super().clean()
        cleaned = self.cleaned_data
        to, name = cleaned.get("to"), cleaned.get("name", "")
        if bool(to) == bool(name) and not self.errors:
            raise forms.ValidationError(gettext("Enter either an existing speaker or a new name."))
        if to and to.merged_into_id:
            self.add_error("to", gettext("This speaker has been merged into another."))
        elif to and to.pk == self.speaker.canonical_speaker_id:
            self.add_error("to", gettext("The quotes already have this speaker. Choose another."))
        self.bearers = candidates_for([name]).get(name, []) if name else []
        if self.bearers and not cleaned.get("namesake"):
            self.add_error(
                "name",
                gettext(
                    "There is already a speaker with this name."
                    " Tick the box below if this is a different person."
                ),
            )


@require_http_methods(["GET", "HEAD", "POST"])
@require_perms("change_speaker")
def merge_pair(request: HttpRequest) -> HttpResponse:
    """Preview a merge; POST carries it out."""
    given = request.POST if request.method == "POST" else request.GET
    form = PairForm(given if "kept" in given else None, label_suffix="")
    if request.GET.get("given_up") and not form.is_bound:
        form.initial["given_up"] = request.GET["given_up"]
    previewed = form.preview() if form.is_bound and form.is_valid() else None
    if request.method == "POST" and previewed and form.merge():
        names = {"gone": previewed.given_up, "kept": previewed.kept}
        messages.success(request, gettext("Merged %(gone)s into %(kept)s.") % names)
        return redirect("admin:undo")
    if form.errors:
        previewed = None
    pair = [previewed.given_up.pk, previewed.kept.pk] if previewed else []
    known = evidence_of(pair)
    context = {"form": form, "previewed": previewed, "known": [known[pk] for pk in pair]}
    return render_page(request, "merge_speakers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@require_perms("change_speaker", "change_quote")
def split_speaker(request: HttpRequest, pk: int) -> HttpResponse:
    """List a speaker's quotes; POST assigns the ticked ones to another or a new speaker."""
    speaker = get_object_or_404(Speaker, pk=pk)
    linked = linked_since(key) if (key := request.GET.get("since", "")) and "\0" not in key else None
    quotes = Quote.objects.filter(speaker__in=speaker.family_ids())
    initial = {"to": request.GET.get("to", "")}
    form = SplitForm(speaker, request.POST if request.method == "POST" else None, initial)
    ticked = {number_in(one) for one in request.POST.getlist("quote")}
    if request.method == "POST" and form.is_valid():
        chosen = quotes.filter(pk__in=ticked)
        if form.cleaned_data["name"] and not has_perms(request, "add_speaker"):
            raise PermissionDenied
        to, name = form.cleaned_data["to"], form.cleaned_data["name"]
        left = cannot_move(chosen, to or name)
        movable = chosen.exclude(pk__in=left)
        if number := movable.count():
            if not is_confirmed(request, number):
                return _ask_to_split(request, speaker, movable, to or name, _not_moved(chosen, left))
            report_skipped(request, _not_moved(chosen, left))
            split(movable, speaker, by=editor_of(request), target=to, name=name)
            moved = ngettext("%(n)s quote moved.", "%(n)s quotes moved.", number)
            messages.success(request, moved % {"n": f"{number:,}"})
            return redirect("admin:undo")
        for reason in _not_moved(chosen, left)[:MOST_LEFT]:
            form.add_error(None, reason)
    if form.is_bound and form.is_valid():
        form.add_error(None, gettext("Select the quotes to move."))
    if linked and linked.kept == speaker:
        quotes = linked.quotes
    listed = quotes.for_listing().order_by("article__published_on", "article", "position", "pk")
    page = numbered_page(listed, request.GET.get("page"), PER_PAGE)
    context = {"speaker": speaker, "page": page, "form": form, "ticked": ticked, "linked": linked}
    return render_page(request, "split_speaker.html", context)


def _not_moved(quotes: QuoteQuerySet, reasons: Mapping[int, str]) -> list[str]:
    """A sentence about each quote that cannot be moved."""
    sentence = gettext("“%(quote)s” is not moved. %(reason)s")
    return [
        sentence % {"quote": quote, "reason": reasons[quote.pk]}
        for quote in quotes.filter(pk__in=reasons).order_by("pk")
    ]


def _ask_to_split(
    request: HttpRequest, speaker: Speaker, quotes: QuoteQuerySet, to: Speaker | str, left: Sequence[str]
) -> HttpResponse:
    """The confirmation page; `left`: about the ticked quotes that are not moved."""
    number, public = quotes.count(), quotes.accepted().count()
    shown = ngettext(
        "Readers see %(n)s of them. It will be shown under %(name)s.",
        "Readers see %(n)s of them. They will be shown under %(name)s.",
        public,
    )
    title = ngettext(
        "Move %(n)s quote of %(one)s to %(other)s?", "Move %(n)s quotes of %(one)s to %(other)s?", number
    )
    return ask(
        request,
        title=title % {"n": f"{number:,}", "one": speaker, "other": to},
        effects=[
            shown % {"n": f"{public:,}", "name": to},
            *left[:MOST_LEFT],
            gettext("If you undo this, each quote has the speaker it had."),
        ],
        button=gettext("Move quotes"),
        number=number,
        first=[f"“{quote}”" for quote in quotes.order_by("pk")[:20]],
        sent=("quote", "to", "to-is", "name", "namesake"),
    )
