"""A feed is imported as one batch in each run, and nothing twice."""

import datetime as dt
import json
from dataclasses import replace
from unittest import mock

from django.test import TestCase

from articles.fetching.http_client import Answered, NoAnswer, Page
from articles.fetching.sandbox import read_items
from articles.fetching.url_policy import Refused
from articles.ingest.advisory_locks import only_one
from articles.models import (
    Article,
    AuditEntry,
    ImportBatch,
    Publication,
    RawDocument,
    Source,
    SourceState,
    clock,
)
from articles.operations.dump import dump
from articles.operations.integrity import faults
from articles.sources import feeds, fetch_source, troubles
from tests.factories import make_article, make_publication, make_section, make_source
from tests.sources.feeds import FEED, Web, item, read_items_here, rss


class FeedCase(TestCase):
    def setUp(self):
        self.web = Web()
        self.enterContext(mock.patch.object(feeds, "read_items", read_items_here))
        self.source = make_source(url=FEED)

    def run_source(self, **options):
        self.source.refresh_from_db()
        return fetch_source(self.source, web=self.web, **options)

    @property
    def state(self):
        return SourceState.objects.get(source=self.source)

    def feed(self, *items):
        self.web.answers[FEED] = rss(*items)


class TakingTests(FeedCase):
    def test_the_first_run_makes_one_batch_of_drafts(self):
        self.feed(item(1), item(2))
        result = self.run_source()
        batch = ImportBatch.objects.get()
        self.assertEqual((result.batch, batch.source, batch.rows_added), (batch, "Courier news", 2))
        self.assertIsNotNone(batch.finished_at)
        self.assertEqual(set(Article.objects.values_list("status", flat=True)), {"draft"})
        self.assertEqual(set(batch.source_items.values_list("source", flat=True)), {self.source.pk})
        self.assertEqual(list(faults()), [])

    def test_all_articles_are_of_its_publication_whatever_the_feed_is_called(self):
        self.feed(item(1, source="Another Paper"))
        self.run_source()
        self.assertEqual(Article.objects.get().publication.name, "Selwy Courier")
        self.assertEqual(Publication.objects.count(), 1)

    def test_two_publications_of_one_name_are_told_apart(self):
        make_publication("Selwy Courier", slug="selwy-courier-1890")
        self.run_source()
        self.assertEqual(Article.objects.get().publication, self.source.publication)

    def test_its_section_and_language_are_for_articles_that_name_none(self):
        sport = make_section("Sport")
        Source.objects.update(section=sport, language="pl")
        self.run_source()
        article = Article.objects.get()
        self.assertEqual((article.section, article.language), (sport, "pl"))

    def test_it_publishes_if_editors_say_so(self):
        Source.objects.update(publish=True)
        self.feed(item(1), item(2, pubDate="Thu, 30 May 2999 10:00:00 GMT"))
        self.run_source()
        found = dict(Article.objects.values_list("headline", "status"))
        self.assertEqual(found, {"The river rises, part 1": "usable", "The river rises, part 2": "draft"})

    def test_items_that_were_read_before_a_limit_come_in_and_the_fault_says_so(self):
        given = read_items(rss(item(1)), 10)
        cut = replace(given, format="", limit="could not be read within 10 seconds")
        with mock.patch.object(feeds, "read_items", return_value=cut):
            result = self.run_source()
        said = "The feed is too large or too complex: it could not be read within 10 seconds."
        self.assertEqual((result.counts.added, result.fault), (1, said))

    def test_a_run_with_nothing_new_makes_no_batch(self):
        self.run_source()
        self.assertEqual(self.run_source().batch, None)
        self.assertEqual((ImportBatch.objects.count(), Article.objects.count()), (1, 1))

    def test_only_what_is_new_is_read_by_the_next_run(self):
        self.feed(item(1))
        self.run_source()
        self.feed(item(2), item(1))
        result = self.run_source()
        self.assertEqual((result.counts.read, result.counts.added), (1, 1))
        self.assertEqual(Article.objects.count(), 2)

    def test_articles_that_the_archive_has_make_no_batch(self):
        make_article(
            headline="The river rises, part 1", external_id="courier-1", status="draft",
            body="“The river is high,” said Osric Pell, who farms there, 1 times.",
        )  # fmt: skip
        result = self.run_source()
        self.assertEqual((result.counts.present, result.batch), (1, None))
        self.assertEqual((Article.objects.count(), ImportBatch.objects.count()), (1, 0))

    def test_what_was_known_before_the_first_new_article_is_counted_in_the_batch(self):
        self.feed(item(1))
        self.run_source()
        self.source.items.all().delete()
        self.feed(item(2), item(1))
        batch = self.run_source().batch
        self.assertEqual((batch.rows_read, batch.rows_present, batch.rows_added), (2, 1, 1))

    def test_a_text_that_changes_is_taken_only_if_editors_say_so(self):
        self.run_source()
        changed = item(
            1, **{"content:encoded": "<p>“The river is low,” said Osric Pell, who farms there.</p>"}
        )
        self.feed(changed)
        self.run_source()
        self.assertIn("high", Article.objects.get().body)
        Source.objects.update(changed="update")
        self.source.items.all().delete()
        self.run_source()
        self.assertIn("low", Article.objects.get().body)

    def test_an_undone_import_does_not_come_back_by_itself(self):
        from articles.ingest.pipeline.rollback import rollback_batch

        rollback_batch(self.run_source().batch)
        self.run_source()
        self.assertEqual(Article.objects.count(), 0)

    def test_atom_and_json_feeds_are_read_too(self):
        entry = "<entry><id>a</id><title>Weir opens</title><content>It was opened early.</content></entry>"
        atom = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>C</title>{entry}</feed>'
        said = {"id": "b", "title": "Gates close", "content_text": "They were closed late."}
        for raw in (
            atom.encode(),
            json.dumps(
                {"version": "https://jsonfeed.org/version/1.1", "title": "C", "items": [said]}
            ).encode(),
        ):
            self.web.answers[FEED] = raw
            self.assertEqual(self.run_source().counts.added, 1)

    def test_the_raw_item_and_where_it_came_from_are_stored(self):
        self.run_source()
        raw = RawDocument.objects.get()
        self.assertEqual(raw.origin, FEED)
        self.assertIn(b"<guid>", bytes(raw.bytes))

    def test_a_summary_is_imported_with_a_warning(self):
        self.feed(item(1, **{"content:encoded": "", "description": "The river is high …"}))
        self.run_source()
        self.assertIn("only a summary", str(Article.objects.get().extra["warnings"]))

    def test_a_dry_run_stores_nothing(self):
        result = self.run_source(dry_run=True)
        self.assertEqual(result.counts.added, 1)
        self.assertFalse(Article.objects.exists() or SourceState.objects.exists())
        self.assertFalse(self.source.items.exists() or ImportBatch.objects.exists())

    def test_a_dump_has_the_source_and_what_it_has_taken(self):
        self.run_source()
        tables = {line.split(",")[0] for line in dump()}
        for name in ("source", "sourcestate", "sourceitem"):
            self.assertIn(f'["articles_{name}"', tables)

    def test_it_does_not_run_twice_at_once(self):
        with only_one(f"source {self.source.pk}"):
            self.assertTrue(self.run_source().busy)
        self.assertEqual((self.web.asked, Article.objects.count()), ([], 0))

    def test_a_run_that_was_killed_is_completed_by_the_next(self):
        self.feed(*(item(n) for n in range(1, 4)))
        with self.assertRaises(KeyboardInterrupt), self.settings(), _killed_after_storing():
            self.run_source()
        self.assertEqual(self.run_source().busy, False)
        self.assertEqual(Article.objects.count(), 3)
        self.assertEqual(list(faults()), [])


def _killed_after_storing():
    return mock.patch("articles.sources.reading.Taking.stored_up_to", side_effect=KeyboardInterrupt)


class ConditionalTests(FeedCase):
    def test_the_next_run_asks_only_for_changes(self):
        self.web.answers[FEED] = Page(rss(item()), "text/xml", FEED, '"one"', "Thu, 30 May 2019 10:00:00 GMT")
        self.run_source()
        self.web.answers[FEED] = Page(b"", "", FEED, '"one"', unchanged=True)
        self.assertEqual(self.run_source().fault, "")
        wanted = self.web.wanted[-1]
        self.assertEqual((wanted.etag, wanted.last_modified), ('"one"', "Thu, 30 May 2019 10:00:00 GMT"))
        self.assertEqual(self.state.etag, '"one"')

    def test_after_a_fault_the_whole_feed_is_asked_for(self):
        self.web.answers[FEED] = Page(rss(item())[:-16], "text/xml", FEED, '"one"')
        self.assertIn("damaged", self.run_source().fault)
        self.assertEqual((self.state.etag, Article.objects.count()), ("", 1))


class FaultTests(FeedCase):
    def reasons(self):
        return [(one.source.name, one.reason, one.runs) for one in troubles()]

    def test_a_fault_is_listed_with_the_number_of_runs_until_one_succeeds(self):
        self.web.answers[FEED] = NoAnswer("courier.example did not send the page within 30 seconds.")
        self.run_source()
        since = self.state.fault_since
        self.run_source()
        said = "courier.example did not send the page within 30 seconds."
        self.assertEqual(self.reasons(), [("Courier news", said, 2)])
        self.assertEqual((troubles()[0].since, self.state.last_success_at), (since, None))
        self.feed(item())
        self.run_source()
        self.assertEqual(self.reasons(), [])

    def test_each_further_fault_doubles_the_time_to_the_next_run_up_to_a_day(self):
        self.web.answers[FEED] = Answered("courier.example answered 500.", 500)
        hours = []
        for _ in range(7):
            self.run_source()
            hours.append(round((self.state.next_run_at - clock.now()) / dt.timedelta(hours=1)))
        self.assertEqual(hours, [1, 2, 4, 8, 16, 24, 24])

    def test_the_server_may_ask_for_more_time(self):
        self.web.answers[FEED] = Answered("courier.example answered 429.", 429, retry_after=7200)
        now = clock.now()
        with mock.patch("articles.models.clock.now", return_value=now):
            self.run_source()
        self.assertEqual(self.state.next_run_at - now, dt.timedelta(hours=2))

    def test_what_is_no_feed_is_named(self):
        for raw, what in (
            (b"<!doctype html><title>Courier</title><p>Sign in", "a web page"),
            (b"", "empty"),
            (b"\x89PNG\r\n\x1a\n" + bytes(50), "picture"),
            (b'{"error": "no such feed"}', "a file of another format"),
        ):
            self.web.answers[FEED] = raw
            self.assertIn(what, self.run_source().fault)
        self.assertFalse(Article.objects.exists() or ImportBatch.objects.exists())

    def test_an_address_inside_is_refused_by_the_fetcher(self):
        Source.objects.update(url="http://127.0.0.1/feed.xml")
        self.source.refresh_from_db()
        self.assertEqual(fetch_source(self.source).fault, "127.0.0.1 is not on the public web.")

    def test_a_feed_that_is_gone_is_paused_and_stays_listed(self):
        self.web.answers[FEED] = Answered("courier.example answered 410 Gone.", 410)
        self.run_source()
        self.source.refresh_from_db()
        self.assertTrue(self.source.paused)
        self.assertIn("gone for good", self.reasons()[0][1])
        self.assertFalse(Source.objects.due(clock.now()).exists())
        entry = AuditEntry.objects.filter(kind="act").latest("pk")
        self.assertEqual((entry.what, entry.through), ("Paused Courier news: the feed is gone", "command"))

    def test_a_feed_that_has_moved_is_read_and_its_new_link_proposed(self):
        there = "https://courier.example/feed/"
        self.web.answers[FEED] = Page(rss(item()), "text/xml", there, moved_to=there)
        self.run_source()
        self.source.refresh_from_db()
        self.assertEqual((self.source.url, self.state.moved_to), (FEED, there))
        self.assertEqual(self.reasons(), [("Courier news", f"The feed has moved to {there}", None)])

    def test_rejected_items_are_listed_once_and_as_long_as_the_feed_has_them(self):
        bad = item(9, title="")
        self.feed(bad, item(1))
        batch = self.run_source().batch
        self.assertEqual((batch.rows_added, batch.rows_bad), (1, 1))
        self.run_source()
        self.assertEqual(ImportBatch.objects.count(), 1)
        self.assertEqual(self.reasons(), [("Courier news", "1 row was rejected: headline: is missing", None)])
        self.feed(item(1))
        self.run_source()
        self.assertEqual(self.reasons(), [])

    def test_an_error_of_the_program_is_noted_and_ends_nothing(self):
        self.web.answers[FEED] = ZeroDivisionError("a bug")
        with self.assertLogs("articles.sources.run", "ERROR"):
            result = self.run_source()
        self.assertTrue(result.program_error)
        self.assertIn("Our software failed", self.reasons()[0][1])

    def test_characters_that_cannot_be_stored_end_no_run(self):
        self.web.answers[FEED] = Refused("It says \0 and \ud800.")
        self.assertEqual(self.run_source().fault, "It says  and \ufffd.")
        self.assertEqual(self.reasons()[0][1], "It says  and \ufffd.")

    def test_an_item_that_cannot_be_stored_is_rejected_with_its_reason(self):
        row = {"id": "1", "title": "Weir \ud800 opens", "content_text": "It rained. " * 20}
        feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Courier", "items": [row]}
        self.web.answers[FEED] = json.dumps(feed).encode()
        self.assertEqual(self.run_source().counts.bad, 1)
        self.assertEqual(self.source.items.get().name, "Weir \ufffd opens")
        self.assertIn("bytes that are not UTF-8", self.reasons()[0][1])

    def test_of_very_many_new_items_the_oldest_are_taken_first_and_the_others_wait(self):
        self.feed(item(3), item(2), item(1))
        with mock.patch.object(feeds, "MOST_NEW", 2):
            first, second = self.run_source(), self.run_source()
        self.assertEqual((first.counts.added, first.waiting), (2, 1))
        self.assertEqual((second.counts.added, second.waiting), (1, 0))

    def test_a_feed_with_too_many_items_says_so(self):
        self.feed(item(3), item(2), item(1))
        with mock.patch.object(feeds, "MOST_ITEMS", 2):
            self.assertEqual(self.run_source().counts.added, 2)
        self.assertIn("more than 2 items", self.reasons()[0][1])

    def test_what_editors_change_while_it_runs_is_not_overwritten(self):
        def moved(wanted):
            Source.objects.update(url="https://courier.example/all.xml")
            return Page(rss(item()), "text/xml", FEED, '"one"')

        self.web.answers[FEED] = moved
        self.run_source()
        self.assertEqual((self.state.etag, self.state.next_run_at), ("", None))

    def test_a_paused_source_has_no_faults_and_is_not_due(self):
        self.web.answers[FEED] = Refused("no")
        self.run_source()
        Source.objects.update(paused=True)
        self.assertEqual(self.reasons(), [])
        self.assertFalse(Source.objects.due(clock.now() + dt.timedelta(days=9)).exists())
