"""Autosave of the paste page, one row per user without an article."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from articles.admin import recovered_input
from articles.admin.permissions import editor_of, require_perms
from articles.models import Unsaved, clock

FIELDS = ("text", "url")


@require_POST
@require_perms("add_article", "add_rawdocument", "change_article")
def save(request: HttpRequest) -> HttpResponse:
    """Store what this user has typed; the JSON answer says when."""
    now = clock.now()
    sent = recovered_input.fields_of(request.POST)
    fields = {name: sent[name] for name in FIELDS if "".join(sent.get(name, [])).strip()}
    if fields:
        Unsaved.objects.update_or_create(
            article=None, user=editor_of(request), defaults={"fields": fields, "kept_at": now}
        )
    else:
        clear(request)
    return JsonResponse({"kept_at": now.isoformat()})


@require_POST
@require_perms("add_article", "add_rawdocument", "change_article")
def discard(request: HttpRequest) -> HttpResponse:
    """Delete what was saved."""
    clear(request)
    recovered_input.discard(request)
    messages.success(request, gettext("Unsaved text discarded."))
    return redirect("admin:desk-paste")


def find(request: HttpRequest) -> Unsaved | None:
    return Unsaved.objects.filter(article=None, user=editor_of(request)).first()


def clear(request: HttpRequest) -> None:
    """Delete what was saved, once it has become an article."""
    Unsaved.objects.filter(article=None, user=editor_of(request)).delete()
