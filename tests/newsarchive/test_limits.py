"""Statement timeouts of the web process, on any kind of connection."""

import os
import secrets
import subprocess
import sys
from contextlib import contextmanager

import pghistory
import psycopg
import pytest
from django.db import OperationalError, connection, transaction

from articles.models import Speaker
from newsarchive.transaction_limits import limited_cursor, statements_may_take
from tests.factories import make_speaker
from tests.newsarchive.served import ROOT

pytestmark = pytest.mark.django_db(transaction=True)
STARTED = """
import newsarchive.wsgi
from django.db import connection
print("options" in connection.get_connection_params())
"""


@contextmanager
def limited(statement_timeout="3s"):
    connection.ensure_connection()
    factory = limited_cursor({"statement_timeout": statement_timeout, "lock_timeout": "2s"})
    before = connection.connection.cursor_factory
    connection.connection.cursor_factory = factory
    try:
        yield
    finally:
        connection.connection.cursor_factory = before


def timeouts():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('statement_timeout'), current_setting(%s)", ["lock_timeout"])
        return cursor.fetchone()


def test_the_web_process_sends_no_startup_options(tmp_path):
    own = {"NEWSARCHIVE_HOME": str(tmp_path), "SECRET_KEY": secrets.token_urlsafe(60)}
    environment = {**os.environ, **own, "DJANGO_SETTINGS_MODULE": "newsarchive.settings"}
    done = subprocess.run(
        [sys.executable, "-c", STARTED], env=environment, cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"


def test_a_statement_on_its_own_is_limited_and_leaves_nothing_behind():
    before = timeouts()
    with limited():
        assert timeouts() == ("3s", "2s")
    assert timeouts() == before == ("0", "0")


def test_a_transaction_is_limited_unless_it_sets_a_limit_of_its_own():
    with limited(), transaction.atomic():
        assert timeouts() == ("3s", "2s")
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = '40s'")
        assert timeouts() == ("40s", "2s")


def test_work_that_takes_long_is_given_longer_in_each_of_its_transactions():
    with limited():
        with statements_may_take("40s"):
            assert timeouts() == ("40s", "2s")
            with transaction.atomic():
                assert timeouts() == ("40s", "2s")
        assert timeouts() == ("3s", "2s")


def test_a_statement_that_takes_too_long_is_ended():
    with (
        limited("20ms"),
        connection.cursor() as cursor,
        pytest.raises(OperationalError) as ended,
    ):
        cursor.execute("SELECT pg_sleep(60)")
    assert isinstance(ended.value.__cause__, psycopg.errors.QueryCanceled)


def test_rows_counts_and_history_are_as_without_limits():
    with limited(), pghistory.context(through="desk"):
        speaker = make_speaker("Ada Okafor")
        assert Speaker.objects.filter(pk=speaker.pk).update(description="Mayor") == 1
        assert Speaker.objects.get(pk=speaker.pk).description == "Mayor"
        Speaker.objects.filter(pk=speaker.pk).delete()
    events = speaker.events.model.objects.filter(pgh_obj_id=speaker.pk)
    assert {event.pgh_context["through"] for event in events} == {"desk"}


def test_many_rows_at_once_are_written_within_the_limits():
    with limited(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.executemany("SELECT %s", [("a",), ("b",)])
        assert timeouts() == ("3s", "2s")


def test_no_cursor_outlives_its_statement_outside_a_transaction():
    make_speaker("Ada Okafor")
    with limited():
        assert [speaker.name for speaker in Speaker.objects.iterator()] == ["Ada Okafor"]
    assert connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"]
