"""The structure of an interview, and an editor's words within a text: both are spans over the body."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from .articles import Article
from .history import keeps_history, time_of_insertion


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
    added_at = time_of_insertion()

    class Meta:
        ordering = ["article", "position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="turn_span"),
            models.CheckConstraint(condition=Q(confidence__gte=0, confidence__lte=1), name="turn_confidence"),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.start}–{self.end}"

    def flip(self, *, by: Any) -> None:
        """Make a question an answer, an answer a question, narration what should follow the turn above."""
        self._become(self._other_role(), self._voices(), by)

    def flip_from_here(self, *, by: Any) -> int:
        """Flip this turn and every one after it; return how many."""
        voices = self._voices()
        below = self.article.turns.filter(position__gte=self.position).exclude(role=self.Role.NARRATION)
        for turn in below:
            turn._become(turn._other_role(), voices, by)
        return len(below)

    def take_role(self, role: str, *, by: Any) -> None:
        """Give it this role, and the voice of the nearest turn that has it."""
        self._become(role, self._voices(), by)

    def narrate(self, *, by: Any) -> None:
        """Take this stretch as the paper's own words, nobody's question and nobody's answer."""
        self._become(self.Role.NARRATION, {}, by)

    def join_above(self, *, by: Any) -> None:
        """Give this stretch to the turn above, and its words to that turn's quote."""
        above = self.article.turns.filter(position__lt=self.position).last()
        if above is None:
            raise ValueError("there is no turn above the first one")
        kept = above.quotes.first()
        for quote in self.quotes.all():
            if kept:
                kept.words_corrected |= kept.rule != "desk"
                kept.take_in(quote)
            if quote.first_public_at is None:
                quote.relayed.update(inside=kept)
                quote.delete()
            else:
                # Its number has been public, so it must go on answering; it now belongs to the turn above.
                quote.turn = above
                quote.reject(by=by)
        # Emptied before it goes: what it held would be deleted with it.
        self.delete()
        above.end = self.end
        above.save(update_fields=["end"])

    def own_spans(self) -> list[tuple[int, int]]:
        """What is the speaker's own in this stretch: all but notes and the quotes of others within it."""
        relayed = self.article.quotes.filter(
            part="body", turn__isnull=True, start__gte=self.start, end__lte=self.end
        ).exclude(status="rejected")
        holes = [tuple(span) for quote in relayed for span in quote.spans]
        holes += self.article.notes.values_list("start", "end")
        return _stretches(self.article.body, self.start, self.end, holes)

    def _other_role(self) -> str:
        if self.role != self.Role.NARRATION:
            return self.Role.QUESTION if self.role == self.Role.ANSWER else self.Role.ANSWER
        above = self.article.turns.filter(position__lt=self.position).last()
        asked = above is not None and above.role == self.Role.QUESTION
        return self.Role.ANSWER if asked else self.Role.QUESTION

    def _voices(self) -> dict[str, Turn]:
        """For each role the turn nearest to this one that has it, those above first."""
        others = self.article.turns.select_related("speaker").exclude(pk=self.pk)
        nearest = sorted(others, key=lambda t: (t.position > self.position, abs(t.position - self.position)))
        return {turn.role: turn for turn in reversed(nearest)}

    def _become(self, role: str, voices: dict[str, Turn], by: Any) -> None:
        self.role, self.confidence = role, 1.0
        voice = voices.get(role)
        # A printed label names who speaks, whatever the stretch turns out to be.
        if voice and not self.labelled:
            self.speaker, self.source = voice.speaker, voice.source
        self.save()
        if role == self.Role.NARRATION:
            for quote in self.quotes.all():
                quote.reject(by=by)
            return
        if not self.quotes.exists():
            self._propose_quote()
        for quote in self.quotes.all():
            quote.speaker_corrected |= quote.kind != role and quote.rule != "desk"
            quote.kind, quote.speaker, quote.source = role, self.speaker, self.source
            quote.reopen() if quote.status == "rejected" else quote.save()

    def _propose_quote(self) -> None:
        spans = self.own_spans()
        if not spans:
            return
        quote = self.quotes.model(
            article=self.article, turn=self, kind=self.role, channel="spoken", rule="desk", confidence=1.0,
            start=self.start, end=self.end, position=self.position,
        )  # fmt: skip
        quote.stand_at(spans)
        quote.save()


def _stretches(text: str, start: int, end: int, holes: Any) -> list[tuple[int, int]]:
    """The parts of a stretch outside the holes that hold a word, without blanks around them."""
    left, at = [], start
    for first, last in [*sorted(holes), (end, end)]:
        words = text[at : max(at, min(first, end))]
        if any(character.isalnum() for character in words):
            inner = at + len(words) - len(words.lstrip())
            left.append((inner, inner + len(words.strip())))
        at = max(at, last)
    return left


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
