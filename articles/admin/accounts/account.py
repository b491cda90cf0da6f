"""A user's own account: their role, password and two-step sign-in."""

from __future__ import annotations

from base64 import b32encode
from dataclasses import dataclass
from typing import TypedDict

import segno
from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django_otp.plugins.otp_totp.models import TOTPDevice, default_key

from articles import accounts
from articles.admin.accounts.sign_in import WRONG_CODE, CodeForm
from articles.admin.permissions import editor_of, render_page
from newsarchive import second_factor, sign_in

KEY_SALT = "key of an authenticator app"
KEY_SECONDS = 60 * 60
QUIET_ZONE = 4


class IdentityForm(forms.Form):
    # Every log and error page leaves out fields with this name.
    password = forms.CharField(
        label=gettext_lazy("Your password, or a code from your app"),
        max_length=4096,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class SetUpForm(CodeForm):
    """The first code of an app. ``key`` is signed: the key that the page showed, and the app it replaces.

    Asks for the password, unless that was asked before the key was shown: a session that was left open must
    not shut out its owner.
    """

    key = forms.CharField(widget=forms.HiddenInput, max_length=500, required=False)
    password = forms.CharField(
        label=gettext_lazy("Your password"),
        max_length=4096,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    field_order = ("key", "code", "password")

    def __init__(self, *args: object, moving: bool) -> None:
        super().__init__(*args)  # type: ignore[arg-type]  # as the base class takes them
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autofocus": False}
        if moving:
            del self.fields["password"]


class OfferedKey(TypedDict):
    user: int
    key: str
    replaces: int | None


@dataclass(frozen=True)
class QRCode:
    """A QR code as the path of an SVG: the page draws it, so that no file or inline style is needed."""

    path: str
    size: int


@sensitive_post_parameters("password")
def show_account(request: HttpRequest) -> HttpResponse:
    """The account page; its form changes the second factor of somebody who has one."""
    user, device = editor_of(request), second_factor.device_of(request.user)
    form = IdentityForm(request.POST if request.method == "POST" else None)
    change = request.POST.get("do", "")
    if request.method == "POST" and device is not None and form.is_valid():
        if sign_in.confirms_identity(request, user, form.cleaned_data["password"]):
            return _change_second_factor(request, user, device, change)
        form.add_error("password", gettext("This is neither your password nor a code that works now."))
    context = {
        "form": form,
        "device": device,
        "codes_left": accounts.codes_left(user),
        "required": second_factor.is_required_of(user),
        "groups": ", ".join(user.groups.order_by("name").values_list("name", flat=True)),
        "by_single_sign_on": sign_in.is_by_single_sign_on(request),
    }
    return render_page(request, "account.html", context)


def _change_second_factor(request: HttpRequest, user: User, device: TOTPDevice, change: str) -> HttpResponse:
    if change == "codes":
        return _show_codes(request, accounts.renew_recovery_codes(user), reverse("admin:account"))
    if change == "move":
        return _show_key(request, user, SetUpForm(moving=True), _new_key(user, device))
    if change == "off" and not second_factor.is_required_of(user):
        accounts.turn_off(user)
        messages.success(request, gettext("Two-step sign-in is off."))
    return redirect("admin:account")


@sensitive_post_parameters("code", "key", "password")
def set_up(request: HttpRequest) -> HttpResponse:
    """Turn two-step sign-in on: show a new key, and take the first code of the app that has it."""
    user, device = editor_of(request), second_factor.device_of(request.user)
    known = _offered(request.POST.get("key", ""), user)
    offered = known or _new_key(user)
    if sign_in.is_by_single_sign_on(request) or offered["replaces"] != (device and device.pk):
        return redirect("admin:account")
    sent = request.POST if request.method == "POST" else None
    form = SetUpForm(sent, moving=offered["replaces"] is not None)
    if request.method == "POST" and not known:
        form.add_error("code", gettext("The page was open for too long. Add this new key to your app."))
    if form.is_valid() and not _confirmed(request, user, form):
        form.add_error("password", gettext("This is not your password."))
    if form.is_valid():
        try:
            codes = accounts.turn_on(user, offered["key"], form.cleaned_data["code"].replace(" ", ""))
        except accounts.WrongCode:
            form.add_error("code", WRONG_CODE)
        else:
            # The session goes on with a new key; all others must sign in again.
            request.session.cycle_key()
            sign_in.mark_verified(request)
            return _show_codes(request, codes, _path_after(request))
    return _show_key(request, user, form, offered)


def _confirmed(request: HttpRequest, user: User, form: SetUpForm) -> bool:
    return "password" not in form.fields or sign_in.confirms_identity(
        request, user, form.cleaned_data["password"]
    )


def _new_key(user: User, replaces: TOTPDevice | None = None) -> OfferedKey:
    return {"user": user.pk, "key": default_key(), "replaces": replaces and replaces.pk}


def _offered(signed: str, user: User) -> OfferedKey | None:
    """The key that a page has shown to this user in the last hour."""
    try:
        offered: OfferedKey = signing.loads(signed, salt=KEY_SALT, max_age=KEY_SECONDS)
    except signing.BadSignature:
        return None
    return offered if offered.get("user") == user.pk else None


def _show_key(request: HttpRequest, user: User, form: SetUpForm, offered: OfferedKey) -> HttpResponse:
    device = TOTPDevice(user=user, key=offered["key"])
    secret = b32encode(device.bin_key).decode()
    context = {
        "form": form,
        "key": signing.dumps(offered, salt=KEY_SALT),
        "qr": draw(device.config_url),
        "url": device.config_url,
        "secret": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        "next": _path_after(request),
        "moving": offered["replaces"] is not None,
        "must": offered["replaces"] is None and second_factor.is_required_of(user),
    }
    return render_page(request, "two_step.html", context)


def _show_codes(request: HttpRequest, codes: list[str], then: str) -> HttpResponse:
    """Recovery codes are shown on this page and never again."""
    shown = [f"{code[:4]}-{code[4:]}" for code in codes]
    return render_page(request, "recovery_codes.html", {"codes": shown, "next": then})


def _path_after(request: HttpRequest) -> str:
    """Where the page leads when it is done: a path of this site."""
    then = request.POST.get("next") or request.GET.get("next", "")
    hosts, secure = {request.get_host()}, request.is_secure()
    safe = url_has_allowed_host_and_scheme(then, allowed_hosts=hosts, require_https=secure)
    return then if safe else reverse("admin:account")


def draw(text: str) -> QRCode:
    """One rectangle of the path for each dark run of a row."""
    matrix = segno.make(text, error="m", micro=False).matrix
    runs = []
    for y, row in enumerate(matrix, QUIET_ZONE):
        line, start = "".join("1" if dark else "0" for dark in row), 0
        while (start := line.find("1", start)) >= 0:
            end = line.find("0", start) if "0" in line[start:] else len(line)
            runs.append(f"M{start + QUIET_ZONE} {y}h{end - start}v1h-{end - start}z")
            start = end
    return QRCode("".join(runs), len(matrix) + 2 * QUIET_ZONE)
