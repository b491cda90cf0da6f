"""Precision of proposals: how many of them editors accepted, corrected and rejected."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Case, Count, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy

from articles.models import Article, Publication, Quote, RulesOff, RuleSwitch, clock

BANDS = [
    (0.0, gettext_lazy("below 0.5")),
    (0.5, gettext_lazy("0.5 to 0.7")),
    (0.7, gettext_lazy("0.7 to 0.8")),
    (0.8, gettext_lazy("0.8 to 0.9")),
    (0.9, gettext_lazy("0.9 or more")),
]
# Rules of quotes that an editor has entered: these were never proposed.
BY_HAND = ("", "desk")


@dataclass(frozen=True)
class Tally:
    """Counts of a group of proposals; only decisions by a person count for the precision."""

    label: str
    accepted: int
    corrected: int
    rejected: int
    by_rule: int
    waiting: int

    @property
    def decided(self) -> int:
        return self.accepted + self.corrected + self.rejected

    @property
    def precision(self) -> float | None:
        """The share accepted with unchanged words and speaker; None if nothing was decided."""
        return self.accepted / self.decided if self.decided else None

    @property
    def precision_in_percent(self) -> float | None:
        return None if self.precision is None else 100 * self.precision


def proposed() -> QuerySet[Quote]:
    return Quote.objects.exclude(rule__in=BY_HAND)


def by_rule(quotes: QuerySet[Quote]) -> list[Tally]:
    return _tallies(quotes, "rule")


def by_publication(quotes: QuerySet[Quote]) -> list[Tally]:
    return _tallies(quotes, "article__publication__name")


def by_confidence(quotes: QuerySet[Quote]) -> list[Tally]:
    """Group by bands of the proposals' confidence, in ascending order."""
    whens = [When(confidence__gte=least, then=Value(number)) for number, (least, _) in enumerate(BANDS)]
    banded = quotes.annotate(band=Case(*reversed(whens), default=Value(0)))
    labels = {str(number): label for number, (_, label) in enumerate(BANDS)}
    found = {tally.label: tally for tally in _tallies(banded, "band")}
    return [
        Tally(**{**vars(found[number]), "label": label})
        for number, label in labels.items()
        if number in found
    ]


def _tallies(quotes: QuerySet[Quote], by: str) -> list[Tally]:
    read, wrong = Q(decided_by__isnull=False), Q(words_corrected=True) | Q(speaker_corrected=True)
    accepted, status = Q(status=Quote.Status.ACCEPTED), Quote.Status
    # Any: tuples of the group and the numbers below.
    counted: Any = quotes.order_by().values_list(by).annotate(
        accepted=Count("pk", filter=accepted & read & ~wrong),
        corrected=Count("pk", filter=accepted & read & wrong),
        rejected=Count("pk", filter=Q(status=status.REJECTED) & read),
        by_rule=Count("pk", filter=~Q(status=status.PENDING) & ~read),
        waiting=Count("pk", filter=Q(status=status.PENDING)),
    )  # fmt: skip
    tallies = [Tally(str(label if label is not None else "none"), *numbers) for label, *numbers in counted]
    return sorted(tallies, key=lambda tally: (-tally.decided, tally.label))


@transaction.atomic
def switch_off(rule: str, publication: Publication, since: dt.date | None, *, by: User) -> RuleSwitch:
    """Disable the rule for the publication from that day on; replaces an earlier switch."""
    switch_on(RuleSwitch.objects.filter(rule=rule, publication=publication))
    return RuleSwitch.objects.create(
        rule=rule, publication=publication, since=since, decided_by=by, decided_at=clock.now()
    )


def silenced_by_naming(article: Article, publication: int | None, printed_on: dt.date | None) -> set[int]:
    """Return pending proposals of rules that are disabled for the new publication and date.

    Nothing is returned if publication and date are unchanged: disabling a rule does not affect old proposals.
    """
    if (publication, printed_on) == (article.publication_id, article.published_on):
        return set()
    off = RulesOff()
    waiting = article.quotes.pending().values_list("pk", "rule")
    return {pk for pk, rule in waiting if off.is_off(rule, publication, printed_on)}


def switch_on(switches: QuerySet[RuleSwitch]) -> int:
    """Enable the rules again; return how many switches were active."""
    return switches.filter(taken_back_at__isnull=True).update(taken_back_at=clock.now())
