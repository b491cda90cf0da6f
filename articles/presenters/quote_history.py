"""What readers were told of one quote, and when that was changed; never by whom."""

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
    """One thing that was said of the quote, before a change and after it."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class QuoteChange:
    """One change that readers could see; the first is the quote's coming, which changes nothing."""

    at: dt.datetime | None
    changes: tuple[FieldChange, ...] = ()


@dataclass(frozen=True)
class _State:
    since: dt.datetime | None
    speaker: int | None
    told: tuple[tuple[str, str], ...]


def public_history(quote: Quote) -> list[QuoteChange]:
    """The newest first; what was changed before readers could see the quote is left out."""
    states = list(_merged(_states(quote)))
    names = _names(states)
    later = [QuoteChange(new.since, tuple(_field_changes(old, new, names))) for old, new in pairwise(states)]
    return [QuoteChange(quote.first_public_at), *later][::-1]


def _states(quote: Quote) -> Iterator[_State]:
    """The row as it stood from one change to the next, where it was public in between."""
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
    told = (("words", row.text), ("standing", standing), ("checked", checked))
    return _State(since, row.speaker_id, told)


def _merged(states: Iterator[_State]) -> Iterator[_State]:
    """Neighbours of which the same was said are one."""
    last: _State | None = None
    for state in states:
        if last is None or (state.speaker, state.told) != (last.speaker, last.told):
            yield state
            last = state


def _names(states: Sequence[_State]) -> dict[int | None, str]:
    """Asked for only where the speaker was ever changed."""
    ids = {state.speaker for state in states}
    if len(ids) < 2:
        return {}
    rows = Speaker.objects.filter(pk__in=ids - {None}).values_list("pk", "name")
    return {None: "nobody named", **dict(rows)}


def _field_changes(old: _State, new: _State, names: dict[int | None, str]) -> Iterator[FieldChange]:
    if old.speaker != new.speaker:
        # A speaker that is no more was made by an import which was taken back.
        before, after = (names.get(state.speaker, "a name taken back") for state in (old, new))
        yield FieldChange("speaker", before, after)
    for (what, before), (_, after) in zip(old.told, new.told, strict=True):
        if before != after:
            yield FieldChange(what, before, after)
