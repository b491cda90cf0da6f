"""Health checks for load balancers and monitoring."""

from functools import cache

from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.models import clock
from articles.views.concurrency import limit_searches

# Sessions and login throttling use the clock of this machine.
MOST_SECONDS_APART = 60


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 if the process responds, whatever the state of the database."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """200 if the database responds, all migrations are applied and the clocks agree; otherwise 503."""
    try:
        applied = MigrationRecorder(connection).applied_migrations()
        ahead = round(clock.ahead_of_this_machine(), 1)
    except (DatabaseError, InterfaceError):
        return JsonResponse({"database": "away", "migrations": "unknown", "clock": "unknown"}, status=503)
    missing = len(_expected_migrations() - applied.keys())
    apart = _apart(ahead)
    found = {
        "database": "ok",
        "migrations": f"{missing} to apply" if missing else "ok",
        "clock": apart or "ok",
        "clock_seconds": -ahead,
        "searches_refused": limit_searches.refused,
    }
    return JsonResponse(found, status=503 if missing or apart else 200)


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
]
