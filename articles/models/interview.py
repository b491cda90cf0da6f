"""Turns of interviews and editorial notes: both are spans of the body."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.audit import time_of_insertion, track_history


@track_history
class Turn(models.Model):
    """One uninterrupted span of one speaker in an interview; public when its article is."""

    class Role(models.TextChoices):
        QUESTION = "question", _("Question")
        ANSWER = "answer", _("Answer")
        NARRATION = "narration", _("Not a turn")

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="turns", verbose_name=_("article")
    )
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))
    role = models.CharField(_("role"), max_length=9, choices=Role.choices)
    source = models.CharField(
        _("source"), max_length=500, blank=True, help_text=_("The label in the article.")
    )
    speaker = models.ForeignKey(
        "Speaker",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="turns",
        verbose_name=_("speaker"),
    )
    labelled = models.BooleanField(
        _("labelled"),
        default=False,
        help_text=_("Whether the article labels this turn. If not, its start is inferred."),
    )
    confidence = models.FloatField(_("confidence"), default=1.0)
    position = models.PositiveIntegerField(_("position"))
    added_at = time_of_insertion()

    class Meta:
        verbose_name = _("interview turn")
        verbose_name_plural = _("interview turns")
        ordering = ["article", "position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="turn_span"),
            models.CheckConstraint(condition=Q(confidence__gte=0, confidence__lte=1), name="turn_confidence"),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.start}–{self.end}"

    def own_spans(self) -> list[tuple[int, int]]:
        """The speaker's own words in this turn: without notes and nested quotes of others."""
        relayed = self.article.quotes.filter(
            part="body", turn__isnull=True, start__gte=self.start, end__lte=self.end
        ).exclude(status="rejected")
        holes = [(start, end) for quote in relayed for start, end in quote.spans]
        holes += self.article.notes.values_list("start", "end")
        return _stretches(self.article.body, self.start, self.end, holes)


def _stretches(text: str, start: int, end: int, holes: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The parts of start..end outside the holes that contain a word, stripped of whitespace."""
    left, at = [], start
    for first, last in [*sorted(holes), (end, end)]:
        words = text[at : max(at, min(first, end))]
        if any(character.isalnum() for character in words):
            inner = at + len(words) - len(words.lstrip())
            left.append((inner, inner + len(words.strip())))
        at = max(at, last)
    return left


@track_history
class Note(models.Model):
    """A bracketed editorial note in the body, excluded from every quote."""

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="notes", verbose_name=_("article")
    )
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))

    class Meta:
        verbose_name = _("editor’s note in the text")
        verbose_name_plural = _("editor’s notes in the text")
        ordering = ["article", "start", "pk"]
        constraints = [models.CheckConstraint(condition=Q(start__lt=F("end")), name="note_span")]

    def __str__(self) -> str:
        return f"{self.start}–{self.end}"
