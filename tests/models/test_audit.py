"""One audit context for all changes: the history and the audit log name the same user and channel."""

from django.db import transaction
from django.test import TestCase

from articles.models import Article, AuditEntry
from articles.models.audit import audit_context
from tests.admin.desk import make_user
from tests.factories import make_article


class AuditContextTests(TestCase):
    def setUp(self):
        self.article = make_article()
        self.editor = make_user("editor")

    def change(self, page):
        Article.objects.filter(pk=self.article.pk).update(page=page)

    def channels(self):
        events = Article.pgh_event_model.objects.order_by("pgh_id")
        return [(event.pgh_context or {}).get("through") for event in events]

    def test_history_and_log_have_the_user_and_the_channel(self):
        with audit_context(user=self.editor.pk, through="desk"):
            self.change("1")
        entry = AuditEntry.objects.latest("pk")
        self.assertEqual((entry.who, entry.through, entry.what), (self.editor.username, "desk", "page"))
        self.assertEqual(self.channels(), ["desk"])

    def test_a_change_after_the_block_is_not_taken_for_one_of_the_block(self):
        with transaction.atomic(), audit_context(user=self.editor.pk, through="desk"):
            with audit_context(through="import"):
                self.change("1")
            self.change("2")
        self.change("3")
        self.assertEqual(self.channels(), ["import", "desk", None])

    def test_changes_by_the_archive_itself_are_in_the_history_only(self):
        entries = AuditEntry.objects.count()
        for channel in ("import", "proposals"):
            with audit_context(through=channel):
                self.change(channel)
        self.assertEqual(
            (AuditEntry.objects.count() - entries, self.channels()), (0, ["import", "proposals"])
        )

    def test_an_error_in_the_block_ends_it_too(self):
        with self.assertRaises(ValueError), transaction.atomic(), audit_context(through="import"):
            raise ValueError
        self.change("1")
        self.assertEqual(self.channels(), [None])
