"""Words that are written as one or as two are offered in the other way, with counts."""

from django.test import TestCase

from articles import search
from tests.factories import make_article


class SpellingVariantTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        make_article(headline="Gerry O’Brien", body="He sent an e-mail and will co-operate.")
        make_article(headline="Second", body="Another e-mail.")
        for number in range(6):
            make_article(headline=f"Email number {number}", body="They cooperate with obrien.")
        search.count_words()

    def offered(self, q):
        """Label and count of each link, after checking that it finds as many as it says."""
        found = []
        for hint in self.client.get("/search/", {"q": q}).context["page"].answer.hints:
            for each in hint.instead:
                page = self.client.get(f"/search/{each.url}").context["page"]
                self.assertEqual(page.answer.count, each.count, each.query)
                found.append((each.label, each.count))
        return found

    def test_a_word_is_offered_as_two(self):
        self.assertEqual(self.offered("email"), [("e-mail", 2), ("email OR e-mail", 8)])
        self.assertEqual(self.offered("OBrien"), [("O’Brien", 1), ("OBrien OR O’Brien", 7)])
        self.assertEqual(self.offered("cooperate"), [("co-operate", 1), ("cooperate OR co-operate", 7)])

    def test_two_words_are_offered_as_one(self):
        self.assertEqual(self.offered("e-mail"), [("email", 6), ("e-mail OR email", 8)])
        self.assertEqual(self.offered("O'Brien"), [("OBrien", 6), ("O'Brien OR OBrien", 7)])
        self.assertEqual(self.offered("co-operate"), [("cooperate", 6), ("co-operate OR cooperate", 7)])

    def test_exact_words_are_offered_as_phrases_and_fields_stay(self):
        self.assertEqual(self.offered('"email"')[0], ('"e mail"', 2))
        self.assertEqual(self.offered('body:"e mail"'), [])
        self.assertEqual(self.offered("headline:obrien"), [("o’brien", 1), ("obrien OR o’brien", 1)])

    def test_nothing_is_offered_that_finds_nothing(self):
        self.assertEqual(self.offered("email -another -sent"), [])
        self.assertEqual(self.offered("second"), [])
