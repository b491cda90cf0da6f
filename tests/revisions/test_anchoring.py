"""Spans are found again in an edited text where they are certain, and nowhere else."""

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from articles.revisions.anchoring import Reanchoring, find_lost

OLD = "Pell was asked. “Yes,” said Pell. Then the mayor spoke. “Yes,” said Okafor. It rained on the bridge."


def find(old, new, words, nth=0):
    start = -1
    for _ in range(nth + 1):
        start = old.index(words, start + 1)
    span = Reanchoring(old, new).find(start, start + len(words))
    return span and (span[0], new[span[0] : span[1]])


class FindingTests(SimpleTestCase):
    def test_an_edit_elsewhere_moves_it_by_as_much(self):
        new = "Tarrin, Friday. " + OLD
        self.assertEqual(find(OLD, new, "Yes,"), (OLD.index("Yes,") + 16, "Yes,"))
        self.assertEqual(find(OLD, new, "Yes,", 1), (OLD.index("Yes,", 30) + 16, "Yes,"))

    def test_each_of_two_alike_keeps_its_own_place(self):
        new = OLD.replace("Then the mayor spoke. ", "")
        self.assertEqual(find(OLD, new, "Yes,", 1), (new.index("Yes,", 30), "Yes,"))

    def test_where_one_of_two_alike_is_cut_it_does_not_become_the_other(self):
        new = OLD.replace("“Yes,” said Pell. ", "")
        self.assertIsNone(find(OLD, new, "Yes,"))
        self.assertEqual(find(OLD, new, "Yes,", 1), (new.index("Yes,"), "Yes,"))

    def test_changed_words_are_lost(self):
        self.assertIsNone(find(OLD, OLD.replace("It rained", "It snowed"), "rained on"))

    def test_a_moved_paragraph_is_found_by_its_surroundings(self):
        one, two, three = (
            "First, a line about lambs.",
            "“The ice,” said Pell, “was thick.”",
            "Last, a line on tiles.",
        )
        old, new = "\n\n".join([one, two, three]), "\n\n".join([two, three, one])
        self.assertEqual(find(old, new, "The ice,"), (1, "The ice,"))

    def test_a_long_stretch_is_known_by_itself(self):
        words = "on fourteen mornings she would have learnt nothing at all"
        self.assertEqual(find(f"Pell: {words}!", f"Quite otherwise, now: {words}.", words)[1], words)

    def test_short_words_in_new_surroundings_are_not_guessed(self):
        self.assertIsNone(
            find("He nodded: “Yes,” and left.", "Nobody, as the minutes say, said “Yes,” that night.", "Yes,")
        )

    def test_everything_gone(self):
        self.assertIsNone(find(OLD, "", "Yes,"))
        self.assertIsNone(Reanchoring(OLD, "").span(0, 10))

    def test_a_span_keeps_its_borders_whatever_changes_within(self):
        old = "Q: Why?\n\nA: Nobody asked me to leave.\n\nQ: And now?"
        new = old.replace("Nobody asked me to leave.", "Nobody, it seems, asked me.")
        start = old.index("Nobody")
        found = Reanchoring(old, new).span(start, old.index("\n\nQ: And"))
        self.assertEqual(new[slice(*found)], "Nobody, it seems, asked me.")

    @given(st.text("ab “”,.\n", max_size=60), st.text("ab “”,.\n", max_size=60), st.data())
    def test_what_is_found_are_always_the_same_words(self, old, new, data):
        end = data.draw(st.integers(1, max(1, len(old))))
        start = data.draw(st.integers(0, end - 1))
        found = Reanchoring(old, new).find(start, end) if old else None
        if found:
            self.assertEqual(new[slice(*found)], old[start:end])

    @given(st.text("abc \n", max_size=80), st.text("abc \n", max_size=80))
    def test_unchanged_blocks_are_the_same_and_in_order(self, old, new):
        at_old = at_new = 0
        for start, now, length in Reanchoring(old, new).blocks:
            self.assertEqual(old[start : start + length], new[now : now + length])
            self.assertTrue(at_old <= start and at_new <= now and length)
            at_old, at_new = start + length, now + length

    @given(st.text("ab “,.\n", min_size=1, max_size=60), st.text("ab “,.\n", max_size=10), st.data())
    def test_an_insertion_elsewhere_never_moves_it_to_other_surroundings(self, old, more, data):
        end = data.draw(st.integers(1, len(old)))
        start = data.draw(st.integers(0, end - 1))
        found = Reanchoring(old, old + more).find(start, end)
        if found and end - start >= 40:
            self.assertEqual(found, (start, end))


class FindingLostTests(SimpleTestCase):
    def test_a_lost_quote_is_found_where_its_words_and_surroundings_are_back(self):
        text = "Pell farms. “Yes,” he said. “No.” It rained."
        whole, spans = find_lost(text, ["Yes,", "No."], "Pell farms. ", " It rained.")
        self.assertEqual(text[slice(*whole)], "“Yes,” he said. “No.”")
        self.assertEqual([text[slice(*span)] for span in spans], ["Yes,", "No."])

    def test_not_in_other_surroundings_nor_where_it_could_be_either(self):
        self.assertIsNone(find_lost("Okafor spoke. “Yes,” she said.", ["Yes,"], "Pell farms. ", " he said."))
        twice = "Pell farms. “Yes,” he said. Pell farms. “Yes,” he said."
        self.assertIsNone(find_lost(twice, ["Yes,"], "Pell farms. ", " he said."))
