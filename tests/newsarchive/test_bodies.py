"""Limits of request bodies from clients that are not logged in."""

import selectors
import socket
import time

import pytest
from django.db import OperationalError
from django.test import Client

from newsarchive import body_limits
from tests.admin.desk import make_user
from tests.newsarchive.served import PATIENCE, get, gunicorn

TOO_LONG = body_limits.MOST_BYTES + 1
FORM = "application/x-www-form-urlencoded"


class Unreadable:
    """A body that fails the test if anybody reads it."""

    def read(self, *_):
        pytest.fail("the body was read")

    readline = read


def send(path, length, *, method="POST", client=None, **environ):
    sent = {"wsgi.input": Unreadable(), "CONTENT_LENGTH": str(length), "CONTENT_TYPE": FORM, **environ}
    return (client or Client()).generic(method, path, **sent)


@pytest.mark.parametrize("method", ["POST", "GET", "PUT", "DELETE"])
@pytest.mark.parametrize(
    "path", ["/", "/search/", "/articles/1/report/", "/admin/login/", "/readyz", "/static/x.css", "/nothing"]
)
def test_a_long_body_to_a_public_page_is_refused_unread(db, path, method):
    answer = send(path, TOO_LONG, method=method)
    assert answer.status_code == 413
    assert "too large" in answer.text


@pytest.mark.parametrize("path", ["/search/", "/admin/login/", "/admin/desk/again/"])
def test_a_body_without_a_length_is_refused_unread(db, path):
    answer = send(path, "", HTTP_TRANSFER_ENCODING="chunked")
    assert answer.status_code == 411


@pytest.mark.parametrize("path", ["/admin/desk/paste/", "/admin/desk/again/", "/admin/?q=%00"])
def test_no_body_to_the_desk_is_longer_than_a_form_may_be(db, path, settings):
    answer = send(path, settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    assert answer.status_code in (400, 413)


def test_a_strange_host_or_a_broken_address_leaves_the_body_unread(db):
    assert send("/admin/desk/paste/", 100, HTTP_HOST="evil.example.com").status_code == 400
    assert send("/admin/desk/paste/?q=%00", 100).status_code == 400


def test_who_is_signed_in_may_send_more(db, client):
    client.force_login(make_user("chief editor"))
    answer = client.post("/admin/desk/paste/", {"text": "w" * TOO_LONG})
    assert answer.status_code != 413


def test_a_long_form_sent_after_its_session_ended_is_given_back(db, client):
    answer = client.post("/admin/desk/paste/", {"text": "w" * TOO_LONG})
    assert answer.status_code == 403
    assert "w" * TOO_LONG in answer.text


def test_a_form_sent_while_the_database_is_away_is_given_back(db, monkeypatch):
    client = Client(raise_request_exception=False)
    client.force_login(make_user("chief editor"))

    def away(*_):
        raise OperationalError("gone")

    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", away)
    answer = client.post("/admin/desk/paste/", {"text": "what an editor typed"})
    assert answer.status_code == 503
    assert "what an editor typed" in answer.text


def test_a_quarter_of_the_threads_read_what_is_sent_and_no_more(rf, settings):
    settings.WEB_THREADS = 4
    middleware = body_limits.BodyLimitMiddleware(lambda request: None)
    with middleware.readers:
        request = rf.post("/admin/login/", {"username": "ada"})
        request.user = type("Nobody", (), {"is_authenticated": False})
        answer = middleware(request)
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")


def test_a_body_that_arrives_too_slowly_gives_its_thread_back(rf, monkeypatch):
    monkeypatch.setattr(body_limits, "SECONDS", 0.05)
    here, there = socket.socketpair()
    request = rf.post("/admin/login/", {"username": "ada"})
    request.META["gunicorn.socket"] = here
    request._stream = here.makefile("rb")
    there.send(b"u")
    request.user = type("Nobody", (), {"is_authenticated": False})
    answer = body_limits.BodyLimitMiddleware(lambda request: None)(request)
    there.close()
    assert answer.status_code == 408


@pytest.mark.django_db(transaction=True)
def test_clients_that_send_a_byte_and_no_more_do_not_stop_the_site(tmp_path):
    # With a cookie for the form's token, or nothing would look for the token in the body.
    head = "POST /admin/login/ HTTP/1.1\r\nHost: localhost\r\nCookie: csrftoken=" + "a" * 32
    head += f"\r\nContent-Type: {FORM}\r\nContent-Length: 1000"
    with gunicorn(tmp_path / "log", workers=1) as port:
        slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(80)]
        for client in slow:
            client.sendall(f"{head}\r\n\r\nu".encode())
        # The threads that read are four of sixteen; the others refuse, and their clients stay as well.
        assert _answered(slow, 76)
        # Gunicorn would otherwise wait two seconds for each of the 76, one after another.
        assert get(port, "/healthz", timeout=100) == 200
        for client in slow:
            client.close()


def _answered(clients, count):
    """Wait until so many of the clients have an answer."""
    waiting, until = selectors.DefaultSelector(), time.monotonic() + PATIENCE
    for client in clients:
        waiting.register(client, selectors.EVENT_READ)
    while len(waiting.select(timeout=1)) < count:
        assert time.monotonic() < until
        time.sleep(0.05)
    return True
