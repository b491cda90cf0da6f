"""Small pages that show what middleware adds to every response."""

from django.db import connection
from django.http import HttpResponse, StreamingHttpResponse
from django.urls import path

from newsarchive.urls import handler400, handler403, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler500", "urlpatterns"]


def page(request):
    return HttpResponse("The bridge is closed.")


def page_that_greets(request):
    return HttpResponse(f"Welcome, {request.user.get_username() or 'reader'}.")


def page_with_cookie(request):
    response = HttpResponse("A cookie.")
    response.set_cookie("seen", "1")
    return response


def download(request):
    return StreamingHttpResponse(iter(["a", "b"]))


def ask(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(%s)", [request.GET.get("seconds", "0")])
    return HttpResponse("answered")


def settings_of_the_role(request):
    names = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"current_setting('{name}')" for name in names))
        return HttpResponse(" ".join(cursor.fetchone()))


def fail(request):
    raise RuntimeError("an article's text")


def echo_address(request):
    return HttpResponse(request.META["REMOTE_ADDR"])


urlpatterns = [
    path("test/page", page),
    path("test/greeting", page_that_greets),
    path("test/cookie", page_with_cookie),
    path("test/download", download),
    path("test/ask", ask),
    path("test/role", settings_of_the_role),
    path("test/fail", fail),
    path("test/address", echo_address),
    *urlpatterns,
]
