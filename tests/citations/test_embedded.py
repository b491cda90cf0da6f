"""What pages say of themselves to reference managers: the printed date, and nothing that can break out."""

import datetime as dt
import json
import re
from html import unescape
from urllib.parse import parse_qs

from django.conf import settings
from django.test import TestCase

from tests.factories import make_article, make_quote, make_speaker

HOSTILE = "</script><script>alert(1)</script><!-- & “\u2028"
JSON_LD = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
COINS = re.compile(r'<span class="Z3988" title="([^"]*)" hidden></span>')


class EmbeddedTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.okafor = make_speaker(
            "Ada Okafor", slug="ada-okafor", aliases=("A. Okafor",), sort_name="Okafor, Ada"
        )
        cls.whitlock = make_speaker("Jonas Whitlock")
        cls.article = make_article(
            headline=f"Flood {HOSTILE}", body="“We will rebuild,” said Ada Okafor.",
            byline="By Jonas Whitlock",
            authors=(cls.whitlock,), published_on=dt.date(2019, 5, 1), published_precision="month", page="3",
            section="Home news", source_url="https://courier.example/flood",
        )  # fmt: skip
        cls.quote = make_quote(cls.article, "We will rebuild,", speaker=cls.okafor)
        cls.undated = make_article(headline="Flood of no day", published_on=None)

    def page(self, address, **query):
        response = self.client.get(address, query)
        self.assertEqual(response.status_code, 200)
        return response.content.decode()

    def data(self, text):
        return [json.loads(found) for found in JSON_LD.findall(text)]

    def coins(self, text):
        return [parse_qs(unescape(found), strict_parsing=True) for found in COINS.findall(text)]

    def test_an_article_is_a_news_article_with_its_printed_date(self):
        (data,) = self.data(self.page(self.article.get_absolute_url()))
        self.assertEqual(
            {
                name: data[name]
                for name in ("@type", "headline", "datePublished", "author", "inLanguage", "url")
            },
            {
                "@type": "NewsArticle",
                "headline": f"Flood {HOSTILE}",
                "datePublished": "2019-05",
                "author": [{"@type": "Person", "name": "Jonas Whitlock"}],
                "inLanguage": "en",
                "url": f"{settings.SITE_URL}{self.article.get_absolute_url()}",
            },
        )
        self.assertNotIn("dateModified", data)

    def test_no_headline_ends_the_element_that_holds_it(self):
        for address in (self.article.get_absolute_url(), self.quote.get_absolute_url(), "/search/?q=flood"):
            with self.subTest(address):
                text = self.page(address)
                self.assertNotIn("<script>alert", text)
                self.assertEqual(len(self.data(text)), 1)

    def test_meta_tags_give_the_printed_date_and_the_authors(self):
        text = self.page(self.article.get_absolute_url())
        self.assertIn('<meta name="citation_publication_date" content="2019-05">', text)
        self.assertIn('<meta name="citation_author" content="Whitlock, Jonas">', text)
        self.assertIn('<meta name="citation_firstpage" content="3">', text)
        self.assertNotIn("citation_publication_date", self.page(self.undated.get_absolute_url()))

    def test_a_quote_is_a_quotation_of_its_speaker_in_its_article(self):
        (data,) = self.data(self.page(self.quote.get_absolute_url()))
        self.assertEqual((data["@type"], data["text"]), ("Quotation", "We will rebuild,"))
        self.assertEqual(data["spokenByCharacter"]["name"], "Ada Okafor")
        self.assertEqual(data["isPartOf"]["datePublished"], "2019-05")

    def test_a_speaker_is_a_person_with_the_other_names_printed(self):
        person = next(d for d in self.data(self.page("/speakers/ada-okafor/")) if d["@type"] == "Person")
        self.assertEqual((person["name"], person["alternateName"]), ("Ada Okafor", ["A. Okafor"]))

    def test_a_list_of_results_says_the_place_of_each_among_all(self):
        (data,) = self.data(self.page("/search/", q="flood"))
        self.assertEqual((data["@type"], data["numberOfItems"]), ("ItemList", 2))
        self.assertEqual([item["position"] for item in data["itemListElement"]], [1, 2])

    def test_every_page_and_list_is_read_by_reference_managers(self):
        article = self.article.get_absolute_url()
        quote = self.quote.get_absolute_url()
        lists = (
            "/search/?q=rebuild",
            "/quotes/?q=rebuild",
            "/speakers/ada-okafor/",
            "/",
            "/archive/2019/05/",
        )
        for address in (article, quote, *lists, "/publications/selwy-courier/"):
            with self.subTest(address):
                found = [item for item in self.coins(self.page(address)) if "Flood" in item["rft.title"][0]]
                found = [item for item in found if "rft.date" in item]
                self.assertTrue(found)
                for item in found:
                    self.assertEqual(item["rft.date"], ["2019-05"])
                    self.assertEqual(item["rft.source"], ["Selwy Courier"])
                    self.assertEqual(item["rft.creator"], ["Whitlock, Jonas"])
                    self.assertEqual(item["rft.type"], ["newspaperArticle"])
                    self.assertTrue(item["rft.identifier"][0].startswith(settings.SITE_URL))

    def test_what_has_no_date_gives_none(self):
        found = self.coins(self.page(self.undated.get_absolute_url()))
        self.assertNotIn("rft.date", found[0])
