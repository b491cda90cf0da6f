"""Brings a database that was made before the migrations were squashed to what `0003_database` leaves.

Django's own way, the old files beside the squashed ones, is closed: the squashed 0001 has the name of an old
one. With only a part of the replaced migrations applied, Django leaves the squashed one out of its plan.
"""

from importlib import import_module
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

APP = "articles"
PACKAGE = "articles.migrations.unsquashed"
# A new archive that was stopped on its way has these too; the old order had another migration between them.
AMBIGUOUS = {"0001_initial", "0003_roles"}


class UnsquashedLoader(MigrationLoader):
    """The history as it was before, and that of all other apps as it is."""

    @classmethod
    def migrations_module(cls, app_label: str) -> tuple[str | None, bool]:
        return (PACKAGE, True) if app_label == APP else super().migrations_module(app_label)


def unsquashed_names() -> list[str]:
    folder = Path(str(import_module(PACKAGE).__file__)).parent
    return sorted(path.stem for path in folder.glob("[0-9]*.py"))


def last_applied(connection: BaseDatabaseWrapper) -> str:
    """The newest old migration of a database that has passed some and not all of them; otherwise empty."""
    applied = MigrationRecorder(connection).applied_migrations()
    # Django records a squashed migration under the names it replaces, so a new database has them all.
    old = [name for name in unsquashed_names() if name not in AMBIGUOUS]
    passed = [name for name in old if (APP, name) in applied]
    return passed[-1] if passed and passed != old else ""


def carry_over(connection: BaseDatabaseWrapper) -> None:
    """Apply the old migrations that are missing; Django then takes the squashed ones for applied."""
    executor = MigrationExecutor(connection)
    executor.loader = UnsquashedLoader(connection)
    executor.migrate([(APP, unsquashed_names()[-1])])
