"""How a publication prints its articles, as editors have confirmed it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.audit import track_history
from articles.models.publication import Publication, Section
from articles.parsing.house_style import DAY_FIRST, MONTH_FIRST, HouseStyle


@track_history
class PublicationProfile(models.Model):
    """Used when an article of the publication is parsed; empty fields change nothing."""

    class DateOrder(models.TextChoices):
        UNKNOWN = "", _("Not known: ask for each article")
        DAY = DAY_FIRST, _("Day first: 03/04/2019 is 3 April")
        MONTH = MONTH_FIRST, _("Month first: 03/04/2019 is 4 March")

    publication = models.OneToOneField(
        Publication, on_delete=models.CASCADE, related_name="profile", verbose_name=_("publication")
    )
    labels = ArrayField(
        models.CharField(max_length=80),
        verbose_name=_("labels of the interviewer"),
        default=list,
        blank=True,
        help_text=_("One on each line, without the colon, for example: Courier. Their turns are questions."),
    )
    date_order = models.CharField(
        _("dates in numbers"), max_length=11, choices=DateOrder, default="", blank=True
    )
    byline = models.CharField(
        _("byline"),
        max_length=200,
        blank=True,
        help_text=_("A byline that does not begin with “By”, with {name} for the name: Words: {name}"),
    )
    section = models.ForeignKey(
        Section,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("usual section"),
        help_text=_("For articles that name no section."),
    )
    cut_lines = ArrayField(
        models.CharField(max_length=400),
        verbose_name=_("lines to remove"),
        default=list,
        blank=True,
        help_text=_("One on each line. Paragraphs with exactly these words are removed from the text."),
    )
    # For each header of CSV files, the mapping that an editor saved: {"columns": […], "map": TOML}.
    mappings = models.JSONField(_("column mappings"), default=list, blank=True, editable=False)

    class Meta:
        verbose_name = _("profile of a publication")
        verbose_name_plural = _("profiles of publications")
        ordering = ["pk"]
        default_permissions = ("change",)

    def __str__(self) -> str:
        return str(self.publication)

    def as_style(self) -> HouseStyle:
        """As plain values for the parsers."""
        return HouseStyle(
            labels=tuple(self.labels),
            date_order=self.date_order,
            time_zone=self.publication.time_zone,
            byline=self.byline,
            cut_lines=tuple(self.cut_lines),
        )
