"""Baskets: parsing of the URL, order, and messages about missing items."""

import datetime as dt
import json

import pytest
from django.test import TestCase
from django.utils import timezone

from articles.models import Article, Notice, Quote
from articles.presenters.selections import MOST, Basket, SelectedIds
from tests.factories import make_article, make_quote, make_speaker
from tests.views.queries import TWELVE
from tests.views.test_hostile import NASTY

LONG_AGO = dt.datetime(2019, 6, 1, tzinfo=dt.UTC)


class BasketTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.brask = make_speaker("Hedda Brask", slug="hedda-brask")
        cls.articles = [
            make_article(headline=f"Report {n}", body=f"“Water {n}.” And so on.", visible_from=LONG_AGO)
            for n in "ABCD"
        ]
        cls.quotes = [
            make_quote(article, f"Water {n}.", speaker=cls.brask)
            for n, article in zip("ABCD", cls.articles, strict=True)
        ]

    def address(self, articles=(), quotes=(), **more):
        query = SelectedIds(tuple(row.pk for row in articles), tuple(row.pk for row in quotes)).query()
        return f"/basket/?{query}" + "".join(f"&{name}={value}" for name, value in more.items())

    def assertLeadsTo(self, response, address):
        """As a browser goes there: the test client would write the commas anew."""
        self.assertEqual((response.status_code, response.headers.get("Location")), (302, address))
        self.assertEqual(self.client.get(address).status_code, 200)

    def basket(self, *args, **more):
        response = self.client.get(self.address(*args, **more))
        self.assertEqual(response.status_code, 200)
        return response.context["page"].basket

    def test_what_is_listed_is_shown_in_the_order_of_the_address(self):
        a, _, c, d = self.articles
        basket = self.basket([c, a, d], [self.quotes[1], self.quotes[0]])
        self.assertEqual([result.row for result in basket.results], [c, a, d, self.quotes[1], self.quotes[0]])

    def test_the_heading_counts_what_is_shown(self):
        response = self.client.get("/basket/?articles=999999&quotes=" + str(self.quotes[0].pk))
        self.assertContains(response, "<h1>Your basket: 1 quote\n</h1>")
        self.assertContains(response, "1 of 2 items is not available.")
        self.assertContains(self.client.get("/basket/?articles=999999"), '<a href="/basket/">Remove it</a>')

    def test_the_page_costs_few_queries_however_much_it_holds(self):
        successor = make_article(authors=(self.brask,))
        for gone, more in ((self.articles[2], {}), (self.articles[3], {"version_of": successor})):
            Article.objects.filter(pk=gone.pk).update(status=Article.Status.CANCELED, **more)
        for articles, quotes in ((self.articles[:1], self.quotes[:1]), (self.articles, self.quotes)):
            with self.assertNumQueries(TWELVE):
                self.client.get(self.address(articles, quotes))

    def test_commas_in_disguise_doubles_and_noughts_lead_to_the_one_address(self):
        a, b = self.articles[0].pk, self.articles[1].pk
        for given in (f"{b}%2C{a}", f"{b},{a},{b}", f"00{b}, {a},", f"{b}+{a}", f"{b}&articles={a}"):
            response = self.client.get(f"/basket/?articles={given}")
            self.assertLeadsTo(response, f"/basket/?articles={b},{a}")
        response = self.client.get("/basket/?articles=&quotes=&style=apa&utm_source=x")
        self.assertLeadsTo(response, "/basket/")

    def test_no_basket_is_shown_where_a_number_cannot_be_read(self):
        for given in ("1,x", "0", "-1", "1.5", "٣", "9" * 19, "1;2"):
            response = self.client.get("/basket/", {"articles": given})
            self.assertEqual(response.status_code, 200)
            self.assertIsNone(response.context["page"].basket)
            self.assertContains(response, 'aria-describedby="articles-error"')
            for name in ("json", "csv", "ris", "atom"):
                answer = self.client.get("/basket/", {"articles": given, "format": name})
                self.assertEqual((answer.status_code, answer.json()["count"]), (400, 0))
                self.assertIn("articles", answer.json()["errors"])

    def test_more_than_fit_are_refused_with_both_numbers(self):
        listed = ",".join(map(str, range(1, MOST + 2)))
        response = self.client.get(f"/basket/?articles={listed}")
        self.assertContains(response, f"A basket can have {MOST} items; this would be {MOST + 1}")
        self.assertIsNone(response.context["page"].basket)

    def test_the_address_of_a_full_basket_is_short_enough_for_every_server(self):
        ids = tuple(range(10**9 - MOST, 10**9))
        lists = "%2C".join(map(str, ids))
        line = f"GET /basket/?quotes={lists}&style=chicago&without=quote-{ids[0]} HTTP/1.1\r\n"
        self.assertLess(len(line), 4094)

    def test_a_number_of_nothing_is_named(self):
        embargoed = make_article(visible_from=timezone.now() + dt.timedelta(days=1))
        pending = make_quote(make_article(body="“Salt.”"), "Salt.", status=Quote.Status.PENDING)
        basket = self.basket([self.articles[0], embargoed], [pending])
        self.assertEqual(
            [(item.what, item.id, item.why) for item in basket.left_out],
            [("article", embargoed.pk, "unknown"), ("quote", pending.pk, "unknown")],
        )

    def test_what_was_withdrawn_is_named_with_its_notice_and_without_its_text(self):
        gone = self.articles[0]
        Notice.objects.create(article=gone, kind="retraction", whose="the paper's", text="It was invented.")
        Article.objects.filter(pk=gone.pk).update(status=Article.Status.CANCELED)
        response = self.client.get(self.address([gone, self.articles[1]], [self.quotes[0]]))
        self.assertContains(response, f"<strong>Article {gone.pk}</strong> has been withdrawn.")
        self.assertContains(response, f"<strong>Quote {self.quotes[0].pk}</strong> has been withdrawn.")
        self.assertContains(response, "It was invented.", count=2)
        self.assertNotContains(response, "Report A")
        self.assertNotContains(response, "Water A")

    def test_a_rejected_quote_that_was_public_counts_as_withdrawn(self):
        Quote.objects.filter(pk=self.quotes[0].pk).update(status=Quote.Status.REJECTED)
        basket = self.basket((), self.quotes[:2])
        self.assertEqual([item.why for item in basket.quotes], ["withdrawn", ""])

    def test_of_what_is_withheld_nothing_is_said(self):
        Article.objects.filter(pk=self.articles[0].pk).update(status=Article.Status.WITHHELD)
        basket = self.basket(self.articles[:1], self.quotes[:1])
        self.assertEqual([item.why for item in basket.items], ["unknown", "unknown"])

    def test_a_replaced_article_is_shown_by_its_last_successor_and_says_so(self):
        first, second, last = self.articles[:3]
        Article.objects.filter(pk=second.pk).update(status=Article.Status.CANCELED, version_of=last)
        Article.objects.filter(pk=first.pk).update(status=Article.Status.CANCELED, version_of=second)
        response = self.client.get(self.address([first]))
        basket = response.context["page"].basket
        self.assertEqual([result.row for result in basket.results], [last])
        self.assertContains(
            response, f"Article {first.pk} was withdrawn and replaced by this one, article {last.pk}."
        )
        self.assertEqual(basket.without_missing, SelectedIds((last.pk,)))

    def test_a_successor_counts_once(self):
        first, last = self.articles[:2]
        Article.objects.filter(pk=first.pk).update(status=Article.Status.CANCELED, version_of=last)
        for listed in ([first, last], [last, first]):
            basket = self.basket(listed)
            self.assertEqual([result.row for result in basket.results], [last])
            self.assertEqual([item.why for item in basket.left_out], ["listed already"])

    def test_every_file_says_how_many_are_left_out(self):
        address = self.address(self.articles[:2], self.quotes[:1]) + ",999999"
        for name in ("json", "csv", "jsonl", "ris", "bibtex", "csljson", "atom"):
            self.assertEqual(self.client.get(f"{address}&format={name}")["X-Left-Out"], "1", name)
        left_out = self.client.get(f"{address}&format=json").json()["left_out"]
        self.assertEqual(left_out, [{"what": "quote", "id": 999999, "reason": "unknown", "instead": None}])

    def test_addresses_of_articles_quotes_and_baskets_can_be_put_in(self):
        a, b, c, _ = self.articles
        held = self.address([a])
        quote = self.quotes[2].get_absolute_url()
        for given, articles, quotes in (
            (b.get_absolute_url(), [a, b], []),
            (f"http://testserver{b.get_absolute_url()}?q=water#w1", [a, b], []),
            (f"{quote} {quote}versions/", [a], [self.quotes[2]]),
            (f"/articles/{b.pk}/ {c.get_absolute_url()}history/", [a, b, c], []),
            (f"http://testserver{self.address([c, a], [self.quotes[0]])}", [a, c], [self.quotes[0]]),
        ):
            response = self.client.get(held, {"articles": a.pk, "add": given})
            self.assertLeadsTo(response, self.address(articles, quotes))

    def test_what_is_no_address_of_this_archive_is_refused_beside_the_field_and_nothing_is_lost(self):
        a = self.articles[0]
        for given in ("junk", "https://courier.example/articles/5/", "/about/", "/basket/", "/quotes/x/",
                      "http://[", "/articles/0/", f"/articles/{'9' * 19}/"):  # fmt: skip
            response = self.client.get("/basket/", {"articles": a.pk, "add": given})
            self.assertContains(response, 'aria-describedby="add-error"')
            self.assertEqual([result.row for result in response.context["page"].basket.results], [a])
            answer = self.client.get("/basket/", {"articles": a.pk, "add": given, "format": "json"})
            self.assertEqual(answer.status_code, 400)

    def test_a_full_basket_takes_no_more(self):
        listed = ",".join(map(str, range(1, MOST + 1)))
        response = self.client.get("/basket/", {"quotes": listed, "add": f"/articles/{self.articles[0].pk}/"})
        self.assertContains(response, f"A basket can have {MOST} items; this would be {MOST + 1}")

    def test_one_thing_can_be_taken_out(self):
        a, b, c, _ = self.articles
        held = {"articles": f"{a.pk},{b.pk},{c.pk}", "without": f"article-{b.pk}"}
        self.assertLeadsTo(self.client.get("/basket/", held), self.address([a, c]))
        last = {"articles": a.pk, "without": f"article-{a.pk}"}
        self.assertLeadsTo(self.client.get("/basket/", last), "/basket/")
        response = self.client.get("/basket/", held | {"without": "everything"})
        self.assertContains(response, "Remove: Write article- or quote- and an ID")

    def test_every_style_cites_all_of_it(self):
        told = set()
        for style in ("", "&style=chicago", "&style=mla"):
            response = self.client.get(self.address(self.articles[:2], self.quotes[:1]) + style)
            references = response.context["page"].references
            self.assertEqual(len(references), 3)
            self.assertIn("Brask", references[2][2])
            told.add(references[2][2])
        self.assertEqual(len(told), 3)
        self.assertContains(self.client.get("/basket/?style=harvard"), "Choose one of: apa, chicago, mla")

    def test_a_strange_parameter_is_named_and_in_a_file_refused(self):
        self.assertContains(self.client.get("/basket/?colour=red"), "We ignored “colour”")
        self.assertEqual(self.client.get("/basket/?colour=red&format=json").status_code, 400)

    def test_nothing_is_remembered_by_the_server(self):
        response = self.client.get(self.address(self.articles, self.quotes))
        self.assertEqual(dict(response.cookies), {})
        self.assertContains(response, '<meta name="robots" content="noindex">')

    def test_every_page_that_shows_one_offers_to_put_it_in(self):
        article, quote = self.articles[0], self.quotes[0]
        for path, key in (
            (article.get_absolute_url(), f'/basket/?articles={article.pk}" data-basket'),
            (quote.get_absolute_url(), f'/basket/?quotes={quote.pk}" data-basket'),
            ("/search/?q=water", f'/basket/?articles={article.pk}" data-basket'),
            ("/quotes/?q=water", f'/basket/?quotes={quote.pk}" data-basket'),
            ("/speakers/hedda-brask/", f'/basket/?quotes={quote.pk}" data-basket'),
        ):
            self.assertContains(self.client.get(path), key)

    def test_a_page_of_results_can_be_put_in_at_once(self):
        page = self.client.get("/search/?q=water&sort=oldest").context["page"]
        response = self.client.get(f"/basket/?{page.listed.query()}")
        self.assertEqual(
            [result.row.pk for result in response.context["page"].basket.results], list(page.answer.ids)
        )

    def test_an_article_is_told_in_the_same_words_as_in_a_search(self):
        found = self.client.get("/search/?q=&format=json").json()["results"]
        told = self.client.get(self.address(self.articles, format="json")).json()["results"]
        same = {json.dumps({"what": "article", **record}, sort_keys=True) for record in found}
        self.assertLessEqual({json.dumps(record, sort_keys=True) for record in told}, same)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["articles", "quotes", "add", "without", "style", "format", "colour"])
def test_no_value_of_any_parameter_is_a_fault(client, name):
    for value in NASTY:
        given = {name: value.encode("utf-8", "surrogatepass")}
        assert client.get("/basket/", given, follow=True).status_code in (200, 400), value


@pytest.mark.django_db
def test_a_ring_of_replacements_ends():
    first, second = make_article(visible_from=LONG_AGO), make_article(visible_from=LONG_AGO)
    Article.objects.filter(pk=first.pk).update(status=Article.Status.CANCELED, version_of=second)
    Article.objects.filter(pk=second.pk).update(status=Article.Status.CANCELED, version_of=first)
    assert [item.why for item in Basket(SelectedIds((first.pk,))).items] == ["withdrawn"]
