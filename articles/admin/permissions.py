"""Who may open a page of the desk, and what every page of it shows."""

from collections.abc import Callable
from functools import wraps

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.models import Article

View = Callable[..., HttpResponse]


def needs(*rights: str) -> Callable[[View], View]:
    """Open the page only to those who have all of these rights, named as in ``change_article``."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not may(request, *rights):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return checked

    return decorate


def may(request: HttpRequest, *rights: str) -> bool:
    return request.user.has_perms([f"articles.{right}" for right in rights])


def show(request: HttpRequest, template: str, context: dict, *, status: int = 200) -> HttpResponse:
    """A page of the desk, with the bar above it."""
    bar = {
        "waiting_count": Article.objects.waiting().count(),
        "may_paste": may(request, "add_article", "add_rawdocument"),
        "may_see_searches": may(request, "view_failedsearch"),
        "may_see_reports": may(request, "view_report"),
        "may_see_rules": may(request, "view_ruleswitch"),
        "may_see_log": may(request, "view_deed"),
        "may_see_imports": may(request, "view_importbatch"),
        "may_review": may(request, "change_article", "decide_quote"),
        "site_header": admin.site.site_header,
    }
    return render(request, f"admin/desk/{template}", {**bar, **context}, status=status)
