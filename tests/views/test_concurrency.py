"""Limits of concurrent searches and downloads."""

import gc
from contextlib import suppress
from threading import Event, Thread
from unittest import mock

from django.db import OperationalError
from django.http import HttpResponse
from django.test import RequestFactory, SimpleTestCase, TestCase
from psycopg.errors import QueryCanceled

from articles.views import exports
from articles.views.concurrency import ConcurrencyLimit, Stream, limit_searches
from tests.factories import make_article


class ConcurrencyLimitTests(SimpleTestCase):
    def setUp(self):
        self.entered, self.leave = Event(), Event()

    def slow(self, request):
        self.entered.set()
        self.leave.wait(120)
        return HttpResponse("done")

    def occupied(self, limit):
        """Start a request that holds the only place."""
        thread = Thread(target=limit(self.slow), args=[RequestFactory().get("/search/")])
        thread.start()
        self.entered.wait(120)
        return thread

    def test_a_search_that_finds_no_place_is_asked_to_come_back(self):
        limit = ConcurrencyLimit(1, waiting=1, seconds_to_wait=0.01)
        thread = self.occupied(limit)
        response = limit(self.slow)(RequestFactory().get("/search/"))
        self.leave.set()
        thread.join()
        self.assertEqual(response.status_code, 429)
        self.assertEqual(response["Retry-After"], "5")
        self.assertContains(response, "The archive is busy", status_code=429)

    def test_a_search_waits_for_a_place_that_becomes_free(self):
        limit = ConcurrencyLimit(1, waiting=1, seconds_to_wait=120)
        thread = self.occupied(limit)
        answers = []
        waiting = Thread(target=lambda: answers.append(limit(self.slow)(RequestFactory().get("/search/"))))
        waiting.start()
        self.leave.set()
        thread.join()
        waiting.join()
        self.assertEqual([answer.status_code for answer in answers], [200])

    def test_a_search_that_fails_gives_its_place_back(self):
        limit = ConcurrencyLimit(1, seconds_to_wait=0.01)

        def failing(request):
            raise ZeroDivisionError

        for _ in range(2):
            with self.assertRaises(ZeroDivisionError):
                limit(failing)(RequestFactory().get("/search/"))


class StreamTests(SimpleTestCase):
    """A file keeps its place for as long as it is read, and never longer."""

    def setUp(self):
        self.limit = ConcurrencyLimit(1, seconds_to_wait=0)
        self.closed = []

    def stream(self, *, failing=None):
        def chunks():
            try:
                yield b"one"
                if failing:
                    raise failing
                yield b"two"
                yield b"three"
            finally:
                self.closed.append(True)

        self.assertTrue(self.limit.enter())
        return Stream(chunks(), self.limit)

    def free(self):
        if free := self.limit.enter():
            self.limit.leave()
        return free

    def test_the_place_is_given_back_after_the_last_chunk(self):
        stream = self.stream().begin(2)
        self.assertEqual(next(stream), b"one")
        self.assertFalse(self.free())
        self.assertEqual(list(stream), [b"two", b"three"])
        self.assertTrue(self.free())
        stream.close()
        self.assertTrue(self.free())

    def test_a_reader_who_leaves_gives_it_back_and_ends_the_file(self):
        for read in (0, 1):
            stream = self.stream().begin(1)
            for _ in range(read):
                next(stream)
            stream.close()
            self.assertTrue(self.free())
        self.assertEqual(len(self.closed), 2)

    def test_a_file_that_is_never_begun_gives_it_back(self):
        self.stream().close()
        self.assertTrue(self.free())

    def test_a_file_that_fails_gives_it_back(self):
        with self.assertRaises(ZeroDivisionError):
            self.stream(failing=ZeroDivisionError).begin(2)
        self.assertTrue(self.free())
        stream = self.stream(failing=ZeroDivisionError).begin(1)
        with self.assertRaises(ZeroDivisionError):
            list(stream)
        self.assertTrue(self.free())

    def test_a_file_whose_database_fails_is_cut_off_and_logged_in_one_line(self):
        stream = self.stream(failing=OperationalError("the server\nis away")).begin(1)
        with (
            self.assertLogs("articles.views.concurrency") as logged,
            self.assertRaises(ConnectionResetError),
        ):
            list(stream)
        self.assertEqual(logged.records[0].getMessage(), "A file ended early: the server")
        self.assertIsNone(logged.records[0].exc_info)
        self.assertTrue(self.free())

    def test_a_file_that_fails_ends_its_transaction_at_once(self):
        for begun in (1, 2):
            with self.subTest(begun=begun):
                ended = []

                def rows(ended=ended):
                    try:
                        yield b"row"
                    finally:
                        ended.append("transaction")

                def file(rows=rows):
                    made = rows()
                    for row in made:
                        yield row
                        # As Django's errors do, it refers to itself by its frame.
                        error = OperationalError("the server is away")
                        raise error

                gc.disable()
                self.addCleanup(gc.enable)
                self.assertTrue(self.limit.enter())
                # Not `assertRaises`, which clears frames itself.
                with suppress(ConnectionResetError, OperationalError):
                    list(Stream(file(), self.limit).begin(begun))
                self.assertEqual(ended, ["transaction"])


class FloodOfFilesTests(TestCase):
    """However many ask for files, connections are left for those who search."""

    def test_the_third_file_is_asked_to_come_back_and_pages_are_answered_meanwhile(self):
        make_article(headline="Flood")
        with mock.patch.object(exports.search, "stream_results", lambda question, whole: iter(())):
            asked = [self.client.get("/search/", {"q": "flood", "format": name}) for name in ("csv", "ris")]
            refused = self.client.get("/search/", {"q": "flood", "format": "jsonl"})
            self.assertEqual((refused.status_code, refused["Retry-After"]), (429, "30"))
            self.assertEqual(self.client.get("/search/", {"q": "flood"}).status_code, 200)
            self.assertEqual(self.client.get("/search/", {"format": "json"}).status_code, 200)
            self.read(asked.pop())
            again = self.client.get("/search/", {"q": "flood", "format": "jsonl"})
            self.assertEqual(again.status_code, 200)
            for response in (*asked, again):
                self.read(response)

    def read(self, response):
        """To its end, where the client closes it, but not the database connection of the test."""
        for _ in response.streaming_content:
            pass


class WaitingTests(SimpleTestCase):
    """Who waits for a place, in which order, and who is sent away."""

    def start(self, limit, client):
        """A request that waits in a thread; its answer, True if admitted, is appended to ``self.answers``."""
        self.waits.clear()

        def ask():
            self.answers.append((client, limit.enter(client, wait=True)))

        thread = Thread(target=ask, daemon=True)
        thread.start()
        # From now on it keeps its place in the queue, and the time for which it waits.
        self.assertTrue(self.waits.wait(120))
        return thread

    def setUp(self):
        self.answers = []
        self.waits = waits = Event()

        class Decision(Event):
            def wait(self, timeout=None):
                waits.set()
                return super().wait(timeout)

        self.enterContext(mock.patch("articles.views.concurrency.Event", Decision))

    def finish(self, limit, thread):
        limit.leave()
        thread.join(120)

    def test_clients_are_admitted_in_turn_however_many_tabs_one_has_open(self):
        limit = ConcurrencyLimit(1, waiting=5, seconds_to_wait=120)
        limit.enter()
        ada = [self.start(limit, "ada") for _ in range(3)]
        ben = [self.start(limit, "ben") for _ in range(2)]
        for thread in (ada[0], ben[0], ada[1], ben[1], ada[2]):
            self.finish(limit, thread)
        self.assertEqual([client for client, _ in self.answers], ["ada", "ben", "ada", "ben", "ada"])
        self.assertTrue(all(admitted for _, admitted in self.answers))

    def test_no_more_wait_than_there_are_seats(self):
        limit = ConcurrencyLimit(1, waiting=2, seconds_to_wait=120)
        limit.enter()
        threads = [self.start(limit, "ada") for _ in range(2)]
        self.assertFalse(limit.enter("ada", wait=True))
        for thread in threads:
            self.finish(limit, thread)

    def test_a_client_without_a_seat_takes_one_from_the_client_with_most(self):
        limit = ConcurrencyLimit(1, waiting=3, seconds_to_wait=120)
        limit.enter()
        ada = [self.start(limit, "ada") for _ in range(3)]
        ben = Thread(target=lambda: self.answers.append(("ben", limit.enter("ben", wait=True))))
        ben.start()
        ada[2].join(120)
        self.assertEqual(self.answers, [("ada", False)])
        for thread in (ada[0], ben, ada[1]):
            self.finish(limit, thread)
        self.assertEqual(self.answers[1:], [("ada", True), ("ben", True), ("ada", True)])

    def test_the_last_thread_is_left_to_other_pages_when_no_search_ends(self):
        limit = ConcurrencyLimit(1, waiting=2, threads=3, seconds_to_wait=0.3)
        limit.enter()
        limit.seconds_to_wait = 120
        first = self.start(limit, "ada")
        limit.seconds_to_wait = 0.3
        self.assertFalse(limit.enter("ben", wait=True))
        limit.seconds_to_wait = 120
        # Would wait two minutes if the last thread were lent again.
        self.assertFalse(limit.enter("ben", wait=True))
        self.finish(limit, first)
        lent = self.start(limit, "ben"), self.start(limit, "ben")
        for thread in lent:
            self.finish(limit, thread)
        self.assertEqual([admitted for _, admitted in self.answers], [True] * 3)

    def test_a_file_takes_a_place_among_the_searches_until_it_is_read(self):
        searches = ConcurrencyLimit(2)
        files = ConcurrencyLimit(1, within=searches)
        self.assertTrue(files.enter())
        self.assertTrue(searches.enter())
        self.assertFalse(searches.enter())
        files.leave()
        self.assertTrue(searches.enter())


class FullTests(TestCase):
    """What readers get while every place for searches is taken."""

    def setUp(self):
        self.article = make_article(headline="The heron bridge")
        self.limit = limit_searches
        self.enterContext(mock.patch.object(self.limit, "places", 0))
        self.enterContext(mock.patch.object(self.limit, "waiting", 0))

    def test_a_refused_search_tries_once_more_by_itself_and_not_again(self):
        refused = self.client.get("/search/?q=heron+bridge&language=en")
        self.assertEqual(refused.status_code, 429)
        self.assertEqual(refused["Refresh"], "5; url=/search/?q=heron+bridge&language=en&retried=1")
        self.assertContains(refused, 'value="heron bridge"', status_code=429)
        self.assertContains(refused, 'href="/search/?q=heron+bridge&amp;language=en"', status_code=429)
        again = self.client.get(refused["Refresh"].partition("url=")[2])
        self.assertEqual(again.status_code, 429)
        self.assertNotIn("Refresh", again)
        self.assertContains(again, 'href="/search/?q=heron+bridge&amp;language=en"', status_code=429)

    def test_every_page_that_searches_tries_again_by_itself(self):
        paths = "/quotes/", "/quotes/find/?q=heron", "/search/values/publication/", "/speakers/compare/"
        for path in paths:
            with self.subTest(path=path):
                refused = self.client.get(path)
                self.assertEqual(refused.status_code, 429)
                self.assertIn("retried=1", refused["Refresh"])

    def test_a_program_that_asks_for_a_format_is_told_when_to_come_back(self):
        refused = self.client.get("/search/?q=heron&format=json")
        self.assertEqual((refused.status_code, refused["Retry-After"]), (429, "5"))
        self.assertNotIn("Refresh", refused)

    def test_refusals_are_logged_without_the_words_and_counted(self):
        before = self.limit.refused
        with self.assertLogs("articles.views.concurrency", "WARNING") as logged:
            self.client.get("/search/?q=heron")
        self.assertEqual(self.limit.refused, before + 1)
        self.assertEqual(
            logged.records[0].getMessage(),
            f"/search/ refused: 0 running, 0 waiting, {before + 1} refused since start",
        )
        self.assertEqual(self.client.get("/readyz").json()["searches_refused"], before + 1)

    def test_an_article_found_by_a_search_and_healthz_answer_meanwhile(self):
        self.assertEqual(self.client.get(f"{self.article.get_absolute_url()}?q=heron").status_code, 200)
        self.assertEqual(self.client.get("/healthz").status_code, 200)


class RetriedTests(TestCase):
    def test_a_second_attempt_is_answered_at_once_and_its_mark_goes_no_further(self):
        make_article(headline="The heron bridge")
        response = self.client.get("/search/?q=heron&retried=1")
        self.assertEqual(response.status_code, 200)
        self.assertNotContains(response, "retried")


class TooLongTests(TestCase):
    def test_a_search_that_takes_too_long_keeps_its_words_and_offers_narrower_ones(self):
        canceled = OperationalError("canceling statement due to statement timeout")
        canceled.__cause__ = QueryCanceled()
        with mock.patch("articles.views.search.search.search", side_effect=canceled):
            response = self.client.get("/search/?q=heron+bridge")
        self.assertContains(response, "This search took too long", status_code=503)
        self.assertContains(response, 'value="heron bridge"', status_code=503)
        self.assertContains(response, "q=headline%3A%28heron+bridge%29", status_code=503)
        self.assertIn("no-store", response["Cache-Control"])
        self.assertIn("Retry-After", response)

    def test_a_search_that_takes_too_long_keeps_its_filters_in_the_box_and_in_the_narrower_ones(self):
        canceled = OperationalError("canceling statement due to statement timeout")
        canceled.__cause__ = QueryCanceled()
        with mock.patch("articles.views.search.search.search", side_effect=canceled):
            response = self.client.get("/search/?q=heron+bridge&language=en")
        box = '<input type="hidden" name="language" value="en">'
        self.assertContains(response, box, html=True, status_code=503)
        self.assertContains(response, "headline%3A%28heron+bridge%29&amp;language=en", status_code=503)

    def test_a_database_that_is_away_is_another_page(self):
        self.client.raise_request_exception = False
        with mock.patch("articles.views.search.search.search", side_effect=OperationalError("gone")):
            response = self.client.get("/search/?q=heron+bridge")
        self.assertContains(response, "The archive is not available", status_code=503)

    def test_a_page_without_its_database_tries_itself_again_once(self):
        self.client.raise_request_exception = False
        with mock.patch("articles.views.search.search.search", side_effect=OperationalError("gone")):
            first = self.client.get("/search/?q=heron+bridge")
            second = self.client.get("/search/?q=heron+bridge&retried=1")
            file = self.client.get("/search/?q=heron&format=json")
        self.assertEqual(first["Refresh"], "30; url=/search/?q=heron+bridge&retried=1")
        self.assertContains(first, "tries again by itself after 30 seconds", status_code=503)
        self.assertNotIn("Refresh", second)
        self.assertNotIn("Refresh", file)

    def test_a_search_that_takes_too_long_is_not_tried_again(self):
        canceled = OperationalError("canceling statement due to statement timeout")
        canceled.__cause__ = QueryCanceled()
        with mock.patch("articles.views.search.search.search", side_effect=canceled):
            self.assertNotIn("Refresh", self.client.get("/search/?q=heron+bridge"))
