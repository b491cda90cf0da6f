"""Who reads from a replica, and what happens if it fails; `measure` starts real replicas."""

from unittest import mock

import psycopg
from django.db import OperationalError, connection, connections
from django.db.backends.postgresql.base import DatabaseWrapper
from django.http import HttpResponse
from django.test import SimpleTestCase, TestCase, override_settings
from django.urls import reverse

from articles.search import ArticleFilter
from articles.views import browse
from articles.views import search as search_pages
from newsarchive.replicas import routing
from newsarchive.replicas.watch import PATIENCE, PAUSE, Log, Replica, Watch
from tests.admin.desk import log_in, make_user
from tests.factories import make_article, make_speaker

NOWHERE = {
    "NAME": "archive",
    "USER": "reader",
    "HOST": "/nowhere",
    "PORT": "1",
    "PASSWORD": "",
    "OPTIONS": {},
}


def connect_to_nowhere():
    return DatabaseWrapper({**connections.settings["default"], **NOWHERE}, "default")


class LagTests(SimpleTestCase):
    def setUp(self):
        self.now = 1_000_000.0
        # The clock stands still: a slow machine adds no lag.
        self.enterContext(
            mock.patch("newsarchive.replicas.watch.time", mock.Mock(monotonic=lambda: self.now))
        )
        self.log = Log()
        self.replica = Replica("replica-1", None, self.log)

    def answer(self, position, received=None):
        self.replica.learn(position, received)
        self.replica.distrusted = False

    def see(self, position, seconds_ago=0.0):
        self.log.see(position, self.now - seconds_ago)

    def test_a_replica_that_has_replayed_everything_has_no_lag_however_old_it_is(self):
        self.see(100, seconds_ago=3600)
        self.answer(100)
        self.assertEqual((self.replica.lag(), self.replica.state(5)), (0, "ok"))

    def test_the_lag_counts_from_the_first_position_that_is_missing(self):
        self.see(100, seconds_ago=60)
        self.see(200, seconds_ago=20)
        self.see(300)
        self.answer(100)
        self.assertEqual(self.replica.lag(), 20)
        self.assertEqual(self.replica.state(5), "behind")
        self.assertFalse(self.replica.usable(5, 0))
        self.assertTrue(self.replica.usable(30, 0))

    def test_what_it_received_and_has_not_replayed_counts_without_the_primary(self):
        self.answer(100, 500)
        self.assertIsNotNone(self.replica.behind_since)

    def test_it_is_not_used_before_it_has_what_the_reader_wrote(self):
        self.answer(100)
        self.assertTrue(self.replica.usable(5, 100))
        self.assertFalse(self.replica.usable(5, 101))

    def test_one_that_does_not_answer_is_out_of_use_within_a_second(self):
        self.answer(100)
        self.replica.asked = self.now - PATIENCE - 0.01
        self.assertLess(PATIENCE + PAUSE, 1)
        self.assertEqual(self.replica.state(5), "away")

    def test_one_whose_connection_failed_is_out_of_use_until_it_answers(self):
        self.answer(100)
        self.replica.failed()
        self.assertFalse(self.replica.usable(5, 0))
        self.answer(100)
        self.assertTrue(self.replica.usable(5, 0))

    def test_another_primary_starts_the_log_anew(self):
        watch = Watch([lambda: None])
        watch.primary.learn(1000, None)
        watch.primary.learn(400, None)
        watch.replicas[0].learn(400, None)
        self.assertEqual(watch.replicas[0].lag(), 0)

    def test_readers_are_divided_among_the_replicas(self):
        watch = Watch([lambda: None, lambda: None])
        for replica in watch.replicas:
            replica.distrusted = False
        first = {watch.usable(5)[0].name for _ in range(4)}
        self.assertEqual(first, {"replica-1", "replica-2"})


class FakeReplica(Replica):
    """A second name of the test's own connection, which may fail."""

    def __init__(self, connect):
        super().__init__("replica-1", connect, Log())


@override_settings(DATABASE_REPLICAS=[NOWHERE])
class MiddlewareTests(TestCase):
    def setUp(self):
        routing._thread.__init__()
        self.primary = connections["default"]
        self.replica = FakeReplica(connect_to_nowhere)
        unwatched = mock.patch.object(routing, "_watch", return_value=Watch([]))
        unwatched.start()
        self.addCleanup(unwatched.stop)
        chosen = mock.patch.object(routing, "usable", return_value=[self.replica])
        self.usable = chosen.start()
        self.addCleanup(chosen.stop)
        self.addCleanup(routing._thread.__init__)

    def the_replica_works(self):
        """The same connection, because the test's rows are not committed."""
        self.replica.connect = lambda: self.primary
        # Between two requests, which would close the one in which the test began its transaction.
        kept = mock.patch.object(self.primary, "close_if_unusable_or_obsolete")
        kept.start()
        self.addCleanup(kept.stop)
        self.replica.distrusted = False

    def test_a_page_that_the_replica_cannot_answer_is_answered_by_the_primary(self):
        article = make_article(headline="Flood closes the bridge")
        self.assertContains(self.client.get(article.get_absolute_url()), "Flood closes the bridge")
        self.assertTrue(self.replica.distrusted)
        self.assertIs(connections["default"], self.primary)

    def test_one_that_cannot_be_reached_is_away_and_asked_again(self):
        self.replica.distrusted = False
        self.replica.ask_until_it_fails(connect_to_nowhere())
        self.assertEqual(self.replica.state(5), "away")

    def test_so_is_a_page_that_is_not_found(self):
        self.client.raise_request_exception = False
        self.assertEqual(self.client.get("/nothing-here").status_code, 404)

    def test_so_is_the_first_part_of_a_file(self):
        make_article(headline="Flood closes the bridge")
        answer = self.client.get("/search/?q=flood&format=csv")
        self.assertIn(b"Flood closes the bridge", b"".join(answer))

    def test_one_that_was_lost_and_is_connected_again_has_failed_all_the_same(self):
        """Django connects anew at the end of a lost transaction."""
        self.the_replica_works()
        lost = OperationalError("server closed the connection unexpectedly")
        lost.__cause__ = psycopg.OperationalError()
        with (
            mock.patch.object(browse, "render", side_effect=[lost, HttpResponse("feeds")]),
            mock.patch.object(self.primary, "close"),
        ):
            self.assertContains(self.client.get("/feeds/"), "feeds")
        self.assertTrue(self.replica.distrusted)

    def test_a_statement_that_conflicts_with_recovery_is_repeated_on_the_primary(self):
        self.the_replica_works()
        # The second: VACUUM or a migration has locked the table on the primary, and replay waits.
        for cause in (psycopg.errors.SerializationFailure(), psycopg.errors.LockNotAvailable()):
            conflict = OperationalError(cause)
            conflict.__cause__ = cause
            pages = [conflict, HttpResponse("feeds")]
            with self.subTest(cause), mock.patch.object(browse, "render", side_effect=pages) as render:
                self.assertContains(self.client.get("/feeds/"), "feeds")
                self.assertEqual(render.call_count, 2)
                self.assertFalse(self.replica.distrusted)

    def test_so_is_a_search_that_waits_for_a_lock(self):
        self.the_replica_works()
        make_article(headline="Flood closes the bridge")
        conflict = OperationalError("canceling statement due to lock timeout")
        conflict.__cause__ = psycopg.errors.LockNotAvailable()
        found = search_pages.search.search(ArticleFilter({"q": "flood"}).cleaned)
        with mock.patch.object(search_pages.search, "search", side_effect=[conflict, found]):
            self.assertContains(self.client.get("/search/?q=flood"), "closes the bridge")

    def test_editors_forms_and_reports_are_answered_by_the_primary(self):
        speaker = make_speaker("Ada Okafor")
        log_in(make_user("editor")).get(speaker.get_absolute_url())
        self.client.get("/admin/login/")
        self.client.get("/reports/no-such-report/")
        self.client.get("/readyz")
        self.client.post("/admin/login/", {"username": "ada"})
        self.usable.assert_not_called()

    def test_after_a_form_a_reader_reads_only_from_a_replica_that_has_what_they_wrote(self):
        self.the_replica_works()
        address = reverse("articles:report-article", args=[make_article().pk])
        stamp = self.client.get(address).context["stamp"]
        self.usable.assert_called_with(0)
        self.client.post(address, {"what": "other", "remark": "See page 4.", "stamp": stamp})
        cookie = self.client.cookies["wrote"]
        self.assertTrue(cookie["httponly"] and cookie["max-age"] >= 600)
        self.client.get("/speakers/")
        position = self.usable.call_args.args[0]
        with connection.cursor() as cursor:
            cursor.execute("SELECT (pg_current_wal_insert_lsn() - '0/0')::bigint")
            now = cursor.fetchone()[0]
        self.assertTrue(0 < position <= now)

    def test_a_forged_position_counts_as_none(self):
        self.client.cookies["wrote"] = "9000:made-up"
        self.client.get("/speakers/")
        self.usable.assert_called_with(0)


class NoReplicasTests(TestCase):
    def test_without_replicas_no_cookie_is_set(self):
        self.client.post("/admin/login/", {"username": "ada"})
        self.assertNotIn("wrote", self.client.cookies)
