"""Attribution conflicts: the same words attributed to different speakers."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.models.audit import time_of_insertion, track_history
from articles.models.speaker import Speaker


class QuoteKey(models.Model):
    """Hashes of the first and last words of an accepted quote with a speaker. Written by triggers."""

    quote_id = models.BigIntegerField(primary_key=True)
    speaker_id = models.BigIntegerField()
    begins = models.BigIntegerField()
    ends = models.BigIntegerField()

    class Meta:
        db_table = "quote_key"
        indexes = [
            models.Index(fields=["begins"], name="quote_key_begins"),
            models.Index(fields=["ends"], name="quote_key_ends"),
        ]

    def __str__(self) -> str:
        return f"quote {self.quote_id}"


class CreditConflict(models.Model):
    """Two speakers to whom the same words have been attributed. Written by triggers."""

    key = models.BigIntegerField()
    one_id = models.BigIntegerField()
    other_id = models.BigIntegerField()
    found_at = time_of_insertion()

    class Meta:
        db_table = "credit_conflict"
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint("key", "one_id", "other_id", name="credit_conflict_once")]

    def __str__(self) -> str:
        return f"speakers {self.one_id} and {self.other_id}"


class CreditDecisionQuerySet(models.QuerySet["CreditDecision"]):
    def active(self) -> Self:
        """Leave out those that were revoked."""
        return self.filter(taken_back_at__isnull=True)


@track_history
class CreditDecision(models.Model):
    """An editor's ruling that both attributions are right: both speakers said these words."""

    key = models.BigIntegerField()
    words = models.CharField(max_length=300, help_text=_("The first words of the quotes."))
    one = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="+")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="credits_decided"
    )
    decided_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = CreditDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision on same words")
        verbose_name_plural = _("decisions on same words")
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                "key", "one", "other", condition=Q(taken_back_at__isnull=True), name="credit_decision_once"
            ),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="credit_decision_in_order"),
        ]

    def __str__(self) -> str:
        return f"“{self.words}”: {self.one} and {self.other}"
