"""Dated notices on an article or a quote: corrections, clarifications, retractions."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models import clock
from articles.models.article import Article
from articles.models.audit import time_of_insertion, track_history
from articles.models.quote import Quote


class NoticeQuerySet(models.QuerySet["Notice"]):
    def shown(self) -> Self:
        """Notices on public articles and quotes, and on those withdrawn after they were public."""
        now = clock.now()
        withdrawn = Article.objects.filter(status=Article.Status.CANCELED, first_public_at__lte=now)
        answers = Q(article__in=Article.objects.published(now)) | Q(article__in=withdrawn)
        quotes = Quote.objects.filter(answers, first_public_at__lte=now)
        return self.filter(answers | Q(quote__in=quotes)).select_related(
            "article__publication", "quote__article__publication", "quote__speaker"
        )


@track_history
class Notice(models.Model):
    class Kind(models.TextChoices):
        CORRECTION = "correction", _("Correction")
        CLARIFICATION = "clarification", _("Clarification")
        RETRACTION = "retraction", _("Retraction")
        EDITORS_NOTE = "editor's note", _("Editor’s note")

    class Whose(models.TextChoices):
        OURS = "ours", _("This archive")
        PAPERS = "the paper's", _("The publication")

    article = models.ForeignKey(
        Article,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="notices",
        verbose_name=_("article"),
    )
    quote = models.ForeignKey(
        Quote,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="notices",
        verbose_name=_("quote"),
    )
    kind = models.CharField(_("type"), max_length=13, choices=Kind.choices)
    whose = models.CharField(_("published by"), max_length=11, choices=Whose.choices)
    text = models.TextField(_("text"))
    dated = models.DateField(_("date"), default=clock.today)
    added_at = time_of_insertion()

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-dated", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(article__isnull=False, quote__isnull=True)
                | Q(article__isnull=True, quote__isnull=False),
                name="notice_on_an_article_or_a_quote",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.get_whose_display()}), {self.dated}"

    @property
    def about(self) -> Article:
        """The article of the notice, or of its quote."""
        about = self.quote.article if self.quote else self.article
        if about is None:
            raise ValueError("a notice is on an article or a quote")
        return about

    @property
    def url_of_subject(self) -> str:
        """The URL of the article or quote; without the headline if the article was withdrawn."""
        if self.quote:
            return self.quote.get_absolute_url()
        if self.of_withdrawn:
            return reverse("articles:article-by-id", args=[self.article_id])
        return self.about.get_absolute_url()

    @property
    def of_withdrawn(self) -> bool:
        """Whether its article or quote is no longer public, so that readers see only the notice."""
        if not self.about.is_public:
            return True
        quote = self.quote
        return quote is not None and (
            quote.status != Quote.Status.ACCEPTED or quote.standing == Quote.Standing.WITHDRAWN
        )
