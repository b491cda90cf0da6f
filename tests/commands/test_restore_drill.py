"""restore_drill reports success, or what is missing."""

from io import StringIO
from unittest import skipUnless

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import TransactionTestCase
from django.test.utils import CaptureQueriesContext

from articles.management.commands.restore_drill import fingerprint
from tests.factories import make_article, make_quote, make_speaker


class RestoreDrillTests(TransactionTestCase):
    def setUp(self):
        article = make_article(body="“We will appeal,” said Ada Okafor.", captions=("The eastern gate",))
        make_quote(article, "We will appeal,", speaker=make_speaker("Ada Okafor"))

    def existing(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT datname FROM pg_database")
            return {name for (name,) in cursor.fetchall()}

    def test_the_restored_archive_equals_the_one_backed_up_and_is_dropped_again(self):
        said, before = StringIO(), fingerprint()
        with CaptureQueriesContext(connection) as done:
            call_command("restore_drill", stdout=StringIO(), stderr=said)
        self.assertRegex(said.getvalue(), r"\d+ figures compared, 0 differ; dump size [\d.]+ MB")
        self.assertNotIn(f"{connection.settings_dict['NAME']}_restored", self.existing())
        self.assertEqual(fingerprint(), before)
        # A forced drop also terminates autovacuum workers, which an owner of a database may not do.
        drops = [query["sql"] for query in done if query["sql"].startswith("DROP DATABASE")]
        self.assertTrue(drops)
        self.assertEqual([sql for sql in drops if "FORCE" in sql], [])

    def test_a_row_that_changes_is_seen_in_the_figures(self):
        before = fingerprint()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE articles_speaker SET description = 'chair of the board'")
        self.assertEqual(
            {key for key, value in fingerprint().items() if before[key] != value}
            - {"table articles_speakerevent", "table articles_deed"},
            {"table articles_speaker"},
        )

    @skipUnless(settings.WEB_DATABASE.get("USER"), "there is no second role here")
    def test_a_role_that_may_make_no_database_is_told_so_in_one_line(self):
        role = connection.ops.quote_name(settings.WEB_DATABASE["USER"])
        with connection.cursor() as cursor:
            cursor.execute(f"SET ROLE {role}")
            try:
                with self.assertRaises(CommandError) as stop:
                    call_command("restore_drill", stdout=StringIO(), stderr=StringIO())
            finally:
                cursor.execute("RESET ROLE")
        self.assertEqual(stop.exception.returncode, 2)
        self.assertRegex(str(stop.exception), f"^The drill needs .*: ALTER ROLE {role} CREATEDB\\.$")
