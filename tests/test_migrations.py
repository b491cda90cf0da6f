"""Migrations go forward and back, and leave nothing behind."""

import io
import threading
from contextlib import contextmanager
from importlib import import_module
from unittest import mock

import psycopg
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.test import TestCase, TransactionTestCase

from articles.models import SearchDocument, Speaker
from articles.search.index import snapshot
from tests.factories import make_article, make_speaker

SQUASHED = ["0001_tables", "0002_groups", "0003_triggers"]


def made_in_the_database() -> set[str]:
    """The archive's own functions."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname FROM pg_proc"
            " WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'archive%%'"
        )
        return {name for (name,) in cursor.fetchall()}


@contextmanager
def another_session():
    told = connection.connection.info
    password = {"password": told.password} if told.password else {}
    where = {"host": told.host, "port": told.port, "user": told.user, "dbname": told.dbname, **password}
    with psycopg.connect(**where) as session:
        yield session


def migrate_all() -> None:
    """Forward again; the new tables count their rows from one, as those did that this process has read."""
    call_command("migrate", verbosity=0)
    snapshot.forget()


class BusyTableTests(TransactionTestCase):
    """A migration behind a reader who stays in a transaction: those who come after it must be served."""

    def setUp(self):
        # Later migrations ask for no such lock and would go back before it.
        call_command("migrate", "articles", "0003", verbosity=0)

    @classmethod
    def tearDownClass(cls):
        migrate_all()
        super().tearDownClass()

    def back_and_forth(self, said):
        # Only one: it takes triggers of speakers away, and asks for the lock that waits for every reader.
        with mock.patch("articles.management.commands.migrate.PAUSE", 0.01):
            call_command("migrate", "articles", "0002", verbosity=0, stderr=said)

    def test_it_gives_up_in_time_says_who_is_in_the_way_and_changes_nothing(self):
        connection.ensure_connection()
        said, applied = io.StringIO(), self.applied()
        with another_session() as reader:
            reader.execute("SELECT count(*) FROM articles_speaker")
            pid = reader.info.backend_pid
            with (
                mock.patch("articles.management.commands.migrate.LOCK_TIMEOUT", "20ms"),
                self.assertRaises(CommandError) as stop,
            ):
                self.back_and_forth(said)
        self.assertIn(f"process {pid}, idle in transaction", str(stop.exception))
        self.assertEqual(said.getvalue().count("trying again"), 4)
        self.assertEqual(self.applied(), applied)
        with connection.cursor() as cursor:
            cursor.execute("SHOW lock_timeout")
            self.assertEqual(cursor.fetchone(), ("0",))

    def test_it_goes_on_when_the_reader_has_gone(self):
        connection.ensure_connection()
        gone = threading.Event()
        with another_session() as reader:
            reader.execute("SELECT count(*) FROM articles_speaker")

            class Operator(io.StringIO):
                def write(self, text):
                    if "trying again" in text:
                        reader.rollback()
                        gone.set()
                        # Nothing is in the way for long now, but perhaps the server's own vacuum.
                        with connection.cursor() as cursor:
                            cursor.execute("SELECT set_config('lock_timeout', '600s', false)")
                    return super().write(text)

            with mock.patch("articles.management.commands.migrate.LOCK_TIMEOUT", "20ms"):
                self.back_and_forth(Operator())
        self.assertTrue(gone.is_set())
        self.assertNotIn("0003_triggers", self.applied())

    def applied(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM django_migrations WHERE app = 'articles'")
            return {name for (name,) in cursor.fetchall()}


class ManyRowsTests(TestCase):
    def test_no_trigger_can_compare_each_row_before_a_change_with_each_after_it(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT proname FROM pg_proc WHERE prosrc ~ '(?<!full )join gone'")
            self.assertEqual(cursor.fetchall(), [])


class SlugsInAnyScriptTests(TestCase):
    def test_a_slug_without_the_name_becomes_one_of_it_and_redirects_and_back(self):
        migration = import_module("articles.migrations.unsquashed_2.0008_slugs_in_any_script")
        mayor = make_speaker("林白山", slug="speaker-2")
        make_article(authors=(mayor,))
        named = make_speaker("Ada Okafor", slug="speaker-3")
        migration.name_the_nameless(apps, None)
        slugs = set(Speaker.objects.values_list("pk", "slug"))
        self.assertEqual(slugs, {(mayor.pk, "林白山"), (named.pk, "speaker-3")})
        mayor_page = Speaker.objects.get(pk=mayor.pk).get_absolute_url()
        self.assertRedirects(
            self.client.get("/speakers/speaker-2/"), mayor_page, 301, fetch_redirect_response=False
        )
        migration.take_the_names_back(apps, None)
        self.assertEqual(Speaker.objects.get(pk=mayor.pk).slug, "speaker-2")


class FormerNamesTests(TestCase):
    def test_an_archive_with_all_migrations_from_before_the_squash_needs_nothing(self):
        MigrationRecorder.Migration.objects.filter(app="articles", name__in=SQUASHED).delete()
        executor = MigrationExecutor(connection)
        self.assertEqual(executor.migration_plan(executor.loader.graph.leaf_nodes()), [])


class MigrationTests(TransactionTestCase):
    def test_going_back_to_nothing_and_forward_again_gives_the_same_archive(self):
        before = made_in_the_database()
        call_command("migrate", "articles", "zero", verbosity=0)
        try:
            self.assertEqual(made_in_the_database(), set())
            self.assertNotIn("articles_article", connection.introspection.table_names())
        finally:
            migrate_all()
        self.assertEqual(made_in_the_database(), before)
        make_article(headline="Flood closes the bridge")
        self.assertTrue(SearchDocument.objects.exists())
        self.assertContains(self.client.get("/search/?q=flood"), "<b>1 article</b>")
