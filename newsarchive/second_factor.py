"""Second factor at sign-in (TOTP): who must have one, checking codes, and sessions that lack it."""

import re

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from newsarchive import single_sign_on
from newsarchive.retries import GetResponse

NOBODY, CHIEF_EDITORS, EVERYONE = "nobody", "chief-editors", "everyone"
# What makes a chief editor, whatever their group is called; whoever can give these rights counts as one.
CHIEF_EDITOR_PERMISSIONS = (
    *("articles.change_publication", "articles.add_source", "articles.change_source"),
    *("articles.change_importbatch", "articles.delete_article", "articles.view_deed"),
    *("articles.add_ruleswitch", "articles.change_ruleswitch"),
    *("auth.add_user", "auth.change_user", "auth.add_group", "auth.change_group"),
)
# The id of the device for which a code was given in this session.
SESSION_KEY = "second_factor"
_CODE = re.compile(r"[0-9]{6}")
_RECOVERY_CODE = re.compile(r"[a-z2-7]{8}")


def device_of(user: AbstractBaseUser | AnonymousUser) -> TOTPDevice | None:
    """The authenticator app of an account; None if its second factor is off."""
    return TOTPDevice.objects.filter(user_id=user.pk, confirmed=True).order_by("pk").last()


def is_required_of(user: User) -> bool:
    """Whether the operator's setting requires a second factor of this account."""
    if settings.REQUIRE_SECOND_FACTOR == EVERYONE:
        return True
    if settings.REQUIRE_SECOND_FACTOR == CHIEF_EDITORS:
        return any(user.has_perm(permission) for permission in CHIEF_EDITOR_PERMISSIONS)
    return False


def accepts_code(user: AbstractBaseUser, typed: str) -> bool:
    """Whether this is the app's present code or an unused recovery code; each works once.

    After n wrong codes, django-otp refuses all codes of that kind for 2ⁿ⁻¹ seconds.
    """
    code = re.sub(r"[\s-]", "", typed).lower()
    if _CODE.fullmatch(code):
        devices = TOTPDevice.objects.all()
    elif _RECOVERY_CODE.fullmatch(code):
        devices = StaticDevice.objects.all()
    else:
        return False
    with transaction.atomic():
        # Locked, so that a code sent twice at once is taken once.
        device = devices.filter(user_id=user.pk, confirmed=True).select_for_update().first()
        return device is not None and device.verify_token(code)


class CheckedRequest(HttpRequest):
    lacks_second_factor: bool


class SecondFactorMiddleware:
    """Treats a session as signed out until it has the second factor that its account needs.

    Place it after authentication. Sessions of single sign-on are exempt: the identity provider decides there.
    Whoever must set up a second factor gets to the page for that, and to no other of the admin.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: CheckedRequest) -> HttpResponse:
        user = request.user
        request.lacks_second_factor = False
        # Lazy: public pages do not ask who reads them.
        request.user = SimpleLazyObject(lambda: _checked(request, user))  # type: ignore[assignment]
        return self.get_response(request)

    def process_view(
        self, request: CheckedRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        if not request.path.startswith(reverse("admin:index")) or request.method not in {"GET", "HEAD"}:
            return None
        if request.user.is_authenticated or not request.lacks_second_factor:
            return None
        sign_in = request.path.startswith(reverse(settings.LOGIN_URL))
        then = request.GET.get("next", "") if sign_in else request.get_full_path()
        return HttpResponseRedirect(f"{reverse('admin:two-step')}?{urlencode({'next': then})}")


def _checked(request: CheckedRequest, user: User | AnonymousUser) -> User | AnonymousUser:
    if isinstance(user, AnonymousUser) or not user.is_authenticated:
        return user
    if request.session[BACKEND_SESSION_KEY] == single_sign_on.BACKEND:
        return user
    if device := device_of(user):
        return user if request.session.get(SESSION_KEY) == device.pk else AnonymousUser()
    if is_required_of(user) and request.path not in (reverse("admin:two-step"), reverse("admin:logout")):
        request.lacks_second_factor = True
        return AnonymousUser()
    return user
