"""Rulings on printed names, valid for certain publications and years (authority control)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.audit import track_history
from articles.models.publication import Publication
from articles.models.speaker import Speaker


class NameDecisionQuerySet(models.QuerySet["NameDecision"]):
    def active(self) -> Self:
        """Leave out those that were revoked."""
        return self.filter(taken_back_at__isnull=True)


@track_history
class NameDecision(models.Model):
    """Which speaker a printed name means within its scopes, or that it names nobody."""

    class Meaning(models.TextChoices):
        SPEAKER = "speaker", _("This speaker")
        DESCRIPTION = "description", _("A description, not a name")
        NO_SOURCE = "no source", _("Not a speaker")

    name = models.CharField(max_length=1000)
    meaning = models.CharField(max_length=11, choices=Meaning.choices)
    speaker = models.ForeignKey(
        Speaker, on_delete=models.PROTECT, null=True, blank=True, related_name="name_decisions"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="name_decisions"
    )
    decided_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = NameDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("name decision")
        verbose_name_plural = _("name decisions")
        ordering = ["-decided_at", "-pk"]
        indexes = [models.Index(fields=["name"], name="name_decision_name")]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="name_decision_has_a_name"),
            models.CheckConstraint(
                condition=Q(meaning="speaker", speaker__isnull=False)
                | (~Q(meaning="speaker") & Q(speaker__isnull=True)),
                name="name_decision_speaker",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.speaker or self.get_meaning_display()}"


@track_history
class NameScope(models.Model):
    """A publication and year to which a ruling applies; year null: undated articles."""

    decision = models.ForeignKey(NameDecision, on_delete=models.CASCADE, related_name="scopes")
    publication = models.ForeignKey(
        Publication, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    year = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("scope of a name decision")
        verbose_name_plural = _("scopes of name decisions")
        ordering = ["decision", "publication", "year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "publication", "year"], name="name_scope_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.publication or 'no paper'}, {self.year or 'no year'}"


def active_decisions(
    names: Iterable[str],
) -> dict[tuple[str, int | None, int | None], tuple[int, str, int | None]]:
    """The newest active ruling for each (name, publication, year): id, meaning, canonical speaker."""
    scopes = NameScope.objects.filter(
        decision__name__in=sorted(set(names)), decision__taken_back_at__isnull=True
    ).order_by("decision__decided_at", "decision__pk")
    return {
        (name, publication, year): (decision, meaning, speaker)
        for name, publication, year, decision, meaning, speaker in scopes.values_list(
            "decision__name",
            "publication",
            "year",
            "decision",
            "decision__meaning",
            "decision__speaker__canonical_speaker",
        )
    }


def year_of(day: dt.date | None) -> int | None:
    return day.year if day else None
