"""Find the publication that a page names, or what to ask the editor if it is not known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction

from articles.ingest.pipeline.resolver import Names, lock_names
from articles.models import Publication
from articles.parsing.newspaper_names import NewspapersNamed, host_of
from articles.speakers.names import free_slugs


@dataclass(frozen=True)
class Newspaper:
    """`pk` if exactly one publication matches; otherwise the name and host as printed."""

    pk: int | None = None
    printed: str = ""
    host: str = ""

    @property
    def unknown(self) -> dict[str, str]:
        """What to ask the editor."""
        asked = {"publication": self.printed, "host": self.host}
        return {name: value for name, value in asked.items() if value}


def newspaper_of(named: NewspapersNamed, publications: Names) -> Newspaper:
    """Match by the name that the page gives itself, then by host, then by the names that it mentions."""
    publications.learn(form for names in (named.names, named.mentions, named.parts) for form in _forms(names))
    ids = _known(named.names, publications) or _at_hosts(named.hosts)
    if not ids and not named.names:
        ids = _known(named.mentions, publications)
        if len(ids) != 1:
            ids = _known(named.parts, publications)
    if len(ids) == 1:
        return Newspaper(ids.pop())
    printed = next(iter([*named.names, *named.mentions]), "")
    host = next(iter(named.hosts), "")
    return Newspaper(None, printed or host, host)


def _forms(printed: Iterable[str]) -> Iterator[str]:
    """Yield each name with and without an article."""
    for name in printed:
        yield name
        yield name[4:] if name.casefold().startswith("the ") else f"The {name}"


def _known(printed: Iterable[str], publications: Names) -> set[int]:
    return {pk for form in _forms(printed) if (pk := publications.find_only(form)) is not None}


def _at_hosts(hosts: tuple[str, ...]) -> set[int]:
    if not hosts:
        return set()
    homepages = Publication.objects.exclude(homepage="").values_list("pk", "homepage")
    at = {(pk, host_of(homepage)) for pk, homepage in homepages}
    return {pk for pk, home in at for host in hosts if host == home or host.endswith(f".{home}")}


@transaction.atomic
def add_newspaper(name: str, homepage: str = "") -> Publication:
    """Return the publication of this name; create it if there is none."""
    lock_names(Publication, [name])
    known = Names(Publication).find(name)
    if known is not None:
        return Publication.objects.get(pk=known)
    slug = free_slugs(Publication, [name])[name]
    return Publication.objects.create(name=name, slug=slug, homepage=homepage)
