"""Turns of interviews and editorial notes: both are spans of the body."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.extraction.coreference.name_runs import folded
from articles.extraction.interviews.turn_speakers import names_a_speaker
from articles.models.article import Article
from articles.models.audit import time_of_insertion, track_history
from articles.models.speaker import Speaker

if TYPE_CHECKING:
    from articles.models.quote import Facts, Quote


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks in a turn: a linked speaker, or the name in the text."""

    speaker: Speaker | None = None
    source: str = ""
    name: str = ""
    description: str = ""
    decision: int | None = None

    @property
    def name_of_speaker(self) -> str:
        return folded(self.speaker.name if self.speaker else self.name)


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

    def flip(self, *, by: User | None) -> None:
        """Make a question an answer, an answer a question, and narration the reply to the turn above."""
        self._become(self._other_role(), self._voices(), by)

    def flip_from_here(self, *, by: User | None) -> int:
        """Flip this turn and all later ones; return how many."""
        voices = self._voices(and_its_own=True)
        below = self.article.turns.filter(position__gte=self.position).exclude(role=self.Role.NARRATION)
        for turn in below:
            turn._become(turn._other_role(), voices, by)
        return len(below)

    def take_role(self, role: str, *, by: User | None) -> None:
        """Set the role, and take the speaker of the nearest turn with that role."""
        self._become(role, self._voices(), by)

    def narrate(self, *, by: User | None) -> None:
        """Make this turn narration: words of the newspaper."""
        self._become(self.Role.NARRATION, {}, by)

    def join_above(self, *, by: User | None) -> None:
        """Merge this turn into the one above, and its quotes into that turn's quote."""
        above = self.article.turns.filter(position__lt=self.position).last()
        if above is None:
            raise ValueError("there is no turn above the first one")
        first = above.quotes.first()
        for quote in self.quotes.all():
            if first:
                first.absorb(quote, by=by)
            if quote.first_public_at is None:
                quote.relayed.update(inside=first)
                quote.delete()
            else:
                # Its URL has been public and must keep working, so it moves to the turn above.
                quote.turn = above
                quote.reject(by=by)
        # Its quotes were moved first: deleting a turn deletes its quotes.
        self.delete()
        above.end = self.end
        above.save(update_fields=["end"])

    def own_spans(self) -> list[tuple[int, int]]:
        """The speaker's own words in this turn: without notes and nested quotes of others."""
        relayed = self.article.quotes.filter(
            part="body", turn__isnull=True, start__gte=self.start, end__lte=self.end
        ).exclude(status="rejected")
        holes = [(start, end) for quote in relayed for start, end in quote.spans]
        holes += self.article.notes.values_list("start", "end")
        return _stretches(self.article.body, self.start, self.end, holes)

    def _other_role(self) -> str:
        if self.role != self.Role.NARRATION:
            return self.Role.QUESTION if self.role == self.Role.ANSWER else self.Role.ANSWER
        above = self.article.turns.filter(position__lt=self.position).last()
        asked = above is not None and above.role == self.Role.QUESTION
        return self.Role.ANSWER if asked else self.Role.QUESTION

    def _voices(self, *, and_its_own: bool = False) -> dict[str, Voice]:
        """The speaker for each role, from the nearest turn, preferring turns above.

        Empty for a role with several speakers, because the nearest may be the wrong one.
        """
        others = self.article.turns.select_related("speaker").prefetch_related("quotes")
        others = others if and_its_own else others.exclude(pk=self.pk)
        nearest = sorted(others, key=lambda t: (t.position > self.position, abs(t.position - self.position)))
        voices: dict[str, list[Voice]] = {}
        for turn in nearest:
            voices.setdefault(turn.role, []).append(turn._voice())
        return {role: _only_one(heard) for role, heard in voices.items()}

    def _voice(self) -> Voice:
        """The speaker of this turn, linked or only named in the text."""
        quotes = sorted(self.quotes.all(), key=lambda quote: quote.status == "rejected")
        quote = quotes[0] if quotes else None
        if quote is None:
            return Voice(self.speaker, self.source)
        return Voice(
            self.speaker, self.source, quote.name_as_printed, quote.role_as_printed, quote.name_decision_id
        )

    def _become(self, role: str, voices: Mapping[str, Voice], by: User | None) -> None:
        self.role, self.confidence = role, 1.0
        # A printed name decides who speaks, whatever the role; the label «Q» does not.
        named = self.labelled and names_a_speaker(self.source)
        voice = None if named or role == self.Role.NARRATION else voices.get(role, Voice())
        if voice:
            self.speaker = voice.speaker
            self.source = self.source if self.labelled else voice.source
        self.save()
        if role == self.Role.NARRATION:
            for quote in self.quotes.all():
                quote.reject(by=by)
            return
        if not self.quotes.exists():
            self._propose_quote()
        for quote in self.quotes.all():
            self._take_voice(quote, voice, by)

    def _take_voice(self, quote: Quote, voice: Voice | None, by: User | None) -> None:
        """Set the speaker of the turn on its quote; reopen the quote if the speaker is now unknown."""
        quote.speaker_corrected |= quote.kind != self.role and quote.rule != "desk"
        facts: Facts = {"kind": self.role, "source": self.source}
        if voice:
            facts |= {
                "name_as_printed": voice.name, "role_as_printed": voice.description,
                "name_decision_id": voice.decision,
            }  # fmt: skip
        was_known = quote.speaker_id is not None
        quote.correct(by=by, speaker=self.speaker, **facts)
        lost_its_speaker = was_known and self.speaker is None and not quote.is_public
        if quote.status == "rejected" or (quote.status == "accepted" and lost_its_speaker):
            quote.reopen()

    def _propose_quote(self) -> None:
        spans = self.own_spans()
        if not spans:
            return
        quote = self.quotes.model(
            article=self.article, turn=self, kind=self.role, channel="spoken", rule="desk", confidence=1.0,
            start=self.start, end=self.end, position=self.position,
        )  # fmt: skip
        quote.set_spans(spans)
        quote.save()


def _only_one(heard: list[Voice]) -> Voice:
    known = [voice for voice in heard if voice.name_of_speaker]
    if len({voice.name_of_speaker for voice in known}) > 1:
        return Voice()
    return (known or heard)[0]


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
