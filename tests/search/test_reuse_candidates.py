"""The candidates of text reuse: those that a comparison of all texts, one after the other, would choose."""

import random
from unittest import mock

from django.test import TestCase

from articles.models import Quote, clock
from articles.search.engine.searcher import searching
from articles.search.query import parse, words
from articles.search.request.query import SearchRequest
from articles.search.reuse import candidates
from articles.search.reuse.similarity import span_of
from tests.factories import make_article, make_quote

WORDS = ["barko", "delvo", "firn", "gulta", "hask", "jorm", "kelp", "lund", "mirg", "nask", "opal", "quern"]
MOST = 7


def heaviest(sentence, text):
    """The weight of the heaviest stretch of a text, whose parts are apart."""
    span, found = span_of(len(sentence.words)), 0.0
    for part in text.split(" […] "):
        said = words(part)
        for at in range(len(said)):
            found = max(found, sentence.weigh(set(said[at : at + span]) & set(sentence.words)))
    return found


def expected(sentence, least, *, parts=False):
    needed, usual = least * sentence.weigh(sentence.rarity), sentence.weight / len(sentence.words)
    scores = []
    for pk, text in Quote.objects.values_list("pk", "text"):
        weight, length = heaviest(sentence, text), len(words(text))
        own = usual * min(length, len(sentence.words)) if parts else 1
        if weight and weight >= (min(needed, least * own) if parts else needed) - 1e-9:
            scores.append((-round(weight / own, 6), length, pk))
    return [pk for *_, pk in sorted(scores)[:MOST]]


class CandidateTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        chance = random.Random(8)  # noqa: S311  # the same archive for the same seed
        for number in range(60):
            said = " ".join(chance.choices(WORDS, range(12, 0, -1), k=chance.choice((3, 8, 8, 70))))
            rest = " ".join(chance.choices(WORDS, range(12, 0, -1), k=chance.choice((5, 90))))
            article = make_article(headline=f"Number {number}", body=f"“{said}.” {rest}.")
            make_quote(article, *([said[:20], said[-20:]] if number % 9 == 0 and len(said) > 60 else [said]))

    def setUp(self):
        self.enterContext(mock.patch.object(candidates, "FIRST", 1))
        request = SearchRequest("quotes", parse("", "quotes"), clock.now())
        self.searcher = self.enterContext(searching(request, 60))

    def sentences(self):
        chance = random.Random(3)  # noqa: S311
        for number in (2, 5, 12, 40):
            yield candidates.read_sentence(chance.choices(WORDS, k=number), self.searcher)

    def test_quotes_are_in_the_order_of_their_heaviest_stretches(self):
        for sentence in self.sentences():
            with self.subTest(sentence.words):
                found = candidates.nearest_quotes(sentence, self.searcher, MOST, least=0.45)
                self.assertEqual(found, expected(sentence, 0.45))

    def test_a_short_quote_needs_its_share_of_as_many_words_as_it_has(self):
        for sentence in self.sentences():
            with self.subTest(sentence.words):
                found = candidates.nearest_quotes(sentence, self.searcher, MOST, least=0.8, parts=True)
                self.assertEqual(found, expected(sentence, 0.8, parts=True))
