"""What a process that serves pages does before it serves the first."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
ASKED = """
import gc, sys, newsarchive.wsgi
print("articles.views.search" in sys.modules, gc.get_freeze_count())
"""


def test_the_code_of_all_pages_is_loaded_and_left_alone_by_the_collector(tmp_path):
    own = {"NEWSARCHIVE_HOME": str(tmp_path), "SECRET_KEY": secrets.token_urlsafe(60)}
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "newsarchive.settings", **own}
    command = [sys.executable, "-c", ASKED]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=True)
    loaded, frozen = done.stdout.split()
    assert loaded == "True" and int(frozen) > 50_000
