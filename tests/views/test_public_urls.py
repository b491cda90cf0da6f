"""No public URL, including future ones, shows anything that is not public."""

import re

from django.test import Client, TransactionTestCase

from articles.reader_reports.submit import new_token, receive
from tests.newsarchive.test_closed_to_writing import read_only
from tests.views.hidden import DRAFT, EMBARGOED, WITHDRAWN, WITHHELD, ExcerptOnly, hide, make_hidden, moment
from tests.views.public_urls import SEARCHES, named_patterns, public_urls, queries

OF_THE_PAST = ({}, {"view": "kwic"}, {"format": "json"}, {"format": "csv"}, {"group": "speaker"})


class PublicURLsTests(TransactionTestCase):
    """All are asked once, of one archive; each test looks at what they answered."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        closed = ExcerptOnly()
        hidden = {way: make_hidden(way) for way in (WITHDRAWN, WITHHELD, EMBARGOED, DRAFT)}
        then = moment()
        hide(hidden)
        closed.close()
        values = {
            "pk": [
                *(closed.article.pk, closed.copy.pk, closed.quote.pk, closed.answer.pk),
                *(hidden[WITHDRAWN].article.pk, hidden[WITHHELD].quote.pk),
            ],
            "slug": ["ada-okafor", "closed-gazette", "home-news", "floods", "withheld-speaker"],
            "facet": ["publication", "speaker"],
            "token": [receive(closed.article, "words", "Look again", new_token())],
            "section": ["articles", "quotes", "speakers"],
            "year": [2019],
            "month": ["05"],
            "day": ["30"],
        }
        cls.answered, cls.shown, cls.failed = set(), [], []
        with read_only():
            cls.ask_all(values, [{"q": "flood", "as_of": then, **more} for more in OF_THE_PAST])

    @classmethod
    def ask_all(cls, values, past):
        for name, path in public_urls(values):
            for query in [*queries(name, ("flood", "zq*")), *(past if name in SEARCHES else [])]:
                response = Client(raise_request_exception=False).get(path, query, follow=True)
                if response.status_code >= 500:
                    cls.failed.append((path, query, response.status_code))
                cls.shown.append(f"{path} {query} {response.redirect_chain}\n{response.getvalue().decode()}")
                if response.status_code != 200 and name != "find-quote":
                    break
                cls.answered.add(name)

    def assert_in_none(self, words):
        for page in self.shown:
            self.assertEqual(re.findall(words, page), [], page.partition("\n")[0])

    def test_every_url_was_answered(self):
        self.assertEqual({name for name, _ in named_patterns()} - self.answered, set())

    def test_none_needs_to_write_to_the_database(self):
        self.assertEqual(self.failed, [])

    def test_none_shows_a_word_beyond_the_excerpt(self):
        self.assert_in_none("zqclosed[a-z]+")

    def test_none_shows_a_word_or_a_name_of_an_article_not_public(self):
        self.assert_in_none("zqhidden[a-z]+")
