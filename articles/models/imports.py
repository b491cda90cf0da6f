"""Import batches with their counts, options and row errors, and uploaded files."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from articles.models import clock


class ImportBatch(models.Model):
    """One run of an import over one source; it can be rolled back."""

    source = models.CharField(_("source"), max_length=2000, help_text=_("Name of the file or link."))
    options = models.JSONField(_("options"), default=dict, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="import_batches",
        verbose_name=_("started by"),
    )
    started_at = models.DateTimeField(_("started at"), default=clock.now)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    rows_read = models.PositiveIntegerField(_("rows read"), default=0)
    rows_added = models.PositiveIntegerField(_("rows added"), default=0)
    rows_present = models.PositiveIntegerField(
        _("rows already in the archive"), default=0, help_text=_("Already in the archive and unchanged.")
    )
    rows_changed = models.PositiveIntegerField(_("rows changed"), default=0)
    rows_bad = models.PositiveIntegerField(_("rows with errors"), default=0)
    quotes_proposed = models.PositiveIntegerField(_("quotes found"), default=0)
    quotes_accepted = models.PositiveIntegerField(_("quotes accepted"), default=0)
    speakers_created = models.PositiveIntegerField(_("speakers added"), default=0)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.source}, {self.started_at:%Y-%m-%d %H:%M}"


class ImportError(models.Model):
    """A row that could not be imported, and the reason."""

    batch = models.ForeignKey(
        ImportBatch, on_delete=models.CASCADE, related_name="errors", verbose_name=_("import")
    )
    row = models.PositiveIntegerField(_("row"), help_text=_("The first row is 1."))
    column = models.CharField(_("column"), max_length=200, blank=True)
    value = models.TextField(_("value"), blank=True, help_text=_("First 500 characters."))
    reason = models.CharField(_("reason"), max_length=1000)
    rejected = models.BooleanField(
        _("rejected"), default=False, help_text=_("The row was not imported; others have a note.")
    )

    class Meta:
        verbose_name = _("row with an error")
        verbose_name_plural = _("rows with errors")
        ordering = ["batch", "row", "pk"]

    def __str__(self) -> str:
        return f"row {self.row}, {self.column}: {self.reason}"


LARGEST_UPLOAD = 20 * 1024 * 1024


class Upload(models.Model):
    """A file uploaded for an import. In the database, so that every web server can read it."""

    LARGEST = LARGEST_UPLOAD

    name = models.CharField(max_length=200, unique=True)
    content = models.BinaryField()
    sent_at = models.DateTimeField(default=clock.now, db_index=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-pk"]
        # Not shown in the admin's tables.
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=LessThanOrEqual(
                    models.Func(
                        models.F("content"), function="octet_length", output_field=models.IntegerField()
                    ),
                    LARGEST_UPLOAD,
                ),
                name="upload_size",
            )
        ]

    def __str__(self) -> str:
        return self.name
