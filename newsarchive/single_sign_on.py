"""Single sign-on: a trusted proxy names the user in a header.

Django's RemoteUserMiddleware does not ask which machine sent the header, and leaves the second factor and
superusers to it.
"""

import logging

import pghistory
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, login, logout
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import MiddlewareNotUsed, ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from newsarchive import error_pages
from newsarchive.retries import GetResponse

BACKEND = "newsarchive.single_sign_on.RemoteUserBackend"
LONGEST_NAME = 150
logger = logging.getLogger(__name__)


class RemoteUserRequest(HttpRequest):
    # The name in the header: empty if no trusted proxy has sent one, None if it cannot be read.
    remote_user: str | None


class RemoteUserBackend(ModelBackend):
    """Loads the accounts of sessions that a proxy has signed in. No password opens such a session."""

    def authenticate(self, request: HttpRequest | None, **credentials: object) -> None:  # type: ignore[override]
        return None

    def get_user(self, user_id: int) -> User | None:
        user = User.objects.filter(pk=user_id).first() if settings.REMOTE_USER_HEADER else None
        return user if user and _may_sign_in(user) else None


class RemoteUserHeaderMiddleware:
    """Takes the header out of each request and reads it only if a trusted proxy has sent it.

    Place it before the middleware that replaces the proxy's address by the client's.
    """

    def __init__(self, get_response: GetResponse) -> None:
        if not settings.REMOTE_USER_HEADER:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.key = "HTTP_" + settings.REMOTE_USER_HEADER.upper().replace("-", "_")

    def __call__(self, request: RemoteUserRequest) -> HttpResponse:
        name = request.META.pop(self.key, "")
        request.remote_user = ""
        if name and request.META.get("REMOTE_ADDR") in settings.TRUSTED_PROXIES:
            request.remote_user = _decoded(name)
        elif name:
            logger.info("ignored %s from %s", settings.REMOTE_USER_HEADER, request.META.get("REMOTE_ADDR"))
        return self.get_response(request)


def _decoded(header: str) -> str | None:
    """The name as text: WSGI hands over the bytes of a header as Latin-1."""
    try:
        name = header.encode("latin-1").decode().strip()
        UnicodeUsernameValidator()(name)
    except (UnicodeError, ValidationError):
        return None
    return name if len(name) <= LONGEST_NAME else None


class SingleSignOnMiddleware:
    """Keeps each session of the admin that of the user whom the proxy names, and of nobody else."""

    def __init__(self, get_response: GetResponse) -> None:
        if not settings.REMOTE_USER_HEADER:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: RemoteUserRequest) -> HttpResponse:
        # Public pages are the same for everyone.
        if not request.path.startswith(reverse("admin:index")):
            return self.get_response(request)
        by_proxy = request.session.get(BACKEND_SESSION_KEY) == BACKEND
        if request.remote_user == "":
            if by_proxy:
                logout(request)
        elif not by_proxy or request.user.get_username() != request.remote_user:
            return self._sign_in(request)
        return self.get_response(request)

    def _sign_in(self, request: RemoteUserRequest) -> HttpResponse:
        if request.user.is_authenticated:
            logout(request)
        user = _account(request) if request.remote_user else None
        if user is None:
            return error_pages.no_account(request, request.remote_user or "")
        login(request, user, backend=BACKEND)
        return self.get_response(request)


def _account(request: RemoteUserRequest) -> User | None:
    """The account of exactly this name; a look-alike in other letters is another name."""
    user = User.objects.filter(username=request.remote_user).first()
    if user is None and settings.REMOTE_USER_CREATE:
        with pghistory.context(url=request.path, through="single sign-on"):
            user, _ = User.objects.get_or_create(
                username=request.remote_user, defaults={"is_staff": True, "password": make_password(None)}
            )
    return user if user and _may_sign_in(user) else None


def _may_sign_in(user: User) -> bool:
    """An operator's account is never opened by a header."""
    return user.is_active and not user.is_superuser
