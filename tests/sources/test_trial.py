"""A trial reads a source by the code of a run, stores nothing, and says what a run would do."""

import datetime as dt
import os
import tempfile
import time
from pathlib import Path
from unittest import mock

from django.apps import apps
from django.db import connection
from django.test import TestCase, override_settings
from django.test.utils import CaptureQueriesContext

from articles.fetching.http_client import Answered, NoAnswer, Page
from articles.models import Article, Source, SourceState
from articles.models.audit import audit_context
from articles.sources import fetch_source, linked_pages, trial, try_source
from tests.admin.desk import make_user
from tests.factories import make_article, make_publication
from tests.sources.feeds import FEED, Web, item, rss
from tests.sources.test_linked_pages import serve_pages, summary

NO_DATE = {"pubDate": ""}


def counts():
    return {model: model._base_manager.count() for model in apps.get_app_config("articles").get_models()}


class TrialCase(TestCase):
    def setUp(self):
        self.web = Web()
        self.source = Source(
            name="Courier news", url=FEED, publication=make_publication(time_zone="Europe/Dublin")
        )

    def feed(self, *items):
        self.web.answers[FEED] = rss(*items)

    def trial(self):
        return try_source(self.source, self.web)

    def first(self):
        return self.trial().articles[0]


class FeedTrialTests(TrialCase):
    def test_the_first_five_articles_are_those_at_the_top_of_the_feed(self):
        self.feed(*(item(n) for n in range(1, 9)))
        found = self.trial()
        self.assertEqual((found.reading.entries, found.checked, found.counts.added), (8, 8, 8))
        headlines = [one.parsed.headline for one in found.articles]
        self.assertEqual(headlines, [f"The river rises, part {n}" for n in range(1, 6)])
        self.assertEqual((found.articles[0].words, found.articles[0].result), (12, "new: a draft"))

    def test_nothing_is_written(self):
        self.source.save()
        fetch_source(self.source, web=self.web)
        self.feed(item(1), item(2), item(3, title=""))
        before = counts(), Source.objects.values().get(), SourceState.objects.values().get()
        with CaptureQueriesContext(connection) as queries:
            self.trial()
        written = [one["sql"] for one in queries if one["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
        self.assertEqual(written, [])
        self.assertEqual(
            (counts(), Source.objects.values().get(), SourceState.objects.values().get()), before
        )

    def test_it_reads_the_whole_feed_and_not_only_what_is_new(self):
        self.web.answers[FEED] = Page(rss(item()), "text/xml", FEED, '"one"')
        self.source.save()
        fetch_source(self.source, web=self.web)
        found = self.trial()
        self.assertEqual(self.web.wanted[-1].etag, "")
        article = Article.objects.get()
        self.assertEqual((found.counts.present, found.articles[0].other), (1, article.pk))
        self.assertEqual(found.articles[0].result, "already in the archive")

    def test_what_it_says_is_what_a_run_does(self):
        kept = make_article(external_id="courier-1", headline="The river rises, part 1", body="Another text.")
        self.feed(item(1), item(2), item(3, pubDate="Thu, 30 May 2999 10:00:00 GMT"), item(4, title=""))
        self.source.publication = kept.publication
        for changed, words in (("skip", "or text; not changed"), ("update", "or text; replaced")):
            self.source.publish, self.source.changed = True, changed
            found = self.trial()
            results = [one.result for one in found.articles]
            self.assertIn(words, results[0])
            self.assertEqual(results[1:], ["new: published at once", "new: a draft"])
            self.assertEqual(
                [one.text for one in found.faults if one.consequence == "rejected"], ["headline: is missing"]
            )
        self.source.save()
        done = fetch_source(self.source, web=self.web).counts
        self.assertEqual((done.added, done.changed, done.bad), (2, 1, 1))
        self.assertEqual((found.counts.added, found.counts.changed, found.counts.bad), (2, 1, 1))

    def test_each_date_says_how_it_was_found(self):
        for fields, date, how in (
            ({}, "2019-05-30", "given by the feed"),
            ({"pubDate": "Thu, 30 May 2019 23:30:00 GMT"}, "2019-05-31", "given by the feed"),
            (NO_DATE, "", "the feed gives none"),
            ({"pubDate": "31/31/2019"}, "", "the feed gives none"),
            ({**NO_DATE, "updated": "2019-06-01T10:00:00Z"}, "2019-06-01", "the time of the last change"),
        ):
            with self.subTest(fields):
                self.feed(item(1, **fields))
                one = self.first()
                self.assertEqual(one.date, date)
                self.assertIn(how, one.date_found)

    def test_an_entry_that_is_twice_in_the_feed_is_named(self):
        self.feed(item(1, guid=""), item(1))
        self.assertEqual(
            [one.result for one in self.trial().articles], ["new: a draft", "twice in the source"]
        )

    def test_a_problem_of_many_entries_is_one_line_with_their_number(self):
        self.feed(
            *(item(n, **{"content:encoded": "", "description": f"Rain, part {n} …"}) for n in range(1, 8))
        )
        (found,) = self.trial().faults
        self.assertIn("only a summary", found.text)
        self.assertEqual(
            (found.number, found.headline, found.consequence), (7, "The river rises, part 1", "imported")
        )

    def test_what_its_source_has_not_published_is_named(self):
        kind = '<category scheme="http://blog.example/2005#kind" term="http://blog.example/kind#comment"/>'
        self.feed(item(1).replace("</item>", f"{kind}</item>"), item(2))
        found = self.trial()
        self.assertEqual(
            (found.counts.added, [one.consequence for one in found.faults]), (1, ["not imported"])
        )
        self.assertIn("a comment is not an article", found.faults[0].text)

    def test_an_article_on_which_an_editor_has_worked_is_not_changed(self):
        self.source.save()
        fetch_source(self.source, web=self.web)
        with audit_context(user=make_user("editor").pk, through="desk"):
            Article.objects.update(headline="The river rises at Selwy")
        self.source.changed = "update"
        self.feed(item(1, **{"content:encoded": "<p>“The river is even,” said Osric Pell, who farms.</p>"}))
        found = self.trial()
        self.assertEqual([one.consequence for one in found.faults], ["not changed"])
        self.assertIn("an editor has worked on it", found.articles[0].result)

    def test_what_is_wrong_with_the_source_is_said_as_a_run_says_it(self):
        for answer, said in (
            (
                b"<!doctype html><title>Courier</title><p>Sign in",
                "There is no feed at this link. It is a web page",
            ),
            (Answered("courier.example answered 410 Gone.", 410), "courier.example answered 410 Gone."),
            (NoAnswer("courier.example did not answer."), "courier.example did not answer."),
            (rss(item())[:-16], "The feed is damaged"),
        ):
            self.web.answers[FEED] = answer
            self.assertIn(said, self.trial().fault)

    def test_the_address_is_checked_by_the_fetcher_of_runs(self):
        self.source.url = "http://127.0.0.1/feed.xml"
        self.assertEqual(try_source(self.source).fault, "127.0.0.1 is not on the public web.")

    def test_an_error_of_the_program_is_logged_and_said(self):
        self.web.answers[FEED] = ZeroDivisionError("a bug")
        with self.assertLogs("articles.sources.run", "ERROR"):
            self.assertIn("Our software failed", self.trial().fault)

    def test_a_feed_that_has_moved_is_named(self):
        there = "https://courier.example/feed/"
        self.web.answers[FEED] = Page(rss(item()), "text/xml", there, moved_to=there)
        self.assertEqual(self.trial().reading.moved_to, there)

    def test_it_checks_no_more_articles_than_it_has_time_for(self):
        self.feed(*(item(n) for n in range(1, 21)))
        with mock.patch.object(trial, "SECONDS", -1):
            found = self.trial()
        self.assertEqual((found.checked, found.stopped, found.reading.entries), (5, True, 20))

    def test_an_empty_feed_is_no_fault(self):
        self.feed()
        found = self.trial()
        self.assertEqual((found.fault, found.could_read, found.reading.entries), ("", True, 0))


class LinkedPageTrialTests(TrialCase):
    def setUp(self):
        super().setUp()
        self.source.pages = True
        self.enterContext(mock.patch.object(linked_pages.time, "sleep"))
        serve_pages(self.web, 8, forbidden="/2")

    def test_the_pages_of_the_first_five_are_fetched_as_in_a_run(self):
        self.feed(*map(summary, range(1, 9)), item(9))
        found = self.trial()
        self.assertEqual((len(found.articles), found.reading.waiting), (5, 3))
        self.assertNotIn("https://courier.example/2", self.web.asked)
        self.assertNotIn("https://courier.example/6", self.web.asked)
        self.assertEqual(found.articles[0].page, "fetched")
        self.assertGreater(found.articles[0].words, 50)
        self.assertIn("robots.txt of courier.example does not allow it", found.articles[1].page)

    def test_an_article_with_its_text_in_the_feed_needs_no_page(self):
        self.feed(item(1))
        self.assertEqual(self.first().page, "not needed: the feed has the text")

    def test_without_the_option_the_page_says_that_it_is_not_fetched(self):
        self.source.pages = False
        self.feed(summary(1))
        self.assertIn("the option is off", self.first().page)

    def test_a_date_from_the_page_is_called_that(self):
        url = "https://courier.example/1"
        dated = self.web.answers[url].raw.replace(
            b"</h1>", b'</h1><time datetime="2019-06-02">2 June 2019</time>'
        )
        self.web.answers[url] = Page(dated, "text/html; charset=utf-8", url)
        self.feed(summary(1).replace("Thu, 30 May 2019 10:00:00 GMT", ""))
        one = self.first()
        self.assertEqual((one.date, "that of the linked page" in one.date_found), ("2019-06-02", True))

    def test_after_its_time_no_further_page_is_fetched(self):
        self.feed(*map(summary, (1, 3)))
        with mock.patch.object(trial, "SECONDS", -1):
            found = self.trial()
        self.assertEqual((found.articles, found.reading.waiting), ([], 2))


class FolderTrialTests(TestCase):
    def setUp(self):
        home = tempfile.TemporaryDirectory()
        self.addCleanup(home.cleanup)
        self.enterContext(override_settings(SOURCES_FOLDER=home.name))
        self.folder = Path(home.name) / "courier"
        self.folder.mkdir()
        self.source = Source(name="Files", kind="folder", folder="courier", publication=make_publication())

    def put(self, name, text, age=3600):
        path = self.folder / name
        path.write_text(text)
        os.utime(path, (time.time() - age,) * 2)

    def test_files_and_the_articles_in_them_are_counted(self):
        self.put("a.csv", "headline,body,published_on\nWeir opens,It rained.,2019-05-30\nGates close,Dry.,\n")
        self.put("b.txt", "Snow falls\n\n2 June 2019\n\nIt snowed in the valley for two days.\n")
        with mock.patch("articles.sources.folders.SETTLE_SECONDS", 0):
            found = try_source(self.source)
        self.assertEqual((found.reading.entries, found.checked, found.counts.added), (2, 3, 3))
        dates = [(one.date, one.date_found) for one in found.articles]
        self.assertEqual(
            dates,
            [
                ("2019-05-30", "given in the file"),
                ("", "the file gives none"),
                ("2019-06-02", "read in the file"),
            ],
        )
        self.assertEqual({one.page for one in found.articles}, {""})
        self.assertFalse(Article.objects.exists())

    def test_a_file_without_a_headline_is_named(self):
        self.put("a.txt", "x")
        with mock.patch("articles.sources.folders.SETTLE_SECONDS", 0):
            (found,) = try_source(self.source).faults
        self.assertEqual((found.headline, found.consequence), ("courier/a.txt", "rejected"))

    def test_files_that_are_still_written_are_counted_apart(self):
        self.put("a.txt", "Snow falls\n\nIt snowed in the valley for two days.\n")
        found = try_source(self.source)
        self.assertEqual((found.reading.entries, found.reading.unfinished, found.checked), (1, 1, 0))

    def test_a_folder_that_is_missing_is_a_fault(self):
        self.source.folder = "else"
        self.assertIn("The folder cannot be opened", try_source(self.source).fault)


class SameHeadlineTrialTests(TrialCase):
    def test_an_entry_that_may_be_a_new_version_is_said_to_become_a_draft(self):
        there = make_article(
            headline="The river rises, part 1", body="Other words.", published_on=dt.date(2019, 5, 30),
            publication=self.source.publication,
        )  # fmt: skip
        self.source.publish = True
        self.feed(item(1, guid="", link=""))
        found = self.trial()
        one = found.articles[0]
        self.assertEqual((one.result, one.other), ("new: a draft, perhaps a new version", there.pk))
        self.assertIn(f"may be a new version of article {there.pk}", found.faults[0].text)
