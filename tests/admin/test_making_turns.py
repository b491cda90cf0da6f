"""Turns made by hand, pictures of a draft, and the proposal shown first."""

from django.test import TestCase

from articles.models import Image, Quote, Turn
from articles.operations.integrity import faults
from tests.admin.desk import log_in, make_draft, make_talk, make_user, open_form, review_url, send
from tests.factories import make_quote, make_turn

TALK = (
    "A talk with the master of the weir.\n\n"
    "How long have you kept the weir?\n\n"
    "Since the spring of the long flood.\n\n"
    "It was “a wet one”, they say.\n\n"
    "And who taught you?\n\n"
    "Nobody. The water did."
)


class TurnsCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("editor")

    def setUp(self):
        self.client = log_in(self.editor)
        self.article = make_draft(body=TALK)

    def act(self, do, **answers):
        response = send(self.client, self.article, {**open_form(self.client, self.article), **answers}, do)
        self.article.refresh_from_db()
        self.assertEqual(list(faults()), [])
        return self.client.get(response.url)

    def turns(self):
        return [(t.role, self.article.body[t.start : t.end]) for t in self.article.turns.all()]

    def own_words(self):
        return [(q.kind, q.text) for q in self.article.quotes.filter(turn__isnull=False).order_by("start")]


class InterviewTests(TurnsCase):
    def test_paragraphs_that_ask_are_questions_and_what_follows_answers(self):
        self.act("interview")
        self.assertEqual(self.turns(), [
            ("question", "How long have you kept the weir?"),
            ("answer", "Since the spring of the long flood.\n\nIt was “a wet one”, they say."),
            ("question", "And who taught you?"),
            ("answer", "Nobody. The water did."),
        ])  # fmt: skip
        self.assertEqual([kind for kind, _ in self.own_words()], ["question", "answer"] * 2)

    def test_the_words_of_others_within_an_answer_stay_theirs(self):
        make_quote(self.article, "a wet one", kind="mixed", status="pending")
        self.act("interview")
        self.assertIn(
            ("answer", "Since the spring of the long flood.\n\nIt was “ […] ”, they say."), self.own_words()
        )

    def test_a_text_that_asks_nothing_is_no_interview_by_itself(self):
        self.article = make_draft(body="One.\n\nTwo.")
        self.assertContains(self.act("interview"), "We found no questions.")
        self.act("begin:0")
        self.act("begin:6")
        self.assertEqual(self.turns(), [("question", "One."), ("answer", "Two.")])


class BeginTests(TurnsCase):
    def test_a_turn_begun_within_another_takes_the_words_behind(self):
        self.act("interview")
        self.act(f"begin:{TALK.index('It was')}")
        self.assertEqual(self.own_words()[1:3], [
            ("answer", "Since the spring of the long flood."), ("question", "It was “a wet one”, they say."),
        ])  # fmt: skip
        self.assertEqual([turn.position for turn in self.article.turns.all()], [0, 1, 2, 3, 4])

    def test_begun_where_one_begins_nothing_changes(self):
        self.act("interview")
        before = self.turns()
        self.act(f"begin:{TALK.index('And who')}")
        self.assertEqual(self.turns(), before)

    def test_within_a_paragraph_no_turn_begins(self):
        self.assertContains(self.act("begin:3"), "Choose the paragraph where the turn starts.")
        self.assertEqual(Turn.objects.count(), 0)

    def test_a_public_quote_that_is_cut_off_says_that_it_was_corrected(self):
        turn = make_turn(self.article, TALK[TALK.index("Since") : TALK.index("\n\nAnd who")], "answer")
        quote = make_quote(self.article, TALK[turn.start : turn.end], kind="answer", turn=turn)
        self.act("publish")
        self.act(f"begin:{TALK.index('It was')}")
        quote.refresh_from_db()
        self.assertEqual((quote.text, quote.standing), ("Since the spring of the long flood.", "corrected"))


class BorderTests(TurnsCase):
    def test_the_border_that_is_least_sure_comes_first(self):
        self.article = make_talk()
        third = self.article.turns.all()[2]
        Turn.objects.filter(pk=third.pk).update(confidence=0.4)
        page = self.client.get(review_url(self.article))
        self.assertEqual(page.context["now"].turn, third)


class PictureTests(TurnsCase):
    def test_a_picture_is_added_with_its_words(self):
        self.act("draft", **{"caption-new": "The weir.", "credit-new": "Imke Farrow"})
        picture = Image.objects.get()
        self.assertEqual((picture.caption, picture.credit, picture.position), ("The weir.", "Imke Farrow", 0))
        self.act("draft")
        self.assertEqual(Image.objects.count(), 1)

    def test_an_address_must_be_of_the_web(self):
        fields = {
            **open_form(self.client, self.article),
            "url-new": "javascript:alert(1)",
            "caption-new": "Kept",
        }
        page = send(self.client, self.article, fields)
        self.assertContains(page, 'value="Kept"')
        self.assertEqual(Image.objects.count(), 0)

    def test_a_picture_is_removed_but_for_one_with_a_public_quote(self):
        kept, going = (
            Image.objects.create(article=self.article, caption="“A wet one.”", position=n) for n in range(2)
        )
        make_quote(self.article, "A wet one.", part="caption", image=kept)
        self.act("publish")
        self.act(f"unpicture:{going.pk}")
        self.assertContains(self.act(f"unpicture:{kept.pk}"), "a quote in its caption has been public")
        self.assertEqual(list(Image.objects.all()), [kept])
        self.assertEqual(Quote.objects.count(), 1)
