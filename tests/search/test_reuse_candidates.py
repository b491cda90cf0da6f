"""The candidates of text reuse: those that a comparison of all texts, one after the other, would choose."""

import random
from itertools import accumulate
from unittest import mock

from django.test import SimpleTestCase, TestCase

from articles.models import Article, Quote, clock
from articles.search.engine.budget import COMPARING_SENTENCES, Budget
from articles.search.engine.searcher import searching
from articles.search.index import building
from articles.search.query import parse, words
from articles.search.request.query import SearchRequest
from articles.search.reuse import candidates
from articles.search.reuse.remembered import LEAST, LEAST_IN_PASSAGE, Remembered
from articles.search.reuse.similarity import may_have_same_words, similarity, span_of
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
            if number == 40:
                # The others are read from their records.
                building.consolidate()
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

    def test_articles_are_in_the_order_of_their_heaviest_stretches(self):
        for sentence in self.sentences():
            with self.subTest(sentence.words):
                found = candidates.nearest_articles(sentence, self.searcher, MOST, least=0.6)
                self.assertEqual(found, self.expected_articles(sentence, 0.6))

    def expected_articles(self, sentence, least):
        asked = set(sentence.known[: candidates.RAREST])
        scores = []
        for pk, headline, body in Article.objects.values_list("pk", "headline", "body"):
            # A stretch never has words of both.
            said = [words(headline), words(body)]
            span = span_of(len(sentence.words))
            weight = max(
                sentence.weigh(set(part[at : at + span]) & asked) for part in said for at in range(len(part))
            )
            if weight >= least * sentence.weigh(asked) - 1e-9:
                # A word of the headline counts five times in the length.
                scores.append((-round(weight, 6), 5 * len(said[0]) + len(said[1]), pk))
        return [pk for *_, pk in sorted(scores)[:MOST]]

    def test_the_rarest_words_are_looked_up_while_they_have_not_too_many_occurrences(self):
        said = [word for text in Quote.objects.values_list("text", flat=True) for word in words(text)]
        by_rarity = sorted(WORDS, key=said.count)
        for most in (0, 300, 500, 900, 10_000):
            with self.subTest(most), mock.patch.object(candidates, "MOST_OCCURRENCES", most):
                sentence = candidates.read_sentence(by_rarity, self.searcher)
                chosen = candidates._not_too_frequent(self.searcher, sentence.quotes, by_rarity)
                together = list(accumulate(map(said.count, by_rarity)))
                number = max(candidates.LEAST_WORDS, sum(occurrences <= most for occurrences in together))
                self.assertEqual(chosen, by_rarity[:number])

    def test_a_text_that_is_not_compared_would_not_have_been_close(self):
        for sentence in self.sentences():
            remembered = Remembered(sentence, Budget(COMPARING_SENTENCES))
            for text in Quote.objects.values_list("text", flat=True):
                said = words(text)
                every = remembered.closeness(said, "en", 0)
                with self.subTest(sentence=sentence.words, text=text):
                    if every and every.is_close:
                        self.assertEqual(remembered.closeness(said, "en", LEAST), every)
                    if every and every.is_in_passage:
                        self.assertEqual(remembered.closeness(said, "en", LEAST_IN_PASSAGE), every)


class SameWordsTests(SimpleTestCase):
    def test_a_text_that_is_not_aligned_would_not_have_the_same_words(self):
        chance, met = random.Random(5), 0  # noqa: S311
        for _ in range(3_000):
            one = chance.choices(WORDS[: chance.choice((3, 12))], k=chance.randint(1, 20))
            altered = [word for word in one if chance.random() < 0.8] or one
            other = chance.choice((altered, chance.choices(WORDS, k=chance.randint(1, 20))))
            if similarity(one, other).same_words:
                met += 1
                self.assertTrue(may_have_same_words(one, other), (one, other))
        self.assertGreater(met, 500)
