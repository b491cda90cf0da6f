"""For load balancers and their watchers: does the process live, and can it answer."""

from functools import cache

from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.views.gate import few_at_once


@require_safe
@never_cache
def healthz(request):
    """The process answers; whether the database does is another question."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def readyz(request):
    """The database answers and has every table that this version expects."""
    try:
        applied = MigrationRecorder(connection).applied_migrations()
    except (DatabaseError, InterfaceError):
        return JsonResponse({"database": "away", "migrations": "unknown"}, status=503)
    missing = len(_expected_migrations() - applied.keys())
    found = {
        "database": "ok",
        "migrations": f"{missing} to apply" if missing else "ok",
        "searches_refused": few_at_once.refused,
    }
    return JsonResponse(found, status=503 if missing else 200)


@cache
def _expected_migrations() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
