"""Relaxations of requests with few results: each link has as many results as it says."""

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from articles import search
from tests.factories import make_article, make_quote, make_speaker
from tests.search.invented import NOW, Inventor
from tests.search.oracle import Archive
from tests.search.questions import Questions
from tests.search.test_meaning import read
from tests.sizes import size


def ask(query="", scope="articles"):
    return search.search(search.ArticleFilter(QueryDict(query), scope).cleaned)


def shown(query):
    return {(offer.kind, offer.what): offer.count for offer in ask(query).relaxations}


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(500, 500 + size(4, 200)))
def test_every_link_that_loosens_a_random_question_shows_as_many_as_it_says(seed):
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE search_document, quote_document")
    inventor = Inventor(seed)
    inventor.archive(12)
    questions = Questions(seed, Archive(NOW), inventor.speakers[0])
    followed = 0
    for _ in range(30):
        invented = questions.question()
        asked = read(invented, invented.query)
        for offer in search.search(asked.cleaned).relaxations:
            link = read(invented, offer.url.removeprefix("?"))
            assert link.is_valid(), (invented.query, offer.url, link.errors)
            assert search.count(link.cleaned) == offer.count, (invented.scope, invented.query, offer.url)
            followed += 1
    assert followed > 30


class RelaxationTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ada = make_speaker("Ada Okafor", slug="ada-okafor")
        article = make_article(headline="Flood closes the bridge", body="Carbon taxes rose. “No,” she said.")
        make_quote(article, "No,", speaker=cls.ada)
        make_article(headline="Council budget", body="A flood of complaints.", section="Politics")

    def test_each_clause_may_be_left_out_or_loosened_and_each_filter_dropped(self):
        self.assertEqual(
            shown("q=%22carbon+tax%22+-complaints+headline:budget&section=politics&from=2019"),
            {
                ("without", '"carbon tax"'): 0,
                ("without", "-complaints"): 0,
                ("without", "headline:budget"): 0,
                ("forms", '"carbon tax"'): 0,
                ("anywhere", "headline:budget"): 0,
                ("any", ""): 0,
                ("filter", "section=politics"): 0,
                ("filter", "from"): 0,
            },
        )
        self.assertEqual(shown("q=%22carbon+tax%22"), {("forms", '"carbon tax"'): 1})

    def test_of_many_words_a_filter_that_is_in_the_way_is_counted_all_the_same(self):
        found = shown(
            "q=flood+closes+%22bridge%22+%22carbon%22+%22taxes%22+rose+no+she+said&section=politics"
        )
        self.assertEqual(found["filter", "section=politics"], 1)

    def test_any_of_the_words_may_do(self):
        self.assertEqual(shown("q=carbon+complaints")["any", ""], 2)

    def test_a_single_plain_word_has_nothing_to_loosen(self):
        self.assertEqual(shown("q=carbon"), {})

    def test_where_there_is_enough_nothing_is_counted(self):
        for number in range(20):
            make_article(body=f"Carbon tax {number}")
        self.assertEqual(ask("q=carbon+tax").relaxations, ())

    def test_other_forms_of_the_answer_count_no_links(self):
        self.assertEqual(ask("q=carbon+complaints&format=json").relaxations, ())

    def test_a_better_spelling_says_what_it_finds(self):
        for number in range(12):
            make_article(headline="The minister resigned", body=f"Report {number}")
        make_article(headline="The minister stays", body="Nothing carbon here")
        search.count_words()
        self.assertEqual(shown("q=minsiter+carbon")["spelling", "minister"], 1)

    def test_counting_them_all_takes_two_statements_more_at_most(self):
        def statements(query):
            with CaptureQueriesContext(connection) as done:
                ask(query)
            return len(done)

        for query in (
            "q=carbon+%22flood+closes%22&section=politics",
            "q=body:%22carbon+taxes%22+zebra",
            "q=%22carbon+taxes%22",
        ):
            statements(query)
            self.assertLessEqual(statements(query), statements(f"{query}&format=json") + 2, query)

    def test_a_link_that_would_be_too_long_to_search_is_not_offered(self):
        words = " NEAR ".join("abcdefghijklmnopqrstuvwxyz"[:n] for n in range(3, 24))
        offers = ask(f"q={words.replace(' ', '+')}+xyz").relaxations
        for offer in offers:
            self.assertTrue(search.ArticleFilter(QueryDict(offer.url.removeprefix("?"))).is_valid())
