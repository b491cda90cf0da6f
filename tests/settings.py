"""The settings for tests: plain http, a fixed key, quick passwords, and a server that a crash may ruin."""

import os
from dataclasses import replace
from pathlib import Path

import psycopg

os.environ["INSECURE_HTTP"] = "1"
os.environ.setdefault("SECRET_KEY", "the-fixed-key-of-the-tests-0123456789-abcdefghijklmnopqrstuvwxyz")

from newsarchive.database_roles import CLUSTER, SUPERUSER
from newsarchive.settings import *  # noqa: F403
from newsarchive.settings import DATABASES, NEWSARCHIVE_HOME, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# What a crash would lose here is worth nothing. JIT is off, as in the embedded server.
DATABASES["default"]["OPTIONS"]["options"] = "-c synchronous_commit=off -c jit=off"


def forget_durability(socket: Path, port: int) -> None:
    """Also what the product does after each start of its server."""
    CLUSTER.on_start(socket, port)
    where = {"host": str(socket), "port": port, "user": SUPERUSER, "dbname": "postgres"}
    with psycopg.connect(**where, autocommit=True) as admin:
        admin.execute("ALTER SYSTEM SET fsync = off")
        admin.execute("ALTER SYSTEM SET full_page_writes = off")
        admin.execute("SELECT pg_reload_conf()")


if "HOME" in DATABASES["default"]:
    # A server of their own: the one that holds a developer's archive must survive a crash.
    DATABASES["default"]["HOME"] = str(NEWSARCHIVE_HOME / "tests")
    DATABASES["default"]["CLUSTER"] = replace(CLUSTER, on_start=forget_durability)
# A statement of monitoring must not count as one of a page.
METRICS_FLUSH_SECONDS = float("inf")
# Looks for a file when it is asked for, and not for all of them whenever a test makes a client.
WHITENOISE_AUTOREFRESH = True
