"""Names of speakers: exact lookup, sort names, and no guesses."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import SimpleTestCase, TestCase

from articles.extraction.full_names import kind_of_full_name
from articles.models import OldAddress, Speaker, Topic
from articles.speakers.names import free_slugs, speakers_named
from articles.speakers.sort_names import sort_name
from tests.factories import make_speaker


class BearersTests(TestCase):
    def test_a_name_is_found_as_a_name_or_an_alias_and_only_whole(self):
        ada = make_speaker("Ada Okafor", aliases=("Ada Nwosu",))
        found = speakers_named(["Ada Okafor", "Ada Nwosu", "Okafor", ""])
        self.assertEqual(found, {"Ada Okafor": (ada.pk,), "Ada Nwosu": (ada.pk,)})

    def test_apostrophes_accents_case_spaces_and_hyphens_make_no_other_name(self):
        for name, *spellings in (
            ("Jean-Luc O’Neill", "Jean Luc O'Neill", "JEAN-LUC ONEILL", "Jean-Luc O`Neill"),
            ("José Núñez", "Jose Nunez", "José  Núñez"),
            ("Ada al-Rashid", "Ada Al Rashid", "Ada Alrashid"),
        ):
            speaker = make_speaker(name)
            self.assertEqual(speakers_named(spellings), dict.fromkeys(spellings, (speaker.pk,)), name)

    def test_exactly_this_name_comes_before_another_spelling(self):
        one, other = make_speaker("Ada O’Neill"), make_speaker("Ada ONeill")
        found = speakers_named(["Ada O’Neill", "Ada ONeill", "Ada O'Neill"])
        self.assertEqual(found["Ada O’Neill"], (one.pk,))
        self.assertEqual(found["Ada ONeill"], (other.pk,))
        self.assertEqual(found["Ada O'Neill"], (one.pk, other.pk))

    def test_initials_suffixes_and_middle_names_are_other_names(self):
        make_speaker("Tom Reyes")
        others = ["Tom J. Reyes", "Tom Reyes Jr.", "Reyes Tom", "T. Reyes", "Reyes"]
        self.assertEqual(speakers_named(others), {})

    def test_two_bearers_are_both_told(self):
        one, other = make_speaker("Tom Reyes"), make_speaker("Thomas Reyes", aliases=("Tom Reyes",))
        self.assertEqual(speakers_named(["Tom Reyes"]), {"Tom Reyes": (one.pk, other.pk)})

    def test_a_merged_speaker_counts_as_the_one_it_was_merged_into_at_any_depth(self):
        last = make_speaker("Osric Pell")
        middle = make_speaker("O. Pell", merged_into=last)
        make_speaker("Old Pell", merged_into=middle, aliases=("Osric Pell",))
        self.assertEqual(
            speakers_named(["Old Pell", "Osric Pell"]), {"Old Pell": (last.pk,), "Osric Pell": (last.pk,)}
        )

    def test_an_unnamed_speaker_bears_no_name(self):
        make_speaker("a spokeswoman", kind=Speaker.Kind.UNNAMED, aliases=("the spokeswoman",))
        self.assertEqual(speakers_named(["a spokeswoman", "the spokeswoman"]), {})


class FullNameTests(SimpleTestCase):
    def test_full_names_are_of_persons_of_bodies_or_of_nobody(self):
        for kind, names in {
            "person": (
                *("Ada Okafor", "Tom Reyes Jr.", "Jan van der Meer", "Mary-Jane O’Neill", "José Núñez"),
                *(
                    "Emily Post",
                    "Tom Church",
                    "Paul House",
                    "Ada Bishop",
                    "Ben Okafor",
                    "Al Reyes",
                    "Van Brask",
                ),
                *("Christopher S. Pell", "Peter B. Lusk", "Ian Duncan Lusk", "Otto von und zu Falkenau"),
                *("Abdul Rahman al-Rashid", "José Aznar y López"),
            ),
            "organisation": (
                *("Selwy County Council", "Ministry of Health", "Corran Tile Company", "Tarrin University"),
                *("Charlotte Post", "Virginia Court", "Selwy Post"),
            ),
            # Places, what is left of a newspaper's name, headlines, and what is not a full name.
            None: (
                *("Palo Alto", "New Selwy", "San Corran", "York Times", "Angeles Herald", "Will Kyiv"),
                *("Okafor Slams Plan", "Ada Okafor Wins Vote", "Okafor Says", "Ada Okafor On The Weir"),
                *("", "Okafor", "she", "She Okafor", "the council", "The Minister", "Prime Minister"),
                *(
                    "Home Secretary",
                    "a spokesman for the Council",
                    "Mr Okafor",
                    "President Okafor",
                    "La Riva",
                ),
                *(
                    "ADA OKAFOR",
                    "Jr.",
                    "council officials",
                    "Ada okafor",
                    "Ada Okafor (left)",
                    "Dr Ada Okafor",
                ),
                *("Ada Okafor Image", "Ada OkaforImage", "Ada Okafor.Image", "Astronomer Ada Okafor"),
            ),
        }.items():
            for name in names:
                with self.subTest(name):
                    self.assertEqual(kind_of_full_name(name), kind)


class SortNameTests(SimpleTestCase):
    def test_names_are_filed_by_the_last_one(self):
        filed = {
            "Ada Okafor": "Okafor, Ada",
            "Jan van der Meer": "van der Meer, Jan",
            "Tom Reyes Jr.": "Reyes, Tom, Jr.",
            "Tom Van Goss": "Van Goss, Tom",
            "Ana María de los Ríos": "de los Ríos, Ana María",
            "José Aznar y López": "Aznar y López, José",
            "Maria dos Santos e Silva": "dos Santos e Silva, Maria",
            "Countess Sofia von und zu Falkenau III": "von und zu Falkenau, Sofia, III",
            "Van Morris": "Morris, Van",
            "Sean Mac an Bhaird": "Mac an Bhaird, Sean",
            "Anna van ’t Hof": "van ’t Hof, Anna",
            "Iolo ap Gwilym": "ap Gwilym, Iolo",
            "Sitti binti Rahman": "binti Rahman, Sitti",
            "Sir Alan": "Sir Alan",
            "Okafor": "Okafor",
            "": "",
        }
        self.assertEqual({name: sort_name(name) for name in filed}, filed)

    def test_bodies_are_filed_as_they_are_called(self):
        self.assertEqual(sort_name("The Selwy Courier", "organisation"), "Selwy Courier, The")
        self.assertEqual(sort_name("Ministry of Health", "organisation"), "Ministry of Health")


class FreeSlugTests(TestCase):
    def test_a_slug_in_use_now_or_formerly_is_not_given_again(self):
        make_speaker("Ada Okafor", slug="ada-okafor")
        OldAddress.objects.create(kind="speaker", address="ada-okafor-2", target="speaker", target_id=1)
        self.assertEqual(free_slugs(Speaker, ["Ada Okafor"]), {"Ada Okafor": "ada-okafor-3"})

    def test_names_that_read_alike_get_different_slugs(self):
        self.assertEqual(
            free_slugs(Topic, ["Ost", "Öst", "ost"]), {"Ost": "ost", "Öst": "ost-2", "ost": "ost-3"}
        )

    def test_a_speaker_s_slug_keeps_the_script_of_a_name_without_latin_letters(self):
        names = ["東京", "Иван Петров", "Dr. 東京", "Łukasz Ørsted", "!!!"]
        slugs = ["東京", "иван-петров", "dr-東京", "ukasz-rsted", "speaker"]
        self.assertEqual(list(free_slugs(Speaker, names).values()), slugs)

    def test_two_of_one_name_in_another_script_are_numbered(self):
        make_speaker("東京", slug="東京")
        self.assertEqual(free_slugs(Speaker, ["東京"]), {"東京": "東京-2"})

    def test_a_topic_s_slug_stays_in_latin_letters(self):
        self.assertEqual(free_slugs(Topic, ["東京"]), {"東京": "topic"})

    def test_a_long_name_fits_the_column(self):
        self.assertLessEqual(len(free_slugs(Topic, ["word " * 100])["word " * 100]), 100)


class PagesOfSpeakersTests(TestCase):
    def test_a_word_that_leads_to_a_page_is_nobodys_address(self):
        self.assertEqual(free_slugs(Speaker, ["Compare", "Comparé"]).keys(), {"Compare", "Comparé"})
        self.assertNotIn("compare", free_slugs(Speaker, ["Compare", "Comparé"]).values())

    def test_nor_can_one_be_given_it_by_hand(self):
        with self.assertRaises(ValidationError):
            Speaker(name="Compare", slug="compare").full_clean()
        with self.assertRaises(IntegrityError), transaction.atomic():
            Speaker.objects.create(name="Compare", slug="compare")
