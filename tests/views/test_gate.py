"""A flood of searches must not take the site with it."""

from threading import Event, Thread

from django.http import HttpResponse
from django.test import RequestFactory, SimpleTestCase

from articles.views.gate import Gate


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
