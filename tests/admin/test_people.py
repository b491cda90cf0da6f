"""The people of an article on the review page: one decision for all quotes of a person."""

from django.test import TestCase
from django.urls import reverse

from articles.models import Article, Quote, Speaker
from tests.admin.desk import log_in, make_draft, make_talk, make_user, open_form, people_of, review_url, send
from tests.admin.test_new_article import TEXT
from tests.factories import make_quote, make_speaker

NAMES = ("Osric Pell", "Mira Tolland")


def make_story(each: int = 3) -> tuple[Quote, ...]:
    """An article in which two people speak in turn, and one unnamed “he” at the end."""
    words = [(f"Word {n} of {name}", name) for n in range(each) for name in NAMES]
    body = "\n\n".join(f"“{said},” said {name}." for said, name in words)
    article = make_draft(body=f"{body}\n\n“Nobody asked,” he said.")
    fields = {"status": "pending", "confidence": 0.8, "rule": "after"}
    quotes = [
        make_quote(
            article, said, source=name, name_as_printed=name, role_as_printed="farmer", position=n, **fields
        )
        for n, (said, name) in enumerate(words)
    ]
    return (*quotes, make_quote(article, "Nobody asked", source="he", position=9, **fields))


class PeopleTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("editor")
        cls.quotes = make_story()
        cls.article = cls.quotes[0].article

    def setUp(self):
        self.client = log_in(self.editor)
        self.keys = people_of(self.client, self.article)

    def act(self, do="draft", **fields):
        return send(self.client, self.article, {**open_form(self.client, self.article), **fields}, do)

    def spoken(self):
        rows = self.article.quotes.order_by("position")
        return [(quote.status, quote.speaker and quote.speaker.name) for quote in rows]

    def test_each_person_is_listed_once_with_role_and_number_of_quotes(self):
        people = self.client.get(review_url(self.article)).context["review"].people
        listed = [(person.named, person.role, len(person.lines)) for person in people]
        self.assertEqual(listed, [("Osric Pell", "farmer", 3), ("Mira Tolland", "farmer", 3)])

    def test_a_known_speaker_is_suggested_with_what_the_archive_knows_of_them(self):
        make_speaker("Mira Tolland", description="mayor of Corran")
        page = self.client.get(review_url(self.article))
        self.assertContains(page, "In the archive: mayor of Corran; 0 quotes")

    def test_accepting_a_person_accepts_all_their_quotes_and_nobody_elses(self):
        self.act(f"person:{self.keys['', 'Osric Pell']}")
        self.assertEqual(
            self.spoken(), [("accepted", "Osric Pell"), ("pending", None)] * 3 + [("pending", None)]
        )
        self.assertEqual(Speaker.objects.count(), 1)

    def test_a_name_given_to_a_person_is_given_to_all_their_quotes(self):
        key = self.keys["", "Osric Pell"]
        pell = make_speaker("Osric J. Pell")
        self.act(**{f"s-{key}": "Osric J. Pell", f"k-{key}": "named"})
        self.assertEqual(self.article.quotes.filter(speaker=pell).count(), 3)
        self.assertEqual(self.article.quotes.pending().count(), 7)

    def test_a_quote_answered_by_itself_keeps_its_answer(self):
        key, first = self.keys["", "Osric Pell"], self.quotes[0]
        self.act(f"person:{key}", **{f"d-{first.pk}": "reject"})
        self.assertEqual([status for status, _ in self.spoken()][:5:2], ["rejected", "accepted", "accepted"])

    def test_renaming_an_accepted_person_corrects_all_their_quotes(self):
        self.act(f"person:{self.keys['', 'Osric Pell']}")
        key = people_of(self.client, self.article)["", "Osric Pell"]
        self.act(**{f"s-{key}": "Tilda Marsh", f"k-{key}": "new"})
        self.assertEqual(self.spoken()[0], ("accepted", "Tilda Marsh"))
        self.assertEqual(
            self.article.quotes.filter(speaker__name="Tilda Marsh", status="accepted").count(), 3
        )

    def test_a_person_and_one_of_their_quotes_changed_by_two_editors_are_a_conflict(self):
        key, first = self.keys["", "Osric Pell"], self.quotes[0]
        mine = open_form(self.client, self.article)
        theirs = {f"s-{first.pk}": "Petra Lund", f"k-{first.pk}": "new", f"d-{first.pk}": "accept"}
        other = log_in(make_user("editor", "tomas"))
        send(other, self.article, {**open_form(other, self.article), **theirs})
        page = send(self.client, self.article, {**mine, f"s-{key}": "Tilda Marsh", f"k-{key}": "new"})
        self.assertContains(page, "Another editor saved this article while you had it open")
        self.assertContains(page, "Petra Lund")
        self.assertContains(page, "Tilda Marsh")

    def test_a_decision_and_a_name_by_two_editors_are_both_kept(self):
        key, first = self.keys["", "Osric Pell"], self.quotes[0]
        make_speaker("Tilda Marsh")
        mine = open_form(self.client, self.article)
        other = log_in(make_user("editor", "tomas"))
        send(other, self.article, {**open_form(other, self.article), f"d-{first.pk}": "reject"})
        send(self.client, self.article, {**mine, f"s-{key}": "Tilda Marsh", f"k-{key}": "named"})
        self.assertEqual(self.spoken()[0], ("rejected", None))
        self.assertEqual(self.article.quotes.filter(speaker__name="Tilda Marsh").count(), 2)

    def test_those_who_speak_without_a_name_are_told_apart_by_the_labels_of_their_fields(self):
        article = make_talk()
        article.turns.update(source="")
        page = self.client.get(review_url(article))
        self.assertContains(page, "Speaker of all quotes of Who asks")
        self.assertContains(page, "Speaker of all quotes of Who answers")

    def test_who_may_add_no_speaker_is_told_whom_to_ask(self):
        self.editor.groups.first().permissions.remove(
            *self.editor.groups.first().permissions.filter(codename="add_speaker")
        )
        self.assertContains(self.client.get(review_url(self.article)), "To add a speaker, ask an editor.")


class UndoTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("editor")
        cls.quotes = make_story()
        cls.article = cls.quotes[0].article

    def setUp(self):
        self.client = log_in(self.editor)

    def act(self, do, **fields):
        response = send(self.client, self.article, {**open_form(self.client, self.article), **fields}, do)
        return self.client.get(response.url)

    def test_the_last_decision_is_undone_then_the_one_before(self):
        keys = people_of(self.client, self.article)
        for name in NAMES:
            self.act(f"person:{keys['', name]}")
        self.assertContains(self.act("undo"), "Undone: Accepted several quotes in ")
        self.assertEqual(self.article.quotes.filter(status="accepted").count(), 3)
        self.act("undo")
        self.assertEqual(self.article.quotes.pending().count(), 7)
        self.assertContains(self.act("undo"), "You have no change to this article that can be undone.")

    def test_what_was_typed_since_is_kept_if_the_change_before_can_be_undone(self):
        self.act(f"person:{people_of(self.client, self.article)['', 'Osric Pell']}")
        self.act("undo", headline="Gates opened early")
        self.article.refresh_from_db()
        self.assertEqual(self.article.headline, "Gates opened early")
        self.assertEqual(self.article.quotes.pending().count(), 7)

    def test_what_was_typed_over_the_last_change_is_undone_in_its_place(self):
        self.act("draft", headline="Gates opened early")
        self.assertContains(self.act("undo", headline="Gates opened late"), "Undone: Saved ")
        self.article.refresh_from_db()
        self.assertEqual(self.article.headline, "Gates opened early")

    def test_the_changes_of_another_editor_are_left_alone(self):
        self.act(f"person:{people_of(self.client, self.article)['', 'Osric Pell']}")
        self.client = log_in(make_user("editor", "tomas"))
        self.assertContains(self.act("undo"), "You have no change to this article that can be undone.")

    def test_making_an_interview_is_undone_after_what_was_accepted_in_it(self):
        article = make_draft(headline="The weir", body="How long have you kept it?\n\nThirty years.")
        self.article = article
        self.act("interview")
        for (kind, _), key in people_of(self.client, article).items():
            self.act(f"person:{key}", **{f"s-{key}": f"New {kind.title()}", f"k-{key}": "new"})
        self.assertEqual(article.quotes.filter(status="accepted").count(), 2)
        for _ in range(3):
            self.assertContains(self.act("undo"), "Undone: ")
        self.assertEqual((article.turns.count(), article.quotes.count()), (0, 0))

    def test_undo_never_discards_the_article_itself(self):
        self.client.post(reverse("admin:desk-paste"), {"text": TEXT})
        self.article = Article.objects.order_by("pk").last()
        self.assertContains(self.act("undo"), "You have no change to this article that can be undone.")
        self.article.refresh_from_db()
        self.assertEqual(self.article.status, "draft")
