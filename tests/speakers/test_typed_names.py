"""A typed name means the same speaker on every page."""

from django.test import TestCase

from articles.speakers.typed_names import TypedNames
from tests.factories import make_speaker


class TypedNamesTests(TestCase):
    def find(self, name):
        return TypedNames([name]).find(name)

    def test_a_name_that_one_speaker_has_means_that_speaker(self):
        pell = make_speaker("Osric Pell", aliases=("O. J. Pell",))
        for name in ("Osric Pell", "O. J. Pell", f"Osric Pell (#{pell.pk})", f"(#{pell.pk})"):
            with self.subTest(name):
                self.assertEqual(self.find(name).speaker, pell)

    def test_a_number_of_another_name_means_nobody(self):
        pell = make_speaker("Osric Pell")
        found = self.find(f"Hedda Brask (#{pell.pk})")
        self.assertIsNone(found.speaker)
        self.assertIn(f"The speaker with the ID {pell.pk} is Osric Pell.", found.error)

    def test_a_name_that_several_have_is_offered_with_their_numbers(self):
        one, other = make_speaker("Osric Pell"), make_speaker("Osric Pell")
        found = self.find("Osric Pell")
        self.assertEqual(found.offered, (f"Osric Pell (#{one.pk})", f"Osric Pell (#{other.pk})"))
        self.assertIn("2 speakers have this name.", found.error)
        self.assertFalse(found.is_unknown)

    def test_an_unknown_name_can_be_a_new_speaker_and_an_unknown_number_cannot(self):
        self.assertTrue(self.find("Hedda Brask").is_unknown)
        self.assertEqual(self.find("Hedda Brask (#999)").error, "There is no speaker with this ID.")
        self.assertFalse(self.find("Hedda Brask (#999)").is_unknown)

    def test_many_names_take_two_queries(self):
        names = [make_speaker(f"Osric Pell {letter}").name for letter in "ABC"]
        with self.assertNumQueries(2):
            typed = TypedNames(names)
            self.assertTrue(all(typed.find(name).speaker for name in names))
