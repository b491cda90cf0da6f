"""Merge cycles: the database refuses new ones, and pages survive old ones."""

import io
import threading
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from unittest import mock

import psycopg
from django.db import IntegrityError, connection, transaction
from django.test import Client, TestCase, TransactionTestCase

from articles.models import Article, Speaker
from articles.models.speaker import final_of
from articles.speakers.index import family_of
from tests.addresses import make_examples, routes
from tests.admin.desk import make_user
from tests.factories import make_cycle, make_quote, make_speaker
from tests.test_migrations import another_session

# What waits for another merge gives up after this, so that a fault here is no hanging test.
PATIENCE = "10s"


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
        self.assertEqual(final_of(self.a), self.c)


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
            return answer.result(timeout=30)

    def test_of_two_merges_in_opposite_directions_the_second_is_refused(self):
        refused = self.merge_both_ways(psycopg.IsolationLevel.READ_COMMITTED)
        self.assertEqual(refused.diag.constraint_name, "speaker_merged_without_cycle")

    def test_a_snapshot_from_before_the_first_merge_is_refused_too(self):
        refused = self.merge_both_ways(psycopg.IsolationLevel.REPEATABLE_READ)
        self.assertIsInstance(refused, psycopg.errors.SerializationFailure)


class OldCycleTests(TestCase):
    """An archive that has had a cycle since before the database refused it."""

    @classmethod
    def setUpTestData(cls):
        cls.examples = make_examples()
        speaker = cls.examples.rows["speaker"]
        other = make_speaker("Ada Okáfor")
        make_quote(cls.examples.article, "We will appeal", speaker=other, position=2)
        Article.objects.get(pk=cls.examples.article.pk).authorship_set.create(speaker=other)
        make_cycle(speaker, other)
        cls.cycle = {speaker.pk, other.pk}
        # A tail that leads into it, and one that the speaker was merged from.
        Speaker.objects.filter(pk=make_speaker("Ada Oka").pk).update(merged_into=speaker)
        cls.chief = make_user("chief editor")

    def test_each_speaker_of_a_cycle_stands_for_itself(self):
        for pk in self.cycle:
            self.assertEqual((final_of(pk), Speaker.objects.get(pk=pk).final.pk), (pk, pk))
            self.assertEqual(family_of([pk])[pk] & self.cycle, self.cycle)

    def test_every_page_answers(self):
        client = Client(raise_request_exception=False)
        client.force_login(self.chief)
        pages = [route for route in routes() if not route.startswith("admin/") or "desk/" in route]
        addresses = {self.examples.address(route) for route in pages}
        addresses |= {
            "/search/?q=appeal",
            "/search/?speaker=ada",
            "/quotes/?q=appeal",
            "/?q=",
            "/speakers/?q=ada",
        }
        addresses |= {"/search/?q=appeal&format=json", "/quotes/?speaker=ada&format=csv"}
        for address in sorted(addresses):
            with self.subTest(address), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL statement_timeout = '5s'")
                answer = client.get(address)
                if answer.streaming:
                    b"".join(answer)
                self.assertLess(answer.status_code, 500)

    def test_an_editor_mends_it_in_the_table_of_speakers(self):
        speaker = Speaker.objects.get(pk=min(self.cycle))
        Speaker.objects.filter(pk=speaker.pk).update(merged_into=None)
        self.assertEqual({final_of(pk) for pk in self.cycle}, {speaker.pk})

    def test_migrating_says_in_one_line_which_speakers_they_are(self):
        said = io.StringIO()
        migration = import_module("articles.migrations.unsquashed_2.0004_checks")
        with mock.patch("sys.stderr", said):
            migration.say_which_cycles(None, mock.Mock(connection=connection))
        one, other = sorted(self.cycle)
        self.assertIn(f"in a cycle: Ada Okafor ({one}), Ada Okáfor ({other}). In the table", said.getvalue())
        self.assertEqual(said.getvalue().strip().count("\n"), 0)
