"""Thirteen faults, eleven activities: what each answers meanwhile, what is stored, and how soon all is well.

    uv run --group test manage.py measure measure/test_faults.py

prints a table. Two faults need root, who can make a file system that is full.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.measure.faults import causes
from tests.measure.faults.acts import ACTS, COMMANDS, PAGES, Outcome, Prepared, World
from tests.measure.faults.commands import Commands
from tests.newsarchive.replicated import make_primary
from tests.newsarchive.served import KEY, gunicorn_process

RECOVERED_SECONDS = 5
PASSWORD = "weir keeper of Thane"
ARTICLES = 200
SENTENCE = (
    '{{"headline": "Bridge {0}", "publication": "Selwy Courier", "published_on": "2019-05-30", "body":'
    ' "The bridge stood in the water for {0} days. “The bridge stood for {0} days,” said Tam Hollis."}}'
)
OPTIONS = ("max_connections=60", "max_wal_size=64MB", "min_wal_size=64MB")
IS_ROOT = os.geteuid() == 0
WEB = (*PAGES, "login", "admin save", "URL import")


@dataclass(frozen=True)
class Fault:
    """`web`: settings of its web process. `source`: what a URL import fetches. `acts`: what it can affect."""

    name: str
    cause: Callable[[World], AbstractContextManager[None]] = causes.nothing
    web: dict[str, str] = field(default_factory=dict, hash=False)
    source: str = "good"
    acts: tuple[str, ...] = ACTS
    root: bool = False


FAULTS = [
    Fault("database stopped", causes.database_stopped),
    Fault("database killed", causes.database_killed),
    Fault("database restarted", causes.database_restarted),
    Fault("database frozen 20 s", causes.database_frozen),
    Fault("no connection left", causes.no_connection_left),
    # Commands have no such limit.
    Fault("statements too slow", web={"FAULTS_STATEMENT_TIMEOUT": "1ms"}, acts=WEB),
    Fault("articles locked", causes.articles_locked),
    Fault("disk full", causes.disk_full, root=True),
    Fault("web worker killed", causes.worker_killed, acts=WEB),
    Fault("importer killed", causes.importer_killed),
    # Nothing else fetches; pages must not wait for it.
    Fault("source slow", source="slow", acts=WEB),
    Fault("source fails", source="failing", acts=WEB),
    Fault("source redirects for ever", source="redirecting", acts=WEB),
    # Commands use the clock of the database.
    Fault("clock 3 h ahead", web={"FAULTS_CLOCK_SECONDS": "10800"}, acts=WEB),
    Fault("clock 3 h behind", web={"FAULTS_CLOCK_SECONDS": "-10800"}, acts=WEB),
    Fault("/tmp full", web={"TMPDIR": "{full}"}, root=True),
]
# Where nothing is to be stored, whatever was asked.
REFUSED = {
    ("source slow", "URL import"),
    ("source fails", "URL import"),
    ("source redirects for ever", "URL import"),
}


class Mounted:
    """Small file systems of their own, for root; else ordinary folders."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="faults"))
        self.folder.chmod(0o755)
        self.mounted: list[Path] = []

    def make(self, name: str, size: str) -> Path:
        path = self.folder / name
        path.mkdir()
        if IS_ROOT:
            subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size},mode=755", "tmpfs", path], check=True)
            self.mounted.append(path)
        return path

    def remove(self) -> None:
        for path in self.mounted:
            subprocess.run(["umount", path], check=False)


@pytest.fixture(scope="module")
def mounted() -> Iterator[Mounted]:
    found = Mounted()
    yield found
    found.remove()


@pytest.fixture(scope="module")
def sources() -> causes.Sources:
    return causes.Sources()


@pytest.fixture(scope="module")
def world(mounted: Mounted, sources: causes.Sources) -> Iterator[World]:
    """A small archive on a server of its own, and an editor."""
    primary = make_primary(mounted.make("disk", "500m") / "primary", *OPTIONS)
    try:
        own = primary.settings() | {
            "SECRET_KEY": KEY, "DJANGO_SETTINGS_MODULE": "newsarchive.settings", "INSECURE_HTTP": "1",
            "NEWSARCHIVE_HOME": str(mounted.folder), "SITE_URL": "http://localhost",
            "FAULTS_SOURCES": " ".join(map(str, sources.ports.values())),
        }  # fmt: skip
        del own["DATABASE_REPLICA_URLS"]
        environment = os.environ | own | {"DJANGO_SUPERUSER_PASSWORD": PASSWORD}
        commands = Commands(environment, mounted.folder)
        world = World(primary, environment, commands, PASSWORD, mounted.folder)
        rows = mounted.folder / "rows.jsonl"
        rows.write_text("".join(SENTENCE.format(number) + "\n" for number in range(ARTICLES)))
        for words in (
            ["migrate", "--verbosity=0"],
            ["import_articles", str(rows), "--publish", "--create-speakers", "--accept-quotes=0.1"],
            ["createsuperuser", "--username=editor", "--email=editor@courier.example", "--no-input"],
        ):
            command = commands.start(*words)
            assert command.wait() == 0, command.said()
        primary.ask("INSERT INTO articles_topic (name, slug, aliases) VALUES ('Weirs', 'weirs', '{}')")
        yield world
        commands.close()
    finally:
        primary.stop()


@contextmanager
def served(world: World, log: Path, **own: str) -> Iterator[None]:
    """While it lasts, activities use this web process."""
    changes = {name: value for name, value in world.environment.items() if os.environ.get(name) != value}
    former = world.port, world.master
    with gunicorn_process(log, site="tests.measure.faults.web", **changes | own) as (
        world.port,
        world.master,
    ):
        yield
    world.port, world.master = former


@pytest.fixture(scope="module")
def web(world: World, mounted: Mounted) -> Iterator[Path]:
    """The log of the web process of most faults."""
    log = mounted.folder / "log"
    with served(world, log):
        yield log


@pytest.fixture(scope="module")
def matrix() -> Iterator[dict[str, dict[str, str]]]:
    found: dict[str, dict[str, str]] = {}
    yield found
    print(f"\n| fault | {' | '.join(ACTS)} |\n|{'---|' * (len(ACTS) + 1)}")
    for fault, cells in found.items():
        print(f"| {fault} | {' | '.join(cells.get(act, '–') for act in ACTS)} |")


def recovered(prepared: Prepared, name: str, over: float) -> float:
    """Seconds from the end of the fault until an attempt begins that succeeds."""
    while True:
        begun = time.monotonic()
        if prepared.do(name).done:
            return begun - over
        assert begun - over < 300, f"{name} does not succeed again"
        time.sleep(0.1)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name.replace(" ", "-"))
def test_no_fault_is_a_500_or_loses_or_doubles_a_row(fault, world, web, sources, matrix, mounted, tmp_path):
    if fault.root and not IS_ROOT:
        pytest.skip("only root can make a file system that is full")
    world.own = {name: value.format(full=full_folder(mounted)) for name, value in fault.web.items()}
    world.source = sources.url(fault.source)
    prepared = Prepared(world)
    with served(world, tmp_path / "log", **world.own) if world.own else nullcontext():
        outcomes = meanwhile(fault, world, prepared)
        over = time.monotonic()
    lasting = bool(world.own) or fault.source != "good"
    seconds = {} if lasting else after(fault, prepared, outcomes, over)
    cells = matrix.setdefault(fault.name, {})
    for name, outcome in outcomes.items():
        cells[name] = outcome.word + (f", +{seconds[name]:.1f}" if name in seconds else "")
    print(f"\n{fault.name}: {cells}")
    problems = list(problems_of(fault, prepared, outcomes, seconds))
    logs = [path.read_text() for path in (web, tmp_path / "log") if path.exists()]
    problems += [log[max(log.index("Traceback") - 500, 0) :][:3000] for log in logs if "Traceback" in log]
    web.write_text("")
    print(*problems, sep="\n")
    assert problems == []


def full_folder(mounted: Mounted) -> Path:
    path = mounted.folder / "tmp"
    if path.exists():
        return path
    mounted.make("tmp", "64k")
    with (path / "filler").open("wb", buffering=0) as file:
        for size in (4096, 1):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                pass
    return path


def meanwhile(fault: Fault, world: World, prepared: Prepared) -> dict[str, Outcome]:
    """All activities, begun when the fault has begun: commands a little earlier, so that it meets them."""
    commands = [name for name in fault.acts if name in COMMANDS]
    with ThreadPoolExecutor(len(ACTS)) as pool:
        begun = {name: pool.submit(prepared.do, name) for name in commands}
        wait_for_sessions(world, begun)
        with fault.cause(world):
            begun |= {name: pool.submit(prepared.do, name) for name in fault.acts if name not in COMMANDS}
        return {name: future.result() for name, future in begun.items()}


def wait_for_sessions(world: World, begun: dict[str, Future[Outcome]]) -> None:
    """Until each command has connected to the database, or has ended."""
    waiting = dict(begun)
    while waiting:
        row = world.primary.ask("SELECT string_agg(application_name, ' ') FROM pg_stat_activity")
        for name, future in list(waiting.items()):
            if COMMANDS[name] in (row[0] or "") or future.done():
                del waiting[name]
        time.sleep(0.02)


def after(fault: Fault, prepared: Prepared, outcomes: dict[str, Outcome], over: float) -> dict[str, float]:
    """What did not succeed is done again, as its user would."""
    failed = [name for name in fault.acts if not outcomes[name].done]
    with ThreadPoolExecutor(len(ACTS)) as pool:
        return dict(zip(failed, pool.map(lambda name: recovered(prepared, name, over), failed), strict=True))


def problems_of(
    fault: Fault, prepared: Prepared, outcomes: dict[str, Outcome], seconds: dict[str, float]
) -> Iterator[str]:
    for name, outcome in outcomes.items():
        if name in COMMANDS:
            if "Traceback" in outcome.said:
                yield f"{name} prints a traceback: {outcome.said[-1500:]}"
        elif outcome.status >= 500 and outcome.status != 503:
            yield f"{name} answers {outcome.status}"
        if name not in COMMANDS and seconds.get(name, 0) > RECOVERED_SECONDS:
            yield f"{name} succeeds only after {seconds[name]:.1f} s"
        counted = prepared.rows_of(name)
        if counted and (fault.name, name) not in REFUSED:
            stored, wanted = counted
            if (outcome.done or name in seconds) and stored != wanted:
                yield f"{name} stored {stored} rows, not {wanted}"
            if stored > wanted:
                yield f"{name} stored {stored} rows, more than {wanted}"
