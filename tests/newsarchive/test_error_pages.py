"""Error pages and what the log says about them."""

import logging
import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request

import pytest
from django.db import InterfaceError, OperationalError
from django.test import Client

from newsarchive.error_pages import OneLineFilter
from tests.newsarchive.served import PATIENCE
from tests.newsarchive.test_embedded_database import ROOT, open_folder, wait_until_stopped  # noqa: F401
from tests.newsarchive.test_embedded_database import Client as DatabaseClient

pytestmark = pytest.mark.urls("tests.newsarchive.urls")


class TestAFaultOfTheProgram:
    def test_its_page_names_the_request_and_tells_nothing_else(self, settings, caplog):
        caplog.set_level(logging.CRITICAL, logger="django")
        answer = Client(raise_request_exception=False).get("/test/fail")
        assert answer.status_code == 500
        assert answer["X-Request-ID"] in answer.text
        for secret in ("an article's text", "RuntimeError", "Traceback", str(settings.SECRET_KEY)):
            assert secret not in answer.text
        assert "no-store" in answer["Cache-Control"]

    def test_its_traceback_stands_in_the_log_under_the_same_name(self, caplog):
        answer = Client(raise_request_exception=False).get("/test/fail")
        record = caplog.records[0]
        assert "RuntimeError" in (record.exc_text or str(record.exc_info))
        assert record.request.id == answer["X-Request-ID"]


@pytest.mark.parametrize("failure", [OperationalError("the server\nis away"), InterfaceError("is away")])
def test_a_missing_database_fills_one_line_of_the_log(failure):
    record = logging.LogRecord(
        "django.request", logging.ERROR, "", 1, "Service Unavailable: %s", ("/",), None
    )
    record.exc_info = (type(failure), failure, None)
    assert OneLineFilter().filter(record)
    assert record.exc_info is None
    assert record.getMessage().startswith("Service Unavailable: /: ") and "\n" not in record.getMessage()


def test_ready_says_what_is_missing(db, client, monkeypatch):
    from articles.views import health

    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert (answer.json()["database"], answer.json()["migrations"]) == ("ok", "ok")
    monkeypatch.setattr(health, "_expected_migrations", lambda: frozenset({("articles", "9999_next")}))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["migrations"]) == (503, "1 to apply")


class Site:
    """The site served by gunicorn, on a database that the test starts and stops."""

    def __init__(self, database, log):
        listener = socket.create_server(("127.0.0.1", 0))
        listener.set_inheritable(True)
        self.address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        host = str(database).replace("/", "%2F")
        environment = {
            **os.environ,
            "DATABASE_URL": f"postgresql://newsarchive@{host}/newsarchive",
            "DJANGO_SETTINGS_MODULE": "tests.newsarchive.outage",
            "INSECURE_HTTP": "1",
        }
        command = [
            sys.executable,
            "-m",
            "gunicorn",
            "newsarchive.wsgi",
            "--bind",
            f"fd://{listener.fileno()}",
        ]
        command += ["--threads", "2", "--no-control-socket", "--log-level", "warning"]
        command += ["--timeout", str(PATIENCE)]
        self.process = subprocess.Popen(
            command, env=environment, cwd=ROOT, stderr=log, pass_fds=[listener.fileno()]
        )
        listener.close()

    def get(self, path):
        """Status, headers and text."""
        try:
            answer = urllib.request.urlopen(self.address + path, timeout=PATIENCE)  # noqa: S310 - on loopback
        except urllib.error.HTTPError as error:
            answer = error
        return answer.status, answer.headers, answer.read().decode()


class TestAnOutage:
    @pytest.fixture
    def site(self, open_folder, tmp_path):  # noqa: F811
        self.home, self.log = open_folder / "home", tmp_path / "log"
        self.database = DatabaseClient(self.home)
        socket_folder = self.database.says()["socket"]
        with self.log.open("w") as log:
            site = Site(socket_folder, log)
        yield site
        site.process.terminate()
        site.process.wait()
        self.database.end()

    def test_readers_get_a_503_at_once_and_the_first_page_after_it(self, site):
        assert site.get("/test/ask")[0] == 200
        self.database.end()
        wait_until_stopped(self.home)

        status, headers, text = site.get("/test/ask")
        assert (status, headers["Retry-After"]) == (503, "30")
        assert "no-store" in headers["Cache-Control"]
        assert "<h1" in text and headers["X-Request-ID"] in text
        assert site.get("/healthz")[0] == 200
        assert site.get("/readyz")[0] == 503
        assert site.get("/test/page")[0] == 200

        self.database = DatabaseClient(self.home)
        self.database.says()
        assert site.get("/test/ask")[0] == 200

        lines = self.log.read_text().splitlines()
        assert len([line for line in lines if headers["X-Request-ID"] in line]) == 1
        assert not [line for line in lines if "Traceback" in line]

    def test_a_restart_between_two_requests_is_not_noticed(self, site):
        assert site.get("/test/ask")[0] == 200
        self.database.end()
        wait_until_stopped(self.home)
        self.database = DatabaseClient(self.home)
        self.database.says()
        assert site.get("/test/ask")[0] == 200

    def test_a_statement_that_takes_too_long_is_stopped_with_advice(self, site):
        assert site.get("/test/role")[2] == "3s 2s 10s"
        status, headers, text = site.get("/test/ask?seconds=30")
        assert (status, headers["Retry-After"]) == (503, "30")
        assert "less common word" in text
        assert site.get("/test/ask")[0] == 200
