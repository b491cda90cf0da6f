"""Name rulings: an editor decides whom a printed name means, for some publications and years."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import CharField, F, Func, Value

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
    """A new ruling, and how many quotes and articles it has changed."""

    decision: NameDecision
    quotes: int
    articles: int


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


@transaction.atomic
def decide(name: str, meaning: str, *, by: User, speaker: Speaker | None = None) -> Applied:
    """Rule on a printed name for all publications and years where it is unlinked now.

    The ruling also applies to new articles of these. Raises `AmbiguousName` if the name may mean another
    speaker.
    """
    if speaker and set(namesakes([name]).get(name, ())) - {speaker.pk}:
        raise AmbiguousName(name)
    quotes = unlinked().filter(name_as_printed=name)
    places = quotes.order_by().values_list("article__publication", "article__published_on").distinct()
    scopes = {(publication, year_of(day)) for publication, day in places}
    decision = NameDecision.objects.create(
        name=name, meaning=meaning, speaker=speaker, decided_by=by, decided_at=clock.now()
    )
    NameScope.objects.bulk_create(NameScope(decision=decision, publication_id=p, year=y) for p, y in scopes)
    ids = list(quotes.select_for_update(of=("self",)).values_list("pk", flat=True))
    articles = _link(ids, speaker, decision)
    return Applied(decision, len(ids), articles)


@transaction.atomic
def revoke(decision: NameDecision) -> int:
    """Revoke the ruling and unlink its quotes, except those decided by a person since; return how many."""
    taken = NameDecision.objects.active().filter(pk=decision.pk).update(taken_back_at=clock.now())
    if not taken:
        return 0
    still = Quote.objects.filter(name_decision=decision, speaker=decision.speaker_id).exclude(
        decided_by__isnull=False, decided_at__gt=decision.decided_at
    )
    ids = list(still.select_for_update(of=("self",)).values_list("pk", flat=True))
    _link(ids, None, None)
    Quote.objects.filter(name_decision=decision).update(name_decision=None)
    return len(ids)


def _link(quotes: Sequence[int], speaker: Speaker | None, decision: NameDecision | None) -> int:
    """Link quotes and their turns to this speaker; return how many articles have changed.

    Turns whose label or role contradicts the speaker stay unlinked.
    """
    rows = Quote.objects.filter(pk__in=quotes)
    if left := rows.not_spoken_by(speaker):
        quotes = [pk for pk in quotes if pk not in left]
        rows = Quote.objects.filter(pk__in=quotes)
    Turn.objects.filter(quotes__in=quotes).update(speaker=speaker)
    articles = Article.objects.filter(quotes__in=quotes)
    touched = Article.objects.filter(pk__in=articles.values("pk")).mark_changed()
    rows.update(speaker=speaker, name_decision=decision)
    return touched


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
    kind = kind_of_full_name(name) or Speaker.Kind.PERSON
    return Speaker.objects.create(
        name=name[:500],
        slug=free_slugs(Speaker, [name])[name],
        kind=kind,
        sort_name=sort_name(name, kind)[:500],
        description=description[:1000],
    )
