"""One migrated database, which every process of a test run copies; later runs copy it too."""

import hashlib
from pathlib import Path

from django.db import connection, transaction
from django.db.backends.base.creation import TEST_DATABASE_PREFIX
from psycopg import sql

ROOT = Path(__file__).parent.parent
# Migrations, models, and what they import or call: if one of these files changes, the template is made again.
SOURCES = (
    *("articles/migrations", "articles/models", "articles/operations", "articles/search/query"),
    *("articles/text", "articles/apps.py", "articles/management/commands/migrate.py"),
    *("newsarchive", "requirements.txt"),
)
LOCK = 2019053001
# What migrations and the signal after them add, each table after those that it refers to.
INITIAL = ("django_content_type", "auth_permission", "auth_group", "auth_group_permissions")
# Five times as fast as TRUNCATE, which makes new files for 90 tables and their indexes.
EMPTY = sql.SQL(
    """do $$ declare emptied text; filled boolean; found text[] = array[]::text[]; begin
  for emptied in select oid::regclass from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> all ({})
  loop
    execute format('select exists (select from %s)', emptied) into filled;
    continue when not filled;
    found = found || emptied;
    execute format('alter table %s disable trigger user', emptied);
    execute format('delete from %s', emptied);
  end loop;
  set constraints all immediate;
  foreach emptied in array found loop
    execute format('alter table %s enable trigger user', emptied);
  end loop;
end $$"""
).format(sql.Literal(["django_migrations", *INITIAL]))


def copy_from_template() -> None:
    """Let `create_test_db` copy a migrated database instead of migrating an empty one."""
    template = f"{TEST_DATABASE_PREFIX}{connection.settings_dict['NAME']}_template"
    quoted = connection.ops.quote_name(template)
    with connection.creation._nodb_cursor() as cursor:
        # One process makes it while the others wait.
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        state = f"{_digest()} {cursor.connection.info.server_version}"
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [template]
        )
        if cursor.fetchone() != (state,):
            cursor.execute(f"DROP DATABASE IF EXISTS {quoted}")
            _make(template)
            cursor.execute(f"COMMENT ON DATABASE {quoted} IS '{state}'")
    connection.settings_dict["TEST"] |= {"TEMPLATE": template, "MIGRATE": False}


def _make(template: str) -> None:
    settings, tests = connection.settings_dict, connection.settings_dict["TEST"]
    names = settings["NAME"], tests["NAME"]
    tests["NAME"] = template
    connection.creation.create_test_db(verbosity=0, serialize=False)
    connection.close()
    settings["NAME"], tests["NAME"] = names


def _digest() -> str:
    files = [path for source in SOURCES for path in (ROOT / source, *(ROOT / source).rglob("*"))]
    found = hashlib.sha256()
    for path in sorted(path for path in files if path.suffix in {".py", ".sql", ".txt"}):
        found.update(path.read_bytes())
    return found.hexdigest()


class InitialRows:
    """The rows of `INITIAL`, to which the database returns after each test that commits."""

    def __init__(self) -> None:
        self.rows = self._read()

    def restore(self) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(EMPTY)
            if self._read() == self.rows:
                return
            for table in reversed(INITIAL):
                cursor.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
            for table in INITIAL:
                with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                    copy.write(self.rows[table])

    @staticmethod
    def _read() -> dict[str, bytes]:
        found = {}
        with connection.cursor() as cursor:
            for table in INITIAL:
                with cursor.copy(f"COPY {table} TO STDOUT") as copy:
                    found[table] = b"\n".join(sorted(b"".join(copy).splitlines())) + b"\n"
        return found
