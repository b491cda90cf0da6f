"""Reader reports: submission, rate limits, resolution, undo, retention."""

import datetime as dt
import io
from unittest import mock

from django.core.management import CommandError, call_command
from django.db import connection
from django.test import TestCase
from django.utils import timezone

from articles import reader_reports
from articles.models import Article, Notice, Quote, Report, SenderTally
from articles.reader_reports.submit import MOST_OF_ALL, MOST_OF_ONE, _sender
from articles.revisions.undo import revert
from tests.admin.desk import make_user
from tests.factories import make_article, make_quote, make_speaker, make_turn

BODY = "The gate was late.\n\n“Nobody had asked us,” he said. “Nobody ever does.”"


class ReceivingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.article = make_article(body=BODY)
        cls.quote = make_quote(cls.article, "Nobody had asked us,")

    def test_its_token_alone_finds_it_and_is_stored_nowhere(self):
        token = reader_reports.receive(
            self.quote, "speaker", "It was the warden.", reader_reports.new_token()
        )
        self.assertGreaterEqual(len(token), 22)
        self.assertEqual(reader_reports.found_by(token).quote, self.quote)
        self.assertIsNone(reader_reports.found_by(token[:-1]))
        with connection.cursor() as cursor:
            cursor.execute("SELECT row_to_json(t)::text FROM articles_report t")
            self.assertNotIn(token, cursor.fetchone()[0])

    def test_the_same_form_sent_twice_is_one_report(self):
        token = reader_reports.new_token()
        found = [reader_reports.receive(self.quote, "words", "", token) for _ in range(2)]
        self.assertEqual(found, [token, token])
        self.assertEqual(Report.objects.count(), 1)

    def test_another_report_on_a_form_that_somebody_kept_gets_a_token_of_its_own(self):
        token = reader_reports.new_token()
        reader_reports.receive(self.quote, "words", "One thing.", token)
        other = reader_reports.receive(self.quote, "words", "Another thing.", token)
        self.assertNotEqual(other, token)
        self.assertEqual(reader_reports.found_by(other).remark, "Another thing.")
        self.assertEqual(reader_reports.found_by(token).remark, "One thing.")

    def test_a_report_on_an_article_has_no_quote(self):
        token = reader_reports.receive(self.article, "date", "", reader_reports.new_token())
        self.assertEqual(
            (reader_reports.found_by(token).article, reader_reports.found_by(token).quote),
            (self.article, None),
        )


class SenderTests(TestCase):
    def setUp(self):
        # All in the same hour.
        self.enterContext(mock.patch("articles.models.clock.now", return_value=timezone.now()))

    def test_one_sender_may_send_so_many_in_an_hour_and_others_are_unaffected(self):
        self.assertEqual(
            [reader_reports.may_send("192.0.2.7") for _ in range(MOST_OF_ONE + 2)][-3:], [True, False, False]
        )
        self.assertTrue(reader_reports.may_send("192.0.2.8"))

    def test_addresses_of_one_network_of_ipv6_are_one_sender(self):
        for number in range(MOST_OF_ONE):
            reader_reports.may_send(f"2001:db8:1:2::{number + 1:x}")
        self.assertFalse(reader_reports.may_send("2001:db8:1:2:aaaa::1"))
        self.assertTrue(reader_reports.may_send("2001:db8:1:3::1"))

    def test_all_senders_together_are_limited_too(self):
        hour = timezone.now().replace(minute=0, second=0, microsecond=0)
        SenderTally.objects.create(sender="", hour=hour, times=MOST_OF_ALL)
        self.assertFalse(reader_reports.may_send("192.0.2.9"))
        self.assertEqual(SenderTally.objects.count(), 1)

    def test_no_address_is_stored_and_two_hours_do_not_show_the_same_sender(self):
        reader_reports.may_send("192.0.2.7")
        now = SenderTally.objects.exclude(sender="").get()
        self.assertRegex(now.sender, r"^[0-9a-f]{64}$")
        self.assertNotEqual(_sender("192.0.2.7", now.hour + dt.timedelta(hours=1)), now.sender)

    def test_counts_of_yesterday_are_dropped_with_the_next_report(self):
        old = timezone.now() - dt.timedelta(hours=26)
        SenderTally.objects.create(sender="ab" * 32, hour=old, times=3)
        reader_reports.may_send("192.0.2.7")
        self.assertFalse(SenderTally.objects.filter(sender="ab" * 32).exists())


class DecidingTests(TestCase):
    def setUp(self):
        self.editor = make_user()
        self.pell, self.tolland = make_speaker("Osric Pell"), make_speaker("Mira Tolland")
        self.article = make_article(body=BODY)
        self.quote = make_quote(
            self.article, "Nobody had asked us,", speaker=self.pell, source="he", standing="confirmed"
        )
        self.quote.refresh_from_db()

    def report(self, what="speaker", about=None):
        about = about or self.quote
        return reader_reports.found_by(
            reader_reports.receive(about, what, "It is another.", reader_reports.new_token())
        )

    def decide(self, outcome, *told, **fields):
        return reader_reports.decide(
            told or [self.report()], reader_reports.Ruling(outcome, "For a reason.", **fields), by=self.editor
        )

    def stored(self):
        return Quote.objects.values().get(pk=self.quote.pk)

    def dates(self):
        return Article.objects.values("published_on", "published_precision").get(pk=self.article.pk)

    def test_our_mistake_corrects_the_quote_and_says_so_in_a_dated_notice(self):
        before = Article.objects.get(pk=self.article.pk).version
        self.decide("ours", speaker=self.tolland)
        quote = Quote.objects.get(pk=self.quote.pk)
        self.assertEqual((quote.speaker, quote.credited_to), (self.tolland, None))
        self.assertEqual((quote.standing, quote.decided_by), ("corrected", self.editor))
        notice = Notice.objects.get()
        self.assertEqual((notice.quote, notice.whose, notice.text), (quote, "ours", "For a reason."))
        self.assertGreater(Article.objects.get(pk=self.article.pk).version, before)

    def test_the_papers_mistake_keeps_whom_it_named_and_gives_the_words_to_nobody(self):
        self.decide("the paper's")
        quote = Quote.objects.get(pk=self.quote.pk)
        self.assertEqual((quote.speaker, quote.credited_to), (None, self.pell))
        self.assertEqual((quote.standing, quote.source, quote.source_as_name), ("misattributed", "he", ""))
        self.assertEqual(Notice.objects.get().whose, "the paper's")

    def test_an_answers_turn_goes_with_it(self):
        talk = make_article(body="Why?\n\nNobody knows.")
        turn = make_turn(talk, "Nobody knows.", "answer", speaker=self.pell)
        answer = make_quote(talk, "Nobody knows.", kind="answer", turn=turn, speaker=self.pell)
        self.decide("ours", self.report(about=answer), speaker=self.tolland)
        turn.refresh_from_db()
        self.assertEqual(turn.speaker, self.tolland)

    def test_wrong_words_of_ours_stand_where_the_paper_has_them(self):
        start = BODY.index("Nobody ever does.")
        spans = (tuple(self.quote.spans[0]), (start, start + 17))
        self.decide("ours", self.report("words"), spans=spans, whole=(self.quote.start, start + 17))
        quote = Quote.objects.get(pk=self.quote.pk)
        self.assertEqual(quote.text, "Nobody had asked us, […] Nobody ever does.")
        self.assertEqual(quote.speaker, self.pell)

    def test_wrong_words_of_the_paper_stay_as_printed_and_are_disputed(self):
        self.decide("the paper's", self.report("words"))
        quote = Quote.objects.get(pk=self.quote.pk)
        self.assertEqual((quote.text, quote.standing), (self.quote.text, "disputed"))

    def test_a_wrong_date_is_put_right_in_the_article_or_in_when_it_was_said(self):
        day = dt.date(2018, 4, 1)
        self.decide("ours", self.report("date"), printed=(day, "month"), said=(day, "day"))
        article, quote = Article.objects.get(pk=self.article.pk), Quote.objects.get(pk=self.quote.pk)
        self.assertEqual((article.published_on, article.published_precision), (day, "month"))
        self.assertEqual((quote.said_on, quote.said_precision), (day, "day"))

    def test_a_refused_report_changes_nothing_and_tells_nobody_else(self):
        before = self.stored()
        self.decide("refused")
        self.assertEqual(self.stored(), before)
        self.assertFalse(Notice.objects.exists())
        self.assertEqual(Report.objects.get().reason, "For a reason.")

    def test_reports_that_say_the_same_are_one_group_and_one_decision(self):
        same, again, other = self.report(), self.report(), self.report("words")
        self.assertEqual(
            [(g.first, g.number) for g in reader_reports.waiting(reader_reports.rows_in(""))],
            [(same.pk, 2), (other.pk, 1)],
        )
        self.decide("refused", same, again)
        self.assertEqual(
            [(one.report, one.number) for one in reader_reports.decided(reader_reports.rows_in("refused"))],
            [(same, 2)],
        )
        self.assertEqual({name: n for name, _, n in reader_reports.tabs()}["refused"], 2)

    def test_what_somebody_else_has_decided_is_not_decided_again(self):
        report = self.report()
        self.decide("refused", report)
        before = self.stored()
        with self.assertRaises(reader_reports.AlreadyDecided):
            self.decide("ours", report, speaker=self.tolland)
        self.assertEqual(self.stored(), before)

    def test_every_decision_can_be_taken_back(self):
        day, first = (dt.date(2018, 4, 1), "day"), (self.quote.start, self.quote.start + 6)
        for what, outcome, fields in [
            ("speaker", "ours", {"speaker": self.tolland}),
            ("speaker", "the paper's", {}),
            ("words", "ours", {"spans": (first,), "whole": first}),
            ("words", "the paper's", {}),
            ("date", "ours", {"printed": day, "said": day}),
            ("other", "ours", {}),
            ("speaker", "refused", {}),
        ]:
            with self.subTest(what=what, outcome=outcome):
                report, before = self.report(what), self.stored()
                dates = self.dates()
                done = revert(self.decide(outcome, report, **fields))
                self.assertEqual(done.left, [])
                self.assertEqual(self.stored(), before)
                self.assertEqual(
                    Article.objects.values("published_on", "published_precision").get(pk=self.article.pk),
                    dates,
                )
                report.refresh_from_db()
                self.assertEqual((report.outcome, report.reason, report.notice), ("", "", None))
                self.assertFalse(Notice.objects.exists())

    def test_what_was_changed_since_is_left_and_named(self):
        key = self.decide("ours", speaker=self.tolland)
        Quote.objects.filter(pk=self.quote.pk).update(speaker=make_speaker("Ruth Embry"))
        self.assertIn(self.quote, revert(key).left)


class KeepingTests(TestCase):
    def test_what_readers_wrote_is_blanked_in_time_and_no_history_keeps_it(self):
        quote = make_quote(make_article(body=BODY), "Nobody had asked us,")
        report = reader_reports.found_by(
            reader_reports.receive(quote, "words", "I, Ilmar, was there.", reader_reports.new_token())
        )
        reader_reports.decide([report], reader_reports.Ruling("refused", "No."), by=make_user())
        err = io.StringIO()
        call_command("purge_reports", stderr=err)
        self.assertEqual(Report.objects.get().remark, "I, Ilmar, was there.")
        Report.objects.update(decided_at=timezone.now() - dt.timedelta(days=181))
        call_command("purge_reports", stderr=err)
        self.assertIn("messages of 1 reports", err.getvalue())
        report = Report.objects.get()
        self.assertEqual((report.remark, report.reason), ("", "No."))
        self.assertIsNotNone(report.remark_blanked_at)
        with connection.cursor() as cursor:
            cursor.execute("SELECT string_agg(row_to_json(t)::text, ' ') FROM articles_reportevent t")
            self.assertNotIn("Ilmar", cursor.fetchone()[0])

    def test_no_longer_than_the_form_promises(self):
        with self.assertRaises(CommandError):
            call_command("purge_reports", months=reader_reports.RETENTION_MONTHS + 1)
