"""Result pages: counts, stable URLs, errors that never widen a search."""

import csv
import io
import json

from django.test import TestCase

from articles.models import Article
from tests.factories import make_article, make_quote, make_speaker
from tests.views.queries import TWELVE, AtMost

MALFORMED = (
    ("from", "junk"),
    ("to", "2019-13"),
    ("page", "abc"),
    ("page", "0"),
    ("size", "7"),
    ("sort", "best"),
    ("kind", "rumour"),
    ("format", "docx"),
    ("added", "soon"),
    ("as_of", "then"),
    ("view", "x"),
    ("group", "x"),
    ("checked", "maybe"),
    ("copies", "x"),
    ("speaker", "x" * 121),
    ("q", "x" * 501),
    ("standing", "withdrawn"),
    ("seed", "-1"),
    ("language", "?"),
    ("-section", "!"),
)


class SearchPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.okafor = make_speaker("Ada Okafor", slug="ada-okafor")
        cls.flood = make_article(
            headline="Flood closes the bridge",
            body="The river rose. “We will rebuild the bridge,” said Ada Okafor.",
            section="Home news",
        )
        cls.quote = make_quote(
            cls.flood, "We will rebuild the bridge,", speaker=cls.okafor, source="Ada Okafor"
        )
        cls.budget = make_article(
            headline="Council budget", body="A flood of complaints.", section="Politics"
        )
        cls.draft = make_article(headline="Flood draft", status="draft")
        for number in range(25):
            make_article(headline=f"Meeting {number}", publication="Northmoor Post")

    def get(self, path="/search/", **query):
        return self.client.get(path, query)

    def test_the_count_is_said_first_and_drafts_are_not_in_it(self):
        self.assertContains(self.get(q="flood"), "<b>2 articles</b> for <i>flood</i>, most relevant first")

    def test_how_the_query_was_read_is_shown_clause_by_clause(self):
        response = self.get(q="flood -complaints")
        self.assertContains(response, ": flood but not complaints</span></summary>")
        self.assertNotContains(response, '<details class="read-as" open>')
        self.assertContains(response, '<span class="clause__join">but not</span><span><b>complaints</b>')

    def test_what_could_not_be_read_is_said(self):
        response = self.get(q="flood )")
        self.assertContains(response, '<span class="clause__join">Ignored</span><span><b>)</b>')
        self.assertContains(response, '<details class="read-as" open>')

    def test_words_found_are_marked(self):
        self.assertContains(self.get(q="floods"), "<mark>Flood</mark> closes the bridge</a>")

    def test_an_article_is_opened_with_the_words_marked(self):
        self.assertContains(self.get(q="flood"), f'href="{self.flood.get_absolute_url()}?q=flood"')

    def test_matching_quotes_are_one_link_away(self):
        response = self.get(q="rebuild")
        self.assertContains(response, f"?q=rebuild#q{self.quote.pk}")
        self.assertContains(response, "1 quote matches")

    def test_it_asks_the_database_at_most_twelve_times(self):
        with self.assertNumQueries(TWELVE):
            self.get(q="flood")

    def test_the_parameters_are_put_in_one_order(self):
        response = self.client.get("/search/?to=2020&q=flood&page=1&section=&from=2019")
        self.assertRedirects(
            response, "/search/?q=flood&from=2019&to=2020", 302, fetch_redirect_response=False
        )

    def test_a_canonical_address_stays(self):
        self.assertEqual(self.client.get("/search/?q=flood&from=2019&to=2020").status_code, 200)

    def test_tracking_parameters_are_dropped_in_silence(self):
        response = self.client.get("/search/?q=flood&utm_source=x")
        self.assertRedirects(response, "/search/?q=flood", 302, fetch_redirect_response=False)

    def test_an_unknown_parameter_is_named(self):
        self.assertContains(self.get(q="flood", colour="red"), "We ignored “colour”")

    def test_each_filter_is_a_chip_that_takes_it_away(self):
        response = self.client.get("/search/?q=flood&-section=politics")
        self.assertContains(response, "Remove filter </span>Not section: Politics")
        self.assertContains(response, "<b>1 article</b>")

    def test_a_slug_nobody_has_is_a_chip_and_finds_nothing(self):
        response = self.get(speaker="nobody-at-all")
        self.assertContains(response, "We have no speaker called “nobody-at-all”")
        self.assertContains(response, "<b>No articles</b>")

    def test_malformed_values_are_said_beside_their_fields_and_nothing_is_searched(self):
        for name, value in MALFORMED:
            with self.subTest(name=name, value=value[:20]):
                response = self.get(**{"q": "flood", name: value})
                self.assertEqual(response.status_code, 200)
                self.assertContains(response, "There is a problem")
                self.assertContains(response, f'<a href="#{"q" if name == "q" else f"in-{name}"}"')
                self.assertContains(response, f'id="{"q" if name == "q" else f"in-{name}"}"')
                self.assertNotContains(response, "Flood closes")
                self.assertNotContains(response, "<mark>")

    def test_the_same_is_a_refusal_in_every_other_format(self):
        for wanted in ("json", "csv", "jsonl", "ris", "bibtex", "csljson", "atom"):
            with self.subTest(wanted):
                response = self.get(q="flood", **{"from": "junk"}, format=wanted)
                self.assertEqual(response.status_code, 400)
                found = json.loads(response.content)
                self.assertEqual((found["count"], found["results"]), (0, []))
                self.assertEqual(found["errors"]["from"][0]["value"], "junk")

    def test_quotes_by_speaker_add_up_with_those_of_no_named_speaker(self):
        make_quote(self.flood, "The river rose.", kind="mixed")
        response = self.get("/quotes/", group="speaker")
        page = response.context["page"]
        self.assertEqual(sum(value.count for value in page.groups) + 1, page.answer.count)
        self.assertContains(response, '<th scope="row" class="soft">Speaker unknown</th><td class="n">1</td>')
        self.assertEqual(self.get("/quotes/", format="json").json()["without_speaker"], 1)

    def test_facets_and_all_values_of_speakers_say_how_many_have_none(self):
        make_quote(self.flood, "The river rose.", kind="mixed")
        self.assertContains(self.get("/quotes/"), 'Speaker unknown <span class="num">(1)</span>')
        self.assertContains(self.get("/quotes/values/speaker/"), "Speaker unknown: 1 quote.")

    def test_articles_by_speaker_say_how_many_quote_no_named_speaker(self):
        response = self.get(group="speaker")
        self.assertContains(
            response, '<th scope="row" class="soft">Speaker unknown</th><td class="n">26</td>'
        )
        self.assertContains(response, "counts under each of them")
        self.assertContains(self.get("/search/values/speaker/"), "26 articles have no named speaker.")

    def test_results_by_year_say_how_many_are_undated(self):
        make_article(headline="Undated", published_on=None)
        response = self.get(group="year")
        self.assertContains(response, '<th scope="row" class="soft">Undated</th><td class="n">1</td>')

    def test_quotes_that_all_have_no_named_speaker_are_still_a_table(self):
        self.quote.speaker = None
        self.quote.save()
        response = self.get("/quotes/", group="speaker")
        self.assertContains(response, '<th scope="row" class="soft">Speaker unknown</th><td class="n">1</td>')

    def test_fifty_values_of_one_filter_are_taken_and_more_are_refused(self):
        slugs = sorted(f"s{number}" for number in range(51))
        self.assertNotContains(self.get(speaker=slugs[:50]), "There is a problem")
        response = self.get(speaker=slugs)
        self.assertContains(response, "Choose at most 50 values", count=2)
        self.assertContains(response, 'id="error-speaker"')
        self.assertLess(len(response.content), 20_000)
        refused = self.get(speaker=slugs, format="csv")
        self.assertEqual((refused.status_code, list(refused.json()["errors"])), (400, ["speaker"]))

    def test_ten_words_with_a_star_are_searched_and_more_are_refused(self):
        starred = [f"flo{letter}*" for letter in "abcdefghijo"]
        self.assertContains(self.get(q=" OR ".join(starred[1:])), "<mark>Flood</mark> closes")
        response = self.get(q=" OR ".join(starred))
        self.assertContains(response, "Use at most 10 words with a star")
        self.assertNotContains(response, "Flood closes")
        refused = self.get(q=" OR ".join(starred), format="json")
        self.assertEqual((refused.status_code, list(refused.json()["errors"])), (400, ["q"]))

    def test_no_more_than_ten_unknown_parameters_are_carried_along(self):
        response = self.client.get("/search/?" + "&".join(f"p{number}=1" for number in range(200)))
        self.assertEqual(response["Location"], "/search/?" + "&".join(f"p{number}=1" for number in range(10)))

    def test_an_unknown_parameter_is_refused_where_programs_ask(self):
        self.assertEqual(self.get(format="json", colour="red").status_code, 400)

    def test_every_page_is_reached_and_there_is_none_beyond(self):
        found = [
            row.pk for page in ({}, {"page": "2"}) for row in self.get(**page).context["page"].answer.rows
        ]
        self.assertEqual(len(found), 27)
        self.assertEqual(set(found), set(Article.objects.published().values_list("pk", flat=True)))
        self.assertEqual(self.get(page="3").status_code, 404)
        self.assertContains(self.get(page="2"), "<title>27 articles (page 2 of 2)")

    def test_pages_are_linked_as_pages(self):
        response = self.get()
        self.assertContains(response, 'rel="next" href="?page=2"')
        self.assertContains(response, '<span aria-current="page">')

    def test_nothing_found_offers_what_would_be_found(self):
        response = self.client.get("/search/?q=flood+zebra&section=politics")
        self.assertContains(response, "Remove “zebra”")
        self.assertContains(response, '<span class="num">1 article</span>')

    def test_a_facet_says_how_many_it_would_give_and_gives_them(self):
        facets = self.get(q="flood").context["page"].answer.facets
        for facet in facets:
            for value in facet.values:
                with self.subTest(facet.name, value=value.value):
                    found = self.client.get(f"/search/{value.url}").context["page"].answer
                    self.assertEqual(found.count, value.count)

    def test_kwic_stands_each_place_on_a_line(self):
        self.assertContains(self.get(q="bridge", view="kwic"), '<th scope="row"><mark>bridge</mark></th>')

    def test_lines_are_counted_and_ordered_by_the_word_before_or_after(self):
        make_article(
            headline="Heron", body="A zealous heron waits. An old heron yawns. “Big heron,” she said."
        )
        page = self.get(q="body:heron", view="kwic")
        self.assertContains(page, "3 matches on this page")
        for order, words in (("left", ["Big", "old", "zealous"]), ("right", ["she", "waits", "yawns"])):
            with self.subTest(order):
                lines = self.get(q="body:heron", view="kwic", lines=order).context["page"].lines
                near = [(line.before.split()[-1] if order == "left" else line.after) for line in lines]
                for got, word in zip(near, words, strict=True):
                    self.assertIn(word, got)

    def test_every_place_in_a_quote_has_a_line(self):
        article = make_article(body="“Rebuild, and rebuild again,” said Ada Okafor.")
        make_quote(article, "Rebuild, and rebuild again,")
        lines = self.client.get("/quotes/?q=rebuild&sort=added&view=kwic").context["page"].lines
        self.assertEqual([line.words for line in lines], ["Rebuild", "rebuild", "rebuild"])

    def test_an_order_of_lines_goes_where_there_are_no_lines(self):
        response = self.client.get("/search/?q=flood&lines=left")
        self.assertRedirects(response, "/search/?q=flood", 302, fetch_redirect_response=False)

    def test_counting_by_speaker_lists_them(self):
        response = self.get(group="speaker")
        self.assertContains(response, '<th scope="row"><a href="?speaker=ada-okafor')

    def test_typed_words_stand_in_the_box_as_typed(self):
        self.assertContains(self.get(q='"a <b>" OR'), 'value="&quot;a &lt;b&gt;&quot; OR"')

    def test_quotes_are_searched_in_own_words(self):
        response = self.get("/quotes/", q="rebuild")
        self.assertContains(response, "<b>1 quote</b>")
        self.assertContains(response, "“We will <mark>rebuild</mark> the bridge,”")
        self.assertContains(response, "not checked")
        self.assertContains(self.get("/quotes/", q="rose"), "<b>No quotes</b>")

    def test_search_engines_are_kept_off_result_pages(self):
        self.assertContains(self.get(q="flood"), '<meta name="robots" content="noindex">')


class FileTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.okafor = make_speaker("Ada Okafor", slug="ada-okafor")
        for number in range(30):
            article = make_article(
                headline=f"=Story {number}",
                body=f"“We will build {number},” said Ada Okafor.",
                authors=(cls.okafor,),
            )
            make_quote(article, f"We will build {number},", speaker=cls.okafor)

    def whole(self, path, **query):
        response = self.client.get(path, query)
        self.assertEqual(response.status_code, 200)
        return b"".join(response.streaming_content).decode()

    def test_every_form_holds_the_same_set(self):
        for path in ("/search/", "/quotes/", "/speakers/ada-okafor/"):
            pages = [self.client.get(path, {"format": "json", "page": page}).json() for page in (1, 2)]
            ids = [result["id"] for page in pages for result in page["results"]]
            with self.subTest(path):
                self.assertEqual((pages[0]["count"], len(set(ids))), (30, 30))
                rows = csv.DictReader(io.StringIO(self.whole(path, format="csv").removeprefix("\ufeff")))
                self.assertEqual([int(row["id"]) for row in rows], ids)
                lines = self.whole(path, format="jsonl").splitlines()
                self.assertEqual([json.loads(line)["id"] for line in lines], ids)
                items = json.loads(self.whole(path, format="csljson"))
                self.assertEqual([int(item["id"].split("-")[1]) for item in items], ids)
                self.assertEqual(self.whole(path, format="ris").count("\nER  - "), 30)
                self.assertEqual(self.whole(path, format="bibtex").count("@article{"), 30)

    def test_citations_of_a_whole_set_ask_for_them_by_the_hundred(self):
        with self.assertNumQueries(AtMost(15)):
            self.whole("/search/", format="ris")

    def test_nothing_is_an_empty_file_of_its_kind(self):
        self.assertEqual(json.loads(self.whole("/search/", q="zebra", format="csljson")), [])
        self.assertEqual(self.whole("/search/", q="zebra", format="jsonl"), "")

    def test_a_feed_is_one_page_of_the_search(self):
        response = self.client.get("/quotes/", {"q": "build", "format": "atom"})
        self.assertEqual(response["Content-Type"], "application/atom+xml; charset=utf-8")
        self.assertEqual(response.content.count(b"<entry>"), 20)

    def test_a_page_of_json_beyond_the_last_is_not_found(self):
        self.assertEqual(self.client.get("/search/", {"format": "json", "page": 9}).status_code, 404)

    def test_files_are_named_for_what_they_hold(self):
        response = self.client.get("/quotes/", {"format": "csv"})
        # Read to its end: to close it would take the connection of the test along.
        b"".join(response.streaming_content)
        self.assertEqual(response["Content-Disposition"], 'attachment; filename="quotes.csv"')
