"""A record under All records whose change readers will see: the page asks before it is saved."""

import datetime as dt

from django.contrib.auth.models import Permission
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, AuditEntry, Notice, OldAddress, Quote, Speaker
from tests.admin.desk import fields_of, log_in, make_draft, make_user
from tests.factories import make_article, make_publication, make_quote, make_section, make_speaker, make_topic

YEAR_AGO = timezone.now() - dt.timedelta(days=365)


def url_of(row):
    return reverse(f"admin:articles_{row._meta.model_name}_change", args=[row.pk])


class RecordCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.chief = make_user("chief editor")
        cls.paper = make_publication("Selwy Courier")
        cls.section, cls.topic = make_section("Harbour"), make_topic("Floods")
        cls.speaker, cls.other = make_speaker("Mira Tolland"), make_speaker("Ivor Jones")
        cls.article = make_article(body="“It holds,” she said.", publication=cls.paper, section=cls.section)
        cls.article.topics.add(cls.topic)
        cls.quote = make_quote(cls.article, "It holds,", speaker=cls.speaker)

    def setUp(self):
        self.client = log_in(self.chief)

    def form_of(self, row):
        fields = fields_of(self.client.get(url_of(row)).content.decode(), f"{row._meta.model_name}_form")
        # Without the token and the buttons.
        return {name: value for name, value in fields.items() if name[0] != "_" and name[:4] != "csrf"}

    def save(self, row, **changed):
        return self.client.post(url_of(row), {**self.form_of(row), **changed})

    def answer(self, page, **more):
        """Send the form of the confirmation page."""
        fields = fields_of(page.content.decode(), "confirm")
        return self.client.post(page.wsgi_request.get_full_path(), {**fields, **more})

    def assert_asks(self, page, *sentences):
        self.assertTemplateUsed(page, "admin/desk/confirm.html")
        for sentence in (*sentences, "Undo restores what readers see now."):
            self.assertContains(page, sentence)

    def assert_saved(self, response):
        self.assertEqual(response.status_code, 302)


class AskingTests(RecordCase):
    def test_a_notice_of_a_withdrawn_article_asks_in_its_record(self):
        Article.objects.filter(pk=self.article.pk).update(status="canceled", first_public_at=YEAR_AGO)
        Notice.objects.create(article=self.article, kind="retraction", whose="ours", text="It was false.")
        page = self.save(self.article, **{"notices-0-text": "It was not true."})
        self.assert_asks(page, "Readers see the notice that this article was withdrawn.")

    def test_a_published_article_keeps_its_publication_and_stays_unlike_the_others(self):
        page = self.save(self.article, publication="")
        self.assertContains(page, "A published article needs a publication.")
        other = make_publication("Bight Mail")
        make_article(body=self.article.body, headline=self.article.headline, publication=other)
        page = self.save(self.article, publication=str(other.pk))
        self.assertContains(page, "Not saved: this article is already in the archive")

    def test_the_question_names_only_what_this_editor_changed(self):
        fields = self.form_of(self.article)
        Article.objects.filter(pk=self.article.pk).update(edition="Late")
        page = self.client.post(url_of(self.article), {**fields, "page": "7"})
        self.assert_asks(page, "Changed Page.")
        unchanged = self.form_of(self.article)
        Article.objects.filter(pk=self.article.pk).update(edition="Early")
        self.assert_saved(self.client.post(url_of(self.article), unchanged))

    def test_only_who_may_publish_sets_the_time_from_which_readers_see_an_article(self):
        self.chief.groups.clear()
        for name in ("view_article", "change_article"):
            self.chief.user_permissions.add(Permission.objects.get(codename=name))
        fields = self.form_of(self.article)
        self.assertNotIn("visible_from_0", fields)
        page = self.client.post(url_of(self.article), {**fields, "visible_from_0": "2077-01-01"})
        self.article.refresh_from_db()
        self.assertTrue(self.article.is_public, page)

    def test_each_record_that_readers_see_asks_with_its_number_and_what_was_changed(self):
        for row, changed, said in (
            (self.speaker, {"name": "Mira Holland"}, ("this speaker with 1 quote.", "Changed Name.")),
            (self.paper, {"name": "Selwy Post"}, ("it with 1 article.", "Changed Name.")),
            (self.section, {"name": "Port"}, ("it with 1 article.", "Changed Name.")),
            (self.topic, {"name": "Flood"}, ("it with 1 article.", "Changed Name.")),
            (self.article, {"page": "4"}, ("Readers see this article.", "Changed Page.")),
            (self.quote, {"speaker": self.other.pk}, ("Readers see this quote.", "Changed Speaker.")),
        ):
            with self.subTest(row=row):
                before = self.form_of(row)
                page = self.save(row, **changed)
                self.assert_asks(page, *said)
                self.assertEqual(self.form_of(row), before)
                self.assert_saved(self.answer(page))
                field, value = next(iter(changed.items()))
                self.assertEqual(self.form_of(row)[field], str(value))

    def test_an_alias_of_a_speaker_asks_as_well(self):
        alias = {"aliases-TOTAL_FORMS": "1", "aliases-0-name": "M. Tolland", "aliases-0-kind": "spelling"}
        page = self.save(self.speaker, **alias)
        self.assert_asks(page, "Added other name “M. Tolland”.")
        self.assertFalse(self.speaker.aliases.exists())
        self.assert_saved(self.answer(page))
        self.assertEqual(self.speaker.aliases.get().name, "M. Tolland")

    def test_an_author_without_quotes_asks(self):
        self.article.authorship_set.create(speaker=self.other, position=1)
        self.assert_asks(self.save(self.other, name="Ivor James"), "Readers see this speaker.")

    def test_a_change_that_hides_an_article_or_quote_asks(self):
        later = {"visible_from_0": "2999-01-01", "visible_from_1": "00:00"}
        self.assert_asks(self.save(self.article, **later), "Readers see this article.")
        self.assert_asks(self.save(self.quote, standing=Quote.Standing.WITHDRAWN), "Readers see this quote.")

    def test_a_new_notice_on_a_published_article_asks(self):
        url = reverse("admin:articles_notice_add")
        form = fields_of(self.client.get(url).content.decode(), "notice_form")
        notice = {"article": self.article.pk, "kind": "correction", "whose": "ours", "text": "It held."}
        page = self.client.post(url, {**form, **notice})
        self.assert_asks(page, "Readers see this notice.", "Added.")
        self.assertFalse(Notice.objects.exists())
        self.assert_saved(self.answer(page))
        self.assertEqual(Notice.objects.get().text, "It held.")

    def test_a_notice_moved_to_a_draft_asks(self):
        notice = Notice.objects.create(
            article=self.article, kind="correction", whose="ours", text="It held.", dated=timezone.now()
        )
        self.assert_asks(self.save(notice, article=make_draft().pk), "Readers see this notice.")

    def test_a_quote_published_meanwhile_does_not_ask_again(self):
        page = self.save(self.speaker, name="Mira Holland")
        make_quote(make_article(body="“It held,” she said."), "It held,", speaker=self.speaker)
        self.assert_saved(self.answer(page))


class NotAskingTests(RecordCase):
    def test_what_readers_do_not_see_is_saved_at_once(self):
        draft = make_draft(publication=make_publication("Weir Post"))
        pending = make_quote(make_draft(body="“It held,” he said."), "It held,", status="pending")
        for row, changed in (
            (self.other, {"name": "Ivor James"}),
            (draft.publication, {"name": "The Weir Post"}),
            (draft, {"page": "4"}),
            (pending, {"speaker": self.other.pk}),
        ):
            with self.subTest(row=row):
                self.assert_saved(self.save(row, **changed))

    def test_a_form_saved_without_a_change_does_not_ask(self):
        for row in (self.speaker, self.paper, self.article, self.quote):
            with self.subTest(row=row):
                self.assert_saved(self.save(row))

    def test_errors_are_shown_before_anything_is_asked(self):
        page = self.save(self.speaker, name="")
        self.assertEqual(page.context["adminform"].form.errors["name"], ["This field is required."])


class AnswerTests(RecordCase):
    def test_back_to_the_form_shows_what_was_typed_and_saves_nothing(self):
        alias = {"aliases-TOTAL_FORMS": "1", "aliases-0-name": "M. Tolland", "aliases-0-kind": "spelling"}
        page = self.answer(self.save(self.speaker, name="Mira Holland", **alias), back="1")
        fields = fields_of(page.content.decode(), "speaker_form")
        self.assertEqual((fields["name"], fields["aliases-0-name"]), ("Mira Holland", "M. Tolland"))
        self.assertNotContains(page, "Please correct the error")
        self.assertEqual(Speaker.objects.get(pk=self.speaker.pk).name, "Mira Tolland")
        again = self.client.post(url_of(self.speaker), fields)
        self.assert_asks(again, "this speaker with 1 quote.")
        self.assert_saved(self.answer(again))

    def test_the_button_that_was_pressed_is_kept(self):
        page = self.answer(self.save(self.speaker, name="Mira Holland", _continue="1"))
        self.assertRedirects(page, url_of(self.speaker))
        page = self.answer(self.save(self.speaker, name="Mira Tolland", _save="1"))
        self.assertRedirects(page, reverse("admin:articles_speaker_changelist"))

    def test_a_confirmed_save_is_one_action_that_can_be_undone(self):
        self.answer(self.save(self.speaker, name="Mira Holland"))
        entry = AuditEntry.objects.get(kind=AuditEntry.Kind.ACT)
        self.assertEqual(entry.what, "Changed speaker: Mira Holland")
        undo = reverse("admin:undo")
        self.answer(self.client.post(undo, {"key": entry.act}))
        self.assertEqual(Speaker.objects.get(pk=self.speaker.pk).name, "Mira Tolland")

    def test_what_was_not_confirmed_leaves_no_trace(self):
        self.save(self.speaker, name="Mira Holland", slug="mira-holland")
        self.assertFalse(OldAddress.objects.exists())
        self.assertFalse(AuditEntry.objects.filter(kind=AuditEntry.Kind.ACT).exists())
        page = self.client.get(reverse("admin:articles_speaker_changelist"))
        self.assertEqual([str(message) for message in page.context["messages"]], [])

    def test_a_wrong_speaker_is_offered_for_similar_quotes_only_after_the_answer(self):
        copy = make_article(body="“It holds,” she said.", published_on=dt.date(2019, 6, 2))
        make_quote(copy, "It holds,", speaker=self.speaker)
        page = self.save(self.quote, speaker=self.other.pk)
        self.assertNotContains(page, "similar quote")
        self.assertContains(self.client.get(self.answer(page).url), "similar quote")

    def test_another_editors_change_made_meanwhile_is_kept_and_said_once(self):
        form = self.form_of(self.article)
        Article.objects.filter(pk=self.article.pk).update(edition="Late")
        page = self.client.post(url_of(self.article), {**form, "page": "4"})
        self.assertNotContains(page, "We kept their changes")
        self.assertContains(self.client.get(self.answer(page).url), "We kept their changes to: Edition.")
        self.article.refresh_from_db()
        self.assertEqual((self.article.edition, self.article.page), ("Late", "4"))
