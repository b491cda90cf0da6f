"""Create quotes from extraction candidates: pending, or accepted if a rule may accept them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection, models

from articles.extraction import Candidate, ExtractionResult, find_candidates
from articles.extraction.coreference.name_runs import folded
from articles.extraction.interviews.turn_speakers import TurnSpeaker, contradictions
from articles.extraction.spans import Turn
from articles.ingest.proposals.acceptance import may_accept
from articles.models import GAP, Quote

CONTEXT = 32
PARTS = [Quote.Part.HEADLINE, Quote.Part.STANDFIRST, Quote.Part.BODY, Quote.Part.CAPTION]

# Resolves a printed name to a speaker's id and the id of the name ruling, each or None.
LinkOf = Callable[[str | None], tuple[int | None, int | None]]


@dataclass(frozen=True)
class Texts:
    """The parts of one article that can contain quotes."""

    headline: str
    standfirst: str
    body: str
    captions: Sequence[str] = ()

    def of(self, part: str, image: int | None) -> str:
        """The text of a part; `image` is the number of the picture for a caption, else None."""
        return getattr(self, part) if image is None else self.captions[image]


@dataclass(frozen=True)
class Acceptance:
    """How a rule accepts quotes: the least confidence, and what to store in the accepted rows."""

    confidence: float
    through: str
    at: dt.datetime
    public_at: dt.datetime | None = None


def candidates_of(reading: ExtractionResult, texts: Texts) -> dict[int, Candidate]:
    """Return the candidates by number, without those whose spans the database would refuse."""
    found = find_candidates(
        reading, texts.body, headline=texts.headline, standfirst=texts.standfirst, captions=texts.captions
    )
    return {number: candidate for number, candidate in enumerate(found) if _is_valid(candidate)}


def _is_valid(candidate: Candidate) -> bool:
    at = candidate.start
    for span in candidate.spans:
        if not at <= span.start < span.end <= candidate.end:
            return False
        at = span.end
    is_turn = candidate.kind in ("question", "answer")
    return bool(candidate.spans) and (candidate.turn is not None or not is_turn)


def contradicted(candidates: Mapping[int, Candidate], turns: Sequence[Turn]) -> set[int]:
    """Return the numbers of questions and answers whose speaker contradicts the turn's label or role."""
    said = {
        number: TurnSpeaker(
            candidate.kind,
            turns[candidate.turn].source if turns[candidate.turn].labelled else "",
            folded(candidate.speaker or "") or None,
            candidate.speaker or "",
        )
        for number, candidate in candidates.items()
        if candidate.turn is not None
    }
    reasons = zip(said, contradictions(list(said.values())), strict=True)
    return {number for number, why in reasons if why}


@dataclass(frozen=True)
class RowIds:
    """The ids of the article and of its images, turns and quotes, by their numbers in the reading."""

    article: int
    images: Sequence[int]
    turns: Mapping[int, int]
    quotes: Mapping[int, int]


def quote_rows(
    candidates: Mapping[int, Candidate],
    texts: Texts,
    places: RowIds,
    *,
    roles: Mapping[str, str],
    link_of: LinkOf,
    acceptance: Acceptance | None = None,
    never: Container[int] = (),
) -> list[Quote]:
    """Return unsaved rows with their ids, in reading order; `never` are candidates not to accept."""
    in_order = sorted(candidates, key=lambda number: _place(candidates[number]))
    return [
        _quote_row(
            candidates[number], number, position, texts, places, roles, link_of,
            None if number in never else acceptance,
        )
        for position, number in enumerate(in_order)
    ]  # fmt: skip


def _place(candidate: Candidate) -> tuple[int, int, int, int]:
    return PARTS.index(Quote.Part(candidate.part)), candidate.image or 0, candidate.start, -candidate.end


def _quote_row(
    candidate: Candidate,
    number: int,
    position: int,
    texts: Texts,
    places: RowIds,
    roles: Mapping[str, str],
    link_of: LinkOf,
    acceptance: Acceptance | None,
) -> Quote:
    text = texts.of(candidate.part, candidate.image)
    is_turn = candidate.kind in ("question", "answer")
    speaker, decision = link_of(candidate.speaker)
    row = Quote(
        pk=places.quotes[number],
        article_id=places.article,
        part=candidate.part,
        image_id=None if candidate.image is None else places.images[candidate.image],
        speaker_id=speaker,
        name_decision_id=decision,
        source=candidate.source[:1000],
        name_as_printed=(candidate.speaker or "")[:1000],
        cue=candidate.cue[:500],
        role_as_printed=roles.get(candidate.speaker or "", "")[:1000],
        kind=candidate.kind,
        turn_id=places.turns[candidate.turn] if is_turn and candidate.turn is not None else None,
        inside_id=None if candidate.inside is None else places.quotes.get(candidate.inside),
        channel=candidate.channel,
        start=candidate.start,
        end=candidate.end,
        spans=[[span.start, span.end] for span in candidate.spans],
        text=GAP.join(text[span.start : span.end] for span in candidate.spans),
        prefix=text[max(0, candidate.start - CONTEXT) : candidate.start],
        suffix=text[candidate.end : candidate.end + CONTEXT],
        rule=candidate.rule[:60],
        confidence=candidate.confidence,
        position=position,
    )
    if acceptance and may_accept(candidate, text, acceptance.confidence):
        row.status = Quote.Status.ACCEPTED
        row.decided_through = acceptance.through
        row.decided_at = acceptance.at
        row.first_public_at = acceptance.public_at
    return row


def allocate_ids(model: type[models.Model], number: int) -> list[int]:
    """Take ids from the sequence before inserting, so that new rows can refer to each other."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, number],
        )
        return [pk for (pk,) in cursor.fetchall()]
