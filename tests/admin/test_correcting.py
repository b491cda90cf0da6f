"""Every way to correct a quote leaves the same rows."""

import datetime as dt
from itertools import count

from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from articles import reader_reports
from articles.models import Article, NameDecision, Quote, Report
from tests.admin.desk import confirmed, fields_of, log_in, make_user, open_form, post_confirmed, send
from tests.factories import make_article, make_quote, make_speaker, make_turn

BODY = "Who opened the gate?\n\nThe gate was open. It was open all night."
WORDS = "The gate was open. It was open all night."
SHORTER = "It was open all night."
NUMBERS = count(1)


class CorrectingCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("chief editor")
        cls.wrong, cls.right = make_speaker("Tom Jones"), make_speaker("Ivor Jones")

    def setUp(self):
        self.client = log_in(self.editor)

    def public_quote(self, headline="The gate"):
        """A published answer that a rule attributed to the wrong speaker."""
        body = f"{BODY}\n\n{headline}, number {next(NUMBERS)}."
        article = make_article(headline=headline, body=body, quotes_state="rule")
        turn = make_turn(article, WORDS, "answer", source="Jones", speaker=self.wrong, confidence=0.9)
        return make_quote(
            article, WORDS, kind="answer", turn=turn, speaker=self.wrong, source="Jones",
            name_as_printed="Jones", role_as_printed="keeper of the gate", rule="turn", confidence=0.95,
            decided_through="command", decided_at=timezone.now(),
        )  # fmt: skip

    def proposal(self, headline="The gate"):
        """A proposed answer whose name was once linked to the wrong speaker."""
        quote = self.public_quote(headline)
        decision, _ = NameDecision.objects.get_or_create(
            name="Jones", meaning="speaker", speaker=self.wrong, decided_by=self.editor,
            defaults={"decided_at": timezone.now()},
        )  # fmt: skip
        Quote.objects.filter(pk=quote.pk).update(
            status="pending", first_public_at=None, decided_at=None, decided_through="",
            name_decision=decision,
        )  # fmt: skip
        quote.refresh_from_db()
        return quote

    def rows(self, quote):
        """The rows that a correction leaves, without ids and times."""
        quote.refresh_from_db()
        own = {"id", "article_id", "turn_id", "first_public_at", "decided_at", "suffix"}
        columns = {k: v for k, v in Quote.objects.filter(pk=quote.pk).values()[0].items() if k not in own}
        article = Article.objects.get(pk=quote.article_id)
        return {
            **columns,
            "decided": quote.decided_at and timezone.now() - quote.decided_at < dt.timedelta(minutes=5),
            "turn": quote.turn.speaker_id,
            "before": list(quote.events.values_list("speaker", "standing", "text")),
            "turn_before": list(quote.turn.events.values_list("speaker", flat=True)),
            "state": article.quotes_state,
            "saves": article.version,
        }

    def at_the_desk(self, quote, **answers):
        fields = open_form(self.client, quote.article)
        return send(
            self.client, quote.article, {**fields, **{f"{k}-{quote.pk}": v for k, v in answers.items()}}
        )

    def in_the_table(self, quote, **fields):
        url = reverse("admin:articles_quote_change", args=[quote.pk])
        form = fields_of(self.client.get(url).content.decode(), "quote_form")
        return confirmed(self.client, self.client.post(url, {**form, **fields}))

    def report(self, quote, what):
        found = reader_reports.found_by(
            reader_reports.receive(quote, what, "It was another.", reader_reports.new_token())
        )
        return found

    def by_report(self, quote, what, **fields):
        report = self.report(quote, what)
        url = reverse("admin:desk-report", args=[report.pk])
        seen = fields_of(self.client.get(url).content.decode(), "ruling")["seen"]
        given = {
            "outcome": Report.Outcome.OURS,
            "reason": "We read the label wrongly.",
            "seen": seen,
            **fields,
        }
        return post_confirmed(self.client, url, given)


class SpeakerTests(CorrectingCase):
    def corrected(self, way, make=None):
        make = make or self.public_quote
        quote = make()
        if way == "desk":
            self.at_the_desk(quote, s="Ivor Jones", k="named")
        elif way == "table":
            self.in_the_table(quote, speaker=self.right.pk)
        elif way == "report":
            self.by_report(quote, "speaker", speaker="Ivor Jones", who="named")
        elif way == "like another":
            first = make("Another gate")
            self.at_the_desk(first, s="Ivor Jones", k="named")
            self.client.post(reverse("admin:propagate-correction", args=[first.pk]), {"quote": quote.pk})
        elif way == "given over":
            url = reverse("admin:desk-splitting", args=[self.wrong.pk])
            post_confirmed(self.client, url, {"quote": quote.pk, "to": f"#{self.right.pk}"})
        return self.rows(quote)

    def test_a_speaker_corrected_at_the_desk_is_told_to_readers(self):
        rows = self.corrected("desk")
        self.assertEqual((rows["speaker_id"], rows["turn"]), (self.right.pk, self.right.pk))
        told = (rows["standing"], rows["decided_by_id"], rows["decided_through"], rows["speaker_corrected"])
        self.assertEqual(told, ("corrected", self.editor.pk, "desk", True))
        self.assertEqual(rows["before"], [(self.wrong.pk, "unreviewed", WORDS)])

    def test_a_speaker_corrected_in_any_other_way_leaves_the_same_rows(self):
        desk = self.corrected("desk")
        for way in ("table", "report", "like another", "given over"):
            with self.subTest(way):
                self.assertEqual(self.corrected(way), desk)

    def test_a_proposal_with_a_corrected_speaker_has_no_role_and_no_name_decision_of_the_wrong_one(self):
        rows = self.corrected("desk", self.proposal)
        self.assertEqual((rows["speaker_id"], rows["turn"]), (self.right.pk, self.right.pk))
        self.assertEqual((rows["role_as_printed"], rows["name_decision_id"]), ("", None))
        self.assertEqual((rows["status"], rows["speaker_corrected"]), ("pending", True))

    def test_the_speaker_of_a_proposal_corrected_in_any_other_way_leaves_the_same_rows(self):
        desk = self.corrected("desk", self.proposal)
        for way in ("table", "like another", "given over"):
            with self.subTest(way):
                self.assertEqual(self.corrected(way, self.proposal), desk)


class PublicationsErrorTests(CorrectingCase):
    """The publication named the wrong speaker."""

    def marked(self, way):
        quote = self.public_quote()
        if way == "table":
            self.in_the_table(quote, standing="misattributed", speaker=self.right.pk)
        elif way == "report":
            papers = {"outcome": Report.Outcome.PAPERS}
            self.by_report(quote, "speaker", speaker="Ivor Jones", who="named", **papers)
        else:
            first = self.public_quote("Another gate")
            self.in_the_table(first, standing="misattributed", speaker=self.right.pk)
            self.client.post(reverse("admin:propagate-correction", args=[first.pk]), {"quote": quote.pk})
        return self.rows(quote)

    def test_every_way_to_mark_it_leaves_the_same_rows(self):
        table = self.marked("table")
        self.assertEqual((table["speaker_id"], table["credited_to_id"]), (self.right.pk, self.wrong.pk))
        for way in ("report", "like another"):
            with self.subTest(way):
                self.assertEqual(self.marked(way), table)


class DateTests(CorrectingCase):
    def test_the_date_said_corrected_in_the_table_and_by_a_report_leaves_the_same_rows(self):
        one, other = self.public_quote(), self.public_quote("Another gate")
        self.in_the_table(one, said_on="2019-05-01", said_precision="month")
        self.by_report(other, "date", said="2019-05")
        table = self.rows(one)
        self.assertEqual((str(table["said_on"]), table["standing"]), ("2019-05-01", "corrected"))
        self.assertEqual(self.rows(other), table)


class WordsTests(CorrectingCase):
    def test_the_role_of_the_wrong_speaker_is_not_given_to_the_right_one(self):
        quote = self.public_quote()
        self.at_the_desk(quote, s="Ivor Jones", k="named")
        self.assertNotContains(self.client.get(quote.get_absolute_url()), "keeper of the gate")
        quote.refresh_from_db()
        self.assertEqual((quote.speaker, quote.role_as_printed), (self.right, ""))

    def test_words_corrected_at_the_desk_and_by_a_report_leave_the_same_rows(self):
        one, other = self.public_quote(), self.public_quote("Another gate")
        self.at_the_desk(one, w=SHORTER)
        self.by_report(other, "words", words=SHORTER)
        desk, report = self.rows(one), self.rows(other)
        self.assertEqual(
            (desk["text"], desk["standing"], desk["words_corrected"]), (SHORTER, "corrected", True)
        )
        self.assertEqual(report, desk)


class TableTests(CorrectingCase):
    def test_a_fact_corrected_in_the_table_is_told_to_readers(self):
        quote = self.public_quote()
        self.in_the_table(quote, channel="written")
        quote.refresh_from_db()
        self.assertEqual(
            (quote.channel, quote.standing, quote.decided_by), ("written", "corrected", self.editor)
        )

    def test_a_wrong_credit_keeps_whom_the_newspaper_named(self):
        quote = self.public_quote()
        self.in_the_table(quote, standing="misattributed", speaker=self.right.pk)
        quote.refresh_from_db()
        self.assertEqual(
            (quote.standing, quote.speaker, quote.credited_to), ("misattributed", self.right, self.wrong)
        )

    def test_a_wrong_credit_needs_another_speaker_or_none(self):
        quote = self.public_quote()
        self.assertContains(
            self.in_the_table(quote, standing="misattributed"), "Choose the correct speaker, or none"
        )

    def test_what_follows_from_an_act_cannot_be_chosen(self):
        page = self.client.get(reverse("admin:articles_quote_change", args=[self.public_quote().pk]))
        form = page.context["adminform"].form
        self.assertEqual(
            [value for value, _ in form.fields["standing"].choices],
            ["unreviewed", "confirmed", "disputed", "misattributed", "withdrawn"],
        )
        for name in ("status", "text", "spans", "credited_to", "decided_by", "decided_at", "first_public_at"):
            self.assertNotIn(name, form.fields)

    def test_of_a_quote_that_is_not_accepted_nothing_is_said(self):
        quote = self.public_quote()
        Quote.objects.filter(pk=quote.pk).update(status="pending", first_public_at=None)
        self.assertContains(
            self.in_the_table(quote, standing="withdrawn"), "Accept the quote before you change its status."
        )

    def test_the_speaker_of_another_label_is_refused_beside_the_field(self):
        quote = self.public_quote()
        turn = make_turn(
            quote.article, "Who opened the gate?", "question", source="Ivor Jones", labelled=True
        )
        make_quote(quote.article, "Who opened the gate?", kind="question", turn=turn, speaker=self.right)
        self.assertContains(
            self.in_the_table(quote, speaker=self.right.pk), "Ivor Jones asks questions in this interview"
        )
