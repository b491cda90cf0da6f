"""Before `migrate` starts it prints, a line each, which requirements the database does not meet."""

from unittest import mock

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from tests.upgrades.archives import database

ROLE = settings.WEB_DATABASE.get("USER")


def refusal():
    with pytest.raises(CommandError) as stop:
        call_command("migrate", verbosity=0)
    return str(stop.value).splitlines()


@pytest.mark.skipif(not ROLE, reason="there is no role with fewer rights here")
def test_each_thing_that_a_database_does_not_offer_has_a_line(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), database("ascii", encoding="SQL_ASCII"):
        with connection.cursor() as cursor:
            cursor.execute(f'SET ROLE "{ROLE}"; SET search_path = pg_catalog')
        lines = refusal()
    assert [line.split(":")[0] for line in lines] == [
        "The database is encoded in SQL_ASCII, not UTF8",
        "Tables would be created in pg_catalog, not in public",
        f"The role {ROLE} may not create tables",
        f"The role {ROLE} may not create the extension pg_trgm",
    ]
    assert lines[2].endswith(f'GRANT CREATE ON SCHEMA public TO "{ROLE}".')


@pytest.mark.django_db
def test_a_server_that_is_too_old_is_named():
    with mock.patch("articles.operations.migration_checks.OLDEST_SERVER", 99):
        assert refusal()[0].endswith("the archive needs 99 or newer.")


@pytest.mark.django_db
def test_an_extension_in_another_schema_is_named():
    with connection.cursor() as cursor:
        cursor.execute(
            "DROP EXTENSION pg_trgm CASCADE; CREATE SCHEMA other; CREATE EXTENSION pg_trgm SCHEMA other"
        )
    assert refusal() == [
        "The extension pg_trgm is in the schema other: as a superuser, "
        "ALTER EXTENSION pg_trgm SET SCHEMA public."
    ]


@pytest.mark.django_db
def test_a_web_role_that_does_not_exist_is_named():
    with mock.patch.dict(settings.WEB_DATABASE, USER="nobody_here"):
        assert refusal() == ["The role nobody_here of the web process does not exist: create it."]
