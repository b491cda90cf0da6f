"""Single sign-on through a trusted proxy: who is signed in, and which headers are ignored."""

import http.client

import pytest
from django.contrib.auth.models import User
from django.test import Client, TestCase, override_settings

from articles.models import AuditEntry
from newsarchive.second_factor import SESSION_KEY
from tests.admin.desk import log_in, make_draft, make_user
from tests.newsarchive.served import PATIENCE, gunicorn
from tests.newsarchive.test_second_factor import give_app, with_app

PROXY, ELSEWHERE = "10.0.0.1", "192.0.2.1"
DESK, ACCOUNT, PASTE = "/admin/desk/", "/admin/desk/account/", "/admin/desk/paste/"
ON = {"REMOTE_USER_HEADER": "X-Remote-User", "TRUSTED_PROXIES": [PROXY]}


@override_settings(**ON)
class SingleSignOnCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("editor")
        cls.reader = make_user("reader")

    def ask(self, name=None, path=ACCOUNT, *, client=None, peer=PROXY, header="X-Remote-User", **options):
        headers = {} if name is None else {header: name}
        client = client or self.client
        return client.get(path, headers=headers, REMOTE_ADDR=peer, **options)

    def who(self, *arguments, **options):
        """The user of the account page; empty if the answer is not that page."""
        response = self.ask(*arguments, **options)
        return response.wsgi_request.user.get_username() if response.status_code == 200 else ""


class SessionTests(SingleSignOnCase):
    def test_the_user_whom_the_proxy_names_is_signed_in_and_logged(self):
        assert self.who("editor") == "editor"
        assert [entry.who for entry in AuditEntry.objects.filter(kind="login")] == ["editor"]

    def test_the_session_is_kept_while_the_proxy_names_the_same_user(self):
        self.ask("editor")
        key = self.client.session.session_key
        assert self.who("editor") == "editor"
        assert self.client.session.session_key == key

    def test_another_name_ends_the_session_and_opens_one_of_its_own(self):
        self.ask("editor")
        session = self.client.session
        session["kept"] = "of the editor"
        session.save()
        assert self.who("reader") == "reader"
        assert "kept" not in self.client.session

    def test_without_the_header_the_session_ends(self):
        self.ask("editor")
        assert self.ask().status_code == 302
        assert "_auth_user_id" not in self.client.session

    def test_the_session_does_not_work_past_the_proxy(self):
        self.ask("editor")
        assert self.ask("editor", peer=ELSEWHERE).status_code == 302

    def test_a_session_opened_with_a_password_is_not_that_of_the_name_in_the_header(self):
        client = log_in(self.reader)
        assert self.who("editor", client=client) == "editor"

    def test_a_form_sent_by_another_user_than_the_last_is_not_lost_and_not_stored(self):
        client = Client(enforce_csrf_checks=True)
        self.ask("reader", PASTE, client=client)
        text = "Farmers below the bridge had forty minutes; eleven holdings were under water."
        headers = {"X-Remote-User": "editor"}
        response = client.post(PASTE, {"text": text}, headers=headers, REMOTE_ADDR=PROXY)
        self.assertContains(response, text, status_code=403)

    def test_public_pages_do_not_ask_who_reads_them(self):
        response = self.ask("editor", "/about/")
        assert response["Cache-Control"].startswith("public") and not response.cookies
        assert self.ask("stranger", "/about/").status_code == 200

    def test_signing_out_says_that_the_organisation_s_session_goes_on(self):
        self.ask("editor")
        with override_settings(REMOTE_USER_LOGOUT_URL="https://sso.example.org/logout"):
            headers = {"X-Remote-User": "editor"}
            page = self.client.post("/admin/logout/", headers=headers, REMOTE_ADDR=PROXY)
        self.assertContains(page, 'href="https://sso.example.org/logout"')
        assert "_auth_user_id" not in self.client.session

    def test_turning_the_setting_off_ends_its_sessions(self):
        self.ask("editor")
        with override_settings(REMOTE_USER_HEADER=""):
            client = Client()
            client.cookies = self.client.cookies
            assert client.get(ACCOUNT).status_code == 302


class SpoofingTests(SingleSignOnCase):
    def test_a_header_from_another_machine_is_ignored(self):
        assert self.who("editor", peer=ELSEWHERE) == ""

    def test_a_forged_address_of_the_proxy_does_not_help(self):
        for name in ("X-Forwarded-For", "X-Real-IP", "Forwarded"):
            headers = {"X-Remote-User": "editor", name: PROXY}
            assert self.client.get(ACCOUNT, headers=headers, REMOTE_ADDR=ELSEWHERE).status_code == 302

    def test_the_client_s_address_behind_the_proxy_is_not_that_of_the_sender(self):
        headers = {"X-Remote-User": "editor", "X-Forwarded-For": ELSEWHERE}
        assert self.client.get(ACCOUNT, headers=headers, REMOTE_ADDR=PROXY).status_code == 200

    def test_other_headers_name_nobody(self):
        for header in ("Remote-User", "X-Remote-Users", "X-Forwarded-User", "X-RemoteUser"):
            assert self.who("editor", header=header) == ""

    def test_it_is_off_by_default(self):
        with override_settings(REMOTE_USER_HEADER=""):
            assert self.who("editor", client=Client()) == ""

    def test_no_password_opens_a_session_of_single_sign_on(self):
        sent = {"username": "editor", "password": "pass"}
        self.client.post("/admin/login/", sent, REMOTE_ADDR=PROXY)
        assert self.client.session["_auth_user_backend"].endswith("ModelBackend")
        assert self.ask().status_code == 200


class RefusedNameTests(SingleSignOnCase):
    def assert_refused(self, name):
        for path in (ACCOUNT, DESK, "/admin/", "/admin/login/"):
            response = self.ask(name, path)
            self.assertContains(response, "You have no account here", status_code=403)
            assert "_auth_user_id" not in self.client.session

    def test_an_unknown_user(self):
        self.assert_refused("stranger")
        assert not User.objects.filter(username="stranger").exists()

    def test_an_account_that_is_switched_off_also_with_a_live_session(self):
        self.ask("editor")
        User.objects.filter(username="editor").update(is_active=False)
        self.ask("editor")
        client, self.client = self.client, Client()
        self.assert_refused("editor")
        assert self.ask("editor", client=client).status_code == 403

    def test_a_superuser(self):
        User.objects.create_superuser("root", password="pass")
        self.assert_refused("root")

    def test_an_editor_who_becomes_a_superuser(self):
        self.ask("editor")
        User.objects.filter(username="editor").update(is_superuser=True)
        assert self.ask("editor").status_code == 403

    def test_names_that_look_like_one_of_ours_and_names_that_are_none(self):
        for name in ("Editor", "ｅditor", "editor, reader", "editor,", "x" * 151, "editor@example.org"):
            with self.subTest(name=name):
                self.assert_refused(name.encode().decode("latin-1"))
        self.assert_refused("\xff\xfe")

    def test_the_reasons_cannot_be_told_apart(self):
        User.objects.create_superuser("root", password="pass")
        texts = {
            self.ask(name).text.replace(name, "").split("<h1>")[1].split("Reference")[0].split("<code")[0]
            for name in ("root", "stranger")
        }
        assert len(texts) == 1

    def test_the_live_session_of_another_user_ends(self):
        self.ask("editor")
        self.assert_refused("stranger")
        assert self.ask().status_code == 302


class NewAccountTests(SingleSignOnCase):
    @override_settings(REMOTE_USER_CREATE=True)
    def test_with_the_setting_an_account_without_a_role_is_made(self):
        assert self.ask("zoë".encode().decode("latin-1")).status_code == 200
        made = User.objects.get(username="zoë")
        assert made.is_staff and not made.is_superuser and not made.has_usable_password()
        assert not made.groups.exists()
        assert self.ask("zoë".encode().decode("latin-1"), DESK).status_code == 403
        entry = AuditEntry.objects.get(kind="account", what="zoë: made")
        assert entry.through == "single sign-on"

    @override_settings(REMOTE_USER_CREATE=True)
    def test_a_name_that_no_account_can_have_makes_none(self):
        before = User.objects.count()
        for name in ("a b", "editor,reader", "x" * 151):
            assert self.ask(name).status_code == 403
        assert User.objects.count() == before

    def test_the_proxy_changes_no_role(self):
        self.ask("editor")
        self.ask("reader")
        assert [group.name for group in self.editor.groups.all()] == ["editor"]


class SecondFactorTests(SingleSignOnCase):
    """With single sign-on, the second factor is the identity provider's business."""

    def test_a_session_of_single_sign_on_needs_none_here(self):
        give_app(self.editor)
        with override_settings(REQUIRE_SECOND_FACTOR="everyone"):
            page = self.ask("editor")
        self.assertContains(page, "Your organisation signs you in")

    def test_it_opens_no_session_that_needs_one(self):
        give_app(self.editor)
        self.ask("editor")
        assert SESSION_KEY not in self.client.session
        assert self.ask().status_code == 302

    def test_a_password_session_without_the_header_needs_it_as_ever(self):
        give_app(self.editor)
        assert self.ask(client=log_in(self.editor)).status_code == 302
        assert self.ask(client=with_app(self.editor)).status_code == 200

    def test_two_step_sign_in_is_not_set_up_in_such_a_session(self):
        assert self.ask("editor", f"{ACCOUNT}two-step/")["Location"] == ACCOUNT


@pytest.mark.django_db(transaction=True)
def test_gunicorn_drops_the_header_with_underscores_and_keeps_the_one_with_hyphens(tmp_path):
    make_user("editor")
    make_draft()
    on = {"REMOTE_USER_HEADER": "X-Remote-User", "TRUSTED_PROXIES": "127.0.0.1"}
    with gunicorn(tmp_path / "log", workers=1, threads=4, **on) as port:
        statuses = {}
        for header in ("X-Remote-User", "x-remote-user", "X_Remote_User", "X-Remote_User"):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            connection.request("GET", ACCOUNT, headers={header: "editor"})
            statuses[header] = connection.getresponse().status
            connection.close()
    assert statuses == {
        "X-Remote-User": 200,
        "x-remote-user": 200,
        "X_Remote_User": 302,
        "X-Remote_User": 302,
    }
