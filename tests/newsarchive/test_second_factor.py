"""Two-step sign-in: turning it on, the second step, limits on guessing, and sessions without it."""

import base64
import re
import time
from io import StringIO
from unittest import mock

import pytest
import segno
from axes.models import AccessAttempt
from django.contrib.auth.models import Group, Permission, User
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.test import Client, TestCase, override_settings
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from articles.models import AuditEntry
from newsarchive.second_factor import CHIEF_EDITOR_PERMISSIONS, SESSION_KEY
from tests.addresses import make_examples, routes
from tests.admin.desk import log_in, make_user
from tests.newsarchive.roles import rule_for

LOGIN, CODE, ACCOUNT, SET_UP = (
    "/admin/login/", "/admin/login/code/", "/admin/desk/account/", "/admin/desk/account/two-step/",
)  # fmt: skip
ACCOUNTS = "/admin/auth/user/"
AGAIN, PASTE = "/admin/desk/again/", "/admin/desk/paste/"
KEY = "0123456789abcdef0123456789abcdef01234567"


def code_of(device, *, steps=0):
    """What the app shows now, or so many half minutes later."""
    return f"{totp(device.bin_key, t0=-30 * steps):06}"


def app_of(page):
    """An app that has the key of this page."""
    return TOTPDevice(key=base64.b32decode(page.context["secret"].replace(" ", "")).hex())


def wrong(device):
    return f"{(int(code_of(device)) + 1) % 1_000_000:06}"


def give_app(user, *codes):
    device = TOTPDevice.objects.create(user=user, key=KEY)
    holder = user.staticdevice_set.create(name="recovery codes")
    for code in codes:
        holder.token_set.create(token=code)
    return device


def with_app(user):
    """A client whose session has both steps."""
    client = log_in(user)
    session = client.session
    session[SESSION_KEY] = TOTPDevice.objects.get(user=user).pk
    session.save()
    return client


def may_try_again(user):
    """What waiting would do."""
    for device in (*user.totpdevice_set.all(), *user.staticdevice_set.all()):
        device.throttle_reset()


def entries(**wanted):
    return list(AuditEntry.objects.filter(kind="account", **wanted).order_by("pk").values_list("who", "what"))


class SetUpTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.user = make_user("editor")

    def setUp(self):
        self.client = log_in(self.user)

    def shown(self, response):
        """The app that has the key of this page."""
        assert f"secret={response.context['secret'].replace(' ', '')}" in response.text
        return app_of(response)

    def send(self, page, code, **fields):
        sent = {"key": page.context["key"], "code": code, "password": "pass", **fields}
        return self.client.post(SET_UP, sent, REMOTE_ADDR="192.0.2.1")

    def test_an_editor_turns_it_on_with_the_first_code_and_sees_recovery_codes_once(self):
        page = self.client.get(SET_UP)
        done = self.send(page, code_of(self.shown(page)))
        shown = {code.replace("-", "") for code in done.context["codes"]}
        assert len(shown) == 10 and shown == set(StaticToken.objects.values_list("token", flat=True))
        account = self.client.get(ACCOUNT)
        self.assertContains(account, "10 recovery codes are left")
        assert not any(code in account.text for code in done.context["codes"])
        assert entries() == [("", "editor: made"), ("editor", "editor: two-step sign-in turned on")]
        assert AuditEntry.objects.latest("pk").page == "two-step"

    def test_the_page_needs_nothing_from_elsewhere_and_no_inline_style(self):
        text = self.client.get(SET_UP).text
        assert "<svg" in text and "<path d=" in text
        assert "data:" not in text and "style=" not in text and "<img" not in text

    def test_the_picture_is_the_qr_code_of_the_key(self):
        page = self.client.get(SET_UP)
        runs = re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", page.context["qr"].path)
        dark = {(int(x) + n, int(y)) for x, y, length in runs for n in range(int(length))}
        matrix = segno.make(page.context["url"], error="m", micro=False).matrix
        assert dark == {(x, y) for y, row in enumerate(matrix, 4) for x, one in enumerate(row, 4) if one}

    def test_a_wrong_code_turns_nothing_on_and_shows_the_same_key_again(self):
        page = self.client.get(SET_UP)
        again = self.send(page, wrong(self.shown(page)))
        self.assertContains(again, "That code did not work")
        assert self.shown(again).key == self.shown(page).key
        assert not TOTPDevice.objects.exists() and not StaticToken.objects.exists()
        assert len(self.send(again, code_of(self.shown(again))).context["codes"]) == 10

    def test_a_session_left_open_does_not_suffice_to_turn_it_on(self):
        page = self.client.get(SET_UP)
        for typed in ("", "guess"):
            again = self.send(page, code_of(self.shown(page)), password=typed)
            assert "password" in again.context["form"].errors
        assert not TOTPDevice.objects.exists()
        assert len(self.send(again, code_of(self.shown(again))).context["codes"]) == 10

    def test_guesses_of_the_password_count_as_failed_sign_ins(self):
        page = self.client.get(SET_UP)
        said = [self.send(page, code_of(self.shown(page)), password="guess").status_code for _ in range(6)]
        assert said == [200] * 4 + [429] * 2

    def test_a_key_that_was_shown_to_somebody_else_is_refused(self):
        theirs = log_in(make_user("chief editor")).get(SET_UP)
        response = self.send(theirs, code_of(self.shown(theirs)))
        self.assertContains(response, "The page was open for too long")
        assert not TOTPDevice.objects.exists()

    def test_a_key_that_the_page_did_not_offer_is_refused_beside_the_field(self):
        for key in ("", "forged:key"):
            response = self.client.post(SET_UP, {"key": key, "code": "123456"})
            self.assertContains(response, "The page was open for too long")
        assert not TOTPDevice.objects.exists()

    def test_other_sessions_end_when_it_is_turned_on(self):
        elsewhere = log_in(self.user)
        page = self.client.get(SET_UP)
        self.send(page, code_of(self.shown(page)))
        assert self.client.get(ACCOUNT).status_code == 200
        self.assertRedirects(elsewhere.get(ACCOUNT), f"{LOGIN}?next={ACCOUNT}", fetch_redirect_response=False)

    def test_a_page_left_open_cannot_replace_an_app_that_was_set_up_since(self):
        page = self.client.get(SET_UP)
        give_app(self.user)
        self.client = with_app(self.user)
        self.assertRedirects(self.send(page, code_of(self.shown(page))), ACCOUNT)
        assert TOTPDevice.objects.get().key == KEY


class AccountTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.user = make_user("editor")
        cls.device = give_app(cls.user, "aaaa2222")

    def setUp(self):
        self.client = with_app(self.user)

    def send(self, change, typed):
        return self.client.post(ACCOUNT, {"do": change, "password": typed}, REMOTE_ADDR="192.0.2.1")

    def test_a_password_or_a_present_code_turns_it_off(self):
        for typed in ("pass", code_of(self.device)):
            TOTPDevice.objects.get_or_create(pk=self.device.pk, user=self.user, key=KEY)
            self.assertRedirects(self.send("off", typed), ACCOUNT)
            assert not TOTPDevice.objects.exists() and not StaticToken.objects.exists()
        assert entries(who="editor")[-1] == ("editor", "editor: two-step sign-in turned off")

    def test_neither_turns_nothing_off(self):
        for typed in ("", "guess", wrong(self.device), "aaaa3333"):
            assert self.send("off", typed).status_code == 200
        assert TOTPDevice.objects.exists()

    def test_five_wrong_answers_lock_as_failed_sign_ins_do(self):
        assert [self.send("off", "guess").status_code for _ in range(6)] == [200] * 4 + [429] * 2
        assert self.send("off", "pass").status_code == 429
        sent = {"username": "editor", "password": "pass"}
        assert Client().post(LOGIN, sent, REMOTE_ADDR="192.0.2.1").status_code == 429

    def test_new_recovery_codes_replace_the_old_ones(self):
        codes = self.send("codes", "pass").context["codes"]
        assert len(codes) == 10
        assert not StaticToken.objects.filter(token="aaaa2222").exists()

    def test_another_app_replaces_the_first_only_once_its_code_is_right(self):
        page = self.send("move", "pass")
        assert TOTPDevice.objects.get().key == KEY
        sent = {"key": page.context["key"], "code": code_of(app_of(page))}
        assert len(self.client.post(SET_UP, sent).context["codes"]) == 10
        assert TOTPDevice.objects.get().key == app_of(page).key
        assert self.client.get(ACCOUNT).status_code == 200
        assert entries(who="editor")[-1] == ("editor", "editor: two-step sign-in moved to another app")

    def test_the_set_up_page_alone_cannot_replace_an_app(self):
        self.assertRedirects(self.client.get(SET_UP), ACCOUNT)

    def test_the_tables_of_keys_are_in_no_list_of_the_admin(self):
        root = User.objects.create_superuser("root", password="pass")
        page = log_in(root).get("/admin/")
        assert "otp" not in page.text.lower()
        assert log_in(root).get("/admin/otp_totp/totpdevice/").status_code == 404


class SignInCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.user = make_user("editor")
        cls.device = give_app(cls.user, "aaaa2222", "bbbb3333")

    def password(self, client=None, then="", **options):
        sent = {"username": "editor", "password": "pass", "next": then}
        return (client or self.client).post(LOGIN, sent, REMOTE_ADDR="192.0.2.1", **options)

    def code(self, typed, client=None, **options):
        return (client or self.client).post(CODE, {"code": typed}, REMOTE_ADDR="192.0.2.1", **options)

    def is_signed_in(self, client=None):
        return (client or self.client).get("/admin/desk/").status_code == 200


class SecondStepTests(SignInCase):
    def test_the_password_alone_opens_no_session(self):
        self.assertRedirects(self.password(), CODE)
        assert not self.is_signed_in()
        assert "_auth_user_id" not in self.client.session
        assert not AuditEntry.objects.filter(kind="login").exists()

    def test_the_code_after_it_does_and_leads_where_the_editor_wanted_to_go(self):
        self.password(then=PASTE)
        self.assertRedirects(self.code(code_of(self.device)), PASTE)
        assert self.is_signed_in()
        assert [entry.who for entry in AuditEntry.objects.filter(kind="login")] == ["editor"]

    def test_blanks_and_hyphens_in_a_code_do_not_matter(self):
        code = code_of(self.device)
        for typed in (f"{code[:3]} {code[3:]}", "AAAA-2222"):
            client = Client()
            self.password(client)
            assert self.code(typed, client).status_code == 302

    def test_it_leads_to_no_other_site(self):
        for target in ("//evil.example", "https:evil.example", "/\\evil.example", "javascript:alert(1)"):
            client = Client()
            self.password(client, then=target)
            TOTPDevice.objects.update(last_t=-1)
            assert self.code(code_of(self.device), client)["Location"] == "/admin/desk/"

    def test_a_code_works_once(self):
        for typed in (code_of(self.device), "aaaa2222"):
            first, second = Client(), Client()
            for client in (first, second):
                self.password(client)
            assert self.code(typed, first).status_code == 302
            assert self.code(typed, second).status_code == 200
            assert not self.is_signed_in(second)

    def test_a_code_of_ten_minutes_ago_does_not_work(self):
        self.password()
        assert self.code(code_of(self.device, steps=-20)).status_code == 200

    def test_few_recovery_codes_are_mentioned(self):
        self.password()
        page = self.code("aaaa2222", follow=True)
        self.assertContains(page, "You have 1 recovery code left.")

    def test_without_a_password_the_page_of_the_code_leads_back(self):
        for method in (self.client.get, self.client.post):
            self.assertRedirects(method(CODE), LOGIN)

    def test_the_step_ends_after_ten_minutes_with_a_new_password_and_with_the_account(self):
        def wait():
            session = self.client.session
            session["pending_sign_in"] |= {"until": time.time() - 1}
            session.save()

        def change_password():
            user = User.objects.get()
            user.set_password("pass")
            user.save()

        for end in (wait, change_password, lambda: User.objects.update(is_active=False)):
            self.password()
            end()
            self.assertRedirects(self.code(code_of(self.device)), LOGIN)

    def test_a_planted_session_does_not_share_the_step(self):
        planted = Client()
        planted.get(LOGIN)
        session = self.client.session
        session["planted"] = True
        session.save()
        planted.cookies["sessionid"] = session.session_key
        self.client.cookies["sessionid"] = session.session_key
        self.password()
        assert self.client.cookies["sessionid"].value != session.session_key
        self.assertRedirects(planted.get(CODE), LOGIN)

    def test_text_sent_after_the_session_ended_survives_both_steps(self):
        text = "Farmers below the bridge had forty minutes; eleven holdings were under water."
        lost = self.client.post(PASTE, {"text": text})
        sent = {"path": PASTE, "kept": lost.context["kept"]}
        asked = self.client.post(AGAIN, {**sent, "username": "editor", "password": "pass"})
        self.assertContains(asked, 'name="code"', status_code=403)
        self.assertContains(asked, text, status_code=403)
        missed = self.client.post(AGAIN, {**sent, "kept": asked.context["kept"], "code": wrong(self.device)})
        self.assertContains(missed, "That code did not work", status_code=403)
        may_try_again(self.user)
        sent |= {"kept": missed.context["kept"], "code": code_of(self.device)}
        self.assertRedirects(self.client.post(AGAIN, sent), PASTE, fetch_redirect_response=False)
        self.assertContains(self.client.get(PASTE), text)


class GuessingTests(SignInCase):
    """The limits on the second step are those on the first, and one more."""

    def guess(self, client, typed):
        may_try_again(self.user)
        return self.code(typed, client)

    def test_the_fifth_wrong_code_locks_as_the_fifth_wrong_password_does(self):
        self.password()
        statuses = [self.guess(self.client, wrong(self.device)).status_code for _ in range(6)]
        assert statuses == [200] * 4 + [429] * 2
        assert self.guess(self.client, code_of(self.device)).status_code == 429
        assert self.password(Client()).status_code == 429

    def test_a_right_password_does_not_forget_wrong_codes(self):
        for _ in range(4):
            client = Client()
            self.password(client)
            assert self.guess(client, wrong(self.device)).status_code == 200
        client = Client()
        self.password(client)
        assert self.guess(client, wrong(self.device)).status_code == 429

    def test_wrong_passwords_and_wrong_codes_are_counted_together(self):
        for _ in range(3):
            Client().post(LOGIN, {"username": "editor", "password": "wrong"}, REMOTE_ADDR="192.0.2.1")
        self.password()
        assert self.guess(self.client, wrong(self.device)).status_code == 200
        assert self.guess(self.client, "cccc4444").status_code == 429

    def test_from_other_addresses_the_app_itself_makes_them_wait(self):
        self.password()
        # However slow the machine is, the app must still make them wait.
        with mock.patch("django.utils.timezone.now", return_value=timezone.now()):
            for n in range(3):
                self.client.post(CODE, {"code": wrong(self.device)}, REMOTE_ADDR=f"198.51.100.{n}")
            late = self.client.post(CODE, {"code": code_of(self.device)}, REMOTE_ADDR="203.0.113.1")
        self.assertContains(late, "That code did not work")

    def test_a_code_is_not_in_the_log_of_failures(self):
        self.password()
        self.code("cccc4444")
        assert "cccc4444" not in AccessAttempt.objects.get().post_data


@override_settings(REQUIRE_SECOND_FACTOR="chief-editors")
class RequiredTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.chief = make_user("chief editor")

    def test_a_chief_editor_without_one_is_led_to_set_it_up_and_then_on(self):
        sent = {"username": "chief.editor", "password": "pass", "next": PASTE}
        page = self.client.post(LOGIN, sent, follow=True)
        self.assertContains(page, "Your role requires two-step sign-in")
        sent = {"key": page.context["key"], "next": page.context["next"], "code": code_of(app_of(page))}
        done = self.client.post(SET_UP, sent | {"password": "pass"})
        assert done.context["next"] == PASTE
        assert self.client.get(PASTE).status_code == 200

    def test_the_name_of_the_group_does_not_matter(self):
        self.chief.groups.update(name="heads of desk")
        assert log_in(self.chief).get("/admin/desk/").status_code == 302

    def test_who_has_a_right_of_chief_editors_or_can_give_it_must_have_one(self):
        for name in ("view_deed", "change_user"):
            user = make_user("editor", name)
            user.user_permissions.add(Permission.objects.get(codename=name))
            assert log_in(user).get("/admin/desk/").status_code == 302

    def test_editors_have_no_right_that_makes_a_chief_editor(self):
        rights = {
            role: {f"articles.{one.codename}" for one in Group.objects.get(name=role).permissions.all()}
            for role in ("editor", "chief editor")
        }
        theirs = {one for one in CHIEF_EDITOR_PERMISSIONS if one.startswith("articles.")}
        assert theirs <= rights["chief editor"] - rights["editor"]

    def test_a_superuser_must_have_one_and_an_editor_need_not(self):
        root = User.objects.create_superuser("root", password="pass")
        assert log_in(root).get("/admin/").status_code == 302
        assert log_in(make_user("editor")).get("/admin/desk/").status_code == 200

    @override_settings(REQUIRE_SECOND_FACTOR="everyone")
    def test_the_setting_may_require_one_of_everyone(self):
        assert log_in(make_user("editor")).get("/admin/desk/").status_code == 302

    def test_who_must_have_one_cannot_turn_it_off(self):
        give_app(self.chief)
        client = with_app(self.chief)
        assert "Turn off" not in client.get(ACCOUNT).text
        client.post(ACCOUNT, {"do": "off", "password": "pass"})
        assert TOTPDevice.objects.exists()

    def test_a_form_sent_before_it_is_set_up_is_not_lost(self):
        text = "Farmers below the bridge had forty minutes; eleven holdings were under water."
        self.assertContains(log_in(self.chief).post(PASTE, {"text": text}), text, status_code=403)

    def test_signing_out_is_possible(self):
        assert log_in(self.chief).post("/admin/logout/").status_code == 200


class EveryAddressTests(TestCase):
    """A session that lacks its second factor gets from each URL what someone without a session gets."""

    @classmethod
    def setUpTestData(cls):
        cls.examples = make_examples()
        cls.root = User.objects.create_superuser("root", password="pass")

    def differing(self, client, but=()):
        found = []
        for route in dict.fromkeys(routes()):
            address, rule = self.examples.address(route), rule_for(route)
            if address in but:
                continue
            for method in ("get", "post"):
                wanted = rule.answer(method, "anonymous")
                response = getattr(client, method)(address)
                location = response.headers.get("Location", "")
                refused = response.status_code in (403, 404, 405) or location.startswith((LOGIN, SET_UP))
                if response.status_code != wanted and not (wanted in ("login", "refused") and refused):
                    found.append(f"{method} {route}: {response.status_code} {location}")
        return found

    def test_with_an_app_whose_code_was_not_given(self):
        give_app(self.root)
        assert self.differing(log_in(self.root)) == []

    @override_settings(REQUIRE_SECOND_FACTOR="chief-editors")
    def test_without_the_app_that_is_required(self):
        but = (SET_UP, LOGIN, CODE, AGAIN, "/admin/logout/")
        assert self.differing(log_in(self.root), but) == []


class ResetTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.user = make_user("editor")

    def test_an_operator_resets_it_and_the_sessions_of_that_person_end(self):
        give_app(self.user, "aaaa2222")
        client, other = with_app(self.user), log_in(make_user("reader"))
        call_command("reset_second_factor", "editor", stdout=StringIO())
        assert not TOTPDevice.objects.exists() and not StaticToken.objects.exists()
        assert client.get(ACCOUNT).status_code == 302 and other.get(ACCOUNT).status_code == 200
        assert Session.objects.count() == 1
        assert entries()[-1] == ("", "editor: two-step sign-in reset")

    def test_it_says_so_if_there_is_nothing_to_reset(self):
        for name, reason in (("nobody", "no account"), ("editor", "is not on")):
            with pytest.raises(CommandError, match=reason):
                call_command("reset_second_factor", name)


class AccountListTests(TestCase):
    def test_the_list_of_accounts_says_who_has_it_on(self):
        give_app(make_user("chief editor"))
        make_user("editor")
        root = User.objects.create_superuser("root", password="pass")
        client = log_in(root)
        shown = {user.username: user.has_app for user in client.get(ACCOUNTS).context["cl"].result_list}
        assert shown == {"chief.editor": True, "editor": False, "root": False}
        for value, names in (("on", ["chief.editor"]), ("off", ["editor", "root"])):
            found = client.get(ACCOUNTS, {"two_step": value}).context["cl"].result_list
            assert sorted(user.username for user in found) == names
