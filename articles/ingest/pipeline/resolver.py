"""Resolve printed names to publications, sections, topics and speakers; create missing ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import count
from zlib import crc32

from django.db import models
from django.utils.translation import gettext

from articles.extraction.full_names import kind_of_full_name
from articles.ingest.advisory_locks import lock
from articles.ingest.proposals.create import LinkOf
from articles.ingest.publication_profiles import usual_sections
from articles.ingest.speakers.name_rulings import links_of
from articles.models import ImportBatch, Publication, RulesOff, Section, Speaker, Topic, year_of
from articles.models.publication import Category
from articles.parsing import ParsedArticle, RowError
from articles.speakers.doubtful import doubt_about, publication_keys
from articles.speakers.names import free_slugs, speakers_named
from articles.speakers.sort_names import sort_name
from articles.text.folding import name_key

_BUCKETS = 1_000


class Names:
    """Publications, sections or topics by name, alias or slug, ignoring case; each name is looked up once.

    `resolve` creates what does not exist, unless `create` is false. With `pretend` nothing is created: new
    entries get negative ids.
    """

    def __init__(self, model: type[Category], *, create: bool = True, pretend: bool = False) -> None:
        self.model = model
        self.create = create
        self.pretend = pretend
        self.column = model._meta.model_name or ""
        self.known: dict[str, set[int]] = {}
        self._pretended = count(-1, -1)

    def learn(self, names: Iterable[str]) -> None:
        """Look up all new names with one query: by name, then by alias, then by slug."""
        new = {name.casefold() for name in names if name} - self.known.keys()
        if not new:
            return
        found: dict[str, list[set[int]]] = {name: [set(), set(), set()] for name in new}
        rows = self.model.objects.called(new)
        for pk, name, slug, aliases in rows.values_list("pk", "name", "slug", "aliases"):
            for rank, printed in enumerate(([name], aliases, [slug])):
                for key in new.intersection(map(str.casefold, printed)):
                    found[key][rank].add(pk)
        self.known.update({name: next(filter(None, ranks), set()) for name, ranks in found.items()})

    def find(self, name: str) -> int | None:
        """Return the id; raises `RowError` if the name is ambiguous."""
        self.learn([name])
        found = self.known.get(name.casefold(), set())
        if len(found) > 1:
            raise RowError(
                self.column,
                name,
                gettext("%(n)s %(records)s have this name")
                % {"n": len(found), "records": self.model._meta.verbose_name_plural},
            )
        return next(iter(found), None)

    def find_only(self, name: str) -> int | None:
        """Return the id; None also if the name is ambiguous."""
        try:
            return self.find(name)
        except RowError:
            return None

    def resolve(self, name: str) -> int | None:
        """Return the id, of a new entry if need be; without `create`, None for a name that is not clear."""
        if not self.create:
            return self.find_only(name)
        found = self.find(name)
        if found is None and name:
            found = next(self._pretended) if self.pretend else self._make(name)
            self.known[name.casefold()] = {found}
        return found

    def _make(self, name: str) -> int:
        lock_names(self.model, [name])
        # Another process may have created it since the index was read.
        made = self.model.objects.filter(name__iexact=name).first()
        if made is None:
            slug = free_slugs(self.model, [name])[name]
            made = self.model.objects.create(name=name, slug=slug)
        return made.pk


def lock_names(model: type[models.Model], names: Iterable[str]) -> None:
    """Lock these names until the transaction ends, so that no other import creates the same entry.

    The server has room for some 6,400 locks, and 200 articles may have more topics: categories share one.
    """
    if issubclass(model, Category):
        lock(["categories"])
    else:
        lock(f"{model._meta.db_table} {crc32(name_key(name).encode()) % _BUCKETS}" for name in names)


class Speakers:
    """An index of speakers by name in any spelling; an unknown or ambiguous name is never linked."""

    def __init__(self, *, pretend: bool = False) -> None:
        self.pretend = pretend
        self.known: dict[str, tuple[int, ...]] = {}
        self.decided: dict[tuple[str, int | None, int | None], tuple[int | None, int | None]] = {}
        self._pretended = count(-1, -1)

    def learn(self, names: Iterable[str]) -> None:
        """Look up many names with one query; also known names, except those created by a dry run."""
        names = {name for name in names if (self.known.get(name) or (0,))[0] >= 0}
        found = speakers_named(names)
        self.known.update({name: found.get(name, ()) for name in names})
        self.decided.update(links_of(names))

    def find(self, name: str | None) -> int | None:
        """Return the only speaker with this name; `learn` must have been called with it."""
        found = self.known.get(name or "", ())
        return found[0] if len(found) == 1 else None

    def within(self, publication: int | None, printed_on: dt.date | None) -> LinkOf:
        """Return a function that resolves names in articles of this publication and date.

        Name rulings come first, then the only speaker of that name.
        """
        year = year_of(printed_on)

        def link(name: str | None) -> tuple[int | None, int | None]:
            return self.decided.get((name or "", publication, year)) or (self.find(name), None)

        return link

    @cached_property
    def _publications(self) -> set[str]:
        return publication_keys()

    def make(self, names: Iterable[str], batch: ImportBatch | None) -> int:
        """Create a speaker for each full name that no speaker has; return how many."""
        # A rule never makes a speaker of what may be a place, a headline or a newspaper.
        kinds = {
            name: kind
            for name in names
            if self.known.get(name) == ()
            and (kind := kind_of_full_name(name))
            and not doubt_about(name, kind, self._publications)
        }
        if kinds and not self.pretend:
            lock_names(Speaker, kinds)
            self.learn(kinds)
            kinds = {name: kind for name, kind in kinds.items() if self.known[name] == ()}
        # Of several spellings of a name, the first makes the speaker.
        first: dict[str, str] = {}
        for name in kinds:
            first.setdefault(name_key(name), name)
        made = self._make({name: kinds[name] for name in first.values()}, batch)
        for name in kinds:
            self.known[name] = (made[first[name_key(name)]],)
        return len(made)

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
    """All name indexes of an import; after a rollback it must be rebuilt, because created ids are gone.

    Without `create`, unknown names of publications, sections and topics are not created.
    """

    def __init__(self, *, create: bool = True, pretend: bool = False) -> None:
        self.publications = Names(Publication, create=create, pretend=pretend)
        self.sections = Names(Section, create=create, pretend=pretend)
        self.topics = Names(Topic, create=create, pretend=pretend)
        self.speakers = Speakers(pretend=pretend)
        self.rules_off = RulesOff()
        zones = Publication.objects.exclude(time_zone="").values_list("pk", "time_zone")
        self.time_zones: dict[int | None, str] = dict(zones)
        self.usual_sections = usual_sections()

    def learn(self, articles: Sequence[ParsedArticle]) -> None:
        """Look up the publications, sections and topics of many articles with one query each."""
        self.publications.learn(parsed.publication for parsed in articles)
        self.sections.learn(parsed.section for parsed in articles)
        self.topics.learn(name for parsed in articles for name in parsed.topics)
