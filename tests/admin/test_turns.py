"""Turns of an interview on the review page."""

from django.test import TestCase

from articles.models import Quote, Speaker
from tests.admin.desk import TALK, log_in, make_talk, make_user, open_form, send
from tests.factories import make_quote, make_speaker, make_turn


class TurnsCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("editor")
        cls.article = make_talk()
        cls.vance = make_speaker("Ilmar Vance")
        cls.article.turns.filter(role="answer").update(speaker=cls.vance)
        Quote.objects.filter(kind="answer").update(speaker=cls.vance, source="Ilmar Vance")

    def press(self, button, number, **fields):
        client = log_in(self.editor)
        turn = self.article.turns.order_by("start")[number]
        response = send(
            client, self.article, {**open_form(client, self.article), **fields}, f"{button}:{turn.pk}"
        )
        self.assertEqual(response.status_code, 302)

    def roles(self):
        return [turn.role for turn in self.article.turns.order_by("start")]

    def spoken(self):
        """Kind and speaker of each accepted question and answer, in reading order."""
        quotes = self.article.quotes.exclude(status="rejected").order_by("start")
        return [(quote.kind, quote.speaker and quote.speaker.name) for quote in quotes]


class FlipTests(TurnsCase):
    def test_a_flipped_question_is_an_answer_of_the_one_who_answers(self):
        self.press("flip", 2)
        self.assertEqual(self.roles(), ["question", "answer", "answer", "answer"])
        self.assertEqual(self.spoken()[2], ("answer", "Ilmar Vance"))

    def test_a_flip_is_undone_by_a_flip(self):
        before = self.roles(), self.spoken()
        self.press("flip", 1)
        self.press("flip", 1)
        self.assertEqual((self.roles(), self.spoken()), before)

    def test_flipping_from_here_on_leaves_what_stands_above(self):
        self.press("flipon", 1)
        self.assertEqual(self.roles(), ["question", "question", "answer", "question"])
        self.assertEqual(
            self.spoken(),
            [("question", None), ("question", None), ("answer", "Ilmar Vance"), ("question", None)],
        )

    def test_a_printed_label_keeps_its_speaker(self):
        turn = self.article.turns.order_by("start")[1]
        turn.labelled = True
        turn.save()
        self.press("flip", 1)
        self.assertEqual(self.spoken()[1], ("question", "Ilmar Vance"))

    def test_a_flipped_turn_is_still_to_be_decided(self):
        self.press("flip", 2)
        self.assertEqual(self.article.quotes.pending().count(), 4)

    def test_what_was_answered_in_the_form_is_stored_with_the_flip(self):
        first = self.article.quotes.order_by("start").first()
        self.press("flip", 2, **{f"d-{first.pk}": "accept", f"k-{first.pk}": "nobody"})
        first.refresh_from_db()
        self.assertEqual(first.status, "accepted")


class NarrationTests(TurnsCase):
    def test_nobodys_turn_has_no_quote_that_stands(self):
        self.press("narrate", 3)
        self.assertEqual(self.roles()[3], "narration")
        self.assertEqual(len(self.spoken()), 3)

    def test_narration_made_a_turn_again_gives_its_quote_back_to_be_decided(self):
        self.press("narrate", 3)
        self.press("flip", 3)
        self.assertEqual(self.spoken()[3], ("answer", "Ilmar Vance"))
        self.assertEqual(self.article.quotes.count(), 4)

    def test_narration_that_never_was_a_turn_gets_a_quote_without_the_words_of_others(self):
        words = "A talk with the master of the weir."
        make_turn(self.article, words, "narration", position=0)
        self.article.turns.exclude(start=0).update(position=1)
        make_quote(self.article, "the master", kind="mixed", status="accepted")
        self.press("flip", 0)
        made = self.article.quotes.get(turn__start=0)
        self.assertEqual((made.kind, made.text), ("question", "A talk with […] of the weir."))


class JoinTests(TurnsCase):
    def test_a_joined_turn_gives_its_words_to_the_turn_above(self):
        self.press("join", 3)
        self.assertEqual(self.roles(), ["question", "answer", "question"])
        joined = self.article.quotes.order_by("start").last()
        self.assertEqual(joined.text, "And who taught you?\n\nNobody. The water did.")
        self.assertEqual(self.article.turns.order_by("start").last().end, len(TALK))

    def test_a_label_between_two_joined_turns_is_nobodys_words(self):
        body = "Talk.\n\nV.: Since the flood.\n\nV.: Or before."
        self.article.quotes.all().delete()
        self.article.turns.all().delete()
        self.article.body = body
        self.article.save()
        for words in ("Since the flood.", "Or before."):
            turn = make_turn(self.article, words, "answer")
            make_quote(self.article, words, kind="answer", turn=turn, status="pending")
        self.press("join", 1)
        self.assertEqual(self.article.quotes.get().text, "Since the flood. […] Or before.")

    def test_a_turn_whose_words_were_edited_is_joined_without_its_lost_quote(self):
        self.press("join", 3, body=TALK.replace("The water did", "The old water did"))
        self.assertEqual(self.roles(), ["question", "answer", "question"])
        joined = self.article.quotes.order_by("start").last()
        self.assertEqual(joined.text, "And who taught you?")

    def test_a_quote_that_has_been_public_outlives_its_turn(self):
        last = self.article.quotes.order_by("start").last()
        last.accept(by=self.editor)
        self.article.status = "usable"
        self.article.save()
        last.refresh_from_db()
        last.save()
        last.refresh_from_db()
        self.assertIsNotNone(last.first_public_at)
        self.press("join", 3)
        last.refresh_from_db()
        self.assertEqual((last.status, last.turn.start), ("rejected", self.article.turns.last().start))

    def test_the_first_turn_has_nothing_above_it(self):
        client = log_in(self.editor)
        page = client.get(f"/admin/desk/{self.article.pk}/").content.decode()
        first = self.article.turns.order_by("start").first()
        self.assertNotIn(f"join:{first.pk}", page)


class VoicesTests(TurnsCase):
    """The speakers of questions and answers, named once."""

    def setUp(self):
        self.article.turns.update(speaker=None)
        self.article.quotes.update(speaker=None, source="")
        self.client = log_in(self.editor)

    def name(self, do, **fields):
        return send(self.client, self.article, {**open_form(self.client, self.article), **fields}, do)

    def test_one_name_is_given_to_every_answer_that_names_nobody(self):
        self.name("turns", **{"s-answer": "Ilmar Vance", "k-question": "nobody"})
        answers = [("question", None), ("answer", "Ilmar Vance")] * 2
        self.assertEqual(self.spoken(), answers)
        self.assertEqual(self.article.quotes.filter(status="accepted").count(), 4)
        self.assertEqual({turn.speaker for turn in self.article.turns.filter(role="answer")}, {self.vance})

    def test_a_new_speaker_is_made_once_and_stays_with_open_proposals(self):
        self.name("draft", **{"s-answer": "Tilda Marsh", "k-answer": "new"})
        self.assertEqual(self.article.quotes.filter(speaker__name="Tilda Marsh", status="pending").count(), 2)
        self.assertEqual(Speaker.objects.filter(name="Tilda Marsh").count(), 1)

    def test_an_answer_that_names_somebody_keeps_that_name(self):
        other = make_speaker("Petra Lund")
        last = self.article.quotes.order_by("start").last()
        self.name("draft", **{"s-answer": "Ilmar Vance", f"s-{last.pk}": "Petra Lund"})
        last.refresh_from_db()
        self.assertEqual(last.speaker, other)

    def test_what_is_no_name_is_asked_back_once(self):
        response = self.name("draft", **{"s-answer": "the keeper"})
        self.assertEqual(
            response.context["review"].problems,
            [("s-answer", "All answers: No speaker has this name. Correct it, or choose “New speaker”.")],
        )

    def test_turns_without_a_speaker_are_left_open(self):
        response = self.name("turns", **{"s-answer": "Ilmar Vance"})
        self.assertContains(
            self.client.get(response.url), "Not accepted because the speaker is unknown: 1, 3."
        )
        self.assertEqual(self.article.quotes.filter(status="accepted").count(), 2)

    def test_a_name_that_the_text_proposes_gives_way(self):
        self.article.quotes.update(name_as_printed="Petra Lund")
        self.name("turns", **{"s-answer": "Ilmar Vance", "k-question": "nobody"})
        self.assertEqual(self.spoken(), [("question", None), ("answer", "Ilmar Vance")] * 2)
