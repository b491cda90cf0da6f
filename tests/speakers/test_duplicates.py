"""Which speakers are candidate duplicates, and which are not."""

from django.test import TestCase

from articles.models import Speaker
from articles.speakers.duplicates import (
    MatchReason,
    candidate_pairs,
    candidates_of,
    identifier,
    mark_different,
    number_of_pairs,
)
from articles.speakers.index import for_page, other_names
from articles.speakers.merge import merge
from tests.admin.desk import make_user
from tests.factories import make_speaker


class AlikeTests(TestCase):
    def why(self, one, other, **fields):
        """What makes two entries of these names look like one, if anything does."""
        Speaker.objects.all().delete()
        make_speaker(one, **fields), make_speaker(other, **fields)
        found = candidate_pairs()
        self.assertLessEqual(len(found), 1)
        return found[0].why if found else None

    def test_names_written_otherwise_are_one(self):
        for one, other, why in (
            ("Ada Okafor", "ADA OKÁFOR", MatchReason.NAME),
            ("Jean-Luc Moreau", "Jean Luc Moreau", MatchReason.NAME),
            ("Ada Okafor", "Okafor Ada", MatchReason.ORDER),
            ("Ada Okafor", "A. Okafor", MatchReason.INITIALS),
            ("Ada Okafor", "Ada N. Okafor", MatchReason.INITIALS),
            ("A. N. Okafor", "Ada Ngozi Okafor", MatchReason.INITIALS),
            ("Tom Reyes Jr.", "T. Reyes", MatchReason.INITIALS),
            ("Tom Reyes Jr.", "Tom Reyes", MatchReason.SUFFIX),
            ("Mary-Jane O’Neill", "Mary Jane ONeill", MatchReason.NAME),
            ("Vladimir Oresky", "Wladimir Oreskiy", MatchReason.TRANSLITERATION),
            ("Hassan Rouhal", "Hasan Ruhal", MatchReason.TRANSLITERATION),
            ("Okafor", "Ada Okafor", MatchReason.SURNAME),
            ("Ada Okafor", "Ada Okafar", MatchReason.LETTER),
            ("Ada Okafor", "Ada Okaforr", MatchReason.LETTER),
            ("Mira Tolland", "Mira Tollnad", MatchReason.LETTER),
            ("Jon Bridger", "John Bridger", MatchReason.LETTER),
        ):
            with self.subTest(one=one, other=other):
                self.assertEqual(self.why(one, other), why)

    def test_names_of_others_are_not(self):
        for one, other in (
            ("Ada Okafor", "Ida Okafor"),
            ("A. Okafor", "E. Okafor"),
            ("Ada Okafor", "Anna Okafor"),
            ("Ada Ngozi Okafor", "Ada Bisi Okafor"),
            ("Ada Okafor", "Ada Pell"),
            ("Ward 1 Committee", "Ward 2 Committee"),
            ("Okafor", "Okada"),
            ("Okafor", "Okafor Lane"),
            ("Marta Brun", "Mario Brun"),
        ):
            with self.subTest(one=one, other=other):
                self.assertIsNone(self.why(one, other))

    def test_initials_are_of_people_alone(self):
        self.assertIsNone(self.why("Selwy Council", "S. Council", kind="organisation"))

    def test_an_alias_and_the_name_of_one_merged_count_as_names(self):
        one, other = make_speaker("Ada Okafor", aliases=("Ada Pell",)), make_speaker("Ada Pell")
        third, fourth = make_speaker("Osric Brask"), make_speaker("Mira Tolland")
        merge(make_speaker("OSRIC BRASK"), fourth)
        self.assertEqual(
            {(pair.later, pair.earlier) for pair in candidate_pairs()},
            {(other.pk, one.pk), (fourth.pk, third.pk)},
        )

    def test_the_same_identifier_is_found_in_every_form_of_its_address(self):
        one = make_speaker("Ada Okafor", same_as="https://www.wikidata.org/wiki/Q4711")
        other = make_speaker("The mayor of Selwy", same_as="http://wikidata.org/entity/Q4711")
        (pair,) = candidate_pairs()
        self.assertEqual((pair.later, pair.earlier, pair.why), (other.pk, one.pk, MatchReason.IDENTIFIER))
        self.assertEqual(identifier("https://example.org/a/"), identifier("http://www.example.org/a"))

    def test_two_known_under_different_identifiers_are_two(self):
        for number in (1, 2):
            make_speaker("Ada Okafor", same_as=f"https://www.wikidata.org/wiki/Q{number}")
        self.assertEqual(candidate_pairs(), [])

    def test_the_unnamed_are_never_one(self):
        self.assertIsNone(self.why("a spokeswoman", "A spokeswoman", kind="unnamed"))

    def test_a_pair_stands_once_by_its_strongest_reason_and_the_surest_first(self):
        make_speaker("Ada Okafor", aliases=("A. Okafor",)), make_speaker("Ada Okáfor")
        make_speaker("Osric Pell", same_as="https://example.org/pell")
        make_speaker("O. Pell", same_as="https://example.org/pell")
        self.assertEqual([pair.why for pair in candidate_pairs()], [MatchReason.IDENTIFIER, MatchReason.NAME])

    def test_told_apart_they_stay_so_when_one_is_merged(self):
        one, other, third = (
            make_speaker("Ada Okafor"),
            make_speaker("Ada Okáfor"),
            make_speaker("Mira Tolland"),
        )
        mark_different(other, one, by=make_user("editor"))
        self.assertEqual(candidate_pairs(), [])
        merge(other, third)
        self.assertEqual(candidate_pairs(), [])

    def test_a_name_that_very_many_bear_takes_no_longer_than_others(self):
        Speaker.objects.bulk_create(Speaker(name="Ada Okafor", slug=f"ada-{n}") for n in range(400))
        self.assertLess(len(candidate_pairs()), 2_000)

    def test_however_many_speakers_there_are_three_questions_are_asked(self):
        Speaker.objects.bulk_create(
            Speaker(name=f"{given}{n} {surname}{n}", slug=f"s-{given}-{surname}-{n}".lower())
            for n in range(10)
            for given in ("Ada", "Osric", "Mira", "Ilmar", "Hedda", "Tom", "Jon", "Anna", "Edmund", "Vance")
            for surname in (
                "Okafor",
                "Pell",
                "Tolland",
                "Brask",
                "Reyes",
                "Lusk",
                "Moreau",
                "Thane",
                "Weir",
                "Kell",
            )
        )
        make_speaker("Ada0 Okáfor0")
        with self.assertNumQueries(3):
            found = candidate_pairs()
        self.assertEqual(found[0].why, MatchReason.NAME)


class PossibleDuplicatesTests(TestCase):
    """What the page of a speaker says until an editor has decided."""

    def others(self, speaker):
        shown = for_page().get(pk=speaker.pk)
        return {
            (pair.earlier if pair.later == speaker.pk else pair.later): pair.why
            for pair in candidates_of(speaker, [name for name, _ in other_names(shown)] + [speaker.name])
        }

    def test_it_finds_what_the_whole_list_finds(self):
        ada = make_speaker("Ada N. Okafor", aliases=("Ada Nwosu",))
        names = ["Ada Okafor", "Okafor", "Okafor Ada N.", "Ada Okafar", "ADA NWOSU", "Osric Pell"]
        others = [make_speaker(name) for name in names]
        every = {
            (pair.earlier if pair.later == ada.pk else pair.later): pair.why
            for pair in candidate_pairs()
            if ada.pk in (pair.later, pair.earlier)
        }
        self.assertEqual(self.others(ada), every)
        self.assertIn(others[1].pk, every)

    def test_a_surname_alone_leads_to_everyone_who_has_it(self):
        pell = make_speaker("Pell")
        osric, mira = make_speaker("Osric Pell"), make_speaker("Mira Pell")
        make_speaker("Pell Brask")
        self.assertEqual(self.others(pell), dict.fromkeys((osric.pk, mira.pk), MatchReason.SURNAME))

    def test_the_name_of_a_merged_speaker_counts_for_the_one_it_was_merged_into(self):
        osric, mira = make_speaker("Osric Pell"), make_speaker("Mira Tolland")
        merge(make_speaker("OSRIC PELL"), mira)
        self.assertEqual(self.others(osric), {mira.pk: MatchReason.NAME})
        self.assertEqual(self.others(mira), {osric.pk: MatchReason.NAME})

    def test_their_number_is_that_of_the_list_after_every_change(self):
        one, other = make_speaker("Ada Okafor"), make_speaker("A. Okafor")
        self.assertEqual(number_of_pairs(), 1)
        mark_different(one, other, by=make_user("editor"))
        self.assertEqual(number_of_pairs(), 0)
        make_speaker("Ada N. Okafor")
        self.assertEqual(number_of_pairs(), len(candidate_pairs()))
        merge(other, one)
        self.assertEqual(number_of_pairs(), len(candidate_pairs()))
