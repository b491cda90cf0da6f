"""What was done to many rows at once, newest first, each with a button that takes it back."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from articles.admin.access import may, needs, show
from articles.revisions.acts import recent, take_back

MOST_TOLD = 20


@require_http_methods(["GET", "HEAD", "POST"])
@needs("view_article", "view_speaker", "view_quote")
def acts(request: HttpRequest) -> HttpResponse:
    found = recent()
    may_take_back = may(request, "change_speaker", "change_quote", "publish_article")
    if request.method == "POST":
        if not may_take_back:
            raise PermissionDenied
        return _take_back(request, {one.pk for one in found if not one.taken_back})
    users = get_user_model().objects.in_bulk({one.user for one in found if one.user})
    rows = [(one, users[one.user].get_username() if one.user in users else "") for one in found]
    return show(request, "acts.html", {"rows": rows, "may_take_back": may_take_back})


def _take_back(request: HttpRequest, known: set[str]) -> HttpResponse:
    key = request.POST.get("key", "")
    if key not in known:
        raise Http404
    done = take_back(key)
    messages.success(request, f"Taken back in {done.restored} rows.")
    for row in done.left[:MOST_TOLD]:
        messages.warning(request, f"{row} ({row.pk}) was left: it has been changed since.")
    if len(done.left) > MOST_TOLD:
        messages.warning(request, f"… and {len(done.left) - MOST_TOLD} more were left.")
    return redirect("admin:desk-acts")
