"""Slugs of speakers whose names have no Latin letters."""

import io
import tempfile
from pathlib import Path
from urllib.parse import quote

from django.core.management import call_command
from django.test import TestCase

from articles.models import OldAddress, Speaker
from tests.factories import make_article, make_quote


class NamesInOtherScriptsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        with tempfile.TemporaryDirectory() as folder:
            table = Path(folder) / "speakers.csv"
            table.write_text("name,description\n林白山,mayor\nИлья Брасков,baker\n", encoding="utf-8")
            call_command("import_speakers", str(table), stdout=io.StringIO(), stderr=io.StringIO())
        cls.mayor = Speaker.objects.get(name="林白山")
        article = make_article(body="“The river is high,” said 林白山.")
        cls.quote = make_quote(article, "The river is high,", speaker=cls.mayor)

    def test_the_import_keeps_the_name_in_the_slug(self):
        slugs = set(Speaker.objects.values_list("slug", flat=True))
        self.assertEqual(slugs, {"林白山", "илья-брасков"})

    def test_the_page_answers_at_the_name(self):
        address = f"/speakers/{quote('林白山')}/"
        self.assertEqual(self.mayor.get_absolute_url(), address)
        self.assertContains(self.client.get(address), "The river is high,")

    def test_the_profile_answers_too(self):
        self.assertEqual(self.client.get(f"/speakers/{quote('林白山')}/profile/").status_code, 200)

    def test_the_parameter_and_the_json_know_the_slug(self):
        answer = self.client.get("/quotes/", {"speaker": "林白山", "format": "json"}).json()
        found = [result["speaker"]["slug"] for result in answer["results"]]
        self.assertEqual(found, ["林白山"])

    def test_an_excluded_speaker_is_excluded(self):
        answer = self.client.get("/quotes/", {"-speaker": "林白山", "q": "river", "format": "json"}).json()
        self.assertEqual(answer["count"], 0)

    def test_the_comparison_takes_the_slug(self):
        response = self.client.get(
            "/speakers/compare/", {"q": "river", "speaker": ["林白山", "илья-брасков"]}, follow=True
        )
        self.assertContains(response, "林白山")

    def test_a_former_slug_redirects(self):
        OldAddress.objects.create(
            kind="speaker", address="speaker", target="speaker", target_id=self.mayor.pk
        )
        response = self.client.get("/speakers/speaker/")
        self.assertRedirects(response, self.mayor.get_absolute_url(), 301)

    def test_a_name_that_nobody_has_finds_nothing_and_says_so(self):
        response = self.client.get("/quotes/", {"q": "river", "speaker": "a b"})
        self.assertContains(response, "We have no speaker called “a b”")
        self.assertEqual(response.context["page"].answer.count, 0)
