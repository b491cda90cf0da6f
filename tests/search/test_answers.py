"""Answers: ids in order, exact counts, facets, clauses, excerpts."""

import datetime as dt
from urllib.parse import quote_plus

from django.http import QueryDict
from django.test import TestCase

from articles import search
from tests.factories import make_article, make_quote, make_speaker

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def ask(query="", scope="articles", speaker=None, now=None):
    asked = search.ArticleFilter(QueryDict(query), scope, speaker, now=now)
    assert asked.is_valid(), asked.errors
    return search.search(asked.cleaned)


class AnswerTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ada = make_speaker("Ada Okafor", slug="ada-okafor")
        cls.ben = make_speaker("Ben Thole", slug="ben-thole", aliases=("B. Thole",))
        cls.flood = make_article(
            headline="Flood closes the bridge",
            body="The river rose. “We will rebuild the bridge,” said Ada Okafor. “No money,” said Ben Thole.",
            section="Home news",
            topics=("Floods",),
            published_on=dt.date(2019, 5, 30),
        )
        cls.budget = make_article(
            headline="Council budget",
            body="A flood of complaints about the carbon tax. “The bridge is safe,” said Ben Thole.",
            publication="Northmoor Post",
            published_on=dt.date(2020, 1, 2),
        )
        cls.other = make_article(headline="Taxes rise", body="They taxed carbon again.", published_on=None)
        cls.rebuild = make_quote(cls.flood, "We will rebuild the bridge,", speaker=cls.ada)
        cls.money = make_quote(cls.flood, "No money,", speaker=cls.ben)
        cls.safe = make_quote(cls.budget, "The bridge is safe,", speaker=cls.ben)

    def found(self, query, **kwargs):
        return set(ask(query, **kwargs).ids)

    def test_a_word_in_the_headline_outranks_the_body(self):
        self.assertEqual(ask("q=floods").ids, (self.flood.pk, self.budget.pk))

    def test_all(self):
        f, b, o = self.flood.pk, self.budget.pk, self.other.pk
        for query, expected in [
            ("", {f, b, o}),
            ("q=tax", {b, o}),
            ("q=%22tax%22", {b}),
            ("q=%22carbon+tax%22", {b}),
            ("q=tax+OR+river", {f, b, o}),
            ("q=-flood", {o}),
            ("q=flood+-river", {b}),
            ("q=headline:flood", {f}),
            ("q=body:flood", {b}),
            ("q=riv*", {f}),
            ("q=carbon+NEAR/1+tax", {b, o}),
            ("q=complaints+NEAR/2+carbon", set()),
            ("q=complaints+NEAR/3+carbon", {b}),
            ("q=tax+NEAR/3+carbon+NEAR/3+about", {b}),
            ("q=quote:bridge", {f, b}),
            ("q=quote:bridge+speaker:%22Ada+Okafor%22", {f}),
            ("q=quote:bridge+speaker:%22ben+thole%22", {b}),
            ("q=quote:bridge+speaker:%22b+thole%22", {b}),
            ("q=quote:bridge+-speaker:ben-thole", {f}),
            ("q=-speaker:ben-thole", {o}),
            ("q=-quote:money", {b, o}),
            ("speaker=ben-thole", {f, b}),
            ("speaker=ben-thole&q=quote:money", {f}),
            ("-speaker=ada-okafor", {b, o}),
            ("publication=northmoor-post", {b}),
            ("-publication=northmoor-post", {f, o}),
            ("publication=nobody", set()),
            ("section=home-news", {f}),
            ("topic=floods", {f}),
            ("from=2020", {b}),
            ("to=2019", {f}),
            ("from=2019-05&to=2019-05-30", {f}),
            ("q=before:2020", {f}),
            ("q=after:2020", {b}),
            ("q=-after:2020", {f, o}),
            ("q=flood+OR+before:2020", {f, b}),
            ("kind=direct", {f, b}),
            ("kind=answer", set()),
            ("language=en", {f, b, o}),
            ("-language=en", set()),
            ("checked=rule", {f, b}),
            ("checked=person", set()),
            ("copies=one", {f, b, o}),
            ("q=*", set()),
            ("q=%22river%22+OR+headline:taxes+OR+quote:money", {f, o}),
        ]:
            with self.subTest(query):
                self.assertEqual(self.found(query), expected)

    def test_who_is_quoted_must_be_who_says_the_words(self):
        # Both are quoted in the article on the flood; the money is spoken of by the other.
        for words in (
            'speaker:"Ada Okafor" quote:"no money"',
            'quote:money speaker:"Ada Okafor"',
            "(speaker:ada-okafor money) quote:money",
        ):
            self.assertEqual(self.found(f"q={quote_plus(words)}"), set(), words)
        self.assertEqual(self.found("speaker=ada-okafor&q=quote:money"), set())
        self.assertEqual(self.found(f"q={quote_plus('speaker:ben-thole quote:money')}"), {self.flood.pk})

    def test_quotes(self):
        r, m, s = self.rebuild.pk, self.money.pk, self.safe.pk
        for query, expected in [
            ("", {r, m, s}),
            ("q=bridge", {r, s}),
            ("q=bridge+speaker:ada-okafor", {r}),
            ("q=headline:flood", {r, m}),
            ("q=-bridge", {m}),
            ("speaker=ben-thole", {m, s}),
            ("q=%22the+bridge%22", {r, s}),
            ("publication=northmoor-post", {s}),
            ("from=2020", {s}),
        ]:
            with self.subTest(query):
                self.assertEqual(self.found(query, scope="quotes"), expected)
        self.assertEqual(self.found("q=bridge", scope="speaker", speaker=self.ben), {s})
        self.assertEqual(set(ask("", "speaker", self.ben).ids), {m, s})
