"""Printed names that an editor has decided on once, for all articles of the same papers and years."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import CharField, F, Func, QuerySet, Value

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
from articles.models.speaker import final_of
from articles.speakers.names import bearers, free_slugs, kind_of_full_name, sort_name

_WORD = re.compile(r"[^\W\d_][\w.’'-]*")
_LONGEST_NAME = 6
_MOST_NAMES = 4000
MOST_OFFERED = 5


def known_names_in(text: str) -> tuple[str, ...]:
    """Names and aliases of the archive's speakers that stand in this text, for the extraction to rely on."""
    found: dict[str, None] = {}
    words = list(_WORD.finditer(text))
    for at, word in enumerate(words):
        if not word[0][0].isupper():
            continue
        for last in words[at : at + _LONGEST_NAME]:
            run = text[word.start() : last.end()].rstrip(".")
            if "\n" in run or len(found) >= _MOST_NAMES:
                break
            found[run] = None
    return tuple(sorted(bearers(found)))


def namesakes(names: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """For each name whom it may mean: its bearers; of a surname alone, every person of that surname."""
    names = {name for name in names if name}
    known = {name: set(ids) for name, ids in bearers(names).items()}
    alone = [name for name in names if " " not in name]
    for surname, pk in with_surname(alone):
        known.setdefault(surname, set()).add(pk)
    return {name: tuple(sorted(ids)) for name, ids in known.items() if ids}


def with_surname(surnames: Iterable[str]) -> list[tuple[str, int]]:
    """Every person filed under one of these in the index («Pell, Osric»), with the surname."""
    filed = Func(F("sort_name"), Value(","), Value(1), function="split_part", output_field=CharField())
    people = Speaker.objects.canonical().filter(kind=Speaker.Kind.PERSON, sort_name__contains=",")
    return list(people.annotate(filed=filed).filter(filed__in=list(surnames)).values_list("filed", "pk"))


def links_of(
    names: Iterable[str],
) -> dict[tuple[str, int | None, int | None], tuple[int | None, int | None]]:
    """The speaker and the decision for each (name, publication, year) that was decided on.

    A name that anybody else may bear by now means nobody: a decision never reaches over two bearers.
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
        final = final_of(speaker) if speaker else None
        alone = final and set(mine.get(key[0], ())) <= {final}
        links[key] = (final, decision) if alone else (None, None)
    return links


@dataclass(frozen=True)
class Applied:
    """What a decision did at once: to how many quotes, in how many articles."""

    decision: NameDecision
    quotes: int
    articles: int


class TwoBearers(Exception):
    """More than one speaker may be meant by the name, so that no decision can cover it."""


def unlinked() -> QuerySet[Quote]:
    """Quotes whose printed name is linked to nobody, and of which nobody has decided that it should be."""
    return (
        Quote.objects.filter(speaker__isnull=True, name_decision__isnull=True)
        .exclude(name_as_printed="")
        .exclude(status=Quote.Status.REJECTED)
        .exclude(article__status=Article.Status.CANCELED)
        # Who was accepted as nobody by name has been looked at.
        .exclude(status=Quote.Status.ACCEPTED, decided_by__isnull=False)
    )


@transaction.atomic
def decide(name: str, meaning: str, *, by: Any, speaker: Speaker | None = None) -> Applied:
    """Decide of a printed name for all articles where it stands unlinked now, and the like to come.

    Raises `TwoBearers` where somebody else may be meant by the name.
    """
    if speaker and set(namesakes([name]).get(name, ())) - {speaker.pk}:
        raise TwoBearers(name)
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
def take_back(decision: NameDecision) -> int:
    """Unlink what the decision linked, but for what a person has read since; return how many quotes."""
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
    """Give the quotes and their turns this speaker; an open review page must not save over that.

    Turns that cannot be the speaker's by their label or role stay unlinked.
    """
    rows = Quote.objects.filter(pk__in=quotes)
    if left := rows.not_spoken_by(speaker):
        quotes = [pk for pk in quotes if pk not in left]
        rows = Quote.objects.filter(pk__in=quotes)
    Turn.objects.filter(quotes__in=quotes).update(speaker=speaker)
    articles = Article.objects.filter(quotes__in=quotes)
    touched = Article.objects.filter(pk__in=articles.values("pk")).update(version=F("version") + 1)
    rows.update(speaker=speaker, name_decision=decision)
    return touched


def suggestions(names: Iterable[str]) -> dict[str, list[Speaker]]:
    """Whom each printed name most likely means: those who may bear it, then those who share its last word."""
    names = list(names)
    bearing = namesakes(names)
    family: dict[str, list[int]] = {}
    for surname, pk in with_surname({name.split()[-1] for name in names if " " in name}):
        family.setdefault(surname, []).append(pk)
    offered = {n: [*bearing.get(n, ()), *family.get(n.split()[-1], ())][:MOST_OFFERED] for n in names}
    found = Speaker.objects.in_bulk({pk for ids in offered.values() for pk in ids})
    return {name: [found[pk] for pk in dict.fromkeys(ids)] for name, ids in offered.items()}


def new_speaker(name: str, description: str = "") -> Speaker:
    """Make a speaker of a name as it was printed."""
    kind = kind_of_full_name(name) or Speaker.Kind.PERSON
    return Speaker.objects.create(
        name=name[:500],
        slug=free_slugs(Speaker, [name])[name],
        kind=kind,
        sort_name=sort_name(name, kind)[:500],
        description=description[:1000],
    )
