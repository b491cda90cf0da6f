"""Requirements of OWASP ASVS 5.0, level 1, for logins, sessions, cookies and forms.

Numbers are those of the requirements. See also test_login.py (throttling, passwords, sessions) and
test_roles.py (permissions).
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client, TestCase, override_settings

from articles.models import Article
from tests.addresses import make_examples, routes
from tests.admin.desk import log_in, make_user
from tests.newsarchive.roles import NOT_TAKEN, rule_for

ROOT = Path(__file__).parent.parent.parent
READ_COOKIES = """
import json
from newsarchive import settings
names = [name for name in dir(settings) if name.startswith(("SESSION_COOKIE_", "CSRF_COOKIE_"))]
print(json.dumps({name: getattr(settings, name) for name in names}))
"""


def cookie_settings(**environment):
    given = {"PATH": os.environ["PATH"], "SECRET_KEY": "k" * 60, **environment}
    done = subprocess.run(
        [sys.executable, "-c", READ_COOKIES], env=given, cwd=ROOT, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


class TestCookies:
    def test_3_3_1_over_https_they_are_secure_and_bound_to_the_host_by_their_names(self):
        found = cookie_settings()
        for cookie in ("SESSION_COOKIE", "CSRF_COOKIE"):
            assert found[f"{cookie}_NAME"].startswith("__Host-")
            assert found[f"{cookie}_SECURE"] and found[f"{cookie}_HTTPONLY"]
            assert found[f"{cookie}_SAMESITE"] == "Lax"
            # A browser drops a cookie of that name that says for which domain or path it is.
            assert f"{cookie}_DOMAIN" not in found and f"{cookie}_PATH" not in found

    def test_over_plain_http_all_but_that_stays(self):
        found = cookie_settings(INSECURE_HTTP="1")
        for cookie in ("SESSION_COOKIE", "CSRF_COOKIE"):
            assert not found[f"{cookie}_SECURE"] and not found[f"{cookie}_NAME"].startswith("__Host-")
            assert found[f"{cookie}_HTTPONLY"] and found[f"{cookie}_SAMESITE"] == "Lax"

    @pytest.mark.django_db
    def test_there_are_but_these_two(self):
        client = log_in(make_user("editor"))
        client.post("/admin/desk/names/", {}, follow=True)
        client.get("/admin/desk/paste/")
        assert set(client.cookies) == {"sessionid", "csrftoken"}


class EveryAddressTests(TestCase):
    """What must hold of all addresses is asked of all."""

    @classmethod
    def setUpTestData(cls):
        cls.examples = make_examples()
        cls.root = User.objects.create_superuser("root", password="x")

    def addresses(self):
        return [(route, self.examples.address(route)) for route in dict.fromkeys(routes())]

    def test_3_5_1_no_form_is_taken_without_its_token(self):
        client = log_in(self.root, enforce_csrf_checks=True)
        before = list(Article.objects.values())
        # A reader's report knows nobody: it has a stamp in place of a cookie (tests/views/test_reports.py).
        sent = [
            address
            for route, address in self.addresses()
            if set(rule_for(route).post.values()) - {NOT_TAKEN} and not route.endswith("/report/")
        ]
        self.assertGreater(len(sent), 60)
        taken = [address for address in sent if client.post(address).status_code != 403]
        self.assertEqual((taken, list(Article.objects.values())), ([], before))

    @override_settings(SECURE_HSTS_SECONDS=365 * 24 * 60 * 60, SECURE_HSTS_INCLUDE_SUBDOMAINS=True)
    def test_3_4_every_answer_tells_the_browser_what_it_may_not_do(self):
        client = log_in(self.root)
        missing = []
        for _, address in self.addresses():
            answer = client.get(address, secure=True)
            told = answer.headers
            fit = (
                "script-src 'self'" in told.get("Content-Security-Policy", "")
                and told.get("X-Content-Type-Options") == "nosniff"
                and told.get("X-Frame-Options") == "DENY"
                and told.get("Referrer-Policy") in ("same-origin", "no-referrer")
                and told.get("Cross-Origin-Opener-Policy") == "same-origin"
                and told.get("Strict-Transport-Security") == "max-age=31536000; includeSubDomains"
            )
            if not fit:
                missing.append(address)
            # 14.2.2: what is shown to somebody who is logged in is kept by nobody between.
            if "no-store" not in told.get("Cache-Control", ""):
                missing.append(f"{address}: {told.get('Cache-Control')}")
        self.assertEqual(missing, [])


class SessionTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("editor")

    def test_7_4_2_an_account_that_is_switched_off_or_taken_away_is_out_at_once(self):
        for end in (
            lambda: User.objects.filter(pk=self.editor.pk).update(is_active=False),
            lambda: User.objects.filter(pk=self.editor.pk).update(is_active=True, is_staff=False),
        ):
            client = log_in(self.editor)
            User.objects.filter(pk=self.editor.pk).update(is_active=True, is_staff=True)
            self.assertEqual(client.get("/admin/desk/").status_code, 200)
            end()
            self.assertEqual(client.get("/admin/desk/").status_code, 302)

    def test_a_role_that_is_taken_away_is_gone_with_the_next_page(self):
        client = log_in(self.editor)
        self.assertEqual(client.get("/admin/desk/paste/").status_code, 200)
        self.editor.groups.clear()
        self.assertEqual(client.get("/admin/desk/paste/").status_code, 403)

    def test_7_2_3_a_session_is_known_by_32_characters_made_by_chance_and_no_other(self):
        keys = {log_in(self.editor).cookies["sessionid"].value for _ in range(5)}
        self.assertEqual({len(key) for key in keys}, {32})
        self.assertEqual(len(keys), 5)
        planted = Client()
        planted.cookies["sessionid"] = "a" * 32
        planted.post("/admin/login/", {"username": "editor", "password": "pass"})
        self.assertFalse(Session.objects.filter(session_key="a" * 32).exists())

    def test_14_3_1_a_logout_leaves_nothing_in_the_browser(self):
        answer = log_in(self.editor).post("/admin/logout/")
        self.assertEqual(answer["Clear-Site-Data"], '"cache"')
        self.assertEqual(answer.cookies["sessionid"].value, "")

    def test_a_kept_text_brings_back_to_a_page_of_the_desk_and_nowhere_else(self):
        client = log_in(self.editor)
        for path in (
            "//elsewhere.example/admin/desk/", "https:elsewhere.example", "/\\elsewhere.example",
            "http:///elsewhere.example", "javascript:alert(1)", "https://elsewhere.example/admin/desk/",
            "/admin/..//elsewhere.example", "\t//elsewhere.example",
        ):  # fmt: skip
            with self.subTest(path):
                answer = client.post("/admin/desk/again/", {"path": path, "kept": "{}"})
                self.assertIn(answer.status_code, (200, 302))
                self.assertNotIn("elsewhere", answer.get("Location", ""))


class PasswordTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_user("editor")

    def change(self, **fields):
        new = "weir keeper of Thane"
        sent = {"old_password": "pass", "new_password1": new, "new_password2": new, **fields}
        return log_in(self.editor).post("/admin/password_change/", sent)

    def test_6_2_3_a_new_one_needs_the_old_one(self):
        self.assertContains(self.change(old_password="wrong"), "entered incorrectly")
        self.assertEqual(self.change().status_code, 302)

    def test_6_2_8_it_is_taken_as_it_is_typed_with_blanks_and_to_its_last_letter(self):
        new = " " + "Þ weir " * 12 + " "
        self.assertEqual(self.change(new_password1=new, new_password2=new).status_code, 302)
        self.editor.refresh_from_db()
        self.assertTrue(self.editor.check_password(new))
        self.assertFalse(self.editor.check_password(new.strip()))
        self.assertFalse(self.editor.check_password(new[:72]))

    def test_6_2_6_and_7_it_is_hidden_and_may_be_pasted_and_filled_in_by_a_manager_of_passwords(self):
        for client, path in (
            (self.client, "/admin/login/"),
            (log_in(self.editor), "/admin/password_change/"),
        ):
            page = client.get(path).content.decode()
            self.assertIn('type="password"', page)
            self.assertIn('autocomplete="current-password"', page)
            self.assertNotIn("onpaste", page)
            self.assertNotIn("maxlength", page.split('type="password"')[1].split(">")[0])

    def test_6_3_2_nobody_is_there_by_default(self):
        self.assertEqual(set(User.objects.values_list("username", flat=True)), {"editor"})
