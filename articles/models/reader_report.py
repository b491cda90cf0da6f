"""Error reports by readers, and their decisions."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.audit import track_history_except
from articles.models.notice import Notice
from articles.models.quote import Quote


class ReportQuerySet(models.QuerySet["Report"]):
    def waiting(self) -> Self:
        """Undecided reports."""
        return self.filter(outcome="")


@track_history_except("remark", "token_hash")
class Report(models.Model):
    """A reader's report of an error. Nothing identifies the reader.

    Remarks may name people, so the history, which is never deleted, leaves them out.
    """

    class What(models.TextChoices):
        SPEAKER = "speaker", _("Wrong speaker")
        WORDS = "words", _("Wrong words")
        DATE = "date", _("Wrong date")
        OTHER = "other", _("Something else")

    class Outcome(models.TextChoices):
        OURS = "ours", _("Our mistake")
        PAPERS = "the paper's", _("The publication’s mistake")
        REFUSED = "refused", _("No change")

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="reports")
    quote = models.ForeignKey(Quote, on_delete=models.CASCADE, null=True, blank=True, related_name="reports")
    what = models.CharField(max_length=7, choices=What.choices)
    remark = models.TextField(blank=True, help_text=_("The reader’s message; deleted after some months."))
    remark_blanked_at = models.DateTimeField(null=True, blank=True)
    token_hash = models.CharField(
        max_length=64, unique=True, help_text=_("Hash of the secret part of the reader’s link.")
    )
    received_at = models.DateTimeField()

    outcome = models.CharField(max_length=11, choices=Outcome.choices, blank=True)
    reason = models.TextField(blank=True, help_text=_("Reason shown to the reader."))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decided_reports",
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decision = models.UUIDField(
        null=True, blank=True, help_text=_("Group of changes that decided this report.")
    )
    notice = models.ForeignKey(
        Notice, on_delete=models.SET_NULL, null=True, blank=True, related_name="reports"
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["received_at", "pk"]
        indexes = [
            models.Index(fields=["received_at"], condition=Q(outcome=""), name="report_waiting"),
            models.Index(fields=["decision"], name="report_decision"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    outcome="", decided_by__isnull=True, decided_at__isnull=True, decision__isnull=True
                )
                | Q(decided_by__isnull=False, decided_at__isnull=False, decision__isnull=False)
                & ~Q(outcome="")
                & ~Q(reason=""),
                name="report_is_decided_or_waits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()} ({self.received_at:%Y-%m-%d})"


class SenderTally(models.Model):
    """The number of reports per sender and hour; an empty sender counts all reports of the hour.

    A sender is a keyed hash that changes every hour, so it reveals no address and links no two hours.
    Rows are deleted after a day.
    """

    sender = models.CharField(max_length=64, blank=True)
    hour = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint("hour", "sender", name="sender_tally_once_an_hour")]
        verbose_name_plural = "sender tallies"

    def __str__(self) -> str:
        return f"{self.hour:%Y-%m-%d %H}: {self.times}"
