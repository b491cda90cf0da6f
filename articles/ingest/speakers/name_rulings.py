"""Name rulings: an editor decides whom a printed name means, for some publications and years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import BigIntegerField, Case, CharField, Count, F, Func, OuterRef, Subquery, Value, When
from django.db.models.functions import Cast

from articles.extraction.full_names import kind_of_full_name
from articles.models import (
    Article,
    NameDecision,
    NameScope,
    Quote,
    Speaker,
    Turn,
    active_decisions,
    clock,
    year_of,
)
from articles.models.quote_sets import QuoteQuerySet
from articles.models.turn_speakers import Named
from articles.speakers.names import free_slugs, speakers_named, speakers_spelt
from articles.speakers.sort_names import sort_name

MAX_SUGGESTIONS = 5


class KnownNames:
    """Says to the extraction which names speakers in the archive have; looks up each name once.

    In an import, a name that was unknown stays unknown, although the import may have made a speaker since:
    the result must not depend on which rows are already stored.
    """

    def __init__(self) -> None:
        self._known: dict[str, bool] = {}

    def __call__(self, names: Collection[str]) -> Collection[str]:
        if new := [name for name in names if name not in self._known]:
            found = speakers_named(new)
            self._known.update({name: name in found for name in new})
        return [name for name in names if self._known[name]]


def namesakes(names: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """Return the speakers whom each name may mean; for a surname alone, all people with that surname."""
    names = {name for name in names if name}
    known = {name: set(ids) for name, ids in speakers_named(names, exact=True).items()}
    alone = [name for name in names if " " not in name]
    for surname, pk in with_surname(alone):
        known.setdefault(surname, set()).add(pk)
    return {name: tuple(sorted(ids)) for name, ids in known.items() if ids}


def with_surname(surnames: Iterable[str]) -> list[tuple[str, int]]:
    """Return (surname, id) of every person whose sort name («Pell, Osric») begins with one of these."""
    filed = Func(F("sort_name"), Value(","), Value(1), function="split_part", output_field=CharField())
    people = Speaker.objects.canonical().filter(kind=Speaker.Kind.PERSON, sort_name__contains=",")
    return list(people.annotate(filed=filed).filter(filed__in=list(surnames)).values_list("filed", "pk"))


def links_of(
    names: Iterable[str],
) -> dict[tuple[str, int | None, int | None], tuple[int | None, int | None]]:
    """Return the speaker and the ruling for each (name, publication, year) with a ruling.

    If another speaker has the name by now, the ruling no longer applies and the name is not linked.
    """
    decided = active_decisions(names)
    if not decided:
        return {}
    mine = namesakes({name for name, _, _ in decided})
    links: dict[tuple[str, int | None, int | None], tuple[int | None, int | None]] = {}
    for key, (decision, meaning, speaker) in decided.items():
        if meaning != NameDecision.Meaning.SPEAKER:
            links[key] = (None, decision)
            continue
        alone = speaker and set(mine.get(key[0], ())) <= {speaker}
        links[key] = (speaker, decision) if alone else (None, None)
    return links


@dataclass(frozen=True)
class Applied:
    """A new ruling, and the number of quotes with this name."""

    decision: NameDecision
    quotes: int


class AmbiguousName(Exception):
    """The name may mean more than one speaker, so that no ruling can cover it."""


def unlinked() -> QuoteQuerySet:
    """Return quotes with a printed name that are not linked to a speaker and have no ruling."""
    return (
        Quote.objects.filter(speaker__isnull=True, name_decision__isnull=True)
        .exclude(name_as_printed="")
        .exclude(status=Quote.Status.REJECTED)
        .exclude(article__status=Article.Status.CANCELED)
        # An editor who accepted a quote without a speaker has seen its name.
        .exclude(status=Quote.Status.ACCEPTED, decided_by__isnull=False)
    )


@dataclass(frozen=True)
class Ruling:
    """What a printed name means: a speaker, a new speaker (`is_new`), or none."""

    name: str
    meaning: str = NameDecision.Meaning.SPEAKER
    speaker: Speaker | None = None
    is_new: bool = False


def decide(name: str, meaning: str, *, by: User, speaker: Speaker | None = None) -> Applied:
    """Rule on one printed name; see `decide_all`. Raises `AmbiguousName`."""
    [applied] = decide_all([Ruling(name, meaning, speaker)], by=by)
    if isinstance(applied, AmbiguousName):
        raise applied
    return applied


@transaction.atomic
def decide_all(rulings: Sequence[Ruling], *, by: User) -> list[Applied | AmbiguousName]:
    """Rule on printed names for all publications and years where they are unlinked now.

    The rulings also apply to new articles of these. A name that may mean another speaker gets no ruling. The
    names must differ, and no new speaker may be one whom another of these names may mean.
    """
    bearing = namesakes(ruling.name for ruling in rulings if ruling.speaker or ruling.is_new)
    clear = [r for r in rulings if not _others(bearing, r)]
    made = _new_speakers([r.name for r in clear if r.is_new])
    decided = NameDecision.objects.bulk_create(
        NameDecision(
            name=ruling.name, meaning=ruling.meaning, speaker=made.get(ruling.name, ruling.speaker),
            decided_by=by, decided_at=clock.now(),
        )
        for ruling in clear
    )  # fmt: skip
    decisions = {decision.name: decision for decision in decided}
    quotes = unlinked().filter(name_as_printed__in=decisions)
    found = quotes.select_for_update(of=("self",)).values_list(
        "pk", "name_as_printed", "article__publication", "article__published_on", "article"
    )
    rows = list(found.order_by("pk"))
    scopes = {(name, publication, year_of(day)) for _, name, publication, day, _ in rows}
    NameScope.objects.bulk_create(
        NameScope(decision=decisions[name], publication_id=publication, year=year)
        for name, publication, year in sorted(scopes, key=repr)
    )
    _link({pk: decisions[name] for pk, name, *_ in rows})
    counted = Counter(name for _, name, *_ in rows)
    return [
        Applied(decisions[ruling.name], counted[ruling.name])
        if ruling.name in decisions
        else AmbiguousName(ruling.name)
        for ruling in rulings
    ]


def _others(bearing: Mapping[str, Collection[int]], ruling: Ruling) -> set[int]:
    return set(bearing.get(ruling.name, ())) - {ruling.speaker.pk if ruling.speaker else None}


def _new_speakers(names: Sequence[str]) -> dict[str, Speaker]:
    """Create speakers, each with the role that is printed most often with the name."""
    roles = unlinked().filter(name_as_printed__in=names).exclude(role_as_printed="").order_by()
    counted = roles.values("name_as_printed", "role_as_printed").annotate(n=Count("pk"))
    printed = {
        row["name_as_printed"]: row["role_as_printed"] for row in counted.order_by("n", "-role_as_printed")
    }
    slugs = free_slugs(Speaker, names) if names else {}
    made = Speaker.objects.bulk_create(_speaker(name, printed.get(name, ""), slugs[name]) for name in names)
    return dict(zip(names, made, strict=True))


def to_free(decision: NameDecision) -> QuoteQuerySet:
    """The quotes that ``revoke`` unlinks: those that nobody has decided on since."""
    still = Quote.objects.filter(name_decision=decision, speaker=decision.speaker_id)
    return still.exclude(decided_by__isnull=False, decided_at__gt=decision.decided_at)


@transaction.atomic
def revoke(decision: NameDecision) -> int:
    """Revoke the ruling and unlink its quotes, except those decided by a person since; return how many."""
    taken = NameDecision.objects.active().filter(pk=decision.pk).update(taken_back_at=clock.now())
    if not taken:
        return 0
    ids = list(to_free(decision).select_for_update(of=("self",)).values_list("pk", flat=True))
    _link(dict.fromkeys(ids))
    Quote.objects.filter(name_decision=decision).update(name_decision=None)
    return len(ids)


def _link(quotes: Mapping[int, NameDecision | None]) -> None:
    """Link quotes and their turns as these rulings say, or to nobody.

    Turns whose label or role contradicts the speaker stay unlinked.
    """
    given = {
        pk: Named(decision.speaker.canonical_speaker_id, decision.speaker.name)
        for pk, decision in quotes.items()
        if decision and decision.speaker
    }
    left = Quote.objects.filter(pk__in=given).contradictions(given) if given else {}
    rows = Quote.objects.filter(pk__in=[pk for pk in quotes if pk not in left or pk not in given])
    Article.objects.filter(pk__in=rows.order_by().values("article")).mark_changed()
    decided = {decision.name: decision for decision in quotes.values() if decision}
    speaker = {name: decision.speaker_id for name, decision in decided.items()}
    ruling = {name: decision.pk for name, decision in decided.items()}
    rows.update(speaker=_by_name(speaker), name_decision=_by_name(ruling))
    spoken = rows.filter(turn=OuterRef("pk")).order_by().values("speaker")
    Turn.objects.filter(quotes__in=rows).update(speaker=Subquery(spoken[:1]))


def _by_name(values: Mapping[str, int | None]) -> Cast:
    """The value of each printed name as an expression; null for all others."""
    whens = [When(name_as_printed=name, then=Value(value)) for name, value in values.items()]
    # PostgreSQL takes a null without a type for text.
    return Cast(Case(*whens, default=None), BigIntegerField())


def suggestions(names: Iterable[str]) -> dict[str, list[Speaker]]:
    """Suggest speakers for each printed name: by name or alias in any spelling, then by surname."""
    names = list(names)
    bearing = namesakes(names)
    family: dict[str, list[int]] = {}
    for surname, pk in with_surname({name.split()[-1] for name in names if " " in name}):
        family.setdefault(surname, []).append(pk)
    spelt = speakers_spelt(names)
    suggested = {
        name: list(
            dict.fromkeys([*bearing.get(name, ()), *spelt.get(name, ()), *family.get(name.split()[-1], ())])
        )[:MAX_SUGGESTIONS]
        for name in names
    }
    found = Speaker.objects.in_bulk({pk for ids in suggested.values() for pk in ids})
    return {name: [found[pk] for pk in ids] for name, ids in suggested.items()}


def new_speaker(name: str, description: str = "") -> Speaker:
    """Create a speaker from a printed name."""
    speaker = _speaker(name, description, free_slugs(Speaker, [name])[name])
    speaker.save()
    return speaker


def _speaker(name: str, description: str, slug: str) -> Speaker:
    kind = kind_of_full_name(name) or Speaker.Kind.PERSON
    return Speaker(
        name=name[:500],
        slug=slug,
        kind=kind,
        sort_name=sort_name(name, kind)[:500],
        description=description[:1000],
    )
