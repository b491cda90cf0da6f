"""Pages for the former versions of an article's text: list, diff and restore."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, ngettext, ngettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from articles.admin.change_names import channel_label
from articles.admin.lists import asked_row, row_of
from articles.admin.permissions import has_perms, render_page, require_perms
from articles.admin.reason_field import ReasonField
from articles.models import Article, Quote, events_of
from articles.models.audit import Event
from articles.presenters.differences import Compared, compare_texts
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


@dataclass(frozen=True)
class Side:
    """A version beside another one: the text now, which cannot be restored, or an event of the history."""

    texts: Any  # the article or an event, with the same columns
    former: Event | None = None
    is_first: bool = False

    @property
    def url(self) -> str:
        """The page that restores the version; empty for the text now."""
        former = self.former
        return reverse("admin:desk-version", args=[former.pgh_obj_id, former.pk]) if former else ""


@require_safe
@require_perms("view_article")
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """List the versions, newest first; ``?one=…&other=…`` opens the comparison of two."""
    article = get_object_or_404(Article.objects.select_related("publication"), pk=pk)
    if one := request.GET.get("one"):
        former = row_of(events_of(Article).filter(pgh_obj_id=pk), one)
        other = request.GET.get("other", "")
        query = f"?{urlencode({'with': other})}" if other else ""
        return redirect(reverse("admin:desk-version", args=[pk, former.pk]) + query)
    found = former_versions(article)
    users = get_user_model().objects.in_bulk({one.user for one in found if one.user})
    rows = [
        (one, users[one.user].get_username() if one.user in users else "", channel_label(one.through))
        for one in found
    ]
    return render_page(request, "versions.html", {"article": article, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@require_perms("view_article", to_post=TO_RESTORE)
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Compare a former version with another one, or with the text now; POST restores it with a reason."""
    article = get_object_or_404(Article.objects.select_related("publication"), pk=pk)
    events = events_of(Article).filter(pgh_obj_id=pk)
    former = get_object_or_404(events, pk=number)
    other = asked_row(request, "with", events)
    form = RestoreForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if form.is_valid() and _restore(request, article, former, form):
            return redirect("admin:desk-review", article.pk)
        article.refresh_from_db()
    sides = (Side(former, former, is_first=True), Side(other or article, other))
    context = {
        "article": article,
        "former": former,
        "sides": sides,
        "parts": _differences(*(side.texts for side in sides)),
        "restorable": [one for one in sides if one.former and _differences(article, one.former)],
        "form": form,
        "may_restore": has_perms(request, *TO_RESTORE),
    }
    return render_page(request, "version.html", context)


def _differences(one: Any, other: Any) -> list[tuple[str, list[Compared]]]:  # the article or events
    """The diff of each part in which two versions differ, and which a restore would change."""
    return [
        (part, compare_texts(getattr(one, part), getattr(other, part)))
        for part in TEXT_FIELDS
        if getattr(one, part) != getattr(other, part)
    ]


def _restore(request: HttpRequest, article: Article, former: Event, form: RestoreForm) -> bool:
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
    messages.success(request, gettext("Restored. You can undo this in Recent actions."))
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
