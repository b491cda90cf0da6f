"""Redirects from former links."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OldAddress(models.Model):
    """A redirect from a former slug or path, or from a path of another site, to the current object."""

    class Kind(models.TextChoices):
        ARTICLE = "article"
        SPEAKER = "speaker"
        PUBLICATION = "publication"
        SECTION = "section"
        TOPIC = "topic"
        PATH = "path"

    kind = models.CharField(max_length=11, choices=Kind.choices)
    address = models.CharField(
        max_length=2000, help_text=_("The former name in the link, or the whole former path.")
    )
    target = models.CharField(max_length=11, choices=Kind.choices)
    target_id = models.BigIntegerField()

    class Meta:
        verbose_name = _("former link")
        verbose_name_plural = _("former links")
        constraints = [models.UniqueConstraint("kind", "address", name="old_address_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.address} → {self.target} {self.target_id}"
