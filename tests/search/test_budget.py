"""The budget of a request for work in Python: steps are counted, not seconds."""

import random
import re
from unittest import mock

import pytest
from django.test import TestCase

from articles.search.engine.budget import MARKING_AN_ARTICLE, Budget, OverBudget
from articles.search.query import Near, parse, words
from articles.search.query.parser import MAX_CHARACTERS, MAX_WORDS
from articles.search.results import snippets
from articles.search.results.marks import Marks
from tests.factories import make_article, make_quote
from tests.search.oracle import Archive

LONGEST = 500_000
SHORT = ("the", "of", "or", "to", "and", "in", "we", "a", "it", "is")
GROUP = "(the OR of OR to OR and OR in)"


def hostile_texts():
    """The words of the queries in order, at random, one alone, two in turn, and in long runs."""
    rnd = random.Random(1)  # noqa: S311 - the same texts in every run
    yield " ".join(SHORT) + " "
    yield " ".join(rnd.choices(SHORT, k=5000)) + " "
    yield "we "
    yield "the of "
    yield "".join(f"{word} " * 700 for word in SHORT)


class Queries:
    """Random queries of the maximum length, in words or in characters."""

    def __init__(self, seed):
        self.random = random.Random(seed)  # noqa: S311 - the same queries in every run

    def query(self):
        text = ""
        while True:
            join = self.random.choice((" NEAR/50 ", " NEAR/50 ", " NEAR/7 ", " OR ", " "))
            longer = f"{text}{join}{self.clause()}" if text else self.clause()
            if len(longer) > MAX_CHARACTERS or len(words(re.sub("NEAR/[0-9]+|OR", " ", longer))) > MAX_WORDS:
                return text
            text = longer

    def clause(self):
        roll, pick = self.random.random(), self.random.choices
        if roll < 0.3:
            return pick(SHORT)[0]
        if roll < 0.5:
            return f'"{" ".join(pick(SHORT, k=self.random.randint(2, 6)))}"'
        joined = self.random.choice((" OR ", " NEAR/50 ", " NEAR/3 "))
        return f"({joined.join(pick(SHORT, k=self.random.randint(2, 5)))})"


def test_2000_queries_at_the_limits_cost_few_steps_in_hostile_texts():
    queries = Queries(14)
    texts = [words((piece * (LONGEST // len(piece) + 1))[:LONGEST]) for piece in hostile_texts()]
    # The words of a text are numbered once, whatever the query.
    every = [Marks(text, 0, Budget(LONGEST)) for text in texts]
    for number in range(2000):
        query, marks = queries.query(), every[number % len(texts)]
        marks.budget = Budget(LONGEST)
        for clause in snippets.clauses_to_highlight(parse(query).root):
            marks.of(clause.node)
        assert marks.budget.spent < 2 * len(texts[number % len(texts)]), query


def test_positions_are_those_of_the_oracle():
    queries, rnd = Queries(15), random.Random(15)  # noqa: S311 - the same in every run
    archive = Archive.__new__(Archive)
    for _ in range(300):
        part = rnd.choices(SHORT, k=rnd.choice((0, 1, 5, 30, 90)))
        marks = Marks(part, 0, Budget(LONGEST))
        for clause in snippets.clauses_to_highlight(parse(queries.query()).root):
            places = {*archive._places(clause.node, part, "")}
            if isinstance(clause.node, Near):
                # Both sides are marked.
                other = Near(clause.node.right, clause.node.left, clause.node.distance)
                places.update(archive._places(other, part, ""))
            assert marks.listed(clause.node) == sorted(places), (str(clause.node), part)


def test_places_are_paid_for_before_they_are_listed():
    marks = Marks(["we"] * 100_000, 0, Budget(MARKING_AN_ARTICLE))
    with pytest.raises(OverBudget):
        marks.listed(parse("we").root)


class OverBudgetTests(TestCase):
    """Each part that runs a query in Python, with a text or query that costs as much as possible."""

    def get(self, article, words):
        return self.client.get(article.get_absolute_url(), {"hl": words})

    def test_five_groups_near_each_other_are_marked_on_an_articles_page(self):
        body = " ".join(random.Random(2).choices(("the", "of", "to", "and", "in", "flood"), k=700))  # noqa: S311
        with mock.patch.object(Budget, "spend", autospec=True, side_effect=Budget.spend) as spend:
            response = self.get(make_article(body=body), " NEAR/50 ".join([GROUP] * 5))
        self.assertContains(response, " matches</span>")
        self.assertLess(sum(call.args[1] for call in spend.call_args_list), 80_000)

    def test_a_repetitive_text_is_shown_unmarked_and_the_page_says_so(self):
        # The second is short enough for its words to be found, but not for as many marks to be shown.
        for body in (("we " * LONGEST)[:499_000], "we " * 20_000):
            with self.subTest(len(body)):
                response = self.get(make_article(body=body), "we")
                problem = "Not highlighted: finding these words in this text would take too long"
                self.assertContains(response, problem)
                self.assertNotContains(response, "<mark")

    def test_results_that_cost_too_much_are_shown_unmarked_and_counted(self):
        make_article(headline="Long", body=("we " * LONGEST)[:499_000])
        short = make_article(headline="Short", body="We went.")
        notice = "1 result on this page is too long"
        with mock.patch.object(snippets, "MARKING_A_PAGE_OF_RESULTS", 300_000):
            self.assertContains(self.client.get("/search/", {"q": "we"}), notice)
            self.assertContains(self.client.get("/search/", {"q": "we", "view": "kwic"}), notice)
            data = self.client.get("/search/", {"q": "we", "format": "json"}).json()
        marked = {found["id"]: [part["marks"] for part in found["excerpts"]] for found in data["results"]}
        self.assertEqual(marked.pop(short.pk), [[[0, 2]]])
        self.assertEqual((data["unmarked"], list(marked.values())), (list(marked), [[[]]]))

    def test_quotes_that_cost_too_much_are_shown_unmarked(self):
        make_quote(make_article(body="“We will, we will,” she said."), "We will, we will,")
        with mock.patch.object(snippets, "MARKING_A_PAGE_OF_RESULTS", 10):
            response = self.client.get("/quotes/", {"q": "we"})
        self.assertContains(response, "We will, we will,")
        self.assertContains(response, "1 result on this page is too long")

    def test_a_file_has_the_texts_that_cost_too_much(self):
        make_article(headline="Long", body="we " * 9000)
        with mock.patch.object(snippets, "MARKING_A_PAGE_OF_RESULTS", 1000):
            response = self.client.get("/search/", {"q": "we", "format": "jsonl"})
        self.assertIn('"marks": []', b"".join(response.streaming_content).decode())

    def test_a_sentence_that_costs_too_much_to_look_for_is_said_to_take_too_long(self):
        make_article(body="the gate of stone " * 50)
        with mock.patch("articles.search.reuse.text_reuse.COMPARING_SENTENCES", 100):
            response = self.client.get("/quotes/find/", {"q": "the gate of stone is shut " * 9})
        self.assertContains(response, "too long", status_code=503)

    def test_wordings_that_cost_too_much_to_compare_are_shown_as_they_are(self):
        said = ["the gate is shut " * 9, "the gate is shut " * 9 + "now"]
        quote, _ = (make_quote(make_article(body=f"“{words}” he said."), words) for words in said)
        with mock.patch("articles.views.text_reuse.COMPARING_SENTENCES", 5):
            response = self.client.get(f"/quotes/{quote.pk}/versions/")
        self.assertContains(response, said[1])
        self.assertNotContains(response, "<ins")

    def test_near_within_near_is_answered_from_the_texts(self):
        near = make_article(body="the mayor of Tarrin went to the bridge")
        make_article(body="the bridge " + "far " * 60 + "of stone " + "far " * 60 + "to let")
        response = self.client.get("/search/", {"q": "the NEAR/50 of NEAR/50 to", "format": "json"})
        self.assertEqual([found["id"] for found in response.json()["results"]], [near.pk])

    def test_a_search_without_time_left_is_said_to_take_too_long(self):
        make_article(body="the mayor of Tarrin went to the bridge")
        asked = {"q": "the NEAR/50 of NEAR/50 to"}
        with (
            mock.patch("articles.search.engine.searcher.SECONDS", 0),
            mock.patch("articles.search.results.export_stream.SECONDS", 0),
        ):
            response = self.client.get("/search/", asked)
            self.client.raise_request_exception = False
            file = self.client.get("/search/", {**asked, "format": "csv"})
        self.assertContains(response, "This search took too long", status_code=503)
        self.assertContains(file, "This search took too long", status_code=503)
