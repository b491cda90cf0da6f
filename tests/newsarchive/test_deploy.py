"""The files of `deploy/` name what exists; `tests/measure/test_guide.py` starts a machine with them."""

import re
import shlex
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).parent.parent.parent
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
TIMERS = sorted((DEPLOY / "systemd").glob("*.timer"))
GUIDE = (ROOT / "docs" / "operators.md").read_text()


def settings_of_the_guide() -> set[str]:
    table = GUIDE.split("## Settings\n")[1].split("\n## ")[0]
    return set(re.findall(r"^\| `([A-Z_]+)` \|", table, re.MULTILINE))


def test_the_environment_file_has_every_setting_and_no_other():
    lines = (DEPLOY / "newsarchive.env").read_text().splitlines()
    named = {found[1] for line in lines if (found := re.match(r"#?([A-Z_]+)=", line))}
    # The key is made when the archive is installed.
    assert named | {"SECRET_KEY"} == settings_of_the_guide()


def test_the_environment_file_has_no_secret():
    assert "SECRET_KEY=" not in (DEPLOY / "newsarchive.env").read_text()
    assert not re.search(r"://\w+:\w", (DEPLOY / "newsarchive.env").read_text())


@pytest.mark.parametrize("path", TIMERS, ids=lambda path: path.stem)
def test_a_timer_starts_a_unit_whose_command_exists(path):
    (unit,) = re.findall(r"^Unit=(.+)$", path.read_text(), re.MULTILINE)
    template, at, instance = unit.removesuffix(".service").partition("@")
    text = (DEPLOY / "systemd" / f"{template}{at}.service").read_text()
    (line,) = re.findall(r"^ExecStart=(.+)$", text, re.MULTILINE)
    (command,) = re.findall(r"manage\.py (\w+)", line.replace("%i", instance))
    assert command in get_commands()


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_a_unit_runs_without_root_and_may_write_only_where_it_must(path):
    text = path.read_text()
    assert re.search(r"^User=newsarchive(_web)?$", text, re.MULTILINE)
    assert {"ProtectSystem=strict", "NoNewPrivileges=yes", "CapabilityBoundingSet="} <= set(text.split("\n"))


def test_the_web_process_is_started_as_the_guide_says():
    (line,) = re.findall(r"^ExecStart=(.+)$", (DEPLOY / "systemd" / "newsarchive.service").read_text(), re.M)
    (said,) = re.findall(r"^    (gunicorn newsarchive\.wsgi(?:.*\\\n)*.*)$", GUIDE, re.MULTILINE)
    assert shlex.split(line)[1:] == shlex.split(said.replace("\\\n", ""))[1:]
    assert "newsarchive_web" in (DEPLOY / "systemd" / "newsarchive.service").read_text()


def test_the_proxy_hides_reports_and_never_stores_what_someone_signed_in_sees():
    text = (DEPLOY / "nginx.conf").read_text()
    assert re.search(r"location /reports/ \{\s+access_log off;", text)
    assert "proxy_no_cache $http_cookie $http_authorization;" in text
    assert "proxy_request_buffering on;" in text
    assert "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;" in text


def test_the_proxy_names_a_user_only_where_single_sign_on_has_found_one():
    text = (DEPLOY / "nginx.conf").read_text()
    assert 'set $signed_in "";' in text and "proxy_set_header X-Remote-User $signed_in;" in text
    added = (DEPLOY / "nginx-single-sign-on.conf").read_text()
    admin = added.split("location /admin/ {")[1].split("\n}")[0]
    assert "auth_request_set $signed_in" in admin
    # One of its own would drop those of the server.
    assert not re.search(r"^\s*proxy_set_header", admin, re.MULTILINE)


def test_the_container_runs_without_root_and_has_a_health_check():
    text = (DEPLOY / "Containerfile").read_text()
    assert text.index("USER newsarchive") < text.index("CMD")
    assert "/healthz" in text
    assert "--require-hashes" in text
