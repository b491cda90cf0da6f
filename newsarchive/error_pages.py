"""Error pages. None uses the database, which may be the cause."""

import errno
import logging
import sys
from collections.abc import Mapping

import psycopg
from django.conf import settings
from django.core.exceptions import DisallowedHost, SuspiciousOperation
from django.db import Error, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.template import loader

from newsarchive.retries import may_retry, retry_after

RETRY_SECONDS = 30

# A read-only server, and one that closed an idle transaction.
# Psycopg files both under InternalError.
_PASSING = (psycopg.errors.ReadOnlySqlTransaction, psycopg.errors.IdleInTransactionSessionTimeout)


def server_error(request: HttpRequest) -> HttpResponse:
    """Handler for status 500, called while the exception is still being handled."""
    failure = sys.exc_info()[1]
    if isinstance(getattr(failure, "__cause__", None), psycopg.errors.QueryCanceled):
        # Only a search can be narrowed, not a form.
        too_long = request.method != "POST"
        return _page(request, "503.html", 503, too_long=too_long, typed=_typed(request))
    if is_passing(failure):
        return _unavailable(request)
    return _page(request, "500.html", 500, typed=_typed(request))


def _unavailable(request: HttpRequest) -> HttpResponse:
    seconds = RETRY_SECONDS if may_retry(request) else None
    response = _page(request, "503.html", 503, typed=_typed(request), retry_seconds=seconds)
    if seconds:
        retry_after(response, request, seconds)
    return response


def is_the_database(failure: BaseException | None) -> bool:
    """Whether the database is down, full or read-only, as opposed to a bug."""
    if isinstance(failure, (OperationalError, InterfaceError)):
        return True
    return isinstance(failure, Error) and isinstance(failure.__cause__, _PASSING)


def is_passing(failure: BaseException | None) -> bool:
    """Whether this is no bug: the database, or a full disk where large uploads wait."""
    full = isinstance(failure, OSError) and failure.errno in (errno.ENOSPC, errno.EDQUOT)
    return full or is_the_database(failure)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, "400.html", 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "403.html", 403)


def no_account(request: HttpRequest, name: str) -> HttpResponse:
    """Response to a user of single sign-on whose name opens no account; the same for each reason."""
    return _page(request, "403.html", 403, no_account=True, name=name)


def csrf_failure(request: HttpRequest) -> HttpResponse:
    return _page(request, "403.html", 403, form_expired=True)


def too_many_tries(
    request: HttpRequest, response: HttpResponse, credentials: Mapping[str, object]
) -> HttpResponse:
    """Response to too many logins; the same whether or not the account exists."""
    return _page(request, "429.html", 429)


def body_refused(request: HttpRequest, status: int) -> HttpResponse:
    """Response to a refused body: too large (413), no length (411), too slow (408), too many (503)."""
    return _page(request, "413.html", status, reason=status)


def _page(request: HttpRequest, template: str, status: int, **context: object) -> HttpResponse:
    # Without the request, whose context processors would query the session.
    context |= {
        "request_id": getattr(request, "id", ""),
        "path": request.path,
        "archive_name": settings.ARCHIVE_NAME,
    }
    text = loader.render_to_string(template, context)
    response = HttpResponse(text, status=status, headers={"Cache-Control": "no-store"})
    if status == 503:
        response["Retry-After"] = str(RETRY_SECONDS)
    return response


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of a submitted form, so that the error page can offer to send it again."""
    if request.method != "POST" or request.path.startswith("/admin/login/"):
        return []
    try:
        fields = [(name, value) for name, values in request.POST.lists() for value in values]
    except (UnreadablePostError, SuspiciousOperation):
        return []
    return [(name, value) for name, value in fields if "password" not in name]


class OneLineFilter(logging.Filter):
    """Logs one line instead of a traceback for failures that are no bug: database, full disk, a bad host."""

    def filter(self, record: logging.LogRecord) -> bool:
        failure = record.exc_info[1] if record.exc_info else None
        if isinstance(failure, DisallowedHost) or is_passing(failure):
            reason = str(failure).strip().splitlines() or [type(failure).__name__]
            if reason[0] not in record.getMessage():
                record.msg, record.args = f"{record.getMessage()}: {reason[0]}", ()
            record.exc_info = record.exc_text = None
        return True
