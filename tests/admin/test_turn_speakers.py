"""The accepted speaker of a turn never contradicts its label or role."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from django.db import transaction
from django.test import TestCase
from django.urls import reverse

from articles.admin.review.context import ReviewContext
from articles.ingest.proposals.manual_turns import begin_turn, flip, flip_from_here, join_above, narrate
from articles.models import Article, Quote, Speaker, Turn
from tests.admin.desk import log_in, make_draft, make_user, open_form, post_confirmed, send
from tests.factories import make_quote, make_speaker, make_turn
from tests.sizes import size

ASKS, ANSWERS = "Imke Farrow", "Ilmar Vance"
LINES = [
    "How long have you kept the weir?", "Since the spring of the long flood.\n\nIt was a wet one.",
    "Who taught you?", "Nobody. The water did.",
    "Were you afraid?", "Once, in the second winter.",
]  # fmt: skip
ACCEPTING = {"A": lambda line: line.sure, "i": lambda line: line.turn is not None}
LABELS = {"none": [], "once": [0, 1], "all": range(6)}


def make_interview(labels: str = "none", *, known: bool = False) -> Article:
    """Three proposed questions and answers; `known`: both speakers exist."""
    parts = [
        f"{(ASKS, ANSWERS)[n % 2]}: {words}" if n in LABELS[labels] else words
        for n, words in enumerate(LINES)
    ]
    article = make_draft(headline="The master of the weir", body="\n\n".join(parts))
    people = {name: make_speaker(name) for name in (ASKS, ANSWERS)} if known else {}
    for number, words in enumerate(LINES):
        name, role = (ASKS, ANSWERS)[number % 2], ("question", "answer")[number % 2]
        turn = make_turn(
            article, words, role, source=name, labelled=number in LABELS[labels], speaker=people.get(name),
            confidence=0.7,
        )  # fmt: skip
        make_quote(
            article, words, kind=role, turn=turn, status="pending", confidence=0.95, position=number,
            source=name, name_as_printed=name, speaker=people.get(name), rule="turn",
        )  # fmt: skip
    return article


def wrong_turns(article: Article) -> list[tuple[str, str, str]]:
    """Accepted turns whose speaker contradicts their label or, without one, their role."""
    wrong = []
    for quote in article.quotes.filter(status="accepted", turn__isnull=False).select_related(
        "turn", "speaker"
    ):
        turn, name = quote.turn, quote.speaker.name if quote.speaker else None
        own = turn.source if turn.labelled else {"question": ASKS, "answer": ANSWERS}[turn.role]
        if name not in (None, own) or quote.kind != turn.role or quote.speaker_id != turn.speaker_id:
            wrong.append((turn.role, turn.source, str(name)))
    return wrong


@contextmanager
def rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def shown(article: Article) -> dict[str, str]:
    """The fields of the proposals as the review page shows them."""
    fields = {}
    for line in ReviewContext(Article.objects.get(pk=article.pk)).lines:
        given, pk = line.answer, line.quote.pk
        fields |= {
            f"s-{pk}": given.name,
            f"k-{pk}": given.who,
            f"d-{pk}": given.decision,
            f"w-{pk}": given.words,
        }
    return fields


class KeysTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("editor")

    def press(self, article, choose):
        """Press one key of the page; its fields are stored first."""
        fields, act = shown(article), None
        turn, quote = choose.choice(article.turns.all()), choose.choice(article.quotes.all())
        key = choose.choice(["t", "t", "T", "m", "narrate", "n", "a", "r", "A", "i", "names", "wrong"])
        if key == "m" and (turn.position == 0 or turn.labelled):
            # Joining a labelled turn discards its label.
            return
        if key in ("a", "r"):
            fields[f"d-{quote.pk}"] = {"a": "accept", "r": "reject"}[key]
        elif key == "names":
            fields |= {"s-question": ASKS, "s-answer": ANSWERS}
        elif key == "wrong":
            fields[f"s-{quote.pk}"], fields[f"d-{quote.pk}"] = choose.choice([ASKS, ANSWERS]), "accept"
            fields[f"k-{quote.pk}"] = (
                "named" if Speaker.objects.filter(name=fields[f"s-{quote.pk}"]) else "new"
            )
        elif key == "n":
            act = partial(begin_turn, article, article.body.index("It was a wet one"))
        elif key not in ACCEPTING:
            act = partial({"t": flip, "T": flip_from_here, "m": join_above}.get(key, narrate), turn)
        decisions = ReviewContext(article, fields).decisions
        if key in ACCEPTING:
            decisions.accept_all(ACCEPTING[key])
        if decisions.check():
            decisions.save(by=self.editor)
            if act:
                act(by=self.editor)

    def test_no_sequence_of_keys_accepts_a_speaker_against_label_or_role(self):
        for seed in range(size(10, 500)):
            choose = random.Random(seed)  # noqa: S311
            labels, known = choose.choice(list(LABELS)), choose.random() < 0.5
            with self.subTest(seed=seed, labels=labels, known=known), rolled_back():
                article = make_interview(labels, known=known)
                for _ in range(6):
                    self.press(article, choose)
                    self.assertEqual(wrong_turns(article), [])


class NewSpeakersTests(TestCase):
    """An interview with two new speakers."""

    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("editor")

    def setUp(self):
        self.client = log_in(self.editor)

    def send(self, article, do="draft", **fields):
        return send(self.client, article, {**open_form(self.client, article), **fields}, do)

    def spoken(self, article):
        quotes = article.quotes.filter(status="accepted").order_by("start")
        return [(quote.kind, quote.speaker.name) for quote in quotes.select_related("speaker")]

    def test_a_flipped_turn_is_accepted_as_the_other_ones(self):
        article = make_interview()
        third = article.turns.get(position=2)
        self.send(article, f"flip:{third.pk}")
        self.send(article, "all")
        self.assertEqual(self.spoken(article)[2], ("answer", ANSWERS))

    def test_a_turn_begun_within_an_answer_is_the_one_who_asks(self):
        article = make_interview()
        self.send(article, f"begin:{article.body.index('It was')}")
        self.send(article, "turns")
        self.assertEqual(self.spoken(article)[2], ("question", ASKS))
        self.assertEqual(wrong_turns(article), [])

    def test_a_single_turn_flipped_names_nobody_rather_than_the_wrong_one(self):
        article = make_interview()
        article.turns.filter(position__gt=1).delete()
        self.send(article, f"flip:{article.turns.get(position=1).pk}")
        self.assertEqual(article.quotes.get(turn__position=1).name_as_printed, ASKS)
        self.send(article, f"flip:{article.turns.get(position=0).pk}")
        self.assertEqual(article.quotes.get(turn__position=0).name_as_printed, "")

    def test_an_answer_is_not_accepted_as_whom_the_questions_are(self):
        article = make_interview()
        answer = article.quotes.get(position=3)
        page = self.send(article, **{f"s-{answer.pk}": ASKS, f"d-{answer.pk}": "accept"})
        self.assertContains(page, "Imke Farrow asks questions in this interview, but this is an answer")
        self.assertEqual(self.spoken(article), [])

    def test_all_are_accepted_but_for_those_that_contradict_their_role(self):
        article = make_interview()
        article.quotes.filter(position=3).update(name_as_printed=ASKS)
        response = self.send(article, "all")
        self.assertContains(
            self.client.get(response.url), "Proposed quote 4 was not accepted. Imke Farrow asks"
        )
        self.assertEqual(len(self.spoken(article)), 5)

    def test_the_list_of_quotes_accepts_none_that_contradicts_its_label(self):
        article = make_interview("all", known=True)
        wrong = article.quotes.get(position=3)
        Quote.objects.filter(pk=wrong.pk).update(speaker=Speaker.objects.get(name=ASKS))
        url = reverse("admin:articles_quote_changelist")
        chosen = {"action": "accept_selected", "_selected_action": [q.pk for q in article.quotes.all()]}
        page = post_confirmed(self.client, url, chosen)
        wrong.refresh_from_db()
        self.assertEqual(wrong.status, "pending")
        self.assertContains(page, "Imke Farrow")

    def test_a_name_given_to_every_answer_leaves_another_label_alone(self):
        article = make_interview("all")
        other = article.turns.get(position=3)
        Turn.objects.filter(pk=other.pk).update(source="Tilda Marsh")
        other.quotes.update(name_as_printed="Tilda Marsh", source="Tilda Marsh")
        self.send(article, "turns", **{"s-answer": ANSWERS})
        self.assertEqual([name for _, name in self.spoken(article)][1::2], [ANSWERS, "Tilda Marsh", ANSWERS])

    def test_an_unknown_name_at_who_asks_becomes_a_new_speaker(self):
        article = make_interview()
        article.quotes.update(name_as_printed="", source="")
        page = self.client.get(self.send(article, "turns", **{"s-question": ASKS, "s-answer": ANSWERS}).url)
        self.assertContains(page, f"New speakers: {ANSWERS}, {ASKS}.")
        self.assertEqual(self.spoken(article)[:2], [("question", ASKS), ("answer", ANSWERS)])
