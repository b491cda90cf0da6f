"""The site behind PgBouncer in transaction mode."""

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import psycopg
import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from articles.models import Topic
from newsarchive.embedded_postgres.paths import NOBODY, become
from tests.admin.desk import fields_of
from tests.factories import make_article, make_quote, make_speaker
from tests.newsarchive.served import PATIENCE, database_url, get, get_at_once, gunicorn, server

PGBOUNCER = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
pytestmark = [
    pytest.mark.django_db(transaction=True),
    # Under CI a missing program must not look like a pass.
    pytest.mark.skipif(not PGBOUNCER and not os.environ.get("CI"), reason="pgbouncer is not installed here"),
]
CONNECTIONS = 2
# Only the name of its socket in a folder of its own.
PORT = 6432
INI = """
[databases]
* = {server}
[pgbouncer]
listen_port = {port}
unix_socket_dir = {folder}
auth_type = any
pool_mode = transaction
default_pool_size = {connections}
"""


@pytest.fixture
def pooled():
    """The URL of the tests' database through a PgBouncer of its own."""
    assert PGBOUNCER, "pgbouncer is not installed here (Debian: apt-get install pgbouncer)"
    used = server()
    kept = " ".join(f"{name}={used[name]}" for name in ("host", "port", "user", "password") if used.get(name))
    user = NOBODY if os.geteuid() == 0 else os.geteuid()
    with tempfile.TemporaryDirectory(prefix="pgbouncer") as folder:
        ini = Path(folder, "pgbouncer.ini")
        ini.write_text(INI.format(server=kept, port=PORT, folder=folder, connections=CONNECTIONS))
        for path in (Path(folder), ini):
            os.chown(path, user, -1)
        process = subprocess.Popen(
            [PGBOUNCER, "-q", ini], stderr=subprocess.DEVNULL, **(become(user) if os.geteuid() == 0 else {})
        )
        try:
            url = database_url(host=folder, port=PORT)
            _wait_for(process, url)
            yield url
        finally:
            process.terminate()
            process.wait()


def _wait_for(process, url):
    while True:
        assert process.poll() is None, "pgbouncer did not start"
        try:
            return psycopg.connect(url, connect_timeout=3).close()
        except psycopg.OperationalError:
            time.sleep(0.1)


class Editor:
    """Somebody with a browser, who keeps cookies and sends forms with their token."""

    def __init__(self, port):
        self.site = f"http://127.0.0.1:{port}"
        self.browser = build_opener(HTTPCookieProcessor())

    def get(self, path):
        with self.browser.open(self.site + path, timeout=PATIENCE) as answer:
            return answer.read().decode()

    def send(self, path, form_id, **fields):
        """Fill in a form of this page and send it."""
        form = urlencode(fields_of(self.get(path), form_id) | fields).encode()
        self.browser.open(self.site + path, form, timeout=PATIENCE).close()


def test_readers_and_editors_are_served_within_the_time_limits(pooled, tmp_path):
    speaker = make_speaker("Ada Okafor", slug="ada-okafor")
    article = make_article(headline="The heron bridge", body="“We saw a heron,” said Ada Okafor.")
    topic = Topic.objects.create(name="Birds", slug="birds")
    make_quote(article, "We saw a heron,", speaker=speaker)
    imke = get_user_model().objects.create_superuser("imke")
    # The site knows the hashes of its own settings alone.
    imke.password = PBKDF2PasswordHasher().encode("weir keeper of Thane", "salt", iterations=1)
    imke.save()
    pages = ["/", "/search/?q=heron", "/quotes/?q=heron", "/speakers/", "/speakers/ada-okafor/", "/readyz"]
    pages += [f"/search/?q=heron&format={name}" for name in ("csv", "atom", "json")]
    pages += ["/search/?as_of=2020", "/corrections/?format=csv", "/sitemap.xml", article.get_absolute_url()]
    how = {"site": "tests.newsarchive.patient", "DJANGO_SETTINGS_MODULE": "tests.newsarchive.outage"}
    with gunicorn(tmp_path / "log", workers=1, DATABASE_URL=pooled, **how) as port:
        statuses = get_at_once(port, pages)
        assert {path: status for path, status in statuses.items() if status != 200} == {}
        assert get(port, "/test/ask?seconds=60") == 503
        editor = Editor(port)
        assert editor.get("/test/role") == "3s 2s 10s"
        editor.send("/admin/login/", "login-form", username="imke", password="weir keeper of Thane")
        change = f"/admin/articles/topic/{topic.pk}/change/"
        editor.send(change, "topic_form", name="Herons")
    event = topic.events.model.objects.get(pgh_obj_id=topic.pk)
    assert (event.name, event.pgh_context["through"]) == ("Birds", "desk")
    assert left_behind(pooled) == {("0", "")}


def left_behind(url):
    """What is set on each connection that PgBouncer holds."""
    found = set()
    sessions = [psycopg.connect(url) for _ in range(CONNECTIONS)]
    for session in sessions:
        shown = "current_setting('statement_timeout'), current_setting('pghistory.context_metadata', true)"
        timeout, context = session.execute(f"SELECT {shown}").fetchone()
        found.add((timeout, context or ""))
    for session in sessions:
        session.close()
    return found
