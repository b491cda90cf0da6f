"""MinHash signatures of articles, and pairs that an editor has ruled not to be duplicates."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.audit import track_history


class Signature(models.Model):
    """The MinHash bands of a body. Stale if ``body_hash`` differs from the article's."""

    # A constraint in the database deletes the row with its article, whatever deletes that.
    article = models.OneToOneField(
        Article,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="signature",
        db_constraint=False,
    )
    body_hash = models.CharField(max_length=64)
    made_by = models.PositiveSmallIntegerField(help_text=_("Version of the method."))
    bands = ArrayField(models.IntegerField())

    class Meta:
        ordering = ["pk"]
        indexes = [GinIndex(fields=["bands"], name="signature_bands", fastupdate=False)]

    def __str__(self) -> str:
        return f"{self.article_id}: {len(self.bands)} bands"


@track_history
class ToldApart(models.Model):
    """Two similar articles that an editor has ruled to be neither copies nor versions."""

    earlier = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    later = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="told_apart_from")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="articles_told_apart"
    )
    decided_at = models.DateTimeField()

    class Meta:
        verbose_name = _("pair of different articles")
        verbose_name_plural = _("pairs of different articles")
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.UniqueConstraint("earlier", "later", name="told_apart_once"),
            models.CheckConstraint(condition=Q(earlier__lt=F("later")), name="told_apart_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.earlier_id} and {self.later_id}"
