"""Two texts compared: words within changed paragraphs, and equal paragraphs apart."""

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from articles.presenters.differences import MOST_WORDS, brief_changes, compare_texts, compare_words
from articles.templatetags.archive import with_changes

LONG = " ".join(f"The weir at post {number} held." for number in range(MOST_WORDS))
WORDS = st.lists(st.sampled_from(["weir", " ", "held", ".", "\n", "gate, ", "“Yes.” "]), max_size=12)


def changed(old, new):
    return [with_changes(step.words) for step in compare_texts(old, new) if not step.same]


class DifferencesTests(SimpleTestCase):
    def test_changed_paragraphs_are_paired_with_their_versions_around_a_new_one(self):
        old = "The gates opened at four.\n\nThe mayor saw nothing of it.\n\nIt rained."
        new = "The gates opened at five.\n\nNobody was hurt.\n\nThe mayor saw all of it.\n\nIt rained."
        self.assertEqual(
            changed(old, new),
            [
                "The gates opened at <del>four</del><ins>five</ins>.",
                "<ins>Nobody was hurt.</ins>",
                "The mayor saw <del>nothing</del><ins>all</ins> of it.",
            ],
        )

    def test_equal_paragraphs_are_kept_apart_to_be_folded(self):
        steps = compare_texts("One.\n\nTwo.\n\nIt rose.", "One.\n\nTwo.\n\nIt fell.")
        self.assertEqual([step.same for step in steps], [("One.", "Two."), ()])

    def test_a_word_changed_in_a_very_long_paragraph_does_not_strike_out_the_rest(self):
        words = compare_words(LONG, LONG.replace("post 700 held", "post 700 broke"))
        self.assertEqual([w.text for w in words if w.change != "same"], ["held", "broke"])

    def test_several_changed_words_in_a_row_are_one_change(self):
        self.assertEqual(
            changed("He went up there.", "He ran down there."),
            ["He <del>went up</del><ins>ran down</ins> there."],
        )

    def test_a_text_that_repeats_itself_without_end_is_one_change_between_equal_ends(self):
        yes, no = ["Yes.", "No."] * 9_000, ["No.", "Yes."] * 9_000
        old, new = ("\n\n".join(["It rose.", *between, "It fell."]) for between in (yes, no))
        steps = compare_texts(old, new)
        self.assertEqual((steps[0].same, steps[-1].same), (("It rose.",), ("It fell.",)))
        sentences = compare_words(old.replace("\n\n", " "), new.replace("\n\n", " "))
        self.assertEqual([word.change for word in sentences], ["same", "out", "in", "same"])

    def test_a_brief_change_leaves_out_what_is_far_from_it_and_has_a_limit(self):
        words = brief_changes(LONG, LONG.replace("post 700 held", "post 700 broke"))
        self.assertLess(sum(len(word.text) for word in words), 300)
        self.assertLess(sum(len(word.text) for word in brief_changes("", LONG)), 1_100)

    @given(WORDS.map("".join), WORDS.map("".join))
    def test_each_side_is_its_text(self, old, new):
        words = compare_words(old, new)
        self.assertEqual("".join(word.text for word in words if word.change != "in"), old)
        self.assertEqual("".join(word.text for word in words if word.change != "out"), new)
