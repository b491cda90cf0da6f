"""The page of attribution conflicts: the same words attributed to different speakers."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from articles.admin.lists import ListFilter, render_list, row_of
from articles.admin.permissions import editor_of, require_perms
from articles.models import CreditDecision, clock
from articles.models.audit import change_group
from articles.search.reuse.attribution_conflicts import (
    ConflictKey,
    accept_both,
    load_conflicts,
    open_conflicts,
)
from articles.speakers.disambiguation import evidence_of

PER_PAGE = 20
SHOWN = 5
MOST_DECIDED = 20


@require_http_methods(["GET", "HEAD", "POST"])
@require_perms(
    "view_quote", "change_quote", "decide_quote", to_post=("add_creditdecision", "change_creditdecision")
)
def attribution_conflicts(request: HttpRequest) -> HttpResponse:
    """List the open conflicts; POST rules that both attributions are right, or revokes that."""
    found = open_conflicts()
    if request.method == "POST":
        return _decide(request, found)
    filters = ListFilter(request)
    page = filters.page(found, PER_PAGE)
    conflicts = load_conflicts(list(page))
    known = evidence_of({pk for one in conflicts for pk in (one.found.one, one.found.other)})
    rows: list[dict[str, object]] = [
        {
            "name": f"{one.found.key}:{one.found.one}:{one.found.other}",
            "same": one.same_wording,
            "sides": [
                {
                    "known": known[side.speaker.pk],
                    "quotes": side.quotes[:SHOWN],
                    "more": len(side.quotes[SHOWN:]),
                }
                for side in (one.one, one.other)
            ],
        }
        for one in conflicts
    ]
    decided = CreditDecision.objects.active().select_related("one", "other", "decided_by")[:MOST_DECIDED]
    return render_list(
        filters, "attribution_conflicts.html", {"page": page, "rows": rows, "decided": decided}
    )


def _decide(request: HttpRequest, found: list[ConflictKey]) -> HttpResponse:
    """Rule that both attributions are right, or revoke such a ruling."""
    if back := request.POST.get("back", ""):
        said = row_of(CreditDecision.objects.active(), back)
        with change_group(f"Listed “{said.words}” again as attributed to two speakers"):
            CreditDecision.objects.filter(pk=said.pk).update(taken_back_at=clock.now())
        messages.success(request, gettext("Undone: “%(words)s” is listed again.") % {"words": said.words})
        return redirect("admin:attribution-conflicts")
    name = request.POST.get("right", "")
    chosen = next((one for one in found if f"{one.key}:{one.one}:{one.other}" == name), None)
    conflict = next(iter(load_conflicts([chosen])), None) if chosen else None
    if chosen is None or conflict is None:
        raise Http404
    what = f"Marked the same words of {conflict.one.speaker} and {conflict.other.speaker} as both right"
    with change_group(what):
        accept_both(chosen, conflict.one.quotes[0].text, by=editor_of(request))
    names = {"one": conflict.one.speaker, "other": conflict.other.speaker}
    messages.success(request, gettext("Saved: the quotes of %(one)s and %(other)s are both right.") % names)
    return redirect("admin:attribution-conflicts")
