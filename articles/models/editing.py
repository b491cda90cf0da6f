"""Editing sessions, and autosaved input of the review and paste pages."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from articles.models.article import Article


class OpenArticle(models.Model):
    """The editor who has an article open; taking it over replaces the user."""

    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="open_at")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.user_id}"


class Unsaved(models.Model):
    """Autosaved fields of a review page, or of the paste page if there is no article yet."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, null=True, related_name="unsaved")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    fields = models.JSONField(default=dict)
    kept_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "unsaved"
        constraints = [models.UniqueConstraint("article", "user", name="unsaved_once", nulls_distinct=False)]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.user_id}"
