"""Recovery of form input after the session expired or the CSRF check failed.

The page shows the input in full. The next login puts it into the session, and the page that it was meant
for fills its form from there. The archive itself stores nothing.
"""

import json

from django.contrib import admin
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from articles.admin.accounts import sign_in
from articles.admin.accounts.sign_in import SignInForm
from articles.parsing.normalization import without_surrogates
from newsarchive import error_pages

SESSION_KEY = "kept"
NOT_STORED = {"csrfmiddlewaretoken", "username"}
MIN_SHOWN_LENGTH = 40
# Pages that fill their form with recovered input; other pages only show it.
REFILLED_PAGES = {"desk-paste", "desk-review", "desk-report"}


def sign_in_again(request: HttpRequest) -> HttpResponse:
    """Answer a form that was sent after the session expired."""
    return _recovery_page(request, request.path, fields_of(request.POST), SignInForm(request))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token was too old. A form of the admin comes back with what was typed into it."""
    login_or_logout = request.path.startswith(("/admin/login/", "/admin/logout/"))
    if login_or_logout or not request.path.startswith("/admin/"):
        return error_pages.csrf_failure(request)
    form = None if admin.site.has_permission(request) else SignInForm(request)
    return _recovery_page(request, request.path, fields_of(request.POST), form)


@require_POST
@never_cache
@sensitive_post_parameters("password", "code")
@csrf_protect
def resume_after_login(request: HttpRequest) -> HttpResponse:
    """Log the user in if necessary, store the input in the session and redirect to its page."""
    path, fields = request.POST.get("path", ""), _loads(request.POST.get("kept", ""))
    if not admin.site.has_permission(request):
        form = sign_in.take_step(request)
        if form is not None:
            return _recovery_page(request, path, fields, form)
    page = _admin_page_name(path)
    if not page:
        return redirect("admin:desk")
    if page not in REFILLED_PAGES:
        return _recovery_page(request, path, fields, None, status=200)
    request.session[SESSION_KEY] = {"path": path, "fields": fields}
    return redirect(path)


def load(request: HttpRequest) -> QueryDict | None:
    """The recovered input for this page; it stays in the session until ``discard``, for reloads."""
    kept = request.session.get(SESSION_KEY)
    if not kept or kept["path"] != request.path:
        return None
    fields = QueryDict(mutable=True)
    for name, values in kept["fields"].items():
        fields.setlist(name, values)
    return fields


def discard(request: HttpRequest) -> None:
    """Remove the recovered input, once the form was saved."""
    request.session.pop(SESSION_KEY, None)


def _recovery_page(
    request: HttpRequest,
    path: str,
    fields: dict[str, list[str]],
    form: Form | None,
    *,
    status: int = 403,
) -> HttpResponse:
    typed = (value for name, values in fields.items() if name != "quotes" for value in values)
    texts = [value for value in typed if len(value) > MIN_SHOWN_LENGTH]
    context = {
        "path": path,
        "refills": _admin_page_name(path) in REFILLED_PAGES,
        "kept": json.dumps(fields, ensure_ascii=False),
        "texts": sorted(texts, key=len, reverse=True)[:20],
        "form": form,
        "site_header": admin.site.site_header,
    }
    return render(request, "admin/desk/recovered_input.html", context, status=status)


def fields_of(data: QueryDict) -> dict[str, list[str]]:
    """The fields without passwords, tokens and NUL characters, which PostgreSQL cannot store."""
    return {
        name: [value.replace("\0", "") for value in values]
        for name, values in data.lists()
        if name not in NOT_STORED and "password" not in name
    }


def _loads(text: str) -> dict[str, list[str]]:
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(fields, dict):
        return {}
    return {
        _clean(name): [_clean(value) for value in values if isinstance(value, str)]
        for name, values in fields.items()
        if isinstance(values, list)
    }


def _clean(text: str) -> str:
    """Remove NUL and lone surrogates: JSON can contain them, PostgreSQL and UTF-8 cannot."""
    return without_surrogates(text.replace("\0", ""))


def _admin_page_name(path: str) -> str:
    """The URL name of an admin page, or an empty string: «//other.example/admin/» would leave the site."""
    try:
        match = resolve(path)
    except Resolver404:
        return ""
    return match.url_name or "" if path.startswith(reverse("admin:index")) else ""
