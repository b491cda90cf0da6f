"""Shared by the tests of the editors' pages: users by role, texts with quotes, and submitted forms."""

from __future__ import annotations

import re
from html import unescape

from django.contrib.auth.models import Group, User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from articles.models import Article, Quote
from tests.factories import make_article, make_quote, make_turn

BODY = (
    "Farmers below Thane Bridge had forty minutes.\n\n"
    "“We had the cows out before the siren,” said Osric Pell. “The siren was for the television.”\n\n"
    "Mira Tolland said the village had been “informed rather than warned” by the authority."
)
TALK = (
    "A talk with the master of the weir.\n\n"
    "How long have you kept the weir?\n\n"
    "Since the spring of the long flood.\n\n"
    "And who taught you?\n\n"
    "Nobody. The water did."
)


def make_user(role: str = "editor", name: str = "") -> User:
    user = User.objects.create_user(name or role.replace(" ", "."), password="pass", is_staff=True)
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


def cells(page: HttpResponse) -> list[str]:
    """The text of each cell of the tables of a page."""
    return [
        unescape(strip_tags(cell)).strip() for cell in re.findall(r"<t[dh]\b.*?</t[dh]>", page.text, re.S)
    ]


def log_in(user: User, **options: bool) -> Client:
    client = Client(**options)
    client.force_login(user)
    return client


def make_draft(**fields) -> Article:
    fields.setdefault("headline", "Corran gates opened a day early")
    fields.setdefault("body", BODY)
    return make_article(status="draft", **fields)


def propose(article: Article) -> list[Quote]:
    """Propose two quotes of BODY: one with two spans, and a partial one."""
    fields = {"status": "pending", "confidence": 0.95, "channel": "spoken"}
    return [
        make_quote(
            article, "We had the cows out before the siren,", "The siren was for the television.",
            source="Osric Pell", position=0, **fields,
        ),
        make_quote(
            article, "informed rather than warned", source="Mira Tolland", kind="mixed", position=1,
            **{**fields, "confidence": 0.7},
        ),
    ]  # fmt: skip


def make_talk() -> Article:
    """An interview of two questions and two answers, all proposed."""
    article = make_draft(headline="The master of the weir", body=TALK)
    _, *turns = TALK.split("\n\n")
    for number, words in enumerate(turns):
        role = "answer" if number % 2 else "question"
        turn = make_turn(article, words, role, source="Ilmar Vance" if number % 2 else "", confidence=0.7)
        make_quote(article, words, kind=role, turn=turn, status="pending", confidence=0.7, position=number)
    return article


def review_url(article: Article) -> str:
    return reverse("admin:desk-review", args=[article.pk])


def fields_of(page: str, form_id: str = "review") -> dict[str, str]:
    """The fields that a browser without JavaScript would send, without the buttons."""
    form = re.search(rf'<form[^>]*id="{form_id}".*?</form>', page, re.DOTALL)[0]
    fields: dict[str, str] = {}
    for tag in re.findall(r"<input\b[^>]*>", form):
        kind, name = _attribute(tag, "type"), _attribute(tag, "name")
        if name and (kind not in ("radio", "checkbox") or " checked" in tag):
            fields[name] = _attribute(tag, "value") or ("on" if kind == "checkbox" else "")
    for tag, content in re.findall(r"(<textarea\b[^>]*>)(.*?)</textarea>", form, re.DOTALL):
        # A browser drops the first newline of a textarea, and sends CRLF for the others.
        fields[_attribute(tag, "name")] = unescape(content).removeprefix("\n").replace("\n", "\r\n")
    for tag, options in re.findall(r"(<select\b[^>]*>)(.*?)</select>", form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)"[^>]* selected', options)
        fields[_attribute(tag, "name")] = unescape(chosen[1]) if chosen else ""
    return fields


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return unescape(found[1]) if found else ""


def post_confirmed(client: Client, url: str, fields: dict):
    """Send a form, and the confirmation page that asks for the number; follows redirects."""
    page = client.post(url, fields, follow=True)
    if page.templates and page.templates[0].name == "admin/desk/confirm.html":
        page = client.post(url, {**fields, "sure": str(page.context["number"])}, follow=True)
    return page


def open_form(client: Client, article: Article, query: str = "") -> dict[str, str]:
    return fields_of(client.get(review_url(article) + query).content.decode())


def send(client: Client, article: Article, fields: dict[str, str], do: str = "draft"):
    """Submit the review page, and confirm it if the page asks, because readers will see it."""
    return confirmed(client, client.post(review_url(article), {**fields, "do": do}))


def confirmed(client: Client, response):
    """The answer to the confirmation page, if this answer is one or leads to one."""
    asks = response.status_code == 302 and response.url.endswith("/confirm/")
    page = client.get(response.url) if asks else response
    if b'id="confirm"' not in page.content:
        return response
    return client.post(page.wsgi_request.path, fields_of(page.content.decode(), "confirm"))


def people_of(client: Client, article: Article) -> dict[tuple[str, str], str]:
    """The key of each person on the review page, by role in the interview and name in the article."""
    people = client.get(review_url(article)).context["review"].people
    return {(person.kind, person.named): person.key for person in people}
