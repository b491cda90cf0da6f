"""The log of the archive: who did what, when, and through which door."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import TransactionNow
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q


class Deed(models.Model):
    """One statement that changed something, as the database wrote it down; nothing here is ever changed.

    An import is one deed, however many rows it brought: its batch says the rest.
    """

    class Kind(models.TextChoices):
        ADD = "add", "added"
        CHANGE = "change", "changed"
        DELETE = "delete", "deleted"
        IMPORT = "import", "imported"
        LOGIN = "login", "logged in"
        ACCOUNT = "account", "changed an account"
        ROLE = "role", "gave or took rights"
        ACT = "act", "did as one act"
        TAKEN_BACK = "taken back", "took back"

    at = models.DateTimeField(db_default=TransactionNow(), editable=False)
    # The name as it was: an account may be renamed, and one that has decided nothing may be deleted.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        related_name="+",
    )
    who = models.CharField(max_length=150, blank=True)
    through = models.CharField(max_length=40, blank=True, help_text="the door; none: the shell")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    about = models.CharField(max_length=40, blank=True, help_text="which table")
    ids = ArrayField(models.BigIntegerField(), default=list)
    rows = models.PositiveIntegerField(default=0)
    what = models.TextField(blank=True, help_text="the columns changed, or the act in words")
    act = models.UUIDField(null=True, blank=True, help_text="what was done together and is taken back so")

    class Meta:
        ordering = ["-at", "-pk"]
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
