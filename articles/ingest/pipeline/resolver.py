"""From names as printed to publications, sections, topics and speakers: existing ones, or new."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from itertools import count

from django.db import models

from articles.ingest.advisory_locks import hold
from articles.ingest.proposals.create import LinkOf
from articles.ingest.speakers.name_rulings import links_of
from articles.models import ImportBatch, Publication, RulesOff, Section, Speaker, Topic, year_of
from articles.models.publication import Category
from articles.parsing import RowError
from articles.speakers.names import bearers, free_slugs, kind_of_full_name, sort_name


class Names:
    """The publications, sections or topics there are, by name, alias or slug; case is no difference.

    With `pretend` nothing is made: what would be gets an id below nought.
    """

    def __init__(self, model: type[Category], *, pretend: bool = False) -> None:
        self.model = model
        self.pretend = pretend
        self.column = model._meta.model_name or ""
        self.by_name: dict[str, set[int]] = {}
        self.by_alias: dict[str, set[int]] = {}
        self.by_slug: dict[str, int] = {}
        self._pretended = count(-1, -1)
        for pk, name, slug, aliases in model._default_manager.values_list("pk", "name", "slug", "aliases"):
            self._learn(pk, name, slug, aliases)

    def _learn(self, pk: int, name: str, slug: str, aliases: Iterable[str] = ()) -> None:
        self.by_name.setdefault(name.casefold(), set()).add(pk)
        self.by_slug[slug] = pk
        for alias in aliases:
            self.by_alias.setdefault(alias.casefold(), set()).add(pk)

    def find(self, name: str) -> int | None:
        """The one thing of this name, else of this alias, else of this slug; `RowError` where two have it."""
        for known in (self.by_name, self.by_alias):
            found = known.get(name.casefold(), set())
            if len(found) > 1:
                raise RowError(
                    self.column, name, f"{len(found)} {self.model._meta.verbose_name_plural} bear it"
                )
            if found:
                return next(iter(found))
        return self.by_slug.get(name)

    def find_or_make(self, name: str) -> int:
        found = self.find(name)
        if found is None:
            found = next(self._pretended) if self.pretend else self._make(name)
            self.by_name.setdefault(name.casefold(), set()).add(found)
        return found

    def _make(self, name: str) -> int:
        hold_names(self.model, [name])
        # Another process may have made it since all names were read.
        made = self.model._default_manager.filter(name__iexact=name).first()
        if made is None:
            slug = free_slugs(self.model, [name])[name]
            made = self.model._default_manager.create(name=name, slug=slug)
        self.by_slug[made.slug] = made.pk
        return made.pk


def hold_names(model: type[models.Model], names: Iterable[str]) -> None:
    """Let no other run make something of these names until the transaction ends."""
    hold(f"{model._meta.db_table} {name.casefold()}" for name in names)


class Speakers:
    """Who bears a name, for rules that must never guess: nobody where nobody does, nobody where two do."""

    def __init__(self, *, pretend: bool = False) -> None:
        self.pretend = pretend
        self.known: dict[str, tuple[int, ...]] = {}
        self.decided: dict[tuple[str, int | None, int | None], tuple[int | None, int | None]] = {}
        self._pretended = count(-1, -1)

    def learn(self, names: Iterable[str]) -> None:
        """Ask once for many names, again for those known, who may have got a bearer; pretended ones stay."""
        names = {name for name in names if (self.known.get(name) or (0,))[0] >= 0}
        found = bearers(names)
        self.known.update({name: found.get(name, ()) for name in names})
        self.decided.update(links_of(names))

    def find(self, name: str | None) -> int | None:
        """The only bearer of exactly this name, among the names learnt."""
        found = self.known.get(name or "", ())
        return found[0] if len(found) == 1 else None

    def within(self, publication: int | None, printed_on: dt.date | None) -> LinkOf:
        """Whom a name means in an article of this publication and date: by decision, else its only bearer."""
        year = year_of(printed_on)

        def link(name: str | None) -> tuple[int | None, int | None]:
            return self.decided.get((name or "", publication, year)) or (self.find(name), None)

        return link

    def make(self, names: Iterable[str], batch: ImportBatch | None) -> int:
        """Make a speaker of each full name that nobody bears; return how many."""
        kinds = {name: kind_of_full_name(name) for name in names if self.known.get(name) == ()}
        kinds = {name: kind for name, kind in kinds.items() if kind and len(name) <= 200}
        if kinds and not self.pretend:
            hold_names(Speaker, kinds)
            self.learn(kinds)
            kinds = {name: kind for name, kind in kinds.items() if self.known[name] == ()}
        for name, pk in self._make(kinds, batch).items():
            self.known[name] = (pk,)
        return len(kinds)

    def _make(self, kinds: Mapping[str, str], batch: ImportBatch | None) -> dict[str, int]:
        if self.pretend or not kinds:
            return {name: next(self._pretended) for name in kinds}
        slugs = free_slugs(Speaker, kinds)
        made = Speaker.objects.bulk_create(
            Speaker(
                name=name, slug=slugs[name], kind=kind, sort_name=sort_name(name, kind), import_batch=batch
            )
            for name, kind in kinds.items()
        )
        return {speaker.name: speaker.pk for speaker in made}


class Resolver:
    """All that a run of storing knows of names; made anew after a rollback, since ids may be gone."""

    def __init__(self, *, pretend: bool = False) -> None:
        self.publications = Names(Publication, pretend=pretend)
        self.sections = Names(Section, pretend=pretend)
        self.topics = Names(Topic, pretend=pretend)
        self.speakers = Speakers(pretend=pretend)
        self.rules_off = RulesOff()
        zones = Publication.objects.exclude(time_zone="").values_list("pk", "time_zone")
        self.time_zones: dict[int | None, str] = dict(zones)
