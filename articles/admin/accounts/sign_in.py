"""The two steps of signing in: the password, then a code if the account has a second factor."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.forms import AdminAuthenticationForm, AdminPasswordChangeForm
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from articles import accounts
from newsarchive import sign_in

FEW_CODES = 3
WRONG_CODE = gettext_lazy("That code did not work. Check it, or enter the next code that your app shows.")


class SignInForm(AdminAuthenticationForm):
    error_messages = {
        **AdminAuthenticationForm.error_messages,
        "invalid_login": gettext_lazy("The username or password is wrong. Capital letters matter."),
    }


class NewPasswordForm(AdminPasswordChangeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:  # of AdminPasswordChangeForm
        super().__init__(*args, **kwargs)
        again = self.fields["new_password2"]
        again.label, again.help_text = gettext_lazy("Repeat the new password"), ""


class CodeInput(forms.TextInput):
    """Comes back empty: a code that was wrong is of no more use."""

    def format_value(self, value: object) -> None:
        return None


class CodeForm(forms.Form):
    """The second step. A recovery code has letters, so that a phone must offer its whole keyboard."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=40,
        widget=CodeInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "none",
                "spellcheck": "false",
                "autofocus": True,
            }
        ),
    )


class PasswordStep(LoginView):
    """Django's login page, whose password opens no session if the account has a second factor."""

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        then = self.get_success_url()
        signed_in = sign_in.sign_in(self.request, form.get_user(), then=then)
        return redirect(then) if signed_in else redirect("admin:login-code")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters("code")
@csrf_protect
def enter_code(request: HttpRequest) -> HttpResponse:
    """The second step, on a page of its own."""
    user = sign_in.pending_user(request)
    if user is None:
        return redirect("admin:login")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        then = sign_in.finish(request, user, form.cleaned_data["code"])
        if then is not None:
            _warn_of_few_codes(request, user)
            return redirect(then)
        form.add_error("code", WRONG_CODE)
    context = {"form": form, "username": user.get_username(), "site_header": admin.site.site_header}
    return render(request, "admin/desk/login_code.html", context)


def take_step(request: HttpRequest) -> forms.Form | None:
    """Sign in from the form of another page: the form of the step that is missing; None once signed in."""
    user = sign_in.pending_user(request)
    if user is not None and "code" in request.POST:
        code = CodeForm(request.POST)
        if code.is_valid() and sign_in.finish(request, user, code.cleaned_data["code"]) is not None:
            return None
        if code.is_valid():
            code.add_error("code", WRONG_CODE)
        return code
    form = SignInForm(request, data=request.POST)
    if not form.is_valid():
        return form
    return None if sign_in.sign_in(request, form.get_user(), then="") else CodeForm()


def _warn_of_few_codes(request: HttpRequest, user: User) -> None:
    left = accounts.codes_left(user)
    if left <= FEW_CODES:
        said = ngettext("You have %(n)s recovery code left.", "You have %(n)s recovery codes left.", left)
        messages.warning(request, said % {"n": left})
