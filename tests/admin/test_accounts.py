"""The records of users and quotes, and the bar on top of all records."""

from django.contrib.auth.models import User
from django.test import Client, TestCase
from django.urls import reverse

from tests.admin.desk import log_in, make_draft, make_user, propose

NEW = "a long one with 3 words"


class AccountsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.root = User.objects.create_superuser("root", password="pass")
        cls.editor = make_user("editor")

    def setUp(self):
        self.client = log_in(self.root)

    def test_wrong_and_repeated_passwords_are_explained_in_plain_words(self):
        page = Client().post(reverse("admin:login"), {"username": "editor", "password": "wrong"})
        self.assertContains(page, "The username or password is wrong. Capital letters matter.")
        page = self.client.get(reverse("admin:password_change"))
        self.assertContains(page, "Repeat the new password")
        self.assertNotContains(page, "as before")

    def test_a_record_says_that_there_is_a_password_and_nothing_of_how_it_is_stored(self):
        page = self.client.get(reverse("admin:auth_user_change", args=[self.editor.pk]))
        self.assertContains(page, "<strong>Set</strong>", html=True)
        self.assertNotContains(page, "algorithm")
        editor = self.editor.groups.get()
        self.assertContains(page, f'name="groups" value="{editor.pk}"')

    def test_an_administrator_changes_the_password_of_another_user(self):
        url = reverse("admin:auth_user_password_change", args=[self.editor.pk])
        self.assertContains(self.client.get(url), "Choose No only if your organisation signs this user in.")
        fields = {"usable_password": "true", "password1": NEW, "password2": NEW, "set-password": "1"}
        self.client.post(url, fields)
        self.editor.refresh_from_db()
        self.assertTrue(self.editor.check_password(NEW))

    def test_a_user_who_signs_in_elsewhere_is_added_without_a_password(self):
        self.client.post(reverse("admin:auth_user_add"), {"username": "mira", "usable_password": "false"})
        mira = User.objects.get(username="mira")
        self.assertFalse(mira.has_usable_password())
        page = self.client.get(reverse("admin:auth_user_change", args=[mira.pk]))
        self.assertContains(page, "None: this user cannot sign in with a password.")


class ConfidenceTests(TestCase):
    def test_quotes_say_how_sure_the_software_is_as_their_review_page_does(self):
        propose(make_draft())
        page = log_in(make_user("editor")).get(reverse("admin:articles_quote_changelist"))
        self.assertContains(page, "How sure")
        self.assertContains(page, "95%")


class BarTests(TestCase):
    def test_all_records_have_the_bar_of_the_desk(self):
        make_draft()
        client = log_in(make_user("editor"))
        for url in (reverse("admin:index"), reverse("admin:articles_speaker_changelist")):
            page = client.get(url)
            self.assertContains(page, "To do (1)")
            self.assertContains(page, reverse("admin:desk-paste"))
            self.assertNotContains(page, "My actions")

    def test_the_bar_offers_only_what_the_user_may_see(self):
        page = log_in(make_user("reader")).get(reverse("admin:index"))
        self.assertNotContains(page, reverse("admin:desk-paste"))
        self.assertContains(page, reverse("admin:undo"))
