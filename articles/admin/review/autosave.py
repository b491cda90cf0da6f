"""What an editor has typed and not saved, kept aside by the page itself; no article is touched by it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST

from articles.admin import recovered_input
from articles.admin.permissions import needs
from articles.admin.review import presence
from articles.models import Article, OpenArticle, Unsaved, clock


@needs("view_article", "change_article", "decide_quote")
@require_POST
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the form as it stands, for this user and article; tell who has taken the article over."""
    article = get_object_or_404(Article.objects.only("pk"), pk=pk)
    now = clock.now()
    Unsaved.objects.update_or_create(
        article=article,
        user=request.user,
        defaults={"fields": recovered_input.fields_of(request.POST), "kept_at": now},
    )
    other = presence.keep_fresh(article, request.user)
    name = other.user.get_username() if other else ""
    taken = other is not None and _was_taken_over(other, request.POST.get("had-it", ""))
    said = {"taken_by": name if taken else "", "open_with": "" if taken else name}
    return JsonResponse({"kept_at": now.isoformat(), **said})


def _was_taken_over(other: OpenArticle, last: str) -> bool:
    """Whether the other took it from this editor, who had it at that moment and was still at it.

    `last`: when this page last had the article; empty where the other had it from the first.
    """
    try:
        seen = parse_datetime(last)
    except ValueError:
        seen = None
    if seen is None or timezone.is_naive(seen):
        return False
    return seen <= other.since <= seen + presence.GONE_AFTER


@needs("view_article", "change_article", "decide_quote")
@require_POST
def throw_away(request: HttpRequest, pk: int) -> HttpResponse:
    forget(request, get_object_or_404(Article.objects.only("pk"), pk=pk))
    messages.success(request, "What was typed and not saved is thrown away.")
    return redirect("admin:desk-review", pk)


@needs("view_article", "change_article", "decide_quote")
@require_POST
def take_over(request: HttpRequest, pk: int) -> HttpResponse:
    article = get_object_or_404(Article.objects.only("pk"), pk=pk)
    presence.take_over(article, request.user)
    messages.success(request, "You have it now. Whoever had it open is told, and keeps what was typed.")
    return redirect("admin:desk-review", pk)


def of(request: HttpRequest, article: Article) -> Unsaved | None:
    return Unsaved.objects.filter(article=article, user=request.user).first()


def as_data(unsaved: Unsaved) -> QueryDict:
    """As a form that was sent."""
    data = QueryDict(mutable=True)
    for name, values in unsaved.fields.items():
        data.setlist(name, values)
    return data


def forget(request: HttpRequest, article: Article) -> None:
    Unsaved.objects.filter(article=article, user=request.user).delete()
