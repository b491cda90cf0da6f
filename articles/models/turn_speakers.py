"""Checks the stored speakers of an interview's turns against labels and roles."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from articles.extraction.coreference.name_runs import folded
from articles.extraction.interviews.turn_speakers import TurnSpeaker, contradictions

if TYPE_CHECKING:
    from articles.models.quote import Quote

_COLUMNS = (
    "pk", "article_id", "status", "kind", "turn__role", "turn__source", "turn__labelled",
    "speaker__canonical_speaker_id", "speaker__name", "name_as_printed",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Named:
    """The speaker of a turn: linked, or only a name."""

    pk: int | None
    name: str


def turn_contradictions(quotes: QuerySet[Quote], given: Mapping[int, Named | None]) -> dict[int, str]:
    """By quote id, why the speaker of a question or answer cannot be right.

    ``quotes``: all quotes of the interviews. ``given``: speakers about to be stored, by quote id; None for a
    rejected quote. Pending quotes count like accepted ones. Of a rejected quote only the printed label counts,
    because it names a participant even if its turn is not part of the interview.
    """
    rows = quotes.filter(turn__isnull=False).order_by("article", "turn__position", "pk")
    interviews: dict[int, list[tuple[int, str, str, Named | None]]] = {}
    for row in rows.values_list(*_COLUMNS):
        pk, article, status, kind, role, source, labelled, speaker, name, printed = row
        stored = None if status == "rejected" else Named(speaker, name or printed)
        named = given.get(pk, stored)
        if named is not None or labelled:
            # Narration has no role; the kind of its quote is the role it had before.
            role = kind if role == "narration" else role
            interviews.setdefault(article, []).append((pk, role, source if labelled else "", named))
    return {pk: why for turns in interviews.values() for pk, why in _of_one(turns) if why}


def _of_one(turns: list[tuple[int, str, str, Named | None]]) -> Iterable[tuple[int, str]]:
    """An unlinked name means the speaker of that name who is linked elsewhere in the interview."""
    known = [named for *_, named in turns if named is not None and named.pk is not None]
    linked: dict[str, Hashable] = {folded(named.name): named.pk for named in known}
    said = []
    for _, role, label, named in turns:
        name = folded(named.name) if named else ""
        who = (named and named.pk) or linked.get(name) or name or None
        said.append(TurnSpeaker(role, label, who, named.name if named else ""))
    return zip((pk for pk, *_ in turns), contradictions(said), strict=True)
