"""A flood of searches must not take the site with it."""

from threading import Event, Thread
from unittest import mock

from django.http import HttpResponse
from django.test import RequestFactory, SimpleTestCase, TestCase

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
