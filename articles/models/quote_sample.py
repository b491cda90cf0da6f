"""A random sample of the quotes that were found automatically, and editors' judgements of them."""

from __future__ import annotations

from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from articles.models.publication import Publication
from articles.models.quote import Quote


class SampledQuoteQuerySet(models.QuerySet["SampledQuote"]):
    def open(self) -> Self:
        """Not judged yet, and the quote still exists."""
        judged = Judgement.objects.current().filter(sampled=OuterRef("pk"))
        return self.filter(~Exists(judged), Exists(Quote.objects.filter(pk=OuterRef("quote_id"))))


class SampledQuote(models.Model):
    """A quote drawn at random. A draw takes those whose MD5 of ``seed:id`` comes first.

    ``population`` is the number of quotes it was drawn from. Only the editor who has it now can change.
    """

    # A proposal may be deleted when its article is read again; the draw stays as it was.
    quote = models.OneToOneField(
        Quote, on_delete=models.DO_NOTHING, db_constraint=False, related_name="sampled"
    )
    seed = models.BigIntegerField()
    position = models.PositiveIntegerField()
    population = models.PositiveIntegerField()
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()
    given_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    given_at = models.DateTimeField(null=True, blank=True)

    objects = SampledQuoteQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint("seed", "position", name="sampled_quote_place")]
        triggers = [
            pgtrigger.Protect(name="draw_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="draw_unchanged",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "quote", "seed", "position", "population", "drawn_by", "drawn_at"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position} of draw {self.seed}: quote {self.quote_id}"


class JudgementQuerySet(models.QuerySet["Judgement"]):
    def current(self) -> Self:
        """The last judgement of each quote, unless it was taken back."""
        later = Judgement.objects.filter(sampled=OuterRef("sampled"), pk__gt=OuterRef("pk"))
        return self.filter(~Exists(later)).exclude(verdict=Judgement.Verdict.TAKEN_BACK)


class Judgement(models.Model):
    """What an editor judged of a sampled quote; the last one counts. Rows are only ever added.

    Rule, confidence and newspaper are those of the quote when it was judged.
    """

    class Verdict(models.TextChoices):
        RIGHT = "right", _("Right")
        SPEAKER = "speaker", _("Wrong speaker")
        NO_QUOTE = "no quote", _("Not a quote")
        WORDS = "words", _("Wrong start or end")
        UNCLEAR = "unclear", _("Cannot tell")
        TAKEN_BACK = "taken back", _("Taken back")

    sampled = models.ForeignKey(SampledQuote, on_delete=models.PROTECT, related_name="judgements")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    rule = models.CharField(max_length=60)
    confidence = models.FloatField(null=True)
    publication = models.ForeignKey(
        Publication, on_delete=models.DO_NOTHING, db_constraint=False, null=True, related_name="+"
    )
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="judgements"
    )
    judged_at = models.DateTimeField()

    objects = JudgementQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict__in=["right", "speaker", "no quote", "words", "unclear", "taken back"]),
                name="judgement_verdict",
            )
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.sampled_id}: {self.get_verdict_display()}"
