"""Login throttling and the lifetime of sessions."""

import datetime as dt

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.test import Client, override_settings

LOGIN = "/admin/login/"
COMMON = "qwerty123456"


@pytest.fixture(autouse=True)
def editors(db):
    users = get_user_model().objects
    return [users.create_user(name, password="right horse", is_staff=True) for name in ("ada", "ben")]


def attempt(client, name="ada", password="wrong", address="192.0.2.1", **options):  # noqa: S107
    return client.post(LOGIN, {"username": name, "password": password}, REMOTE_ADDR=address, **options)


class TestThrottle:
    def test_of_sixty_tries_the_fifth_and_all_later_ones_are_refused(self, client):
        statuses = [attempt(client).status_code for _ in range(60)]
        assert statuses == [200] * 4 + [429] * 56

    def test_the_right_password_does_not_help_while_locked(self, client):
        for _ in range(5):
            attempt(client)
        assert attempt(client, password="right horse").status_code == 429

    def test_forged_addresses_do_not_help(self, client):
        forged = [{"X-Forwarded-For": f"203.0.113.{n}", "X-Real-IP": f"203.0.113.{n}"} for n in range(20)]
        statuses = [attempt(client, headers=headers).status_code for headers in forged]
        assert statuses.count(200) == 4 and statuses[4:] == [429] * 16

    def test_others_are_unaffected(self, client):
        for _ in range(6):
            attempt(client)
        assert attempt(Client(), name="ben", password="right horse").status_code == 302
        assert attempt(Client(), password="right horse", address="192.0.2.2").status_code == 302

    def test_the_answer_does_not_say_whether_there_is_such_an_account(self, client):
        known, unknown = ([attempt(client, name) for _ in range(6)] for name in ("ada", "nobody"))
        assert [answer.status_code for answer in known] == [answer.status_code for answer in unknown]
        last = [answer.text.replace(answer["X-Request-ID"], "") for answer in (known[-1], unknown[-1])]
        assert last[0] == last[1] and "ada" not in last[0]

    def test_the_answer_says_when_to_try_again(self, client):
        last = [attempt(client) for _ in range(5)][-1]
        assert dt.timedelta(minutes=15) == settings.AXES_COOLOFF_TIME
        assert "Wait 15 minutes" in last.text

    def test_a_success_forgets_the_failures_before_it(self, client):
        for _ in range(3):
            attempt(client)
        assert attempt(Client(), password="right horse").status_code == 302
        assert [attempt(client).status_code for _ in range(4)] == [200] * 4


class TestOldPassword:
    """Changing the password needs the old one, which a session left open must not be used to find."""

    def change(self, client, old):
        new = {"new_password1": "weir keeper of Thane", "new_password2": "weir keeper of Thane"}
        return client.post(
            "/admin/password_change/", {"old_password": old, **new}, REMOTE_ADDR="192.0.2.1"
        ).status_code

    def test_wrong_ones_are_counted_as_failed_sign_ins(self, client, editors):
        client.force_login(editors[0], "django.contrib.auth.backends.ModelBackend")
        assert [self.change(client, f"guess {n}") for n in range(6)] == [200] * 4 + [429] * 2
        assert self.change(client, "right horse") == 429
        editors[0].refresh_from_db()
        assert editors[0].check_password("right horse")
        assert attempt(Client(), password="right horse").status_code == 429

    def test_the_right_one_and_a_missing_one_are_not(self, client, editors):
        client.force_login(editors[0], "django.contrib.auth.backends.ModelBackend")
        assert [self.change(client, "") for _ in range(6)] == [200] * 6
        assert self.change(client, "right horse") == 302


class TestThrottleOfAnAddress:
    """Guessing one password for many names, and a newsroom behind one address that mistypes."""

    def test_fifty_failures_for_many_names_lock_the_address_and_no_other(self, client):
        statuses = [attempt(client, name=f"name{n}").status_code for n in range(50)]
        assert statuses == [200] * 49 + [429]
        assert attempt(Client(), password="right horse").status_code == 429
        assert attempt(Client(), password="right horse", address="192.0.2.2").status_code == 302

    def test_an_ipv6_network_is_one_address(self, client):
        statuses = [attempt(client, name=f"n{n}", address=f"2001:db8::{n:x}").status_code for n in range(50)]
        assert statuses == [200] * 49 + [429]
        assert attempt(Client(), password="right horse", address="2001:db8:1::1").status_code == 302

    def test_a_success_does_not_forget_the_failures_for_other_names(self, client):
        for n in range(49):
            attempt(client, name=f"name{n}")
        assert attempt(Client(), password="right horse").status_code == 302
        assert attempt(client, name="another").status_code == 429

    def test_a_newsroom_of_twenty_may_mistype_twice_each(self, client):
        for n in range(20):
            for _ in range(2):
                attempt(client, name=f"editor{n}")
        assert attempt(Client(), password="right horse").status_code == 302


class TestRedirect:
    @pytest.mark.parametrize(
        "target",
        [
            "//evil.example",
            "https:evil.example",
            "/\\evil.example",
            "http:///evil.example",
            "javascript:alert(1)",
        ],
    )
    def test_a_login_leads_to_this_site_alone(self, client, target):
        fields = {"username": "ada", "password": "right horse", "next": target}
        answer = client.post(LOGIN, fields)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/") and "evil" not in answer["Location"]
        assert not answer["Location"].startswith(("//", "/\\"))


class TestSession:
    def test_a_form_without_its_token_is_refused_with_a_page(self):
        answer = attempt(Client(enforce_csrf_checks=True), password="right horse")
        assert answer.status_code == 403
        assert "<h1" in answer.text

    def test_a_login_gives_a_new_session(self, client):
        client.get(LOGIN)
        session = client.session
        session["planted"] = True
        session.save()
        client.cookies["sessionid"] = session.session_key
        attempt(client, password="right horse")
        assert client.cookies["sessionid"].value != session.session_key

    @override_settings(SESSION_COOKIE_SECURE=True, CSRF_COOKIE_SECURE=True)
    def test_cookies_stay_on_https_and_away_from_scripts_and_strangers(self, client):
        client.get(LOGIN)
        attempt(client, password="right horse")
        for name in ("sessionid", "csrftoken"):
            cookie = client.cookies[name]
            assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")

    def test_nobody_is_logged_out_by_a_link(self, client):
        attempt(client, password="right horse")
        assert client.get("/admin/logout/").status_code == 405
        assert client.post("/admin/logout/").status_code in {200, 302}
        assert "sessionid" not in client.cookies or not client.cookies["sessionid"].value

    def test_a_new_password_ends_the_sessions_that_are_open(self, client, editors):
        attempt(client, password="right horse")
        assert client.get("/admin/password_change/").status_code == 200
        editors[0].set_password("another horse")
        editors[0].save()
        assert client.get("/admin/password_change/").status_code == 302

    def test_a_password_changed_at_the_desk_keeps_that_session_and_ends_all_others(self, client):
        elsewhere = Client()
        for one in (client, elsewhere):
            attempt(one, password="right horse")
        before = client.cookies["sessionid"].value
        fields = {
            "old_password": "right horse",
            "new_password1": "weir keeper of Thane",
            "new_password2": "weir keeper of Thane",
        }
        assert client.post("/admin/password_change/", fields).status_code == 302
        assert client.cookies["sessionid"].value != before
        assert client.get("/admin/password_change/").status_code == 200
        assert elsewhere.get("/admin/password_change/").status_code == 302

    def test_a_logout_ends_the_session_on_the_server_and_not_in_one_browser_alone(self, client):
        attempt(client, password="right horse")
        key = client.cookies["sessionid"].value
        client.post("/admin/logout/")
        assert not Session.objects.filter(session_key=key).exists()
        copied = Client()
        copied.cookies["sessionid"] = key
        assert copied.get("/admin/desk/").status_code == 302

    def test_a_session_lasts_a_week_at_most_and_no_request_makes_it_longer(self, client):
        attempt(client, password="right horse")
        ends = client.session.get_expiry_date()
        assert client.cookies["sessionid"]["max-age"] == 7 * 24 * 60 * 60
        assert not settings.SESSION_SAVE_EVERY_REQUEST
        client.get("/admin/desk/")
        row = Session.objects.get(session_key=client.cookies["sessionid"].value)
        assert row.expire_date <= ends


class TestPasswords:
    @pytest.mark.parametrize("password", ["short weir", "ada.okafor.ad", COMMON])
    def test_a_short_a_common_and_the_own_name_are_refused(self, password):
        user = get_user_model()(username="ada.okafor.ada")
        with pytest.raises(ValidationError):
            validate_password(password, user)

    @pytest.mark.parametrize(
        "password", ["wet weir lintel", "a" * 3 + " øre " + "z" * 90, "708 3391 5520 41"]
    )
    def test_any_long_one_will_do_whatever_it_is_made_of(self, password):
        validate_password(password, get_user_model()(username="ada"))
