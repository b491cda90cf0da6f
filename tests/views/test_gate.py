"""A flood of searches must not take the site with it."""

from threading import Event, Thread
from unittest import mock

from django.db import OperationalError
from django.http import HttpResponse
from django.test import RequestFactory, SimpleTestCase, TestCase
from psycopg.errors import QueryCanceled

from articles.views import exports
from articles.views.gate import Gate, Stream
from tests.factories import make_article


class GateTests(SimpleTestCase):
    def setUp(self):
        self.entered, self.leave = Event(), Event()

    def slow(self, request):
        self.entered.set()
        self.leave.wait(10)
        return HttpResponse("done")

    def occupied(self, gate):
        """Start a request that holds the only place."""
        thread = Thread(target=gate(self.slow), args=[RequestFactory().get("/search/")])
        thread.start()
        self.entered.wait(10)
        return thread

    def test_a_search_that_finds_no_place_is_asked_to_come_back(self):
        gate = Gate(1, seconds_to_wait=0.01)
        thread = self.occupied(gate)
        response = gate(self.slow)(RequestFactory().get("/search/"))
        self.leave.set()
        thread.join()
        self.assertEqual(response.status_code, 429)
        self.assertEqual(response["Retry-After"], "5")
        self.assertContains(response, "Many searches are running", status_code=429)

    def test_a_search_waits_for_a_place_that_becomes_free(self):
        gate = Gate(1, seconds_to_wait=10)
        thread = self.occupied(gate)
        answers = []
        waiting = Thread(target=lambda: answers.append(gate(self.slow)(RequestFactory().get("/search/"))))
        waiting.start()
        self.leave.set()
        thread.join()
        waiting.join()
        self.assertEqual([answer.status_code for answer in answers], [200])

    def test_a_search_that_fails_gives_its_place_back(self):
        gate = Gate(1, seconds_to_wait=0.01)

        def failing(request):
            raise ZeroDivisionError

        for _ in range(2):
            with self.assertRaises(ZeroDivisionError):
                gate(failing)(RequestFactory().get("/search/"))


class StreamTests(SimpleTestCase):
    """A file keeps its place for as long as it is read, and never longer."""

    def setUp(self):
        self.gate = Gate(1, seconds_to_wait=0)
        self.closed = []

    def stream(self, *, failing=False):
        def chunks():
            try:
                yield b"one"
                if failing:
                    raise ZeroDivisionError
                yield b"two"
                yield b"three"
            finally:
                self.closed.append(True)

        self.assertTrue(self.gate.enter())
        return Stream(chunks(), self.gate)

    def free(self):
        if free := self.gate.enter():
            self.gate.leave()
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
            self.stream(failing=True).begin(2)
        self.assertTrue(self.free())
        stream = self.stream(failing=True).begin(1)
        with self.assertRaises(ZeroDivisionError):
            list(stream)
        self.assertTrue(self.free())


class FloodOfFilesTests(TestCase):
    """However many ask for files, connections are left for those who search."""

    def test_the_third_file_is_asked_to_come_back_and_pages_are_answered_meanwhile(self):
        make_article(headline="Flood")
        with mock.patch.object(exports.search, "everything", lambda question: iter(())):
            asked = [self.client.get("/search/", {"q": "flood", "format": name}) for name in ("csv", "ris")]
            refused = self.client.get("/search/", {"q": "flood", "format": "jsonl"})
            self.assertEqual((refused.status_code, refused["Retry-After"]), (429, "30"))
            self.assertEqual(self.client.get("/search/", {"q": "flood"}).status_code, 200)
            self.assertEqual(self.client.get("/search/", {"format": "json"}).status_code, 200)
            asked.pop().close()
            again = self.client.get("/search/", {"q": "flood", "format": "jsonl"})
            self.assertEqual(again.status_code, 200)
            for response in (*asked, again):
                response.close()


class WaitingTests(SimpleTestCase):
    def test_no_more_wait_than_have_a_seat(self):
        gate = Gate(1, waiting=1, seconds_to_wait=10)
        entered, leave = Event(), Event()

        def slow(request):
            entered.set()
            leave.wait(10)
            return HttpResponse("done")

        def ask(answers):
            answers.append(gate(slow)(RequestFactory().get("/search/?q=heron+bridge")))

        answers = []
        threads = [Thread(target=ask, args=[answers]) for _ in range(2)]
        threads[0].start()
        entered.wait(10)
        threads[1].start()
        while gate.seats.acquire(blocking=False):
            gate.seats.release()
        response = gate(slow)(RequestFactory().get("/search/?q=heron+bridge"))
        leave.set()
        for thread in threads:
            thread.join()
        self.assertEqual([answer.status_code for answer in answers], [200, 200])
        self.assertContains(response, 'value="heron bridge"', status_code=429)
        self.assertContains(response, 'href="/search/?q=heron+bridge"', status_code=429)


class TooLongTests(TestCase):
    def test_a_search_that_takes_too_long_keeps_its_words_and_offers_narrower_ones(self):
        canceled = OperationalError("canceling statement due to statement timeout")
        canceled.__cause__ = QueryCanceled()
        with mock.patch("articles.views.search.search.answer", side_effect=canceled):
            response = self.client.get("/search/?q=heron+bridge")
        self.assertContains(response, "This search takes too long", status_code=503)
        self.assertContains(response, 'value="heron bridge"', status_code=503)
        self.assertContains(response, "q=headline%3A%28heron+bridge%29", status_code=503)
        self.assertIn("no-store", response["Cache-Control"])
        self.assertIn("Retry-After", response)

    def test_a_search_that_takes_too_long_keeps_its_filters_in_the_box_and_in_the_narrower_ones(self):
        canceled = OperationalError("canceling statement due to statement timeout")
        canceled.__cause__ = QueryCanceled()
        with mock.patch("articles.views.search.search.answer", side_effect=canceled):
            response = self.client.get("/search/?q=heron+bridge&language=en")
        box = '<input type="hidden" name="language" value="en">'
        self.assertContains(response, box, html=True, status_code=503)
        self.assertContains(response, "headline%3A%28heron+bridge%29&amp;language=en", status_code=503)

    def test_a_database_that_is_away_is_another_page(self):
        self.client.raise_request_exception = False
        with mock.patch("articles.views.search.search.answer", side_effect=OperationalError("gone")):
            response = self.client.get("/search/?q=heron+bridge")
        self.assertContains(response, "Back soon", status_code=503)
