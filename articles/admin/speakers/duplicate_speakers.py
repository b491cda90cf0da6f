"""The page of duplicate candidates: pairs of speakers to be merged or marked as different."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods

from articles.admin.lists import ListFilter, SearchFilter, TabFilter, render_list, row_of
from articles.admin.permissions import editor_of, has_perms, require_perms
from articles.models import Speaker, SpeakersToldApart, clock
from articles.models.audit import change_group
from articles.search.query import fold
from articles.speakers.disambiguation import Evidence, evidence_of
from articles.speakers.duplicates import MatchReason, Pair, candidate_pairs, mark_different

PER_PAGE = 25
MOST_DECIDED = 20


class DuplicatesFilter(ListFilter):
    q = SearchFilter(label=gettext_lazy("Name"))
    why = TabFilter(choices=MatchReason.choices)


@dataclass(frozen=True)
class Row:
    """A pair with the evidence on both speakers."""

    pair: Pair
    later: Evidence
    earlier: Evidence


@require_http_methods(["GET", "HEAD", "POST"])
@require_perms("change_speaker", to_post=("add_speakerstoldapart", "change_speakerstoldapart"))
def duplicate_speakers(request: HttpRequest) -> HttpResponse:
    """List the candidate pairs by reason and name; POST marks a pair as different, or revokes that."""
    if request.method == "POST":
        return _decide(request)
    filters = DuplicatesFilter(request)
    why, words = filters.value("why"), filters.value("q")
    found = candidate_pairs()
    tabs = filters.tabs_counting("why", (pair.why for pair in found))
    if why:
        found = [pair for pair in found if pair.why == why]
    if words:
        found = [pair for pair in found if any(fold(words) in fold(name) for name in pair.names)]
    page = filters.page(found, PER_PAGE)
    known = evidence_of({pk for pair in page for pk in (pair.later, pair.earlier)})
    not_duplicates = SpeakersToldApart.objects.active().select_related("earlier", "later", "decided_by")
    context = {
        "page": page,
        "rows": [Row(pair, known[pair.later], known[pair.earlier]) for pair in page],
        "tabs": tabs,
        "words": words,
        "not_duplicates": not_duplicates[:MOST_DECIDED],
        "may_part": has_perms(request, "change_quote"),
    }
    return render_list(filters, "duplicate_speakers.html", context)


def _decide(request: HttpRequest) -> HttpResponse:
    """Mark two speakers as different, or revoke such a ruling."""
    if back := request.POST.get("back", ""):
        said = row_of(SpeakersToldApart.objects.active(), back)
        with change_group(f"Listed {said.earlier} and {said.later} as possible duplicates again"):
            SpeakersToldApart.objects.filter(pk=said.pk).update(taken_back_at=clock.now())
        messages.success(
            request,
            gettext("Undone: %(one)s and %(other)s are listed again.")
            % {"one": said.earlier, "other": said.later},
        )
    else:
        one, _, other = request.POST.get("apart", "").partition(":")
        if one == other:
            raise BadRequest("Choose two different speakers.")
        first, second = row_of(Speaker.objects.canonical(), one), row_of(Speaker.objects.canonical(), other)
        if first == second:
            raise BadRequest("Choose two different speakers.")
        with change_group(f"Marked {first} and {second} as different people"):
            mark_different(first, second, by=editor_of(request))
        messages.success(
            request,
            gettext("Saved: %(one)s and %(other)s are different people.") % {"one": first, "other": second},
        )
    return redirect("admin:duplicate-speakers")
