"""fetch_sources prints one line for each source that is due, and fails only for faults of the program."""

import io
from unittest import mock

import pytest
from django.core.management import CommandError, call_command
from django.test import TestCase

from articles.fetching import sandbox
from articles.fetching.http_client import Answered, Page
from articles.models import Article, AuditEntry, ImportBatch, Source, SourceState
from articles.sources import linked_pages
from tests.factories import make_source
from tests.sources.feeds import FEED, Web, item, rss, slow_feed
from tests.sources.test_linked_pages import serve_pages, summary


class FetchSourcesTests(TestCase):
    def setUp(self):
        self.web = Web()
        self.source = make_source(url=FEED)

    def run_command(self, *options):
        """What was printed, and the exit code."""
        out, code = io.StringIO(), 0
        with mock.patch("articles.sources.run.fetch", self.web):
            try:
                call_command("fetch_sources", *options, stdout=out)
            except SystemExit as ended:
                code = ended.code
        return out.getvalue().splitlines(), code

    def test_it_imports_what_is_due_and_says_so_in_one_line_for_each_source(self):
        make_source("Broken")
        make_source("Quiet", paused=True)
        lines, code = self.run_command()
        batch = ImportBatch.objects.get()
        self.assertEqual(
            lines,
            [
                "Broken: no answer for https://courier.example/broken.xml.",
                f"Courier news: 1 added, 0 changed, 0 rejected (import {batch.pk})",
            ],
        )
        self.assertEqual(code, 0)
        self.assertEqual(AuditEntry.objects.filter(kind="import").get().what, "Courier news")

    def test_what_is_not_due_is_left_unless_it_is_named(self):
        self.run_command()
        self.assertEqual(self.run_command(), (["No source is due."], 0))
        self.assertEqual(self.run_command("--source", "courier NEWS"), (["Courier news: nothing new"], 0))

    def test_a_paused_source_runs_if_it_is_named(self):
        Source.objects.update(paused=True)
        self.assertIn("1 added", self.run_command("--source", "Courier news")[0][0])

    def test_a_dry_run_says_what_would_be_imported(self):
        self.assertEqual(
            self.run_command("--dry-run"), (["Courier news: would be: 1 added, 0 changed, 0 rejected"], 0)
        )
        self.assertFalse(Article.objects.exists())

    def test_a_fault_of_the_program_ends_with_1_after_the_other_sources(self):
        self.web.answers[FEED] = ZeroDivisionError("a bug")
        make_source("Zeal", url="https://courier.example/z.xml")
        with self.assertLogs("articles.sources.run", "ERROR"):
            lines, code = self.run_command()
        self.assertEqual((len(lines), code), (2, 1))

    def test_a_fault_of_a_source_does_not(self):
        self.web.answers[FEED] = Answered("courier.example answered 500.", 500)
        self.assertEqual(self.run_command(), (["Courier news: courier.example answered 500."], 0))

    def test_a_feed_made_to_be_slow_ends_at_the_limit_and_the_others_run(self):
        def answer_with(feed, seconds):
            def answer(wanted):
                self.enterContext(mock.patch.object(sandbox, "SECONDS", seconds))
                return Page(feed, "text/xml", FEED)

            return answer

        slow = "https://courier.example/a.xml"
        make_source("Able", url=slow)
        self.web.answers |= {slow: answer_with(slow_feed(), 1), FEED: answer_with(rss(item()), 300)}
        lines, code = self.run_command()
        said = "The feed is too large or too complex: it could not be read within 1 seconds."
        self.assertEqual(lines[0], f"Able: {said}")
        self.assertIn("1 added", lines[1])
        self.assertEqual(code, 0)
        self.assertEqual(SourceState.objects.get(source__name="Able").fault, said)

    def test_a_website_that_is_too_slow_for_a_run_is_named_and_the_others_run(self):
        slow = "https://courier.example/a.xml"
        make_source("Able", url=slow, pages=True)
        serve_pages(self.web, 1, forbidden="/private/")
        self.web.answers[slow] = rss(summary(1))
        with mock.patch.object(linked_pages.LinkedPages, "_time_left", side_effect=linked_pages.OutOfTime):
            lines, code = self.run_command()
        said = "1 wait for the next run: the website was too slow for the 120 seconds of a run"
        self.assertEqual(lines[0], f"Able: nothing new; {said}")
        self.assertIn("1 added", lines[1])
        self.assertEqual(code, 0)

    def test_what_editors_change_before_its_turn_counts(self):
        make_source("Able", url="https://courier.example/a.xml", publish=True)
        make_source("Baker", url="https://courier.example/b.xml", publish=True)

        def changes_the_other(wanted):
            Source.objects.filter(name="Baker").update(publish=False)
            return Page(rss(item(1)), "text/xml", FEED)

        self.web.answers |= {
            "https://courier.example/a.xml": changes_the_other,
            "https://courier.example/b.xml": rss(item(2)),
        }
        self.run_command()
        self.assertEqual(Article.objects.get(external_id="courier-2").status, "draft")

    def test_a_name_that_no_source_has_is_refused(self):
        with pytest.raises(CommandError, match="no source called"):
            call_command("fetch_sources", "--source", "Nothing")
