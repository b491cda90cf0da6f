"""Redirects from former links."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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


def redirect_former_slug(row: models.Model, former: str, slug: str) -> None:
    """Redirect the former slug to the row, and remove a redirect from its new slug."""
    kind = type(row).__name__.lower()
    OldAddress.objects.filter(kind=kind, address=slug).delete()
    OldAddress.objects.update_or_create(
        kind=kind, address=former, defaults={"target": kind, "target_id": row.pk}
    )


def addresses_of(row: models.Model) -> list[int]:
    """The ids of the redirects to this row."""
    found = OldAddress.objects.filter(target=type(row).__name__.lower(), target_id=row.pk)
    return list(found.order_by("pk").values_list("pk", flat=True))


def move_addresses(row: models.Model, target: models.Model) -> None:
    """Redirect the slug and all former links of a row to another one of its model."""
    kind = type(row).__name__.lower()
    OldAddress.objects.filter(target=kind, target_id=row.pk).update(target_id=target.pk)
    redirect_former_slug(target, row.slug, target.slug)  # type: ignore[attr-defined]


def take_back_addresses(row: models.Model, context: Mapping[str, Any]) -> None:  # context as of the history
    """Reverse `move_addresses` for a row that is there again; the context has its redirects."""
    slug = getattr(row, "slug", "")
    if slug:
        kind = type(row).__name__.lower()
        OldAddress.objects.filter(kind=kind, address=slug).delete()
        OldAddress.objects.filter(pk__in=context.get("addresses", []), target=kind).update(target_id=row.pk)
