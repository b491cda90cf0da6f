"""For every form that changes something: its fields, and the roles that may send it."""

from __future__ import annotations

from base64 import b32decode
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.test import Client
from django.utils import timezone
from django_otp.oath import totp

from articles import reader_reports
from articles.models import Article, Quote, Source, Unsaved
from articles.revisions.recent_changes import recent_changes
from tests.addresses import Examples
from tests.admin.desk import fields_of, make_draft
from tests.factories import make_quote, make_section, make_speaker, make_topic
from tests.newsarchive.roles import CHIEFS, EDITORS, NOBODY, OPERATOR, READERS, ROW, STAFF, TABLES

PASSWORD = "weir keeper of Thane"


@dataclass(frozen=True)
class Act:
    """Something that can be done at an address, by these roles and no others."""

    route: str
    who: frozenset[str]
    fields: dict
    query: str = ""
    shown_to: frozenset[str] = NOBODY


WHY = "It names a child."
LATER = "2999-01-01T06:00"
SCHEDULED_HEADLINE = "Gates to open in the year 2999"
SCHEDULED = "?q=2999&what=drafts"
SEVERAL = {"groups", "permissions", "user_permissions"}
TABLE = "Title,Text,Paper\nWeir opens,It rained in the valley.,Selwy Courier\n"


def every_act(root: Client, examples: Examples) -> Iterator[Act]:
    """All of them, made ready by a superuser whose session this is."""
    yield from _at_the_desk(root, examples)
    yield from _in_lists(examples)
    yield from _in_tables(root, examples)
    yield from _on_accounts(root, examples)


def _at_the_desk(root: Client, examples: Examples) -> Iterator[Act]:
    draft, here, report = examples.rows["article"], examples.article, examples.rows["report"]
    other = make_speaker("Osric J. Pell", slug="osric-j-pell")
    spare = make_quote(here, "appeal", status="pending", confidence=0.9)
    root.post(
        "/admin/articles/quote/", {"action": "reject_selected", "_selected_action": [spare.pk], "sure": "1"}
    )
    Quote.objects.filter(source="Mira Tolland").update(name_as_printed="Mira Tolland", rule="tail")
    wrong = make_speaker("Osric Pell the elder")
    alike = make_quote(here, "We will", speaker=wrong, source="Osric Pell")
    for speaker in (wrong, other):
        Quote.objects.filter(pk=examples.rows["quote"].pk).update(speaker=speaker)
    version = str(Article.objects.get(pk=draft.pk).version)
    for user in User.objects.filter(is_staff=True):
        for article in (draft, None):
            Unsaved.objects.create(article=article, user=user, fields={}, kept_at=timezone.now())
    review = fields_of(root.get(f"/admin/desk/{draft.pk}/").content.decode())
    decided = reader_reports.found_by(
        reader_reports.receive(here, "date", "Another day.", reader_reports.new_token())
    )
    root.post(f"/admin/desk/reports/{decided.pk}/", _ruling(root, decided))
    uploaded = root.post("/admin/desk/imports/upload/", {"file": SimpleUploadedFile("a.csv", TABLE.encode())})
    floods = examples.rows["topic"].pk
    drought, letters = make_topic("Droughts"), make_section("Letters")
    body = "“It rained,” said Osric Pell."
    waiting = make_draft(headline="Rain at last", body=body, section=letters, topics=(drought,))
    make_draft(headline=SCHEDULED_HEADLINE, body="It rained.")
    chosen = {"pick": "chosen", "article": [waiting.pk], "sure": "1"}
    people = SimpleUploadedFile("people.csv", b"name\nHedda Brask\n")
    table = root.post("/admin/desk/speakers/import/", {"file": people})
    for speaker in (wrong, other):
        make_quote(here, "We will appeal,” said Ada", speaker=speaker)
    twice = root.get("/admin/desk/credits/").context["rows"][0]["name"]
    newspaper = f"/admin/desk/publications/{examples.rows['publication'].pk}/"
    profile = fields_of(root.get(newspaper).content.decode(), "profile")
    source = fields_of(
        root.get(f"/admin/desk/sources/{examples.rows['source'].pk}/").content.decode(), "source"
    )
    # A source that is not paused is paused first, which is undone by itself.
    Source.objects.filter(pk=examples.rows["source"].pk).update(paused=True)
    new_source = {**source, "name": "Courier sport", "url": "https://courier.example/sport.xml", "seen": ""}
    columns = fields_of(root.get(uploaded.url).content.decode(), "import")
    for route, who, fields, query in (
        ("paste/", EDITORS, {"text": "Weir opens\n\nIt rained in the valley."}, ""),
        ("paste/keep/", EDITORS, {"text": "Weir opens"}, ""),
        ("paste/throw-away/", EDITORS, {}, ""),
        ("<int:pk>/", EDITORS, {**review, "headline": "Gates opened early", "do": "draft"}, ""),
        ("<int:pk>/", EDITORS, {**review, "do": "discard"}, ""),
        ("<int:pk>/keep/", EDITORS, {**review, "headline": "Gates opened late"}, ""),
        ("<int:pk>/throw-away/", EDITORS, {}, ""),
        ("<int:pk>/take-over/", EDITORS, {}, ""),
        ("<int:pk>/near/", EDITORS, {"say": f"different:{here.pk}"}, ""),
        ("names/", EDITORS, {"n-0": "Mira Tolland", "m-0": "new", "sure": "1"}, ""),
        ("speakers/import/", EDITORS, {"do": "import"}, f"?{urlsplit(table.url).query}"),
        ("credits/", EDITORS, {"right": twice}, ""),
        ("alike/", EDITORS, {"apart": f"{examples.rows['speaker'].pk}:{other.pk}"}, ""),
        (
            "merging/topics/",
            EDITORS,
            {"given_up": f"#{drought.pk}", "kept": f"#{examples.rows['topic'].pk}"},
            "",
        ),
        (
            "merging/sections/",
            CHIEFS,
            {"given_up": f"#{letters.pk}", "kept": f"#{examples.rows['section'].pk}"},
            "",
        ),
        ("selected/", EDITORS, {**chosen, "act": "withhold", "reason": WHY}, ""),
        ("selected/", EDITORS, {**chosen, "act": "topics", "topics": [floods], "replace": "on"}, ""),
        ("selected/", EDITORS, {**chosen, "act": "section", "section": examples.rows["section"].pk}, ""),
        ("selected/", EDITORS, {**chosen, "act": "again"}, ""),
        ("selected/", EDITORS, {"act": "schedule", "pick": "all", "sure": "1", "at": LATER}, SCHEDULED),
        ("merging/", EDITORS, {"given_up": other.slug, "kept": "ada"}, ""),
        ("splitting/<int:pk>/", EDITORS, {"quote": [examples.quote.pk], "to": other.slug, "sure": "1"}, ""),
        ("acts/", EDITORS, {"key": recent_changes()[0].pk}, ""),
        ("reports/<int:pk>/", EDITORS, _ruling(root, report), ""),
        ("reports/", EDITORS, {"back": decided.pk}, ""),
        (
            "<int:pk>/withhold/",
            EDITORS,
            {"reason": WHY, "review_on": "", "version": version, "sure": "1"},
            "",
        ),
        ("<int:pk>/versions/<int:number>/", EDITORS, {"reason": WHY, "version": version}, ""),
        ("quotes/<int:pk>/alike/", EDITORS, {"quote": [alike.pk]}, ""),
        ("sample/", EDITORS, {"do": "draw"}, ""),
        ("rules/", CHIEFS, {"rule": "tail", "publication": here.publication.pk, "since": ""}, ""),
        ("searches/suggest/", EDITORS, {"leads_to": "gates", "do": "store"}, "?kind=articles&words=dike"),
        (
            "imports/upload/",
            EDITORS,
            {**columns, "do": "import"},
            f"?{urlsplit(uploaded.url).query}",
        ),
        ("imports/<int:pk>/", CHIEFS, {"sure": "0"}, ""),
        ("sources/add/", CHIEFS, {**new_source, "do": "save"}, ""),
        ("sources/<int:pk>/", CHIEFS, {**source, "name": "Courier, all", "do": "save"}, ""),
        ("sources/<int:pk>/", CHIEFS, {"do": "delete", "sure": "0"}, ""),
        ("publications/<int:pk>/", CHIEFS, {**profile, "labels": "Courier", "do": "save"}, ""),
    ):
        yield Act(f"admin/desk/{route}", who, fields, query)


def _ruling(root: Client, report: Model) -> dict[str, str]:
    fields = fields_of(root.get(f"/admin/desk/reports/{report.pk}/").content.decode(), "ruling")
    return {**fields, "outcome": "refused", "reason": "It was he."}


def _in_lists(examples: Examples) -> Iterator[Act]:
    for table, action in (
        ("article", "publish_selected"), ("article", "withhold_selected"), ("quote", "reject_selected"),
    ):  # fmt: skip
        row = examples.article if action == "withhold_selected" else examples.rows[table]
        if action == "publish_selected":
            row = Article.objects.get(headline=SCHEDULED_HEADLINE)
        fields = {"action": action, "_selected_action": [row.pk], "sure": "1", "reason": WHY, "review_on": ""}
        yield Act(f"admin/articles/{table}/", EDITORS, fields, shown_to=READERS)


def _in_tables(root: Client, examples: Examples) -> Iterator[Act]:
    new = {"name": "Weirs", "slug": "weirs", "sort_name": "Weirs", "kind": "group"}
    notice = {"article": examples.article.pk, "kind": "correction", "whose": "ours", "text": "At five."}
    changed = {"notice": "text", "article": "headline", "quote": "said_as_printed"}
    for table, (add, change) in TABLES.items():
        if add:
            more = notice if table == "notice" else new
            yield Act(f"admin/articles/{table}/add/", add, {**_form(root, table, "add/"), **more})
        if change:
            fields = _form(root, table, f"{examples.rows[table].pk}/change/")
            yield Act(
                f"admin/articles/{table}/{ROW}change/",
                change,
                {**fields, changed.get(table, "name"): "Other"},
            )


def _form(root: Client, table: str, page: str, app: str = "articles") -> dict[str, str]:
    fields = fields_of(root.get(f"/admin/{app}/{table}/{page}").content.decode(), f"{table}_form")
    # Of several none is chosen, which a browser says by silence.
    return {name: value for name, value in fields.items() if name not in SEVERAL}


def _on_accounts(root: Client, examples: Examples) -> Iterator[Act]:
    twice = {"password1": PASSWORD, "password2": PASSWORD}
    yield Act("admin/auth/user/add/", OPERATOR, {"username": "new", "usable_password": "true", **twice})
    yield Act("admin/auth/user/<id>/password/", OPERATOR, {"usable_password": "true", **twice})
    yield Act("admin/auth/group/add/", OPERATOR, {"name": "new"})
    for app, table in (("auth", "user"), ("auth", "group")):
        row = f"{examples.rows[table].pk}/"
        yield Act(f"admin/{app}/{table}/{ROW}change/", OPERATOR, _form(root, table, f"{row}change/", app))
        yield Act(f"admin/{app}/{table}/{ROW}delete/", OPERATOR, {"post": "yes"})
    new = {"new_password1": PASSWORD, "new_password2": PASSWORD}
    yield Act("admin/password_change/", STAFF, {"old_password": "pass", **new})
    page = root.get("/admin/desk/account/two-step/")
    first_code = f"{totp(b32decode(page.context['secret'].replace(' ', ''))):06}"
    app = {"key": page.context["key"], "code": first_code, "password": "pass"}
    # The key is of the user who was shown it; the others get one of their own.
    yield Act("admin/desk/account/two-step/", OPERATOR, app, shown_to=STAFF - OPERATOR)
