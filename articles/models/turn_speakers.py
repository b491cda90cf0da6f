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
    "pk", "article_id", "status", "turn__role", "turn__source", "turn__labelled", "speaker_id",
    "speaker__merged_into_id", "speaker__name", "name_as_printed",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Named:
    """The speaker of a turn: linked, or only a name."""

    pk: int | None
    name: str


def turn_contradictions(quotes: QuerySet[Quote], given: Mapping[int, Named | None]) -> dict[int, str]:
    """By quote id, why the speaker of a question or answer cannot be right.

    ``quotes``: all quotes of the interviews. ``given``: speakers about to be stored, by quote id; None leaves
    the quote out. Rejected quotes are ignored; pending ones count like accepted ones.
    """
    rows = quotes.filter(turn__isnull=False).order_by("article", "turn__position", "pk")
    interviews: dict[int, list[tuple[int, str, str, Named]]] = {}
    for row in rows.values_list(*_COLUMNS):
        pk, article, status, role, source, labelled, speaker, merged, name, printed = row
        if pk not in given and status == "rejected":
            continue
        named = given[pk] if pk in given else Named(merged or speaker, name or printed)
        if named is not None:
            interviews.setdefault(article, []).append((pk, role, source if labelled else "", named))
    return {pk: why for turns in interviews.values() for pk, why in _of_one(turns) if why}


def _of_one(turns: list[tuple[int, str, str, Named]]) -> Iterable[tuple[int, str]]:
    """An unlinked name means the speaker of that name who is linked elsewhere in the interview."""
    linked: dict[str, Hashable] = {folded(n.name): n.pk for *_, n in turns if n.pk is not None}
    said = []
    for _, role, label, named in turns:
        name = folded(named.name)
        said.append(TurnSpeaker(role, label, named.pk or linked.get(name) or name or None, named.name))
    return zip((pk for pk, *_ in turns), contradictions(said), strict=True)
