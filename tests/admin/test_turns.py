"""Turns of an interview on the review page."""

from django.test import TestCase

from articles.models import Quote, Speaker
from articles.operations.integrity import faults
from tests.admin.desk import TALK, log_in, make_talk, make_user, open_form, people_of, send
from tests.admin.test_turn_speakers import LINES, make_interview
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
        self.make_labelled("Since the flood.", "Or before.")
        self.press("join", 1)
        self.assertEqual(self.article.quotes.get().text, "Since the flood. […] Or before.")

    def test_it_stays_nobodys_when_the_joined_turn_is_divided_elsewhere(self):
        self.make_labelled("Since the flood.", "Or before.\n\nWho knows?")
        self.press("join", 1)
        fields = open_form(client := log_in(self.editor), self.article)
        send(client, self.article, fields, f"begin:{self.article.body.index('Who')}")
        first, second = self.article.quotes.order_by("start")
        self.assertEqual((first.text, second.text), ("Since the flood. […] Or before.", "Who knows?"))

    def make_labelled(self, *answers):
        """Give the article these answers only, each with a label."""
        self.article.quotes.all().delete()
        self.article.turns.all().delete()
        self.article.body = "\n\n".join(["Talk.", *(f"V.: {words}" for words in answers)])
        self.article.save()
        for words in answers:
            turn = make_turn(self.article, words, "answer", labelled=True, source="V.")
            make_quote(self.article, words, kind="answer", turn=turn, status="pending")

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

    def test_joining_the_first_turn_changes_nothing(self):
        before = self.roles()
        self.press("join", 0)
        self.assertEqual(self.roles(), before)


class MoveTests(TestCase):
    """The start of a turn is moved to another paragraph."""

    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("editor")
        cls.article = make_interview()

    def setUp(self):
        self.client = log_in(self.editor)

    def press(self, act, position, at=""):
        turn = self.article.turns.get(position=position)
        where = f":{self.article.body.index(at)}" if at else ""
        fields = open_form(self.client, self.article)
        response = send(self.client, self.article, fields, f"{act}:{turn.pk}{where}")
        return self.client.get(response.url)

    def words(self):
        self.assertEqual(list(faults()), [])
        turns = self.article.turns.all()
        return [
            (turn.role, self.article.body[turn.start : turn.end], [quote.text for quote in turn.quotes.all()])
            for turn in turns
        ]

    def test_a_turn_that_starts_later_leaves_its_words_to_the_turn_above(self):
        self.press("later", 1)
        asked, answered = LINES[0] + "\n\nSince the spring of the long flood.", "It was a wet one."
        self.assertEqual(self.words()[:2], [("question", asked, [asked]), ("answer", answered, [answered])])

    def test_a_turn_that_starts_earlier_takes_them_back(self):
        before = self.words()
        self.press("later", 1)
        self.press("earlier", 1)
        self.assertEqual(self.words(), before)

    def test_a_turn_is_dragged_to_a_paragraph(self):
        self.press("move", 2, at="It was a wet one")
        self.assertEqual(self.words()[1:3], [
            ("answer", "Since the spring of the long flood.", ["Since the spring of the long flood."]),
            ("question", "It was a wet one.\n\nWho taught you?", ["It was a wet one.\n\nWho taught you?"]),
        ])  # fmt: skip

    def test_a_turn_does_not_start_where_the_turn_above_would_have_no_words(self):
        before = self.words()
        self.assertContains(self.press("earlier", 1), "This turn cannot start there.")
        self.assertContains(self.press("move", 3, at=LINES[0]), "This turn cannot start there.")
        self.assertEqual(self.words(), before)

    def test_the_words_that_the_first_turn_leaves_are_not_part_of_the_interview(self):
        self.press("join", 1)
        self.press("later", 0)
        self.assertEqual([role for role, *_ in self.words()][:2], ["narration", "question"])

    def test_every_change_of_the_turns_is_undone(self):
        first = self.article.turns.get(position=1)
        for act, position, at in (
            ("flip", 1, ""), ("flipon", 1, ""), ("narrate", 1, ""), ("join", 2, ""), ("later", 1, ""),
            ("move", 2, "It was a wet one"),
        ):  # fmt: skip
            with self.subTest(act):
                before = self.words(), list(self.article.quotes.values("name_as_printed", "status", "inside"))
                self.press(act, position, at)
                self.assertNotEqual(self.words(), before[0])
                fields = open_form(self.client, self.article)
                send(self.client, self.article, fields, "undo")
                after = self.words(), list(self.article.quotes.values("name_as_printed", "status", "inside"))
                self.assertEqual(after, before)
        fields = open_form(self.client, self.article)
        send(self.client, self.article, fields, f"begin:{self.article.body.index('It was')}")
        self.assertEqual(self.article.turns.count(), 7)
        send(self.client, self.article, open_form(self.client, self.article), "undo")
        self.assertEqual((self.article.turns.count(), self.article.turns.get(position=1)), (6, first))


class VoicesTests(TurnsCase):
    """The people of an interview: each is named once for all their turns."""

    def setUp(self):
        self.article.turns.update(speaker=None)
        self.article.quotes.update(speaker=None, source="")
        self.client = log_in(self.editor)

    def name(self, do, printed="", who="named", question="named", **fields):
        """Name the one who answers; `printed`: the name in the article, `question`: who asks."""
        people = people_of(self.client, self.article)
        for role, name, kind in (("answer", fields.pop("answer"), who), ("question", "", question)):
            key = people[role, printed]
            fields |= {f"s-{key}": name, f"k-{key}": kind}
        return send(self.client, self.article, {**open_form(self.client, self.article), **fields}, do)

    def test_one_name_is_given_to_every_answer_that_names_nobody(self):
        self.name("turns", answer="Ilmar Vance", question="nobody")
        answers = [("question", None), ("answer", "Ilmar Vance")] * 2
        self.assertEqual(self.spoken(), answers)
        self.assertEqual(self.article.quotes.filter(status="accepted").count(), 4)
        self.assertEqual({turn.speaker for turn in self.article.turns.filter(role="answer")}, {self.vance})

    def test_a_new_speaker_is_made_once_and_stays_with_open_proposals(self):
        self.name("draft", answer="Tilda Marsh", who="new")
        self.assertEqual(self.article.quotes.filter(speaker__name="Tilda Marsh", status="pending").count(), 2)
        self.assertEqual(Speaker.objects.filter(name="Tilda Marsh").count(), 1)

    def test_an_answer_that_names_somebody_keeps_that_name(self):
        other = make_speaker("Petra Lund")
        last = self.article.quotes.order_by("start").last()
        self.name("draft", answer="Ilmar Vance", **{f"s-{last.pk}": "Petra Lund"})
        last.refresh_from_db()
        self.assertEqual(last.speaker, other)

    def test_what_is_no_name_is_asked_back_once(self):
        review = self.name("draft", answer="the keeper").context["review"]
        row = review.people[-1]
        problem = "the keeper: No speaker has this name. Correct it, or choose “New speaker”."
        self.assertEqual((row.answer.name, review.problems), ("the keeper", [(f"s-{row.key}", problem)]))

    def test_turns_without_a_speaker_are_left_open(self):
        response = self.name("turns", answer="Ilmar Vance")
        self.assertContains(self.client.get(response.url), "Not accepted: no speaker yet: 1, 3.")
        self.assertEqual(self.article.quotes.filter(status="accepted").count(), 2)

    def test_a_name_that_the_text_proposes_gives_way(self):
        self.article.quotes.update(name_as_printed="Petra Lund")
        self.name("turns", "Petra Lund", answer="Ilmar Vance", question="nobody")
        self.assertEqual(self.spoken(), [("question", None), ("answer", "Ilmar Vance")] * 2)
