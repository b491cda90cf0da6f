"""The eleven activities of the fault matrix: each is done once, and says whether it was stored."""

from __future__ import annotations

import json
import random
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.admin.desk import fields_of
from tests.measure.faults.commands import Command, Commands
from tests.measure.soak.people import Browser
from tests.newsarchive.replicated import children_of

# Web pages by the name of the activity.
PAGES = {
    "search": "/search/?q=bridge",
    "speaker page": "/speakers/tam-hollis/",
    "article page": "/articles/1/",
    "feed": "/search/?q=water&format=atom",
    "export": "/search/?format=csv",
}
# The commands behind activities.
COMMANDS = {"bulk import": "import_articles", "migrate": "migrate", "backup": "backup"}
ACTS = (*PAGES, "login", "admin save", "URL import", *COMMANDS)
IMPORTED = 150
# The rows that an act is to store: how they are counted, by what pattern, and how many there are.
STORED = {
    "admin save": ("SELECT count(*) FROM articles_topic WHERE name = %s", "{}", 1),
    "URL import": ("SELECT count(*) FROM articles_article WHERE source_url LIKE %s", "%?{}", 1),
    "bulk import": ("SELECT count(*) FROM articles_article WHERE external_id LIKE %s", "{}-%", IMPORTED),
}


class NoLedger:
    """Browsers tell their answers to somebody; here the act itself returns them."""

    def answered(self, *answer: object) -> None:
        pass


@dataclass
class Outcome:
    """Status of a page, or exit code of a command; `said` is the end of what a command printed."""

    status: int
    seconds: float
    done: bool
    said: str = ""

    @property
    def word(self) -> str:
        return f"{self.status} {self.seconds:.1f} s"


@dataclass
class World:
    """Where the activities happen. `port` is that of the web process of the fault."""

    primary: Any  # Postgres
    environment: dict[str, str]
    commands: Commands
    password: str
    folder: Path
    source: str = ""
    own: dict[str, str] = field(default_factory=dict)
    port: int = 0
    master: subprocess.Popen | None = None
    importers: list[Command] = field(default_factory=list)

    def workers(self) -> list[int]:
        """The web workers, by process id."""
        return list(children_of(self.master.pid)) if self.master else []

    def browser(self, **cookies: str) -> Browser:
        found = Browser(self, NoLedger(), "127.0.0.1")  # type: ignore[arg-type]  # has a port
        found.cookies = dict(cookies)
        return found

    def signed_in(self) -> Browser:
        browser = self.browser()
        status, text, _ = browser.ask("", "/admin/login/")
        given = {"username": "editor", "password": self.password}
        browser.ask("", "/admin/login/", fields_of(text, "login-form") | given)
        assert "sessionid" in browser.cookies, status
        return browser


class Prepared:
    """The acts of one fault, with forms that were opened before it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.mark = f"fault{random.randrange(10**12)}"  # noqa: S311
        self.editor = world.signed_in()
        topic = world.primary.ask("SELECT id FROM articles_topic ORDER BY id LIMIT 1")[0]
        self.topic_path = f"/admin/articles/topic/{topic}/change/"
        self.topic = fields_of(self.editor.ask("", self.topic_path)[1], "topic_form")
        # Confirmed at once: readers see this topic.
        self.topic |= {"name": self.mark, "sure": "1"}
        self.paste = fields_of(self.editor.ask("", "/admin/desk/paste/")[1], "paste")
        self.visitor = world.browser()
        self.login = fields_of(self.visitor.ask("", "/admin/login/")[1], "login-form")
        self.rows = Path(tempfile.mkdtemp(dir=world.folder)) / "rows.jsonl"
        self.rows.write_text("".join(self._row(number) for number in range(IMPORTED)))

    def _row(self, number: int) -> str:
        body = f"The {self.mark} number {number} came by. “It came by {number} times,” said Osric Pell."
        row = {"external_id": f"{self.mark}-{number}", "headline": f"Number {number}", "body": body}
        return json.dumps(row | {"publication": "Selwy Courier", "published_on": "2019-05-30"}) + "\n"

    def do(self, name: str) -> Outcome:
        """Any failure of the connection is status 0, for which a proxy says 502."""
        began = time.monotonic()
        outcome = self._command(name) if name in COMMANDS else self._page(name)
        outcome.seconds = time.monotonic() - began
        return outcome

    def _page(self, name: str) -> Outcome:
        if name in PAGES:
            browser = self.world.browser()
            status, _, leads_to = browser.ask("", PAGES[name])
            if status == 301:
                status, _, _ = browser.ask("", leads_to)
            return Outcome(status, 0, status == 200)
        if name == "login":
            given = {"username": "editor", "password": self.world.password}
            browser, path, fields = self.visitor, "/admin/login/", self.login | given
        elif name == "admin save":
            browser, path, fields = self.editor, self.topic_path, self.topic
        else:
            browser, path = self.editor, "/admin/desk/paste/"
            fields = self.paste | {"url": f"{self.world.source}?{self.mark}"}
        status, text, leads_to = browser.ask("", path, fields)
        stored = status == 302 and "/login/" not in leads_to
        return Outcome(status, 0, stored, "" if stored else text)

    def _command(self, name: str) -> Outcome:
        words = {
            "bulk import": ["import_articles", str(self.rows), "--publish"],
            "migrate": ["migrate"],
            "backup": ["backup", str(self.rows.parent / "archive.dump")],
        }[name]
        command = self.world.commands.start(*words, **self.world.own)
        if name == "bulk import":
            self.world.importers.append(command)
        code = command.wait()
        return Outcome(code, 0, code == 0, command.said())

    def rows_of(self, name: str) -> tuple[int, int] | None:
        """How many rows of this act there are, and how many there are to be; None of acts that store none."""
        if name not in STORED:
            return None
        statement, pattern, wanted = STORED[name]
        return self.world.primary.ask(statement, [pattern.format(self.mark)])[0], wanted
