"""Permission checks for the editors' pages, and the context that all of these pages share."""

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from articles.admin.site import View
from articles.models import Article


def require_perms(*permissions: str, to_post: Sequence[str] = ()) -> Callable[[View], View]:
    """Raise PermissionDenied unless the user has all permissions, named as in ``change_article``.

    ``to_post``: what a POST needs besides.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # of each view
            if not has_perms(request, *permissions, *(to_post if request.method == "POST" else ())):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return checked

    return decorate


def editor_of(request: HttpRequest) -> User:
    """The signed-in user; nobody else gets to the pages of the admin."""
    if isinstance(request.user, AnonymousUser):
        raise PermissionDenied
    return request.user


def has_perms(request: HttpRequest, *permissions: str) -> bool:
    """Whether the user has all permissions, named without the app label."""
    return request.user.has_perms([f"articles.{permission}" for permission in permissions])


def render_page(
    request: HttpRequest, template: str, context: Mapping[str, object], *, status: int = 200
) -> HttpResponse:
    """Render a template of ``admin/desk/`` with the context of the navigation bar."""
    page = {**navigation(request), "site_header": admin.site.site_header, **context}
    return render(request, f"admin/desk/{template}", page, status=status)


def navigation(request: HttpRequest) -> dict[str, object]:
    """The context of the navigation bar."""
    return {
        "waiting_count": Article.objects.waiting().count(),
        "may_paste": has_perms(request, "add_article", "add_rawdocument"),
        "may_see_searches": has_perms(request, "view_failedsearch"),
        "may_see_reports": has_perms(request, "view_report"),
        "may_see_rules": has_perms(request, "view_ruleswitch"),
        "may_see_log": has_perms(request, "view_deed"),
        "may_see_sources": has_perms(request, "view_source"),
        "may_see_imports": has_perms(request, "view_importbatch"),
        "may_review": has_perms(request, "change_article", "decide_quote"),
    }
