"""Attribution conflicts: recorded on save, open until one attribution is gone or both are accepted."""

from django.db import connection, transaction
from django.test import TestCase

from articles.models import CreditConflict, Quote, QuoteKey
from articles.operations.integrity import faults
from articles.revisions.undo import revert
from articles.search.reuse.attribution_conflicts import accept_both, load_conflicts, open_conflicts
from articles.speakers.corrections import mark_misattributed
from articles.speakers.merge import merge
from tests.admin.desk import make_user
from tests.factories import make_article, make_quote, make_speaker

SAID = "We had the cows out before the siren, and nobody believed us."


class AttributionConflictTests(TestCase):
    def setUp(self):
        self.ada, self.osric = make_speaker("Ada Okafor"), make_speaker("Osric Pell")
        self.numbers = iter(range(100))

    def say(self, text, speaker, **fields):
        article = make_article(body=f"Report {next(self.numbers)}. “{text}”")
        return make_quote(article, text, speaker=speaker, **fields)

    def names(self):
        return [
            (conflict.one.speaker.name, conflict.other.speaker.name)
            for conflict in load_conflicts(open_conflicts())
        ]

    def test_texts_that_share_no_beginning_and_no_end_are_never_compared(self):
        with connection.cursor() as cursor:
            self.leave_dead_rows(cursor)
            cursor.execute(
                "CREATE OR REPLACE FUNCTION archive_mostly_same(one text, other text) RETURNS boolean "
                "LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'compared: % and %', one, other; END $$"
            )
        body = "\n\n".join(f"Report {n} of the gates was read at {n}, by the clerk." for n in range(40))
        article = make_article(body=body)
        for at, text in enumerate(body.split("\n\n")):
            make_quote(article, text, speaker=(self.ada, self.osric)[at % 2])
        Quote.objects.filter(speaker=self.ada).update(speaker=self.osric)
        self.assertEqual((QuoteKey.objects.count(), CreditConflict.objects.count()), (40, 0))

    def leave_dead_rows(self, cursor):
        """Statistics of large tables that are almost empty, as after an import that was rolled back."""
        with transaction.atomic():
            self.say(SAID, self.ada)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE articles_quote DISABLE TRIGGER USER")
            cursor.execute(
                "INSERT INTO articles_quote SELECT (jsonb_populate_record(q, jsonb_build_object('id', -n))).*"
                " FROM articles_quote q, generate_series(1, 3000) n"
            )
            cursor.execute("INSERT INTO quote_key SELECT -n, n, n, n FROM generate_series(1, 300) n")
            transaction.set_rollback(True)
        cursor.execute("ANALYZE articles_quote, quote_key")

    def test_the_same_words_in_other_capitals_and_marks_are_found(self):
        first, second = self.say(SAID, self.ada), self.say(SAID.upper().replace(",", " –"), self.osric)
        (conflict,) = load_conflicts(open_conflicts())
        self.assertEqual((conflict.one.quotes, conflict.other.quotes), ((first,), (second,)))
        self.assertTrue(conflict.same_wording)

    def test_words_cut_or_changed_at_one_end_are_found(self):
        self.say(SAID, self.ada)
        for text in (
            "We had the cows out before the bell, and nobody believed us.",
            "We had the cows out before the siren.",
            "He said we had the cows out before the siren, and nobody believed us.",
            "The siren, and nobody believed us.",
        ):
            with self.subTest(text=text):
                said = self.say(text, make_speaker("Mira Tolland"))
                self.assertIn(("Ada Okafor", "Mira Tolland"), self.names())
                self.assertFalse(load_conflicts(open_conflicts())[0].same_wording)
                Quote.objects.filter(pk=said.pk).delete()

    def test_of_words_changed_at_both_ends_nothing_is_found(self):
        self.say(SAID, self.ada)
        self.say("They had the cows out before the siren, and nobody believed them.", self.osric)
        self.assertEqual(self.names(), [])

    def test_who_begins_alike_and_goes_on_otherwise_is_none(self):
        self.say("I would like to thank all of the farmers of the valley for the hay.", self.ada)
        self.say("I would like to thank all my opponents, whose mistakes have elected me twice.", self.osric)
        self.assertEqual((self.names(), CreditConflict.objects.count()), ([], 0))

    def test_three_words_are_nobodys_alone(self):
        self.say("I do not.", self.ada), self.say("I do not.", self.osric)
        self.assertEqual((self.names(), QuoteKey.objects.count()), ([], 0))

    def test_one_speaker_in_two_papers_a_proposal_and_a_quote_of_nobody_are_none(self):
        self.say(SAID, self.ada), self.say(SAID, self.ada)
        self.say(SAID, self.osric, status="pending")
        self.say(SAID, None)
        self.assertEqual(self.names(), [])

    def test_accepted_linked_or_corrected_later_it_is_found_then(self):
        self.say(SAID, self.ada)
        pending = self.say(SAID, self.osric, status="pending")
        nameless = self.say(SAID, None)
        pending.accept(by=make_user("editor"))
        self.assertEqual(self.names(), [("Ada Okafor", "Osric Pell")])
        Quote.objects.filter(pk=nameless.pk).update(speaker=make_speaker("Mira Tolland"))
        self.assertEqual(len(self.names()), 3)

    def test_a_corrected_credit_ends_it(self):
        self.say(SAID, self.ada)
        wrong = self.say(SAID, self.osric)
        mark_misattributed(wrong, by=make_user("editor"), speaker=self.ada)
        self.assertEqual(self.names(), [])

    def test_a_merge_ends_it_and_taking_that_back_brings_it_again(self):
        self.say(SAID, self.ada), self.say(SAID, self.osric)
        key = merge(self.osric, self.ada)
        self.assertEqual(self.names(), [])
        revert(key)
        self.assertEqual(self.names(), [("Ada Okafor", "Osric Pell")])

    def test_both_right_it_is_listed_no_more_but_a_third_is(self):
        self.say(SAID, self.ada), self.say(SAID, self.osric)
        (found,) = open_conflicts()
        editor = make_user("editor")
        self.assertEqual(accept_both(found, SAID, by=editor), accept_both(found, SAID, by=editor))
        self.assertEqual(self.names(), [])
        self.say(SAID, make_speaker("Mira Tolland"))
        self.assertEqual(self.names(), [("Osric Pell", "Mira Tolland"), ("Ada Okafor", "Mira Tolland")])

    def test_all_copies_stand_on_the_side_that_they_credit(self):
        for speaker in (self.ada, self.osric, self.ada, self.osric, self.ada):
            self.say(SAID, speaker)
        (conflict,) = load_conflicts(open_conflicts())
        self.assertEqual((len(conflict.one.quotes), len(conflict.other.quotes)), (3, 2))

    def test_the_check_finds_a_key_that_is_not_of_its_words(self):
        quote = self.say(SAID, self.ada)
        self.assertEqual(list(faults()), [])
        QuoteKey.objects.filter(pk=quote.pk).update(begins=1)
        self.assertIn(f"quote {quote.pk}: its first and last words do not match; reindex", list(faults()))
        QuoteKey.objects.all().delete()
        self.assertEqual(len(list(faults())), 1)

    def test_the_list_asks_the_same_questions_however_long_it_is(self):
        self.say(SAID, self.ada), self.say(SAID, self.osric)
        with self.assertNumQueries(9):
            load_conflicts(open_conflicts())
        for number in range(10):
            text = f"The gate of number {number} was open in night {number}, whoever says {number}."
            self.say(text, self.ada), self.say(text, self.osric)
        with self.assertNumQueries(9):
            self.assertEqual(len(load_conflicts(open_conflicts())), 11)
