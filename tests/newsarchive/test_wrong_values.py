"""Wrong values in every form field and list filter give a message, never an error 500.

Forms are collected from the pages and from ``every_act``, which has a form for each URL that accepts one.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.contrib import admin
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, TestCase, override_settings

from tests.addresses import make_examples, routes
from tests.newsarchive.acts import every_act
from tests.newsarchive.roles import rule_for
from tests.sizes import FULL

# What a field may be sent that it is not made for.
WRONG = {
    "letters": "Dublin",
    "nothing": "",
    "too long": "x" * 6000,
    "NUL": "nu\0l",
    "lone surrogate": b"half \xed\xa0\x80",
    "JSON of a surrogate": '{"text": ["\\ud800", "nu\\u0000l"]}',
    "10^20": "1" + "0" * 20,
    "deep JSON": "[" * 20_000,
    "deep TOML": "a = " + "[" * 5_000,
    "no such day": "2019-02-30",
    "year one": "0001-01-01",
    "no such choice": "((((",
    "negative": "-1",
    "a number no database has": "NaN",
    "several lines": "a\r\nb\x1b[31m\u202e",
}
TOGETHER = 3
# Not sent: it would end the session that all the others are sent in.
LEFT_OUT = {"/admin/logout/"}
AGAIN = {"path": "/admin/desk/paste/", "kept": '{"text": ["x"]}', "username": "root", "password": "pass"}
# Buttons and tokens of Django's own, and rows of formsets that no browser sends.
NO_FIELDS = re.compile(
    r"csrfmiddlewaretoken|_save|_addanother|_continue|.*__prefix__.*|.*-(?:MIN|MAX)_NUM_FORMS"
)
FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL | re.IGNORECASE)
TAG = re.compile(
    r"<(input|button|textarea|select)\b([^>]*)>(.*?)(?=<(?:input|button|textarea|select)\b|\Z)", re.DOTALL
)


@dataclass(frozen=True)
class Form:
    """An address that takes a form, and what a browser would send of it."""

    address: str
    fields: dict

    @property
    def names(self) -> list[str]:
        return [name for name in self.fields if not NO_FIELDS.fullmatch(name)]


def attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return unescape(found[1]) if found else ""


def forms_on(address: str, page: str) -> Iterator[tuple[str, Form]]:
    """Each form of a page with its method: every field and button in it, chosen or not."""
    for head, inside in FORM.findall(page):
        fields: dict[str, str] = {}
        for kind, tag, content in TAG.findall(inside):
            if name := attribute(tag, "name"):
                value = attribute(tag, "value")
                if kind == "textarea":
                    value = unescape(content.partition("</textarea>")[0]).removeprefix("\n")
                if kind == "select":
                    chosen = re.search(r'<option value="([^"]*)"[^>]* selected', content)
                    value = unescape(chosen[1]) if chosen else ""
                fields.setdefault(name, value)
        target = attribute(head, "action") or address
        target = target if target.startswith("/") else urlsplit(address).path + target
        yield attribute(head, "method").lower(), Form(target, fields)


def is_list(route: str) -> bool:
    return re.fullmatch(r"admin/(?:articles|auth|axes)/[a-z]+/", route) is not None


def wrong_values(form: Form, names: list[str], turn: Iterator[str]) -> Iterator[dict[str, str]]:
    """What to send wrong at once: each field alone and by every value at full size, else some together.

    A field that holds a number is sent words as well, and those alone.
    """
    if FULL:
        yield from ({name: wrong} for name in names for wrong in WRONG)
        return
    for start in range(0, len(names), TOGETHER):
        yield {name: next(turn) for name in names[start : start + TOGETHER]}
    yield from ({name: "letters"} for name in names if str(form.fields[name]).isdecimal())


def filters_of(address: str, page: str) -> set[str]:
    """The parameters that the page's links to itself carry, and its forms."""
    queries = re.findall(rf'href="(?:{re.escape(urlsplit(address).path)})?\?([^"#]*)', page)
    linked = {name for query in queries for name, _ in parse_qsl(unescape(query), keep_blank_values=True)}
    given = {name for method, form in forms_on(address, page) if method != "post" for name in form.fields}
    return linked | given


class WrongValuesCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.examples = make_examples()
        cls.root = Client(raise_request_exception=False)
        cls.root.force_login(User.objects.create_superuser("root", password="pass"))
        cls.cookies = cls.root.cookies.copy()

    def setUp(self):
        home = TemporaryDirectory()
        self.addCleanup(home.cleanup)
        self.enterContext(override_settings(NEWSARCHIVE_HOME=Path(home.name)))
        logging.disable(logging.CRITICAL)
        self.addCleanup(logging.disable, logging.NOTSET)
        self.faults: list[str] = []

    def ask(self, method: str, address: str, fields: dict | None, what: str) -> HttpResponse:
        """The answer, after which all is as before; what the database puts off until the end is decided."""
        self.root.cookies = self.cookies.copy()
        with transaction.atomic():
            response = getattr(self.root, method)(address, fields)
            if method == "post" and response.status_code == 302:
                with connection.cursor() as cursor:
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
                self.look_around(address, what)
            transaction.set_rollback(True)
        if response.status_code >= 500:
            self.faults.append(f"{response.status_code} {method.upper()} {address}: {what}")
        return response

    def look_around(self, address: str, what: str) -> None:
        """What was stored must be no fault of the pages that show it."""
        for seen in (f"/articles/{self.examples.article.pk}/", "/quotes/?format=json"):
            page = Client(raise_request_exception=False).get(seen, follow=True)
            if page.status_code >= 500:
                self.faults.append(f"{page.status_code} GET {seen} after {address}: {what}")


class FormTests(WrongValuesCase):
    def forms(self) -> Iterator[Form]:
        """Those of every act first, which are filled in; then each that stands on a page that takes one."""
        acts = [(self.examples.address(a.route) + a.query, a) for a in every_act(self.root, self.examples)]
        for address, act in acts:
            yield Form(address, act.fields)
        yield Form("/admin/desk/again/", AGAIN)
        taking = [
            route for route in routes() if is_list(route) or ((rule := rule_for(route)) and rule.writes)
        ]
        for address in dict.fromkeys([*map(self.examples.address, taking), *dict(acts)]):
            page = self.ask("get", address, None, "as it is")
            if page.status_code == 200 and page["Content-Type"].startswith("text/html"):
                for method, form in forms_on(address, page.content.decode()):
                    if method == "post" and form.address not in LEFT_OUT:
                        yield form

    def new_fields(self, form: Form, seen: set[str]) -> list[str]:
        """Names not tried yet: a form to add a row has those of the form to change one."""
        path, new = urlsplit(form.address).path, []
        for name in form.names:
            kind = re.sub(r"\d+/change|add(?=/)|\d+", "0", f"{path} {name}")
            if kind not in seen:
                seen.add(kind)
                new.append(name)
        return new

    def test_every_field_of_every_form_takes_wrong_values(self):
        turn, seen = cycle(WRONG), set()
        for form in self.forms():
            for wrong in wrong_values(form, self.new_fields(form, seen), turn):
                sent = {**form.fields, **{name: WRONG[kind] for name, kind in wrong.items()}}
                self.ask("post", form.address, sent, str(wrong))
        self.assertGreater(len(seen), 200)
        self.assertEqual(self.faults, [])


class FilterTests(WrongValuesCase):
    def test_every_filter_of_every_page_takes_wrong_values(self):
        turn, asked = cycle(WRONG), set()
        for route in dict.fromkeys(routes()):
            address = self.examples.address(route)
            page = self.ask("get", address, None, "as it is")
            if page.status_code != 200 or not page["Content-Type"].startswith("text/html"):
                continue
            for name in sorted(filters_of(address, page.content.decode())):
                # Sorting, pages and words are the same code in each list of a kind.
                kind = (address if FULL else route.split("/")[0:2][-1], name)
                for wrong in WRONG if FULL else (() if kind in asked else (next(turn),)):
                    self.ask("get", f"{address}?{urlencode({name: WRONG[wrong]})}", None, f"{name}: {wrong}")
                asked.add(kind)
        self.assertGreater(len(asked), 60)
        self.assertEqual(self.faults, [])

    def test_a_list_is_filtered_by_its_own_filters_alone(self):
        for model in admin.site._registry:
            address = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
            for field in model._meta.concrete_fields if FULL else model._meta.concrete_fields[-1:]:
                name = f"{field.name}__regex"
                page = self.root.get(address, {name: "(((("}, follow=True)
                self.assertContains(page, "We ignored an unknown filter", msg_prefix=address + name)


class ListTests(WrongValuesCase):
    def test_the_filters_of_a_list_filter_it(self):
        page = self.root.get("/admin/articles/article/", {"status__exact": "draft"})
        self.assertEqual({row.status for row in page.context["cl"].result_list}, {"draft"})
        one = self.examples.article.publication_id
        page = self.root.get(
            "/admin/articles/article/", {"publication__id__exact": one, "status__exact": "usable"}
        )
        self.assertIn(self.examples.article, page.context["cl"].result_list)
        page = self.root.get("/admin/articles/notice/", {"dated__year": "2019", "kind__exact": "correction"})
        self.assertNotContains(page, "We ignored an unknown filter")

    def test_words_in_place_of_an_article_are_said_beside_the_box(self):
        address = f"/admin/articles/notice/{self.examples.rows['notice'].pk}/change/"
        page = self.root.post(address, {"article": "Dublin", "quote": "1" + "0" * 20, "kind": "correction"})
        self.assertEqual(page.status_code, 200)
        self.assertIn("article", page.context["adminform"].form.errors)

    def test_words_in_place_of_chosen_rows_are_a_message(self):
        chosen = {"action": "publish_selected", "_selected_action": ["Dublin"]}
        page = self.root.post("/admin/articles/article/", chosen, follow=True)
        self.assertContains(page, "The selection contains invalid records.")
