"""Running the extraction again replaces pending quotes and keeps decided ones."""

from unittest import mock

from django.contrib.auth import get_user_model
from django.test import TestCase

from articles.ingest.proposals.refresh import propose
from articles.models import Quote, Turn
from articles.operations.integrity import faults
from tests.factories import make_article, make_speaker, make_turn

from .readings import piece, reading, turn, turn_piece

BODY = "“The river is high,” said Osric Pell. “It will be higher.” “We are ready,” said the mayor."
TALK = "Why did you stay?\n\nNobody asked. They say “stay where the stove is” here."


class ProposingTests(TestCase):
    def setUp(self):
        self.article = make_article(body=BODY)
        self.editor = get_user_model().objects.create_user("gwen")

    def read_as(self, *pieces, **parts):
        found = reading(*pieces, **parts)
        patch = mock.patch("articles.ingest.proposals.refresh.extract_article", return_value=found)
        patch.start()
        self.addCleanup(patch.stop)

    def tearDown(self):
        self.assertEqual(list(faults()), [])

    def texts(self, **conditions):
        return list(self.article.quotes.filter(**conditions).values_list("text", flat=True))

    def test_pending_quotes_are_replaced_and_not_doubled(self):
        self.read_as(piece(BODY, "The river is high,"), piece(BODY, "We are ready,", group=2))
        self.assertEqual([propose(self.article), propose(self.article)], [2, 2])
        self.assertEqual(self.texts(), ["The river is high,", "We are ready,"])

    def test_what_an_editor_decided_is_never_touched_nor_proposed_again(self):
        self.read_as(piece(BODY, "The river is high,"), piece(BODY, "We are ready,", group=2))
        propose(self.article)
        taken, refused = self.article.quotes.all()
        Quote.objects.filter(pk=taken.pk).accept(by=self.editor, through="desk")
        Quote.objects.filter(pk=refused.pk).update(status="rejected", decided_by=self.editor)
        before = list(self.article.quotes.values())
        self.assertEqual(propose(self.article), 0)
        self.assertEqual(list(self.article.quotes.values()), before)

    def test_a_proposal_over_words_already_decided_is_dropped(self):
        self.read_as(piece(BODY, "The river is high,"))
        propose(self.article)
        self.article.quotes.all().accept(by=self.editor, through="desk")
        mock.patch.stopall()
        self.read_as(piece(BODY, "The river is high,"), piece(BODY, "It will be higher."))
        self.assertEqual(propose(self.article), 0)
        self.assertEqual(self.texts(), ["The river is high,"])

    def test_a_quote_within_a_decided_answer_is_still_proposed(self):
        self.article = make_article(body=TALK)
        answer = TALK[TALK.index("Nobody") :]
        found = [
            turn_piece(TALK, answer, "answer", "Mira Tolland", group=1),
            piece(TALK, "stay where the stove is", group=2, inside=1),
        ]
        self.read_as(*found, turns=[turn(TALK, answer, "answer", "Mira Tolland")])
        propose(self.article)
        said = self.article.quotes.get(kind="answer")
        Quote.objects.filter(pk=said.pk).accept(by=self.editor, through="desk")
        self.assertEqual(propose(self.article), 1)
        relayed = self.article.quotes.pending().get()
        self.assertEqual((relayed.text, relayed.inside), ("stay where the stove is", said))
        self.assertEqual(Turn.objects.count(), 1)

    def test_turns_are_read_anew_only_while_nothing_is_decided(self):
        make_turn(self.article, "The river", "question")
        self.read_as(turns=[turn(BODY, "It will be higher.", "answer", "Osric Pell")])
        propose(self.article)
        self.assertEqual([t.role for t in self.article.turns.all()], ["answer"])

    def test_an_article_read_by_a_person_is_so_in_part_once_there_are_new_proposals(self):
        type(self.article).objects.update(quotes_state="read")
        self.article.refresh_from_db()
        self.read_as(piece(BODY, "The river is high,"))
        propose(self.article)
        self.article.refresh_from_db()
        self.assertEqual(self.article.quotes_state, "part")

    def test_names_that_the_text_gives_are_offered_and_only_certain_ones_linked(self):
        pell = make_speaker("Osric Pell")
        self.read_as(
            piece(BODY, "The river is high,", "Osric Pell"),
            piece(BODY, "We are ready,", "Ada Okafor", group=2),
        )
        propose(self.article)
        linked, open_ = self.article.quotes.all()
        self.assertEqual((linked.speaker, open_.speaker), (pell, None))
        printed = (linked.name_as_printed, open_.name_as_printed)
        self.assertEqual(printed, ("Osric Pell", "Ada Okafor"))
