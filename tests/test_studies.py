"""What the guide for researchers and the search help say of the sample archive is so."""

import re
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from django.test import TestCase

from articles.models import Article
from articles.operations.sample_data import load_samples
from articles.search.query.syntax_reference import GROUPS, PLAIN_WORDS

GUIDE = (Path(__file__).parents[1] / "docs" / "researchers.md").read_text(encoding="utf-8")
STUDIES = GUIDE.partition("## Three studies")[2].partition("\n## ")[0]
STEP = re.compile(r"^\|[^|]+\| `(?P<address>/[^`]+)` \| (?P<found>[\d,]+) \|$", re.MULTILINE)


class SampleArchiveTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_samples()

    def found(self, address: str) -> dict:
        path, query = urlsplit(address).path, parse_qsl(urlsplit(address).query)
        return self.client.get(path, [*query, ("format", "json")]).json()

    def test_every_step_finds_as_many_as_the_guide_says(self):
        steps = STEP.findall(STUDIES)
        self.assertEqual(len(steps), 15)
        for address, number in steps:
            with self.subTest(address):
                self.assertEqual(self.found(address)["count"], int(number))

    def test_each_operator_has_an_example_that_finds_something(self):
        groups = self.client.get("/help/search/").context["groups"]
        examples = [example for _, group in groups for example in group]
        chosen = {operator.example(PLAIN_WORDS) for group in GROUPS for operator in group.operators}
        self.assertEqual({example.text for example in examples}, chosen)
        self.assertNotIn(0, [example.count for example in examples])

    def test_the_sample_archive_is_as_large_as_the_guide_says(self):
        self.assertIn(
            f"({Article.objects.published().count()} published articles from six invented publications)",
            STUDIES,
        )

    def test_what_the_studies_conclude_is_so(self):
        oldest = self.found("/quotes/?q=gauge&sort=oldest")["results"][0]
        self.assertTrue(oldest["article"]["published_at"].startswith("2014"))
        short, long = self.found('/quotes/?q="before the siren"&sort=oldest')["results"]
        self.assertEqual({short["speaker"]["slug"]}, {long["speaker"]["slug"]})
        self.assertLess(len(short["text"]), len(long["text"]))
        self.assertEqual(self.found("/quotes/?topic=corran-dam&checked=rule")["count"], 8)
        answers = self.found("/quotes/?topic=corran-dam&speaker=hedda-brask&kind=answer")
        self.assertEqual(answers["count"], 6)
