"""Keeps the search index fast while editors work."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from articles.search.index.building import consolidate_after_save


class IndexMiddleware:
    """Moves changed articles into the search index if many wait, after an editor's request was saved."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        if request.method == "POST" and match and match.app_name == "admin":
            consolidate_after_save()
        return response
