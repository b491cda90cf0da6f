"""Limits the size and duration of request bodies from clients that are not logged in."""

import socket
from contextlib import suppress
from threading import BoundedSemaphore, Timer

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, UnreadablePostError

from newsarchive import error_pages
from newsarchive.retries import GetResponse

# A login or a reader's report with every character encoded in twelve bytes.
MOST_BYTES = 64 * 1024
SECONDS = 20


class BodyLimitMiddleware:
    """Refuses a body by its length before reading it. Place it after authentication, before CSRF.

    Forms of the admin may be large, because input sent after the session has ended is recovered. A body
    must arrive within ``SECONDS``, and at most a quarter of the threads read bodies at once.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.readers = BoundedSemaphore(settings.WEB_THREADS // 4)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "HTTP_TRANSFER_ENCODING" in request.META:
            return error_pages.body_refused(request, 411)
        length = _length(request)
        if not length or _is_signed_in(request):
            return self.get_response(request)
        if length > _most_bytes(request):
            return error_pages.body_refused(request, 413)
        refused = self._refusal(request, length)
        if refused:
            # Gunicorn's main thread would wait two seconds for each of these clients to close its connection.
            _stop_reading(request.META.get("gunicorn.socket"))
        return refused or self.get_response(request)

    def _refusal(self, request: HttpRequest, length: int) -> HttpResponse | None:
        """Read the body into memory; return an error response if that is impossible now or took too long."""
        if not self.readers.acquire(blocking=False):
            return error_pages.body_refused(request, 503)
        try:
            return None if _arrived(request, length) else error_pages.body_refused(request, 408)
        finally:
            self.readers.release()


def _is_signed_in(request: HttpRequest) -> bool:
    """Also false while the database is down: the error page then returns the input of the form."""
    try:
        return request.user.is_authenticated
    except DatabaseError:
        return False


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _most_bytes(request: HttpRequest) -> int:
    signing_in = request.path.startswith("/admin/login/")
    if request.path.startswith("/admin/") and not signing_in:
        return settings.DATA_UPLOAD_MAX_MEMORY_SIZE or MOST_BYTES
    return MOST_BYTES


def _arrived(request: HttpRequest, length: int) -> bool:
    """Whether the whole body arrived in time. Only gunicorn provides the socket to shut down."""
    connection = request.META.get("gunicorn.socket")
    watch = Timer(SECONDS, _stop_reading, [connection]) if connection else None
    if watch:
        watch.start()
    try:
        return len(request.body) == length
    except UnreadablePostError:
        return False
    finally:
        if watch:
            watch.cancel()


def _stop_reading(connection: socket.socket | None) -> None:
    """Wake the thread that waits for the next byte; the response can still be sent."""
    with suppress(OSError):
        if connection:
            socket.socket.shutdown(connection, socket.SHUT_RD)
