"""Dated notices on an article or a quote, ours or the paper's."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q

from .articles import Article
from .history import keeps_history, time_of_insertion
from .quotes import Quote


@keeps_history
class Notice(models.Model):
    class Kind(models.TextChoices):
        CORRECTION = "correction"
        CLARIFICATION = "clarification"
        RETRACTION = "retraction"
        EDITORS_NOTE = "editor's note", "Editor’s note"

    class Whose(models.TextChoices):
        OURS = "ours"
        PAPERS = "the paper's", "The paper’s"

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, null=True, blank=True, related_name="notices"
    )
    quote = models.ForeignKey(Quote, on_delete=models.CASCADE, null=True, blank=True, related_name="notices")
    kind = models.CharField(max_length=13, choices=Kind.choices)
    whose = models.CharField(max_length=11, choices=Whose.choices)
    text = models.TextField()
    dated = models.DateField(default=dt.date.today)
    added_at = time_of_insertion()

    class Meta:
        ordering = ["-dated", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(article__isnull=False, quote__isnull=True)
                | Q(article__isnull=True, quote__isnull=False),
                name="notice_on_an_article_or_a_quote",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.whose}), {self.dated}"
