"""Rules beyond single permissions: nothing can be deleted, and a login opens the review queue.

The pages that each role may open and submit are in tests/newsarchive/roles.py.
"""

from django.contrib.auth.models import Permission
from django.test import TestCase
from django.urls import reverse

from articles.models import Article, ImportBatch
from tests.admin.desk import log_in, make_draft, make_user, open_form, review_url, send
from tests.factories import make_article

TABLES = (
    "article",
    "quote",
    "speaker",
    "publication",
    "section",
    "topic",
    "notice",
    "importbatch",
    "rawdocument",
)


class RightTests(TestCase):
    def test_only_a_chief_editor_undoes_an_import(self):
        batch = ImportBatch.objects.create(source="articles.csv")
        url = reverse("admin:desk-import", args=[batch.pk])
        self.assertNotContains(log_in(make_user("editor")).get(url), "Undo this import")
        self.assertEqual(log_in(make_user("chief editor")).post(url, {"sure": "0"}).status_code, 302)
        batch.refresh_from_db()
        self.assertIsNotNone(batch.undone_at)

    def test_publishing_needs_its_own_right(self):
        user, article = make_user("editor"), make_draft()
        client = log_in(user)
        fields = open_form(client, article)
        group = user.groups.get()
        group.permissions.remove(Permission.objects.get(codename="publish_article"))
        self.assertEqual(send(client, article, fields, "publish").status_code, 403)
        self.assertNotContains(client.get(review_url(article)), 'value="publish"')


class DeletionTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.chief = make_user("chief editor")
        cls.root = make_user("", "root")
        cls.root.is_superuser = True
        cls.root.save()

    def test_nothing_of_the_archive_is_deleted_even_by_those_who_may_everything(self):
        article = make_article()
        for user in (self.chief, self.root):
            client = log_in(user)
            for table in TABLES:
                with self.subTest(table=table, user=user):
                    client.post(
                        reverse(f"admin:articles_{table}_changelist"),
                        {"action": "delete_selected", "_selected_action": [article.pk], "post": "yes"},
                    )
            url = reverse("admin:articles_article_delete", args=[article.pk])
            self.assertEqual(client.post(url, {"post": "yes"}).status_code, 403)
        self.assertTrue(Article.objects.filter(pk=article.pk).exists())

    def test_no_list_offers_to_delete(self):
        make_article()
        client = log_in(self.root)
        for table in TABLES:
            page = client.get(reverse(f"admin:articles_{table}_changelist")).content.decode()
            self.assertNotIn("delete_selected", page)


class LoginTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("editor")

    def test_logging_in_leads_to_the_desk(self):
        page = self.client.get("/admin/", follow=True)
        fields = {"username": "editor", "password": "pass", "next": page.context["next"]}
        self.assertRedirects(self.client.post(page.request["PATH_INFO"], fields), "/admin/desk/")

    def test_logging_in_on_the_way_elsewhere_leads_there(self):
        page = self.client.get("/admin/desk/paste/", follow=True)
        fields = {"username": "editor", "password": "pass", "next": page.context["next"]}
        self.assertRedirects(self.client.post("/admin/login/", fields), "/admin/desk/paste/")

    def test_it_leads_to_no_other_site(self):
        for target in (
            "//elsewhere.example",
            "https:elsewhere.example",
            "/\\elsewhere.example",
            "javascript:alert(1)",
        ):
            fields = {"username": "editor", "password": "pass", "next": target}
            response = self.client.post("/admin/login/", fields)
            self.assertTrue(response.url.startswith("/"), response.url)
            self.assertFalse(response.url.startswith(("//", "/\\")), response.url)
            self.client.logout()
