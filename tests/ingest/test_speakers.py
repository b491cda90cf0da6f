"""A table of speakers creates, completes and leaves; again it changes nothing; it is rolled back as one."""

import datetime as dt

from django.test import TestCase

from articles.ingest.pipeline.rollback import rollback_batch
from articles.ingest.speakers.import_table import import_speakers, read_table
from articles.models import Alias, ImportBatch, ImportError, Role, Speaker
from articles.speakers.merge import merge
from tests.factories import make_article, make_quote, make_speaker

HEADER = "name,kind,description,sort_name,aliases,roles,wikidata,noindex\n"
ADA = "Ada Okafor,,mayor of Selwy,,Ada Pell|former,mayor|Selwy|2010|2014,Q4711,\n"


class TableCase(TestCase):
    def bring_in(self, *rows, **options):
        _, lines = read_table((HEADER + "".join(rows)).encode())
        return import_speakers(lines, source="people.csv", **options)

    def state(self):
        return [list(model.objects.order_by("pk").values()) for model in (Speaker, Alias, Role)]


class MakingTests(TableCase):
    def test_a_new_name_is_made_with_all_that_the_row_says(self):
        done = self.bring_in(ADA, "Selwy Council,organisation,,,,,,yes\n")
        ada, council = Speaker.objects.order_by("pk")
        self.assertEqual(
            (ada.sort_name, ada.description, ada.slug), ("Okafor, Ada", "mayor of Selwy", "ada-okafor")
        )
        self.assertEqual(ada.same_as, "https://www.wikidata.org/wiki/Q4711")
        self.assertEqual(list(ada.aliases.values_list("name", "kind")), [("Ada Pell", "former")])
        (role,) = ada.roles.all()
        self.assertEqual((str(role), role.until), ("mayor, Selwy", dt.date(2014, 12, 31)))
        self.assertEqual((council.kind, council.noindex), ("organisation", True))
        self.assertEqual((done.made, done.changed, done.present, done.faults), (2, 0, 0, []))
        self.assertEqual((done.batch.rows_read, done.batch.speakers_created), (2, 2))

    def test_brought_in_again_nothing_changes(self):
        rows = (ADA, "a clerk,unnamed,,,,,,\n", "Mira Tolland,,,,M. Tolland,keeper|Weir||,,\n")
        self.bring_in(*rows)
        before = self.state()
        done = self.bring_in(*rows)
        self.assertEqual((done.made, done.changed, done.present), (0, 0, 3))
        self.assertEqual(self.state(), before)

    def test_rows_of_one_table_about_the_same_complete_each_other(self):
        done = self.bring_in("Ada Okafor,,,,,mayor|Selwy,,\n", "Ada Okafor,,a mayor,,,keeper|Weir,Q1,\n")
        ada = Speaker.objects.get()
        self.assertEqual((ada.description, ada.roles.count()), ("a mayor", 2))
        self.assertEqual((done.made, done.changed), (1, 1))

    def test_pretended_it_tells_the_same_and_leaves_nothing(self):
        make_speaker("Mira Tolland")
        before = self.state()
        rows = (ADA, "Mira Tolland,,a keeper,,,,,\n", "Osric Pell,goose,,,,,,\n")
        pretended = self.bring_in(*rows, pretend=True)
        self.assertEqual((self.state(), ImportBatch.objects.count()), (before, 0))
        done = self.bring_in(*rows)
        told = [
            [(one.number, one.made, one.added, one.kept) for one in each.outcomes]
            for each in (pretended, done)
        ]
        self.assertEqual(told[0], told[1])
        self.assertEqual(pretended.faults, done.faults)


class CompletingTests(TableCase):
    def test_what_is_empty_is_filled_and_what_differs_is_left_and_told(self):
        ada = make_speaker("Ada Okafor", description="a doctor", aliases=("Ada Pell",))
        ada.roles.create(title="Mayor", organisation="Selwy", since=dt.date(2011, 1, 1))
        done = self.bring_in(ADA)
        ada.refresh_from_db()
        self.assertEqual((ada.description, ada.same_as[-5:]), ("a doctor", "Q4711"))
        (one,) = done.outcomes
        self.assertEqual(one.added, ("same_as: https://www.wikidata.org/wiki/Q4711",))
        self.assertEqual(
            one.kept,
            (
                "description not changed: “a doctor” here, “mayor of Selwy” in the file",
                "alias Ada Pell not changed: spelling here, former in the file",
                "role not changed: Mayor, Selwy (2011-01-01–) here,"
                " mayor, Selwy (2010-01-01–2014-12-31) in the file",
            ),
        )
        self.assertIn("row 2, Ada Okafor: description not changed", done.batch.options["kept"][0])

    def test_the_same_role_at_another_time_is_another(self):
        ada = make_speaker("Ada Okafor")
        ada.roles.create(title="mayor", organisation="Selwy", until=dt.date(2001, 1, 1))
        self.bring_in(ADA)
        self.assertEqual(ada.roles.count(), 2)

    def test_the_identifier_goes_before_the_name(self):
        known = make_speaker("A. Okafor", same_as="http://www.wikidata.org/entity/Q4711")
        self.bring_in("Ada Okafor,,,,,,Q4711,\n")
        self.assertEqual(list(known.aliases.values_list("name", flat=True)), ["Ada Okafor"])
        self.assertEqual(Speaker.objects.count(), 1)

    def test_an_alias_and_a_merged_entry_lead_to_whom_they_mean(self):
        ada = make_speaker("A. N. Okafor", aliases=("Ada Okafor",))
        merge(make_speaker("Ada N. Okafor"), ada)
        self.bring_in("Ada Okafor,,a mayor,,,,,\n", "Ada N. Okafor,,,,,keeper|Weir,,\n")
        ada.refresh_from_db()
        self.assertEqual((ada.description, ada.roles.count()), ("a mayor", 1))

    def test_another_spelling_of_a_name_is_the_same_speaker(self):
        ada = make_speaker("Ada Okáfor")
        first, second = self.bring_in(
            "ADA OKAFOR,,a mayor,,,,,\nMary-Jane Pell,,,,,,,\nMary Jane Pell,,,,,,,\n"
        ).outcomes[:2]
        self.assertEqual((first.made, first.entry.speaker.pk), (False, ada.pk))
        self.assertTrue(second.made)
        self.assertEqual(Speaker.objects.count(), 2)


class BadRowTests(TableCase):
    def refused(self, row, reason):
        before = self.state()
        done = self.bring_in(row)
        self.assertEqual(len(done.faults), 1, done.outcomes)
        self.assertRegex(done.faults[0].reason, reason)
        self.assertEqual(self.state(), before)
        (stored,) = ImportError.objects.filter(batch=done.batch)
        self.assertEqual((stored.row, stored.column), (2, done.faults[0].column))

    def test_a_name_that_two_bear_is_nobodys(self):
        make_speaker("Ada Okafor"), make_speaker("Okafor", aliases=("Ada Okafor",))
        self.refused(ADA, r"name of Ada Okafor \(#\d+\) and Okafor \(#\d+\): add the identifier")

    def test_another_identifier_is_another_person(self):
        make_speaker("Ada Okafor", same_as="https://www.wikidata.org/wiki/Q1")
        self.refused(ADA, "has this name and the identifier")

    def test_an_identifier_of_one_and_the_name_of_another_are_two(self):
        make_speaker("A. Okafor", same_as="https://www.wikidata.org/wiki/Q4711")
        make_speaker("Ada Okafor")
        self.refused(ADA, r"name of Ada Okafor .*; this row is about A. Okafor")

    def test_an_identifier_that_two_have_is_nobodys(self):
        for name in ("A. Okafor", "B. Okafor"):
            make_speaker(name, same_as="https://www.wikidata.org/wiki/Q4711")
        self.refused(ADA, "merge them first")

    def test_an_alias_that_another_bears_is_not_given_twice(self):
        make_speaker("Ada Pell")
        self.refused(ADA, "name of Ada Pell")

    def test_a_bad_row_costs_itself_alone(self):
        done = self.bring_in("Osric Pell,goose,,,,,,\n", ADA)
        self.assertEqual((done.made, len(done.faults)), (1, 1))


class UndoingTests(TableCase):
    def test_everything_is_as_it_was(self):
        mira = make_speaker("Mira Tolland", aliases=("M. Tolland",))
        mira.roles.create(title="keeper")
        before = self.state()
        done = self.bring_in(ADA, "Mira Tolland,,a keeper,,Mira Brask|former,reeve|Thane,Q5,yes\n")
        self.assertNotEqual(self.state(), before)
        undone = rollback_batch(done.batch)
        self.assertEqual(self.state(), before)
        self.assertEqual((undone.speakers, undone.names, undone.restored), (1, 2, 1))
        self.assertEqual(undone.speakers_left, [])

    def test_what_somebody_has_worked_on_since_is_left_and_named(self):
        mira = make_speaker("Mira Tolland")
        done = self.bring_in(ADA, "Mira Tolland,,a keeper,,,reeve|Thane,,\n", "Osric Pell,,,,,,,\n")
        ada, osric = Speaker.objects.get(name="Ada Okafor"), Speaker.objects.get(name="Osric Pell")
        make_quote(make_article(body="“It holds,” she said."), "It holds,", speaker=ada)
        Speaker.objects.filter(pk=mira.pk).update(description="a reeve")
        Role.objects.filter(speaker=mira).update(organisation="Thane Weir")
        Speaker.objects.filter(pk=osric.pk).update(description="a baker")
        undone = rollback_batch(done.batch)
        self.assertEqual(set(undone.speakers_left), {ada.pk, mira.pk, osric.pk})
        self.assertEqual((ada.aliases.count(), ada.roles.count(), mira.roles.count()), (1, 1, 1))
        mira.refresh_from_db()
        self.assertEqual(mira.description, "a reeve")

    def test_another_table_that_completed_them_since_keeps_them(self):
        first = self.bring_in(ADA)
        self.bring_in("Ada Okafor,,,,A. Okafor,,,\n")
        self.assertEqual(rollback_batch(first.batch).speakers, 0)
        self.assertEqual(Speaker.objects.count(), 1)
