"""COinS and JSON-LD of pages: printed dates, and safe escaping."""

import datetime as dt
import json
import re
from html import unescape
from urllib.parse import parse_qs

from django.conf import settings
from django.test import TestCase

from articles.models import Article
from tests.citations import zotero
from tests.factories import make_article, make_quote, make_speaker, make_turn

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
        for address in (self.article.get_absolute_url(), self.quote.get_absolute_url()):
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


class ZoteroTests(TestCase):
    """Item by item what Zotero makes of each page: type, printed date, paper, people, place."""

    @classmethod
    def setUpTestData(cls):
        cls.ada = make_speaker("Ada Okafor", slug="ada-okafor", sort_name="Okafor, Ada")
        cls.desk = make_speaker("Selwy Press Association", kind="organisation")
        cls.article = make_article(
            headline="Flood: 2 & 3 = “too much” / 100 %; what now?",
            body="The river rose. “We will rebuild the bridge,” said Ada Okafor.",
            authors=(make_speaker("Lena van der Meer"), cls.desk), byline="By Lena van der Meer",
            published_on=dt.date(2019, 5, 30), page="3", edition="Late city", section="Home news",
            publication="Selwy Courier & Post",
        )  # fmt: skip
        cls.quote = make_quote(
            cls.article, "We will rebuild the bridge,", speaker=cls.ada, source="Ada Okafor"
        )
        cls.year = make_article(
            headline="The bridge that was", body="A bridge of long ago.",
            published_on=dt.date(1931, 1, 1), published_precision="year",
        )  # fmt: skip
        cls.undated = make_article(headline="The bridge of no day", body="A bridge.", published_on=None)
        cls.interview = make_article(
            headline="The bridge and I", body="And the bridge?\n\nIt will be rebuilt.", page="12",
            published_on=dt.date(2020, 2, 1), published_precision="month",
        )  # fmt: skip
        make_turn(cls.interview, "And the bridge?", "question")
        make_turn(cls.interview, "It will be rebuilt.", "answer", speaker=cls.ada)

    def html(self, address):
        response = self.client.get(address)
        self.assertEqual(response.status_code, 200)
        return response.content.decode()

    def whole(self, thing, **more):
        return {
            "itemType": "newspaperArticle",
            "title": "Flood: 2 & 3 = “too much” / 100 %; what now?",
            "publicationTitle": "Selwy Courier & Post",
            "creators": [("Lena", "van der Meer"), ("", "Selwy Press Association")],
            "date": "2019-05-30",
            "pages": "3",
            "edition": "Late city",
            "language": "en",
            "url": f"{settings.SITE_URL}{thing.get_absolute_url()}",
            **more,
        }

    def shortest_address(self, thing):
        return f"/articles/{thing.pk}/" if isinstance(thing, Article) else thing.get_absolute_url()

    def test_an_article_is_one_newspaper_article_by_coins(self):
        (item,) = zotero.items(self.html(self.article.get_absolute_url()))
        self.assertEqual(item, self.whole(self.article))

    def test_an_article_is_the_same_by_its_tags(self):
        found = zotero.embedded(self.html(self.article.get_absolute_url()))
        self.assertEqual(found, self.whole(self.article, section="Home news"))

    def test_an_article_opened_from_a_search_is_cited_by_its_own_address(self):
        (item,) = zotero.items(self.html(f"{self.article.get_absolute_url()}?q=bridge&sort=oldest"))
        self.assertEqual(item["url"], f"{settings.SITE_URL}{self.article.get_absolute_url()}")

    def test_a_quote_is_the_article_that_printed_it_with_the_words_for_its_abstract(self):
        (item,) = zotero.items(self.html(self.quote.get_absolute_url()))
        said = "Ada Okafor: “We will rebuild the bridge,”"
        self.assertEqual(item, self.whole(self.quote, abstractNote=said))

    def test_a_year_stays_a_year_a_month_a_month_and_no_date_none(self):
        for article, date in ((self.year, "1931"), (self.interview, "2020-02"), (self.undated, None)):
            html = self.html(article.get_absolute_url())
            (item,) = zotero.items(html)
            self.assertEqual((item.get("date"), zotero.embedded(html).get("date")), (date, date))
            self.assertEqual(item["itemType"], "newspaperArticle")

    def test_the_same_words_elsewhere_are_a_choice_too(self):
        again = make_article(
            headline="Once more", body="“We will rebuild the bridge,” said Ada Okafor again."
        )
        told = make_quote(again, "We will rebuild the bridge,", speaker=self.ada)
        found = zotero.items(self.html(f"{self.quote.get_absolute_url()}versions/"))
        here = [f"{settings.SITE_URL}{quote.get_absolute_url()}" for quote in (self.quote, told)]
        self.assertEqual([item["url"] for item in found], here)

    def test_every_list_is_a_choice_of_its_items_each_under_its_own_address(self):
        articles = [self.article, self.year, self.undated, self.interview]
        month = f"/archive/{self.article.published_on:%Y/%m}/"
        for address, things in {
            "/search/?q=bridge": articles,
            "/": articles,
            "/quotes/?q=bridge": [self.quote],
            "/quotes/?q=bridge&view=kwic": [self.quote],
            "/quotes/find/?q=we+will+rebuild+the+bridge": [self.quote],
            "/speakers/ada-okafor/": [self.quote],
            month: [self.article],
            "/publications/selwy-courier-post/": [self.article],
        }.items():
            with self.subTest(address):
                found = zotero.items(self.html(address))
                self.assertEqual(
                    {item["url"] for item in found},
                    {f"{settings.SITE_URL}{self.shortest_address(thing)}" for thing in things},
                )
                self.assertEqual({item["itemType"] for item in found}, {"newspaperArticle"})
                dates = {item["title"]: item.get("date") for item in found}
                printed = {thing.headline: thing.published_as_printed or None for thing in articles}
                self.assertEqual(dates, {title: printed[title] for title in dates})
