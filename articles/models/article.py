"""Articles with their authors and topics."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import MD5, Length
from django.db.models.lookups import LessThanOrEqual
from django.urls import get_script_prefix, reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from articles.models import clock
from articles.models.audit import track_history
from articles.models.checks import LANGUAGE_TAG, has_no_mark_characters, is_web_address, web_address
from articles.models.partial_dates import WRONG_PRECISION, Precision, as_printed, first_day_of_its_period
from articles.models.publication import Publication, Section, Topic, public_text
from articles.text.time_zones import zone_named

if TYPE_CHECKING:
    from articles.models.speaker import Speaker

MAX_BODY = 500_000
# Key in `extra`: the id of the article of which this one may be a new version; editors decide.
SAME_HEADLINE = "same_headline_as"


class ArticleQuerySet(models.QuerySet["Article"]):
    def published(self, now: dt.datetime | None = None) -> Self:
        """Articles that readers may see: usable and past their embargo. The only definition of it."""
        return self.filter(status=Article.Status.USABLE, visible_from__lte=now or clock.now())

    def waiting(self) -> Self:
        """Drafts, and usable articles with undecided proposals."""
        undecided = Q(status=Article.Status.USABLE, quotes_state__in=["unread", "rule", "part"])
        return self.filter(Q(status=Article.Status.DRAFT) | undecided)

    def due(self) -> Self:
        """Withheld articles whose review date has come."""
        return self.filter(status=Article.Status.WITHHELD, review_on__lte=clock.today())

    def for_listing(self) -> Self:
        return self.select_related("publication", "section").defer("body", "extra")

    def mark_changed(self, **values: Any) -> int:
        """Update columns as a change that readers see and an open review page must not overwrite."""
        return self.update(**values, version=F("version") + 1, modified_at=clock.now())

    def newest_first(self) -> Self:
        return self.order_by(F("published_on").desc(nulls_last=True), "-pk")


# Lists name the same articles again and again: slug and address took a twentieth of the time of a page.
@lru_cache(maxsize=10_000)
def _article_url(pk: int, headline: str, published_on: dt.date | None, prefix: str) -> str:
    ascii_slug = slugify(headline)[:60].strip("-")
    slug = ascii_slug or slugify(headline, allow_unicode=True)[:60].strip("-") or "article"
    if published_on is None:
        return reverse("articles:undated-article", args=[pk, slug])
    day = published_on
    return reverse("articles:article", args=[f"{day:%Y}", f"{day:%m}", f"{day:%d}", pk, slug])


@track_history
class Article(models.Model):
    """One article as printed by one publication."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        USABLE = "usable", _("Published")
        WITHHELD = "withheld", _("Withheld")
        CANCELED = "canceled", _("Discarded or withdrawn")

    class QuotesState(models.TextChoices):
        UNREAD = "unread", _("Not checked yet")
        RULE = "rule", _("Found automatically, not checked")
        PART = "part", _("Partly checked by an editor")
        READ = "read", _("Checked by an editor")

    publication = models.ForeignKey(
        Publication,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("publication"),
    )
    section = models.ForeignKey(
        Section,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("section"),
    )
    topics = models.ManyToManyField(
        Topic, through="ArticleTopic", related_name="articles", blank=True, verbose_name=_("topics")
    )
    authors: models.ManyToManyField[Speaker, Authorship] = models.ManyToManyField(
        "Speaker",
        through="Authorship",
        related_name="articles_written",
        blank=True,
        verbose_name=_("authors"),
    )

    headline = models.CharField(_("headline"), max_length=1000, blank=True)
    kicker = models.CharField(_("kicker"), max_length=500, blank=True)
    standfirst = models.TextField(_("standfirst"), max_length=5000, blank=True)
    byline = models.CharField(_("byline"), max_length=500, blank=True, help_text=_("As published."))
    dateline = models.CharField(_("dateline"), max_length=500, blank=True)
    body = models.TextField(_("text"), max_length=MAX_BODY, blank=True)
    language = models.CharField(
        _("language"), max_length=35, blank=True, validators=[RegexValidator(LANGUAGE_TAG)]
    )
    edition = models.CharField(_("edition"), max_length=100, blank=True)
    page = models.CharField(_("page"), max_length=50, blank=True, help_text=_("As published."))

    source_url = models.URLField(_("link"), max_length=2000, blank=True, validators=[web_address])
    # Null if unknown: an empty string would break the unique constraint.
    canonical_url = models.URLField(  # noqa: DJ001
        _("canonical link"), max_length=2000, null=True, blank=True, validators=[web_address]
    )
    archived_url = models.URLField(_("archived copy"), max_length=2000, blank=True, validators=[web_address])
    external_id = models.CharField(_("ID at the source"), max_length=255, null=True, blank=True)  # noqa: DJ001

    published_on = models.DateField(
        _("date published"), null=True, blank=True, help_text=_("For a month or a year, its first day.")
    )
    published_precision = models.CharField(
        _("precision of the date"), max_length=5, choices=Precision.choices, blank=True
    )
    published_at = models.DateTimeField(_("time published"), null=True, blank=True)
    visible_from = models.DateTimeField(
        _("visible from"), default=clock.now, help_text=_("Not public before this time.")
    )
    first_public_at = models.DateTimeField(_("first public at"), null=True, blank=True, editable=False)
    modified_at = models.DateTimeField(_("last changed"), auto_now=True)
    retrieved_at = models.DateTimeField(_("retrieved at"), null=True, blank=True)

    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.DRAFT)
    withheld_reason = models.TextField(
        _("reason for withholding"), max_length=2000, blank=True, help_text=_("Shown to editors only.")
    )
    review_on = models.DateField(
        _("review on"), null=True, blank=True, help_text=_("Day on which to review a withheld article.")
    )
    quotes_state = models.CharField(
        _("quotes"), max_length=6, choices=QuotesState.choices, default=QuotesState.UNREAD
    )
    body_hash = models.CharField(
        _("hash of the text"),
        max_length=64,
        blank=True,
        editable=False,
        help_text=_("SHA-256, computed by the database."),
    )
    version = models.PositiveIntegerField(
        _("version"), default=1, editable=False, help_text=_("Number of saves.")
    )
    copy_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="copies",
        help_text=_("The article in another publication with the same text."),
        verbose_name=_("copy of"),
    )
    version_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="earlier_versions",
        help_text=_("The article that replaces this one."),
        verbose_name=_("newer version"),
    )
    import_batch = models.ForeignKey(
        "ImportBatch",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("import"),
    )
    extra = models.JSONField(
        _("other data"),
        default=dict,
        blank=True,
        help_text=_("Data from the import that has no field of its own."),
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = [F("published_on").desc(nulls_last=True), "-pk"]
        indexes = [
            models.Index(F("published_on").desc(nulls_last=True), F("id").desc(), name="article_newest"),
            models.Index(fields=["status", "visible_from"], name="article_public"),
            models.Index(fields=["body_hash"], name="article_body_hash"),
            models.Index(fields=["review_on"], condition=Q(status="withheld"), name="article_withheld"),
        ]
        permissions = [("publish_article", "Can publish, withhold and cancel articles")]
        constraints = [
            models.UniqueConstraint(
                "canonical_url", condition=Q(version_of__isnull=True), name="article_canonical_url"
            ),
            models.UniqueConstraint("publication", "external_id", name="article_external_id"),
            # The hash of the headline, because an index entry cannot hold 1,000 characters of four bytes.
            models.UniqueConstraint(
                "publication",
                "body_hash",
                "published_on",
                MD5("headline"),
                condition=Q(status__in=["usable", "withheld"], version_of__isnull=True),
                nulls_distinct=False,
                name="article_same_text_and_headline",
                violation_error_message=(
                    _("The archive already has an article with this text, headline, publication and date.")
                ),
            ),
            models.CheckConstraint(condition=is_web_address("source_url"), name="article_source_url_http"),
            models.CheckConstraint(
                condition=Q(canonical_url__isnull=True)
                | (is_web_address("canonical_url") & ~Q(canonical_url="")),
                name="article_canonical_url_http",
            ),
            models.CheckConstraint(
                condition=is_web_address("archived_url"), name="article_archived_url_http"
            ),
            models.CheckConstraint(condition=~Q(external_id=""), name="article_external_id_not_empty"),
            models.CheckConstraint(
                condition=first_day_of_its_period("published_on", "published_precision"),
                name="article_published_precision",
                violation_error_code="published_precision",
                violation_error_message=WRONG_PRECISION,
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(published_precision=Precision.DAY),
                name="article_published_at_has_day",
                violation_error_code="published_at",
                violation_error_message=_("To give a time, enter the day and choose the precision “day”."),
            ),
            models.CheckConstraint(
                condition=~Q(status="usable")
                | (~Q(headline="") & ~Q(body="") & Q(publication__isnull=False)),
                name="article_usable_is_whole",
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("body"), MAX_BODY), name="article_body_length"
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("standfirst"), 5000), name="article_standfirst_length"
            ),
            models.CheckConstraint(
                condition=has_no_mark_characters(
                    "headline", "kicker", "standfirst", "byline", "dateline", "body"
                ),
                name="article_no_mark_characters",
            ),
            models.CheckConstraint(
                condition=Q(status="withheld") | Q(withheld_reason="", review_on__isnull=True),
                name="article_reason_of_withheld",
            ),
            models.CheckConstraint(
                condition=~Q(copy_of=F("pk")) & ~Q(version_of=F("pk")),
                name="article_not_its_own_copy",
                violation_error_message=_("An article cannot be a copy or version of itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.headline or f"Untitled draft {self.pk}"

    def get_absolute_url(self) -> str:
        return _article_url(self.pk, self.headline, self.published_on, get_script_prefix())

    @property
    def public_body(self) -> str:
        """The body, or its excerpt if the publication allows no more."""
        full_text = self.publication.full_text if self.publication else Publication.FullText.PUBLIC
        return public_text(self.body, full_text)

    @property
    def is_public(self) -> bool:
        """The same rule as ``published()``, for one row."""
        return self.status == self.Status.USABLE and self.visible_from <= clock.now()

    @property
    def published_as_printed(self) -> str:
        """The date at its precision: ``2019-05``; with time and zone if they are known."""
        if self.published_there is not None:
            return self.published_there.isoformat(timespec="minutes")
        return as_printed(self.published_on, self.published_precision)

    @property
    def published_there(self) -> dt.datetime | None:
        """``published_at`` in the publication's time zone; as stored if that would be before the year 1."""
        try:
            return self.published_at and timezone.localtime(self.published_at, self.time_zone)
        except OverflowError:
            return self.published_at

    @property
    def time_zone(self) -> dt.tzinfo:
        """The publication's time zone, or the archive's if that is missing or unknown."""
        name = self.publication.time_zone if self.publication else ""
        return zone_named(name) or timezone.get_current_timezone()


@track_history
class ArticleTopic(models.Model):
    article = models.ForeignKey(Article, on_delete=models.CASCADE, verbose_name=_("article"))
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, verbose_name=_("topic"))

    class Meta:
        verbose_name = _("topic of an article")
        verbose_name_plural = _("topics of articles")
        constraints = [models.UniqueConstraint("article", "topic", name="article_topic_once")]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.topic_id}"


@track_history
class Authorship(models.Model):
    """A known author of an article; ``Article.byline`` has the names as printed."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, verbose_name=_("article"))
    speaker = models.ForeignKey("Speaker", on_delete=models.PROTECT, verbose_name=_("author"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint("article", "speaker", name="authorship_once")]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.speaker_id}"
