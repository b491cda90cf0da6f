"""Reads settings from environment variables; a bad value exits with a one-line message."""

import ipaddress
import os
import re
import secrets
import sys
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import parse_qs, unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import psycopg
from psycopg.conninfo import conninfo_to_dict

from newsarchive.database_roles import CLUSTER, DATABASE, OWNER, WEB

HOST_NAME = re.compile(
    r"\.?[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*|\[[0-9a-f:.]+\]"
)
MAIL_BACKEND = "django.core.mail.backends.{}.EmailBackend"


def refuse(name: str, reason: str) -> NoReturn:
    print(f"newsarchive: {name} {reason}", file=sys.stderr)
    raise SystemExit(2)


def read_flag(name: str) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if value not in {"", "0", "1", "false", "true", "no", "yes", "off", "on"}:
        refuse(name, f"must be 1 or 0, not {value!r}")
    return value in {"1", "true", "yes", "on"}


def read_number(name: str, default: int, *, least: int, most: int) -> int:
    value = os.environ.get(name, "").strip() or str(default)
    if not (value.isascii() and value.isdecimal()) or not least <= int(value[:9]) <= most:
        refuse(name, f"must be a number from {least} to {most}, not {value!r}")
    return int(value)


def read_search_limits(threads: int) -> tuple[int, int, int]:
    """How many searches a process runs and queues, and how many files it sends, at the same time.

    Queued searches hold threads too, but never more than half of them.
    """
    at_once = read_number("SEARCHES_AT_ONCE", threads - threads // 2, least=2, most=threads - 1)
    most = min(threads // 2, threads - at_once)
    waiting = read_number("SEARCHES_WAITING", most, least=0, most=most)
    files = read_number("FILES_AT_ONCE", min(2, at_once - 1), least=1, most=at_once - 1)
    return at_once, waiting, files


def read_home(default: Path) -> Path:
    value = os.environ.get("NEWSARCHIVE_HOME", "").strip()
    home = Path(value).expanduser().absolute() if value else default
    if home.exists() and not home.is_dir():
        refuse("NEWSARCHIVE_HOME", f"must be a directory, but {home} is not one")
    return home


def read_folder(name: str) -> str:
    """An absolute path, which may be mounted later; empty if it is not set."""
    value = os.environ.get(name, "").strip()
    if value and (not Path(value).is_absolute() or Path(value) == Path("/")):
        refuse(name, f"must be the absolute path of a folder, not {value!r}")
    return value


Database = dict[str, Any]  # texts, numbers and dictionaries, as Django has them


def read_database(home: Path) -> Database:
    """The entry of ``DATABASES``: from ``DATABASE_URL``, or else the embedded server of this home."""
    common: Database = {
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # A cursor outside a transaction does not survive a pooler that hands out connections by transaction.
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": {"connect_timeout": 3},
    }
    if url := os.environ.get("DATABASE_URL", "").strip():
        return {"ENGINE": "django.db.backends.postgresql", **common, **_named_in("DATABASE_URL", url)}
    named = {"NAME": DATABASE, "USER": OWNER, "HOME": str(home), "CLUSTER": CLUSTER}
    return {"ENGINE": "newsarchive.embedded_postgres", **named, **common}


def read_web_database() -> Database:
    """Overrides of the ``DATABASES`` entry for the web process, usually a role with fewer rights."""
    if url := os.environ.get("WEB_DATABASE_URL", "").strip():
        if not os.environ.get("DATABASE_URL", "").strip():
            refuse(
                "WEB_DATABASE_URL",
                "needs DATABASE_URL: the embedded database creates its own role for the website",
            )
        return _named_in("WEB_DATABASE_URL", url)
    return {} if os.environ.get("DATABASE_URL", "").strip() else {"USER": WEB}


def read_replicas() -> list[Database]:
    """Overrides of the ``DATABASES`` entry, one for each replica."""
    given = os.environ.get("DATABASE_REPLICA_URLS", "").strip()
    # A URL may contain commas itself.
    urls = [url.strip() for url in re.split(r",\s*(?=postgres(?:ql)?://)", given) if url.strip()]
    if urls and not os.environ.get("DATABASE_URL", "").strip():
        refuse("DATABASE_REPLICA_URLS", "needs DATABASE_URL: the embedded database has no replicas")
    return [_named_in("DATABASE_REPLICA_URLS", url) for url in urls]


def _named_in(setting: str, url: str) -> Database:
    parts = _database_parts(setting, url)
    entry = {name.upper(): parts.pop(name, "") for name in ("user", "password", "host", "port")}
    return {"NAME": parts.pop("dbname"), **entry, "OPTIONS": {"connect_timeout": 3, **parts}}


def _database_parts(setting: str, url: str) -> Database:
    """Parse the URL as libpq does. It may contain a password, so no message repeats it."""
    try:
        parts = conninfo_to_dict(url) if re.match(r"postgres(ql)?://", url) else {}
    except psycopg.ProgrammingError:
        parts = {}
    ports = str(parts.get("port", "")).split(",")
    if not parts.get("dbname") or not all(port == "" or port.isdecimal() for port in ports):
        refuse(setting, "must be a URL such as postgresql://name:password@host:5432/database")
    return parts


def read_secret_key(home: Path, *, generated: bool) -> str:
    """``SECRET_KEY``, or else the key file in the home, created on first use if ``generated``."""
    if key := os.environ.get("SECRET_KEY", "").strip():
        if len(key) < 50 or len(set(key)) < 5:
            refuse("SECRET_KEY", "must be 50 random characters or more")
        return key
    if not generated:
        refuse("SECRET_KEY", "is not set: with DATABASE_URL, set 50 random characters or more")
    try:
        return _key_in(home / "secret_key")
    except OSError as error:
        refuse("SECRET_KEY", f"is not set, and {error.filename} cannot be used ({error.strerror})")


def _key_in(path: Path) -> str:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        mine = path.with_name(f"secret_key.{os.getpid()}")
        with open(mine, "x", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            file.write(secrets.token_urlsafe(50))
        try:
            os.link(mine, path)  # atomic: the first of several processes wins
        except FileExistsError:
            pass
        finally:
            mine.unlink()
    return path.read_text().strip()


def read_site_url() -> str:
    value = os.environ.get("SITE_URL", "").strip().rstrip("/") or "http://localhost:8000"
    parts = urlsplit(value)
    if (
        parts.scheme not in {"http", "https"}
        or not parts.hostname
        or f"{parts.scheme}://{parts.netloc}" != value
    ):
        refuse("SITE_URL", f"must be like https://archive.example.org, without a path, not {value!r}")
    if "@" in parts.netloc:
        refuse("SITE_URL", "must not contain a username")
    return value


def read_allowed_hosts(site_url: str) -> list[str]:
    """``ALLOWED_HOSTS``, plus the site's own host and the names of this machine."""
    given = re.split(r"[\s,]+", os.environ.get("ALLOWED_HOSTS", "").strip().lower())
    for host in filter(None, given):
        if "*" in host:
            refuse("ALLOWED_HOSTS", "must list host names: '*' would accept any Host header")
        if not HOST_NAME.fullmatch(host):
            refuse("ALLOWED_HOSTS", f"must be host names without scheme or port, not {host!r}")
    own = [urlsplit(site_url).hostname or "", "localhost", "127.0.0.1", "[::1]"]
    return list(dict.fromkeys([*filter(None, given), *own]))


def read_trusted_proxies() -> list[str]:
    given = [part for part in re.split(r"[\s,]+", os.environ.get("TRUSTED_PROXIES", "")) if part]
    for address in given:
        try:
            ipaddress.ip_address(address)
        except ValueError:
            refuse("TRUSTED_PROXIES", f"must be addresses such as 127.0.0.1, not {address!r}")
    return given


def read_remote_user_header(trusted_proxies: list[str]) -> str:
    """The header in which a proxy names the user; only proxies that are listed may send it."""
    name = os.environ.get("REMOTE_USER_HEADER", "").strip()
    if not name:
        return ""
    # In WSGI, X_Remote_User and X-Remote-User are the same header; gunicorn drops the first.
    if not re.fullmatch(r"(x-|remote-)[a-z0-9]+(-[a-z0-9]+)*", name, re.ASCII | re.IGNORECASE):
        refuse("REMOTE_USER_HEADER", f"must be a name such as X-Remote-User, not {name!r}")
    if name.lower().startswith(("x-forwarded-for", "x-forwarded-proto", "x-request-id")):
        refuse("REMOTE_USER_HEADER", f"must be a header of its own, not {name!r}")
    if not trusted_proxies:
        refuse("REMOTE_USER_HEADER", "needs TRUSTED_PROXIES: the addresses that may send it")
    return name


def read_logout_url() -> str:
    """Where a user of single sign-on ends the session with their organisation."""
    url = os.environ.get("REMOTE_USER_LOGOUT_URL", "").strip()
    if url and not re.fullmatch(r"(https?:/)?/[^/\s\\][^\s\\]*", url):
        refuse("REMOTE_USER_LOGOUT_URL", f"must be like https://sso.example.org/logout, not {url!r}")
    return url


def read_archive_name() -> str:
    """The name in titles, citations and feeds: one line of at most 100 characters."""
    name = " ".join(os.environ.get("ARCHIVE_NAME", "").split()) or "The News Archive"
    if len(name) > 100 or not name.isprintable():
        refuse("ARCHIVE_NAME", "must be one line of at most 100 characters")
    return name


def read_choice(name: str, default: str, choices: tuple[str, ...]) -> str:
    value = os.environ.get(name, "").strip().lower() or default
    if value not in choices:
        refuse(name, f"must be {', '.join(choices[:-1])} or {choices[-1]}, not {value!r}")
    return value


def read_metrics_token() -> str:
    """The token that monitoring sends from other machines; no message repeats it."""
    token = os.environ.get("METRICS_TOKEN", "").strip()
    if token and (len(token) < 20 or not re.fullmatch(r"[\w.~+/=-]+", token, re.ASCII)):
        refuse("METRICS_TOKEN", "must be 20 or more letters and digits")
    return token


def read_admins() -> list[tuple[str, str]]:
    """Django's ``ADMINS``: who gets errors of the program by email."""
    given = [part for part in re.split(r"[\s,]+", os.environ.get("ADMINS", "")) if part]
    for address in given:
        if not re.fullmatch(r"[^@\s]+@[^@\s]+", address):
            refuse("ADMINS", f"must be email addresses, not {address!r}")
    return [("", address) for address in given]


def read_time_zone() -> str:
    name = os.environ.get("TIME_ZONE", "").strip() or "UTC"
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        refuse("TIME_ZONE", f"must be a name such as Europe/Dublin, not {name!r}")
    return name


def read_email() -> dict[str, object]:
    """Django's ``EMAIL_…`` settings from one URL; without it, no mail is sent."""
    url = os.environ.get("EMAIL_URL", "").strip()
    parts = urlsplit(url)
    sender = {"DEFAULT_FROM_EMAIL": given[0]} if (given := parse_qs(parts.query).get("from")) else {}
    if not url:
        return {"EMAIL_BACKEND": MAIL_BACKEND.format("dummy")}
    if parts.scheme == "console":
        return {"EMAIL_BACKEND": MAIL_BACKEND.format("console"), **sender}
    if parts.scheme == "file" and parts.path:
        return {
            "EMAIL_BACKEND": MAIL_BACKEND.format("filebased"),
            "EMAIL_FILE_PATH": unquote(parts.path),
            **sender,
        }
    try:
        port = parts.port
    except ValueError:
        port = -1
    if parts.scheme not in {"smtp", "smtps", "smtp+tls"} or not parts.hostname or port == -1:
        refuse("EMAIL_URL", "must be like smtp+tls://name:password@host:587/?from=archive@example.org")
    return {
        "EMAIL_BACKEND": MAIL_BACKEND.format("smtp"),
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or {"smtp": 25, "smtps": 465, "smtp+tls": 587}[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_TIMEOUT": 10,
        **sender,
    }
