"""Migrations go forward and back, and leave nothing behind."""

from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase

from articles.models import SearchDocument
from tests.factories import make_article


def made_in_the_database() -> set[str]:
    """Functions and dictionaries of the archive's own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname FROM pg_proc"
            " WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'archive%%'"
            " UNION SELECT dictname FROM pg_ts_dict WHERE dictname LIKE 'archive%%'"
        )
        return {name for (name,) in cursor.fetchall()}


class MigrationTests(TransactionTestCase):
    def test_going_back_to_nothing_and_forward_again_gives_the_same_archive(self):
        before = made_in_the_database()
        call_command("migrate", "articles", "zero", verbosity=0)
        try:
            self.assertEqual(made_in_the_database(), set())
            self.assertNotIn("articles_article", connection.introspection.table_names())
        finally:
            call_command("migrate", verbosity=0)
        self.assertEqual(made_in_the_database(), before)
        make_article(headline="Flood closes the bridge")
        self.assertIn("'flood':1A", SearchDocument.objects.get().vector)
