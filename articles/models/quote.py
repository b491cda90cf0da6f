"""Quotes: one attribution each, with the exact spans of the speaker's own words."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from articles.models import clock
from articles.models.article import Article
from articles.models.audit import track_history
from articles.models.checks import is_web_address, web_address
from articles.models.image import Image
from articles.models.interview import Turn
from articles.models.name_rulings import NameDecision
from articles.models.page_urls import page_url
from articles.models.partial_dates import WRONG_PRECISION, Precision, first_day_of_its_period
from articles.models.quote_sets import QuoteQuerySet
from articles.models.speaker import Speaker

GAP = " […] "


@track_history
class Quote(models.Model):
    """One attribution. ``text`` is the text at ``spans`` of its part; a trigger enforces that."""

    class Part(models.TextChoices):
        HEADLINE = "headline", _("Headline")
        STANDFIRST = "standfirst", _("Standfirst")
        CAPTION = "caption", _("Caption")
        BODY = "body", _("Text")

    class Kind(models.TextChoices):
        DIRECT = "direct", _("Full quote")
        MIXED = "mixed", _("Partial quote")
        QUESTION = "question", _("Question")
        ANSWER = "answer", _("Answer")

    class Channel(models.TextChoices):
        SPOKEN = "spoken", _("Spoken")
        WRITTEN = "written", _("Written")
        UNKNOWN = "unknown", _("Unknown")

    class Status(models.TextChoices):
        PENDING = "pending", _("Undecided")
        ACCEPTED = "accepted", _("Accepted")
        REJECTED = "rejected", _("Rejected")

    class Standing(models.TextChoices):
        UNREVIEWED = "unreviewed", _("Not reviewed")
        CONFIRMED = "confirmed", _("Confirmed")
        DISPUTED = "disputed", _("Disputed")
        MISATTRIBUTED = "misattributed", _("Misattributed")
        CORRECTED = "corrected", _("Corrected")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Through(models.TextChoices):
        DESK = "desk", _("Editors’ pages")
        BATCH = "batch", _("Import")
        COMMAND = "command", _("Command line")

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="quotes", verbose_name=_("article")
    )
    part = models.CharField(_("part"), max_length=10, choices=Part.choices, default=Part.BODY)
    image = models.ForeignKey(
        Image,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="quotes",
        help_text=_("The picture whose caption contains the quote."),
        verbose_name=_("image"),
    )
    speaker = models.ForeignKey(
        Speaker,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="quotes",
        verbose_name=_("speaker"),
    )
    source = models.CharField(
        _("named as"),
        max_length=1000,
        blank=True,
        help_text=_("The words in the article that name the speaker."),
    )
    cue = models.CharField(_("reporting verb"), max_length=500, blank=True)
    role_as_printed = models.CharField(_("role in the article"), max_length=1000, blank=True)
    name_as_printed = models.CharField(
        _("full name in the article"),
        max_length=1000,
        blank=True,
        help_text=_("The fullest name of the speaker in the article, or a description."),
    )
    name_decision = models.ForeignKey(
        NameDecision,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="quotes",
        help_text=_("The decision on a name that linked the speaker."),
        verbose_name=_("name decision"),
    )
    kind = models.CharField(_("type"), max_length=8, choices=Kind.choices)
    turn = models.ForeignKey(
        Turn, on_delete=models.CASCADE, null=True, blank=True, related_name="quotes", verbose_name=_("turn")
    )
    inside = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="relayed",
        verbose_name=_("inside quote"),
    )
    channel = models.CharField(
        _("spoken or written"), max_length=7, choices=Channel.choices, default=Channel.UNKNOWN
    )

    start = models.PositiveIntegerField(_("start"), null=True, blank=True)
    end = models.PositiveIntegerField(_("end"), null=True, blank=True)
    spans = ArrayField(
        ArrayField(models.PositiveIntegerField(), size=2),
        default=list,
        verbose_name=_("position of each part"),
    )
    text = models.TextField(_("text"))
    prefix = models.CharField(_("prefix"), max_length=32, blank=True)
    suffix = models.CharField(_("suffix"), max_length=32, blank=True)
    lost_at = models.DateTimeField(
        _("removed from the text at"),
        null=True,
        blank=True,
        help_text=_("When an edit of the article removed these words."),
    )

    status = models.CharField(_("decision"), max_length=8, choices=Status.choices, default=Status.PENDING)
    standing = models.CharField(
        _("status"), max_length=13, choices=Standing.choices, default=Standing.UNREVIEWED
    )
    credited_to = models.ForeignKey(
        Speaker,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="quotes_wrongly_credited",
        help_text=_("The speaker whom the publication named by mistake."),
        verbose_name=_("misattributed to"),
    )
    said_on = models.DateField(_("date said"), null=True, blank=True)
    said_precision = models.CharField(
        _("precision of the date said"), max_length=5, choices=Precision.choices, blank=True
    )
    said_as_printed = models.CharField(_("date said, as published"), max_length=200, blank=True)
    translated = models.BooleanField(_("translated"), null=True, blank=True)
    original_url = models.URLField(
        _("link to the original"), max_length=2000, blank=True, validators=[web_address]
    )

    rule = models.CharField(_("rule"), max_length=60, blank=True)
    confidence = models.FloatField(_("confidence"), null=True, blank=True)
    words_corrected = models.BooleanField(
        _("words corrected"), default=False, help_text=_("Whether an editor changed the words we found.")
    )
    speaker_corrected = models.BooleanField(
        _("speaker corrected"), default=False, help_text=_("Whether an editor changed the speaker we found.")
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decided_quotes",
        verbose_name=_("checked by"),
    )
    decided_through = models.CharField(_("decided with"), max_length=7, choices=Through.choices, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    first_public_at = models.DateTimeField(_("first public at"), null=True, blank=True, editable=False)
    position = models.PositiveIntegerField(_("position"), default=0)

    objects = QuoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")
        ordering = ["article", "position", "pk"]
        indexes = [
            models.Index(fields=["speaker", "status"], name="quote_speaker_status"),
            models.Index(
                fields=["name_as_printed"],
                condition=Q(speaker__isnull=True) & ~Q(name_as_printed="") & ~Q(status="rejected"),
                name="quote_name_not_linked",
            ),
            models.Index(
                fields=["-decided_at", "-id"],
                condition=Q(status="accepted", decided_by__isnull=False),
                name="quote_newest_read",
            ),
        ]
        permissions = [("decide_quote", "Can accept, correct and reject quotes")]
        constraints = [
            models.CheckConstraint(
                condition=Q(lost_at__isnull=True, start__isnull=False, end__isnull=False, start__lt=F("end"))
                & ~Q(spans=[])
                | Q(lost_at__isnull=False, start__isnull=True, end__isnull=True, spans=[]),
                name="quote_has_its_place_or_is_lost",
            ),
            models.CheckConstraint(
                # A lost question or answer may have lost its turn as well.
                condition=Q(kind__in=["question", "answer"], turn__isnull=False)
                | Q(kind__in=["question", "answer"], lost_at__isnull=False)
                | (~Q(kind__in=["question", "answer"]) & Q(turn__isnull=True)),
                name="quote_turn_for_questions_and_answers",
            ),
            models.CheckConstraint(
                condition=Q(part="caption", image__isnull=False)
                | (~Q(part="caption") & Q(image__isnull=True)),
                name="quote_image_for_captions",
            ),
            models.CheckConstraint(
                condition=Q(confidence__isnull=True) | Q(confidence__gte=0, confidence__lte=1),
                name="quote_confidence",
            ),
            models.CheckConstraint(
                condition=first_day_of_its_period("said_on", "said_precision"),
                name="quote_said_precision",
                violation_error_code="said_precision",
                violation_error_message=WRONG_PRECISION,
            ),
            models.CheckConstraint(condition=~Q(inside=F("pk")), name="quote_not_inside_itself"),
            models.CheckConstraint(condition=~Q(text=""), name="quote_has_words"),
            models.CheckConstraint(condition=is_web_address("original_url"), name="quote_original_url_http"),
        ]

    def __str__(self) -> str:
        return Truncator(self.text).chars(80)

    def get_absolute_url(self) -> str:
        return page_url("quote", self.pk)

    @property
    def part_text(self) -> str:
        """The text of the part to which the spans refer."""
        return self.image.caption if self.image else getattr(self.article, self.part)

    @property
    def place(self) -> tuple[int, int] | None:
        """Start and end in ``part_text``; None if the words are lost."""
        return None if self.start is None or self.end is None else (self.start, self.end)

    def set_spans(self, spans: Iterable[tuple[int, int]]) -> None:
        """Set the spans of the speaker's words, with text and context; start and end only grow."""
        text, self.spans = self.part_text, [list(span) for span in spans]
        self.text = GAP.join(text[start:end] for start, end in self.spans)
        first, last = self.spans[0][0], self.spans[-1][1]
        self.start = first if self.start is None else min(self.start, first)
        self.end = last if self.end is None else max(self.end, last)
        self.prefix, self.suffix = text[max(0, self.start - 32) : self.start], text[self.end : self.end + 32]
        self.lost_at = None

    def accept(self, *, by: User | None, through: str = Through.DESK) -> None:
        """Accept the quote as read by this person. An editor's verdict stays."""
        unsaid = {self.Standing.UNREVIEWED, self.Standing.WITHDRAWN}
        standing = self.Standing.CONFIRMED if self.standing in unsaid else self.standing
        self._decide(self.Status.ACCEPTED, standing, by, through)

    def reject(self, *, by: User | None, through: str = Through.DESK) -> None:
        self._decide(self.Status.REJECTED, self.Standing.UNREVIEWED, by, through)

    def reopen(self) -> None:
        """Undo the decision: the quote is pending again."""
        self._decide(self.Status.PENDING, self.Standing.UNREVIEWED, None, "")

    @property
    def is_public(self) -> bool:
        return self.first_public_at is not None and self.first_public_at <= clock.now()

    @property
    def percent_sure(self) -> int | None:
        """The confidence in per cent, rounded down, so that 90 is sure."""
        return None if self.confidence is None else int(self.confidence * 100 + 1e-6)

    @property
    def is_proposed(self) -> bool:
        """Whether a rule proposed it, so that a correction counts against the rule."""
        return self.rule not in ("", "desk")

    def confirm(self, *, by: User | None) -> None:
        """Record that an editor has read the quote and found it right."""
        self.set_standing(self.Standing.CONFIRMED, by=by)

    def dispute(self, *, by: User | None) -> None:
        """Record that the printed quote is in doubt."""
        self.set_standing(self.Standing.DISPUTED, by=by)

    def withdraw(self, *, by: User | None) -> None:
        """Hide the quote; its page says that it was withdrawn."""
        self.set_standing(self.Standing.WITHDRAWN, by=by)

    def set_standing(self, standing: str, *, by: User | None) -> None:
        """Record an editor's verdict on the quote."""
        self.standing, self.decided_by, self.decided_at = standing, by, clock.now()
        self.decided_through = self.Through.DESK
        self.save()

    @property
    def source_as_name(self) -> str:
        """The printed source, for display in place of an unknown speaker; empty if misattributed."""
        return "" if self.standing == self.Standing.MISATTRIBUTED else self.source

    def _decide(self, status: str, standing: str, by: User | None, through: str) -> None:
        self.status, self.standing = status, standing
        self.decided_by, self.decided_through = by, through
        self.decided_at = clock.now() if status != self.Status.PENDING else None
        self.save()

    @property
    def checked(self) -> str:
        """Who decided: ``person``, ``rule``, or ``none`` while it is pending."""
        if self.status == self.Status.PENDING:
            return "none"
        return "person" if self.decided_by_id else "rule"
