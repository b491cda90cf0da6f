"""Pages for the former versions of an article's text: list, diff and restore."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext, gettext_lazy, ngettext, ngettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from articles.admin.permissions import has_perms, render_page, require_perms
from articles.admin.queue.near_duplicates import Compared, compare
from articles.admin.reason_field import ReasonField
from articles.models import Article, Quote, events_of
from articles.revisions import Changes, EditedMeanwhile
from articles.revisions.restore import former_versions, restore

TEXT_FIELDS = ("kicker", "headline", "standfirst", "byline", "dateline", "body", "edition", "page")
MOST_NAMED = 10
TO_RESTORE = ("change_article", "decide_quote")
EDITED_MEANWHILE = gettext_lazy(
    "Another editor has saved this article. Check the differences, then restore again."
)
NOT_PUBLISHABLE = gettext_lazy(
    "We cannot restore this version: a published article needs a headline and a text,"
    " and the archive may already have this text for the same publication and date."
)


class RestoreForm(forms.Form):
    reason = ReasonField(
        max_length=1000,
        help_text=gettext_lazy("Shown to editors only. Readers see the change in the version history."),
    )


@require_safe
@require_perms("view_article")
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """List the former versions with what changed, who changed it and through which channel."""
    article = get_object_or_404(Article.objects.select_related("publication"), pk=pk)
    found = former_versions(article)
    users = get_user_model().objects.in_bulk({one.user for one in found if one.user})
    rows = [(one, users[one.user].get_username() if one.user in users else "") for one in found]
    return render_page(request, "versions.html", {"article": article, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@require_perms("view_article", to_post=TO_RESTORE)
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show a word diff between a former version and the current text; POST restores it with a reason."""
    article = get_object_or_404(Article.objects.select_related("publication"), pk=pk)
    former = get_object_or_404(events_of(Article), pgh_obj_id=pk, pk=number)
    form = RestoreForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if form.is_valid() and _restore(request, article, former, form):
            return redirect("admin:desk-review", article.pk)
        article.refresh_from_db()
    context = {
        "article": article,
        "former": former,
        "parts": _differences(article, former),
        "form": form,
        "may_restore": has_perms(request, *TO_RESTORE),
    }
    return render_page(request, "version.html", context)


def _differences(article: Article, former: Article) -> list[tuple[str, list[Compared]]]:
    """The diff of each part that a restore would change; `former`: an event, with the same columns."""
    return [
        (part, compare(getattr(article, part), getattr(former, part)))
        for part in TEXT_FIELDS
        if getattr(article, part) != getattr(former, part)
    ]


def _restore(request: HttpRequest, article: Article, former: Article, form: RestoreForm) -> bool:
    """Restore the version; return False and add a form error if that is not possible."""
    if request.POST.get("version") != str(article.version):
        form.add_error(None, EDITED_MEANWHILE)
        return False
    if not _differences(article, former):
        form.add_error(None, gettext("This version is the same as the current text."))
        return False
    try:
        changes = restore(article, former, form.cleaned_data["reason"])
    except EditedMeanwhile:
        form.add_error(None, EDITED_MEANWHILE)
        return False
    except IntegrityError:
        form.add_error(None, NOT_PUBLISHABLE)
        return False
    messages.success(request, gettext("Restored. You can undo this on the Undo page."))
    _report_quotes(request, changes)
    return True


def _report_quotes(request: HttpRequest, changes: Changes) -> None:
    for ids, said in (
        (changes.lost, ngettext_lazy(
            "%(n)s quote is not in this text and is marked as lost: %(quotes)s",
            "%(n)s quotes are not in this text and are marked as lost: %(quotes)s", "n"
        )),
        (changes.found, ngettext_lazy(
            "%(n)s lost quote is in this text again: %(quotes)s",
            "%(n)s lost quotes are in this text again: %(quotes)s", "n"
        )),
    ):  # fmt: skip
        if ids:
            words = "; ".join(f"“{quote}”" for quote in Quote.objects.filter(pk__in=ids)[:MOST_NAMED])
            messages.warning(request, said % {"n": len(ids), "quotes": words})
    if gone := len(changes.turns_gone) + len(changes.notes_gone):
        removed = ngettext(
            "%(n)s turn or note is not in this text and was removed.",
            "%(n)s turns and notes are not in this text and were removed.",
            gone,
        )
        messages.warning(request, removed % {"n": gone})
