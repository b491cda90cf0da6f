"""The pages that a results page opens: how to cite a search, and its chart and table."""

import datetime as dt

from django.test import TestCase

from tests.factories import make_article, make_quote, make_speaker
from tests.views.queries import TWELVE

PLACES = ("/search/", "/quotes/", "/speakers/ada-okafor/")


class ResultDetailsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ada = make_speaker("Ada Okafor", slug="ada-okafor")
        for year, day in ((2015, 1), (2016, 1), (2016, 2)):
            article = make_article(
                headline=f"The dam in {year}",
                body=f"“The dam will stand in {year},” said Ada Okafor.",
                published_on=dt.date(year, 3, day),
            )
            make_quote(article, f"The dam will stand in {year},", speaker=cls.ada)

    def test_each_costs_few_queries(self):
        for place in PLACES:
            for page in ("cite", "over-time"):
                with self.subTest(f"{place}{page}/"), self.assertNumQueries(TWELVE):
                    self.assertEqual(self.client.get(f"{place}{page}/?q=dam").status_code, 200)

    def test_the_sentence_names_what_was_searched_and_when_it_was_published(self):
        for place, searched in zip(PLACES, ("articles", "quotes", "quotes by Ada Okafor"), strict=True):
            with self.subTest(place):
                cited = self.client.get(f"{place}cite/?q=dam&from=2016&to=2016").context["cited"]
                self.assertIn(f" for “dam” in {searched} published in 2016. The search found", cited.sentence)

    def test_a_search_that_found_nothing_can_be_cited(self):
        cited = self.client.get("/search/cite/?q=zebra").context["cited"]
        self.assertIn("The search found no articles. ", cited.sentence)

    def test_the_reading_of_a_query_is_cited_where_it_differs_by_more_than_capitals(self):
        for query, differs in (("DAM", False), ("dam )", True)):
            with self.subTest(query):
                cited = self.client.get("/search/cite/", {"q": query}).context["cited"]
                self.assertEqual("We read the query as" in cited.sentence, differs)

    def test_what_cannot_be_searched_leads_back_to_the_message(self):
        for page in ("cite", "over-time"):
            response = self.client.get(f"/search/{page}/?q=dam&from=junk")
            self.assertRedirects(response, "/search/?q=dam&from=junk")

    def test_a_chart_of_nothing_leads_back_to_the_results(self):
        self.assertRedirects(self.client.get("/search/over-time/?q=zebra"), "/search/?q=zebra")

    def test_every_bar_and_row_leads_to_its_results(self):
        page = self.client.get("/search/over-time/?q=dam")
        self.assertContains(page, '<a href="/search/?q=dam&amp;from=2016&amp;to=2016">2016</a>')
        self.assertContains(page, "2016: 2 articles")
        self.assertContains(page, "Outlined bars are based on fewer than 20 articles.")

    def test_an_unknown_speaker_has_neither(self):
        for page in ("cite", "over-time"):
            self.assertEqual(self.client.get(f"/speakers/nobody/{page}/").status_code, 404)
