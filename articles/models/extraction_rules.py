"""Extraction rules that a chief editor has switched off for a publication."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.audit import track_history
from articles.models.publication import Publication


class RuleSwitchQuerySet(models.QuerySet["RuleSwitch"]):
    def active(self) -> Self:
        """Leave out those that were revoked."""
        return self.filter(taken_back_at__isnull=True)


@track_history
class RuleSwitch(models.Model):
    """Switches a rule off in a publication, for articles printed since a date."""

    rule = models.CharField(max_length=60)
    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="rules_off")
    since = models.DateField(
        null=True, blank=True, help_text=_("Published on or after this day; empty for all articles.")
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="rules_switched"
    )
    decided_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = RuleSwitchQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule turned off")
        verbose_name_plural = _("rules turned off")
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(rule=""), name="rule_switch_has_a_rule"),
            models.UniqueConstraint(
                "rule", "publication", condition=Q(taken_back_at__isnull=True), name="rule_switched_off_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} off in {self.publication}"


class RulesOff:
    """All switched-off rules, loaded once for many articles."""

    def __init__(self) -> None:
        self._since: dict[tuple[int, str], dt.date | None] = {
            (publication, rule): since
            for publication, rule, since in RuleSwitch.objects.active().values_list(
                "publication", "rule", "since"
            )
        }

    def is_off(self, rule: str, publication: int | None, printed_on: dt.date | None) -> bool:
        """Whether the rule is off for an article of this publication and date."""
        key = (publication or 0, rule)
        if key not in self._since:
            return False
        since = self._since[key]
        return since is None or (printed_on is not None and printed_on >= since)
