"""The admin site: Django's, with the review pages of the editors in front."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.models import User
from django.contrib.auth.views import PasswordChangeView
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, reverse
from django.utils.translation import gettext, gettext_lazy

from articles.admin.change_names import name_changes
from articles.models.audit import page_changes
from newsarchive import error_pages, sign_in

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
# Text as printed loses only NUL, which PostgreSQL cannot store.
_RECORD = re.compile(r"body|w-\w+|words")
# The original is stored unchanged; the parser removes the characters.
_AS_IT_CAME = {"text"}
_NOT_TOUCHED = re.compile(r"csrfmiddlewaretoken|.*password.*")
_MOST_NAMED = 10


def remove_control_characters(request: HttpRequest) -> None:
    """Clean every field of ``request.POST`` and add a message that names the fields changed."""
    had: list[str] = []
    cleaned = request.POST.copy()
    for name, values in request.POST.lists():
        clean = [_cleaned(name, value) for value in values]
        if clean != values:
            cleaned.setlist(name, clean)
            had.append(_label(name))
    if not had:
        return
    request.POST = cleaned  # type: ignore[assignment]  # has a setter
    # Autosave gets no message: the form itself is sent later.
    if not request.path.endswith("/keep/"):
        named = ", ".join(dict.fromkeys(had[:_MOST_NAMED]))
        messages.warning(
            request, gettext("We removed control characters from: %(fields)s.") % {"fields": named}
        )


def _cleaned(name: str, value: str) -> str:
    if name in _AS_IT_CAME or _NOT_TOUCHED.fullmatch(name):
        return value
    if name == "quotes":
        return _cleaned_answers(value)
    return value.replace("\0", "") if _RECORD.fullmatch(name) else _CONTROL.sub("", value)


def _cleaned_answers(text: str) -> str:
    """Clean the JSON field that holds all answers of the review page."""
    if not re.search(r"\\u00[0-9a-fA-F]{2}|\\[bf]", text) and not _CONTROL.search(text):
        return text
    try:
        rows = json.loads(text, strict=False)
        clean = [{**row, "s": _CONTROL.sub("", row["s"]), "w": row["w"].replace("\0", "")} for row in rows]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        # The view rejects malformed answers.
        return text
    return text if clean == rows else json.dumps(clean)


def _label(name: str) -> str:
    """The name of a field in the message: «source_url» is «source url», «s-12» is «speaker»."""
    if name == "quotes" or re.fullmatch(r"s-\w+", name):
        return "speaker"
    return re.sub(r"-(?:\d+|new)\b", "", name).replace("_", " ").replace("-", " ")


View = Callable[..., HttpResponseBase]


class DeskSite(AdminSite):
    site_title = settings.ARCHIVE_NAME
    site_header = settings.ARCHIVE_NAME
    index_title = gettext_lazy("All records")
    enable_nav_sidebar = False

    def get_urls(self) -> list[URLResolver | URLPattern]:
        from articles.admin.tables.filtered_list import FilteredList, KeyedForm
        from articles.admin.urls import desk_urls

        # The admins of other packages (users, logins) must also answer wrong filter values with a message.
        for model, table in list(self._registry.items()):
            if not isinstance(table, FilteredList):
                bases = (FilteredList, KeyedForm, type(table))
                self._registry[model] = type(type(table).__name__, bases, {})(model, self)
        return [*desk_urls(self), *super().get_urls()]

    def each_context(self, request: HttpRequest) -> dict[str, Any]:  # as Django has it
        """Django's context, with that of the bar on top of the page."""
        from articles.admin.permissions import navigation

        context = super().each_context(request)
        return {**context, **navigation(request)} if context["has_permission"] else context

    def login(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:
        """The page for the password. Leads to the review queue unless another page asked for the login."""
        from articles.admin.accounts.sign_in import PasswordStep, SignInForm

        desk, index = reverse("admin:desk"), reverse("admin:index")
        if request.method == "GET" and self.has_permission(request):
            return redirect(desk)
        asked = request.POST.get(REDIRECT_FIELD_NAME, request.GET.get(REDIRECT_FIELD_NAME, index))
        context = {
            **self.each_context(request),
            "title": gettext("Sign in"),
            "subtitle": None,
            "app_path": request.get_full_path(),
            "username": request.user.get_username(),
            **({REDIRECT_FIELD_NAME: desk} if asked == index else {}),
            **(extra_context or {}),
        }
        request.current_app = self.name
        view = PasswordStep.as_view(
            extra_context=context,
            authentication_form=SignInForm,
            template_name="admin/login.html",
        )
        return view(request)  # type: ignore[return-value]  # of this view it is one

    def logout(
        self,
        request: HttpRequest,
        extra_context: dict[str, object] | None = None,
    ) -> TemplateResponse:
        """Clear the browser's cache, so that its back button shows no page of the admin."""
        signed_on = {
            "signed_on": sign_in.is_by_single_sign_on(request),
            "logout_url": settings.REMOTE_USER_LOGOUT_URL,
        }
        response = super().logout(request, {**signed_on, **(extra_context or {})})
        response["Clear-Site-Data"] = '"cache"'
        return response

    def password_change(  # type: ignore[override]  # may also be refused
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """Count wrong old passwords: nobody may try them out in a session that was left open."""
        typed, user = request.POST.get("old_password", ""), request.user
        if typed and isinstance(user, User):
            sign_in.confirms_password(request, user, typed)
        if sign_in.is_locked(request):
            return error_pages.too_many_tries(request, HttpResponse(), {})
        from articles.admin.accounts.sign_in import NewPasswordForm

        request.current_app = self.name
        context = {**self.each_context(request), **(extra_context or {})}
        done = reverse("admin:password_change_done")
        view = PasswordChangeView.as_view(form_class=NewPasswordForm, success_url=done, extra_context=context)
        return view(request)  # type: ignore[return-value]  # of this view it is one

    def admin_view(  # type: ignore[override]  # Django’s names the type of the view
        self, view: View, cacheable: bool = False
    ) -> View:
        """Django's check; also recovers input sent after the session ended, and records who changes what."""
        checked = super().admin_view(update_wrapper(_signed(view), view), cacheable)

        def recovering(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # of the view
            from articles.admin import recovered_input

            lost = request.method == "POST" and not self.has_permission(request)
            if lost and request.path != reverse("admin:logout"):
                return recovered_input.sign_in_again(request)
            if request.method == "POST":
                remove_control_characters(request)
            return checked(request, *args, **kwargs)

        return update_wrapper(recovering, checked)


def _signed(view: View) -> View:
    def signed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # of the view
        if request.method != "POST":
            return view(request, *args, **kwargs)
        page = request.resolver_match.url_name if request.resolver_match else ""
        with page_changes(name_changes, user=request.user.pk, through="desk", page=page or ""):
            return view(request, *args, **kwargs)

    return signed
