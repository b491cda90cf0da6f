"""Signing in with a password and, if the account has a second factor, a code after it."""

import time
from collections.abc import Callable

from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth import BACKEND_SESSION_KEY, login
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from newsarchive import second_factor, single_sign_on

# A password was right; the session is not signed in before the code is.
PENDING = "pending_sign_in"
PENDING_SECONDS = 10 * 60


def sign_in(request: HttpRequest, user: User, *, then: str) -> bool:
    """Sign in an account whose password was right; False if it needs a code first.

    ``then`` is the path to open after the code.
    """
    if second_factor.device_of(user) is None:
        login(request, user)
        return True
    # Whoever planted the cookie of this session must not share the step that was taken.
    request.session.cycle_key()
    request.session[PENDING] = {
        "user": user.pk,
        "backend": user.backend,
        "hash": user.get_session_auth_hash(),
        "until": time.time() + PENDING_SECONDS,
        "then": then,
    }
    return False


def pending_user(request: HttpRequest) -> User | None:
    """The account whose password was right in this session and whose code is missing."""
    pending = request.session.get(PENDING)
    if not pending or pending["until"] < time.time():
        return None
    user = User.objects.filter(pk=pending["user"], is_active=True).first()
    # A new password ends this step, as it ends sessions.
    if user is None or not constant_time_compare(pending["hash"], user.get_session_auth_hash()):
        return None
    return user


def finish(request: HttpRequest, user: User, code: str) -> str | None:
    """Sign in the pending user if the code is right; return the path to open then."""
    if not _counted(request, user, lambda: second_factor.accepts_code(user, code)):
        return None
    pending = request.session[PENDING]
    login(request, user, backend=pending["backend"])
    mark_verified(request)
    # Signing in keeps what else is in the session.
    request.session.pop(PENDING, None)
    return pending["then"]


def confirms_identity(request: HttpRequest, user: User, typed: str) -> bool:
    """Whether a signed-in person has typed their password or a code; failures count as failed sign-ins."""
    return _counted(
        request, user, lambda: user.check_password(typed) or second_factor.accepts_code(user, typed)
    )


def confirms_password(request: HttpRequest, user: User, typed: str) -> bool:
    """Whether a signed-in person has typed their password; failures count as failed sign-ins."""
    return _counted(request, user, lambda: user.check_password(typed))


def is_locked(request: HttpRequest) -> bool:
    """Whether the failure that was counted in this request is one too many."""
    return bool(getattr(request, "axes_locked_out", False))


def mark_verified(request: HttpRequest) -> None:
    """Note in the session that it has the second factor of its account."""
    if device := second_factor.device_of(request.user):
        request.session[second_factor.SESSION_KEY] = device.pk


def is_by_single_sign_on(request: HttpRequest) -> bool:
    """Whether a proxy signed this session in."""
    return request.session.get(BACKEND_SESSION_KEY) == single_sign_on.BACKEND


def _counted(request: HttpRequest, user: User, is_right: Callable[[], bool]) -> bool:
    """Check, unless too many sign-ins have failed; a failure counts as a failed sign-in."""
    credentials = {"username": user.get_username()}
    if AxesProxyHandler.is_allowed(request, credentials) and is_right():
        return True
    user_login_failed.send(sender=__name__, credentials=credentials, request=request)
    return False
