"""Answers anonymous readers from a replica, and from the primary if that fails."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg
from django.conf import settings
from django.core import signing
from django.core.exceptions import MiddlewareNotUsed
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from newsarchive.replicas import routing
from newsarchive.retries import GetResponse

SAFE = {"GET", "HEAD"}
# Pages of one person, and of this process. Whoever has the link of a report may have no cookie.
ON_PRIMARY = ("/admin/", "/reports/", "/healthz", "/readyz", "/metrics")
# Longer than any replica that is used can be behind.
COOKIE_SECONDS = 60 * 60
SALT = "position of the last write"
EVERYTHING = 2**62

View = Callable[..., HttpResponseBase]


class ReplicaMiddleware:
    """Reads from a replica for who is not signed in. Place it last: it calls the view itself.

    Whoever has sent a form gets a cookie with the position of the primary's log after it, and reads from a
    replica only once that has replayed so much.
    """

    def __init__(self, get_response: GetResponse) -> None:
        if not settings.DATABASE_REPLICAS:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE:
            return _remember_write(self.get_response(request))
        if not _may_read_from_replica(request):
            return self.get_response(request)
        return self._from_replica(request)

    def _from_replica(self, request: HttpRequest) -> HttpResponse:
        streaming = False
        try:
            for replica in routing.usable(_last_write(request))[:1]:
                routing.read_from(replica)
            response = self.get_response(request)
            if response.status_code >= 500 and routing.was_lost():
                # Also the page of a 404 reads, outside of a view.
                routing.distrust()
                response = self.get_response(request)
            streaming = response.streaming
            return response
        finally:
            # A file is read while it is sent; the end of the request ends that too.
            if not streaming:
                routing.read_from_primary()

    def process_view(
        self,
        request: HttpRequest,
        view: View,
        args: tuple[Any, ...],  # of the URL
        kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        """The response of the view from the replica; None lets Django call it, with the primary."""
        if not routing.is_reading():
            return None
        try:
            response = view(request, *args, **kwargs)
            render = getattr(response, "render", None)
            return render() if callable(render) else response
        except Error as error:
            if _connection_failed(error):
                routing.distrust()
            elif _conflicts_with_recovery(error):
                routing.read_from_primary()
            else:
                raise
            return None


def _may_read_from_replica(request: HttpRequest) -> bool:
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        return False
    return not request.path.startswith(ON_PRIMARY)


def _connection_failed(error: Error) -> bool:
    """Whether the replica went away or takes no connection; Django may have connected again since."""
    cause = error.__cause__
    if not isinstance(cause, psycopg.OperationalError | psycopg.InterfaceError):
        return False
    # Without a state, the error was found by the client.
    return cause.sqlstate is None or cause.sqlstate.startswith(("08", "53", "57P"))


def _conflicts_with_recovery(error: Error) -> bool:
    """Whether the replica stopped the statement, because it reads what the primary has removed or locked.

    A replica whose replay waits keeps the locks of the primary's last VACUUM or migration for that long.
    """
    return isinstance(
        error.__cause__,
        psycopg.errors.SerializationFailure
        | psycopg.errors.DeadlockDetected
        | psycopg.errors.LockNotAvailable,
    )


def _last_write(request: HttpRequest) -> int:
    value = request.COOKIES.get(settings.WRITE_COOKIE_NAME)
    if value is None:
        return 0
    try:
        return int(signing.loads(value, salt=SALT, max_age=COOKIE_SECONDS))
    except (signing.BadSignature, ValueError, TypeError):
        return 0


def _remember_write(response: HttpResponse) -> HttpResponse:
    try:
        position = routing.position_of_primary()
    except Error:
        position = EVERYTHING
    response.set_cookie(
        settings.WRITE_COOKIE_NAME,
        signing.dumps(position, salt=SALT),
        max_age=COOKIE_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
