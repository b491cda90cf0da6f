"""The public history of a quote: what changed and when, but not who changed it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.apps import apps

from articles.models import Quote, Speaker

STANDINGS = {
    Quote.Standing.UNREVIEWED: "not reviewed",
    Quote.Standing.MISATTRIBUTED: "wrongly credited",
}


@dataclass(frozen=True)
class FieldChange:
    """One field of the quote before and after a change."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class QuoteChange:
    """One public change. The first is the publication of the quote and has no field changes."""

    at: dt.datetime | None
    changes: tuple[FieldChange, ...] = ()


@dataclass(frozen=True)
class _State:
    since: dt.datetime | None
    speaker: int | None
    fields: tuple[tuple[str, str], ...]


def public_history(quote: Quote) -> list[QuoteChange]:
    """The public changes, newest first; changes before the quote was public are left out."""
    states = list(_merged(_states(quote)))
    names = _names(states)
    later = [QuoteChange(new.since, tuple(_field_changes(old, new, names))) for old, new in pairwise(states)]
    return [QuoteChange(quote.first_public_at), *later][::-1]


def _states(quote: Quote) -> Iterator[_State]:
    """The states of the row between changes, if they were public."""
    events = apps.get_model("articles", "QuoteEvent").objects.filter(pgh_obj_id=quote.pk).order_by("pgh_id")
    since: dt.datetime | None = None
    for row in events:
        if _was_public(row, row.pgh_created_at):
            yield _state(row, since)
        since = row.pgh_created_at
    yield _state(quote, since)


def _was_public(row: Any, until: dt.datetime) -> bool:
    public = row.status == Quote.Status.ACCEPTED and row.standing != Quote.Standing.WITHDRAWN
    return public and row.first_public_at is not None and row.first_public_at < until


def _state(row: Any, since: dt.datetime | None) -> _State:
    standing = STANDINGS.get(row.standing, Quote.Standing(row.standing).label.lower())
    checked = "checked by an editor" if row.decided_by_id else "found automatically, not checked"
    fields = (("words", row.text), ("standing", standing), ("checked", checked))
    return _State(since, row.speaker_id, fields)


def _merged(states: Iterator[_State]) -> Iterator[_State]:
    """Merge neighbours with equal fields."""
    last: _State | None = None
    for state in states:
        if last is None or (state.speaker, state.fields) != (last.speaker, last.fields):
            yield state
            last = state


def _names(states: Sequence[_State]) -> dict[int | None, str]:
    """Names of the speakers by id; no query if the speaker never changed."""
    ids = {state.speaker for state in states}
    if len(ids) < 2:
        return {}
    rows = Speaker.objects.filter(pk__in=ids - {None}).values_list("pk", "name")
    return {None: "nobody named", **dict(rows)}


def _field_changes(old: _State, new: _State, names: dict[int | None, str]) -> Iterator[FieldChange]:
    if old.speaker != new.speaker:
        # A missing speaker was created by an import that was rolled back.
        before, after = (names.get(state.speaker, "a name taken back") for state in (old, new))
        yield FieldChange("speaker", before, after)
    for (what, before), (_, after) in zip(old.fields, new.fields, strict=True):
        if before != after:
            yield FieldChange(what, before, after)
