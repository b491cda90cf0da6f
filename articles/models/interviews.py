"""The structure of an interview, and an editor's words within a text: both are spans over the body."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from .articles import Article
from .history import keeps_history


@keeps_history
class Turn(models.Model):
    """One speaker's unbroken stretch in an interview; it is public with its article."""

    class Role(models.TextChoices):
        QUESTION = "question"
        ANSWER = "answer"
        NARRATION = "narration"

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="turns")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    role = models.CharField(max_length=9, choices=Role.choices)
    source = models.CharField(max_length=500, blank=True, help_text="the label as printed")
    speaker = models.ForeignKey(
        "Speaker", on_delete=models.PROTECT, null=True, blank=True, related_name="turns"
    )
    labelled = models.BooleanField(
        default=False, help_text="the paper printed a label; else the border is inferred"
    )
    confidence = models.FloatField(default=1.0)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["article", "position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="turn_span"),
            models.CheckConstraint(condition=Q(confidence__gte=0, confidence__lte=1), name="turn_confidence"),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.start}–{self.end}"


@keeps_history
class Note(models.Model):
    """Bracketed words of an editor within the text: nobody's words in any quote."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="notes")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        ordering = ["article", "start", "pk"]
        constraints = [models.CheckConstraint(condition=Q(start__lt=F("end")), name="note_span")]

    def __str__(self) -> str:
        return f"{self.start}–{self.end}"
