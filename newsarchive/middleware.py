"""Middleware for all pages: request ids, security policy, lost connections, client address and caching."""

import ipaddress
import logging
import re
import secrets
from contextvars import ContextVar
from http.cookies import CookieError
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers, patch_cache_control

from newsarchive import error_pages
from newsarchive.retries import GetResponse

request_id: ContextVar[str] = ContextVar("request_id", default="-")

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)
CACHED_STATUSES = {200, 301, 302, 304, 404, 410}
log = logging.getLogger(__name__)


class IdentifiedRequest(HttpRequest):
    id: str


class RequestIdMiddleware:
    """Sets a request id, which the log, a response header and error pages show."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: IdentifiedRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        request.id = given if re.fullmatch(r"[\w.-]{8,64}", given, re.ASCII) else secrets.token_hex(8)
        token = request_id.set(request.id)
        try:
            response = self.get_response(request)
        finally:
            request_id.reset(token)
        response["X-Request-ID"] = request.id
        return response


class RequestIdFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        # Django logs some lines after the middleware has finished.
        record.request_id = getattr(getattr(record, "request", None), "id", None) or request_id.get()
        return True


class PolicyMiddleware:
    """Sets the Content-Security-Policy: nothing inline, nothing from other origins, no framing."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        return response


class CleanRequestMiddleware:
    """Refuses what no browser sends: NUL, which PostgreSQL cannot store, and invalid UTF-8."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request) if _is_clean(request) else error_pages.bad_request(request)


def _is_clean(request: HttpRequest) -> bool:
    try:
        query = unquote_to_bytes(request.META.get("QUERY_STRING", "")).decode()
        cookies = "".join(request.COOKIES.values())
    except (UnicodeDecodeError, CookieError):
        return False
    headers = (value for name, value in request.META.items() if name.startswith("HTTP_"))
    # Django leaves invalid UTF-8 in the path as %FF, which matches no URL pattern.
    return not any("\0" in text for text in (request.path, query, cookies, *headers))


class LostConnectionMiddleware:
    """Drops a connection that was lost inside a transaction whose end an earlier request never reached.

    Django keeps it, because it counts as in that transaction, and later requests of the thread would fail.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        for used in connections.all(initialized_only=True):
            if used.in_atomic_block and used.connection is not None and used.connection.closed:
                log.warning("A transaction was never ended; its lost connection is replaced.")
                del connections[used.alias]
        return self.get_response(request)


class ClientAddressMiddleware:
    """Sets REMOTE_ADDR to the client's address if the request came through a trusted proxy.

    Uses the last address in X-Forwarded-For that is not a trusted proxy.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        trusted = set(settings.TRUSTED_PROXIES)
        hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
        while request.META.get("REMOTE_ADDR") in trusted and hops and _is_address(hops[-1]):
            request.META["REMOTE_ADDR"] = hops.pop()
        return self.get_response(request)


def client_network(request: HttpRequest) -> str:
    """The key for counting a client: its IPv4 address or IPv6 /64 network; empty if unknown."""
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    return str(address.ipv4_mapped or ipaddress.ip_network((address, 64), strict=False).network_address)


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


class CacheMiddleware:
    """Makes public pages cacheable for a minute and all others not cacheable.

    A page is public if it is outside the admin, sets no cookie, and nobody is logged in. Public pages do not
    vary by cookie, even if a template checked for a login.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not self._is_public(request, response):
            add_never_cache_headers(response)
            return response
        _vary_without_cookie(response)
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, public=True, max_age=60)
        return response

    def _is_public(self, request: HttpRequest, response: HttpResponse) -> bool:
        if request.method not in {"GET", "HEAD"} or response.status_code not in CACHED_STATUSES:
            return False
        if request.path.startswith("/admin/") or response.cookies:
            return False
        return settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated


def _vary_without_cookie(response: HttpResponse) -> None:
    names = [
        name
        for part in response.get("Vary", "").split(",")
        if (name := part.strip()).lower() not in {"", "cookie"}
    ]
    if names:
        response["Vary"] = ", ".join(names)
    else:
        del response["Vary"]
