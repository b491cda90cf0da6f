"""Upgrade a database from before the migrations were squashed, which they were twice.

Django's own mechanism, `replaces`, is enough where all replaced migrations are applied. Where only some are,
Django leaves the squashed one out of its plan, so the others are applied here first.
"""

from importlib import import_module
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

APP = "articles"
SQUASHED = "0001_tables"
# Each set of old migrations, oldest first, with one that only databases of this set or an earlier one have.
OLD = {
    "articles.migrations.unsquashed_1": "0002_record_and_documents",
    "articles.migrations.unsquashed_2": "0001_initial",
}


def last_applied(connection: BaseDatabaseWrapper) -> str:
    """Return the newest old migration applied, if some but not all are; otherwise an empty string."""
    applied = _applied(connection)
    # Django records a squashed migration also under the names it replaces.
    if SQUASHED in applied:
        return ""
    first, second = map(_names, OLD)
    passed = [name for name in second[1:] if name in applied] or [name for name in first if name in applied]
    return "" if not passed or passed[-1] == second[-1] else passed[-1]


def carry_over(connection: BaseDatabaseWrapper) -> None:
    """Apply the missing old migrations; Django then considers the squashed ones applied."""
    for package, marker in OLD.items():
        if marker in _applied(connection):
            executor = MigrationExecutor(connection)
            executor.loader = _loader(package)(connection)
            executor.migrate([(APP, _names(package)[-1])])


def _loader(package: str) -> type[MigrationLoader]:
    class OldLoader(MigrationLoader):
        """Loads the old migrations of this app, and the current ones of all others."""

        @classmethod
        def migrations_module(cls, app_label: str) -> tuple[str | None, bool]:
            return (package, True) if app_label == APP else super().migrations_module(app_label)

    return OldLoader


def _applied(connection: BaseDatabaseWrapper) -> set[str]:
    return {name for app, name in MigrationRecorder(connection).applied_migrations() if app == APP}


def _names(package: str) -> list[str]:
    folder = Path(str(import_module(package).__file__)).parent
    return sorted(path.stem for path in folder.glob("[0-9]*.py"))
