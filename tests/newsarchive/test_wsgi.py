"""What the web process does before its first request."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
ASKED = """
import gc, sys, newsarchive.wsgi
from django.db import connections
user = connections["default"].settings_dict["USER"]
print("articles.views.search" in sys.modules, gc.get_freeze_count(), user)
"""


def start(home, **settings):
    own = {"NEWSARCHIVE_HOME": str(home), "SECRET_KEY": secrets.token_urlsafe(60), **settings}
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "newsarchive.settings", **own}
    command = [sys.executable, "-c", ASKED]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_the_code_of_all_pages_is_loaded_and_left_alone_by_the_collector(tmp_path):
    loaded, frozen, _ = start(tmp_path)
    assert loaded == "True" and int(frozen) > 50_000


def test_pages_are_served_with_the_role_that_is_named_for_them(tmp_path):
    *_, user = start(
        tmp_path,
        DATABASE_URL="postgresql://owner@db/archive",
        WEB_DATABASE_URL="postgresql://pages@db/archive",
    )
    assert user == "pages"
