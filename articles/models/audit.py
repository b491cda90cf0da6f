"""The audit log and the history of rows; docs/developers.md says what each is for."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import pghistory
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import TransactionNow
from django.contrib.postgres.indexes import GinIndex
from django.db import connection, models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

# A former state of a row, with the columns of its model, which pghistory adds at run time.
Event = Any
Tracked = TypeVar("Tracked", bound=type[models.Model])


def track_history(model: Tracked) -> Tracked:
    """Class decorator: store each former state of a row in an event table of this model."""
    return track_history_except()(model)


def track_history_except(*columns: str) -> Callable[[Tracked], Tracked]:
    """The same without these columns, whose former values must not be stored."""
    # Each model needs its own tracker objects: pghistory stores the columns of the model in them.
    trackers = (pghistory.UpdateEvent(row="OLD"), pghistory.DeleteEvent(row="OLD"))
    return pghistory.track(*trackers, append_only=True, exclude=list(columns))


def events_of(model: type[models.Model]) -> models.QuerySet[Event]:
    """The former states of the rows of a model."""
    return model.pgh_event_model.objects.order_by()  # type: ignore[attr-defined]  # put there by pghistory


def last_deletion(model: type[models.Model], pk: int) -> Event | None:
    """A row as it was when it was deleted, if it was."""
    return events_of(model).filter(pgh_obj=pk, pgh_label="delete").order_by("-pgh_id").first()


def time_of_insertion() -> models.DateTimeField:
    """A field for the time of insertion, set by the database; null for older rows."""
    return models.DateTimeField(null=True, editable=False, db_default=TransactionNow())


# Values of ``through`` for changes by the archive itself; all others count as made by a person.
SYSTEM_CHANNELS = ("import", "proposals")


@contextmanager
def audit_context(**about: object) -> Iterator[None]:
    """Record who or what makes the changes of this block, in the history and in the audit log.

    Unlike ``pghistory.context`` it ends with the block: other changes may follow in the same transaction.
    """
    with pghistory.context() as context:
        before = dict(context.metadata)
        context.metadata.update(about)
        try:
            yield
        finally:
            context.metadata.clear()
            context.metadata.update(before)
    # The settings last until the transaction ends; after an error the rollback has reset them.
    if connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('pghistory.context_id', '', true),"
                " set_config('pghistory.context_metadata', '', true)"
            )


@contextmanager
def change_group(what: str, **about: object) -> Iterator[str]:
    """Log all changes of this block as one entry, described by ``what``; yields the key for undoing it."""
    key = str(uuid.uuid4())
    with transaction.atomic(), audit_context(act=key, what=what, **about):
        yield key
        with connection.cursor() as cursor:
            cursor.execute("SELECT archive_note_act(%s::uuid, %s)", [key, what])


@contextmanager
def page_changes(name: Callable[[list[AuditEntry]], str], **about: object) -> Iterator[None]:
    """Log all changes of this block that are in no group as one entry; ``name`` describes them."""
    key = uuid.uuid4()
    with audit_context(act=str(key), **about):
        yield
    kinds = (AuditEntry.Kind.ADD, AuditEntry.Kind.CHANGE, AuditEntry.Kind.DELETE)
    if changed := list(AuditEntry.objects.filter(act=key, kind__in=kinds).order_by("pk")):
        with connection.cursor() as cursor:
            cursor.execute("SELECT archive_note_act(%s::uuid, %s)", [str(key), name(changed)])


def log_rows(kind: str, model: type[models.Model], ids: list[int]) -> None:
    """Log rows whose change the triggers leave out, because the archive made it by itself."""
    if ids:
        with connection.cursor() as cursor:
            cursor.execute("SELECT archive_note_deed(%s, %s, %s, '')", [kind, model._meta.model_name, ids])


def log_account_change(user: User, what: str, *, by: User | None = None) -> None:
    """Log a change of an account that is not in its row; ``by`` is None on the command line."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT archive_note_deed('account', 'user', %s::bigint[], %s, %s::bigint)",
            [[user.pk], f"{user.get_username()}: {what}", by.pk if by else None],
        )


class AuditEntry(models.Model):
    """An audit log entry: one statement that changed rows, written by a trigger and never updated.

    An import is one entry, whatever its number of rows: its batch has the details.
    """

    class Kind(models.TextChoices):
        ADD = "add", _("Added")
        CHANGE = "change", _("Changed")
        DELETE = "delete", _("Deleted")
        IMPORT = "import", _("Imported")
        LOGIN = "login", _("Signed in")
        ACCOUNT = "account", _("Changed an account")
        ROLE = "role", _("Changed permissions")
        ACT = "act", _("Made a group of changes")
        TAKEN_BACK = "taken back", _("Undid a group of changes")

    at = models.DateTimeField(db_default=TransactionNow(), editable=False)
    # The username of that time: accounts can be renamed, and deleted if they have decided nothing.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        related_name="+",
    )
    who = models.CharField(max_length=150, blank=True)
    through = models.CharField(
        max_length=40,
        blank=True,
        help_text=_("Editors’ pages, public pages or command; empty for the shell."),
    )
    page = models.CharField(
        max_length=100, blank=True, db_default="", help_text=_("The page or command that made the change.")
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    about = models.CharField(max_length=40, blank=True, help_text=_("Type of record."))
    ids = ArrayField(models.BigIntegerField(), default=list)
    rows = models.PositiveIntegerField(default=0)
    what = models.TextField(blank=True, help_text=_("Fields changed, or a summary of the change."))
    act = models.UUIDField(null=True, blank=True, help_text=_("Group of changes that is undone together."))

    class Meta:
        db_table = "articles_deed"
        ordering = ["-at", "-pk"]
        default_permissions = ()
        # Roles have had it under this name since the model was called “deed”.
        permissions = [("view_deed", _("Can view the log"))]
        indexes = [
            models.Index(fields=["at", "id"], name="deed_at"),
            models.Index(fields=["who", "at", "id"], name="deed_who"),
            models.Index(fields=["kind", "at", "id"], name="deed_kind"),
            models.Index(fields=["about", "at", "id"], name="deed_about"),
            models.Index(fields=["act"], condition=Q(act__isnull=False), name="deed_act"),
            GinIndex(fields=["ids"], name="deed_ids", fastupdate=False),
        ]

    def __str__(self) -> str:
        return f"{self.who or 'shell'} {self.get_kind_display()} {self.what or self.about}"
