"""Speakers as an editor names them: by a name in any spelling, by what they were, or by their number."""

from __future__ import annotations

import re

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from articles.models import Alias, Role, Speaker
from articles.models.speaker import final_of
from articles.search.query import fold
from articles.speakers.index import Folded
from articles.speakers.names import speakers_named, speakers_named_folded

MOST_WORDS = 8
_NUMBER = re.compile(r"(?:^|\()#(\d{1,18})\)?$")


def matching(words: str) -> QuerySet[Speaker]:
    """Standing speakers in whose names, roles and description each of these words stands."""
    held = Role.objects.filter(speaker=OuterRef("pk")).alias(
        title_folded=Folded("title"), organisation_folded=Folded("organisation")
    )
    borne = Alias.objects.filter(speaker=OuterRef("pk")).alias(name_folded=Folded("name"))
    found = Speaker.objects.standing().alias(
        name_folded=Folded("name"), description_folded=Folded("description")
    )
    terms = fold(words).split()[:MOST_WORDS]
    if not terms:
        return Speaker.objects.none()
    for word in terms:
        role = Q(title_folded__contains=word) | Q(organisation_folded__contains=word)
        found = found.filter(
            Q(name_folded__contains=word)
            | Q(description_folded__contains=word)
            | Exists(borne.filter(name_folded__contains=word))
            | Exists(held.filter(role))
        )
    roles = Prefetch("roles", queryset=Role.objects.order_by(F("since").desc(nulls_last=True), "-pk"))
    return found.prefetch_related("aliases", roles).order_by("name", "pk")


def resolve(words: str) -> list[int]:
    """Whom these words name: by number, exactly, else however written, else as the word of an address."""
    if numbered := _NUMBER.search(words):
        final = final_of(int(numbered[1]))
        return [final] if final else []
    if exact := speakers_named([words]).get(words):
        return list(exact)
    if alike := speakers_named_folded([words]).get(fold(words)):
        return list(alike)
    return list(Speaker.objects.filter(slug=words).values_list("pk", flat=True))
