"""Check that a database meets the requirements before migrations run in it."""

from collections.abc import Iterator

from django.core.management import CommandError
from django.db import NotSupportedError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

OLDEST_SERVER = 15
SCHEMA = "public"
EXTENSION = "pg_trgm"


def refuse_unsuitable(connection: BaseDatabaseWrapper) -> None:
    """Raise `CommandError` with a line for each requirement not met."""
    try:
        connection.ensure_connection()
    except NotSupportedError as error:  # older than Django itself accepts
        raise CommandError(f"{error} The archive needs PostgreSQL {OLDEST_SERVER} or newer.") from None
    with connection.cursor() as cursor:
        found = [*_server(cursor), *_schema(cursor), *_extension(cursor)]
    if found:
        raise CommandError("\n".join(found))


def _server(cursor: CursorWrapper) -> Iterator[str]:
    cursor.execute(
        "SELECT current_setting('server_version_num')::int / 10000, current_setting('server_encoding')"
    )
    major, encoding = cursor.fetchone()
    if major < OLDEST_SERVER:
        yield f"The server is PostgreSQL {major}; the archive needs {OLDEST_SERVER} or newer."
    if encoding != "UTF8":
        yield (
            f"The database is encoded in {encoding}, not UTF8: "
            "make another with createdb --template=template0 --encoding=UTF8."
        )


def _schema(cursor: CursorWrapper) -> Iterator[str]:
    cursor.execute(
        "SELECT current_user, current_schema(), to_regnamespace(%s) IS NOT NULL"
        " AND has_schema_privilege(current_user, %s, 'CREATE')",
        [SCHEMA, SCHEMA],
    )
    user, schema, may_create = cursor.fetchone()
    if schema != SCHEMA:
        yield (
            f"Tables would be created in {schema or 'no schema'}, not in {SCHEMA}: "
            f'ALTER ROLE "{user}" SET search_path = {SCHEMA}.'
        )
    if not may_create:
        yield f'The role {user} may not create tables: GRANT CREATE ON SCHEMA {SCHEMA} TO "{user}".'


def _extension(cursor: CursorWrapper) -> Iterator[str]:
    cursor.execute(
        "SELECT nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE extname = %s",
        [EXTENSION],
    )
    installed = cursor.fetchone()
    if installed:
        if installed[0] not in (SCHEMA, "pg_catalog"):
            yield (
                f"The extension {EXTENSION} is in the schema {installed[0]}: "
                f"as a superuser, ALTER EXTENSION {EXTENSION} SET SCHEMA {SCHEMA}."
            )
        return
    cursor.execute(
        "SELECT bool_or(trusted) AND has_database_privilege(current_database(), 'CREATE'),"
        " (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)"
        " FROM pg_available_extension_versions WHERE name = %s",
        [EXTENSION],
    )
    allowed, superuser = cursor.fetchone()
    if allowed is None:
        yield (
            f"The extension {EXTENSION} is not installed on the server: install PostgreSQL's contrib package."
        )
    elif not (allowed or superuser):
        cursor.execute("SELECT current_user, current_database()")
        user, database = cursor.fetchone()
        yield (
            f"The role {user} may not create the extension {EXTENSION}: "
            f'GRANT CREATE ON DATABASE "{database}" TO "{user}".'
        )
