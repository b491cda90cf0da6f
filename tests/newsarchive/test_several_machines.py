"""Two machines with the same settings, each with a home of its own, on one database."""

from urllib.error import HTTPError

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from tests.admin.desk import make_draft, review_url
from tests.newsarchive.served import gunicorn
from tests.newsarchive.test_pgbouncer import Editor

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "weir keeper of Thane"


@pytest.fixture
def machines(tmp_path):
    """The ports of two sites."""
    homes = [tmp_path / "one", tmp_path / "two"]
    for home in homes:
        home.mkdir()
    one, two = (
        gunicorn(
            tmp_path / f"{home.name}.log", workers=1, threads=4, WEB_THREADS="4", NEWSARCHIVE_HOME=str(home)
        )
        for home in homes
    )
    with one as first, two as second:
        yield first, second
    assert [path for home in homes for path in home.iterdir()] == []


def make_superuser(name):
    user = get_user_model().objects.create_superuser(name)
    # The sites know the hashes of their own settings alone.
    user.password = PBKDF2PasswordHasher().encode(PASSWORD, "salt", iterations=1)
    user.save()


def log_in(port, name, password=PASSWORD):
    editor = Editor(port)
    editor.send("/admin/login/", "login-form", username=name, password=password)
    return editor


def at(editor, port):
    """The same browser, sent to another machine by the load balancer."""
    editor.site = f"http://127.0.0.1:{port}"
    return editor


def test_it_does_not_matter_which_machine_answers(machines):
    first, second = machines
    for name in ("imke", "osric", "tess"):
        make_superuser(name)
    article = make_draft()
    imke = log_in(first, "imke")
    assert "Sign out" in at(imke, second).get("/admin/desk/")
    imke.get(review_url(article))
    assert "imke" in at(log_in(second, "osric"), first).get(review_url(article))
    for port in (first, second, first, second):
        log_in(port, "tess", "a wrong password")
    for port in machines:
        with pytest.raises(HTTPError) as refused:
            log_in(port, "tess", "a wrong password")
            log_in(port, "tess")
        assert refused.value.code == 429
