"""Other versions of a quote with their differences, and finding a quote."""

import datetime as dt
import random
from unittest import mock

from django.db import connection
from django.test import TestCase
from django.utils import timezone

from articles.models import Quote
from articles.search.reuse.similarity import similarity
from articles.search.reuse.text_reuse import find_similar
from tests.factories import make_article, make_quote, make_speaker
from tests.sizes import size
from tests.views.queries import TWELVE

WORDS = [
    "river",
    "gate",
    "lamp",
    "barley",
    "council",
    "ferry",
    "stone",
    "winter",
    "ledger",
    "orchard",
    "kettle",
    "siren",
    "promise",
    "weir",
    "meadow",
    "harvest",
    "bridge",
    "sheriff",
    "lantern",
    "timber",
    "cellar",
    "voyage",
    "thunder",
    "copper",
    "saddle",
    "mirror",
    "garden",
    "anchor",
    "valley",
    "window",
]
SMALL = [
    "the",
    "a",
    "of",
    "and",
    "to",
    "we",
    "in",
    "it",
    "is",
    "was",
    "that",
    "for",
    "not",
    "on",
    "with",
    "they",
]


def said(words: str, day: dt.date | None = None, **fields) -> Quote:
    yesterday = timezone.now() - dt.timedelta(days=1)
    of = {"visible_from": yesterday, **fields.pop("of", {})}
    return make_quote(
        make_article(body=f"It was late. “{words}” was heard.", published_on=day, **of), words, **fields
    )


class VersionsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.pell = make_speaker("Osric Pell", slug="osric-pell")
        cls.marrow = make_speaker("Tilda Marrow", slug="tilda-marrow")
        words = "We had the cows out before the siren"
        cls.second = said(words, dt.date(2024, 12, 18), speaker=cls.pell)
        cls.first = said(f"{words}, and the siren was late", dt.date(2019, 3, 1), speaker=cls.pell)
        cls.third = said("We had the sheep out before the siren", dt.date(2025, 1, 1), speaker=cls.marrow)
        cls.other = said("Nobody had the gate open before noon", dt.date(2025, 1, 1), speaker=cls.marrow)

    def read(self, quote):
        return self.client.get(f"/quotes/{quote.pk}/versions/?format=json").json()

    def test_other_wordings_stand_in_order_of_time_each_beside_the_earliest(self):
        found = self.read(self.second)
        self.assertEqual(
            [(wording["is"], wording["printed"][0]["id"]) for wording in found["wordings"]],
            [("in these words", self.first.pk), ("shorter", self.second.pk), ("altered", self.third.pk)],
        )
        self.assertEqual(found["others"], 2)

    def test_from_whichever_is_opened_the_others_are_found(self):
        for quote in (self.first, self.second, self.third):
            with self.subTest(quote):
                ids = {each["id"] for wording in self.read(quote)["wordings"] for each in wording["printed"]}
                self.assertEqual(ids, {self.first.pk, self.second.pk, self.third.pk})

    def test_that_they_are_credited_to_different_people_is_said(self):
        self.assertTrue(self.read(self.first)["conflict"])
        page = self.client.get(f"/quotes/{self.first.pk}/versions/")
        self.assertContains(page, "Attributed to different people:")
        self.third.delete()
        self.assertFalse(self.read(self.first)["conflict"])

    def test_the_pages_of_both_quotes_say_that_they_are_credited_to_different_people(self):
        for quote in (self.second, self.third):
            with self.subTest(quote):
                page = self.client.get(quote.get_absolute_url())
                self.assertContains(page, "Attributed to different people:")
                for name in ("Osric Pell", "Tilda Marrow"):
                    self.assertContains(page, f"{name}</a>")
        page = self.client.get(self.other.get_absolute_url())
        self.assertNotContains(page, "Attributed to different people:")

    def test_a_speaker_who_quotes_another_does_not_conflict_with_them(self):
        whole = said("Tilda told me the lamp was never lit at the weir", speaker=self.pell)
        inner = "the lamp was never lit at the weir"
        quote = make_quote(whole.article, inner, speaker=self.marrow, inside=whole)
        for each in (whole, quote):
            with self.subTest(each):
                self.assertFalse(self.read(each)["conflict"])
                self.assertContains(self.client.get(each.get_absolute_url()), "Similar quotes (1)")
                self.assertNotContains(self.client.get(each.get_absolute_url()), "different people")

    def test_three_words_of_two_people_are_no_conflict(self):
        for speaker, paper in ((self.pell, "Corran Post"), (self.marrow, "Bight Mail")):
            quote = said("No more ferries", speaker=speaker, of={"publication": paper})
        self.assertEqual((self.read(quote)["others"], self.read(quote)["conflict"]), (1, False))

    def test_two_entries_of_one_person_are_no_conflict(self):
        self.marrow.merged_into = self.pell
        self.marrow.save()
        self.assertFalse(self.read(self.first)["conflict"])

    def test_the_differences_are_shown_word_by_word(self):
        page = self.client.get(f"/quotes/{self.first.pk}/versions/")
        self.assertContains(page, "<del>cows </del><ins>sheep </ins>")

    def test_the_same_words_in_several_papers_are_one_wording(self):
        again = said(
            self.second.text, dt.date(2024, 12, 19), speaker=self.pell, of={"publication": "Corran Post"}
        )
        (wording,) = [each for each in self.read(self.first)["wordings"] if each["is"] == "shorter"]
        self.assertEqual([each["id"] for each in wording["printed"]], [self.second.pk, again.pk])

    def test_what_readers_may_not_see_is_neither_shown_nor_counted(self):
        Quote.objects.filter(pk=self.third.pk).update(standing="withdrawn")
        self.first.article.status = "withheld"
        self.first.article.save()
        found = self.read(self.second)
        self.assertEqual([each["printed"][0]["id"] for each in found["wordings"]], [self.second.pk])
        self.assertEqual(self.client.get(f"/quotes/{self.third.pk}/versions/").status_code, 410)
        self.assertEqual(self.client.get("/quotes/999999/versions/").status_code, 404)

    def test_whom_a_paper_wrongly_named_is_not_given_as_who_said_it(self):
        quote = said("The lamp by the weir was never lit", source="Edmund Lusk", standing="misattributed")
        for address in (f"/quotes/{quote.pk}/versions/", "/quotes/find/?q=the+lamp+by+the+weir+was+lit"):
            with self.subTest(address):
                found = self.client.get(address)
                self.assertContains(found, f"/quotes/{quote.pk}/")
                self.assertNotContains(found, "Edmund Lusk")

    def test_a_quote_without_a_word_or_of_one_alone_stands_for_itself(self):
        for words in ("…", "No!"):
            with self.subTest(words):
                self.assertEqual(self.read(said(words))["others"], 0)

    def test_a_quote_alone_says_so(self):
        self.assertContains(self.client.get(f"/quotes/{self.other.pk}/versions/"), "No similar quotes.")

    def test_the_number_beside_a_quote_is_that_of_its_page(self):
        for quote in (self.first, self.second, self.third, self.other, said("No!")):
            with self.subTest(quote):
                page = self.client.get(quote.get_absolute_url())
                self.assertContains(page, f"Similar quotes ({self.read(quote)['others']})")

    def test_a_number_that_would_take_too_long_is_left_out(self):
        def read_sentence(words, searcher):
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_sleep(10)")

        text_reuse = "articles.search.reuse.text_reuse"
        with (
            mock.patch(f"{text_reuse}.read_sentence", read_sentence),
            mock.patch(f"{text_reuse}.MOST_SECONDS", 0.5),
        ):
            page = self.client.get(self.first.get_absolute_url())
        self.assertContains(page, "Similar quotes</a>")

    def test_a_sentence_of_frequent_words_is_found_among_all_that_have_two_of_them(self):
        for number in range(12):
            said(f"Number {number} is what we saw")
            said(f"On day {number} they do nothing, and do it well")
            said(f"The gates they do not mind, all {number} of them")
        wanted = said("We do what they do")
        few = {"MOST_OCCURRENCES": 5, "LEAST_WORDS": 2}
        with mock.patch.multiple("articles.search.reuse.candidates", **few):
            found, _ = find_similar("we do what they did")
        self.assertEqual(found[0].row, wanted)

    def test_the_pages_ask_the_database_at_most_twelve_times(self):
        # The first search reads what changed since the index was built.
        self.client.get(self.first.get_absolute_url())
        with self.assertNumQueries(TWELVE):
            self.client.get(f"/quotes/{self.first.pk}/versions/")
        with self.assertNumQueries(TWELVE):
            self.client.get("/quotes/find/?q=cows+out+before+the+siren")


class FindTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.quote = said("We had the cows out before the siren", dt.date(2024, 12, 18))
        make_article(
            headline="Afterwards", body="All remember how we had the cows out before the siren that night."
        )

    def test_a_sentence_half_remembered_brings_the_quote_and_articles_without_one(self):
        page = self.client.get("/quotes/find/?q=we+got+the+cows+out+before+that+siren")
        self.assertContains(page, f"/quotes/{self.quote.pk}/")
        self.assertContains(page, "<del>got </del><ins>had </ins>")
        self.assertContains(page, "Afterwards")
        self.assertContains(page, "1 article contains these words outside a quote")
        found = self.client.get("/quotes/find/?format=json&q=cows+out+before+the+siren").json()
        self.assertEqual([each["id"] for each in found["quotes"]], [self.quote.pk])
        self.assertEqual(len(found["not_recorded_as_a_quote"]), 1)

    def test_a_quote_with_a_few_of_the_words_is_not_taken_for_it(self):
        other = said("We found it out, said the lad")
        found = self.client.get("/quotes/find/?format=json&q=we+got+cows+out+before+the+siren").json()
        self.assertNotIn(other.pk, [each["id"] for each in found["quotes"]])

    def test_a_long_quote_with_the_words_far_apart_does_not_come_before_a_short_one(self):
        dice = random.Random(4)  # noqa: S311 (dice, not a lock)
        asked = self.quote.text.lower().split()
        for _ in range(3):
            words = dice.choices(WORDS, k=3000)
            words[::20] = dice.choices(asked, k=150)
            said(" ".join(words))
        found = self.client.get("/quotes/find/?format=json&q=we+had+the+cows+out+before+siren").json()
        self.assertEqual([each["id"] for each in found["quotes"]], [self.quote.pk])

    def test_of_a_long_quote_only_the_part_with_the_words_is_shown(self):
        dice = random.Random(5)  # noqa: S311 (dice, not a lock)
        before, after = (" ".join(dice.choices(SMALL, k=500)) for _ in range(2))
        said(f"{before} the kettle sang in the cellar {after}")
        page = self.client.get("/quotes/find/?q=the+kettle+sings+in+the+cellar")
        self.assertContains(page, "<del>sings </del><ins>sang </ins>")
        self.assertNotContains(page, before)
        self.assertNotContains(page, after)

    def test_of_a_long_wording_only_the_part_of_the_oldest_is_compared(self):
        dice = random.Random(6)  # noqa: S311 (dice, not a lock)
        longer = " ".join(dice.choices(SMALL, k=500))
        first = said("The kettle sang in the cellar all winter", dt.date(2020, 1, 1))
        said(f"{longer} the kettle sang in the cellar all summer", dt.date(2021, 1, 1))
        page = self.client.get(f"/quotes/{first.pk}/versions/")
        self.assertContains(page, "<del>winter </del><ins>summer</ins>")
        self.assertNotContains(page, longer)

    def test_long_repetitive_quotes_are_answered_or_refused(self):
        for number in range(4):
            quote = said("we will not " * (6_000 + number))
        asked = {"q": "we will not " * 80}
        for address, query in ((f"/quotes/{quote.pk}/versions/", {}), ("/quotes/find/", asked)):
            with self.subTest(address):
                self.client.raise_request_exception = False
                self.assertIn(self.client.get(address, query).status_code, (200, 503))

    def test_words_in_another_order_and_tense_are_found(self):
        for asked in ("before the siren we had the cows out", "we have cows out before the sirens"):
            with self.subTest(asked):
                found = self.client.get("/quotes/find/", {"format": "json", "q": asked}).json()
                self.assertEqual([each["id"] for each in found["quotes"]], [self.quote.pk])

    def test_an_embargoed_quote_is_not_found(self):
        later = timezone.now() + dt.timedelta(days=1)
        said("The ledger of the orchard was burnt in winter", of={"visible_from": later})
        found = self.client.get("/quotes/find/?q=the+ledger+of+the+orchard+was+burnt")
        self.assertContains(found, "We found nothing similar.")

    def test_nothing_typed_and_nothing_found_are_no_errors(self):
        self.assertContains(self.client.get("/quotes/find/"), "Type what you remember")
        self.assertContains(self.client.get("/quotes/find/?q=zebra+crossing"), "We found nothing similar.")
        for odd in ("%00", "'", "\\", "&|!:*", "“ ”", "a" * 3000, "ﷺ ..."):
            with self.subTest(odd):
                self.assertEqual(self.client.get("/quotes/find/", {"q": odd}).status_code, 200)
        self.assertEqual(self.client.get("/quotes/find/?format=json").status_code, 400)

    def test_where_a_search_found_nothing_the_way_here_is_shown(self):
        self.assertContains(self.client.get("/quotes/?q=cattle+siren+zebra"), "/quotes/find/?q=cattle")


class RememberedTests(TestCase):
    """Quotes of invented words, each altered by one to three, and sentences of the same words."""

    def sentence(self, dice: random.Random, length: int) -> list[str]:
        return [dice.choice(WORDS if dice.random() < 0.45 else SMALL) for _ in range(length)]

    def altered(self, dice: random.Random, words: list[str]) -> list[str]:
        words = list(words)
        for _ in range(dice.randint(1, 3 if len(words) > 5 else 1)):
            at = dice.randrange(len(words))
            match dice.choice(["exchange", "leave out", "inflect", "order"]):
                case "exchange":
                    words[at] = dice.choice([*WORDS, *SMALL, "never", "always"])
                case "leave out" if len(words) > 3:
                    del words[at]
                case "inflect":
                    words[at] += "s"
                case _:
                    other = min(at + 1, len(words) - 1)
                    words[at], words[other] = words[other], words[at]
        return words

    def test_the_original_is_among_the_first_five_and_what_nobody_said_is_not_found(self):
        dice = random.Random(7)  # noqa: S311 (dice, not a lock)
        number = size(200, 1000)
        sentences = [self.sentence(dice, dice.randint(4, 20)) for _ in range(2 * number)]
        body = "\n\n".join(f"“{' '.join(words)}.”" for words in sentences)
        article = make_article(body=body)
        quotes = [make_quote(article, f"{' '.join(words)}.") for words in sentences]
        met = {True: [], False: []}
        for words, quote in dice.sample(list(zip(sentences, quotes, strict=True)), number):
            found = [each.row.pk for each in find_similar(" ".join(self.altered(dice, words)))[0][:5]]
            met[len(words) >= 8].append(quote.pk in found)
        shares = {long: sum(each) / len(each) for long, each in met.items()}
        unsaid = [self.sentence(dice, dice.randint(4, 20)) for _ in range(number)]
        nothing = sum(find_similar(" ".join(words)) == ([], []) for words in unsaid) / number
        print(
            f"found again: {shares[True]:.1%} of eight words or more, {shares[False]:.1%} of four to seven;"
        )
        print(f"nothing found for {nothing:.1%} of the sentences that nobody said")
        self.assertGreaterEqual(shares[True], 0.95)
        self.assertGreaterEqual(shares[False], 0.8)
        self.assertGreaterEqual(nothing, 0.95)

    def test_a_short_sentence_is_the_same_only_where_nothing_is_altered(self):
        self.assertTrue(
            similarity(["no", "more", "rain"], ["said", "no", "more", "rain", "today"]).same_words
        )
        self.assertFalse(similarity(["no", "more", "rain"], ["no", "less", "rain", "at", "all"]).same_words)
        self.assertFalse(similarity(["never", "again"], ["never", "again"]).same_words)
