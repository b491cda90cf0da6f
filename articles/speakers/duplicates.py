"""Find candidate duplicates among speakers: the same identifier, the same name, or similar names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, zip_longest

from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy

from articles.models import Alias, Speaker, SpeakersToldApart, clock
from articles.models.speaker import canonical_id
from articles.search.query import fold
from articles.text.person_names import PARTICLES, SUFFIXES

# At most so many names that share a key are compared with each other: more pairs could not be reviewed.
MAX_PER_KEY = 60
# At most so many names of one speaker are looked up, and so many similar ones are compared.
MAX_NAMES, MAX_SIMILAR = 6, 300
# Least length of a name word for one letter inserted («Jon», «John») and for one replaced (not «Ida», «Ada»).
MIN_INSERTED, MIN_REPLACED = 4, 5
# Least length of a word that is compared without its vowels, and of all words of such a key.
MIN_SKELETON, MIN_SOUNDS = 6, 6
# Letters that transliterations of one alphabet or another write differently.
_SOUNDS = (
    ("sch|sh|sz|ş", "s"), ("tsch|tch|ch|cz|tz|ts|c(?=[ei])", "c"), ("x", "ks"), ("kh", "k"), ("gh", "g"),
    ("ph", "f"), ("^[yj]e", "e"), ("dj|dzh|dsch|zh", "j"), ("[ck]+|q", "k"), ("w", "v"), ("ou|oo|u", "u"),
    ("[yij]+", "i"), ("(?<=.)i+$", ""),
)  # fmt: skip
_WIKIDATA = re.compile(r"https?://(?:www\.|m\.)?wikidata\.org/(?:wiki|entity)/(Q[0-9]+)", re.IGNORECASE)


class MatchReason(TextChoices):
    """Why two speakers may be the same, strongest first."""

    IDENTIFIER = "identifier", gettext_lazy("Same identifier elsewhere")
    NAME = "name", gettext_lazy("Same name")
    ORDER = "order", gettext_lazy("Same names in another order")
    SUFFIX = "suffix", gettext_lazy("With and without Jr., Sr. or a number")
    INITIALS = "initials", gettext_lazy("Initials or a middle name")
    LETTER = "letter", gettext_lazy("One letter differs")
    TRANSLITERATION = "transliteration", gettext_lazy("Perhaps the same name transliterated")
    SURNAME = "surname", gettext_lazy("A surname alone")


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
    named = Speaker.objects.exclude(kind=Speaker.Kind.UNNAMED)
    rows = list(named.order_by("pk").values_list("pk", "merged_into", "kind", "same_as", "name"))
    aliases = Alias.objects.filter(speaker__in=named.order_by()).values_list("speaker", "name")
    return _pairs(rows, list(aliases))


def candidates_of(speaker: Speaker, names: Iterable[str]) -> list[Pair]:
    """Return the candidate pairs of one canonical speaker with these names, strongest first."""
    folded = list(dict.fromkeys(fold(name)[:200] for name in names))[:MAX_NAMES]
    surnames = {words[-1] for name in folded if (words := _parts(name))}
    with connection.cursor() as cursor:
        cursor.execute(_SIMILAR, {"names": folded, "surnames": sorted(surnames), "most": MAX_SIMILAR})
        found = cursor.fetchall()
    rows = [row[:5] for row in found]
    aliases = [(pk, alias) for pk, *_, written in found for alias in written]
    return [pair for pair in _pairs(rows, aliases) if speaker.pk in (pair.later, pair.earlier)]


# Similar names and the same surnames, by the trigram indexes; then the speakers they are merged into.
_SIMILAR = """
WITH RECURSIVE found (id) AS (
    SELECT s.id FROM articles_speaker s, unnest(%(names)s::text[]) n WHERE public.archive_fold(s.name) %%> n
    UNION SELECT a.speaker_id FROM articles_alias a, unnest(%(names)s::text[]) n
        WHERE public.archive_fold(a.name) %%> n
    UNION SELECT s.id FROM articles_speaker s, unnest(%(surnames)s::text[]) w
        WHERE public.archive_fold(s.name) LIKE '%% ' || w
    UNION SELECT s.id FROM articles_speaker s
        WHERE public.archive_name_key(s.name) = ANY(%(surnames)s::text[])
    LIMIT %(most)s
), up (id) AS (
    SELECT id FROM found
    UNION SELECT s.merged_into_id FROM up JOIN articles_speaker s USING (id)
        WHERE s.merged_into_id IS NOT NULL
)
SELECT s.id, s.merged_into_id, s.kind, s.same_as, s.name,
    ARRAY(SELECT a.name FROM articles_alias a WHERE a.speaker_id = s.id)
FROM up JOIN articles_speaker s USING (id) WHERE s.kind <> 'unnamed' ORDER BY s.id
"""


def number_of_pairs() -> int:
    """Return the number of candidate pairs, counted anew when a speaker, a name or a ruling has changed."""
    with connection.cursor() as cursor:
        cursor.execute(_STATE)
        state = "-".join(str(number) for number in cursor.fetchone())
    return cache.get_or_set(f"candidate-pairs-{state}", lambda: len(candidate_pairs()), 24 * 60 * 60) or 0


# Every change of a row leaves an event; a new row has a new id.
_STATE = """
SELECT (SELECT max(id) FROM articles_speaker), (SELECT max(pgh_id) FROM articles_speakerevent),
    (SELECT max(id) FROM articles_alias), (SELECT max(pgh_id) FROM articles_aliasevent),
    (SELECT max(id) FROM articles_speakerstoldapart),
    (SELECT max(pgh_id) FROM articles_speakerstoldapartevent)
"""


def _pairs(
    rows: Sequence[tuple[int, int | None, str, str, str]], aliases: Iterable[tuple[int, str]]
) -> list[Pair]:
    """Compare speakers; each row is (id, merged into, kind, identifier, name)."""
    into = {pk: merged for pk, merged, *_ in rows}
    kinds = {pk: kind for pk, _, kind, *_ in rows}
    names = [
        _Name(final, name, fold(name), kinds[final])
        for pk, name in (*((pk, name) for pk, *_, name in rows), *aliases)
        if (final := canonical_id(pk, into)) in kinds
    ]
    known = {pk: identifier(same_as) for pk, merged, _, same_as, _ in rows if same_as and not merged}
    if not (found := list(_all(names, known))):
        return []
    told = SpeakersToldApart.objects.active().values_list("earlier", "later")
    apart = {frozenset((canonical_id(earlier, into), canonical_id(later, into))) for earlier, later in told}
    return _sorted(found, known, apart)


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
    yield from _pairs_by_key(MatchReason.NAME, ((name.folded.replace(" ", ""), name) for name in names))
    ordered = ((" ".join(sorted(name.folded.split())), name) for name in names if " " in name.folded)
    yield from _pairs_by_key(MatchReason.ORDER, ordered)
    people = [name for name in names if name.kind == Speaker.Kind.PERSON]
    without = ((" ".join(_parts(name.folded)), name) for name in people if " " in name.folded)
    yield from _pairs_by_key(MatchReason.SUFFIX, without)
    sounds = ((key, name) for name in people if (key := sound_key(name.folded)))
    yield from _pairs_by_key(MatchReason.TRANSLITERATION, sounds)
    surnames = ((words[-1], name) for name in people if (words := _parts(name.folded)))
    yield from (
        pair for pair, one, other in _buckets(MatchReason.SURNAME, surnames) if (" " in one) != (" " in other)
    )
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


def sound_key(folded: str) -> str:
    """Return a key that transliterations of one full name share; empty if the name is short.

    Similar letters are replaced by one of them, and long words lose their vowels.

    >>> sound_key("oleksandr zelenskyy") == sound_key("olexandr zelenskiy")
    True
    >>> sound_key("marta brun") == sound_key("mario brun")
    False
    """
    words = [_sound(word) for word in _parts(folded)]
    return " ".join(words) if len(words) > 1 and sum(map(len, words)) >= MIN_SOUNDS else ""


def _sound(word: str) -> str:
    for written, sound in _SOUNDS:
        word = re.sub(written, sound, word)
    word = re.sub(r"(.)\1+", r"\1", word)
    return word[:1] + re.sub("[aeiou]", "", word[1:]) if len(word) >= MIN_SKELETON else word


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


def mark_different(one: Speaker, other: Speaker, *, by: User) -> SpeakersToldApart:
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
