"""The parts of the benchmark, on a hundred articles."""

import importlib
import json
import random
import tempfile
from pathlib import Path
from unittest import mock

import pytest
from django.db import connection
from django.test import TestCase

from articles.models import Article, Quote, QuoteDocument
from benchmarks import baseline, corpus, insert_cost, pages, queries, quotes_corpus, recall, timing


class BenchmarkTests(TestCase):
    def test_every_class_is_answered_both_ways(self):
        corpus.build(100, None, lambda done: None)
        baseline.prepare()
        self.assertEqual(Article.objects.published().count(), 100)
        asked = queries.classes(queries.vocabulary(), 2)
        measured = {each.name: each for each in timing.measure(asked)}
        self.assertEqual(list(measured), list(asked))
        self.assertEqual(measured["no words"].hits, 100)
        for each in measured.values():
            self.assertTrue(all(p50 <= p95 for p50, p95 in (each.engine, each.answer, each.ordinary)), each)
        for name in ("common", "AND 2", "NOT", "term + publication", "speaker page"):
            for timed in asked[name]:
                numbers = {timing.engine(timed), timing.answer(timed), baseline.answer(timed)}
                self.assertEqual(len(numbers), 1, (timed, numbers))

    def test_other_engines_find_the_same_numbers_of_articles(self):
        peers = self._peers()
        asked = queries.classes(queries.vocabulary(), 2)
        for name in ("rare", "common", "AND 2", "OR", "NOT", "phrase", "prefix", "term + date", "no words"):
            for timed in asked[name]:
                request = timing.question(timed)
                expected = timing.engine(timed)
                for peer in peers:
                    # FTS5 has only stems, of another stemmer.
                    if peer.name == "tantivy" or name in ("rare", "no words"):
                        self.assertEqual(peer.answer(request)[1], expected, (peer.name, timed))
                    self.assertLessEqual(len(peer.answer(request)[0]), 20)

    def test_known_articles_are_found_by_the_words_of_their_middle(self):
        peers = self._peers()
        archive, tantivy, _ = importlib.import_module("benchmarks.known_items").measure(peers)
        self.assertGreater(archive.asked, 90)
        self.assertGreater(archive.mean_reciprocal_rank, tantivy.mean_reciprocal_rank - 0.05)

    def _peers(self):
        """The peers of an archive; they are not among the dependencies of the tests."""
        peers = pytest.importorskip("benchmarks.peers", exc_type=ImportError)
        corpus.build(100, None, lambda done: None)
        folder = self.enterContext(tempfile.TemporaryDirectory())
        return peers.opened(Path(folder))

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


class PagesTests(TestCase):
    """An archive of copies that quote sentences of their own, and its pages."""

    @classmethod
    def setUpTestData(cls):
        # Copies are told from the first by their ids, which begin with 1 in a database of one's own.
        with connection.cursor() as cursor:
            for table in ("article", "publication", "quote"):
                cursor.execute(f"ALTER SEQUENCE articles_{table}_id_seq RESTART")
        with mock.patch.object(quotes_corpus, "DISTINCT", 40):
            quotes_corpus.build(120, lambda done: None)

    def test_copies_quote_other_sentences_than_the_first_and_stand_in_the_index_like_any(self):
        quotes = Quote.objects.accepted()
        self.assertEqual(quotes.count(), 6 * 120)
        for quote in quotes.select_related("article").filter(article__gt=40)[:30]:
            self.assertEqual(quote.article.body[quote.start : quote.end], quote.text)
        self.assertGreater(len(set(quotes.values_list("text", flat=True))), 600)
        with connection.cursor() as cursor:
            cursor.execute("SELECT quote_id FROM archive_quote_documents('{}', ARRAY[1, 41, 81])")
            expected = {pk for (pk,) in cursor}
        found = QuoteDocument.objects.filter(article__in=[1, 41, 81])
        self.assertEqual(set(found.values_list("pk", flat=True)), expected)

    def test_every_page_is_asked_for_as_often_as_told(self):
        timed = {page.name: page for page in pages.measure(2)}
        for name in ("front page", "speaker", "profile", "compare", "versions", "find", "report"):
            self.assertEqual(timed[name].requests, 2)
            self.assertGreater(timed[name].p50_ms, timed[name].sql_p50_ms)
        self.assertTrue(all(0 < page.queries <= 20 for page in timed.values()), timed)

    def test_sentences_are_altered_and_found(self):
        dice = random.Random(1)  # noqa: S311 (dice, not a lock)
        said = ["we", "had", "the", "cows", "out", "before", "the", "siren"]
        self.assertTrue(any(recall.altered(dice, said) != said for _ in range(5)))
        long, short, nobody = recall.measure()
        self.assertGreater(long.asked, short.asked)
        self.assertGreater(long.found, 0.9)
        self.assertGreater(nobody.found, 0.9)

    def test_what_adding_a_quote_costs_leaves_none_behind(self):
        before = Quote.objects.count()
        p50, p95 = insert_cost.measure(2)
        self.assertTrue(0 < p50 <= p95)
        self.assertEqual(Quote.objects.count(), before)
