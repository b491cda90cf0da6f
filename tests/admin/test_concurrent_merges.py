"""Concurrent merges of the same speakers."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import permutations
from threading import Barrier

from django.db import connections
from django.test import TransactionTestCase
from django.urls import reverse

from articles.models import Speaker
from tests.admin.desk import log_in, make_user
from tests.factories import make_article, make_quote, make_speaker

EDITORS = 8


class ConcurrentMergeTests(TransactionTestCase):
    """Eight editors merge the same few speakers in all directions at once."""

    def setUp(self):
        self.speakers = [make_speaker(f"Ada Okafor {letter}") for letter in "abcd"]
        article = make_article(body=" ".join(f"“Number {n} holds,” she said." for n in range(4)))
        for number, speaker in enumerate(self.speakers):
            make_quote(article, f"Number {number} holds,", speaker=speaker)
        self.editors = [make_user("editor", f"editor-{number}") for number in range(EDITORS)]
        self.addCleanup(connections.close_all)

    def post_all(self, requests):
        """Status codes of all requests; editors run in parallel, each one's requests in sequence."""
        start = Barrier(EDITORS)

        def send(editor, mine):
            client = log_in(editor, raise_request_exception=False)
            start.wait(timeout=600)
            try:
                return [client.post(url, fields).status_code for url, fields in mine]
            finally:
                connections.close_all()

        with ThreadPoolExecutor(EDITORS) as pool:
            lots = [requests[number::EDITORS] for number in range(EDITORS)]
            return Counter(status for found in pool.map(send, self.editors, lots) for status in found)

    def test_merges_sent_at_once_are_done_or_answered_with_a_message(self):
        url = reverse("admin:desk-merging")
        pairs = list(permutations([f"#{speaker.pk}" for speaker in self.speakers], 2))
        asked = [(url, {"given_up": one, "kept": other}) for one, other in pairs * 2]
        answers = self.post_all(asked)
        self.assertEqual(set(answers), {200, 302}, answers)
        self.assertEqual(Speaker.objects.filter(merged_into=None).count(), 1)
