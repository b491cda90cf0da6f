"""The random sample: drawing, giving out, judging, undoing, and the precision that follows."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connections
from django.test import SimpleTestCase, TestCase, TransactionTestCase

from articles.accuracy import sample
from articles.accuracy.precision import estimate, wilson
from articles.ingest.proposals.acceptance_stats import proposed
from articles.models import Judgement, Quote, SampledQuote
from tests.admin.desk import make_user
from tests.factories import make_article, make_quote


def make_proposals(number: int, **fields) -> list[Quote]:
    article = make_article(
        headline=f"Gates {fields}", body=" ".join(f"“Gate {n} is shut,” she said." for n in range(number))
    )
    fields = {"rule": "tail", "confidence": 0.95, **fields}
    return [make_quote(article, f"Gate {n} is shut,", **fields) for n in range(number)]


class WilsonTests(SimpleTestCase):
    def test_the_interval_agrees_with_published_values(self):
        # Newcombe, Statistics in Medicine 17 (1998), table I: the score method without continuity correction.
        for right, judged, low, high in (
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0, 0.1611),
        ):
            with self.subTest(right=right):
                found = wilson(right, judged)
                self.assertAlmostEqual(found[0], low, 4)
                self.assertAlmostEqual(found[1], high, 4)


class DrawTests(TestCase):
    def setUp(self):
        self.ada, self.osric = make_user("editor", "ada"), make_user("editor", "osric")

    def test_a_draw_takes_automatic_quotes_of_any_status_and_no_others(self):
        found = [
            *make_proposals(2, status="pending"),
            *make_proposals(2, status="rejected"),
            *make_proposals(2, status="accepted"),
        ]
        make_proposals(3, rule="desk")
        make_proposals(3, rule="")
        self.assertEqual(sample.draw(by=self.ada), 6)
        self.assertEqual(set(SampledQuote.objects.values_list("quote", flat=True)), {one.pk for one in found})

    def test_a_draw_can_be_repeated_from_its_seed(self):
        make_proposals(sample.DRAW_SIZE + 20)
        sample.draw(by=self.ada)
        first = SampledQuote.objects.first()
        self.assertEqual(first.population, sample.DRAW_SIZE + 20)
        again = sample.in_drawing_order(proposed(), first.seed)[: sample.DRAW_SIZE]
        drawn = SampledQuote.objects.order_by("position").values_list("quote", flat=True)
        self.assertEqual(list(drawn), [quote.pk for quote in again])

    def test_another_seed_draws_others_and_none_is_drawn_twice(self):
        make_proposals(sample.DRAW_SIZE + 20)
        self.assertEqual([sample.draw(by=self.ada, seed=1), sample.draw(by=self.osric, seed=2)], [100, 20])
        self.assertEqual(sample.draw(by=self.ada, seed=3), 0)
        orders = [
            list(sample.in_drawing_order(proposed(), seed).values_list("pk", flat=True)) for seed in (1, 2)
        ]
        self.assertNotEqual(*orders)

    def test_an_editor_keeps_one_quote_until_it_is_judged(self):
        make_proposals(3)
        sample.draw(by=self.ada)
        mine = sample.take_next(self.ada)
        self.assertEqual(sample.take_next(self.ada), mine)
        self.assertNotEqual(sample.take_next(self.osric), mine)
        sample.judge(mine.pk, "right", by=self.ada)
        self.assertNotIn(sample.take_next(self.ada), (mine, None))
        self.assertEqual(sample.progress(), sample.Progress(drawn=3, judged=1))

    def test_a_quote_can_be_judged_once_and_only_by_the_editor_who_has_it(self):
        make_proposals(1)
        sample.draw(by=self.ada)
        mine = sample.take_next(self.ada)
        with self.assertRaises(sample.NotYours):
            sample.judge(mine.pk, "right", by=self.osric)
        sample.judge(mine.pk, "speaker", by=self.ada)
        with self.assertRaises(sample.NotYours):
            sample.judge(mine.pk, "right", by=self.ada)
        self.assertEqual(list(Judgement.objects.values_list("verdict", flat=True)), ["speaker"])

    def test_a_quote_left_for_a_day_goes_to_another_editor(self):
        make_proposals(1)
        sample.draw(by=self.ada)
        mine = sample.take_next(self.ada)
        self.assertIsNone(sample.take_next(self.osric))
        SampledQuote.objects.update(given_at=mine.given_at - sample.HOLD)
        self.assertEqual(sample.take_next(self.osric), mine)
        with self.assertRaises(sample.NotYours):
            sample.judge(mine.pk, "right", by=self.ada)

    def test_an_undone_judgement_stays_on_record_and_the_quote_is_judged_again(self):
        make_proposals(1)
        sample.draw(by=self.ada)
        mine = sample.take_next(self.ada)
        sample.judge(mine.pk, "speaker", by=self.ada)
        with self.assertRaises(sample.NotYours):
            sample.take_back(mine.pk, by=self.osric)
        sample.take_back(mine.pk, by=self.ada)
        self.assertEqual((estimate().all.judged, sample.quote_of(self.ada)), (0, mine))
        sample.judge(mine.pk, "right", by=self.ada)
        verdicts = Judgement.objects.order_by("pk").values_list("verdict", flat=True)
        self.assertEqual(list(verdicts), ["speaker", "taken back", "right"])
        self.assertEqual((estimate().all.judged, estimate().all.right), (1, 1))

    def test_a_judgement_keeps_rule_confidence_and_newspaper_of_its_time(self):
        (quote,) = make_proposals(1)
        sample.draw(by=self.ada)
        sample.judge(sample.take_next(self.ada).pk, "right", by=self.ada)
        Quote.objects.filter(pk=quote.pk).update(rule="other", confidence=0.2)
        judged = Judgement.objects.get()
        self.assertEqual((judged.rule, judged.confidence), ("tail", 0.95))
        self.assertEqual(judged.publication, quote.article.publication)
        self.assertEqual([one.label for one in estimate().by_rule], ["tail"])

    def test_a_judgement_changes_nothing_about_the_quote(self):
        (quote,) = make_proposals(1)
        before = Quote.objects.filter(pk=quote.pk).values().get()
        sample.draw(by=self.ada)
        sample.judge(sample.take_next(self.ada).pk, "no quote", by=self.ada)
        self.assertEqual(Quote.objects.filter(pk=quote.pk).values().get(), before)

    def test_a_quote_deleted_after_the_draw_is_given_to_nobody(self):
        (quote,) = make_proposals(1, status="pending")
        sample.draw(by=self.ada)
        mine = sample.take_next(self.ada)
        quote.delete()
        self.assertIsNone(sample.take_next(self.ada))
        with self.assertRaises(sample.NotYours):
            sample.judge(mine.pk, "right", by=self.ada)
        self.assertEqual(sample.progress(), sample.Progress(drawn=0, judged=0))


class ConcurrentEditorsTests(TransactionTestCase):
    """Six editors take and judge quotes at once."""

    def setUp(self):
        make_proposals(30)
        self.editors = [make_user("editor", f"editor-{number}") for number in range(6)]
        sample.draw(by=self.editors[0])
        self.addCleanup(connections.close_all)

    def test_no_quote_is_given_to_two_editors(self):
        start = Barrier(len(self.editors))

        def judge_five(editor):
            start.wait(timeout=600)
            try:
                taken = []
                for _ in range(5):
                    one = sample.take_next(editor)
                    sample.judge(one.pk, "right", by=editor)
                    taken.append(one.pk)
                return taken
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(self.editors)) as pool:
            given = Counter(pk for taken in pool.map(judge_five, self.editors) for pk in taken)
        self.assertEqual((len(given), set(given.values())), (30, {1}))
        self.assertEqual(Judgement.objects.count(), 30)
