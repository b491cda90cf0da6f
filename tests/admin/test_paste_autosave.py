"""What is typed into the paste page is saved while it is typed, restored, and discarded."""

from django.test import TestCase

from articles.models import Article, Unsaved
from tests.admin.desk import fields_of, log_in, make_user
from tests.admin.test_new_article import TEXT

PASTE, KEEP, DISCARD = "/admin/desk/paste/", "/admin/desk/paste/keep/", "/admin/desk/paste/throw-away/"


class PasteAutosaveTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("editor")

    def setUp(self):
        self.client = log_in(self.editor)

    def typed(self, client):
        return fields_of(client.get(PASTE).content.decode(), "paste")["text"].replace("\r\n", "\n")

    def test_it_is_restored_in_another_session(self):
        self.assertTrue(self.client.post(KEEP, {"text": TEXT, "url": ""}).json()["kept_at"])
        self.client.post("/admin/logout/")
        again = log_in(self.editor)
        self.assertEqual(self.typed(again), TEXT)
        self.assertContains(again.get(PASTE), "We restored your text. It is not saved yet.")
        self.assertEqual(self.typed(log_in(make_user("editor", "tomas"))), "")

    def test_the_article_replaces_it(self):
        self.client.post(KEEP, {"text": TEXT})
        self.client.post(PASTE, {"text": TEXT})
        self.assertEqual((Article.objects.count(), Unsaved.objects.count()), (1, 0))

    def test_it_is_discarded_at_a_press_or_with_the_last_letter(self):
        for end in (lambda: self.client.post(DISCARD), lambda: self.client.post(KEEP, {"text": " "})):
            self.client.post(KEEP, {"text": TEXT})
            end()
            self.assertEqual(self.typed(self.client), "")

    def test_what_is_sent_after_the_session_ended_comes_back_before_what_was_saved(self):
        self.client.post(KEEP, {"text": "Weir"})
        self.client.logout()
        lost = self.client.post(PASTE, {"text": TEXT})
        fields = fields_of(lost.content.decode().replace('class="deskagain"', 'id="again"'), "again")
        self.client.post("/admin/desk/again/", {**fields, "username": "editor", "password": "pass"})
        self.assertEqual(self.typed(self.client), TEXT)
