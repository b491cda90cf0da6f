"""Autosave of the review form, one row per article and user; articles themselves do not change."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from articles.admin import recovered_input
from articles.admin.permissions import editor_of, require_perms
from articles.admin.review import presence
from articles.models import Article, OpenArticle, Unsaved, clock


@require_perms("view_article", "change_article", "decide_quote")
@require_POST
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """Store the form for this user and article; the JSON answer says who else has the article open."""
    article = get_object_or_404(Article.objects.only("pk"), pk=pk)
    now = store(request, article)
    other = presence.heartbeat(article, editor_of(request))
    name = other.user.get_username() if other else ""
    taken = other is not None and _was_taken_over(other, request.POST.get("had-it", ""))
    editors = {"taken_by": name if taken else "", "open_with": "" if taken else name}
    return JsonResponse({"kept_at": now.isoformat(), **editors})


def store(request: HttpRequest, article: Article) -> dt.datetime:
    """Keep the submitted fields for this user and article; return when."""
    now = clock.now()
    Unsaved.objects.update_or_create(
        article=article,
        user=editor_of(request),
        defaults={"fields": recovered_input.fields_of(request.POST), "kept_at": now},
    )
    return now


def _was_taken_over(other: OpenArticle, last: str) -> bool:
    """Whether the other editor took the article over while this editor was still working on it.

    `last`: when this page last had the article, in ISO format; empty if it never had.
    """
    try:
        seen = parse_datetime(last)
    except ValueError:
        seen = None
    if seen is None or timezone.is_naive(seen):
        return False
    return seen <= other.since <= seen + presence.IDLE_AFTER


@require_perms("view_article", "change_article", "decide_quote")
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete the autosave of this user."""
    clear(request, get_object_or_404(Article.objects.only("pk"), pk=pk))
    messages.success(request, gettext("Unsaved changes discarded."))
    return redirect("admin:desk-review", pk)


@require_perms("view_article", "change_article", "decide_quote")
@require_POST
def take_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Make this user the one who has the article open."""
    article = get_object_or_404(Article.objects.only("pk"), pk=pk)
    presence.take_over(article, editor_of(request))
    messages.success(
        request,
        gettext(
            "You are now editing this article. The other editor sees a message and keeps their unsaved text."
        ),
    )
    return redirect("admin:desk-review", pk)


def find(request: HttpRequest, article: Article) -> Unsaved | None:
    """The autosave of this user for the article, if there is one."""
    return Unsaved.objects.filter(article=article, user=editor_of(request)).first()


def as_query_dict(unsaved: Unsaved) -> QueryDict:
    """The stored fields as `request.POST` would hold them."""
    data = QueryDict(mutable=True)
    for name, values in unsaved.fields.items():
        data.setlist(name, values)
    return data


def clear(request: HttpRequest, article: Article) -> None:
    """Delete the autosave, once the form was saved."""
    Unsaved.objects.filter(article=article, user=editor_of(request)).delete()
