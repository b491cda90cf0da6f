"""The database role of the web process cannot alter tables or rewrite history and log."""

import psycopg
from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, connection, transaction
from django.test import TestCase

from articles.models import Article, ArticleEvent, AuditEntry
from newsarchive.database_roles import grant_reader_rights, grant_web_rights
from newsarchive.replicas.middleware import ON_PRIMARY
from tests.addresses import make_examples, routes
from tests.admin.desk import confirmed, fields_of, log_in, make_draft, make_user, open_form, send
from tests.factories import make_article

ROLE = settings.WEB_DATABASE.get("USER")
UPLOAD = "/admin/desk/imports/upload/"


class RoleTestCase(TestCase):
    def setUp(self):
        if not ROLE:
            self.skipTest("DATABASE_URL is set, and WEB_DATABASE_URL names no role for pages")

    def become_the_web_role(self):
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {connection.ops.quote_name(ROLE)}")

    def assert_not_allowed(self, statement):
        with self.subTest(statement), connection.cursor() as cursor:
            with self.assertRaises(ProgrammingError) as caught, transaction.atomic():
                cursor.execute(statement)
            self.assertIsInstance(caught.exception.__cause__, psycopg.errors.InsufficientPrivilege)


class ReplicaRoleTests(RoleTestCase):
    """The role that only replicas use; here the web role has its rights."""

    def setUp(self):
        super().setUp()
        self.examples = make_examples()
        grant_reader_rights(connection.connection, ROLE)
        self.become_the_web_role()

    def test_it_is_enough_for_every_public_page_that_a_replica_answers(self):
        for route in routes():
            address = self.examples.address(route)
            if not address.startswith(ON_PRIMARY):
                with self.subTest(address):
                    self.assertLess(self.client.get(address, {"q": "appeal"}).status_code, 400)

    def test_it_reads_no_account_session_report_or_upload_and_writes_nothing(self):
        for table in ("auth_user", "django_session", "axes_accesslog", "articles_report", "articles_upload"):
            self.assert_not_allowed(f"SELECT FROM {table}")
        for table in ("articles_article", "articles_quote", "search_segment"):
            self.assert_not_allowed(f"UPDATE {table} SET id = id")  # noqa: S608


class WebRoleTests(RoleTestCase):
    def setUp(self):
        super().setUp()
        self.chief = make_user("chief editor")
        self.client = log_in(self.chief)

    def test_readers_search_and_open_an_article(self):
        article = make_article(headline="Flood closes the bridge")
        self.become_the_web_role()
        for address in ("/", "/search/?q=flood", article.get_absolute_url(), "/readyz"):
            with self.subTest(address):
                self.assertEqual(self.client.get(address).status_code, 200)

    def test_an_editor_saves_and_history_and_log_have_it(self):
        article = make_draft()
        self.become_the_web_role()
        log = AuditEntry.objects.count()
        send(self.client, article, open_form(self.client, article) | {"headline": "Weir opens early"})
        self.assertEqual(Article.objects.get(pk=article.pk).headline, "Weir opens early")
        self.assertTrue(ArticleEvent.objects.filter(pgh_obj=article).exists())
        self.assertGreater(AuditEntry.objects.count(), log)

    def test_the_table_admin_saves(self):
        article = make_article()
        self.become_the_web_role()
        address = f"/admin/articles/publication/{article.publication_id}/change/"
        form = self.client.get(address).context["adminform"].form
        fields = {name: value if value is not None else "" for name, value in form.initial.items()}
        sent = self.client.post(address, {**fields, "aliases": "", "name": "Thane Herald"})
        saved = confirmed(self.client, sent)
        self.assertEqual(saved.status_code, 302)

    def test_a_file_is_brought_in_and_the_import_undone(self):
        self.become_the_web_role()
        rows = SimpleUploadedFile("export.jsonl", b'{"headline": "Weir opens", "body": "It opened."}\n')
        stored = self.client.post(UPLOAD, {"file": rows})
        done = self.client.post(stored.url, {"do": "import"})
        self.assertEqual(Article.objects.get().headline, "Weir opens")
        asked = self.client.post(done.url)
        self.client.post(done.url, fields_of(asked.content.decode(), "confirm"))
        self.assertFalse(Article.objects.exists())

    def test_history_and_log_can_only_be_added_to(self):
        events = [
            model for model in apps.get_app_config("articles").get_models() if hasattr(model, "pgh_obj")
        ]
        self.assertGreater(len(events), 15)
        self.become_the_web_role()
        for table in [model._meta.db_table for model in (*events, AuditEntry)]:
            self.assert_not_allowed(f"DELETE FROM {table}")  # noqa: S608
            self.assert_not_allowed(f"UPDATE {table} SET id = id")  # noqa: S608

    def test_no_table_can_be_emptied_or_altered(self):
        tables = connection.introspection.table_names()
        self.become_the_web_role()
        for table in tables:
            self.assert_not_allowed(f"TRUNCATE {table} CASCADE")
            self.assert_not_allowed(f"ALTER TABLE {table} DISABLE TRIGGER USER")

    def test_nothing_can_be_made_in_the_archives_schema(self):
        self.become_the_web_role()
        self.assert_not_allowed("CREATE TABLE articles_planted (id int)")
        self.assert_not_allowed("INSERT INTO django_migrations VALUES (0, 'articles', '9999_planted', now())")

    def test_a_new_table_is_opened_to_it_by_granting_again(self):
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE articles_added (id int)")
            grant_web_rights(connection.connection, ROLE)
            cursor.execute(
                "SELECT has_table_privilege(%s, 'articles_added', 'INSERT, UPDATE, DELETE')", [ROLE]
            )
            self.assertEqual(cursor.fetchone(), (True,))
