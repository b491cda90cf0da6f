"""Zero-result queries, and searches that editors promote for certain words."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.audit import track_history

LONGEST_WORDS = 200


class SearchKind(models.TextChoices):
    """What was searched; the same words mean something else there."""

    ARTICLES = "articles", _("Articles")
    QUOTES = "quotes", _("Quotes")


class FailedSearch(models.Model):
    """A query without results and how often it was asked on a day; nothing identifies the reader.

    Written by the SQL function ``archive_note_failed_search``, which also limits the size of the table.
    """

    kind = models.CharField(max_length=8, choices=SearchKind.choices)
    words = models.CharField(max_length=LONGEST_WORDS, help_text=_("The query in canonical form."))
    day = models.DateField()
    times = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("search without results")
        verbose_name_plural = _("searches without results")
        constraints = [models.UniqueConstraint("day", "kind", "words", name="failed_search_once_a_day")]

    def __str__(self) -> str:
        return f"{self.words} ({self.day})"


@track_history
class SuggestedSearch(models.Model):
    """A search that is suggested beside the results of these words; it does not change the results."""

    kind = models.CharField(_("searched in"), max_length=8, choices=SearchKind.choices)
    words = models.CharField(
        _("words"), max_length=LONGEST_WORDS, help_text=_("The query in canonical form.")
    )
    leads_to = models.CharField(
        _("search to suggest"),
        max_length=1000,
        help_text=_("Words to search for instead, or a link to a search in this archive."),
    )
    note = models.CharField(
        _("note"), max_length=300, blank=True, help_text=_("Why you suggest this search. Shown to readers.")
    )

    class Meta:
        verbose_name = _("suggested search")
        verbose_name_plural = _("suggested searches")
        constraints = [
            models.UniqueConstraint("kind", "words", name="suggested_search_once"),
            models.CheckConstraint(
                condition=Q(leads_to__regex=r"^/(search|quotes|speakers/[-\w]+)/\?"),
                name="suggested_search_leads_to_a_search",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.words} → {self.leads_to}"
