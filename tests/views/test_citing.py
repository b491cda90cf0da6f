"""Cited searches: the URL stays valid, and the page shows later changes."""

import datetime as dt
import json
from unittest import mock

from django.db import OperationalError, connection
from django.test import TransactionTestCase
from django.utils import timezone
from psycopg.errors import QueryCanceled

from articles.models import Article, Notice, Quote, Speaker
from articles.revisions import change_text
from tests.factories import make_article, make_quote, make_speaker, make_topic
from tests.views.queries import TWELVE, AtMost


def now():
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


NOT_PUBLIC_NOW = ("withdrawn", "withheld", "embargoed")


def as_address(moment):
    return moment.isoformat().replace("+00:00", "Z")


class CitedSearchTests(TransactionTestCase):
    """Seven articles with the word; then each of them is treated otherwise."""

    def setUp(self):
        self.ada = make_speaker("Ada Okafor", slug="ada-okafor")
        self.ben = make_speaker("Ben Thole", slug="ben-thole")
        body = "“We will rebuild the bridge,” said Ada Okafor after the flood. Number {}."
        names = ("kept", "edited", "withdrawn", "withheld", "embargoed", "redated", "regiven")
        self.articles = {
            name: make_article(headline=f"Flood {name}", body=body.format(name)) for name in names
        }
        self.quotes = {
            name: make_quote(article, "We will rebuild the bridge,", speaker=self.ada)
            for name, article in self.articles.items()
        }
        self.then = now()
        change_text(Article.objects.get(pk=self.articles["edited"].pk), headline="Flood mended")
        Article.objects.filter(pk=self.articles["withdrawn"].pk).update(status="canceled")
        Notice.objects.create(
            article=self.articles["withdrawn"], kind="retraction", whose="ours", text="It was invented."
        )
        Article.objects.filter(pk=self.articles["withheld"].pk).update(status="withheld")
        tomorrow = timezone.now() + dt.timedelta(days=1)
        Article.objects.filter(pk=self.articles["embargoed"].pk).update(visible_from=tomorrow)
        Article.objects.filter(pk=self.articles["redated"].pk).update(published_on="2019-06-02")
        Quote.objects.filter(pk=self.quotes["regiven"].pk).update(speaker=self.ben)
        self.new = make_article(headline="Flood later", body="Another flood.")

    def get(self, path="/search/", **query):
        query.setdefault("as_of", as_address(self.then))
        return self.client.get(path, query)

    def since(self, path="/search/", **query):
        return json.loads(self.get(path, format="json", **query).content)["since"]

    def reasons(self, group):
        return {row["id"]: {reason["reason"] for reason in row["reasons"]} for row in group["listed"]}

    def test_it_counts_what_was_public_then_and_is_public_now(self):
        self.assertContains(self.get(q="flood"), "<b>4 articles</b> for <i>flood</i>")

    def test_nobody_can_ask_what_an_article_says_that_is_not_public_now(self):
        """Counted word by word, it could be read from the numbers."""
        for name in NOT_PUBLIC_NOW:
            pk = self.articles[name].pk
            for query in (
                name,
                f'"Number {name}"',
                f"{name[:6]}*",
                f"{name} OR nothing",
                f"number NEAR {name}",
            ):
                for path in ("/search/", "/quotes/", "/speakers/ada-okafor/"):
                    found = json.loads(self.get(path, format="json", q=query).content)
                    self.assertEqual(found["count"], 0, (path, query))
                    self.assertEqual({clause["count"] for clause in found["query"]["clauses"]} - {0}, set())
                    self.assertEqual(found["since"]["gone"], {"count": 0, "listed": []})
            data = self.get(format="json").content.decode()
            self.assertNotIn(f"articles/{pk}", data)
            self.assertNotIn(f"/{pk}-", data)

    def test_nothing_names_the_people_and_topics_of_articles_not_public_now(self):
        names = {"speaker": "Cyra Vell", "author": "Dara Quist", "topic": "Secret talks"}
        article = make_article(
            headline="Flood named", section="Hidden desk", language="cy", published_on=dt.date(1911, 2, 3)
        )
        make_quote(article, "council met", speaker=make_speaker(names["speaker"], slug="cyra-vell"))
        article.authors.add(make_speaker(names["author"], slug="dara-quist"))
        article.topics.add(make_topic(names["topic"]))
        moment = as_address(now())
        Article.objects.filter(pk=article.pk).update(status="canceled")
        for path in ("/search/", "/quotes/"):
            for query in ({}, {"group": "speaker"}, {"group": "year"}, {"view": "kwic", "q": "council"}):
                for format_ in ("", "json", "csv"):
                    told = self.get(path, as_of=moment, format=format_, **query).getvalue().decode()
                    for word in (*names.values(), "Hidden desk", "1911"):
                        self.assertNotIn(word, told, (path, query, format_))

    def test_how_many_are_left_out_is_said_the_same_whatever_was_asked(self):
        for path in ("/search/", "/quotes/", "/speakers/ada-okafor/"):
            for query in ({"q": "flood"}, {"q": "withheld"}, {"q": "x"}, {}, {"publication": "nobody"}):
                self.assertEqual(self.since(path, **query)["withheld"], 3)
        self.assertContains(self.get(q="flood"), "3 articles that were public then are not public now")
        Article.objects.filter(pk=self.articles["kept"].pk).update(status="withheld")
        self.assertContains(self.get("/quotes/"), "4 articles that were public then are not public now")

    def test_what_is_public_again_is_counted_again(self):
        Article.objects.filter(pk=self.articles["withheld"].pk).update(status="usable")
        self.assertContains(self.get(q="flood"), "<b>5 articles</b>")
        self.assertEqual(self.since(q="flood")["withheld"], 2)

    def test_what_came_what_went_and_what_was_changed_is_told_with_the_reason(self):
        told, pk = self.since(q="flood"), {name: article.pk for name, article in self.articles.items()}
        self.assertEqual(self.reasons(told["new"]), {self.new.pk: {"published"}})
        self.assertEqual(self.reasons(told["gone"]), {})
        self.assertEqual(
            self.reasons(told["corrected"]),
            {pk["edited"]: {"text"}, pk["redated"]: {"date"}, pk["regiven"]: {"speaker"}},
        )
        self.assertEqual((told["not_shown"], told["withheld"]), (0, 3))

    def test_quotes_are_told_of_in_the_same_way(self):
        told, pk = self.since("/quotes/", q="bridge"), {name: quote.pk for name, quote in self.quotes.items()}
        self.assertEqual(told["new"]["count"], 0)
        self.assertEqual(self.reasons(told["gone"]), {})
        self.assertEqual(
            self.reasons(told["corrected"]), {pk["redated"]: {"date"}, pk["regiven"]: {"speaker"}}
        )

    def test_a_quote_given_to_another_is_gone_from_the_first_and_new_with_the_other(self):
        self.assertContains(self.get("/speakers/ada-okafor/"), "4 quotes, newest first")
        told = self.since("/speakers/ada-okafor/")
        self.assertIn(self.quotes["regiven"].pk, self.reasons(told["gone"]))
        told = self.since("/quotes/", speaker="ben-thole")
        self.assertEqual(self.reasons(told["new"]), {self.quotes["regiven"].pk: {"speaker"}})

    def test_a_correction_links_to_the_versions(self):
        edited = Article.objects.get(pk=self.articles["edited"].pk)
        self.assertContains(self.get(q="flood"), f'href="{edited.get_absolute_url()}history/"')

    def test_of_what_is_not_public_no_word_is_told(self):
        for path in ("/search/", "/quotes/", "/speakers/ada-okafor/"):
            for format_ in ("", "json", "csv", "jsonl", "ris", "bibtex", "csljson", "atom"):
                response = self.get(path, format=format_)
                content = response.getvalue().decode()
                for name in NOT_PUBLIC_NOW:
                    self.assertNotIn(f"Flood {name}", content, (path, format_))
                    self.assertNotIn(f"flood-{name}", content, (path, format_))
                    self.assertNotIn(f"Number {name}", content, (path, format_))

    def test_a_file_holds_what_may_still_be_shown_and_says_how_many_are_left_out(self):
        response = self.get(q="flood", format="jsonl")
        rows = [json.loads(line) for line in response.getvalue().decode().splitlines()]
        self.assertEqual(len(rows), 4)
        self.assertEqual(response["X-Left-Out"], "3")
        other = self.get(q="nothing at all", format="csv")
        self.assertEqual(other["X-Left-Out"], "3")
        # A file that is not read keeps its place among those that are sent at once.
        other.close()
        today = self.client.get("/search/", {"q": "flood", "format": "jsonl"})
        self.assertEqual(len(today.getvalue().splitlines()), 5)
        self.assertNotIn("X-Left-Out", today)

    def test_results_read_as_they_did_then(self):
        self.assertContains(self.get(q="flood"), "<mark>Flood</mark> edited</a>")
        self.assertNotContains(self.get(q="mended"), "Flood edited")
        self.assertContains(self.client.get("/search/", {"q": "flood"}), "<mark>Flood</mark> mended</a>")

    def test_a_merged_speaker_is_found_as_then(self):
        Speaker.objects.filter(pk=self.ben.pk).update(merged_into=self.ada)
        moment = now()
        Speaker.objects.filter(pk=self.ben.pk).update(merged_into=None)
        Speaker.objects.filter(pk=self.ada.pk).update(merged_into=self.ben)
        self.assertContains(self.get("/speakers/ada-okafor/", as_of=as_address(moment)), "4 quotes, newest")
        self.assertEqual(self.client.get("/speakers/ada-okafor/").status_code, 301)

    def test_a_moment_that_has_not_come_is_said_and_answered_as_now(self):
        response = self.get(q="flood", as_of="2990-01-01T00:00:00Z")
        self.assertContains(response, "That date is in the future")
        self.assertContains(response, "<b>5 articles</b>")
        self.assertIsNone(self.since(q="flood", as_of="2990-01-01"))

    def test_before_the_first_article_there_was_nothing_and_all_is_new(self):
        response = self.get(q="flood", as_of="1900-01-01")
        self.assertContains(response, "<b>No articles</b>")
        self.assertContains(response, "<b>5 added since</b>")
        self.assertContains(response, "as it was on <time")

    def test_where_nothing_has_changed_it_is_said(self):
        self.assertContains(self.get(q="number kept"), "These results have not changed since.")

    def test_every_search_offers_an_address_that_keeps_its_moment_and_a_sentence(self):
        response = self.client.get("/search/", {"q": "flood", "from": "2019", "page": "1"}, follow=True)
        self.assertContains(response, 'href="/search/cite/?q=flood&amp;from=2019"')
        cited = self.client.get("/search/cite/", {"q": "flood", "from": "2019"}).context["cited"]
        self.assertIn("/search/?q=flood&from=2019&as_of=", cited.address)
        self.assertIn(" for “flood” in articles published from 2019. The search found", cited.sentence)
        self.assertIn("found 5 articles, none of which had been checked by an editor.", cited.sentence)
        self.new.delete()
        again = self.client.get(cited.address.removeprefix("http://localhost:8000"), follow=True)
        self.assertContains(again, "<b>4 articles</b>")
        self.assertContains(again, "1 article that was public then is not public now")

    def test_copies_are_told_of_in_both_numbers(self):
        first = self.articles["kept"]
        make_article(headline="Flood kept", body=first.body, publication="Corran Post", copy_of=first)
        response = self.client.get("/search/", {"q": "flood", "copies": "one"})
        self.assertContains(response, "<b>5 articles</b> for <i>flood</i> (6 including duplicates)")
        cited = self.client.get("/search/cite/", {"q": "flood", "copies": "one"}).context["cited"]
        self.assertIn("found 5 articles, or 6 including duplicates.", cited.sentence)
        data = json.loads(self.client.get("/search/", {"copies": "one", "format": "json"}).content)
        self.assertEqual((data["count"], data["count_with_copies"]), (5, 6))

    def test_a_page_of_the_past_costs_few_queries(self):
        for number in range(20):
            article = make_article(headline=f"Flood again {number}")
            make_quote(article, "council met", speaker=self.ada)
        moment = as_address(now())
        Article.objects.filter(headline="Flood again 7").update(status="withheld")
        # Beginning and end of the transaction, and of the one in it, are counted here too; and former columns
        # of articles and quotes, and former merges.
        for path, query in (
            ("/search/", {"q": "flood"}),
            ("/search/", {"q": 'speaker:"Ada Okafor" flood'}),
            ("/quotes/", {"speaker": "ada-okafor"}),
            ("/speakers/ada-okafor/", {}),
        ):
            self.get(path, as_of=moment, **query)
            with self.subTest(path=path, **query), self.assertNumQueries(AtMost(TWELVE + 7)):
                self.get(path, as_of=moment, **query)

    def test_where_the_comparison_takes_too_long_the_results_are_shown_without_it(self):
        too_long = OperationalError("canceling statement due to statement timeout")
        too_long.__cause__ = QueryCanceled()
        with mock.patch("articles.search.results.answer.compare_with_now", side_effect=too_long):
            response = self.get(q="flood")
            self.assertContains(response, "too large to compare with today")
            self.assertContains(response, "<b>4 articles</b>")
            self.assertContains(response, "edited</a>")
            self.assertNotContains(response, "withheld")

    def test_relative_dates_count_from_the_moment(self):
        today = timezone.localdate()
        self.assertContains(self.get(q="flood", added="-1d"), "<b>4 articles</b>")
        self.assertContains(self.get(q="flood", added=today.isoformat()), "<b>4 articles</b>")

    def test_a_search_is_cited_in_every_style_with_its_number_and_the_day_asked_for(self):
        page = self.get("/search/cite/", q="flood", publication="selwy-courier").content.decode()
        for said in (
            "“Search for ‘flood’ in articles (publication: Selwy Courier),” 4 art",
            "[Search results: 4 articles]",
            "@misc{search-",
            "TY  - ELEC",
            "&quot;type&quot;: &quot;webpage&quot;",
        ):
            with self.subTest(said):
                self.assertIn(said, page)
