"""Speakers: people and organisations who are quoted or write, with their aliases and roles."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import connection, models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from articles.models.audit import time_of_insertion, track_history, track_history_except
from articles.models.checks import is_web_address, web_address
from articles.models.page_urls import page_url

# Slugs reserved for pages below /speakers/.
PAGES = ("compare",)


class SpeakerQuerySet(models.QuerySet["Speaker"]):
    def canonical(self) -> Self:
        """Leave out speakers merged into another."""
        return self.filter(merged_into__isnull=True)

    def public(self) -> Self:
        """Speakers whom public content names, or for whom it names a speaker merged into them.

        The only definition of it; ``search/request/names.py`` calls the same SQL function.
        """
        known = Func("pk", function="archive_is_public_speaker", output_field=models.BooleanField())
        return self.alias(known_to_readers=known).filter(known_to_readers=True)

    def named(self, name: str) -> Self:
        """Canonical speakers with exactly this name or alias; merged ones give their target."""
        bearers = self.model.objects.filter(Q(name=name) | Q(aliases__name=name))
        return self.filter(pk__in=bearers.values("canonical_speaker"))


def lock_merges() -> None:
    """Block merges by other transactions until this one ends. Call it before locking any row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT archive_lock_merges()")


@track_history_except("canonical_speaker")
class Speaker(models.Model):
    class Kind(models.TextChoices):
        PERSON = "person", _("Person")
        ORGANISATION = "organisation", _("Organisation")
        GROUP = "group", _("Group")
        UNNAMED = "unnamed", _("Unnamed")

    name = models.CharField(_("name"), max_length=500)
    slug = models.SlugField(_("name in the link"), max_length=120, unique=True, allow_unicode=True)
    kind = models.CharField(_("type"), max_length=12, choices=Kind.choices, default=Kind.PERSON)
    description = models.CharField(_("description"), max_length=1000, blank=True)
    sort_name = models.CharField(
        _("sort name"),
        max_length=500,
        blank=True,
        help_text=_("Name for alphabetical lists, for example Okafor, Ada."),
    )
    same_as = models.URLField(
        _("link to the same speaker elsewhere"), max_length=2000, blank=True, validators=[web_address]
    )
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        verbose_name=_("merged into"),
    )
    # Set by the database (migrations/sql/0019_canonical_speaker.sql), which ignores any other value.
    canonical_speaker = models.ForeignKey(
        "self",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_default=Value(0),
        editable=False,
        related_name="family",
        help_text=_("The speaker at the end of all merges; the speaker itself if it is not merged."),
    )
    noindex = models.BooleanField(
        _("hide from search engines"),
        default=False,
        help_text=_("Ask search engines not to list this speaker’s page."),
    )
    import_batch = models.ForeignKey(
        "ImportBatch",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="speakers",
        help_text=_("The import that added this speaker."),
        verbose_name=_("import"),
    )

    objects = SpeakerQuerySet.as_manager()

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["sort_name", "name", "pk"]
        indexes = [models.Index(fields=["name"], name="speaker_name")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(merged_into=F("pk")),
                name="speaker_not_merged_into_itself",
                violation_error_code="merged_into",
                violation_error_message=_("Choose a different speaker."),
            ),
            models.CheckConstraint(condition=is_web_address("same_as"), name="speaker_same_as_http"),
            models.CheckConstraint(condition=~Q(name=""), name="speaker_has_a_name"),
            models.CheckConstraint(
                condition=~Q(slug__in=PAGES),
                name="speaker_slug_is_no_page",
                violation_error_message=_(
                    "This name in the link is used by a page of the archive. Choose another."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return page_url("speaker", self.slug)

    @property
    def final(self) -> Speaker:
        """The canonical speaker; loaded only for a merged speaker."""
        return self.canonical_speaker if self.merged_into_id else self

    def family_ids(self) -> list[int]:
        """The ids of this speaker and of all whose canonical speaker it is."""
        family = Speaker.objects.filter(Q(pk=self.pk) | Q(canonical_speaker=self.pk))
        return list(family.order_by("pk").values_list("pk", flat=True))

    def role_on(self, day: dt.date | None) -> Role | None:
        """The role on that day; None if unknown or ambiguous."""
        if day is None:
            return None
        roles = [role for role in self.roles.all() if role.covers(day)]
        return roles[0] if len(roles) == 1 else None


@track_history
class Alias(models.Model):
    """Another printed name of a speaker."""

    class Kind(models.TextChoices):
        SPELLING = "spelling", _("Spelling")
        FORMER = "former", _("Former name")
        TRANSLITERATION = "transliteration", _("Transliteration")
        PEN_NAME = "pen name", _("Pen name")

    speaker = models.ForeignKey(
        Speaker, on_delete=models.CASCADE, related_name="aliases", verbose_name=_("speaker")
    )
    name = models.CharField(_("name"), max_length=500)
    kind = models.CharField(_("type"), max_length=15, choices=Kind.choices, default=Kind.SPELLING)
    added_at = time_of_insertion()
    import_batch = models.ForeignKey(
        "ImportBatch",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("import"),
    )

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["name"], name="alias_name")]
        constraints = [
            models.UniqueConstraint("speaker", "name", name="alias_once"),
            models.CheckConstraint(condition=~Q(name=""), name="alias_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


@track_history
class Role(models.Model):
    """A role of a speaker with its period; an open end is unknown or still current."""

    speaker = models.ForeignKey(
        Speaker, on_delete=models.CASCADE, related_name="roles", verbose_name=_("speaker")
    )
    title = models.CharField(_("title"), max_length=300)
    organisation = models.CharField(_("organisation"), max_length=300, blank=True)
    since = models.DateField(_("from"), null=True, blank=True)
    until = models.DateField(_("to"), null=True, blank=True, help_text=_("Last day in the role."))
    import_batch = models.ForeignKey(
        "ImportBatch",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("import"),
    )

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = [F("since").asc(nulls_first=True), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(since__lte=F("until")),
                name="role_period",
                violation_error_code="until",
                violation_error_message=_("The last day must be on or after the first day."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.organisation}" if self.organisation else self.title

    def covers(self, day: dt.date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class SpeakersToldApartQuerySet(models.QuerySet["SpeakersToldApart"]):
    def active(self) -> Self:
        """Leave out those that were revoked."""
        return self.filter(taken_back_at__isnull=True)


@track_history
class SpeakersToldApart(models.Model):
    """Two similar entries that an editor has ruled to be different speakers."""

    earlier = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="+")
    later = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="told_apart_from")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="speakers_told_apart"
    )
    decided_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = SpeakersToldApartQuerySet.as_manager()

    class Meta:
        verbose_name = _("pair of different speakers")
        verbose_name_plural = _("pairs of different speakers")
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                "earlier", "later", condition=Q(taken_back_at__isnull=True), name="speakers_told_apart_once"
            ),
            models.CheckConstraint(condition=Q(earlier__lt=F("later")), name="speakers_told_apart_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.earlier} and {self.later}"
