"""Figures and log lines say what the site does, and nothing about who reads it."""

import json
import logging
import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client, RequestFactory

from articles.models import Metric, Source, SourceState, clock
from articles.operations import metrics
from articles.views import health
from newsarchive.logs import ErrorMailHandler, JsonFormatter
from newsarchive.metrics import COUNTS, count, observe
from tests.factories import make_article, make_source

pytestmark = pytest.mark.django_db
TOKEN = "a-token-for-the-tests-alone"


@pytest.fixture(autouse=True)
def nothing_counted():
    COUNTS.take()


@pytest.fixture
def stored(transactional_db):
    """The counts of this process are stored outside of a transaction only."""


def figures(client=None):
    text = (client or Client()).get("/metrics").text
    return dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))


class TestFigures:
    def test_requests_are_counted_by_page_and_status(self, stored, client):
        client.get("/search/?q=flood")
        client.get("/nothing-here")
        found = figures()
        assert found['newsarchive_requests_total{page="search",status="200"}'] == "1"
        assert found['newsarchive_requests_total{page="none",status="404"}'] == "1"
        assert found['newsarchive_request_seconds_count{page="search"}'] == "1"
        assert found['newsarchive_search_seconds_count{scope="articles"}'] == "1"

    def test_those_of_another_process_are_added(self, stored):
        Metric.objects.create(series='newsarchive_requests_total{page="search",status="200"}', total=40)
        count("requests_total", page="search", status=200)
        assert figures()['newsarchive_requests_total{page="search",status="200"}'] == "41"

    def test_what_cannot_be_stored_now_is_kept(self, monkeypatch, stored):
        from tests.newsarchive.test_closed_to_writing import lost_connection

        count("requests_total", page="quote", status=200)
        with lost_connection():
            metrics.flush()
        metrics.flush()
        assert Metric.objects.get().total == 1

    def test_a_histogram_counts_every_limit_that_is_not_exceeded(self, stored):
        observe("search_seconds", 0.3, scope="articles")
        observe("search_seconds", 20, scope="articles")
        lines = [line for line in metrics.exposition().splitlines() if "search_seconds" in line]
        assert lines[1] == "# TYPE newsarchive_search_seconds histogram"
        assert [line.rsplit(" ", 1)[1] for line in lines[2:11]] == [*"000111112"]
        assert lines[10].startswith('newsarchive_search_seconds_bucket{scope="articles",le="+Inf"}')

    def test_the_state_of_index_queues_and_imports_is_among_them(self, client):
        make_article()
        found = figures(client)
        assert int(found["newsarchive_index_notes"]) >= 1
        for name in ("index_segments", "articles_to_do", "reports_open", 'imports{state="finished"}'):
            assert f"newsarchive_{name}" in found
        assert found["newsarchive_database_up"] == "1"

    def test_sources_are_counted_by_state_with_the_longest_time_since_a_success(self, client):
        for name, fields in (("A", {}), ("B", {}), ("C", {"paused": True})):
            make_source(name, **fields)
        ago = clock.now() - timedelta(hours=3)
        SourceState.objects.create(
            source=Source.objects.get(name="A"),
            fault="no",
            fault_since=ago,
            failed_runs=2,
            last_success_at=ago,
        )
        found = figures(client)
        states = {
            state: found[f'newsarchive_sources{{state="{state}"}}'] for state in ("ok", "failing", "paused")
        }
        assert states == {"ok": "1", "failing": "1", "paused": "1"}
        assert 10_800 <= float(found["newsarchive_sources_oldest_success_seconds"]) < 14_400


class TestWhoMaySeeThem:
    def seen(self, **request):
        return Client().get("/metrics", **request).status_code

    def test_this_machine_may(self):
        assert self.seen() == 200

    def test_readers_do_not_find_them(self):
        assert self.seen(REMOTE_ADDR="203.0.113.7") == 404

    @pytest.mark.parametrize("header", health.ADDED_BY_PROXIES)
    def test_nor_do_readers_behind_a_proxy_of_this_machine(self, header):
        assert self.seen(headers={header: "203.0.113.7"}) == 404

    def test_who_has_the_token_may(self, settings):
        settings.METRICS_TOKEN = TOKEN
        away = {"REMOTE_ADDR": "203.0.113.7"}
        assert self.seen(headers={"Authorization": f"Bearer {TOKEN}"}, **away) == 200
        assert self.seen(headers={"Authorization": "Bearer "}, **away) == 404


class TestLog:
    def test_a_request_is_one_line_without_what_the_reader_typed(self, client, caplog):
        caplog.set_level(logging.INFO, logger="newsarchive.access")
        client.get("/search/?q=a-secret-plan", headers={"X-Request-ID": "check-1234"})
        client.get("/reports/a-secret-link/")
        lines = [record.getMessage() for record in caplog.records if record.name == "newsarchive.access"]
        assert [line.rsplit(" ", 2)[0] for line in lines] == ["GET /search/ 200", "GET /reports/ 404"]

    def test_a_slow_search_is_logged_in_its_normal_form(self, client, caplog, settings):
        settings.SLOW_SEARCH_SECONDS = 1e-9
        client.get("/search/?q=Flood++AND+(Bridge)")
        (line,) = [record.getMessage() for record in caplog.records if record.name == "articles.views.search"]
        assert re.fullmatch(r"slow search of articles, \d+\.\d seconds: flood bridge", line)

    def test_json_has_the_request_id_and_the_fields(self):
        record = logging.makeLogRecord({"msg": "GET /", "levelname": "INFO", "request_id": "check-1234"})
        record.fields = {"status": 200, "duration_ms": 12.5}
        line = json.loads(JsonFormatter().format(record))
        assert (line["request_id"], line["status"], line["duration_ms"]) == ("check-1234", 200, 12.5)

    def test_an_error_is_mailed_once_a_minute_without_the_request(self, settings):
        settings.ADMINS = [("", "ops@archive.example")]
        request = RequestFactory().get("/search/?q=a-secret-plan")
        handler = ErrorMailHandler()
        for _ in range(3):
            try:
                raise ValueError("a fault")
            except ValueError as error:
                info = (ValueError, error, error.__traceback__)
            record = logging.makeLogRecord(
                {"msg": "Error", "levelno": 40, "exc_info": info, "request": request}
            )
            handler.handle(record)
        (message,) = mail.outbox
        assert "ValueError: a fault" in message.body and "secret" not in message.body + message.subject
