"""Counts and logs each request, without what a reader typed or who they are."""

from __future__ import annotations

import logging
import time

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

from newsarchive.metrics import count, observe
from newsarchive.retries import GetResponse

log = logging.getLogger("newsarchive.access")
# The link of a report is its key.
REPORTS = "/reports/"
FAST = ("static", "healthz", "readyz", "metrics")


class MonitoringMiddleware:
    """Measures a request until its answer is ready; sending a file takes longer."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.flush = import_string(settings.METRICS_FLUSH)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.monotonic()
        response = self.get_response(request)
        seconds = time.monotonic() - began
        page = page_of(request)
        count("requests_total", page=page, status=response.status_code)
        observe("request_seconds", seconds, page=page)
        path = REPORTS if request.path.startswith(REPORTS) else request.path
        fields = {
            "method": request.method,
            "path": path,
            "status": response.status_code,
            "duration_ms": round(seconds * 1000, 1),
        }
        log.info("%(method)s %(path)s %(status)s %(duration_ms)s ms", fields, extra={"fields": fields})
        if page not in FAST and response.status_code < 500:
            self.flush(settings.METRICS_FLUSH_SECONDS)
        return response


def page_of(request: HttpRequest) -> str:
    """The kind of a page, one of a few dozen: the name of its URL, or of the part of the site."""
    if request.path.startswith(settings.STATIC_URL):
        return "static"
    match = request.resolver_match
    if match is None:
        return "none"
    return "editors" if match.app_name == "admin" else match.url_name or "none"
