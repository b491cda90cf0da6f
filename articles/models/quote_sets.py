"""The QuerySet of quotes: filters and bulk decisions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Count, Q

from articles.models.article import Article
from articles.models.speaker import Speaker

from . import clock
from .turn_speakers import Named, turn_contradictions

if TYPE_CHECKING:
    from articles.models.quote import Quote  # noqa: F401 - ruff does not see it in the brackets below


class QuoteQuerySet(models.QuerySet["Quote"]):
    def accepted(self, now: dt.datetime | None = None) -> Self:
        """Public quotes: accepted, of a published article, not withdrawn. The only definition."""
        return self.filter(
            status=self.model.Status.ACCEPTED,
            article__status=Article.Status.USABLE,
            article__visible_from__lte=now or clock.now(),
        ).exclude(standing=self.model.Standing.WITHDRAWN)

    def pending(self) -> Self:
        return self.filter(status=self.model.Status.PENDING)

    def contradictions(self, given: Mapping[int, Named | None] | None = None) -> dict[int, str]:
        """By quote id, why turns in the interviews of these quotes cannot have their speaker.

        ``given``: speakers about to be stored; see ``turn_contradictions``.
        """
        articles = self.filter(turn__isnull=False).order_by().values("article")
        return turn_contradictions(self.model._default_manager.filter(article__in=articles), given or {})

    def not_spoken_by(self, speaker: Speaker | None) -> dict[int, str]:
        """By quote id, why these turns cannot be by this speaker."""
        if speaker is None:
            return {}
        named = Named(speaker.canonical_speaker_id, speaker.name)
        ids = list(self.filter(turn__isnull=False).order_by().values_list("pk", flat=True))
        found = self.contradictions(dict.fromkeys(ids, named)) if ids else {}
        return {pk: found[pk] for pk in ids if pk in found}

    def accept(self, *, by: User | None, through: str) -> int:
        """Accept the pending quotes as read by this editor; return how many.

        A turn whose speaker contradicts its label or role stays pending.
        """
        return (
            self.pending()
            .exclude(pk__in=list(self.contradictions()))
            .update(
                status=self.model.Status.ACCEPTED,
                standing=self.model.Standing.CONFIRMED,
                decided_by=by,
                decided_through=through,
                decided_at=clock.now(),
            )
        )

    def reject(self, *, by: User | None, through: str) -> int:
        """Reject the pending quotes; return how many."""
        return self.pending().update(
            status=self.model.Status.REJECTED,
            decided_by=by,
            decided_through=through,
            decided_at=clock.now(),
        )

    def reading_state(self) -> str:
        """The ``quotes_state`` of the one article that these quotes belong to."""
        return next(iter(self.reading_states().values()), Article.QuotesState.READ)

    def reading_states(self) -> dict[int, str]:
        """The ``quotes_state`` of each article, if these are all its quotes."""
        pending, by_rule = Q(status=self.model.Status.PENDING), Q(decided_by__isnull=True)
        rows = self.order_by().values("article")
        counted = rows.annotate(
            pending=Count("pk", filter=pending),
            by_person=Count("pk", filter=~by_rule),
            by_rule=Count("pk", filter=~pending & by_rule),
        )
        columns = counted.values_list("article", "pending", "by_person", "by_rule")
        return {article: _state(*counts) for article, *counts in columns}

    def for_listing(self) -> Self:
        return self.select_related("speaker", "turn", "article__publication", "article__section").defer(
            "article__body", "article__extra"
        )


def _state(pending: int, by_person: int, by_rule: int) -> str:
    if pending and by_person:
        return Article.QuotesState.PART
    if by_rule and not by_person:
        return Article.QuotesState.RULE
    if pending:
        return Article.QuotesState.UNREAD
    return Article.QuotesState.PART if by_rule else Article.QuotesState.READ
