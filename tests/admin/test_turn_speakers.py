"""The accepted speaker of a turn never contradicts its label or role."""

import random
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from articles.admin.review.context import ReviewContext
from articles.ingest.proposals.manual_turns import paragraphs_of
from articles.models import GAP, Article, Quote, Speaker, Turn
from tests.admin.desk import (
    fields_of,
    log_in,
    make_draft,
    make_user,
    open_form,
    people_of,
    post_confirmed,
    review_url,
    send,
)
from tests.factories import make_quote, make_speaker, make_turn
from tests.sizes import seeds

ASKS, ANSWERS = "Imke Farrow", "Ilmar Vance"
LINES = [
    "How long have you kept the weir?", "Since the spring of the long flood.\n\nIt was a wet one.",
    "Who taught you?", "Nobody. The water did.",
    "Were you afraid?", "Once, in the second winter.",
]  # fmt: skip
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


def speakers_of(article: Article, role: str) -> set[str]:
    """Who may have this role without a label: the one of the interview, whom most labels give it, and whom
    no turn of the other role names. An interview may have two who ask.
    """
    turns = [(quote, quote.turn) for quote in article.quotes.filter(turn__isnull=False)]
    labels = [(turn.source, turn.role) for turn in article.turns.filter(labelled=True)]
    other = "answer" if role == "question" else "question"
    names = {name for name, _ in labels if labels.count((name, role)) > labels.count((name, other))}
    elsewhere = {
        name
        for quote, turn in turns
        if other in (turn.role, quote.kind)
        for name in (turn.source, quote.name_as_printed, quote.speaker and quote.speaker.name)
    }
    return names | {{"question": ASKS, "answer": ANSWERS}[role]} | ({ASKS, ANSWERS} - elsewhere)


def wrong_turns(article: Article) -> list[tuple[str, str, str]]:
    """Accepted turns whose speaker contradicts their label or, without one, their role."""
    wrong = []
    for quote in article.quotes.filter(status="accepted", turn__isnull=False).select_related(
        "turn", "speaker"
    ):
        turn, name = quote.turn, quote.speaker.name if quote.speaker else None
        own = {turn.source} if turn.labelled else speakers_of(article, turn.role)
        if (name and name not in own) or quote.kind != turn.role or quote.speaker_id != turn.speaker_id:
            wrong.append((turn.role, turn.source, str(name)))
    return wrong


def lost_words(article: Article) -> list[str]:
    """Words of the interview that are in no turn, and turns whose quote lacks some of their words."""
    left, lost = article.body, []
    for turn in article.turns.order_by("-start").prefetch_related("quotes"):
        left = left[: turn.start] + left[turn.end :]
        for quote in turn.quotes.all():
            if turn.role == "narration" or quote.status == "rejected":
                continue
            if quote.text != article.body[turn.start : turn.end]:
                own = GAP.join(article.body[start:end] for start, end in turn.own_spans())
                lost += [f"{own}: {quote.text}"] if quote.text != own else []
    for label in (f"{ASKS}:", f"{ANSWERS}:"):
        left = left.replace(label, "")
    return [*lost, *left.split()]


@contextmanager
def rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


KEYS = [
    "flip", "flip", "flipon", "narrate", "join", "later", "earlier", "move", "begin", "accept", "reject",
    "wrong", "all", "turns", "person", "name", "rename", "undo",
]  # fmt: skip


class KeysTests(TestCase):
    """Random sequences of what the keys and buttons of the review page send."""

    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("editor")

    def press(self, client, article, labels, choose):
        """Press one key: what it sends is the whole form."""
        review = ReviewContext(Article.objects.get(pk=article.pk))
        fields, people = shown(review), review.people
        turn, quote = choose.choice(article.turns.all()), choose.choice(article.quotes.all())
        person = choose.choice(people) if people else None
        key = choose.choice(KEYS)
        act = "draft"
        if key == "join" and turn.position == 0:
            return
        if key in ("flip", "flipon", "narrate", "join", "later", "earlier"):
            act = f"{key}:{turn.pk}"
        elif key in ("move", "begin"):
            at = choose.choice([start for start, _ in paragraphs_of(article.body)])
            act = (
                f"move:{turn.pk}:{at}" if key == "move" else f"begin:{article.body.index('It was a wet one')}"
            )
        elif key in ("accept", "reject"):
            fields[f"d-{quote.pk}"] = key
        elif key == "wrong":
            fields |= given(quote.pk, choose.choice([ASKS, ANSWERS])) | {f"d-{quote.pk}": "accept"}
        elif key in ("all", "turns", "undo"):
            act = key
        elif person is not None and key == "person":
            act = f"person:{person.key}"
        elif person is not None and key == "name":
            fields |= given(person.key, {"question": ASKS, "answer": ANSWERS}[person.kind])
        elif person is not None and labels == "all":
            fields |= given(person.key, choose.choice([ASKS, ANSWERS]))
        response = send(client, article, fields, act)
        self.assertIn(response.status_code, (200, 302))

    def test_the_fields_sent_here_are_those_of_the_page(self):
        article = make_interview("once")
        page = fields_of(log_in(self.editor).get(review_url(article)).content.decode())
        sent = shown(ReviewContext(article))
        self.assertEqual(sent, {name: page.get(name, "").replace("\r\n", "\n") for name in sent})

    def test_no_sequence_of_keys_accepts_a_wrong_speaker_or_loses_a_word(self):
        client = log_in(self.editor)
        for seed in seeds(6, 10_000):
            choose = random.Random(seed)  # noqa: S311
            labels, known = choose.choice(list(LABELS)), choose.random() < 0.5
            with self.subTest(seed=seed, labels=labels, known=known), rolled_back():
                article = make_interview(labels, known=known)
                body = article.body
                for _ in range(8):
                    self.press(client, article, labels, choose)
                    article.refresh_from_db()
                    self.assertEqual(
                        (wrong_turns(article), lost_words(article), article.body), ([], [], body)
                    )


def shown(review: ReviewContext) -> dict[str, str]:
    """The fields of the page, as a browser sends them."""
    values = review.shown_values
    fields = {name[2:]: value for name, value in values.items() if name.startswith("f-") and value}
    fields |= {name: "" for name in review.form.fields if name not in (*fields, *review.form.ticked)}
    fields |= {"version": review.version, "base": review.base, "sheet": "1"}
    for person in review.people:
        fields |= {f"s-{person.key}": person.answer.name, f"k-{person.key}": person.answer.who}
    for line in review.lines:
        pk, answer = line.quote.pk, line.answer
        fields |= {f"s-{pk}": answer.name, f"k-{pk}": answer.who}
        fields |= {f"d-{pk}": answer.decision, f"w-{pk}": answer.words}
    return fields


def given(of: int | str, name: str) -> dict[str, str]:
    """The fields that name the speaker of a quote or person."""
    return {f"s-{of}": name, f"k-{of}": "named" if Speaker.objects.filter(name=name) else "new"}


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

    def test_a_label_counts_although_its_turn_is_rejected_or_not_a_turn(self):
        for act, decision in (("narrate", ""), ("draft", "reject")):
            with self.subTest(act=act), rolled_back():
                article = make_interview("once")
                asked, answered = article.quotes.order_by("position")[:2]
                act = f"{act}:{asked.turn_id}" if act == "narrate" else act
                self.send(article, act, **{f"d-{asked.pk}": decision})
                page = self.send(article, **given(answered.pk, ASKS) | {f"d-{answered.pk}": "accept"})
                self.assertContains(page, "The label here is “Ilmar Vance”, but Imke Farrow is")
                self.assertEqual(self.spoken(article), [])

    def test_who_asks_gives_no_answer_although_all_questions_are_rejected(self):
        article = make_interview()
        asked = {f"d-{quote.pk}": "reject" for quote in article.quotes.filter(kind="question")}
        self.send(article, **asked)
        answer = article.quotes.get(position=5)
        page = self.send(article, **given(answer.pk, ASKS) | {f"d-{answer.pk}": "accept"})
        self.assertContains(page, "Imke Farrow asks questions in this interview, but this is an answer")
        self.assertEqual(self.spoken(article), [])

    def test_answers_given_together_to_who_asks_do_not_outweigh_rejected_questions(self):
        for known in (False, True):
            for rejected in (3, 2, 1):
                with self.subTest(known=known, rejected=rejected), rolled_back():
                    article = make_interview(known=known)
                    questions = article.quotes.filter(kind="question").order_by("position")
                    self.send(article, **{f"d-{quote.pk}": "reject" for quote in questions[:rejected]})
                    article.quotes.pending().filter(kind="question").update(name_as_printed="", speaker=None)
                    self.name_answers(article, ASKS)
                    self.assertNotIn(("answer", ASKS), self.spoken(article))

    def name_answers(self, article, name):
        """Give all answers one speaker, first as a draft and then accepted together."""
        answers = article.quotes.filter(kind="answer")
        fields = {key: value for quote in answers for key, value in given(quote.pk, name).items()}
        page = self.send(article, **fields, **{f"d-{quote.pk}": "accept" for quote in answers})
        self.assertContains(page, f"{name} asks questions in this interview, but this is an answer")
        self.send(article, **fields)
        self.send(article, "turns")

    def test_one_flipped_label_does_not_make_who_answers_ask_every_question(self):
        article = make_interview("once", known=True)
        self.send(article, f"flip:{article.turns.get(position=1).pk}")
        question = article.quotes.get(position=2)
        page = self.send(article, **given(question.pk, ANSWERS) | {f"d-{question.pk}": "accept"})
        self.assertContains(page, "Ilmar Vance answers in this interview, but this is a question")
        self.assertEqual(self.spoken(article), [])

    def flip_two_labelled_questions(self, article):
        """Let labels give answers to who asks, beside an accepted question without a label; return that."""
        self.send(article, f"begin:{article.body.index('It was')}")
        self.send(article, "turns")
        labelled = article.turns.filter(source=ASKS, labelled=True).order_by("position")
        for turn in labelled[:2]:
            response = self.send(article, f"flip:{turn.pk}")
        return article.quotes.get(turn__labelled=False), self.client.get(response.url)

    def test_an_accepted_turn_that_no_longer_fits_the_labels_is_undecided_again(self):
        question, page = self.flip_two_labelled_questions(make_interview("all", known=True))
        self.assertEqual((question.status, question.speaker.name), ("pending", ASKS))
        self.assertContains(page, "“It was a wet one.” is undecided again. Imke Farrow answers in this")

    def test_of_a_published_one_the_speaker_is_unknown_again(self):
        article = make_interview("all", known=True)
        Article.objects.filter(pk=article.pk).update(status="usable", visible_from=timezone.now())
        question, page = self.flip_two_labelled_questions(article)
        self.assertEqual((question.status, question.speaker, question.turn.speaker), ("accepted", None, None))
        self.assertContains(page, "“It was a wet one.” has no speaker any more. Imke Farrow answers in")

    def test_labels_outweigh_a_turn_accepted_without_one_although_nobody_decided_theirs(self):
        article = make_interview("all")
        self.send(article, f"begin:{article.body.index('It was')}")
        self.send(article, f"flipon:{article.turns.first().pk}")
        wrong = article.quotes.get(turn__labelled=False)
        self.send(article, **given(wrong.pk, ASKS) | {f"d-{wrong.pk}": "accept"})
        for turn in article.turns.filter(source=ASKS, labelled=True)[:2]:
            self.send(article, f"flip:{turn.pk}")
        self.assertEqual(self.spoken(article), [])

    def test_an_accepted_turn_is_not_flipped_to_who_asks_by_a_wrong_answer(self):
        article = make_interview("all", known=True)
        for answer in article.quotes.filter(kind="answer"):
            self.send(article, **given(answer.pk, ASKS))
        self.send(article, f"begin:{article.body.index('It was')}")
        question = article.quotes.get(turn__labelled=False)
        self.send(article, **{f"d-{question.pk}": "accept"})
        self.send(article, f"flip:{question.turn_id}")
        self.assertEqual(article.quotes.filter(status="accepted", kind="answer").count(), 0)

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

    def test_words_with_a_label_are_not_joined_to_those_of_somebody_else(self):
        article = make_interview("all", known=True)
        self.send(article, "turns")
        page = self.client.get(self.send(article, f"join:{article.turns.get(position=2).pk}").url)
        self.assertContains(page, "The label “Imke Farrow” says who speaks here, so we did not join")
        self.assertEqual(article.quotes.get(turn__position=1).text, LINES[1])
        self.assertEqual(self.spoken(article)[2], ("question", ASKS))

    def test_two_turns_with_the_same_label_are_joined(self):
        article = make_interview("all", known=True)
        article.turns.filter(position=2).delete()
        self.send(article, f"join:{article.turns.get(position=3).pk}")
        self.assertIn("Nobody. The water did.", article.quotes.get(turn__position=1).text)

    def test_a_name_given_to_every_answer_leaves_another_label_alone(self):
        article = make_interview("all")
        other = article.turns.get(position=3)
        Turn.objects.filter(pk=other.pk).update(source="Tilda Marsh")
        other.quotes.update(name_as_printed="Tilda Marsh", source="Tilda Marsh")
        key = people_of(self.client, article)["answer", ANSWERS]
        self.send(article, "turns", **{f"s-{key}": "Ilmar J. Vance", f"k-{key}": "new"})
        answers = [name for _, name in self.spoken(article)][1::2]
        self.assertEqual(answers, ["Ilmar J. Vance", "Tilda Marsh", "Ilmar J. Vance"])

    def test_an_unknown_name_at_who_asks_becomes_a_new_speaker(self):
        article = make_interview()
        article.quotes.update(name_as_printed="", source="")
        people = people_of(self.client, article)
        names = {f"s-{people['question', '']}": ASKS, f"s-{people['answer', '']}": ANSWERS}
        page = self.client.get(self.send(article, "turns", **names).url)
        self.assertContains(page, f"New speakers: {ANSWERS}, {ASKS}.")
        self.assertEqual(self.spoken(article)[:2], [("question", ASKS), ("answer", ANSWERS)])
