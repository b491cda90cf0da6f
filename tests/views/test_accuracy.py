"""The page of accuracy: shares checked and without speaker, and precision on a random sample."""

import datetime as dt

from django.contrib.auth.models import User
from django.test import TestCase
from django.utils import timezone

from articles.accuracy import sample
from articles.accuracy.precision import LEAST
from tests.accuracy.test_sample import make_proposals
from tests.admin.desk import make_user
from tests.factories import make_article, make_quote, make_speaker

URL = "/about/accuracy/"
WORDS = "“The gate is shut,” she said. “The keys are lost,” she added. “Call the mayor,” she asked."


def judge(number: int, right: int) -> None:
    """Draw and judge this number of quotes; the first are right."""
    editor = make_user("editor")
    make_proposals(number, speaker=make_speaker())
    sample.draw(by=editor)
    for at in range(number):
        sample.judge(sample.take_next(editor).pk, "right" if at < right else "speaker", by=editor)


class SharesTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        editor, ada = User.objects.create(username="editor"), make_speaker("Ada Okafor")
        old = make_article(body=WORDS, publication="Bight Mail", published_on=dt.date(2015, 3, 1))
        new = make_article(body=WORDS, publication="Selwy Courier", published_on=None)
        read = {"decided_by": editor, "decided_at": timezone.now()}
        make_quote(old, "The gate is shut,", speaker=ada, **read)
        make_quote(old, "The keys are lost,", speaker=ada)
        make_quote(old, "Call the mayor,")
        make_quote(new, "The gate is shut,")
        # Neither is public.
        make_quote(new, "Call the mayor,", status="pending")
        make_quote(make_article(body=WORDS, status="draft", publication="Secret Paper"), "Call the mayor,")

    def test_it_counts_the_public_quotes_by_year_and_publication(self):
        found = self.client.get(URL, {"format": "json"}).json()
        self.assertEqual((found["quotes"], found["checked"], found["without_speaker"]), (4, 1, 2))
        self.assertEqual(found["years"], [
            {"year": 2015, "quotes": 3, "checked": 1, "without_speaker": 1},
            {"year": None, "quotes": 1, "checked": 0, "without_speaker": 1},
        ])  # fmt: skip
        self.assertEqual(
            [(one["name"], one["quotes"], one["without_speaker"]) for one in found["publications"]],
            [("Bight Mail", 3, 1), ("Selwy Courier", 1, 1)],
        )

    def test_the_page_shows_the_same_numbers_in_three_statements(self):
        with self.assertNumQueries(3):
            page = self.client.get(URL)
        self.assertContains(page, "checked by an editor (1 of 4 quotes)")
        self.assertContains(page, "with no known speaker (2 quotes)")
        self.assertNotContains(page, "Secret Paper")

    def test_an_unknown_format_is_refused(self):
        self.assertEqual(self.client.get(URL, {"format": "xml"}).status_code, 400)

    def test_the_page_about_the_archive_leads_to_it_and_has_the_same_shares(self):
        page = self.client.get("/about/")
        self.assertContains(page, f'href="{URL}"')
        self.assertContains(page, "25% of the quotes have been checked")


class EmptyArchiveTests(TestCase):
    def test_it_says_that_there_are_no_quotes(self):
        self.assertContains(self.client.get(URL), "There are no quotes yet.")
        self.assertEqual(self.client.get(URL, {"format": "json"}).json()["quotes"], 0)


class SampleTests(TestCase):
    def test_too_small_a_sample_gives_no_figure_and_says_how_many_are_needed(self):
        judge(LEAST - 1, LEAST - 1)
        page = self.client.get(URL)
        self.assertContains(page, "no figure yet, 1 more judgement needed")
        self.assertNotContains(page, "confidence interval")
        found = self.client.get(URL, {"format": "json"}).json()
        self.assertEqual(found["sample"], {"judged": 99, "cannot_tell": 0, "needed": 1, "precision": None})
        self.assertEqual([one["sample"] for one in found["publications"]], [None])

    def test_a_large_sample_gives_precision_with_its_interval_by_rule_confidence_and_newspaper(self):
        judge(LEAST, 90)
        page = self.client.get(URL)
        self.assertContains(page, "90 of 100; 95% confidence interval 82.6 to 94.5%")
        self.assertContains(page, "Wrong speaker: 10")
        found = self.client.get(URL, {"format": "json"}).json()
        figures = {"judged": 100, "right": 90, "precision": 0.9, "interval": [0.8256, 0.9448]}
        self.assertEqual(found["sample"]["rules"], [{"rule": "tail", **figures}])
        self.assertEqual(found["sample"]["confidence"], [{"band": "0.9 or more", **figures}])
        self.assertEqual(found["sample"]["errors"], {"speaker": 10, "words": 0, "no_quote": 0})
        self.assertEqual(found["publications"][0]["sample"], figures)

    def test_a_judgement_that_could_not_tell_counts_neither_way(self):
        editor = make_user("editor")
        make_proposals(2)
        sample.draw(by=editor)
        for verdict in ("unclear", "right"):
            sample.judge(sample.take_next(editor).pk, verdict, by=editor)
        found = self.client.get(URL, {"format": "json"}).json()["sample"]
        self.assertEqual((found["judged"], found["cannot_tell"], found["needed"]), (1, 1, 99))
