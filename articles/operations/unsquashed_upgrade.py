"""Upgrade a database from before the migrations were squashed to the state after `0003_database`.

Django's own mechanism, `replaces`, cannot be used: the squashed 0001 has the name of an old migration, and if
only some of the replaced migrations are applied, Django leaves the squashed one out of its plan.
"""

from importlib import import_module
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

APP = "articles"
PACKAGE = "articles.migrations.unsquashed"
# A new archive whose first `migrate` was interrupted has these too.
AMBIGUOUS = {"0001_initial", "0003_roles"}


class UnsquashedLoader(MigrationLoader):
    """Loads the old migrations of this app, and the current ones of all others."""

    @classmethod
    def migrations_module(cls, app_label: str) -> tuple[str | None, bool]:
        return (PACKAGE, True) if app_label == APP else super().migrations_module(app_label)


def unsquashed_names() -> list[str]:
    folder = Path(str(import_module(PACKAGE).__file__)).parent
    return sorted(path.stem for path in folder.glob("[0-9]*.py"))


def last_applied(connection: BaseDatabaseWrapper) -> str:
    """Return the newest old migration applied, if some but not all are; otherwise an empty string."""
    applied = MigrationRecorder(connection).applied_migrations()
    # Django records a squashed migration under the names it replaces, so a new database has them all.
    old = [name for name in unsquashed_names() if name not in AMBIGUOUS]
    passed = [name for name in old if (APP, name) in applied]
    return passed[-1] if passed and passed != old else ""


def carry_over(connection: BaseDatabaseWrapper) -> None:
    """Apply the missing old migrations; Django then considers the squashed ones applied."""
    executor = MigrationExecutor(connection)
    executor.loader = UnsquashedLoader(connection)
    executor.migrate([(APP, unsquashed_names()[-1])])
