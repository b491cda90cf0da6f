"""What an editor typed outlives the end of a session and a refused form.

The text is shown in full at once, and travels with the next login into the server's session, from where
the page it was meant for takes it back into its fields. Nothing is stored in the archive on the way.
"""

import json

from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from articles.parsing.normalization import without_surrogates
from newsarchive import error_pages

SESSION_KEY = "kept"
SECRETS = {"csrfmiddlewaretoken", "username"}
FOR_EYES = 40
# The pages that put it back into their fields; for others it is shown, to be copied.
TAKES_BACK = {"desk-paste", "desk-review", "desk-report"}


def sign_in_again(request: HttpRequest) -> HttpResponse:
    """Answer a form that was sent after its session had ended."""
    return _kept_page(request, request.path, fields_of(request.POST), AdminAuthenticationForm(request))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token was too old. A form of the admin comes back with what was typed into it."""
    login_or_logout = request.path.startswith(("/admin/login/", "/admin/logout/"))
    if login_or_logout or not request.path.startswith("/admin/"):
        return error_pages.csrf_failure(request)
    form = None if admin.site.has_permission(request) else AdminAuthenticationForm(request)
    return _kept_page(request, request.path, fields_of(request.POST), form)


@require_POST
@never_cache
@sensitive_post_parameters("password")
@csrf_protect
def bring_back(request: HttpRequest) -> HttpResponse:
    """Log in where that is needed, and go back to the page with what had been typed."""
    path, fields = request.POST.get("path", ""), _loads(request.POST.get("kept", ""))
    if not admin.site.has_permission(request):
        form = AdminAuthenticationForm(request, data=request.POST)
        if not form.is_valid():
            return _kept_page(request, path, fields, form)
        login(request, form.get_user())
    page = _page_of_the_admin(path)
    if not page:
        return redirect("admin:desk")
    if page not in TAKES_BACK:
        return _kept_page(request, path, fields, None, status=200)
    request.session[SESSION_KEY] = {"path": path, "fields": fields}
    return redirect(path)


def take(request: HttpRequest) -> QueryDict | None:
    """What was typed for this page and not sent; kept until ``forget``, for the page may be reloaded."""
    kept = request.session.get(SESSION_KEY)
    if not kept or kept["path"] != request.path:
        return None
    fields = QueryDict(mutable=True)
    for name, values in kept["fields"].items():
        fields.setlist(name, values)
    return fields


def forget(request: HttpRequest) -> None:
    request.session.pop(SESSION_KEY, None)


def _kept_page(
    request: HttpRequest,
    path: str,
    fields: dict[str, list[str]],
    form: AdminAuthenticationForm | None,
    *,
    status: int = 403,
) -> HttpResponse:
    typed = (value for name, values in fields.items() if name != "quotes" for value in values)
    texts = [value for value in typed if len(value) > FOR_EYES]
    context = {
        "path": path,
        "goes_back": _page_of_the_admin(path) in TAKES_BACK,
        "kept": json.dumps(fields, ensure_ascii=False),
        "texts": sorted(texts, key=len, reverse=True)[:20],
        "form": form,
        "site_header": admin.site.site_header,
    }
    return render(request, "admin/desk/kept.html", context, status=status)


def fields_of(data: QueryDict) -> dict[str, list[str]]:
    """What was typed, without passwords and tokens; NUL characters, which no column takes, are left out."""
    return {
        name: [value.replace("\0", "") for value in values]
        for name, values in data.lists()
        if name not in SECRETS and "password" not in name
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
    """Without what JSON can write, and neither a page nor a column can take."""
    return without_surrogates(text.replace("\0", ""))


def _page_of_the_admin(path: str) -> str:
    """The name of the page, or nothing: «//elsewhere.example/admin/» would leave the site."""
    try:
        match = resolve(path)
    except Resolver404:
        return ""
    return match.url_name or "" if path.startswith(reverse("admin:index")) else ""
