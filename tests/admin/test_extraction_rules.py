"""Acceptance statistics of the extraction rules, and disabled rules."""

import datetime as dt

from django.test import TestCase
from django.urls import reverse

from articles.extraction.evaluation.confidence import RATES
from articles.ingest.pipeline.drafts import fill_draft, start_draft
from articles.ingest.pipeline.parse import extract
from articles.ingest.proposals import refresh
from articles.ingest.proposals.acceptance_stats import by_confidence, by_publication, by_rule, proposed
from articles.models import Quote, RuleSwitch
from articles.parsing import ParsedArticle
from articles.presenters.rule_names import RULES, rule_name
from tests.admin.desk import (
    cells,
    log_in,
    make_draft,
    make_talk,
    make_user,
    open_form,
    propose,
    review_url,
    send,
)
from tests.factories import make_article, make_publication, make_speaker
from tests.ingest.readings import store

BODY = "“The river is high,” said Osric Pell. Report {}."


class TallyTests(TestCase):
    def setUp(self):
        self.client = log_in(make_user("editor"))
        self.article = make_draft()
        self.first, self.second = propose(self.article)
        Quote.objects.filter(pk=self.first.pk).update(rule="tail", name_as_printed="Osric Pell")
        Quote.objects.filter(pk=self.second.pk).update(rule="head", name_as_printed="Mira Tolland")

    def answer(self, **answers):
        fields = open_form(self.client, self.article)
        for name, value in answers.items():
            fields[f"{name[0]}-{(self.first, self.second)[int(name[1]) - 1].pk}"] = value
        send(self.client, self.article, fields)

    def tally(self, label):
        one = {tally.label: tally for tally in by_rule(proposed())}[label]
        return one.accepted, one.corrected, one.rejected

    def test_what_stands_as_proposed_is_right(self):
        self.answer(d1="accept", d2="reject")
        self.assertEqual((self.tally("tail"), self.tally("head")), ((1, 0, 0), (0, 0, 1)))

    def test_other_words_and_another_speaker_are_corrections(self):
        self.answer(d1="accept", w1="We had the cows out", d2="accept", s2="Hedda Brask", k2="new")
        self.assertEqual((self.tally("tail"), self.tally("head")), ((0, 1, 0), (0, 1, 0)))

    def test_a_correction_saved_before_the_decision_counts_as_well(self):
        self.answer(w1="We had the cows out")
        self.answer(d1="accept")
        self.assertEqual(self.tally("tail"), (0, 1, 0))

    def test_a_speaker_given_where_none_was_proposed_is_no_correction(self):
        Quote.objects.update(name_as_printed="")
        self.answer(d1="accept", s1="Osric Pell", k1="new")
        self.assertEqual(self.tally("tail"), (1, 0, 0))

    def test_a_flipped_turn_is_a_correction(self):
        self.article = make_talk()
        self.article.quotes.update(rule="inferred")
        fields = open_form(self.client, self.article)
        send(self.client, self.article, fields, f"flip:{self.article.turns.first().pk}")
        self.article.quotes.accept(by=make_user("chief editor"), through="desk")
        self.assertEqual(self.tally("inferred"), (3, 1, 0))

    def test_the_page_shows_precision_by_rule_confidence_and_newspaper(self):
        self.answer(d1="accept", d2="reject")
        self.assertEqual([(t.label, t.precision) for t in by_confidence(proposed())], [
            ("0.7 to 0.8", 0.0), ("0.9 or more", 1.0),
        ])  # fmt: skip
        self.assertEqual([(t.label, t.decided, t.precision) for t in by_publication(proposed())], [
            ("Selwy Courier", 2, 0.5),
        ])  # fmt: skip
        page = self.client.get(reverse("admin:desk-rules"), {"publication": "selwy-courier"})
        self.assertIn("50.0%", cells(page))
        self.assertContains(page, "Name after the quote")
        self.assertContains(page, "90% sure or more")

    def test_every_rule_has_a_name_that_says_what_it_does(self):
        rules = {classes[2].removeprefix("weak-") for classes in RATES if len(classes) > 2}
        self.assertEqual(rules - RULES.keys(), set())

    def test_what_a_rule_accepted_counts_neither_for_nor_against(self):
        Quote.objects.filter(pk=self.first.pk).update(status="accepted", decided_through="batch")
        tally = {tally.label: tally for tally in by_rule(proposed())}["tail"]
        self.assertEqual((tally.decided, tally.by_rule, tally.precision), (0, 1, None))


class SwitchTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.chief = make_user("chief editor")
        cls.paper = make_publication("Selwy Courier")
        cls.article = make_article(body=BODY.format(0), publication=cls.paper)
        refresh.propose(cls.article)
        cls.rule = Quote.objects.get().rule

    def setUp(self):
        self.client, self.url = log_in(self.chief), reverse("admin:desk-rules")

    def switch_off(self, since=""):
        fields = {"rule": self.rule, "publication": self.paper.pk, "since": since}
        return self.client.post(self.url, fields, follow=True)

    def proposals(self, number, **fields):
        article = make_article(body=BODY.format(number), **{"publication": self.paper, **fields})
        return refresh.propose(article)

    def test_from_its_day_on_the_rule_proposes_nothing_in_that_newspaper(self):
        page = self.switch_off("2019-01-01")
        self.assertContains(page, f"Turned off {rule_name(self.rule)} in Selwy Courier.")
        self.assertEqual(self.proposals(1, published_on=dt.date(2019, 1, 1)), 0)
        self.assertEqual(self.proposals(2, published_on=dt.date(2018, 12, 31)), 1)
        self.assertEqual(self.proposals(3, published_on=None), 1)
        self.assertEqual(self.proposals(4, publication="Northmoor Post"), 1)
        self.assertEqual(refresh.propose(self.article), 0)

    def test_without_a_day_it_is_off_in_every_article(self):
        self.switch_off()
        self.assertEqual(self.proposals(1, published_on=None), 0)

    def test_an_import_and_a_paste_honour_it(self):
        self.switch_off()
        parsed = ParsedArticle(headline="Imported", body=BODY.format(9), publication="Selwy Courier")
        stored = store(parsed, extract(parsed))
        self.assertEqual(stored.quotes.count(), 0)
        draft = start_draft(f"Rain again\n\nSelwy Courier, 30 May 2019\n\n{BODY.format(8)}")
        fill_draft(draft)
        self.assertEqual((draft.publication, draft.quotes.count()), (self.paper, 0))

    def paste_without_a_paper(self, number=7):
        draft = start_draft(f"Rain again\n\n{BODY.format(number)}")
        fill_draft(draft)
        self.assertEqual((draft.publication, draft.quotes.count()), (None, 1))
        return draft

    def test_it_is_honoured_when_the_newspaper_is_named_at_the_desk(self):
        self.switch_off("2019-01-01")
        draft = self.paste_without_a_paper()
        named = {"publication": str(self.paper.pk), "date": "2019-05-30"}
        page = self.client.post(
            review_url(draft), open_form(self.client, draft) | named | {"do": "draft"}, follow=True
        )
        self.assertContains(
            page, f"1 undecided quote removed. Turned off in Selwy Courier: {rule_name(self.rule)}."
        )
        self.assertEqual(draft.quotes.count(), 0)

    def test_accepting_together_passes_over_what_is_switched_off_where_the_paper_is_named_with_it(self):
        self.switch_off()
        draft = self.paste_without_a_paper()
        Quote.objects.filter(article=draft).update(speaker=make_speaker(), confidence=0.95)
        named = {"publication": str(self.paper.pk), "date": "2019-05-30"}
        send(self.client, draft, open_form(self.client, draft) | named, "all")
        self.assertEqual(draft.quotes.count(), 0)

    def test_what_an_editor_has_answered_and_what_another_paper_printed_stay(self):
        self.switch_off("2019-01-01")
        for number, named in enumerate(
            (
                {"publication": str(self.paper.pk), "date": "2018-12-31"},
                {"publication": str(make_publication("Northmoor Post").pk), "date": "2019-05-30"},
            )
        ):
            draft = self.paste_without_a_paper(number + 20)
            send(self.client, draft, open_form(self.client, draft) | named)
            self.assertEqual(draft.quotes.count(), 1)
        draft = self.paste_without_a_paper(30)
        named = {"publication": str(self.paper.pk), "date": "2019-05-30"}
        answered = {f"s-{draft.quotes.get().pk}": "Hedda Brask", f"k-{draft.quotes.get().pk}": "new"}
        send(self.client, draft, open_form(self.client, draft) | named | answered)
        self.assertEqual(draft.quotes.count(), 1)

    def test_what_stood_before_the_rule_was_switched_off_stays_when_the_article_is_saved(self):
        self.switch_off()
        send(self.client, self.article, open_form(self.client, self.article) | {"headline": "Otherwise"})
        self.assertEqual(self.article.quotes.count(), 1)

    def test_it_is_switched_on_again(self):
        self.switch_off()
        self.client.post(self.url, {"back": RuleSwitch.objects.get().pk})
        self.assertEqual(self.proposals(1), 1)
        self.assertIsNotNone(RuleSwitch.objects.get().taken_back_at)

    def test_switched_off_twice_the_second_holds(self):
        self.switch_off("2019-01-01")
        self.switch_off("2020-01-01")
        self.assertEqual(RuleSwitch.objects.active().get().since, dt.date(2020, 1, 1))

    def test_only_a_chief_editor_switches(self):
        self.client = log_in(make_user("editor"))
        self.assertEqual(self.switch_off().status_code, 403)
        self.assertNotContains(self.client.get(self.url), "Turn off</button>")

    def test_a_rule_that_is_none_is_refused(self):
        fields = {"rule": "nonsense", "publication": self.paper.pk, "since": "soon"}
        page = self.client.post(self.url, fields)
        self.assertContains(page, "Enter a valid date")
        self.assertEqual(RuleSwitch.objects.count(), 0)


class HandbookTests(TestCase):
    def test_the_thirty_examples_are_a_page_of_the_desk(self):
        page = log_in(make_user("reader")).get(reverse("admin:guidelines"))
        self.assertIn("30", cells(page))
        self.assertContains(page, "“<b>We had the cows out,</b>” said Osric Pell.")
