"""Two streaming replicas under load: one stops, freezes or falls behind, and no reader notices."""

from __future__ import annotations

import http.client
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest

from tests.newsarchive.replicated import make_primary, make_replica
from tests.newsarchive.served import KEY, ROOT, get, gunicorn
from tests.newsarchive.test_pgbouncer import Editor

READERS = 4
LAG_SECONDS = 1
NAME = re.compile(r"<h1[^>]*>\s*([^<]*?)\s*</h1>")


@pytest.fixture(scope="module")
def servers():
    """A primary with the sample archive, and two replicas."""
    with tempfile.TemporaryDirectory(prefix="replicas") as name:
        folder = Path(name)
        folder.chmod(0o755)
        primary = make_primary(folder / "primary")
        replicas = []
        try:
            replicas += [make_replica(folder / f"replica{n}", primary) for n in (1, 2)]
            yield primary, *replicas
        finally:
            for server in (primary, *replicas):
                server.stop()


@pytest.fixture(scope="module")
def password(servers):
    """Of an editor of the sample archive."""
    primary, *replicas = servers
    own = primary.settings(*replicas) | {"SECRET_KEY": KEY, "DJANGO_SETTINGS_MODULE": "newsarchive.settings"}
    command = [sys.executable, "manage.py", "quickstart", "--no-serve"]
    done = subprocess.run(command, env={**os.environ, **own}, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return re.search(r"password: (\S+)", done.stdout)[1]


class Load:
    """Readers who ask for one page after another."""

    def __init__(self, port, paths):
        self.port, self.paths = port, paths
        self.answers: list[tuple[float, str, int, float]] = []
        self._stop = Event()
        self._threads = [Thread(target=self._read, args=[n]) for n in range(READERS)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *error):
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _read(self, seed):
        choose = random.Random(seed)  # noqa: S311
        while not self._stop.is_set():
            path = choose.choice(self.paths)
            began = time.monotonic()
            status = get(self.port, path)
            self.answers.append((began, path, status, time.monotonic() - began))

    def longest(self, begin, end):
        return max((took for began, _, _, took in self.answers if begin - took <= began <= end), default=0)


class Writer(Thread):
    """An editor who changes a name and then, signed out, reads the page of what they changed."""

    def __init__(self, port, password, topic):
        super().__init__()
        self.port, self.topic = port, topic
        self.editor = Editor(port)
        self.editor.send("/admin/login/", "login-form", username="editor", password=password)
        self.written = self.seen = 0
        self.stopped = Event()

    def run(self):
        while not self.stopped.is_set():
            name = f"Topic {self.written}"
            self.editor.send(
                f"/admin/articles/topic/{self.topic[0]}/change/", "topic_form", name=name, sure="1"
            )
            self.written += 1
            self.seen += name in self._read_signed_out()

    def _read_signed_out(self):
        cookies = {cookie.name: cookie.value for jar in self.editor.browser.handlers
                   for cookie in getattr(jar, "cookiejar", ())}  # fmt: skip
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        asked.request("GET", f"/topics/{self.topic[1]}/", headers={"Cookie": f"wrote={cookies['wrote']}"})
        return asked.getresponse().read().decode()


def states(port):
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    asked.request("GET", "/readyz")
    found = json.loads(asked.getresponse().read())
    return found.get("replicas", [])


def seconds_until(port, number, state, *, most=40):
    """Until each of both workers says so of this replica: the moment of the last other answer."""
    began = last = time.monotonic()
    others = Counter()
    while (now := time.monotonic()) - began < most and now - last < 1.5:
        found = states(port)[number]
        if found["state"] != state:
            last = now
            others[found["state"], int(found["lag_seconds"])] += 1
        time.sleep(0.03)
    assert now - began < most, f"replica {number + 1} is not {state}: {others}"
    return last - began


def public_paths(port):
    """Pages of each kind."""
    home = Editor(port)
    listed = {link for page in ("/", "/speakers/", "/search/?q=bridge") for link in
              re.findall(r'href="(/(?:articles|quotes|speakers)/[^"?#]*)"', home.get(page))}  # fmt: skip
    searches = [f"/search/?q={word}" for word in ("bridge", "flood", "council", "hospital", "zzz")]
    searches += ["/search/?q=bridge&as_of=2026-11-29", "/quotes/?q=water&group=speaker"]
    files = ["/search/?q=bridge&format=csv", "/search/?q=flood&format=json"]
    pages = ["/", "/speakers/", "/about/holdings/", "/archive/", "/quotes/?q=water&view=kwic", "/feeds/"]
    listed = {path for path in listed if "report" not in path}
    return [*sorted(listed)[:40], *(searches + files + pages) * 3]


@contextmanager
def site(servers, tmp_path):
    primary, *replicas = servers
    own = primary.settings(*replicas)
    with gunicorn(
        tmp_path / "log", threads=16, REPLICA_LAG_SECONDS=str(LAG_SECONDS), SEARCHES_AT_ONCE="12",
        NEWSARCHIVE_HOME=str(tmp_path), **own,
    ) as port:  # fmt: skip
        get(port, "/")
        for number in range(len(replicas)):
            seconds_until(port, number, "ok")
        yield port


def topic_of(primary):
    return primary.ask("SELECT id, slug FROM articles_topic ORDER BY id LIMIT 1")


def commits(server):
    return server.ask("SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()")[0]


def test_no_reader_notices_what_happens_to_replicas(servers, password, tmp_path):
    primary, first, second = servers
    figures = {}
    with site(servers, tmp_path) as port:
        paths = public_paths(port)
        writer = Writer(port, password, topic_of(primary))
        before = commits(first) + commits(second), commits(primary)
        with Load(port, paths) as load:
            writer.start()
            time.sleep(4)
            after = commits(first) + commits(second), commits(primary)
            shares = after[0] - before[0], after[1] - before[1]

            def event(name, act, number, state):
                begin = time.monotonic()
                act()
                figures[name] = seconds_until(port, number, state), load.longest(begin, time.monotonic())

            event("stopped", first.stop, 0, "away")
            event("started again", first.start, 0, "ok")
            event("frozen", second.freeze, 1, "away")
            event("thawed", second.thaw, 1, "ok")
            event("paused", lambda: second.ask("SELECT pg_wal_replay_pause()"), 1, "behind")
            event("resumed", lambda: second.ask("SELECT pg_wal_replay_resume()"), 1, "ok")
            writer.stopped.set()
            writer.join()
            begin = time.monotonic()
            primary.stop()
            time.sleep(3)
            figures["primary stopped"] = 0, load.longest(begin, time.monotonic())
            away = states(port)
            primary.start()
        wrong = [(path, status) for _, path, status, _ in load.answers if status != 200]
    print(
        f"\n{len(load.answers)} pages, {len(wrong)} not answered with 200; {writer.written} writes, ", end=""
    )
    print(f"{writer.seen} seen by who wrote; transactions on replicas and primary: {shares}")
    for name, (until, longest) in figures.items():
        print(f"{name}: noticed after {until:.2f} s, the longest page took {longest:.2f} s")
    print("replicas while the primary was stopped:", away, (tmp_path / "log").read_text()[-2000:])
    assert wrong == []
    assert writer.written and writer.seen == writer.written
    assert figures["stopped"][0] < 1 and figures["frozen"][0] < 1.2
