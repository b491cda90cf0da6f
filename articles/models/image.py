"""Pictures of an article: caption, credit and link."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.audit import time_of_insertion, track_history
from articles.models.checks import has_no_mark_characters, is_web_address, web_address


@track_history
class Image(models.Model):
    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="images", verbose_name=_("article")
    )
    caption = models.TextField(_("caption"), max_length=5000, blank=True)
    credit = models.CharField(_("credit"), max_length=500, blank=True)
    url = models.URLField(_("link"), max_length=2000, blank=True, validators=[web_address])
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    added_at = time_of_insertion()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=is_web_address("url"), name="image_url_http"),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("caption"), 5000), name="image_caption_length"
            ),
            models.CheckConstraint(
                condition=has_no_mark_characters("caption", "credit"), name="image_no_mark_characters"
            ),
        ]

    def __str__(self) -> str:
        return self.caption or self.credit or self.url
