"""The desk's own memory: who has an article open, and what was typed and not saved yet."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from articles.models.article import Article


class OpenArticle(models.Model):
    """Who works on an article now; whoever takes it over stands here in place of the first."""

    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="open_at")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.user_id}"


class Unsaved(models.Model):
    """The fields of a review page as one editor last had them, kept aside until he saves."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="unsaved")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    fields = models.JSONField(default=dict)
    kept_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "unsaved"
        constraints = [models.UniqueConstraint("article", "user", name="unsaved_once")]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.user_id}"
