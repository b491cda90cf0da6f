"""Former versions of an article: diff, restore with a reason, undo."""

from django.test import TestCase
from django.urls import reverse

from articles.admin.review.article_versions import EDITED_MEANWHILE
from articles.models import Article, ArticleEvent, AuditEntry, Note, Quote, Turn
from articles.revisions import change_text
from articles.revisions.recent_changes import recent_changes
from articles.revisions.undo import revert
from tests.admin.desk import log_in, make_draft, make_user, post_confirmed
from tests.factories import make_article, make_publication, make_quote, make_turn

SHUT = "“It was shut by noon,” he told the whole council."
OLD = f"“The gate was open,” said Osric Pell.\n\nNobody saw it. [laughs]\n\n{SHUT}"
NEW = f"The gate was shut, said Osric Pell.\n\n{SHUT}\n\n“At last.”"


class VersionsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("editor")
        cls.article = make_article(headline="The gate", byline="By Ina Marl", body=OLD)
        cls.open = make_quote(cls.article, "The gate was open,")
        cls.shut = make_quote(cls.article, "It was shut by noon,")

    def setUp(self):
        self.client = log_in(self.editor)
        article = Article.objects.get()
        self.changes = change_text(article, headline="The gate shut", body=NEW)
        Article.objects.update(byline="By I. Marl")
        self.former = ArticleEvent.objects.filter(body=OLD).latest("pgh_id")
        self.listed = reverse("admin:desk-versions", args=[article.pk])
        self.url = reverse("admin:desk-version", args=[article.pk, self.former.pk])

    def restore(self, **fields):
        version = Article.objects.get(pk=self.article.pk).version
        return self.client.post(self.url, {"reason": "A slip.", "version": version, **fields}, follow=True)

    def rows(self):
        return [list(model.objects.order_by("pk").values()) for model in (Quote, Turn, Note)]

    def words(self):
        return Article.objects.values_list("headline", "byline", "body").get(pk=self.article.pk)

    def test_the_versions_are_listed_with_what_was_changed_after_each(self):
        rows = self.client.get(self.listed).context["rows"]
        self.assertEqual([one.changed for one, *_ in rows], [["byline"], ["headline", "body"]])
        self.assertContains(self.client.get(self.listed), self.url)
        self.assertContains(
            self.client.get(reverse("admin:desk-review", args=[self.article.pk])), self.listed
        )

    def test_one_is_shown_word_by_word_beside_the_text_now(self):
        page = self.client.get(self.url)
        self.assertContains(page, "The gate<ins> shut</ins>")
        self.assertContains(page, "<del>Ina</del>")
        self.assertContains(page, "Restore this version", 1)

    def test_any_two_versions_are_compared_and_either_can_be_restored(self):
        middle = ArticleEvent.objects.filter(headline="The gate shut").latest("pgh_id")
        chosen = {"one": self.former.pk, "other": middle.pk}
        page = self.client.get(self.listed, chosen, follow=True)
        self.assertContains(page, "The gate<ins> shut</ins>")
        # The byline was changed after both.
        self.assertNotContains(page, "By I")
        self.assertContains(page, "Restore this version", 2)
        self.assertContains(page, "Readers will see 1 changed article at once.", 2)
        other = reverse("admin:desk-version", args=[self.article.pk, middle.pk])
        self.assertContains(page, f'action="{other}"')
        version = self.article_now().version
        self.client.post(other, {"reason": "Only the byline.", "version": version})
        self.assertEqual(self.words(), ("The gate shut", "By Ina Marl", NEW))

    def test_a_version_of_another_article_is_not_compared(self):
        other = make_article()
        Article.objects.filter(pk=other.pk).update(kicker="New")
        theirs = other.events.latest("pgh_id").pk
        self.assertEqual(self.client.get(self.url, {"with": theirs}).status_code, 404)
        self.assertEqual(self.client.get(self.listed, {"one": theirs}).status_code, 404)

    def test_restored_every_part_is_as_it_was_and_quotes_are_found_or_marked_lost(self):
        made_since = make_quote(self.article_now(), "At last.")
        self.assertEqual(self.changes.lost, [self.open.pk])
        page = self.restore()
        self.assertEqual(self.words(), ("The gate", "By Ina Marl", OLD))
        self.assertContains(page, "1 lost quote is in this text again")
        self.assertContains(page, "1 quote is not in this text and is marked as lost: “At last.”")
        stored = {quote.pk: quote for quote in Quote.objects.select_related("article")}
        for pk in (self.open.pk, self.shut.pk):
            ((start, end),) = stored[pk].spans
            self.assertEqual(OLD[start:end], stored[pk].text)
        self.assertIsNotNone(stored[made_since.pk].lost_at)
        self.assertEqual(stored[made_since.pk].text, "At last.")

    def article_now(self):
        return Article.objects.get(pk=self.article.pk)

    def test_it_needs_a_reason_which_stands_in_the_history_and_the_log(self):
        self.assertContains(self.restore(reason=" "), "Enter a reason.")
        self.assertEqual(self.words()[0], "The gate shut")
        self.restore()
        self.assertTrue(recent_changes()[0].what.endswith(": A slip."))
        self.assertIn("A slip.", self.article.events.latest("pgh_id").pgh_context["what"])
        self.assertEqual(AuditEntry.objects.filter(kind="act").get().who, "editor")

    def test_what_somebody_else_saved_meanwhile_is_not_overwritten(self):
        version = self.article_now().version
        Article.objects.update(version=version + 1, kicker="New")
        page = self.restore(version=version)
        self.assertContains(page, EDITED_MEANWHILE)
        self.assertContains(page, "A slip.")
        self.assertEqual(self.words()[0], "The gate shut")

    def test_undo_restores_every_row_with_turns_and_notes(self):
        article = self.article_now()
        article.notes.create(start=0, end=8)
        turn = make_turn(article, "“At last.”", "answer")
        make_quote(article, "At last.", kind="answer", turn=turn)
        before, words = self.rows(), self.words()
        self.restore()
        self.assertNotEqual(self.rows(), before)
        done = revert(recent_changes()[0].pk)
        self.assertEqual(done.left, [])
        self.assertEqual((self.rows(), self.words()), (before, words))

    def test_undo_after_another_edit_leaves_and_names_the_article(self):
        self.restore()
        change_text(self.article_now(), body=OLD + "\n\nMore.")
        page = post_confirmed(self.client, reverse("admin:undo"), {"key": recent_changes()[0].pk})
        self.assertContains(page, "was not undone: it has been changed since.")
        self.assertEqual(self.words()[2], OLD + "\n\nMore.")

    def test_a_quote_decided_since_keeps_its_decision_and_follows_the_text(self):
        self.restore()
        quote = Quote.objects.get(pk=self.open.pk)
        quote.reject(by=self.editor)
        late = make_quote(self.article_now(), "Nobody saw it.")
        revert(recent_changes()[0].pk)
        self.assertEqual(self.words()[2], NEW)
        stored = Quote.objects.get(pk=self.open.pk)
        self.assertEqual((stored.status, stored.lost_at is not None), ("rejected", True))
        self.assertIsNotNone(Quote.objects.get(pk=late.pk).lost_at)

    def test_words_that_a_published_article_may_not_have_are_refused_with_the_reason_kept(self):
        empty = make_draft(headline="", body="A text.", publication=make_publication())
        Article.objects.filter(pk=empty.pk).update(headline="Named")
        Article.objects.filter(pk=empty.pk).update(status="usable")
        event = empty.events.earliest("pgh_id")
        version = Article.objects.get(pk=empty.pk).version
        url = reverse("admin:desk-version", args=[empty.pk, event.pk])
        page = self.client.post(url, {"reason": "A slip.", "version": version})
        self.assertContains(page, "a published article needs a headline and a text")
        self.assertContains(page, "A slip.")

    def test_another_articles_version_is_none_of_this_one(self):
        other = make_article()
        url = reverse("admin:desk-version", args=[other.pk, self.former.pk])
        self.assertEqual(self.client.get(url).status_code, 404)

    def test_a_reader_of_the_desk_looks_and_restores_nothing(self):
        self.client = log_in(make_user("reader"))
        self.assertNotContains(self.client.get(self.url), "Restore this version")
        self.assertEqual(self.restore().status_code, 403)
        self.assertEqual(self.words()[0], "The gate shut")

    def test_the_lists_ask_the_same_number_of_questions_however_many_versions_there_are(self):
        self.client.get(self.listed)
        with self.assertNumQueries(8):
            self.client.get(self.listed)
        for number in range(4):
            change_text(self.article_now(), headline=f"Number {number}")
        with self.assertNumQueries(8):
            self.client.get(self.listed)
