"""The undo page: recent bulk changes, each with a button that reverts it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from articles.admin.confirmation import not_undone
from articles.admin.lists import asked_row, up_to
from articles.admin.permissions import has_perms, render_page, require_perms
from articles.models import Deed
from articles.revisions import undo
from articles.revisions.undo import can_revert, revert
from articles.speakers.merge import Linked, linked_since

PER_PAGE = 100
MOST_REPORTED = 20
TO_UNDO = ("change_speaker", "change_quote", "publish_article")


@require_http_methods(["GET", "HEAD", "POST"])
@require_perms("view_article", "view_speaker", "view_quote", to_post=TO_UNDO)
def recent_changes(request: HttpRequest) -> HttpResponse:
    """List the recent bulk changes, newest first; POST reverts one."""
    if request.method == "POST":
        return _revert(request)
    before = asked_row(request, "before", Deed.objects.all())
    changes, last = up_to(PER_PAGE, undo.recent_changes(PER_PAGE + 1, before))
    context = {
        "changes": changes,
        "before": before,
        "older": last and last.number,
        "may_take_back": has_perms(request, *TO_UNDO),
    }
    return render_page(request, "undo.html", context)


def _revert(request: HttpRequest) -> HttpResponse:
    key = request.POST.get("key", "")
    if not can_revert(key):
        raise Http404
    done = revert(key)
    undone = ngettext("Undone: %(n)s record restored.", "Undone: %(n)s records restored.", done.restored)
    messages.success(request, undone % {"n": f"{done.restored:,}"})
    for row in done.left[:MOST_REPORTED]:
        messages.warning(request, not_undone(row))
    if len(done.left) > MOST_REPORTED:
        more = len(done.left) - MOST_REPORTED
        kept = ngettext("%(n)s more was not undone.", "%(n)s more were not undone.", more)
        messages.warning(request, kept % {"n": f"{more:,}"})
    if done.restored and (linked := linked_since(key)):
        _report_linked(request, key, linked)
    return redirect("admin:undo")


def _report_linked(request: HttpRequest, key: str, linked: Linked) -> None:
    """List the quotes linked while two speakers were merged; an editor must decide whose they are."""
    quotes = linked.quotes.select_related("article").defer("article__body", "article__extra")
    found = list(quotes.order_by("-pk")[: MOST_REPORTED + 1])
    for quote in found[:MOST_REPORTED]:
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
