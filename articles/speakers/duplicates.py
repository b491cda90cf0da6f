"""Find candidate duplicates among speakers: the same identifier, the same name, or similar names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, zip_longest
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import TextChoices

from articles.models import Alias, Speaker, SpeakersToldApart, clock
from articles.models.speaker import canonical_id
from articles.search.query import fold
from articles.text.person_names import PARTICLES, SUFFIXES

# At most so many names that share a key are compared with each other: more pairs could not be reviewed.
MAX_PER_KEY = 60
# Least length of a name word for one letter inserted («Jon», «John») and for one replaced (not «Ida», «Ada»).
MIN_INSERTED, MIN_REPLACED = 4, 5
_WIKIDATA = re.compile(r"https?://(?:www\.|m\.)?wikidata\.org/(?:wiki|entity)/(Q[0-9]+)", re.IGNORECASE)


class MatchReason(TextChoices):
    """Why two speakers may be the same, strongest first."""

    IDENTIFIER = "identifier", "the same identifier elsewhere"
    NAME = "name", "the same name"
    ORDER = "order", "the same names in another order"
    INITIALS = "initials", "initials or a middle name"
    LETTER = "letter", "one letter more, less or other"


_RANKS = {why: rank for rank, why in enumerate(MatchReason)}


@dataclass(frozen=True)
class Pair:
    """The ids of two speakers and their matching names; the later one would be merged into the earlier."""

    later: int
    earlier: int
    why: MatchReason
    names: tuple[str, str]


@dataclass(frozen=True)
class _Name:
    """A name or alias of a speaker, or of one merged into them."""

    bearer: int
    written: str
    folded: str
    kind: str


def identifier(same_as: str) -> str:
    """Normalize a `same_as` address for comparison; for Wikidata return the item's id.

    >>> identifier("https://www.wikidata.org/wiki/Q42") == identifier("http://www.wikidata.org/entity/q42")
    True
    """
    if found := _WIKIDATA.match(same_as):
        return found[1].upper()
    return re.sub(r"^https?://(www\.)?", "", same_as).rstrip("/")


def candidate_pairs() -> list[Pair]:
    """Return all candidate pairs, strongest first, without pairs that an editor has marked as different."""
    rows = list(
        Speaker.objects.exclude(kind=Speaker.Kind.UNNAMED)
        .order_by("pk")
        .values_list("pk", "merged_into", "kind", "same_as", "name")
    )
    into = {pk: merged for pk, merged, *_ in rows}
    kinds = {pk: kind for pk, _, kind, *_ in rows}
    written = [(pk, name) for pk, *_, name in rows]
    written += Alias.objects.filter(
        speaker__in=Speaker.objects.exclude(kind=Speaker.Kind.UNNAMED)
    ).values_list("speaker", "name")
    names = [
        _Name(final, name, fold(name), kinds[final])
        for pk, name in written
        if (final := canonical_id(pk, into)) in kinds
    ]
    known = {pk: identifier(same_as) for pk, merged, _, same_as, _ in rows if same_as and not merged}
    told = SpeakersToldApart.objects.active().values_list("earlier", "later")
    apart = {frozenset((canonical_id(earlier, into), canonical_id(later, into))) for earlier, later in told}
    return _sorted(_all(names, known), known, apart)


def _sorted(found: Iterable[Pair], known: Mapping[int, str], apart: set[frozenset[int]]) -> list[Pair]:
    best: dict[tuple[int, int], Pair] = {}
    for pair in found:
        both = (pair.earlier, pair.later)
        # Two different identifiers: the authority files say that they are different.
        different = known.get(pair.earlier, "") != known.get(pair.later, "") and set(both) <= known.keys()
        if different or frozenset(both) in apart:
            continue
        if both not in best or _RANKS[pair.why] < _RANKS[best[both].why]:
            best[both] = pair
    return sorted(
        best.values(), key=lambda pair: (_RANKS[pair.why], fold(pair.names[1]), pair.earlier, pair.later)
    )


def _all(names: Sequence[_Name], known: Mapping[int, str]) -> Iterator[Pair]:
    first = {name.bearer: name for name in reversed(names)}
    yield from _pairs_by_key(MatchReason.IDENTIFIER, ((known[pk], first[pk]) for pk in known))
    yield from _pairs_by_key(MatchReason.NAME, ((name.folded, name) for name in names))
    ordered = ((" ".join(sorted(name.folded.split())), name) for name in names if " " in name.folded)
    yield from _pairs_by_key(MatchReason.ORDER, ordered)
    people = [name for name in names if name.kind == Speaker.Kind.PERSON]
    filed = ((key, name) for name in people if (key := _surname_and_initial(name.folded)))
    yield from (
        pair for pair, one, other in _buckets(MatchReason.INITIALS, filed) if _initials_fit(one, other)
    )
    missing = ((key, name) for name in names for key in _with_a_letter_missing(name.folded))
    yield from (pair for pair, one, other in _buckets(MatchReason.LETTER, missing) if _one_letter(one, other))


def _pairs_by_key(why: MatchReason, keyed: Iterable[tuple[str, _Name]]) -> Iterator[Pair]:
    return (pair for pair, _, _ in _buckets(why, keyed))


def _buckets(why: MatchReason, keyed: Iterable[tuple[str, _Name]]) -> Iterator[tuple[Pair, str, str]]:
    """Yield each pair of names of different speakers under one key, with both folded names."""
    first: dict[str, _Name] = {}
    # Most keys have one name only; a bucket is created for the second.
    buckets: dict[str, dict[tuple[int, str], _Name]] = {}
    for key, name in keyed:
        if key and (known := first.setdefault(key, name)) is not name:
            bucket = buckets.setdefault(key, {(known.bearer, known.folded): known})
            bucket.setdefault((name.bearer, name.folded), name)
    for bucket in buckets.values():
        for one, other in combinations(list(bucket.values())[:MAX_PER_KEY], 2):
            if one.bearer == other.bearer:
                continue
            later, earlier = (one, other) if one.bearer > other.bearer else (other, one)
            names = (later.written, earlier.written)
            yield Pair(later.bearer, earlier.bearer, why, names), later.folded, earlier.folded


def _parts(folded: str) -> list[str]:
    words = folded.split()
    while len(words) > 2 and words[-1] in SUFFIXES:
        words.pop()
    return words


def _surname_and_initial(folded: str) -> str:
    words = _parts(folded)
    return f"{words[-1]} {words[0][0]}" if len(words) > 1 else ""


def _initials_fit(one: str, other: str) -> bool:
    """Whether the given names agree, apart from initials and omitted names.

    >>> _initials_fit("ada okafor", "a n okafor"), _initials_fit("ada okafor", "anna okafor")
    (True, False)
    """
    shorter, longer = sorted(
        ([w for w in _parts(name)[:-1] if w not in PARTICLES] for name in (one, other)), key=len
    )
    if not shorter or not _same_or_initial(shorter[0], longer[0]):
        return False
    rest = iter(longer[1:])
    return all(any(_same_or_initial(word, other) for other in rest) for word in shorter[1:])


def _same_or_initial(one: str, other: str) -> bool:
    return one == other or (1 in (len(one), len(other)) and one[0] == other[0])


def _with_a_letter_missing(folded: str) -> Iterator[str]:
    """Yield the name, and the name without each of its letters: names that share one differ by one edit."""
    if len(folded) < MIN_REPLACED:
        return
    yield folded
    yield from {folded[:at] + folded[at + 1 :] for at in range(len(folded)) if folded[at] != " "}


def _one_letter(one: str, other: str) -> bool:
    """Whether exactly one word differs, by one letter inserted, deleted, replaced or transposed.

    >>> _one_letter("ada okafor", "ada okafar"), _one_letter("ada okafor", "ida okafor")
    (True, False)
    """
    differing = [(a, b) for a, b in zip_longest(one.split(), other.split(), fillvalue="") if a != b]
    if len(differing) != 1:
        return False
    shorter, longer = sorted(differing[0], key=len)
    if not shorter.isalpha() or not longer.isalpha():
        return False
    if len(shorter) != len(longer):
        return len(longer) >= MIN_INSERTED and any(
            longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer))
        )
    at = [n for n, (a, b) in enumerate(zip(shorter, longer, strict=True)) if a != b]
    if len(shorter) < MIN_REPLACED:
        return False
    turned = (
        len(at) == 2
        and at[1] == at[0] + 1
        and shorter[at[0]] + shorter[at[1]] == longer[at[1]] + longer[at[0]]
    )
    return len(at) == 1 or turned


def mark_different(one: Speaker, other: Speaker, *, by: Any) -> SpeakersToldApart:
    """Remember that the two speakers are different; idempotent."""
    earlier, later = sorted((one, other), key=lambda speaker: speaker.pk)
    said = SpeakersToldApart.objects.active().filter(earlier=earlier, later=later)
    try:
        with transaction.atomic():
            return said.first() or SpeakersToldApart.objects.create(
                earlier=earlier, later=later, decided_by=by, decided_at=clock.now()
            )
    except IntegrityError:
        # Another editor has just said the same.
        return said.get()
