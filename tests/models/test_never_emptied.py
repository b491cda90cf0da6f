"""Append-only tables cannot be truncated either."""

from django.apps import apps
from django.db import ProgrammingError, connection, transaction
from django.test import TestCase

from articles.models import AuditEntry, RawDocument


class NeverEmptiedTests(TestCase):
    def test_no_table_of_the_record_can_be_truncated(self):
        events = [
            model for model in apps.get_app_config("articles").get_models() if hasattr(model, "pgh_obj")
        ]
        self.assertGreater(len(events), 15)
        for model in (*events, AuditEntry, RawDocument):
            table = model._meta.db_table
            with self.subTest(table), transaction.atomic(), connection.cursor() as cursor:
                with self.assertRaisesMessage(ProgrammingError, f"{table} is never emptied"):
                    cursor.execute(f"TRUNCATE {table} CASCADE")
                transaction.set_rollback(True)
