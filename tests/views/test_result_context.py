"""A result opened from a search: position, previous and next, canonical URL."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.test import TestCase

from tests.factories import make_article, make_quote, make_speaker
from tests.views.queries import AtMost

BAR = re.compile(r"Result ([\d,]+) of ([\d,]*\d)")
LINK = '<a rel="{} nofollow" href="([^"]+)"'


class PlaceOfAnArticleTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.okafor = make_speaker("Ada Okafor", slug="ada-okafor")
        for number in range(1, 24):
            article = make_article(
                headline=f"Flood {number}" if number % 3 else f"River {number}",
                body="Flood. " * number + "“We will rebuild,” said Ada Okafor. The flood went.",
                section="Home news" if number % 2 else "Politics",
                published_on=None if number == 5 else f"2019-05-{number:02}",
            )
            make_quote(article, "We will rebuild,", speaker=cls.okafor)

    def follow(self, first, rel="next"):
        """Every page from this address on, each with what it says of its place."""
        address, told = first, []
        while address:
            response = self.client.get(address)
            self.assertEqual(response.status_code, 200)
            text = response.content.decode()
            told.append((urlsplit(address).path, *BAR.search(text).groups()))
            found = re.search(LINK.format(rel), text)
            address = found[1].replace("&amp;", "&") if found else ""
        return told

    def listed(self, path):
        """The addresses of all results of a search, in order, through all its pages."""
        found, page = [], 1
        while (response := self.client.get(f"{path}&page={page}" if page > 1 else path)).status_code == 200:
            found += response.context["page"].results
            links = response.content.decode()
            page += 1
        return [result.row.get_absolute_url() for result in found], links

    def test_next_leads_through_all_results_in_every_order(self):
        for asked in ("q=flood", "q=flood&sort=newest", "q=flood&sort=oldest", "q=flood&sort=added",
                      "q=flood&sort=random&seed=7", "section=home-news"):  # fmt: skip
            with self.subTest(asked):
                listed, _ = self.listed(f"/search/?{asked}")
                told = self.follow(f"{listed[0]}?{asked}")
                self.assertEqual([path for path, _, _ in told], listed)
                numbers = [(str(n), str(len(listed))) for n in range(1, len(listed) + 1)]
                self.assertEqual([(number, count) for _, number, count in told], numbers)

    def test_previous_leads_back_through_them(self):
        listed, _ = self.listed("/search/?q=flood")
        told = self.follow(f"{listed[-1]}?q=flood", "prev")
        self.assertEqual([path for path, _, _ in told], listed[::-1])

    def test_quotes_of_a_search_and_of_a_speaker_follow_one_another_too(self):
        for start in ("/quotes/?q=rebuild&sort=oldest", "/speakers/ada-okafor/?sort=oldest"):
            with self.subTest(start):
                listed, _ = self.listed(start)
                page = self.client.get(start).content.decode()
                first = re.search(rf'href="({listed[0]}\?[^"#]+)"', page)[1].replace("&amp;", "&")
                self.assertEqual([path for path, _, _ in self.follow(first)], listed)

    def test_the_way_back_leads_to_the_page_on_which_it_stands(self):
        listed, _ = self.listed("/search/?q=flood&sort=oldest")
        text = self.client.get(f"{listed[21]}?q=flood&sort=oldest").content.decode()
        back = re.search(r'<a href="([^"]+)">Back to results', text)[1].replace("&amp;", "&")
        self.assertEqual(back, "/search/?q=flood&sort=oldest&page=2")
        self.assertIn(listed[21], self.client.get(back).content.decode())

    def test_an_article_that_is_no_result_says_so(self):
        other = make_article(headline="Council budget")
        response = self.client.get(f"{other.get_absolute_url()}?q=flood")
        self.assertContains(response, "Not in your 23 results for <i")

    def test_its_own_address_stays_and_search_engines_are_sent_there(self):
        listed, _ = self.listed("/search/?q=flood")
        response = self.client.get(f"{listed[0]}?q=flood")
        self.assertContains(response, f'<link rel="canonical" href="{settings.SITE_URL}{listed[0]}">')
        self.assertContains(response, '<meta name="robots" content="noindex">')
        self.assertNotContains(self.client.get(listed[0]), "noindex")

    def test_a_search_that_cannot_be_read_leaves_the_article_as_it_is(self):
        listed, _ = self.listed("/search/?q=flood")
        response = self.client.get(f"{listed[0]}?q=flood&from=junk")
        self.assertContains(response, "We cannot read the search in this link.")

    def test_the_words_are_marked_and_can_be_left_unmarked(self):
        listed, _ = self.listed("/search/?q=flood")
        marked = self.client.get(f"{listed[0]}?q=flood")
        self.assertContains(marked, "<mark")
        off = re.search(r'<a href="([^"]+)">Hide highlights', marked.content.decode())[1].replace(
            "&amp;", "&"
        )
        unmarked = self.client.get(off)
        self.assertNotContains(unmarked, "<mark")
        self.assertContains(unmarked, "Result 1 of 23")

    def test_the_place_costs_three_queries_and_its_transaction(self):
        listed, _ = self.listed("/search/?q=flood&sort=newest")
        with self.assertNumQueries(AtMost(13)):
            self.client.get(f"{listed[2]}?hl=flood")
        with self.assertNumQueries(AtMost(13 + 3 + 3)):
            self.client.get(f"{listed[2]}?q=flood&sort=newest")


class MarksTests(TestCase):
    def test_words_of_quotes_are_marked_where_they_were_said_and_there_alone(self):
        article = make_article(body="We will rebuild it. “We will rebuild,” said Ada Okafor.")
        make_quote(article, "We will rebuild,")
        response = self.client.get(f"{article.get_absolute_url()}?q=quote:rebuild")
        self.assertContains(response, "1 match")
        self.assertContains(response, '“We will <mark id="w1">rebuild</mark>')

    def test_words_of_an_answer_are_not_marked_in_what_is_no_answer(self):
        article = make_article(body="“We will rebuild,” said Ada Okafor.")
        make_quote(article, "We will rebuild,")
        response = self.client.get(f"{article.get_absolute_url()}?q=answer:rebuild")
        self.assertContains(response, "Not found in this text")

    def test_each_mark_leads_to_the_next_and_the_previous(self):
        article = make_article(headline="Flood", body="A flood. “Flood upon flood,” said Ada Okafor.")
        make_quote(article, "Flood upon flood,")
        text = self.client.get(f"{article.get_absolute_url()}?q=flood").content.decode()
        self.assertEqual(re.findall(r'<mark id="w(\d)">', text), ["1", "2", "3", "4"])
        hops = re.findall(r'<span class="hop" lang="en-GB">(.*?)</span>', text)
        self.assertEqual(
            [re.findall(r'href="#w(\d)"', hop) for hop in hops], [["2"], ["1", "3"], ["2", "4"], ["3"]]
        )

    def test_a_quote_parted_by_marks_has_one_anchor_and_one_number(self):
        article = make_article(body="“Flood upon flood,” said Ada Okafor.")
        quote = make_quote(article, "Flood upon flood,")
        text = self.client.get(f"{article.get_absolute_url()}?q=flood").content.decode()
        self.assertEqual(text.count(f'id="q{quote.pk}"'), 1)
        self.assertEqual(text.count('<span class="ref">'), 1)
