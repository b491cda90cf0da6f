"""What all tests share: the database's one clear line, a browser where there is one, and no deadlines."""

import gc
import os
import shutil
import threading
import time
from pathlib import Path
from unittest import mock
from urllib.request import urlopen

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from newsarchive.embedded_postgres import ServerUnavailable

# A slow machine is no fault of the program; under CI the examples are the same each time.
hypothesis_settings.register_profile(
    "archive",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
)
hypothesis_settings.load_profile("archive")

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 120_000  # milliseconds
# No test begins in these.
LAST_SECONDS_OF_A_DAY = 30
# The files that take longest. They are begun first, so that all processes end at about the same time.
LONGEST = (
    "browser/test_public_pages.py",
    "browser/test_desk.py",
    "test_migrations.py",
    "views/test_public_urls.py",
    "commands/test_import_articles.py",
    "newsarchive/test_roles.py",
    "management/test_benchmark.py",
    "ingest/test_sample_data.py",
    "newsarchive/test_embedded_database.py",
    "browser/test_desk_keystrokes.py",
    "newsarchive/test_several_machines.py",
    "test_index_in_step.py",
)


def pytest_xdist_auto_num_workers(config):
    """All tests run in several processes; a few, named on the command line, in this one: it starts sooner.

    One more than there are cores: for a third of its time a test waits for the database or the browser.
    """
    whole = config.args_source is not pytest.Config.ArgsSource.ARGS
    return min((os.cpu_count() or 1) + 1, 4) if whole else 0


def find_chromium() -> str | None:
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def leave_browser_tests_out(config: pytest.Config) -> bool:
    """Under CI they stay, and fail: a missing browser must not look like a pass."""
    return not find_chromium() and not os.environ.get("CI")


def pytest_collection_modifyitems(config, items):
    if leave_browser_tests_out(config):
        left_out = [item for item in items if item.get_closest_marker("browser")]
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)
    order = {Path(__file__).parent / name: at for at, name in enumerate(LONGEST)}
    items.sort(key=lambda item: order.get(item.path, len(order)))


def pytest_runtest_setup():
    """A test that asks what day it is ends on the same day."""
    if (left := 24 * 60 * 60 - time.time() % (24 * 60 * 60)) < LAST_SECONDS_OF_A_DAY:
        time.sleep(left)


def pytest_collection_finish():
    """A fifth of the time of a request is spent looking for garbage among objects that live until the end."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


def pytest_terminal_summary(terminalreporter, config):
    if leave_browser_tests_out(config):
        terminalreporter.write_line(
            "The tests marked «browser» were left out: no Chromium is installed here."
        )


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix, django_db_keepdb, django_db_createdb, django_db_blocker
):
    """Says in one line, not in a traceback of every test, that no database can be had."""
    from django.db import connection

    from tests.database import copy_from_template

    if home := connection.settings_dict.get("HOME"):
        from newsarchive.embedded_postgres.launcher import running_server

        try:
            running_server(Path(home), connection.settings_dict["CLUSTER"])
        except ServerUnavailable as error:
            pytest.exit(f"newsarchive: {error}", returncode=2)
    # A database that is kept is migrated.
    if django_db_createdb or not django_db_keepdb:
        with django_db_blocker.unblock():
            copy_from_template()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """After a test that commits, only the tables that hold something are emptied."""
    from django.core.management.commands import flush
    from django.db.backends.postgresql.operations import DatabaseOperations

    from tests.database import InitialRows

    with django_db_blocker.unblock():
        initial = InitialRows()
        read_the_clock_once()
    with (
        mock.patch.object(DatabaseOperations, "execute_sql_flush", lambda *_: initial.restore()),
        # What this signal adds is still there.
        mock.patch.object(flush, "emit_post_migrate_signal"),
    ):
        yield


def read_the_clock_once():
    """The product asks the database each minute, and is ahead of it by as long as the question took.

    On a busy machine that can be longer than a test takes to ask for what it has just published.
    """
    from articles.models import clock

    clock._last = min((clock._ask() for _ in range(50)), key=lambda reading: reading.took)
    clock.MOST_SECONDS = float("inf")


@pytest.fixture(scope="session", autouse=True)
def _a_busy_machine_is_no_fault():
    """Readers wait a few seconds for a search, a page or a preview; tests wait for its answer."""
    from articles.admin.intake import import_preview
    from articles.fetching import sandbox
    from articles.search.engine import searcher
    from articles.search.results import export_stream
    from articles.search.reuse import text_reuse

    sandbox.SECONDS = import_preview.SECONDS = 300
    searcher.SECONDS = export_stream.SECONDS = text_reuse.MOST_SECONDS = 300


@pytest.fixture(scope="session")
def browser():
    """The system's Chromium, driven by Playwright; one for the whole run."""
    path = find_chromium()
    if not path:
        pytest.fail("no Chromium is installed here (Debian: apt-get install chromium)")
    # Playwright keeps a loop in this thread, in which Django would refuse to use the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    from playwright.sync_api import expect, sync_playwright

    # What is expected comes late on a busy machine.
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        chromium = playwright.chromium.launch(executable_path=path, args=[*QUIET, *sandbox])
        new_context = chromium.new_context

        def patient_context(**options):
            context = new_context(**options)
            context.set_default_timeout(PATIENCE)
            return context

        chromium.new_context = patient_context
        yield chromium
        chromium.close()


@pytest.fixture(autouse=True)
def _no_request_outlives_its_test(request, _live_server_helper):
    """What a page saves by itself may arrive last: the database is emptied after it, and not meanwhile."""
    yield
    if "live_server" in request.fixturenames:
        wait_for_requests(request.getfixturevalue("live_server"))


def wait_for_requests(server):
    """Wait until no browser is connected any more."""
    # Connections are accepted in turn: all before this one have a thread now.
    urlopen(f"{server.url}/healthz", timeout=PATIENCE / 1000).close()  # noqa: S310 - on loopback
    until = time.monotonic() + PATIENCE / 1000
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(max(until - time.monotonic(), 0))


@pytest.fixture
def page(browser, live_server):
    """An empty tab on the live server, 1280 pixels wide."""
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()
