"""Attribution conflicts: the same words credited to different speakers, with the quotes of each side.

Compares quotes of at least four words that share their first or last six words (all words, if fewer). Misses
quotes that differ near both ends; `text_reuse.find_reuse`, which searches the archive for one quote, finds
them too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import F, Q

from articles.models import Article, CreditConflict, CreditDecision, Quote, QuoteKey, Speaker, clock
from articles.models.speaker import canonical_id
from articles.search.query import words
from articles.search.reuse.similarity import similarity


@dataclass(frozen=True)
class ConflictKey:
    """The hash of the shared words and the ids of the two canonical speakers."""

    key: int
    one: int
    other: int


@dataclass(frozen=True)
class Side:
    """One of the two speakers and the quotes attributed to them, earliest first."""

    speaker: Speaker
    quotes: tuple[Quote, ...]


@dataclass(frozen=True)
class Conflict:
    found: ConflictKey
    one: Side
    other: Side

    @property
    def same_wording(self) -> bool:
        return words(self.one.quotes[0].text) == words(self.other.quotes[0].text)


def open_conflicts() -> list[ConflictKey]:
    """Conflicts whose two attributions still exist and that no editor has accepted, newest first."""
    into = dict(Speaker.objects.filter(merged_into__isnull=False).values_list("pk", "merged_into"))
    rows = list(CreditConflict.objects.order_by("-pk").values_list("key", "one_id", "other_id"))
    credited = _credited({key for key, _, _ in rows})
    decided = {
        (key, frozenset((canonical_id(one, into), canonical_id(other, into))))
        for key, one, other in CreditDecision.objects.active().values_list("key", "one", "other")
    }
    found: dict[ConflictKey, None] = {}
    for key, one, other in rows:
        pair = sorted((canonical_id(one, into), canonical_id(other, into)))
        both = pair[0] != pair[1] and {one, other} <= credited[key]
        if both and (key, frozenset(pair)) not in decided:
            found[ConflictKey(key, *pair)] = None
    return list(found)


def _credited(keys: set[int]) -> dict[int, set[int]]:
    """The speakers of the quotes with each key."""
    credited: dict[int, set[int]] = defaultdict(set)
    for field in ("begins", "ends"):
        rows = QuoteKey.objects.filter(**{f"{field}__in": keys}).values_list(field, "speaker_id").distinct()
        for key, speaker in rows:
            credited[key].add(speaker)
    return credited


def load_conflicts(found: Sequence[ConflictKey]) -> list[Conflict]:
    """The conflicts with their quotes; omits those whose quotes no longer have the same words."""
    keys = {one.key for one in found}
    rows = list(QuoteKey.objects.filter(Q(begins__in=keys) | Q(ends__in=keys)))
    quotes = _quotes(row.quote_id for row in rows)
    into = dict(Speaker.objects.filter(merged_into__isnull=False).values_list("pk", "merged_into"))
    speakers = Speaker.objects.in_bulk({pk for one in found for pk in (one.one, one.other)})
    under: dict[tuple[int, int], list[Quote]] = defaultdict(list)
    for quote_id, quote in quotes.items():
        row = next(row for row in rows if row.quote_id == quote_id)
        for key in {row.begins, row.ends} & keys:
            under[key, canonical_id(row.speaker_id, into)].append(quote)
    conflicts = []
    for each in found:
        one, other = under[each.key, each.one], under[each.key, each.other]
        agreeing = [quote for quote in other if one and _same(one[0], quote)]
        if agreeing:
            first = tuple(quote for quote in one if _same(agreeing[0], quote))
            conflicts.append(
                Conflict(each, Side(speakers[each.one], first), Side(speakers[each.other], tuple(agreeing)))
            )
    return conflicts


def _quotes(ids: Iterable[int]) -> dict[int, Quote]:
    listed = Quote.objects.for_listing().filter(pk__in=list(ids))
    listed = listed.exclude(article__status=Article.Status.CANCELED).exclude(
        standing=Quote.Standing.WITHDRAWN
    )
    ordered = listed.order_by(F("article__published_on").asc(nulls_last=True), "pk")
    return {quote.pk: quote for quote in ordered}


def _same(one: Quote, other: Quote) -> bool:
    return similarity(words(one.text), words(other.text)).same_words


def accept_both(found: ConflictKey, text: str, *, by: User) -> CreditDecision:
    """Record that both attributions are right; idempotent."""
    said = CreditDecision.objects.active().filter(key=found.key, one=found.one, other=found.other)
    try:
        with transaction.atomic():
            return said.first() or CreditDecision.objects.create(
                key=found.key,
                words=text[:300],
                one_id=found.one,
                other_id=found.other,
                decided_by=by,
                decided_at=clock.now(),
            )
    except IntegrityError:
        # Another editor has just recorded the same.
        return said.get()
