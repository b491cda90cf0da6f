"""What every request and every answer gets, whichever page it is."""

import ipaddress
import logging
import re
import secrets
from contextvars import ContextVar
from http.cookies import CookieError
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.http import HttpRequest
from django.utils.cache import add_never_cache_headers, patch_cache_control

from newsarchive import error_pages

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


class RequestIdMiddleware:
    """Gives the request a short name, which stands in the log, in the answer and on a failure's page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
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
    def filter(self, record):
        # Django writes some lines when the request has already gone through.
        record.request_id = getattr(getattr(record, "request", None), "id", None) or request_id.get()
        return True


class PolicyMiddleware:
    """Nothing inline, nothing from elsewhere, no frame around it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        return response


class CleanRequestMiddleware:
    """Refuses what no browser sends: NUL, which PostgreSQL cannot take, and bytes that are not UTF-8."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request) if _is_clean(request) else error_pages.bad_request(request)


def _is_clean(request: HttpRequest) -> bool:
    try:
        query = unquote_to_bytes(request.META.get("QUERY_STRING", "")).decode()
        cookies = "".join(request.COOKIES.values())
    except (UnicodeDecodeError, CookieError):
        return False
    headers = (value for name, value in request.META.items() if name.startswith("HTTP_"))
    # Django leaves bytes of the path that are no UTF-8 as %FF, which no address matches.
    return not any("\0" in text for text in (request.path, query, cookies, *headers))


class ClientAddressMiddleware:
    """Puts the reader's own address into REMOTE_ADDR where a proxy that the operator named stands before us.

    Of X-Forwarded-For only what such a proxy wrote is believed: the last address that is not one of them.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        trusted = set(settings.TRUSTED_PROXIES)
        hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
        while request.META.get("REMOTE_ADDR") in trusted and hops and _is_address(hops[-1]):
            request.META["REMOTE_ADDR"] = hops.pop()
        return self.get_response(request)


def client_network(request: HttpRequest) -> str:
    """What one client is counted by: its IPv4 address, or its IPv6 network of 64 bits; empty if unknown."""
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
    """Public pages may be kept for a minute by anybody; whatever belongs to one person by nobody.

    A page is public when it is not the editors', sets no cookie, and nobody is logged in. Such a page is the
    same for all: it does not vary by cookie, even where a template asked whether anybody is logged in.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if not self._is_public(request, response):
            add_never_cache_headers(response)
            return response
        _vary_without_cookie(response)
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, public=True, max_age=60)
        return response

    def _is_public(self, request, response):
        if request.method not in {"GET", "HEAD"} or response.status_code not in CACHED_STATUSES:
            return False
        if request.path.startswith("/admin/") or response.cookies:
            return False
        return settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated


def _vary_without_cookie(response):
    kept = [
        name
        for part in response.get("Vary", "").split(",")
        if (name := part.strip()).lower() not in {"", "cookie"}
    ]
    if kept:
        response["Vary"] = ", ".join(kept)
    else:
        del response["Vary"]
