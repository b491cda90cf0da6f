"""The original bytes of an article, as they were added."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models import clock
from articles.models.article import Article


class RawDocument(models.Model):
    """The original bytes of an article. Never changed, so without history."""

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="raw_documents", verbose_name=_("article")
    )
    bytes = models.BinaryField(_("content"))
    media_type = models.CharField(_("media type"), max_length=100)
    sha256 = models.CharField(
        _("SHA-256"), max_length=64, editable=False, blank=True, help_text=_("Computed by the database.")
    )
    origin = models.CharField(
        _("origin"), max_length=2000, blank=True, help_text=_("Pasted text, name of the file, or link.")
    )
    received_at = models.DateTimeField(_("received at"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("original document")
        verbose_name_plural = _("original documents")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.media_type}, {self.sha256[:12]}"
