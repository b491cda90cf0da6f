"""The page of recent actions: every change of the editors' pages, with a button that undoes it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from articles.admin.confirmation import MOST_NAMED, ask_to_undo, report_not_undone
from articles.admin.lists import asked_row, up_to
from articles.admin.permissions import has_perms, render_page, require_perms
from articles.models import AuditEntry
from articles.revisions.recent_changes import Changed, RecentChange, changed_in, recent_changes
from articles.revisions.undo import CannotUndo, revert
from articles.speakers.merge import Linked, linked_since

PER_PAGE = 100
TO_UNDO = ("change_speaker", "change_quote", "publish_article")


@dataclass(frozen=True)
class Row:
    """A recent change, and whether this editor may undo it."""

    change: RecentChange
    may_undo: bool


@require_http_methods(["GET", "HEAD", "POST"])
@require_perms("view_article", "view_speaker", "view_quote", to_post=TO_UNDO)
def recent_actions(request: HttpRequest) -> HttpResponse:
    """List the recent changes, newest first; POST undoes one."""
    if request.method == "POST":
        return _undo(request)
    before = asked_row(request, "before", AuditEntry.objects.all())
    changes, last = up_to(PER_PAGE, recent_changes(PER_PAGE + 1, before))
    context = {
        "changes": [Row(one, _may_undo(request, one.changed)) for one in changes],
        "before": before,
        "older": last and last.number,
        "may_take_back": has_perms(request, *TO_UNDO),
        "may_merge_sections": has_perms(request, "delete_section"),
    }
    return render_page(request, "undo.html", context)


def _may_undo(request: HttpRequest, changed: Changed) -> bool:
    """Whether the editor may do themselves what the change did."""
    needed = {f"{'add' if kind == AuditEntry.Kind.ADD else 'change'}_{about}" for kind, about in changed}
    return has_perms(request, *TO_UNDO, *sorted(needed))


def _undo(request: HttpRequest) -> HttpResponse:
    key = request.POST.get("key", "")
    changed = changed_in(key)
    if changed is None:
        raise Http404
    if not _may_undo(request, changed):
        raise PermissionDenied
    if page := ask_to_undo(request, key):
        return page
    try:
        done = revert(key)
    except CannotUndo:
        messages.error(request, gettext("Not undone: later changes depend on these records."))
        return redirect("admin:undo")
    undone = ngettext("Undone: %(n)s record restored.", "Undone: %(n)s records restored.", done.restored)
    messages.success(request, undone % {"n": f"{done.restored:,}"})
    report_not_undone(request, done.left)
    if done.restored and (linked := linked_since(key)):
        _report_linked(request, key, linked)
    return redirect("admin:undo")


def _report_linked(request: HttpRequest, key: str, linked: Linked) -> None:
    """List the quotes linked while two speakers were merged; an editor must decide whose they are."""
    quotes = linked.quotes.select_related("article").defer("article__body", "article__extra")
    found = list(quotes.order_by("-pk")[: MOST_NAMED + 1])
    for quote in found[:MOST_NAMED]:
        words = {"quote": quote, "article": quote.article, "speaker": linked.kept}
        messages.warning(
            request,
            gettext("“%(quote)s” (%(article)s) was linked after the merge and stays with %(speaker)s.")
            % words,
        )
    if found:
        messages.warning(
            request,
            format_html(
                '<a href="{}?{}">{}</a>',
                reverse("admin:desk-splitting", args=[linked.kept.pk]),
                urlencode({"since": key, "to": linked.given_up.slug}),
                gettext("Move quotes linked after the merge to %(speaker)s") % {"speaker": linked.given_up},
            ),
        )
