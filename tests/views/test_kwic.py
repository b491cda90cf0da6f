"""Keyword in context: lines sorted over the whole result."""

from unittest import mock

from django.test import TestCase

from articles.search.query import fold
from tests.factories import make_article, make_quote
from tests.views.queries import TWELVE

WORDS = ("zeal", "alder", "moss", "Éclair", "brook", "yarrow", "dawn", "kelp", "inn", "thorn", "canal")


class LinesInOrderTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.articles = [
            make_article(
                headline=f"Report {number}",
                body=f"An {WORDS[number % 11]} {number} heron {WORDS[(number * 7) % 11]} came. Then one more "
                f"heron {WORDS[(number * 3) % 11]} left.",
            )
            for number in range(30)
        ]
        for article in cls.articles[:3]:
            make_quote(article, "heron")

    def get(self, **asked):
        return self.client.get("/search/", {"q": "body:heron", "view": "kwic", **asked}, follow=True)

    def pages(self, **asked):
        first = self.get(**asked).context["page"]
        yield first
        for number in range(2, first.page_count + 1):
            yield self.get(page=number, **asked).context["page"]

    def beside(self, line, order):
        return fold(line.before).split()[::-1] if order == "left" else fold(line.after).split()

    def test_the_order_holds_over_all_pages_and_every_line_stands_once(self):
        for order in ("left", "right"):
            pages = list(self.pages(lines=order))
            lines = [line for page in pages for line in page.lines]
            self.assertEqual([len(page.lines) for page in pages], [20, 20, 20])
            beside = [self.beside(line, order) for line in lines]
            self.assertEqual(beside, sorted(beside))
            places = {(line.result.row.pk, line.before, line.after) for line in lines}
            self.assertEqual((len(lines), len(places)), (60, 60))
            self.assertEqual({pk for pk, *_ in places}, {article.pk for article in self.articles})

    def test_lines_that_stand_beside_the_same_words_keep_the_order_of_the_results(self):
        page = self.get(lines="right", size=100, sort="oldest").context["page"]
        same = [line.result.row.pk for line in page.lines if line.after.startswith(" zeal left")]
        self.assertEqual(same, sorted(same))
        self.assertGreater(len(same), 1)

    def test_the_page_says_which_lines_stand_on_it_and_by_what(self):
        response = self.get(lines="right", page=2)
        self.assertContains(response, "Showing 21–40 of 60 matches")
        self.assertContains(response, "<b>30 articles</b>")
        self.assertContains(response, "sorted by the word after, page 2 of 3</h1>")
        self.assertNotContains(response, "Sorted matches come from")

    def test_beyond_the_limit_the_page_says_what_is_in_order_and_what_is_not(self):
        with mock.patch("articles.views.kwic.MOST_ORDERED", 12):
            response = self.get(lines="left", sort="oldest")
            pages = list(self.pages(lines="left", sort="oldest"))
        self.assertContains(response, "Sorted matches come from the first 12 of 30 articles.")
        lines = [line for page in pages for line in page.lines]
        shown = [article.pk for article in self.articles[:12]]
        self.assertEqual(sorted({line.result.row.pk for line in lines}), shown)
        self.assertEqual((len(lines), len(pages)), (24, 2))

    def test_there_is_no_page_beyond_the_last_line(self):
        self.assertEqual(self.get(lines="left", page=3).status_code, 200)
        self.assertEqual(self.get(lines="left", page=4).status_code, 404)
        self.assertEqual(self.get(lines="left", page=2, size=100).status_code, 404)

    def test_without_an_order_pages_are_pages_of_results(self):
        pages = list(self.pages())
        self.assertEqual([len(page.lines) for page in pages], [40, 20])

    def test_quotes_have_it_too(self):
        page = self.client.get("/quotes/?q=heron&sort=oldest&view=kwic&lines=left").context["page"]
        self.assertEqual(page.in_order.count, 3)

    def test_files_hold_all_results_whatever_the_page_of_lines(self):
        page = self.get(lines="left", page=3).context["page"]
        for link in page.files:
            response = self.client.get(f"/search/{link.url}")
            self.assertEqual(response.status_code, 200, link.url)
            response.getvalue()
        found = self.client.get(f"/search/{page.files[2].url}").json()
        self.assertEqual((found["count"], found["page"]), (30, 1))

    def test_what_is_put_into_a_basket_is_what_has_a_line_on_the_page(self):
        page = self.get(lines="left", page=2).context["page"]
        self.assertEqual(set(page.listed.articles), {line.result.row.pk for line in page.lines})

    def test_it_costs_no_more_queries(self):
        for asked in ({}, {"lines": "left"}, {"lines": "right", "page": 2}):
            with self.assertNumQueries(TWELVE):
                self.get(**asked)

    def test_of_a_text_with_very_many_places_the_page_says_how_many_have_a_line(self):
        make_article(body="Osprey. " * 130)
        response = self.client.get("/search/?q=osprey&view=kwic&lines=left")
        self.assertContains(response, "We show the first 100 matches per article.")
        self.assertContains(response, "Showing 1–20 of 100 matches")
