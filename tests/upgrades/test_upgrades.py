"""`migrate` brings the archive of every former version to today's state, with what it holds."""

import re
from collections import Counter
from dataclasses import dataclass
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from articles.models import Article, ArticleEvent, Quote, Report, SearchNote, SearchSegment, Speaker
from articles.operations.integrity import faults
from articles.operations.unsquashed_upgrade import last_applied
from articles.revisions import change_text
from tests.search_index.found import found
from tests.upgrades.archives import DUMPS, database, load, rows, schema

# Versions with a part of the migrations that were squashed since, and the last of these.
OLD = {
    "ab7e1e2": "0017_reports",
    "b5db060": "0025_channels",
    "e904d7f": "0003_database",
    "2cad0dc": "0010_one_schema",
}


def migrate(*arguments: str) -> str:
    said = StringIO()
    call_command("migrate", *arguments, stdout=said, stderr=said, no_color=True)
    return said.getvalue()


@dataclass
class Upgrade:
    version: str
    checked: CommandError | None
    said: str
    events: int
    new_schema: Counter[str]


@pytest.fixture(scope="module")
def new_schema(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        return schema()


@pytest.fixture(scope="module")
def place(new_schema, django_db_blocker):
    with django_db_blocker.unblock(), database("upgraded"):
        yield


@pytest.fixture(scope="module", params=DUMPS)
def upgraded(request, new_schema, place):
    """The archive of a former version after `migrate`."""
    same_stemmers = load(request.param)
    events = rows("SELECT count(*) FROM articles_articleevent")[0][0]
    checked = None
    try:
        migrate("--check")
    except CommandError as error:
        checked = error
    except SystemExit:  # Django's own way of saying that there is something to apply
        pass
    said = migrate()
    if not same_stemmers:
        call_command("reindex", "--all", stderr=StringIO())
    yield Upgrade(request.param, checked, said, events, new_schema)


def test_the_log_keeps_the_permission_to_read_it_and_no_other(upgraded):
    found = rows(
        "SELECT codename, model FROM auth_permission p JOIN django_content_type t ON t.id = content_type_id"
        " WHERE model IN ('deed', 'auditentry')"
    )
    assert found == [("view_deed", "auditentry")]
    assert Group.objects.filter(permissions__codename="view_deed").exists()


@pytest.mark.django_db
def test_a_new_archive_that_was_stopped_midway_is_not_taken_for_an_old_one():
    MigrationRecorder.Migration.objects.filter(app="articles").exclude(
        name__in=["0001_initial", "0001_tables", "0002_groups", "0002_roles"]
    ).delete()
    assert last_applied(connection) == ""


@pytest.mark.django_db
def test_an_archive_that_an_earlier_version_left_midway_is_carried_over():
    rows = MigrationRecorder.Migration.objects.filter(app="articles")
    rows.exclude(name__in=["0001_initial", "0002_roles", "0003_roles"]).delete()
    assert last_applied(connection) == "0002_roles"


def test_an_upgraded_archive_has_no_faults(upgraded):
    assert list(faults()) == []


def test_an_upgraded_archive_holds_what_it_held(upgraded):
    assert Report.objects.get().remark == "It was the lower bridge."
    assert Speaker.objects.exclude(merged_into=None).exists()
    assert Article.objects.filter(status="canceled", first_public_at__isnull=False).exists()
    assert ArticleEvent.objects.count() == upgraded.events


def test_an_upgraded_archive_has_the_schema_of_a_new_one(upgraded):
    found = schema()
    assert {"lost": upgraded.new_schema - found, "extra": found - upgraded.new_schema} == {
        "lost": {},
        "extra": {},
    }


def test_nothing_is_left_to_apply(upgraded):
    assert "No planned migration operations" in migrate("--plan")


def test_an_upgraded_archive_is_read_and_searched(upgraded):
    edited = Article.objects.get(headline__endswith="(corrected)")
    for address in ("/", "/search/?q=bridge", "/quotes/?q=bridge", "/speakers/", edited.get_absolute_url()):
        assert Client().get(address, follow=True).status_code == 200, address


def test_an_upgraded_archive_finds_the_same_before_and_after_its_index_is_written(upgraded):
    before = found("bridge"), found("bridge", "quotes")
    assert all(before)
    call_command("reindex", stderr=StringIO())
    assert (found("bridge"), found("bridge", "quotes")) == before
    assert SearchSegment.objects.exists() and not SearchNote.objects.exists()


def test_an_upgraded_archive_is_edited_and_stays_without_faults(upgraded):
    article = Article.objects.published().order_by("-pk")[0]
    change_text(article, body=f"Tarrin, Monday.\n\n{article.body}")
    for quote in Quote.objects.pending().order_by("pk")[:2]:
        quote.accept(by=None)
    assert list(faults()) == []


def test_a_check_names_a_partly_migrated_state_in_one_line(upgraded):
    if last := OLD.get(upgraded.version):
        assert upgraded.checked.returncode == 1
        assert re.fullmatch(
            rf"This database is at migration {last}, .+: run migrate to convert it\.", str(upgraded.checked)
        )
    else:
        assert upgraded.checked is None


def test_only_a_database_with_a_part_of_the_old_migrations_is_carried_over(upgraded):
    last = OLD.get(upgraded.version)
    assert ("earlier migration number" in upgraded.said) == bool(last)
    assert not last or f"earlier migration number {last} " in upgraded.said


def test_a_database_with_all_old_migrations_has_nothing_to_apply(upgraded):
    if upgraded.version not in OLD:
        assert "Applying articles.000" not in upgraded.said
