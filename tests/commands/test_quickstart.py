"""quickstart: one command sets up a working archive."""

import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from functools import partial
from io import StringIO
from pathlib import Path

import psycopg
import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection

from articles.management.commands import quickstart as command
from articles.models import Article, Quote
from articles.operations.sample_data import load_samples

ROOT = Path(__file__).parent.parent.parent
EVERY_LINK = ["Home page", "A search", "A speaker", "An interview", "Add an article"]


def quickstart(*arguments):
    said = StringIO()
    call_command("quickstart", *arguments, stdout=said, stderr=StringIO())
    return said.getvalue()


@pytest.mark.django_db
class TestPreparing:
    @pytest.fixture(autouse=True)
    def one_story(self, monkeypatch):
        monkeypatch.setattr(command, "load_samples", partial(load_samples, stories="elections"))

    def test_there_are_quotes_to_look_at_and_an_editor_who_can_log_in(self):
        said = quickstart("--no-serve")
        assert Quote.objects.accepted().exists()
        password = re.search(r"password: (\S+)", said)[1]
        editor = get_user_model().objects.get(username="editor")
        assert editor.check_password(password)
        assert editor.is_staff and not editor.is_superuser
        assert editor.has_perm("articles.publish_article")

    def test_running_it_again_changes_nothing(self):
        quickstart("--no-serve")
        editor = get_user_model().objects.get(username="editor")
        before = Article.objects.count(), Quote.objects.count(), editor.password
        said = quickstart("--no-serve")
        editor.refresh_from_db()
        assert (Article.objects.count(), Quote.objects.count(), editor.password) == before
        assert "changepassword" in said and "shown only once" not in said


class TestPort:
    def test_a_port_in_use_is_said_before_anything_is_done(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            with pytest.raises(CommandError, match=f"port {port}: .*choose another with --port") as refused:
                quickstart("--port", str(port))
        assert refused.value.returncode == 2

    @pytest.mark.parametrize("port", ["0", "65536", "http", "-1", "８０"])
    def test_what_is_no_port_is_refused(self, port):
        with pytest.raises(CommandError, match="is not a port number"):
            quickstart("--port", port)


@pytest.fixture
def own_database(django_db_setup, django_db_blocker):
    """The address of an empty database on the server of the tests: another process fills it."""
    with django_db_blocker.unblock():
        connection.ensure_connection()
        info = connection.connection.info
        tests, server = info.dbname, {key: getattr(info, key) for key in ("host", "port", "user", "password")}
    name = f"{tests}_quickstart"
    with psycopg.connect(**server, dbname="postgres", autocommit=True) as postgres:
        postgres.execute(f'DROP DATABASE IF EXISTS "{name}"')
        postgres.execute(f'CREATE DATABASE "{name}"')
        user, password, host = (
            urllib.parse.quote(server[key], safe="") for key in ("user", "password", "host")
        )
        yield f"postgresql://{user}:{password}@{host}:{server['port']}/{name}?connect_timeout=600"
        postgres.execute(f'DROP DATABASE "{name}"')


@pytest.fixture
def served(own_database, tmp_path):
    """The running quickstart and all that it printed before it served."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = {"DATABASE_URL": own_database, "NEWSARCHIVE_HOME": str(tmp_path)}
    # A busy machine needs longer than 30 seconds to start the web server.
    settings["GUNICORN_CMD_ARGS"] = "--timeout 600"
    unset = {"DJANGO_SETTINGS_MODULE", "SECRET_KEY", "INSECURE_HTTP", "DEBUG", "SITE_URL"}
    inherited = {name: value for name, value in os.environ.items() if name not in unset}
    process = subprocess.Popen(
        [sys.executable, "manage.py", "quickstart", "--port", str(port)],
        **{"env": {**inherited, **settings}, "cwd": ROOT, "stdout": subprocess.PIPE, "text": True},
    )
    said = []
    while not said or "Ctrl-C" not in said[-1]:
        said.append(process.stdout.readline())
        assert said[-1], "it ended before it served"
    yield process, f"http://127.0.0.1:{port}", "".join(said)
    if process.poll() is None:
        process.kill()
    process.communicate()


def open_in_time(browser, link):
    """The text of a page, which a busy machine may not answer within its limits of time at first."""
    for _ in range(30):
        try:
            return browser.open(link).read().decode()
        except urllib.error.HTTPError as error:
            if error.code != 503:
                raise
        time.sleep(1)
    pytest.fail(f"{link} is never answered in time")


def test_it_serves_pages_with_their_style_and_the_editor_logs_in(served, tmp_path):
    process, address, said = served
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    links = re.findall(r"^  (\w.*?)  +(http\S+)$", said, re.MULTILINE)
    assert [label for label, _ in links] == EVERY_LINK
    pages = {label: open_in_time(browser, link) for label, link in links}
    assert "“I never said a hundred years" in pages["An interview"]
    assert "Tam Hollis" in pages["A speaker"]
    text = Path(re.search(r"text to paste: +(\S+)", said)[1]).read_text(encoding="utf-8")
    assert "North landing to be rebuilt" in text

    home = pages["Home page"]
    style = re.search(r'href="(/static/archive\.[0-9a-f]{12}\.css)"', home)
    assert style, "the style sheet has no hash in its name"
    answer = browser.open(address + style[1])
    assert answer.status == 200 and "immutable" in answer.headers["Cache-Control"]

    login = browser.open(f"{address}/admin/login/").read().decode()
    fields = {"username": "editor", "password": re.search(r"password: (\S+)", said)[1]}
    fields["csrfmiddlewaretoken"] = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', login)[1]
    desk = browser.open(f"{address}/admin/login/", urllib.parse.urlencode(fields).encode())
    assert desk.status == 200 and "/admin/login/" not in desk.url

    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    process.send_signal(signal.SIGINT)
    assert process.wait() == 0
