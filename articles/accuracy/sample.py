"""The random sample: drawing quotes, giving each to one editor, and storing what they judge."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import MD5, Cast, Concat

from articles.ingest.proposals.acceptance_stats import proposed
from articles.models import Judgement, Quote, SampledQuote, clock

DRAW_SIZE = 100
# After this time without a judgement, a quote is given to another editor.
HOLD = dt.timedelta(hours=24)


class NotYours(Exception):
    """The quote is judged already, another editor has it, or it no longer exists."""


@dataclass(frozen=True)
class Progress:
    """The number of quotes drawn that still exist or are judged, and of those judged."""

    drawn: int
    judged: int

    @property
    def remaining(self) -> int:
        return self.drawn - self.judged


def progress() -> Progress:
    judged = Judgement.objects.current().count()
    return Progress(judged + SampledQuote.objects.open().count(), judged)


@transaction.atomic
def draw(*, by: User, seed: int | None = None) -> int:
    """Draw up to ``DRAW_SIZE`` quotes that were not drawn before; return how many."""
    seed = secrets.randbits(62) if seed is None else seed
    quotes = _not_drawn()
    population, now = quotes.count(), clock.now()
    drawn = in_drawing_order(quotes, seed)[:DRAW_SIZE]
    rows = [
        SampledQuote(
            quote_id=pk, seed=seed, position=number, population=population, drawn_by=by, drawn_at=now
        )
        for number, pk in enumerate(drawn.values_list("pk", flat=True), 1)
    ]
    # A quote that another editor has drawn at the same moment is left to them.
    return len(SampledQuote.objects.bulk_create(rows, ignore_conflicts=True))


def in_drawing_order(quotes: QuerySet[Quote], seed: int) -> QuerySet[Quote]:
    """Order by the MD5 of ``seed:id``, so that anyone can repeat a draw."""
    ticket = MD5(Concat(Value(f"{seed}:"), Cast("pk", CharField())))
    return quotes.order_by(ticket, "pk")


def _not_drawn() -> QuerySet[Quote]:
    """The quotes found automatically, whatever their status, that were not drawn before."""
    return proposed().filter(sampled__isnull=True)


def quote_of(user: User) -> SampledQuote | None:
    """The quote that this editor has to judge: the one they were given, or have taken back, last."""
    return SampledQuote.objects.open().filter(given_to=user).order_by("-given_at", "-pk").first()


@transaction.atomic
def take_next(user: User) -> SampledQuote | None:
    """Give this editor the next quote of the draw, unless they have one; None if none is left."""
    if mine := quote_of(user):
        return mine
    free = Q(given_to__isnull=True) | Q(given_at__lt=clock.now() - HOLD)
    waiting = SampledQuote.objects.open().filter(free).order_by("pk")
    following = waiting.select_for_update(skip_locked=True, of=("self",)).first()
    if following is not None:
        following.given_to, following.given_at = user, clock.now()
        following.save(update_fields=["given_to", "given_at"])
    return following


@transaction.atomic
def judge(number: int, verdict: str, *, by: User) -> Judgement:
    """Store a judgement of the quote this editor has; raise ``NotYours`` if they do not have it."""
    sampled = SampledQuote.objects.select_for_update().filter(pk=number, given_to=by).first()
    if sampled is None or not SampledQuote.objects.open().filter(pk=number).exists():
        raise NotYours
    return _add(sampled, verdict, by)


@transaction.atomic
def take_back(number: int, *, by: User) -> Judgement:
    """Revoke this editor's judgement; the quote is theirs to judge again."""
    sampled = SampledQuote.objects.select_for_update().filter(pk=number).first()
    if sampled is None or not judged_by(by).filter(sampled=sampled).exists():
        raise NotYours
    SampledQuote.objects.filter(pk=number).update(given_to=by, given_at=clock.now())
    return _add(sampled, Judgement.Verdict.TAKEN_BACK, by)


def _add(sampled: SampledQuote, verdict: str, by: User) -> Judgement:
    quote = Quote.objects.select_related("article").filter(pk=sampled.quote_id).first()
    if quote is None:
        raise NotYours
    return Judgement.objects.create(
        sampled=sampled,
        verdict=verdict,
        rule=quote.rule,
        confidence=quote.confidence,
        publication_id=quote.article.publication_id,
        judged_by=by,
        judged_at=clock.now(),
    )


def judged_by(user: User) -> QuerySet[Judgement]:
    """The current judgements by this editor, the latest first."""
    return Judgement.objects.current().filter(judged_by=user).select_related("sampled").order_by("-pk")
