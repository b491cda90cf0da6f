"""The page with all values of a facet: counts, filtering by name, several choices."""

import re

from django.test import TestCase
from django.utils.text import slugify

from articles import search
from articles.search import ArticleFilter
from articles.search.results.facet_values import all_facet_values
from tests.factories import make_article, make_quote, make_speaker
from tests.views.queries import TWELVE

NAMES = ("Núñez Vale", "Åsa Holm", "Brask", "Corran", "Osric Pell", "Lower Tarrin", "Vasmes", "Selwy",
         "Thane",
         "Northmoor", "Harrow", "Dunmere", "Ebb")  # fmt: skip


class ValuesPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.okafor = make_speaker("Ada Okafor", slug="ada-okafor")
        for number in range(1, 131):
            make_article(headline=f"Flood {number}", publication=f"Paper {number:03}")
        for number, name in enumerate(NAMES, 1):
            for copy in range(number):
                article = make_article(
                    headline=f"Flood {name} {copy}",
                    body=f"“We will rebuild,” said Ada Okafor in {name} {copy}.",
                    topics=(name,), section="Politics" if copy else "Home news",
                )  # fmt: skip
                make_quote(article, "We will rebuild,", speaker=cls.okafor)

    def get(self, path, **query):
        response = self.client.get(path, query)
        self.assertEqual(response.status_code, 200, path)
        return response

    def shown(self, path, **query):
        return [(value.label, value.count) for value in self.get(path, **query).context["page"].shown]

    def test_the_result_page_leads_to_all_values_with_the_search(self):
        self.assertContains(
            self.get("/search/", q="flood", section="politics"),
            'href="/search/values/topic/?q=flood&amp;section=politics"',
        )

    def test_all_values_are_listed_the_most_first(self):
        shown = self.shown("/search/values/topic/", q="flood")
        self.assertEqual(shown, [(name, n) for n, name in reversed(list(enumerate(NAMES, 1)))])

    def test_or_from_a_to_z(self):
        labels = [label for label, _ in self.shown("/search/values/topic/", q="flood", by="name")]
        self.assertEqual((labels[0], labels[-1]), ("Åsa Holm", "Vasmes"))

    def test_every_count_is_what_its_choice_shows(self):
        for path, scope, speaker in (("/search/", "articles", None), ("/quotes/", "quotes", None),
                                     ("/speakers/ada-okafor/", "speaker", self.okafor)):  # fmt: skip
            for facet in ("topic", "section", "publication", "language"):
                page = self.get(f"{path}values/{facet}/", section="politics").context["page"]
                self.assertTrue(page.shown)
                for value in page.shown[:15]:
                    with self.subTest(path=path, facet=facet, value=value.value):
                        data = {"section": "politics", facet: value.value}
                        self.assertEqual(
                            value.count, search.count(ArticleFilter(data, scope, speaker).cleaned)
                        )

    def test_leaving_a_value_out_is_one_click_away(self):
        page = self.get("/search/values/topic/", q="flood")
        self.assertContains(page, 'href="/search/?q=flood&amp;-topic=ebb" aria-label="Exclude Ebb">Exclude')
        without = self.get("/search/", **{"q": "flood", "-topic": "ebb"}).context["page"].answer.count
        self.assertEqual(without, self.get("/search/", q="flood").context["page"].answer.count - 13)

    def test_accents_and_spelling_need_not_be_exact(self):
        self.assertEqual(
            [label for label, _ in self.shown("/search/values/topic/", find="nunez")], ["Núñez Vale"]
        )
        self.assertEqual(
            [label for label, _ in self.shown("/search/values/topic/", find="Osrik Pel")], ["Osric Pell"]
        )
        self.assertContains(
            self.get("/search/values/topic/", find="xylophone"), "No matches for “xylophone”."
        )

    def test_many_values_are_paged_and_every_one_is_reached(self):
        first = self.shown("/search/values/publication/", by="name")
        second = self.shown("/search/values/publication/", by="name", page="2")
        self.assertEqual((len(first), len(first) + len(second)), (100, 131))
        self.assertEqual(self.client.get("/search/values/publication/?page=3").status_code, 404)

    def test_the_values_chosen_are_kept_on_every_page_and_applied_together(self):
        page = self.get("/search/values/publication/", q="flood", publication="paper-130", by="name")
        self.assertContains(page, '<input type="hidden" name="publication" value="paper-130">')
        asked = {
            "q": "flood",
            "publication": ["paper-130", "paper-002"],
            "find": "",
            "by": "name",
            "apply": "1",
        }
        response = self.client.get("/search/values/publication/", asked)
        self.assertRedirects(
            response,
            "/search/?q=flood&publication=paper-002&publication=paper-130",
            fetch_redirect_response=False,
        )

    def test_it_costs_no_more_than_twelve_queries_however_many_values(self):
        with self.assertNumQueries(TWELVE):
            self.client.get("/search/values/publication/?q=flood")

    def test_there_is_no_page_of_what_is_no_facet(self):
        for path in (
            "/search/values/year/",
            "/search/values/colour/",
            "/speakers/ada-okafor/values/speaker/",
        ):
            self.assertEqual(self.client.get(path).status_code, 404, path)

    def test_a_search_that_cannot_be_read_leads_to_where_that_is_said(self):
        response = self.client.get("/search/values/topic/?from=junk")
        self.assertRedirects(response, "/search/?from=junk", fetch_redirect_response=False)

    def test_search_engines_are_kept_off(self):
        self.assertContains(self.get("/search/values/topic/"), '<meta name="robots" content="noindex">')

    def test_several_values_of_one_facet_mean_any_of_them(self):
        count = self.get("/search/", topic=["brask", "ebb"]).context["page"].answer.count
        self.assertEqual(count, 13 + 3)
        found = all_facet_values(ArticleFilter({"topic": ["ebb", "brask"]}).cleaned, "topic")
        self.assertEqual({v.value: v.count for v in found.found if v.selected}, {"ebb": 13, "brask": 3})
        self.assertEqual(len(found.found), len({slugify(name) for name in NAMES}))

    def test_every_link_of_the_filters_shows_its_count(self):
        """What the filters beside the results say of each value, followed."""
        text = self.get("/search/", q="flood", section="politics").content.decode()
        found = re.findall(
            r'name="(topic|section)" value="([-\w]+)"[^>]*> <span>[^<]* <small>\(([\d,]+)\)',
            text,
        )
        self.assertTrue(found)
        for name, value, count in found:
            with self.subTest(name=name, value=value):
                asked = {"q": "flood", "section": "politics", name: value}
                self.assertEqual(int(count.replace(",", "")), search.count(ArticleFilter(asked).cleaned))
