"""Who may open and do what: every address of the admin against every role."""

from urllib.parse import quote

from django.contrib import admin
from django.test import TestCase
from django.urls import URLPattern, URLResolver, reverse

from articles import reports
from articles.models import Article, ImportBatch, Notice, Quote, RawDocument, Speaker
from tests.admin.desk import log_in, make_draft, make_user, open_form, propose, send
from tests.factories import make_article, make_publication, make_section, make_speaker, make_topic

ROLES = ("reader", "editor", "chief editor")
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

# What each role may do; whatever is not named here is refused.
VIEWS = {
    "desk": set(ROLES),
    "desk-speakers": set(ROLES),
    "desk-names": set(ROLES),
    "desk-imports": set(ROLES),
    "desk-import": set(ROLES),
    "desk-quotes-here": set(ROLES),
    "desk-acts": set(ROLES),
    "desk-alike": {"editor", "chief editor"},
    "desk-merging": {"editor", "chief editor"},
    "desk-splitting": {"editor", "chief editor"},
    "desk-near": {"editor", "chief editor"},
    "desk-import-near": set(ROLES),
    "desk-reports": {"editor", "chief editor"},
    "desk-report": {"editor", "chief editor"},
    "desk-rules": {"editor", "chief editor"},
    "desk-searches": {"editor", "chief editor"},
    "desk-suggest": {"editor", "chief editor"},
    "desk-paste": {"editor", "chief editor"},
    "desk-upload": {"editor", "chief editor"},
    "desk-review": {"editor", "chief editor"},
    "index": set(ROLES),
    "app_list": set(ROLES),
    "password_change": set(ROLES),
    "password_change_done": set(ROLES),
    "jsi18n": set(ROLES),
    "autocomplete": set(),
    **{
        f"articles_{table}_{page}": set(ROLES)
        for table in TABLES
        for page in ("changelist", "change", "history")
    },
    "articles_speaker_add": {"editor", "chief editor"},
    "articles_topic_add": {"editor", "chief editor"},
    "articles_notice_add": {"editor", "chief editor"},
    "articles_publication_add": {"chief editor"},
    "articles_section_add": {"chief editor"},
}
# Forms that are only ever sent: they tell those who may that a link is no way in.
SENT = {name: {"editor", "chief editor"} for name in ("desk-keep", "desk-throw-away", "desk-take-over")}
# They answer everybody who is logged in with a redirect, and do nothing by that.
DOORS = {"login", "logout", "view_on_site", "desk-again", None}


def names_in(patterns, found=None):
    found = set() if found is None else found
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            names_in(pattern.url_patterns, found)
        elif isinstance(pattern, URLPattern):
            found.add(pattern.name)
    return found


class MatrixTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.users = {role: make_user(role) for role in ROLES}
        article = make_draft()
        cls.rows = {
            "article": article,
            "quote": propose(article)[0],
            "speaker": make_speaker(),
            "publication": make_publication(),
            "section": make_section(),
            "topic": make_topic(),
            "notice": Notice.objects.create(
                article=article, kind="correction", whose="ours", text="Amended."
            ),
            "importbatch": ImportBatch.objects.create(source="articles.csv"),
            "rawdocument": RawDocument.objects.create(article=article, bytes=b"raw", media_type="text/plain"),
        }

        token = reports.receive(cls.rows["quote"], "speaker", "", reports.new_token())
        cls.report = reports.found_by(token)

    def address(self, name):
        table = name.split("_")[1] if name.startswith("articles_") else ""
        if table and name.rsplit("_", 1)[1] in ("change", "delete", "history"):
            return reverse(f"admin:{name}", args=[self.rows[table].pk])
        if name == "app_list":
            return reverse("admin:app_list", args=["articles"])
        arguments = {
            "desk-import": [self.rows["importbatch"].pk],
            "desk-import-near": [self.rows["importbatch"].pk],
            "desk-splitting": [self.rows["speaker"].pk],
            "desk-report": [self.report.pk],
        }
        arguments |= {sent: [self.rows["article"].pk] for sent in ("desk-review", "desk-near", *SENT)}
        query = "?kind=articles&words=dike" if name == "desk-suggest" else ""
        return reverse(f"admin:{name}", args=arguments.get(name, [])) + query

    def test_every_address_is_open_to_exactly_those_who_may(self):
        names = {name for name in names_in(admin.site.get_urls()) if name not in DOORS}
        # Accounts, groups and failed logins are the operator's, who is no editor.
        ours = {name for name in names if not name.startswith(("auth_", "axes_"))}
        self.assertLessEqual(set(VIEWS), ours)
        wrong = []
        for role, user in self.users.items():
            client = log_in(user)
            for name in sorted(ours):
                status = client.get(self.address(name)).status_code
                allowed = role in VIEWS.get(name, set()) or role in SENT.get(name, set())
                wanted = (405 if name in SENT else 200) if allowed else 403
                if status != wanted and not (name.endswith("password_change_done") and status == 200):
                    wrong.append((role, name, status))
        self.assertEqual(wrong, [])

    def test_accounts_are_no_business_of_editors(self):
        names = {
            name for name in names_in(admin.site.get_urls()) if name and name.startswith(("auth_", "axes_"))
        }
        lists = [name for name in names if name.endswith(("changelist", "add"))]
        self.assertGreater(len(lists), 4)
        for role, user in self.users.items():
            client = log_in(user)
            for name in lists:
                with self.subTest(role=role, name=name):
                    self.assertEqual(client.get(reverse(f"admin:{name}")).status_code, 403)

    def test_nobody_who_is_not_logged_in_or_not_of_the_staff_gets_anywhere(self):
        outsider = make_user("editor", "outsider")
        outsider.is_staff = False
        outsider.save()
        for client in (self.client, log_in(outsider)):
            for name in VIEWS:
                with self.subTest(name=name):
                    response = client.get(self.address(name))
                    asked = quote(self.address(name), safe="/")
                    self.assertRedirects(
                        response, f"/admin/login/?next={asked}", fetch_redirect_response=False
                    )

    def test_a_reader_changes_nothing_by_any_post(self):
        client = log_in(self.users["reader"])
        before = self.state()
        for name in (*VIEWS, *SENT):
            if name.startswith("password"):
                continue
            posts = [
                {"do": "publish", "version": "1"},
                {"text": "A text"},
                {"headline": "Changed", "name": "Changed"},
            ]
            for fields in posts:
                with self.subTest(name=name):
                    client.post(self.address(name), fields)
        self.assertEqual(self.state(), before)

    def test_a_reader_runs_no_action(self):
        client = log_in(self.users["reader"])
        before = self.state()
        for table, action in (
            ("article", "publish_selected"), ("article", "withhold_selected"), ("quote", "accept_selected"),
            ("quote", "reject_selected"), ("article", "delete_selected"), ("speaker", "delete_selected"),
        ):  # fmt: skip
            fields = {"action": action, "_selected_action": [self.rows[table].pk], "post": "yes"}
            client.post(reverse(f"admin:articles_{table}_changelist"), fields)
        self.assertEqual(self.state(), before)

    def test_only_a_chief_editor_undoes_an_import(self):
        url = self.address("desk-import")
        for role in ("reader", "editor"):
            self.assertEqual(log_in(self.users[role]).post(url).status_code, 403)
        self.assertNotContains(log_in(self.users["editor"]).get(url), "Undo this import")
        self.assertEqual(log_in(self.users["chief editor"]).post(url).status_code, 302)
        self.rows["importbatch"].refresh_from_db()
        self.assertIsNotNone(self.rows["importbatch"].undone_at)

    def test_publishing_needs_its_own_right(self):
        user = self.users["editor"]
        client = log_in(user)
        fields = open_form(client, self.rows["article"])
        from django.contrib.auth.models import Permission

        group = user.groups.get()
        group.permissions.remove(Permission.objects.get(codename="publish_article"))
        self.assertEqual(send(client, self.rows["article"], fields, "publish").status_code, 403)
        self.assertNotContains(client.get(self.address("desk-review")), 'value="publish"')

    def state(self):
        return [
            list(model.objects.order_by("pk").values())
            for model in (Article, Quote, Speaker, Notice, ImportBatch)
        ]


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
