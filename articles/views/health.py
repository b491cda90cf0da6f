"""Health checks and figures for load balancers and monitoring."""

from dataclasses import asdict
from functools import cache

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.models import clock
from articles.operations.metrics import exposition
from articles.views.concurrency import limit_searches
from newsarchive.replicas.routing import states

# Sessions and login throttling use the clock of this machine.
MOST_SECONDS_APART = 60
ADDED_BY_PROXIES = (
    "X-Forwarded-For",
    "X-Forwarded-Proto",
    "X-Forwarded-Host",
    "X-Real-IP",
    "Forwarded",
    "Via",
)


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 if the process responds, whatever the state of the database."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """200 if the database responds, all migrations are applied and the clocks agree; otherwise 503."""
    replicas = {"replicas": [asdict(replica) for replica in found]} if (found := states()) else {}
    try:
        applied = MigrationRecorder(connection).applied_migrations()
        ahead = round(clock.ahead_of_this_machine(), 1)
    except (DatabaseError, InterfaceError):
        unknown = {"database": "away", "migrations": "unknown", "clock": "unknown"}
        return JsonResponse(unknown | replicas, status=503)
    missing = len(_expected_migrations() - applied.keys())
    apart = _apart(ahead)
    answer = {
        "database": "ok",
        "migrations": f"{missing} to apply" if missing else "ok",
        "clock": apart or "ok",
        "clock_seconds": -ahead,
        "searches_refused": limit_searches.refused,
        **replicas,
    }
    return JsonResponse(answer, status=503 if missing or apart else 200)


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures for Prometheus; to all but this machine and those with the token, the page is not found."""
    if not (_has_token(request) or _is_of_this_machine(request)):
        raise Http404
    return HttpResponse(exposition(), content_type="text/plain; version=0.0.4; charset=utf-8")


def _has_token(request: HttpRequest) -> bool:
    token = settings.METRICS_TOKEN
    return bool(token) and constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {token}")


def _is_of_this_machine(request: HttpRequest) -> bool:
    """Every reader seems to be, behind a proxy here, unless the proxy adds a header."""
    if any(header in request.headers for header in ADDED_BY_PROXIES):
        return False
    return request.META.get("REMOTE_ADDR") in {"127.0.0.1", "::1"}


def _apart(ahead: float) -> str:
    """The difference between the clocks in words; empty if it is small."""
    if abs(ahead) <= MOST_SECONDS_APART:
        return ""
    return f"{abs(ahead)} seconds {'behind' if ahead > 0 else 'ahead of'} the database"


@cache
def _expected_migrations() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
]
