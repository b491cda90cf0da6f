"""Recovery of form input after the session expired or the CSRF check failed."""

import json

from django.test import Client, TestCase

from articles.models import Article
from tests.admin.desk import fields_of, log_in, make_draft, make_user, open_form, review_url

TEXT = "Forty minutes\n\nFarmers below the bridge had forty minutes; eleven holdings were under water."
PASTE, AGAIN = "/admin/desk/paste/", "/admin/desk/again/"


class EndedSessionTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("editor")
        cls.article = make_draft()

    def log_in_again(self, client, response, *, typed="pass"):
        context = response.context
        return client.post(
            AGAIN,
            {"path": context["path"], "kept": context["kept"], "username": "editor", "password": typed},
            REMOTE_ADDR="127.0.0.1",
        )

    def test_a_text_sent_without_a_session_comes_back_in_full(self):
        response = self.client.post(PASTE, {"text": TEXT})
        self.assertContains(response, "Your text is not saved yet", status_code=403)
        self.assertEqual(response.context["texts"], [TEXT])

    def test_after_the_login_it_is_in_its_box_again(self):
        response = self.log_in_again(self.client, self.client.post(PASTE, {"text": TEXT}))
        self.assertRedirects(response, PASTE, fetch_redirect_response=False)
        page = self.client.get(PASTE)
        self.assertContains(page, TEXT)
        self.assertEqual(Article.objects.count(), 1)

    def test_it_survives_a_reload_and_goes_once_it_is_stored(self):
        self.log_in_again(self.client, self.client.post(PASTE, {"text": TEXT}))
        self.client.get(PASTE)
        self.assertContains(self.client.get(PASTE), TEXT)
        self.client.post(PASTE, {"text": TEXT})
        self.assertNotContains(self.client.get(PASTE), TEXT)

    def test_what_cannot_be_the_fields_of_a_form_is_passed_over(self):
        for kept in (
            "[" * 100_000,
            '{"a": ' * 50_000,
            "1" * 5_000,
            '{"text": 3}',
            '{"text": [{"a": 1}]}',
            "NaN",
        ):
            with self.subTest(kept=kept[:20]):
                sent = {"path": PASTE, "kept": kept, "username": "editor", "password": ""}
                self.assertEqual(self.client.post(AGAIN, sent).status_code, 403)

    def test_halves_of_characters_and_nul_in_what_was_kept_are_shown_as_text(self):
        sent = {"path": PASTE, "kept": json.dumps({"text": [f"{TEXT} \ud800 \0"]}), "username": "x"}
        self.assertContains(self.client.post(AGAIN, sent), f"{TEXT} \ufffd", status_code=403)

    def test_a_wrong_password_loses_nothing(self):
        response = self.log_in_again(self.client, self.client.post(PASTE, {"text": TEXT}), typed="wrong")
        self.assertContains(response, TEXT, status_code=403)

    def test_the_fields_of_a_review_go_back_into_them_and_are_not_stored_by_that(self):
        fields = open_form(log_in(self.editor), self.article)
        fields["kicker"] = "A kicker typed for a long time, longer than most"
        response = self.log_in_again(self.client, self.client.post(review_url(self.article), fields))
        page = self.client.get(response.url)
        self.assertContains(page, 'value="A kicker typed for a long time, longer than most"')
        self.article.refresh_from_db()
        self.assertEqual(self.article.kicker, "")
        sent = fields_of(page.content.decode())
        self.client.post(review_url(self.article), sent)
        self.article.refresh_from_db()
        self.assertEqual(self.article.kicker, "A kicker typed for a long time, longer than most")

    def test_passwords_and_tokens_are_not_among_what_is_kept(self):
        response = self.client.post(
            "/admin/password_change/", {"old_password": "secret1", "new_password1": "secret2"}
        )
        kept = json.loads(response.context["kept"])
        self.assertNotIn("secret1", response.content.decode())
        self.assertNotIn("secret2", response.content.decode())
        self.assertEqual(kept, {})

    def test_a_table_of_the_admin_shows_what_was_typed_to_be_copied(self):
        typed = "A description of the speaker that took a while to write down"
        response = self.client.post("/admin/articles/speaker/add/", {"description": typed})
        self.assertContains(response, typed, status_code=403)
        self.assertContains(self.log_in_again(self.client, response), typed)

    def test_it_leads_nowhere_else(self):
        client = log_in(self.editor)
        elsewhere = ("//elsewhere.example/admin/", "https://elsewhere.example/", "http:///elsewhere.example")
        for path in (*elsewhere, "/\\elsewhere.example", "javascript:1", "/", ""):
            with self.subTest(path=path):
                response = client.post(AGAIN, {"path": path, "kept": "{}"})
                self.assertRedirects(response, "/admin/desk/", fetch_redirect_response=False)

    def test_what_is_no_json_is_nothing_kept(self):
        client = log_in(self.editor)
        for kept in ("", "[", "[]", "1", '{"text": 1}', "null"):
            with self.subTest(kept=kept):
                self.assertEqual(client.post(AGAIN, {"path": PASTE, "kept": kept}).status_code, 302)
                self.assertEqual(client.get(PASTE).status_code, 200)


class ForgedFormTests(TestCase):
    def setUp(self):
        self.client = Client(enforce_csrf_checks=True)
        self.client.force_login(make_user("editor"))

    def test_a_text_sent_with_an_old_token_comes_back_and_is_not_stored(self):
        response = self.client.post(PASTE, {"text": TEXT, "csrfmiddlewaretoken": "x" * 64})
        self.assertContains(response, TEXT, status_code=403)
        self.assertEqual(Article.objects.count(), 0)

    def test_a_fresh_token_brings_it_back_into_its_box(self):
        refused = self.client.post(PASTE, {"text": TEXT, "csrfmiddlewaretoken": "x" * 64})
        token = refused.context["csrf_token"]
        sent = {"path": PASTE, "kept": refused.context["kept"], "csrfmiddlewaretoken": str(token)}
        self.assertRedirects(self.client.post(AGAIN, sent), PASTE, fetch_redirect_response=False)
        self.assertContains(self.client.get(PASTE), TEXT)

    def test_bringing_back_needs_a_token_itself(self):
        self.assertEqual(self.client.post(AGAIN, {"path": PASTE, "kept": "{}"}).status_code, 403)
