"""Sources that are fetched automatically: feeds and folders, what a run found, and what was taken already."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from articles.models import clock
from articles.models.audit import track_history
from articles.models.checks import LANGUAGE_TAG, is_web_address, web_address
from articles.models.imports import ImportBatch
from articles.models.publication import Publication, Section

# A path below the folder of the server; no part begins with a dot.
FOLDER_PATH = r"^[^./\\\x01-\x1f][^/\\\x01-\x1f]*(/[^./\\\x01-\x1f][^/\\\x01-\x1f]*)*$"
NO_FOLDER = _("Enter the path of a folder, such as courier or courier/2024.")
# A timer may come a little early.
SLACK = dt.timedelta(minutes=1)
LONGEST_WAIT = dt.timedelta(days=1)
LONGEST_RETRY_AFTER = dt.timedelta(days=7)


class SourceQuerySet(models.QuerySet["Source"]):
    def active(self) -> Self:
        return self.filter(paused=False)

    def due(self, at: dt.datetime) -> Self:
        """Active sources whose next run has come."""
        waiting = Q(state=None) | Q(state__next_run_at=None) | Q(state__next_run_at__lte=at + SLACK)
        return self.active().filter(waiting)

    def failing(self) -> Self:
        """Sources whose last run failed; a paused one only if the program paused it."""
        return self.exclude(state=None).exclude(state__fault="").filter(Q(paused=False) | Q(state__gone=True))


@track_history
class Source(models.Model):
    """A feed or a folder of the server that is imported automatically, as editors registered it."""

    class Kind(models.TextChoices):
        FEED = "feed", _("Feed")
        FOLDER = "folder", _("Folder")

    class Every(models.IntegerChoices):
        QUARTER = 15, _("Every 15 minutes")
        HOUR = 60, _("Every hour")
        SIX_HOURS = 360, _("Every 6 hours")
        DAY = 1440, _("Every day")
        WEEK = 10080, _("Every week")

    class Changed(models.TextChoices):
        SKIP = "skip", _("Keep the text in the archive")
        UPDATE = "update", _("Take the new text, unless an editor has worked on the article")

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("type"), max_length=6, choices=Kind, default=Kind.FEED)
    url = models.CharField(
        _("link of the feed"),
        max_length=2000,
        blank=True,
        validators=[web_address],
        help_text=_("RSS, Atom, JSON Feed, or a file of an agency (NITF, NewsML-G2, ninjs)."),
    )
    folder = models.CharField(
        _("folder"),
        max_length=500,
        blank=True,
        help_text=_("Its path below the folder for sources on the server, such as courier/2024."),
    )
    publication = models.ForeignKey(
        Publication,
        on_delete=models.PROTECT,
        related_name="sources",
        verbose_name=_("publication"),
        help_text=_("All articles of this source are of this publication, whatever the source says."),
    )
    section = models.ForeignKey(
        Section,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("section"),
        help_text=_("For articles that name none. If empty, the usual section of the publication."),
    )
    language = models.CharField(
        _("language"),
        max_length=35,
        blank=True,
        validators=[RegexValidator(LANGUAGE_TAG, _("Enter a language tag such as en or pt-BR."))],
        help_text=_("For articles that name none, such as en or pt-BR. If empty, it is detected."),
    )
    publish = models.BooleanField(
        _("publish the articles at once"),
        default=False,
        help_text=_("Otherwise they are drafts until an editor publishes them."),
    )
    changed = models.CharField(
        _("if an article has another text later"), max_length=6, choices=Changed, default=Changed.SKIP
    )
    pages = models.BooleanField(
        _("also fetch the page of an article if the feed has only a summary"),
        default=False,
        help_text=_("Up to 20 pages in each run, slowly, and only where robots.txt allows it."),
    )
    every = models.PositiveSmallIntegerField(_("how often"), choices=Every, default=Every.HOUR)
    paused = models.BooleanField(_("paused"), default=False)

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["name", "pk"]
        default_permissions = ("add", "change", "view")
        constraints = [
            models.CheckConstraint(
                condition=~Q(name__regex=r"^\s*$"),
                name="source_has_a_name",
                violation_error_code="name",
                violation_error_message=_("Enter a name."),
            ),
            models.UniqueConstraint(
                Lower("name"),
                name="source_name_once",
                violation_error_code="name",
                violation_error_message=_("Another source has this name."),
            ),
            models.CheckConstraint(
                condition=(Q(kind="feed") & ~Q(url="") & is_web_address("url")) | Q(kind="folder", url=""),
                name="source_url",
                violation_error_code="url",
                violation_error_message=_("Enter the link of a feed. It begins with http:// or https://."),
            ),
            models.CheckConstraint(
                condition=Q(kind="folder", folder__regex=FOLDER_PATH) | Q(kind="feed", folder=""),
                name="source_folder",
                violation_error_code="folder",
                violation_error_message=NO_FOLDER,
            ),
            models.UniqueConstraint(
                fields=["url"],
                condition=Q(kind="feed"),
                name="source_url_once",
                violation_error_code="url",
                violation_error_message=_("Another source has this link."),
            ),
            models.UniqueConstraint(
                fields=["folder"],
                condition=Q(kind="folder"),
                name="source_folder_once",
                violation_error_code="folder",
                violation_error_message=_("Another source has this folder."),
            ),
            models.CheckConstraint(
                condition=Q(language="") | Q(language__regex=LANGUAGE_TAG),
                name="source_language",
                violation_error_code="language",
                violation_error_message=_("Enter a language tag such as en or pt-BR."),
            ),
            models.CheckConstraint(
                condition=Q(every__in=[15, 60, 360, 1440, 10080]),
                name="source_every",
                violation_error_code="every",
                violation_error_message=_("Choose how often."),
            ),
            models.CheckConstraint(
                condition=Q(changed__in=["skip", "update"]),
                name="source_changed",
                violation_error_code="changed",
                violation_error_message=_("Choose one of these."),
            ),
            models.CheckConstraint(
                condition=Q(kind="feed") | Q(pages=False),
                name="source_pages_of_a_feed",
                violation_error_code="pages",
                violation_error_message=_("Only feeds have linked pages."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> str:
        """The link of the feed or the path of the folder."""
        return self.url if self.kind == self.Kind.FEED else self.folder


class SourceState(models.Model):
    """What the last run of a source found, and when the next one is due. Written by the program only."""

    source = models.OneToOneField(Source, on_delete=models.CASCADE, related_name="state")
    next_run_at = models.DateTimeField(null=True, help_text=_("Empty: at once."))
    last_run_at = models.DateTimeField(null=True)
    last_success_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=1000, blank=True)
    fault_since = models.DateTimeField(null=True)
    failed_runs = models.PositiveIntegerField(default=0)
    # The server said that the feed is gone for good, and the program paused the source.
    gone = models.BooleanField(default=False)
    # Where the server says the feed has moved to for good; declined: the editors keep the old link.
    moved_to = models.CharField(max_length=2000, blank=True)
    moved_declined = models.CharField(max_length=2000, blank=True)
    # The validators of the last answer that was read completely.
    etag = models.CharField(max_length=1000, blank=True)
    last_modified = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(fault="", fault_since=None, failed_runs=0)
                | (~Q(fault="") & Q(fault_since__isnull=False, failed_runs__gt=0)),
                name="source_state_fault",
            )
        ]

    def __str__(self) -> str:
        return self.fault or "ok"

    def succeed(self, every: int, *, soon: bool = False) -> None:
        """Note a run without a fault; `soon`: something was left for the next timer."""
        now = clock.now()
        self.last_run_at = self.last_success_at = now
        self.next_run_at = None if soon else now + dt.timedelta(minutes=every)
        self.clear_fault()
        self.save()

    def clear_fault(self) -> None:
        self.fault, self.fault_since, self.failed_runs, self.gone = "", None, 0, False

    def fail(self, every: int, reason: str, retry_after: int | None = None) -> None:
        """Note a run with a fault; each further one doubles the time to the next run, up to a day."""
        now = clock.now()
        self.last_run_at = now
        self.fault = reason[:1000]
        self.fault_since = self.fault_since or now
        self.failed_runs += 1
        interval = dt.timedelta(minutes=every)
        wait = min(interval * 2 ** min(self.failed_runs - 1, 12), max(interval, LONGEST_WAIT))
        if retry_after:
            wait = max(wait, min(dt.timedelta(seconds=retry_after), LONGEST_RETRY_AFTER))
        self.next_run_at = now + wait
        self.save()

    def forget_answers(self) -> None:
        """The source has another link or folder: what is known of the former one does not count."""
        self.etag = self.last_modified = self.moved_to = self.moved_declined = ""
        self.clear_fault()
        self.next_run_at = None
        self.save()


class SourceItemQuerySet(models.QuerySet["SourceItem"]):
    def to_mend(self) -> Self:
        """Items and files that are still in their source, with rows that could not be imported."""
        return self.filter(rejected__gt=0, present=True, dismissed=False)


class SourceItem(models.Model):
    """An item of a feed or a file that was taken; recognised by its content."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="items")
    key = models.CharField(max_length=64, help_text=_("SHA-256 of the content."))
    name = models.CharField(max_length=500, blank=True)
    # Of a file, so that one that has not changed need not be read again.
    size = models.BigIntegerField(null=True)
    modified_ns = models.BigIntegerField(null=True)
    taken_at = models.DateTimeField(default=clock.now)
    batch = models.ForeignKey(ImportBatch, on_delete=models.SET_NULL, null=True, related_name="source_items")
    # Rows that could not be imported, with the reason of the first.
    rejected = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=1000, blank=True)
    present = models.BooleanField(default=True, help_text=_("In the source at the last run."))
    dismissed = models.BooleanField(default=False, help_text=_("An editor has seen the reason."))

    objects = SourceItemQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["source", "key"], name="source_item_once"),
            models.CheckConstraint(
                condition=Q(rejected=0, reason="") | (Q(rejected__gt=0) & ~Q(reason="")),
                name="source_item_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name
