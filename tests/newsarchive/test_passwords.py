"""Refused passwords, wherever one can be set."""

import gzip
import io
from contextlib import suppress
from unittest import mock

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import CommandError

from newsarchive import passwords

GOOD = "weir keeper of Thane"
LIST = passwords.__file__.replace("passwords.py", "common_passwords.txt.gz")


@pytest.fixture
def editor(db, client):
    user = get_user_model().objects.create_user(
        "editor",
        first_name="Imke",
        last_name="Farrow",
        email="imke@courier.example",
        password=GOOD,
        is_staff=True,
        is_superuser=True,
    )
    client.force_login(user)
    return user


def refuses(client, password):
    fields = {"old_password": GOOD, "new_password1": password, "new_password2": password}
    return client.post("/admin/password_change/", fields).status_code == 200


@pytest.mark.parametrize(
    "password",
    [
        *(
            "editoreditor",
            "EditorEditor2024!",
            "editor123456",
            "editor-editor!",
            "3d1t0r 3d1t0r",
            "rotide 123456",
        ),
        *("imkefarrow12", "Farrow, Imke.", "farrow.imke.editor", "imke@courier.example"),
        *("newsarchive1", "testserver2026"),
        *("123456789012", "abcdefghijkl", "aaaaaaaaaaaa", "abcabcabcabc", "qwertyuiop[]", "112233445566"),
        *("1qaz2wsx3edc4rfv", "!@#$%^&*()_+", "zyxwvutsrqpo", "passwordpassword"),
        *("password2024!!", "P@ssw0rd!2024", "1234football", "dragon!!!!!!"),
    ],
)
def test_a_password_that_is_soon_guessed_is_refused(editor, client, password, settings):
    settings.SITE_URL = "https://testserver.example"
    assert refuses(client, password)


@pytest.mark.parametrize(
    "password",
    ["wet weir lintel", "editors read at dawn", "708 3391 5520 41", "tK9-vQm2_xW4", "Imke walks to Selwy"],
)
def test_a_long_one_that_nobody_guesses_will_do(editor, client, password):
    assert not refuses(client, password)


def test_ten_thousand_common_passwords_that_are_long_enough_are_refused():
    with gzip.open(LIST, "rt", encoding="utf-8") as file:
        common = file.read().split("\n")[:-1]
    assert len(common) > 10_000 and min(map(len, common)) >= 12
    for password in common[::20]:
        with pytest.raises(ValidationError):
            validate_password(password.title())


def test_an_account_made_in_the_admin_needs_a_good_password(editor, client):
    fields = {
        "username": "tilda",
        "usable_password": "true",
        "password1": "tildatilda12",
        "password2": "tildatilda12",
    }
    answer = client.post("/admin/auth/user/add/", fields)
    assert answer.status_code == 200
    assert "too similar to the name of the account" in answer.text
    assert not get_user_model().objects.filter(username="tilda").exists()


def test_a_password_set_for_somebody_else_may_not_be_made_of_their_names(editor, client):
    tilda = get_user_model().objects.create_user("tilda", last_name="Marrow")
    fields = {"usable_password": "true", "password1": "marrow-tilda-1", "password2": "marrow-tilda-1"}
    answer = client.post(f"/admin/auth/user/{tilda.pk}/password/", fields)
    assert "too similar to the name of the account" in answer.text


def test_createsuperuser_says_why_a_password_is_refused(db):
    said = io.StringIO()
    typed = iter(["weirweirweir", "weirweirweir"])
    with (
        mock.patch("getpass.getpass", lambda *_: next(typed)),
        mock.patch("builtins.input", side_effect=KeyboardInterrupt),
        mock.patch("sys.stdin.isatty", return_value=True, create=True),
        pytest.raises((SystemExit, CommandError)),
    ):
        call_command("createsuperuser", username="tilda", email="t@courier.example", stderr=said)
    assert "repeats the same few characters" in said.getvalue()


@pytest.mark.parametrize(
    "password", ["a" * 5000, "1!" * 4000, "é\u0301" * 3000, "4@8({[<369&#!1/|0$5+7%2" * 50]
)
def test_a_very_long_password_is_looked_at_in_few_steps(password):
    judged = mock.Mock(wraps=passwords._follows)
    with (
        mock.patch.object(passwords, "_follows", judged),
        mock.patch.object(passwords, "unrepeated", lambda typed: typed),
        suppress(ValidationError),
    ):
        passwords.PredictablePasswordValidator().validate(password)
    assert judged.call_count < passwords.MOST_CHARACTERS
