"""Publications, sections and topics: the categories of articles."""

from __future__ import annotations

from collections.abc import Collection
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Replace
from django.utils.translation import gettext_lazy as _

from articles.models.audit import track_history
from articles.models.checks import LANGUAGE_TAG, is_web_address, web_address
from articles.models.page_urls import page_url
from articles.models.zones import NO_ZONE, IsTimeZone, names_a_zone
from articles.text import annotated_text


def _case_folded(text: models.Expression | str) -> models.Expression:
    """The text as `str.casefold` writes it, for the letters of common languages."""
    plain = Replace(Lower(text), models.Value("ß"), models.Value("ss"))
    return Replace(plain, models.Value("ς"), models.Value("σ"))


class CategoryQuerySet(models.QuerySet["Category"]):
    def called(self, names: Collection[str]) -> Self:
        """Those with one of these case-folded names as their name, alias or slug."""
        mark = models.Value("\x1f")
        folded = models.Func(
            _folded_aliases(), mark, function="string_to_array", output_field=ArrayField(models.TextField())
        )
        rows = self.alias(folded_name=_case_folded("name"), folded_aliases=folded)
        wanted = list(names)
        return rows.filter(Q(folded_name__in=wanted) | Q(folded_aliases__overlap=wanted) | Q(slug__in=wanted))

    def containing(self, words: str) -> Self:
        """Those with each of these words, or the beginning or part of it, in their name or an alias."""
        rows = self.alias(folded_name=_case_folded("name"), folded_aliases=_folded_aliases())
        for word in words.casefold().split()[:8]:
            rows = rows.filter(Q(folded_name__contains=word) | Q(folded_aliases__contains=word))
        return rows


def _folded_aliases() -> models.Expression:
    """The aliases as one text."""
    mark = models.Value("\x1f")
    return _case_folded(
        models.Func(F("aliases"), mark, function="array_to_string", output_field=models.CharField())
    )


class Category(models.Model):
    """Abstract base of the categories by which readers filter: name, slug and aliases."""

    name = models.CharField(_("name"), max_length=500)
    slug = models.SlugField(_("name in the link"), max_length=100, unique=True)
    aliases = ArrayField(
        models.CharField(max_length=500), default=list, blank=True, verbose_name=_("other names")
    )

    objects = CategoryQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return page_url(self.kind(), self.slug)

    @classmethod
    def kind(cls) -> str:
        """``publication``, ``section`` or ``topic``, as in ``Holding.kind`` and the names of URLs."""
        return cls.__name__.lower()


@track_history
class Publication(Category):
    class FullText(models.TextChoices):
        PUBLIC = "public", _("Full text")
        EXCERPT = "excerpt", _("Extract only")

    homepage = models.URLField(_("website"), max_length=2000, blank=True, validators=[web_address])
    country = models.CharField(
        _("country"), max_length=2, blank=True, help_text=_("Two-letter ISO 3166 code, such as IE.")
    )
    language = models.CharField(
        _("language"), max_length=35, blank=True, validators=[RegexValidator(LANGUAGE_TAG)]
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=64,
        blank=True,
        validators=[names_a_zone],
        help_text=_("For example Europe/Dublin."),
    )
    rights = models.TextField(_("rights statement"), blank=True)
    full_text = models.CharField(
        _("text shown to readers"), max_length=7, choices=FullText.choices, default=FullText.PUBLIC
    )

    class Meta(Category.Meta):
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        constraints = [
            models.CheckConstraint(condition=is_web_address("homepage"), name="publication_homepage_http"),
            models.CheckConstraint(
                condition=Q(time_zone="") | Q(IsTimeZone("time_zone")),
                name="publication_time_zone",
                violation_error_code="time_zone",
                violation_error_message=NO_ZONE,
            ),
        ]


def public_text(body: str, full_text: str) -> str:
    """The part of a body that readers may see, by its publication's ``full_text``. The only rule for it."""
    if full_text == Publication.FullText.PUBLIC:
        return body
    return body[: annotated_text.excerpt_end(body)]


@track_history
class Section(Category):
    class Meta(Category.Meta):
        verbose_name = _("section")
        verbose_name_plural = _("sections")


@track_history
class Topic(Category):
    class Meta(Category.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
