"""An import reports near-duplicates among its rows, and imports them all the same."""

import random

from django.test import TestCase

from articles.ingest.pipeline.dry_run import DryRunReport
from articles.ingest.pipeline.importer import import_rows
from articles.ingest.pipeline.types import ImportOptions
from articles.models import Article, ImportBatch
from articles.near_duplicates import pairs
from articles.near_duplicates.batch import NearDuplicateReport, NearDuplicateRow
from articles.parsing import ParsedArticle
from articles.parsing.tabular.jsonl import Line
from tests.admin.desk import make_user
from tests.factories import make_article
from tests.ingest.test_near_duplicates import OTHER, TEXT

LATER = TEXT.replace("day 14 the", "day fifteen the") + ". And then it rained."


def bring_in(*bodies, pretend=False, **row):
    report = DryRunReport()
    lines = [
        Line(number, b"{}", {"headline": f"Row {number}", "body": body, **row})
        for number, body in enumerate(bodies, 1)
    ]
    summary = import_rows(
        lines,
        ImportOptions(pretend=pretend),
        source="test",
        on_article=report.add,
        on_new_articles=report.add_new,
    )
    return summary, "\n".join(report.lines())


class ReportTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.here = make_article(headline="The keeper's log", body=TEXT)

    def test_before_anything_is_stored_the_row_stands_there_with_both_shares(self):
        summary, report = bring_in(OTHER, LATER, pretend=True)
        self.assertIn("Near-duplicates: 1 of 2 articles", report)
        self.assertIn(
            f"row 2, “Row 2”: 97% of it is in article {self.here.pk}, “The keeper's log”;"
            " 98% of that article is in it",
            report,
        )
        self.assertEqual((summary.counts.added, Article.objects.count()), (2, 1))

    def test_what_is_known_again_or_a_plain_copy_is_not_told(self):
        _, report = bring_in(TEXT, pretend=True, publication="Harrowmouth Post", published_on="2019-05-31")
        self.assertIn("Near-duplicates: none of 1 articles", report)
        same = {"publication": "Selwy Courier", "published_on": "2019-05-30", "headline": self.here.headline}
        _, report = bring_in(TEXT, pretend=True, **same)
        self.assertIn("Near-duplicates: none of 0 articles", report)

    def test_a_draft_that_was_thrown_away_is_nothing_to_be_near_to(self):
        Article.objects.update(status="canceled", first_public_at=None)
        self.assertIn("Near-duplicates: none of 1 articles", bring_in(LATER, pretend=True)[1])


class AfterwardsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.here = make_article(headline="The keeper's log", body=TEXT)

    def report_on(self, batch):
        report = NearDuplicateReport("article")
        report.add_batch(batch)
        return report

    def test_all_rows_are_in_and_each_near_one_is_listed_with_the_one_it_is_near(self):
        summary, _ = bring_in(OTHER, LATER)
        _, later = Article.objects.filter(import_batch=summary.batch).order_by("pk")
        report = self.report_on(summary.batch)
        self.assertEqual((report.number, report.looked_at), (1, 2))
        self.assertEqual((report.first[0].number, report.first[0].duplicate.article), (later.pk, self.here))

    def test_two_rows_of_one_file_are_near_each_other_then(self):
        self.here.delete()
        summary, _ = bring_in(TEXT, LATER)
        self.assertEqual(self.report_on(summary.batch).number, 2)

    def test_those_that_an_editor_has_tied_or_told_apart_are_not_told_again(self):
        summary, _ = bring_in(LATER, f"{LATER} It snowed.")
        apart, newer = Article.objects.filter(import_batch=summary.batch).order_by("pk")
        pairs.mark_different(apart, newer, by=make_user("editor"))
        self.assertEqual(self.report_on(summary.batch).number, 2)
        pairs.mark_different(apart, self.here, by=make_user("chief editor"))
        pairs.mark_as_new_version(newer, self.here)
        self.assertEqual(self.report_on(summary.batch).number, 0)

    def test_many_are_counted_and_the_first_are_listed(self):
        batch = ImportBatch.objects.create(source="test")
        for number in range(35):
            make_article(headline=f"Log {number}", body=f"{TEXT}. {number} geese.", import_batch=batch)
        lines = list(self.report_on(batch).lines())
        self.assertEqual(lines[0], "Near-duplicates: 35 of 35 articles")
        self.assertEqual((len(lines), lines[-1]), (32, "  … and 5 more"))


class ManyTextsTests(TestCase):
    def test_in_one_query_the_same_is_found_as_one_by_one(self):
        chance = random.Random(5)  # noqa: S311
        sentences = TEXT.split(". ") + OTHER.split(". ")
        articles = [
            make_article(headline=f"No. {number}", body=". ".join(chance.sample(sentences, 25)))
            for number in range(25)
        ]
        one_by_one = {one.pk: pairs.near_duplicates_of(one) for one in articles}
        in_one_query = pairs.near_duplicates_by_article(articles)
        as_texts = pairs.near_duplicates_by_text({one.pk: one.body + " x" for one in articles})
        expected = {pk: found for pk, found in one_by_one.items() if found}
        self.assertTrue(expected)
        self.assertEqual(in_one_query, expected)
        self.assertEqual(as_texts.keys(), set(one_by_one))

    def test_a_signature_that_lags_behind_its_text_is_not_asked(self):
        here, lagging = make_article(body=TEXT), make_article(body=OTHER)
        Article.objects.filter(pk=lagging.pk).update(body=LATER)
        lagging.refresh_from_db()
        self.assertEqual([one.article for one in pairs.near_duplicates_of(lagging)], [here])

    def test_nothing_is_asked_of_nothing(self):
        self.assertEqual(pairs.near_duplicates_by_text({1: "Few words."}), {})
        self.assertEqual(pairs.near_duplicates_by_article([]), {})

    def test_the_headline_stands_as_it_was_read(self):
        make_article(body=TEXT)
        (near,) = pairs.near_duplicates_by_text({7: LATER})[7]
        row = NearDuplicateRow(7, ParsedArticle(headline="H" * 99).headline, near)
        self.assertIn("7, “" + "H" * 59 + "…”", str(row))
