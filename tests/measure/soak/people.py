"""The people of a soak run: readers, an editor, somebody who reports mistakes, and an importer."""

from __future__ import annotations

import http.client
import json
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable
from http.cookies import SimpleCookie
from threading import Event, Thread
from urllib.parse import quote, urlencode

from benchmarks.corpus import Text
from tests.admin.desk import fields_of
from tests.measure.soak.ledger import Ledger, Write
from tests.measure.soak.site import Site
from tests.newsarchive.served import ROOT

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
SYLLABLES = [consonant + vowel for consonant in "bcdfghklmnprst" for vowel in "aeio"]
TOO_LONG = "took too long"


class Browser:
    """Keeps cookies, follows no redirect, and notes each answer."""

    def __init__(self, site: Site, ledger: Ledger, address: str) -> None:
        self.site, self.ledger, self.address = site, ledger, address
        self.cookies: dict[str, str] = {}

    def ask(self, name: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Status (0: the connection was closed), text, and where a redirect leads to."""
        headers = {"X-Forwarded-For": self.address}
        headers["Cookie"] = "; ".join(f"{key}={value}" for key, value in self.cookies.items())
        if fields is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
        asked = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=120)
        began, status, text, leads_to = time.time(), 0, "", ""
        try:
            asked.request("GET" if fields is None else "POST", path, fields and urlencode(fields), headers)
            answer = asked.getresponse()
            text = answer.read().decode(errors="replace")
            # Only an answer that was read to its end counts.
            status, leads_to = answer.status, answer.headers.get("Location", "")
            for line in answer.headers.get_all("Set-Cookie") or []:
                self.cookies |= {key: morsel.value for key, morsel in SimpleCookie(line).items()}
        except (OSError, http.client.HTTPException):
            pass
        finally:
            asked.close()
        excerpt = path + (" (too long)" if TOO_LONG in text and status == 503 else "")
        self.ledger.answered(name, status, began, excerpt)
        return status, text, leads_to


class Person(Thread):
    """Does one thing after another until told to stop; the seed decides what."""

    pause = 0.2

    def __init__(self, site: Site, ledger: Ledger, number: int = 0) -> None:
        self.title = f"{type(self).__name__}{number}"
        super().__init__(name=self.title, daemon=True)
        self.site, self.ledger = site, ledger
        self.random = random.Random(f"{ledger.state.seed} {ledger.state.sittings} {self.title}")  # noqa: S311
        self.browser = Browser(site, ledger, f"10.0.{number}.{self.random.randrange(1, 250)}")
        self.stopped = Event()
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            while not self.stopped.is_set():
                self.act()
                self.stopped.wait(self.pause)
        except BaseException as error:  # told by the test
            self.error = error
            raise

    def act(self) -> None:
        raise NotImplementedError

    def mark(self) -> str:
        """A word that nothing else contains."""
        return f"soak{self.ledger.state.sittings}x{self.random.randrange(10**12)}"

    def write(self, write: Write, send: Callable[[], bool]) -> None:
        number = self.ledger.tried(write)
        if send():
            self.ledger.done(number)


class Reader(Person):
    pause = 0.05

    def act(self) -> None:
        text = Text(self.random, None)
        words = re.findall(r"\w+", text.sentence())
        first, second = self.random.sample(words, 2)
        searches = [first, f"{first} {second}", f'"{first} {second}"', f"{first} OR {second}", f"{first}*"]
        asked = quote(self.random.choice(searches))
        page = self.random.choices(
            ["search", "quotes", "article", "speaker", "file", "other"], weights=[6, 2, 4, 2, 1, 2]
        )[0]
        path = {
            "search": f"/search/?q={asked}",
            "quotes": f"/quotes/?q={asked}",
            "article": f"/articles/{self.random.randint(1, self.site.most('articles_article'))}/",
            "speaker": f"/speakers/?q={self.random.choice(SYLLABLES)}",
            "file": f"/search/?q={asked}&format={self.random.choice(['csv', 'atom', 'json', 'ris'])}",
            "other": self.random.choice(["/", "/speakers/", "/archive/", "/about/", "/about/holdings/"]),
        }[page]
        status, _, leads_to = self.browser.ask(page, path)
        if status in (301, 302):
            self.browser.ask(page, leads_to)


class Editor(Person):
    """Pastes articles, edits and publishes them, renames topics, merges speakers."""

    pause = 0.5

    def act(self) -> None:
        if not self.signed_in():
            return
        act = self.random.choices([self.paste, self.edit, self.rename, self.merge], weights=[3, 4, 2, 2])[0]
        act()

    def signed_in(self) -> bool:
        if self.browser.cookies.get("sessionid"):
            return True
        status, text, _ = self.browser.ask("sign in", "/admin/login/")
        if status == 200:
            given = {"username": "editor", "password": self.ledger.state.password}
            self.browser.ask("sign in", "/admin/login/", fields_of(text, "login-form") | given)
        return bool(self.browser.cookies.get("sessionid"))

    def form(self, name: str, path: str, form_id: str) -> dict[str, str] | None:
        status, text, _ = self.browser.ask(name, path)
        if status in (301, 302):
            self.browser.cookies.pop("sessionid", None)
        return fields_of(text, form_id) if status == 200 else None

    def send(self, name: str, path: str, fields: dict[str, str]) -> Callable[[], bool]:
        """Stored if it leads to the next page, and not to the sign-in."""

        def send() -> bool:
            status, text, leads_to = self.browser.ask(name, path, fields)
            if status == 200 and 'id="confirm"' in text:
                confirmed = fields_of(text, "confirm") | {"sure": "1"}
                status, text, leads_to = self.browser.ask(name, path, confirmed)
            if status == 200:
                refused = self.ledger.folder / f"refused-{name.replace(' ', '-')}.html"
                refused.write_text(text)
                raise AssertionError(f"{name} was refused: {refused}")
            return status == 302 and "/login/" not in leads_to

        return send

    def paste(self) -> None:
        fields, mark = self.form("paste", "/admin/desk/paste/", "paste"), self.mark()
        if fields:
            text = Text(self.random, None)
            words = f"The {mark} report\n\nBy Osric Pell\n\n{text.body()[:3000]}"
            self.write(
                Write("paste", mark, mark), self.send("paste", "/admin/desk/paste/", fields | {"text": words})
            )

    def edit(self) -> None:
        """The button «Save» leaves the article published, or a draft."""
        pk = self.site.any_of("articles_article", self.random, "true")
        path = f"/admin/desk/{pk}/"
        fields, mark = pk and self.form("edit", path, "review"), self.mark()
        if fields:
            fields |= {"kicker": mark, "do": "draft"}
            self.write(Write("edit", str(pk), mark), self.send("edit", path, fields))

    def rename(self) -> None:
        pk = self.site.any_of("articles_topic", self.random, "true")
        path = f"/admin/articles/topic/{pk}/change/"
        fields, mark = pk and self.form("rename", path, "topic_form"), self.mark()
        if fields:
            self.write(Write("rename", str(pk), mark), self.send("rename", path, fields | {"name": mark}))

    def merge(self) -> None:
        free = "merged_into_id IS NULL AND name LIKE '% Soaker%'"
        gone, kept = (self.site.any_of("articles_speaker", self.random, free) for _ in range(2))
        if gone == kept or not gone or not kept:
            return
        pair = {"given_up": f"#{gone}", "kept": f"#{kept}"}
        path = "/admin/desk/merging/"
        status, text, _ = self.browser.ask("merge", f"{path}?{urlencode(pair)}")
        token = TOKEN.search(text)
        if status == 200 and token:
            fields = pair | {"csrfmiddlewaretoken": token[1]}
            self.write(Write("merge", str(gone), str(kept)), self.send("merge", path, fields))


class Reporter(Person):
    """Three hundred reports an hour are accepted in all."""

    pause = 20

    def act(self) -> None:
        pk = self.site.any_of("articles_article", self.random, "status = 'usable'")
        path, mark = f"/articles/{pk}/report/", self.mark()
        if not pk:
            return
        status, text, _ = self.browser.ask("report", path)
        stamp = re.search(r'name="stamp" value="([^"]+)"', text)
        if status != 200 or not stamp:
            return
        self.browser.address = f"10.1.{self.random.randrange(250)}.{self.random.randrange(1, 250)}"
        fields = {"what": "other", "remark": mark, "website": "", "stamp": stamp[1]}
        self.write(Write("report", str(pk), mark), lambda: self.browser.ask("report", path, fields)[0] == 302)


class Importer(Person):
    """Imports files; one whose import was killed is imported again until it is complete."""

    pause = 5
    rows = 60

    def __init__(self, site: Site, ledger: Ledger, number: int = 0) -> None:
        super().__init__(site, ledger, number)
        self.process: subprocess.Popen[bytes] | None = None
        self.runs = self.killed = 0

    def act(self) -> None:
        mark = self.mark()
        path = self.ledger.folder / f"{mark}.jsonl"
        path.write_text("".join(self.article(mark, n) for n in range(self.rows)))
        command = [sys.executable, "manage.py", "import_articles", str(path), "--publish"]
        command += ["--create-speakers", "--accept-quotes", "0.5", "--publication", "Selwy Courier"]
        number = self.ledger.tried(Write("import", mark, mark, rows=self.rows))
        while not self.stopped.is_set():
            with (self.ledger.folder / "import.log").open("ab") as log:
                self.process = subprocess.Popen(
                    command, cwd=ROOT, env=self.site.environment(), stdout=log, stderr=log
                )
                ended = self.process.wait()
            self.runs += 1
            if ended == 0:
                self.ledger.done(number)
                path.unlink()
                return
            self.killed += 1
            self.stopped.wait(1)

    def article(self, mark: str, number: int) -> str:
        text = Text(self.random, None)
        name = f"{self.name_part()} {self.name_part()} Soaker{self.random.choice(SYLLABLES)}"
        body = f"{text.body()[:2500]}\n\n“{text.sentence()[:-1]},” said {name}.\n\n{text.sentence()}"
        row = {
            "external_id": f"{mark}-{number}", "headline": f"{mark} {text.sentence()[:80]}", "body": body,
            "published_on": f"{self.random.randint(1990, 2025)}-05-{self.random.randint(1, 28):02}",
        }  # fmt: skip
        return json.dumps(row) + "\n"

    def name_part(self) -> str:
        return "".join(self.random.choices(SYLLABLES, k=3)).capitalize()

    def kill(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.kill()
