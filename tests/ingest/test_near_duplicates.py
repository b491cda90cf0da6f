"""Near-duplicate articles find each other, and an editor decides once what they are."""

from unittest import mock

from django.test import SimpleTestCase, TestCase
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Article, Signature
from articles.near_duplicates import pairs
from articles.near_duplicates.minhash import lsh_bands, shingles
from articles.operations.integrity import faults
from articles.operations.reindex import reindex
from articles.revisions import change_text
from tests.admin.desk import make_user
from tests.factories import make_article

WORDS = [f"{kind} {thing}" for kind in ("grey", "tall", "wet") for thing in ("weir", "gate", "barge", "lamp")]
TEXT = ". ".join(
    f"On day {day} the keeper saw the {WORDS[day % 12]} pass {day * 7} times" for day in range(40)
)
OTHER = ". ".join(f"In month {n} no{n} clerk wrote{n} about{n} taxes{n} here" for n in range(40))
FIRST = [1710463170, 1187179154, -1499095623]


class ShinglesTests(SimpleTestCase):
    @given(st.lists(st.sampled_from(WORDS), min_size=12, max_size=60))
    def test_case_accents_and_marks_make_no_difference(self, words):
        plain = " ".join(words)
        self.assertEqual(
            lsh_bands(shingles(plain)), lsh_bands(shingles(f"“{plain.upper().replace('E', 'É')}!”"))
        )

    def test_a_signature_is_the_same_on_every_machine_and_day(self):
        self.assertEqual(lsh_bands(shingles(TEXT))[:3], FIRST)

    def test_a_text_of_a_few_words_has_no_signature(self):
        self.assertEqual(lsh_bands(shingles("The council met and heard report number 4.")), [])


class NearTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("editor")
        cls.first = make_article(headline="The keeper's log", body=TEXT)
        make_article(headline="Of something else", body=OTHER)

    def draft(self, body):
        return make_article(headline="As pasted", body=body, status="draft", publication="Harrowmouth Post")

    def test_an_edited_text_is_found_with_the_share_of_each_in_the_other(self):
        cut = TEXT[: len(TEXT) // 2]
        (one,) = pairs.near_duplicates_of(self.draft(f"{cut}."))
        self.assertEqual(one.article, self.first)
        self.assertGreater(one.of_this, 0.98)
        self.assertTrue(0.45 < one.of_other < 0.6, one.of_other)

    def test_a_text_of_its_own_is_near_nothing(self):
        self.assertEqual(
            pairs.near_duplicates_of(self.draft("Something quite different was said of it. " * 9)), []
        )

    def test_among_many_that_fill_in_one_form_the_one_that_says_the_same_is_found(self):
        for number in range(40):
            make_article(body=f"{TEXT}. At gauge {number} it stood {number * 3} over {number * 5}.")
        half = OTHER[: len(OTHER) // 2]
        twin = make_article(body=f"{TEXT}. {half}. So it was.")
        with mock.patch.object(pairs, "MAX_PER_BAND", 10):
            found = pairs.near_duplicates_of(self.draft(f"{TEXT}. {half}. So it is."))
        self.assertIn(twin, [one.article for one in found])

    def test_what_was_told_apart_is_never_asked_again_from_either_side(self):
        draft = self.draft(f"{TEXT} And so on.")
        pairs.mark_different(draft, self.first, by=self.editor)
        pairs.mark_different(self.first, draft, by=self.editor)
        self.assertEqual(pairs.near_duplicates_of(draft), [])
        self.assertEqual(pairs.near_duplicates_of(self.first), [])

    def test_a_copy_of_a_copy_is_a_copy_of_the_first(self):
        second, third = self.draft(f"{TEXT} And so on."), self.draft(f"{TEXT} And so forth.")
        pairs.mark_as_copy(second, self.first)
        pairs.mark_as_copy(third, second)
        self.assertEqual(third.copy_of, self.first)
        with self.assertRaises(pairs.CannotLink):
            pairs.mark_as_copy(self.first, third)

    def test_the_older_names_the_newer_which_takes_over_its_address(self):
        Article.objects.filter(pk=self.first.pk).update(canonical_url="https://courier.example/log")
        newer = self.draft(f"{TEXT} And so on.")
        pairs.mark_as_new_version(newer, Article.objects.get(pk=self.first.pk))
        newer.refresh_from_db()
        self.first.refresh_from_db()
        self.assertEqual((self.first.version_of, newer.version_of), (newer, None))
        self.assertEqual(newer.canonical_url, self.first.canonical_url)
        with self.assertRaises(pairs.CannotLink):
            pairs.mark_as_new_version(self.first, newer)
        self.assertEqual(pairs.near_duplicates_of(newer), [])

    def test_a_signature_follows_an_edit_and_one_that_lags_is_told_and_mended(self):
        change_text(self.first, body=OTHER + " So it stood.")
        self.assertEqual(list(faults()), [])
        Article.objects.filter(pk=self.first.pk).update(body=TEXT)
        told = f"article {self.first.pk}: its signature does not match its text; reindex"
        self.assertEqual(list(faults()), [told])
        self.assertEqual(list(reindex()), [(self.first.pk, 1)])
        self.assertEqual(list(faults()), [])
        self.assertEqual(Signature.objects.get(article=self.first).bands, lsh_bands(shingles(TEXT)))
