"""Checks the stored speakers of an interview's turns against labels and roles."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import QuerySet

from articles.extraction.coreference.name_runs import folded
from articles.extraction.interviews.turn_speakers import TurnSpeaker, contradictions

if TYPE_CHECKING:
    from articles.models.quote import Quote

_COLUMNS = (
    "pk", "article_id", "status", "kind", "turn__role", "turn__source", "turn__labelled",
    "speaker__canonical_speaker_id", "speaker__name", "name_as_printed", "rule", "speaker_corrected",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Named:
    """The speaker of a turn: linked, or only a name."""

    pk: int | None
    name: str


def turn_contradictions(quotes: QuerySet[Quote], given: Mapping[int, Named | None]) -> dict[int, str]:
    """By quote id, why the speaker of a question or answer cannot be right.

    ``quotes``: all quotes of the interviews. ``given``: speakers about to be stored, by quote id; None for a
    quote about to be rejected. Pending quotes count like accepted ones. A printed label names a participant
    even if its turn is rejected or not part of the interview.
    """
    rows = quotes.filter(turn__isnull=False).order_by("article", "turn__position", "pk")
    interviews: dict[int, list[_Row]] = {}
    for row in rows.values_list(*_COLUMNS):
        pk, article, status, kind, role, source, labelled, speaker, name, printed, rule, corrected = row
        stored = Named(speaker, name or printed)
        named = given.get(pk, None if status == "rejected" else stored)
        # Narration has no role; the kind of its quote is the role it had before.
        role = kind if role == "narration" else role
        by_hand = corrected or rule in ("", "desk") or not (printed or source)
        entered = _is_other(named, stored) or (by_hand and status != "accepted")
        said = (stored, True) if named is None and not labelled else (named, False)
        interviews.setdefault(article, []).append(_Row(pk, role, source if labelled else "", *said, entered))
    return {pk: why for turns in interviews.values() for pk, why in _of_one(turns) if why}


def _is_other(given: Named | None, stored: Named) -> bool:
    """Whether this is another person; an unlinked name means whoever has that name."""
    if given is None or (given.pk and given.pk == stored.pk):
        return False
    return bool(given.pk and stored.pk) or folded(given.name) != folded(stored.name)


class _Row(NamedTuple):
    pk: int
    role: str
    label: str
    named: Named | None
    rejected: bool
    entered: bool


def _of_one(rows: list[_Row]) -> Iterable[tuple[int, str]]:
    """An unlinked name means the speaker of that name who is linked elsewhere in the interview."""
    linked: dict[str, Hashable] = {
        folded(row.named.name): row.named.pk for row in rows if row.named and row.named.pk
    }
    said = []
    for row in rows:
        named = row.named or Named(None, "")
        name = folded(named.name)
        who = named.pk or linked.get(name) or name or None
        said.append(TurnSpeaker(row.role, row.label, who, named.name, row.rejected, row.entered))
    return zip((row.pk for row in rows), contradictions(said), strict=True)
