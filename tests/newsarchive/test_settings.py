"""Settings from the environment: valid values, refused values, safe defaults."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from newsarchive import env as environment

ROOT = Path(__file__).parent.parent.parent
KEY = "a-key-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz"
NAMES = {
    *(
        "DATABASE_URL",
        "WEB_DATABASE_URL",
        "DATABASE_REPLICA_URLS",
        "NEWSARCHIVE_HOME",
        "SECRET_KEY",
        "ALLOWED_HOSTS",
        "SITE_URL",
        "TIME_ZONE",
        "ARCHIVE_NAME",
    ),
    *("DEBUG", "EMAIL_URL", "INSECURE_HTTP", "TRUSTED_PROXIES"),
    *("WEB_THREADS", "SEARCHES_AT_ONCE", "SEARCHES_WAITING", "SEARCH_WAIT_SECONDS", "SEARCH_RETRY_SECONDS"),
    *("FILES_AT_ONCE", "HSTS_SUBDOMAINS", "SEARCH_CACHE_MB", "REPLICA_LAG_SECONDS", "SLOW_SEARCH_SECONDS"),
    *("ADMINS", "LOG_FORMAT", "LOG_LEVEL", "METRICS_TOKEN", "SOURCES_FOLDER"),
    *("REQUIRE_SECOND_FACTOR", "REMOTE_USER_HEADER", "REMOTE_USER_CREATE", "REMOTE_USER_LOGOUT_URL"),
}


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch):
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def manage(*arguments, **settings):
    """The outcome of a command with these settings alone."""
    # The last is set where a browser is driven.
    dropped = {*NAMES, "DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE"}
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, env={**kept, **settings}, cwd=ROOT, capture_output=True, text=True)


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("DEBUG", "maybe", lambda: environment.read_flag("DEBUG")),
        ("INSECURE_HTTP", "2", lambda: environment.read_flag("INSECURE_HTTP")),
        ("HSTS_SUBDOMAINS", "all", lambda: environment.read_flag("HSTS_SUBDOMAINS")),
        ("NEWSARCHIVE_HOME", __file__, lambda: environment.read_home(ROOT)),
        ("ALLOWED_HOSTS", "*", lambda: environment.read_allowed_hosts("")),
        ("ALLOWED_HOSTS", "archive.example.org, *", lambda: environment.read_allowed_hosts("")),
        ("ALLOWED_HOSTS", "*.example.org", lambda: environment.read_allowed_hosts("")),
        ("ALLOWED_HOSTS", "https://archive.example.org", lambda: environment.read_allowed_hosts("")),
        ("ALLOWED_HOSTS", "archive.example.org:8000", lambda: environment.read_allowed_hosts("")),
        ("ALLOWED_HOSTS", ".", lambda: environment.read_allowed_hosts("")),
        ("SITE_URL", "archive.example.org", environment.read_site_url),
        ("SITE_URL", "https://archive.example.org/path", environment.read_site_url),
        ("SITE_URL", "https://me@archive.example.org", environment.read_site_url),
        ("TIME_ZONE", "Mars/Olympus", environment.read_time_zone),
        ("TIME_ZONE", "../etc/passwd", environment.read_time_zone),
        ("ARCHIVE_NAME", "x" * 101, environment.read_archive_name),
        ("ARCHIVE_NAME", "The \x07 Archive", environment.read_archive_name),
        ("EMAIL_URL", "mail.example.org", environment.read_email),
        ("EMAIL_URL", "smtp://mail.example.org:none", environment.read_email),
        ("DATABASE_URL", "mysql://me:hidden@db.example.org/archive", lambda: environment.read_database(ROOT)),
        ("DATABASE_URL", "postgresql://db.example.org/", lambda: environment.read_database(ROOT)),
        ("DATABASE_URL", "postgresql://me:hidden@db:port/archive", lambda: environment.read_database(ROOT)),
        ("DATABASE_URL", "postgresql://db/archive?colour=red", lambda: environment.read_database(ROOT)),
        ("WEB_DATABASE_URL", "mysql://me:hidden@db/archive", environment.read_web_database),
        ("WEB_DATABASE_URL", "postgresql://pages@db/archive", environment.read_web_database),
        ("SECRET_KEY", "short", lambda: environment.read_secret_key(ROOT, generated=True)),
        ("SECRET_KEY", "a" * 80, lambda: environment.read_secret_key(ROOT, generated=True)),
        ("TRUSTED_PROXIES", "proxy.example.org", environment.read_trusted_proxies),
        ("WEB_THREADS", "many", lambda: environment.read_number("WEB_THREADS", 16, least=4, most=256)),
        ("WEB_THREADS", "3", lambda: environment.read_number("WEB_THREADS", 16, least=4, most=256)),
        ("SEARCHES_AT_ONCE", "16", lambda: environment.read_search_limits(16)),
        ("SEARCHES_WAITING", "9", lambda: environment.read_search_limits(16)),
        ("FILES_AT_ONCE", "8", lambda: environment.read_search_limits(16)),
        ("DATABASE_REPLICA_URLS", "postgresql://me:hidden@db/archive", environment.read_replicas),
        ("LOG_FORMAT", "xml", lambda: environment.read_choice("LOG_FORMAT", "text", ("text", "json"))),
        ("METRICS_TOKEN", "hidden", environment.read_metrics_token),
        ("ADMINS", "ada", environment.read_admins),
        *(
            ("REMOTE_USER_HEADER", name, lambda: environment.read_remote_user_header(["127.0.0.1"]))
            for name in ("X_Remote_User", "Host", "Cookie", "X-Forwarded-For", "X-Remote-User:", "X-")
        ),
        ("REMOTE_USER_HEADER", "X-Remote-User", lambda: environment.read_remote_user_header([])),
        *(
            ("REMOTE_USER_LOGOUT_URL", url, environment.read_logout_url)
            for url in ("javascript:alert(1)", "//elsewhere.example", "logout", "https://a b")
        ),
    ],
)
def test_a_bad_value_stops_with_one_line_that_names_the_setting(name, value, read, monkeypatch, capsys):
    monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as stopped:
        read()
    line = capsys.readouterr().err
    assert stopped.value.code == 2
    assert line.startswith(f"newsarchive: {name} ") and line.count("\n") == 1
    assert "hidden" not in line


def test_a_bad_value_stops_any_command_without_a_traceback():
    done = manage("check", ALLOWED_HOSTS="*")
    assert done.returncode == 2
    assert (
        done.stderr.startswith("newsarchive: ALLOWED_HOSTS must list host names")
        and done.stderr.count("\n") == 1
    )


def test_a_release_passes_the_deployment_check_without_a_warning():
    done = manage("check", "--deploy", "--fail-level", "WARNING", SECRET_KEY=KEY)
    assert done.returncode == 0, done.stderr
    assert "WARNINGS" not in done.stderr


@pytest.mark.parametrize(
    ("environment", "header"),
    [({}, "max-age=31536000"), ({"HSTS_SUBDOMAINS": "1"}, "max-age=31536000; includeSubDomains")],
)
def test_browsers_are_told_to_keep_to_https_for_this_host_alone_by_default(environment, header):
    asked = (
        "from django.test import Client; "
        "answer = Client().get('/healthz', secure=True, headers={'host': 'localhost'}); "
        "print(answer['Strict-Transport-Security'])"
    )
    done = manage("shell", "--no-imports", "-c", asked, SECRET_KEY=KEY, **environment)
    assert done.stdout.strip() == header, done.stderr


def test_every_setting_is_described_to_operators_once():
    rows = (ROOT / "docs/operators.md").read_text().splitlines()
    described = [row.split("`")[1] for row in rows if row.startswith("| `")]
    assert sorted(described) == sorted(NAMES)


def test_single_sign_on_takes_its_header_and_link_as_given(monkeypatch):
    monkeypatch.setenv("REMOTE_USER_HEADER", "Remote-User")
    assert environment.read_remote_user_header(["127.0.0.1"]) == "Remote-User"
    for url in ("https://sso.example.org/logout?from=archive", "/oauth2/sign_out"):
        monkeypatch.setenv("REMOTE_USER_LOGOUT_URL", url)
        assert environment.read_logout_url() == url


@pytest.mark.parametrize(("threads", "limits"), [(16, (8, 8, 2)), (5, (3, 2, 2)), (4, (2, 2, 1))])
def test_waiting_searches_hold_at_most_half_of_the_threads(threads, limits):
    assert environment.read_search_limits(threads) == limits
    assert limits[1] <= threads / 2 and sum(limits[:2]) <= threads


class TestSecretKey:
    def test_a_web_process_with_a_database_of_its_own_refuses_to_start_without_a_key(self):
        settings = {"DATABASE_URL": "postgresql://db.example.org/archive"}
        environment = {**{k: v for k, v in os.environ.items() if k not in NAMES}, **settings}
        environment["DJANGO_SETTINGS_MODULE"] = "newsarchive.settings"
        command = [sys.executable, "-c", "import newsarchive.wsgi"]
        done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True)
        # 3 is the number on which gunicorn gives up; on any other it would start its workers for ever.
        assert done.returncode == 3
        assert "newsarchive: SECRET_KEY is not set" in done.stderr and "Traceback" not in done.stderr

    def test_the_embedded_archive_makes_one_for_itself_and_keeps_it(self, tmp_path):
        key = environment.read_secret_key(tmp_path / "home", generated=True)
        assert len(key) >= 50
        assert environment.read_secret_key(tmp_path / "home", generated=True) == key
        assert (tmp_path / "home/secret_key").stat().st_mode & 0o777 == 0o600
        assert [path.name for path in (tmp_path / "home").iterdir()] == ["secret_key"]

    def test_the_one_in_the_environment_comes_first(self, tmp_path, monkeypatch):
        monkeypatch.setenv("SECRET_KEY", KEY)
        assert environment.read_secret_key(tmp_path, generated=True) == KEY
        assert not list(tmp_path.iterdir())


class TestDatabase:
    def test_without_an_address_the_embedded_server_of_the_home_is_used(self, tmp_path):
        entry = environment.read_database(tmp_path)
        assert (entry["ENGINE"], entry["HOME"]) == ("newsarchive.embedded_postgres", str(tmp_path))

    def test_an_address_is_read_as_postgresql_itself_reads_it(self, monkeypatch, tmp_path):
        monkeypatch.setenv("DATABASE_URL", "postgres://me:p%40ss@db.example.org:5433/archive?sslmode=require")
        entry = environment.read_database(tmp_path)
        assert entry["ENGINE"] == "django.db.backends.postgresql"
        assert [entry[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == [
            *("archive", "me", "p@ss", "db.example.org", "5433"),
        ]
        assert entry["OPTIONS"]["sslmode"] == "require"

    def test_a_socket_may_be_named(self, monkeypatch, tmp_path):
        monkeypatch.setenv("DATABASE_URL", "postgresql://me@%2Frun%2Fpostgresql/archive")
        assert environment.read_database(tmp_path)["HOST"] == "/run/postgresql"

    def test_pages_of_the_embedded_server_have_a_role_of_their_own(self):
        assert environment.read_web_database() == {"USER": "newsarchive_web"}

    def test_pages_use_the_address_of_all_where_none_is_named_for_them(self, monkeypatch):
        monkeypatch.setenv("DATABASE_URL", "postgresql://me@db/archive")
        assert environment.read_web_database() == {}
        monkeypatch.setenv("WEB_DATABASE_URL", "postgresql://pages@db/archive?sslmode=require")
        entry = environment.read_web_database()
        assert (entry["USER"], entry["NAME"]) == ("pages", "archive")
        assert entry["OPTIONS"] == {"connect_timeout": 3, "sslmode": "require"}

    def test_each_replica_has_its_own_address_and_role(self, monkeypatch):
        monkeypatch.setenv("DATABASE_URL", "postgresql://me@db/archive")
        urls = "postgresql://reader@one,other/archive?sslmode=require, postgresql://reader@two:5433/archive"
        monkeypatch.setenv("DATABASE_REPLICA_URLS", urls)
        first, second = environment.read_replicas()
        assert (first["HOST"], first["USER"], first["OPTIONS"]["sslmode"]) == (
            "one,other",
            "reader",
            "require",
        )
        assert (second["HOST"], second["PORT"]) == ("two", "5433")

    def test_a_connection_is_kept_a_minute_and_looked_at_before_it_is_used_again(self, tmp_path):
        entry = environment.read_database(tmp_path)
        assert (entry["CONN_MAX_AGE"], entry["CONN_HEALTH_CHECKS"]) == (60, True)
        assert entry["OPTIONS"]["connect_timeout"] == 3
        assert "pool" not in entry["OPTIONS"]


class TestHosts:
    def test_the_sites_own_host_needs_no_second_mention(self, monkeypatch):
        monkeypatch.setenv("ALLOWED_HOSTS", "old.example.org .example.net")
        hosts = environment.read_allowed_hosts("https://archive.example.org:8443")
        assert hosts[:3] == ["old.example.org", ".example.net", "archive.example.org"]

    def test_a_home_may_begin_with_a_tilde(self, monkeypatch, tmp_path):
        monkeypatch.setenv("HOME", str(tmp_path))
        monkeypatch.setenv("NEWSARCHIVE_HOME", "~/archive")
        assert environment.read_home(ROOT) == tmp_path / "archive"


class TestMail:
    def test_without_an_address_no_mail_is_sent(self):
        assert environment.read_email() == {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}

    def test_an_address_holds_everything_about_mail(self, monkeypatch):
        address = "smtp+tls://me%40example.org:p%3Ass@mail.example.org/?from=archive@example.org"
        monkeypatch.setenv("EMAIL_URL", address)
        mail = environment.read_email()
        assert (mail["EMAIL_HOST"], mail["EMAIL_PORT"], mail["EMAIL_USE_TLS"]) == (
            "mail.example.org",
            587,
            True,
        )
        assert (mail["EMAIL_HOST_USER"], mail["EMAIL_HOST_PASSWORD"]) == ("me@example.org", "p:ss")
        assert mail["DEFAULT_FROM_EMAIL"] == "archive@example.org"
