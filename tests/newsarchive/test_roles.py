"""Every URL answers each role by its rule, and writes nothing without permission."""

from __future__ import annotations

import time
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, TestCase, override_settings

from tests.addresses import make_examples, routes
from tests.admin.desk import make_user
from tests.newsarchive.acts import every_act
from tests.newsarchive.roles import (
    ELSEWHERE,
    EVERYBODY,
    LOGIN,
    NOBODY,
    OPENED,
    REFUSALS,
    REFUSED,
    ROLES,
    RULES,
    SHOWN,
    VISITORS,
    rule_for,
)


def family_of(route: str) -> str:
    if not route.startswith("admin/"):
        return "public"
    return {"desk": "desk", "articles": "tables"}.get(route.split("/")[1], "site")


def kind_of(response: HttpResponse) -> int | str:
    to_log_in = response.status_code == ELSEWHERE and response["Location"].startswith("/admin/login/?")
    return LOGIN if to_log_in else response.status_code


def written() -> int:
    """How many rows of the archive this transaction has written, by whichever way, as PostgreSQL counts."""
    with connection.cursor() as cursor:
        # As the view pg_stat_xact_user_tables counts them, without its slow count of the reads of each index.
        cursor.execute(
            "SELECT sum(pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_updated(oid)"
            " + pg_stat_get_xact_tuples_deleted(oid)) FROM pg_class"
            " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'django_session'"
        )
        return cursor.fetchone()[0]


class RolesCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.examples = make_examples()
        users = [
            None, User.objects.create_user("outsider"), make_user("", "no.group"),
            *(make_user(role) for role in ROLES[3:6]), User.objects.create_superuser("root", password="pass"),
        ]  # fmt: skip
        cls.clients = {role: Client() for role in ROLES}
        for role, user in zip(ROLES, users, strict=True):
            if user:
                cls.clients[role].force_login(user)
        cls.cookies = {role: client.cookies.copy() for role, client in cls.clients.items()}

    def ask(
        self, method: str, role: str, address: str, fields: dict | None = None
    ) -> tuple[HttpResponse, int]:
        """The answer, and how many rows were written for it; all is as before afterwards."""
        client = self.clients[role]
        client.cookies = self.cookies[role].copy()
        before = written()
        with transaction.atomic():
            response = getattr(client, method)(address, fields)
            transaction.set_rollback(True)
        return response, written() - before


class RoleTests(RolesCase):
    def test_every_address_has_a_rule_and_every_rule_an_address(self):
        every = set(routes())
        self.assertEqual({route for route in every if rule_for(route) is None}, set())
        self.assertEqual(set(RULES) - every, set())
        self.assertGreater(len(every), 140)

    def hold(self, family: str) -> None:
        wrong = []
        for route in filter(lambda route: family_of(route) == family, dict.fromkeys(routes())):
            rule, address = rule_for(route), self.examples.address(route)
            for method, role in product(("get", "post"), ROLES):
                response, rows = self.ask(method, role, address)
                wanted, given = rule.answer(method, role), kind_of(response)
                if given != wanted and not (wanted == REFUSED and given in REFUSALS):
                    wrong.append(f"{role}: {method.upper()} {route}: {given}, not {wanted}")
                if rows and (wanted == REFUSED or role in VISITORS or (method == "get" and route != OPENED)):
                    wrong.append(f"{role}: {method.upper()} {route}: wrote {rows} rows")
        self.assertEqual(wrong, [])

    def test_the_public_pages_are_for_everybody_and_take_nothing(self):
        self.hold("public")

    def test_each_page_of_the_desk_is_for_those_who_work_there(self):
        self.hold("desk")

    def test_the_tables_are_read_by_readers_and_changed_by_those_who_answer_for_them(self):
        self.hold("tables")

    def test_accounts_and_the_record_of_logins_are_the_operators_alone(self):
        self.hold("site")


class ActTests(RolesCase):
    def setUp(self):
        home = TemporaryDirectory()
        self.addCleanup(home.cleanup)
        self.enterContext(override_settings(NEWSARCHIVE_HOME=Path(home.name)))
        # Half a minute later, the code of the app that is among the forms would not work any more.
        clock = mock.Mock(time=mock.Mock(return_value=time.time()))
        self.enterContext(mock.patch("django_otp.plugins.otp_totp.models.time", clock))
        self.acts = list(every_act(self.clients["superuser"], self.examples))

    def test_every_form_is_sent_by_each_role_and_written_for_those_alone_who_may(self):
        wrong = []
        for act, role in product(self.acts, ROLES):
            address = self.examples.address(act.route) + act.query
            response, rows = self.ask("post", role, address, act.fields)
            taken = response.status_code in (SHOWN, ELSEWHERE) and rows > 0
            # A list that offers no such action is shown again.
            refused = not rows and response.status_code == (SHOWN if role in act.shown_to else 403)
            if not (taken if role in act.who else refused):
                wrong.append(f"{role}: {act.route}: {response.status_code}, {rows} rows written")
        self.assertEqual(wrong, [])

    def test_no_form_is_left_out(self):
        forms = {
            route
            for route in routes()
            if rule_for(route).writes and rule_for(route).post.keys() - {EVERYBODY, NOBODY}
        }
        # Forms of everybody stand open, and what they store is a report that an editor judges.
        self.assertEqual(forms - {act.route for act in self.acts}, set())
