"""What readers looked for in vain, and where editors send those who look for it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from articles.models.audit import track_history


class SearchKind(models.TextChoices):
    """Where the words were looked for, for they mean another thing there."""

    ARTICLES = "articles", "in articles"
    QUOTES = "quotes", "in own words"


class FailedSearch(models.Model):
    """Words that found nothing, how often on a day. Nothing says who asked, and nothing finer than the day.

    The database's own `archive_note_failed_search` writes here, and keeps the table small.
    """

    kind = models.CharField(max_length=8, choices=SearchKind.choices)
    words = models.CharField(max_length=200, help_text="the query in its normal form")
    day = models.DateField()
    times = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint("day", "kind", "words", name="failed_search_once_a_day")]
        verbose_name_plural = "failed searches"

    def __str__(self) -> str:
        return f"{self.words} ({self.day})"


@track_history
class SuggestedSearch(models.Model):
    """Another search that editors show beside the results of these words; the results stay what they are."""

    kind = models.CharField(max_length=8, choices=SearchKind.choices)
    words = models.CharField(max_length=200, help_text="the query in its normal form")
    leads_to = models.CharField(
        max_length=1000, help_text="words to search for instead, or the address of a search in this archive"
    )
    note = models.CharField(max_length=300, blank=True, help_text="shown beside it: why this one")

    class Meta:
        constraints = [
            models.UniqueConstraint("kind", "words", name="suggested_search_once"),
            models.CheckConstraint(
                condition=Q(leads_to__regex=r"^/(search|quotes|speakers/[-\w]+)/\?"),
                name="suggested_search_leads_to_a_search",
            ),
        ]
        verbose_name_plural = "suggested searches"

    def __str__(self) -> str:
        return f"{self.words} → {self.leads_to}"
