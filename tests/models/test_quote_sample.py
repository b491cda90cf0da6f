"""Draws and judgements cannot be changed, whoever tries."""

from django.db import DatabaseError, connection, transaction
from django.test import TestCase

from articles.accuracy import sample
from articles.models import AuditEntry, Judgement, SampledQuote
from tests.accuracy.test_sample import make_proposals
from tests.admin.desk import make_user


class AppendOnlyTests(TestCase):
    def setUp(self):
        self.editor = make_user("editor")
        make_proposals(2)
        sample.draw(by=self.editor)
        sample.judge(sample.take_next(self.editor).pk, "speaker", by=self.editor)

    def refuses(self, change):
        with self.assertRaises(DatabaseError), transaction.atomic():
            change()

    def test_a_judgement_is_neither_changed_nor_deleted(self):
        self.refuses(lambda: Judgement.objects.update(verdict="right"))
        self.refuses(lambda: Judgement.objects.all().delete())
        self.assertEqual(Judgement.objects.get().verdict, "speaker")

    def test_a_draw_is_neither_changed_nor_deleted(self):
        self.refuses(lambda: SampledQuote.objects.update(seed=1))
        self.refuses(lambda: SampledQuote.objects.filter(judgements=None).delete())
        self.assertEqual(SampledQuote.objects.count(), 2)

    def test_neither_table_can_be_emptied(self):
        for table in ("articles_judgement", "articles_sampledquote"):
            with self.subTest(table), connection.cursor() as cursor:
                self.refuses(lambda: cursor.execute(f"TRUNCATE {table} CASCADE"))  # noqa: B023

    def test_a_verdict_must_be_one_of_those_listed(self):
        one = Judgement.objects.values("sampled_id", "judged_by_id", "judged_at").get()
        self.refuses(lambda: Judgement.objects.create(verdict="perhaps", rule="tail", **one))

    def test_draws_and_judgements_are_in_the_audit_log(self):
        logged = AuditEntry.objects.filter(about__in=["sampledquote", "judgement"]).order_by("pk")
        self.assertEqual(
            list(logged.values_list("kind", "about", "rows")),
            [("add", "sampledquote", 2), ("add", "judgement", 1)],
        )
