"""The database keeps the canonical speaker of each speaker, and refuses cycles of merges."""

import io
import threading
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from itertools import permutations
from unittest import mock

import psycopg
from django.db import IntegrityError, connection, transaction
from django.test import TestCase, TransactionTestCase
from django.urls import reverse

from articles.models import AuditEntry, Speaker
from tests.admin.desk import make_user
from tests.factories import make_cycle, make_speaker
from tests.test_migrations import another_session

# What waits for another merge gives up after this, so that a fault here is no hanging test.
PATIENCE = "600s"


def merge_sql(one, other):
    return f"UPDATE articles_speaker SET merged_into_id = {other} WHERE id = {one}"  # noqa: S608


class RefusedCycleTests(TestCase):
    def setUp(self):
        self.a, self.b, self.c = (make_speaker(f"Ada {letter}").pk for letter in "ABC")

    def assert_refused(self, *statements, constraint="speaker_merged_without_cycle"):
        with (
            self.assertRaises(IntegrityError) as refused,
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            for statement in statements:
                cursor.execute(statement)
        self.assertEqual(refused.exception.__cause__.diag.constraint_name, constraint)

    def test_a_speaker_merged_into_itself_is_refused(self):
        self.assert_refused(merge_sql(self.a, self.a), constraint="speaker_not_merged_into_itself")

    def test_a_cycle_of_three_updates_is_refused(self):
        self.assert_refused(*(merge_sql(*pair) for pair in ((self.a, self.b), (self.b, self.c))),
                            merge_sql(self.c, self.a))  # fmt: skip

    def test_a_cycle_made_by_one_statement_is_refused(self):
        self.assert_refused(
            f"UPDATE articles_speaker SET merged_into_id = {self.a + self.b} - id"  # noqa: S608
            f" WHERE id IN ({self.a}, {self.b})"
        )

    def test_a_cycle_of_inserted_rows_is_refused(self):
        row = "INSERT INTO articles_speaker (id, name, slug, kind, description, sort_name, same_as, noindex,"
        row += " merged_into_id) VALUES "
        values = "({0}, 'Ada', 'ada-{0}', 'person', '', '', '', false, {1})"
        self.assert_refused(row + ", ".join(values.format(*p) for p in ((9001, 9002), (9002, 9001))))

    def test_a_cycle_that_is_copied_in_is_refused(self):
        lines = "".join(f"{p}\tAda\tada-{p}\tperson\t\t\t\tf\t{q}\n" for p, q in ((9001, 9002), (9002, 9001)))
        columns = "id, name, slug, kind, description, sort_name, same_as, noindex, merged_into_id"
        with (
            connection.cursor() as cursor,
            self.assertRaises(psycopg.errors.CheckViolation),
            cursor.copy(f"COPY articles_speaker ({columns}) FROM STDIN") as copy,
        ):
            copy.write(lines)

    def test_a_chain_of_merges_is_taken(self):
        with connection.cursor() as cursor:
            cursor.execute(merge_sql(self.a, self.b))
            cursor.execute(merge_sql(self.b, self.c))
        self.assertEqual(Speaker.objects.get(pk=self.a).canonical_speaker_id, self.c)


class ConcurrentCycleTests(TransactionTestCase):
    """Two sessions each merge one speaker into the other's; neither sees what the other has not committed."""

    def merge_both_ways(self, isolation):
        one, other = make_speaker("Ada A").pk, make_speaker("Ada B").pk
        merged = threading.Event()

        def second(session):
            try:
                session.execute(merge_sql(other, one))
                session.commit()
            except psycopg.Error as error:
                return error
            finally:
                merged.set()
            return None

        with another_session() as first, another_session() as late, ThreadPoolExecutor(1) as pool:
            late.isolation_level = isolation
            late.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
            late.execute("SELECT count(*) FROM articles_speaker")
            first.execute(merge_sql(one, other))
            answer = pool.submit(second, late)
            self.assertFalse(merged.wait(0.05), "the second merge did not wait for the first")
            first.commit()
            return answer.result(timeout=600)

    def test_of_two_merges_in_opposite_directions_the_second_is_refused(self):
        refused = self.merge_both_ways(psycopg.IsolationLevel.READ_COMMITTED)
        self.assertEqual(refused.diag.constraint_name, "speaker_merged_without_cycle")

    def test_a_snapshot_from_before_the_first_merge_is_refused_too(self):
        refused = self.merge_both_ways(psycopg.IsolationLevel.REPEATABLE_READ)
        self.assertIsInstance(refused, psycopg.errors.SerializationFailure)


class CanonicalSpeakerTests(TestCase):
    """The database sets the canonical speaker, whoever writes the merge."""

    def setUp(self):
        self.a, self.b, self.c, self.d = (make_speaker(f"Ada {letter}") for letter in "ABCD")

    def merge(self, one, into):
        Speaker.objects.filter(pk=one.pk).update(merged_into=into)

    def assert_canonical(self, **expected):
        found = {name: Speaker.objects.get(pk=getattr(self, name).pk).canonical_speaker for name in expected}
        self.assertEqual(found, expected)

    def test_a_new_speaker_is_its_own(self):
        self.assertEqual(self.a.canonical_speaker_id, self.a.pk)

    def test_a_new_speaker_that_is_merged_has_the_end_of_the_merges(self):
        self.merge(self.b, self.c)
        new = make_speaker("Ada E", merged_into=self.b)
        self.assertEqual(new.canonical_speaker_id, self.c.pk)

    def test_it_is_at_the_end_of_a_chain_in_whatever_order_it_was_made(self):
        for pairs in permutations([(self.a, self.b), (self.b, self.c), (self.c, self.d)]):
            with self.subTest(str(pairs)), transaction.atomic():
                for one, into in pairs:
                    self.merge(one, into)
                self.assert_canonical(a=self.d, b=self.d, c=self.d, d=self.d)
                Speaker.objects.update(merged_into=None)

    def test_a_chain_made_by_one_statement(self):
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE articles_speaker SET merged_into_id = id + 1 WHERE id = ANY(%s)",
                [[self.a.pk, self.b.pk, self.c.pk]],
            )
        self.assert_canonical(a=self.d, b=self.d, c=self.d)

    def test_an_undone_merge_gives_back_those_merged_before(self):
        self.merge(self.a, self.b)
        self.merge(self.b, self.c)
        self.merge(self.b, None)
        self.assert_canonical(a=self.b, b=self.b, c=self.c)

    def test_a_speaker_merged_into_another_instead_takes_along_those_merged_into_it(self):
        self.merge(self.a, self.b)
        self.merge(self.b, self.c)
        self.merge(self.b, self.d)
        self.assert_canonical(a=self.d, b=self.d, c=self.c)

    def test_speakers_may_be_loaded_before_those_they_are_merged_into(self):
        columns = "id, name, slug, kind, description, sort_name, same_as, noindex, merged_into_id"
        for pk, into in ((9001, "9002"), (9002, "9003"), (9003, "\\N")):
            with (
                connection.cursor() as cursor,
                cursor.copy(f"COPY articles_speaker ({columns}) FROM STDIN") as copy,
            ):
                copy.write(f"{pk}\tAda\tada-{pk}\tperson\t\t\t\tf\t{into}\n")
        loaded = Speaker.objects.filter(pk__gt=9000).order_by("pk")
        self.assertEqual([speaker.canonical_speaker_id for speaker in loaded], [9003, 9003, 9003])

    def test_nobody_else_can_write_it(self):
        Speaker.objects.filter(pk=self.a.pk).update(canonical_speaker=self.b)
        self.assert_canonical(a=self.a)
        self.merge(self.b, self.c)
        self.b.save()
        self.assert_canonical(b=self.b)
        self.merge(self.b, self.c)
        self.b.refresh_from_db()
        self.b.canonical_speaker = self.d
        self.b.save()
        self.assert_canonical(b=self.c)

    def test_a_merge_is_one_entry_of_the_log_and_one_of_the_history(self):
        self.merge(self.a, self.b)
        entries, events = AuditEntry.objects.count(), Speaker.pgh_event_model.objects.count()
        self.merge(self.b, self.c)
        self.assertEqual(AuditEntry.objects.count() - entries, 1)
        self.assertEqual(Speaker.pgh_event_model.objects.count() - events, 1)

    def test_only_the_speaker_of_a_merged_one_is_loaded(self):
        self.merge(self.a, self.b)
        one, other = Speaker.objects.filter(pk__in=[self.a.pk, self.b.pk]).order_by("pk")
        with self.assertNumQueries(1):
            self.assertEqual((one.final, other.final), (self.b, self.b))

    def test_an_editor_who_would_close_a_cycle_in_the_table_is_told_beside_the_field(self):
        self.merge(self.a, self.b)
        self.merge(self.b, self.c)
        form = {"name": "Ada B", "slug": self.b.slug, "kind": "person", "merged_into": self.a.pk}
        self.client.force_login(make_user("chief editor"))
        address = reverse("admin:articles_speaker_change", args=[self.b.pk])
        page = self.client.get(address)
        seen = page.context["adminform"].form.initial.get("seen", "")
        inlines = {f"{p}-{k}_FORMS": "0" for p in ("aliases", "roles") for k in ("TOTAL", "INITIAL")}
        answer = self.client.post(address, {**form, **inlines, "seen": seen})
        self.assertContains(answer, "Empty this field to undo the merge.")


class FormerCycleTests(TestCase):
    """The migration ends cycles that were made before the database refused them."""

    def test_the_first_of_a_cycle_becomes_the_canonical_speaker_of_the_others(self):
        one, other, third = (make_speaker(name) for name in ("Ada Okafor", "Ada Okáfor", "Ada Oka"))
        make_cycle(one, other, third)
        migration, said = import_module("articles.migrations.0019_canonical_speaker"), io.StringIO()
        with mock.patch("sys.stderr", said):
            migration.end_cycles(None, mock.Mock(connection=connection))
        family = Speaker.objects.filter(canonical_speaker=one)
        self.assertEqual(set(family), {one, other, third})
        self.assertIn(f"Ada Okafor ({one.pk}) was merged in a cycle", said.getvalue())
