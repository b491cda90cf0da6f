"""The benchmark's parts, on a hundred articles: its own command builds a database and asks for minutes."""

import json
import tempfile
from pathlib import Path

from django.test import TestCase

from articles.management.benchmark import corpus, ordinary, queries, timing
from articles.models import Article, Quote


class BenchmarkTests(TestCase):
    def test_every_class_is_answered_both_ways(self):
        corpus.build(100, None, lambda done: None)
        ordinary.prepare()
        self.assertEqual(Article.objects.published().count(), 100)
        asked = queries.classes(queries.vocabulary(), 2)
        measured = {each.name: each for each in timing.measure(asked)}
        self.assertEqual(list(measured), list(asked))
        self.assertEqual(measured["no words"].hits, 100)
        self.assertTrue(all(each.p50_ms > 0 and each.ordinary_p50_ms > 0 for each in measured.values()))
        for name in ("common", "AND 2", "NOT", "phrase", "term + publication", "speaker page"):
            for timed in asked[name]:
                self.assertEqual(timing.answer(timed), ordinary.answer(timed), timed)

    def test_real_text_is_put_together_anew(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "text.jsonl"
            row = {
                "headline": "Herons leave",
                "body": "The herons left the valley today. Nobody knows why yet.",
            }
            file.write_text(json.dumps(row) + "\n")
            corpus.build(100, file, lambda done: None)
        article = Article.objects.first()
        self.assertIn("The herons left the valley today.", article.body)
        self.assertTrue(all(quote.text in article.body for quote in Quote.objects.filter(article=article)))
