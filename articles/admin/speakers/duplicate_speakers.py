"""The page of duplicate candidates: pairs of speakers to be merged or marked as different."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from articles.admin.permissions import has_perms, render_page, require_perms
from articles.models import Speaker, SpeakersToldApart, clock
from articles.search.query import fold
from articles.speakers.disambiguation import Evidence, evidence_of
from articles.speakers.duplicates import MatchReason, Pair, candidate_pairs, mark_different
from articles.text.numbers import number_in

PER_PAGE = 25
MOST_DECIDED = 20


@dataclass(frozen=True)
class Row:
    """A pair with the evidence on both speakers."""

    pair: Pair
    later: Evidence
    earlier: Evidence


@require_http_methods(["GET", "HEAD", "POST"])
@require_perms("change_speaker")
def duplicate_speakers(request: HttpRequest) -> HttpResponse:
    """List the candidate pairs by reason and name; POST marks a pair as different, or revokes that."""
    if request.method == "POST":
        if not has_perms(request, "add_speakerstoldapart", "change_speakerstoldapart"):
            raise PermissionDenied
        return _decide(request)
    why, words = request.GET.get("why", ""), request.GET.get("q", "").replace("\0", "").strip()[:200]
    if why and why not in MatchReason.values:
        raise Http404
    found = candidate_pairs()
    counts = [(one.value, one.label, sum(pair.why == one for pair in found)) for one in MatchReason]
    if why:
        found = [pair for pair in found if pair.why == why]
    if words:
        found = [pair for pair in found if any(fold(words) in fold(name) for name in pair.names)]
    try:
        page = Paginator(found, PER_PAGE).page(request.GET.get("page", "1"))
    except (EmptyPage, PageNotAnInteger) as error:
        raise Http404 from error
    known = evidence_of({pk for pair in page for pk in (pair.later, pair.earlier)})
    not_duplicates = SpeakersToldApart.objects.active().select_related("earlier", "later", "decided_by")
    context = {
        "page": page,
        "rows": [Row(pair, known[pair.later], known[pair.earlier]) for pair in page],
        "counts": [one for one in counts if one[2]],
        "why": why,
        "words": words,
        "not_duplicates": not_duplicates[:MOST_DECIDED],
        "may_part": has_perms(request, "change_quote"),
    }
    return render_page(request, "duplicate_speakers.html", context)


def _decide(request: HttpRequest) -> HttpResponse:
    """Mark two speakers as different, or revoke such a ruling."""
    if back := request.POST.get("back", ""):
        said = get_object_or_404(SpeakersToldApart.objects.active(), pk=number_in(back))
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
        first = get_object_or_404(Speaker.objects.canonical(), pk=number_in(one))
        second = get_object_or_404(Speaker.objects.canonical(), pk=number_in(other))
        mark_different(first, second, by=request.user)
        messages.success(
            request,
            gettext("Saved: %(one)s and %(other)s are different people.") % {"one": first, "other": second},
        )
    return redirect("admin:duplicate-speakers")
