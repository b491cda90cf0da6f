"""Django's ``migrate`` with a lock timeout and retries, so that readers never wait long for it."""

import time
from collections.abc import Callable
from typing import Any

import psycopg
from django.conf import settings
from django.core.management import CommandError
from django.core.management.commands import migrate
from django.db import OperationalError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from articles.operations.migration_checks import refuse_unsuitable
from articles.operations.unsquashed_upgrade import carry_over, last_applied
from newsarchive.database_roles import grant_reader_rights, grant_web_rights

LOCK_TIMEOUT = "2s"
ATTEMPTS = 5
PAUSE = 5  # seconds, in which queries that waited for the migration are answered


class Command(migrate.Command):
    help = migrate.Command.help + " If a table is in use, it waits and tries again."

    def handle(self, *args: str, **options: Any) -> None:  # of Django
        """Fail with one line after some attempts; migrations applied so far stay applied."""
        connection = connections[options["database"]]
        if options["check_unapplied"] or options["plan"]:
            _name_old_migrations(connection)
            super().handle(*args, **options)
            return
        refuse_unsuitable(connection)
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [LOCK_TIMEOUT])
        try:
            self._handle(connection, *args, **options)
        finally:
            with connection.cursor() as cursor:
                cursor.execute("RESET lock_timeout")

    def _handle(self, connection: BaseDatabaseWrapper, *args: str, **options: Any) -> None:  # of Django
        for attempt in range(1, ATTEMPTS + 1):
            try:
                if last := last_applied(connection):
                    self._carry_over(connection, last, options["verbosity"])
                super().handle(*args, **options)
                return _grant_roles(connection)
            except OperationalError as error:
                if not isinstance(error.__cause__, psycopg.errors.LockNotAvailable):
                    raise
                who = _who_waits_inside_a_transaction(connection)
                if attempt == ATTEMPTS:
                    raise CommandError(f"A table that must be changed is in use. {who}") from None
                self.stderr.write(f"\nA table is in use: trying again in {PAUSE} seconds. {who}")
                time.sleep(PAUSE)

    def _carry_over(self, connection: BaseDatabaseWrapper, last: str, verbosity: int) -> None:
        if verbosity:
            self.stdout.write(f"Converting the earlier migration number {last} to the current numbering.")
        carry_over(connection)


def _grant_roles(connection: BaseDatabaseWrapper) -> None:
    """Grant rights on new tables to the roles of the web process and of replicas, if they have their own."""
    web, owner = settings.WEB_DATABASE.get("USER"), connection.settings_dict["USER"]
    if web and web != owner:
        _grant(connection, web, grant_web_rights, "of the web process")
    for reader in {replica["USER"] for replica in settings.DATABASE_REPLICAS} - {web, owner, ""}:
        _grant(connection, reader, grant_reader_rights, "of replicas")


def _grant(
    connection: BaseDatabaseWrapper,
    role: str,
    grant: Callable[[psycopg.Connection, str], None],
    whose: str,
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regrole(quote_ident(%s)) IS NOT NULL", [role])
        if not cursor.fetchone()[0]:
            raise CommandError(f"The role {role} {whose} does not exist: create it.")
    with transaction.atomic(using=connection.alias):
        grant(connection.connection, role)


def _name_old_migrations(connection: BaseDatabaseWrapper) -> None:
    """Raise `CommandError` where Django would find nothing to apply, or fail with a traceback."""
    if last := last_applied(connection):
        raise CommandError(
            f"This database is at migration {last}, from before migrations were squashed: "
            "run migrate to convert it."
        )


def _who_waits_inside_a_transaction(connection: BaseDatabaseWrapper) -> str:
    """The sessions that most likely hold the lock, for the operator to end."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid, coalesce(nullif(application_name, ''), 'a session'), state,"
            " extract(epoch FROM clock_timestamp() - xact_start)::int"
            " FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND xact_start IS NOT NULL ORDER BY xact_start LIMIT 3"
        )
        found = cursor.fetchall()
    sessions = (f"{name} (process {pid}, {state}, for {age} s)" for pid, name, state, age in found)
    return f"Longest open transactions: {', '.join(sessions)}." if found else "No open transactions found."
