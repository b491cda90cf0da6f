"""Correct quotes, one or many, with the speaker of their turns and the state of their articles.

Every entry point (review, table, reader report, propagation, split) corrects quotes by these functions.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TypedDict, Unpack

from django.contrib.auth.models import User
from django.db.models import Case, F, Q, Value, When

from articles.models import Article, Quote, Speaker, Turn, clock
from articles.models.quote_sets import QuoteQuerySet


class Facts(TypedDict, total=False):
    """The columns that ``correct`` takes by name."""

    source: str
    cue: str
    role_as_printed: str
    name_as_printed: str
    name_decision_id: int | None
    kind: str
    channel: str
    said_on: dt.date | None
    said_precision: str
    said_as_printed: str
    translated: bool | None
    original_url: str


# The columns that ``correct`` may change: everything about a quote except its decision.
_CORRECTABLE = ("speaker_id", "start", "end", "spans", "text", *Facts.__annotations__)


def correct(
    quote: Quote,
    *,
    by: User | None,
    speaker: Speaker | None = None,
    spans: Iterable[tuple[int, int]] | None = None,
    whole: tuple[int, int] | None = None,
    **facts: Unpack[Facts],
) -> bool:
    """Correct speaker, spans and other columns; return whether anything changed.

    A public quote is marked as corrected, with editor and time. Its turn gets the same speaker.
    """
    before = [getattr(quote, name) for name in _CORRECTABLE]
    _change_speaker(quote, speaker)
    if spans is not None:
        if whole is not None:
            quote.start, quote.end = whole
        quote.words_corrected |= quote.is_proposed and [list(span) for span in spans] != quote.spans
        quote.set_spans(spans)
    for name, value in facts.items():
        setattr(quote, name, value)
    if before == [getattr(quote, name) for name in _CORRECTABLE]:
        return False
    if quote.status == Quote.Status.ACCEPTED and quote.is_public:
        quote.set_standing(Quote.Standing.CORRECTED, by=by)
    else:
        quote.save()
    return True


def _change_speaker(quote: Quote, speaker: Speaker | None) -> None:
    if (speaker and speaker.pk) == quote.speaker_id:
        return
    quote.speaker_corrected |= quote.is_proposed and quote.speaker_id is not None
    if quote.speaker_id is not None:
        # The role was printed of somebody else.
        quote.role_as_printed = ""
    quote.speaker, quote.name_decision = speaker, None
    if quote.turn_id is not None:
        Turn.objects.filter(pk=quote.turn_id).exclude(speaker=speaker).update(speaker=speaker)


def mark_misattributed(quote: Quote, *, by: User | None, speaker: Speaker | None = None) -> None:
    """Record that the newspaper named the wrong speaker; the right one may be unknown."""
    quote.credited_to = quote.credited_to or quote.speaker
    _change_speaker(quote, speaker)
    quote.set_standing(Quote.Standing.MISATTRIBUTED, by=by)


def correct_speaker(quotes: QuoteQuerySet, speaker: Speaker | None, *, by: User | None) -> int:
    """The same as ``correct`` for the speaker of many quotes; return how many."""
    ids = list(quotes.order_by().values_list("pk", flat=True))
    rows, now = Quote.objects.filter(pk__in=ids), clock.now()
    public = Q(status=Quote.Status.ACCEPTED, first_public_at__lte=now)
    Turn.objects.filter(quotes__in=ids).update(speaker=speaker)
    columns = {
        "speaker": speaker,
        "name_decision": None,
        "role_as_printed": Case(When(speaker=None, then=F("role_as_printed")), default=Value("")),
        "speaker_corrected": Case(
            When(Q(rule__in=("", "desk")) | Q(speaker=None), then=F("speaker_corrected")),
            default=Value(True),
        ),
    }
    verdict = {
        "standing": Quote.Standing.CORRECTED,
        "decided_by": by,
        "decided_through": Quote.Through.DESK,
        "decided_at": now,
    }
    # Evaluated before the updates, which change the columns of the condition.
    is_public = list(rows.filter(public).values_list("pk", flat=True))
    rows.exclude(pk__in=is_public).update(**columns)
    Quote.objects.filter(pk__in=is_public).update(**columns, **verdict)
    return len(ids)


def mark_articles_changed(quotes: QuoteQuerySet) -> None:
    """Mark the articles of these quotes as changed, with their state of review."""
    changed = Article.objects.filter(pk__in=quotes.order_by().values("article"))
    of_state: dict[str, list[int]] = {}
    for article, state in Quote.objects.filter(article__in=changed).reading_states().items():
        of_state.setdefault(state, []).append(article)
    for state, articles in of_state.items():
        Article.objects.filter(pk__in=articles).mark_changed(quotes_state=state)
