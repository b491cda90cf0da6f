"""Look up speakers by what an editor types: a name, words of a role, or a number."""

from __future__ import annotations

import re

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from articles.models import Alias, Role, Speaker
from articles.search.query import fold
from articles.speakers.index import Folded
from articles.speakers.names import speakers_named, speakers_spelt

MOST_WORDS = 8
_NUMBER = re.compile(r"(?:^|\()#(\d{1,18})\)?$")


def matching(words: str) -> QuerySet[Speaker]:
    """Canonical speakers for whom each word occurs in a name, role or the description."""
    roles_held = Role.objects.filter(speaker=OuterRef("pk")).alias(
        title_folded=Folded("title"), organisation_folded=Folded("organisation")
    )
    aliases = Alias.objects.filter(speaker=OuterRef("pk")).alias(name_folded=Folded("name"))
    found = Speaker.objects.canonical().alias(
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
            | Exists(aliases.filter(name_folded__contains=word))
            | Exists(roles_held.filter(role))
        )
    roles = Prefetch("roles", queryset=Role.objects.order_by(F("since").desc(nulls_last=True), "-pk"))
    return found.prefetch_related("aliases", roles).order_by("name", "pk")


def resolve(words: str) -> list[int]:
    """Return the ids that the words name: by number («#12»), name in any spelling, or slug.

    A name before the number must be theirs: one of the two may be mistyped.
    """
    if numbered := _NUMBER.search(words):
        name = words[: numbered.start()].strip()
        speaker = Speaker.objects.filter(pk=int(numbered[1]))
        found = list(speaker.values_list("canonical_speaker_id", "name"))
        theirs = speakers_spelt([name]).get(name, ())
        return [pk for pk, own in found if name in ("", own) or pk in theirs]
    if named := speakers_named([words]).get(words):
        return list(named)
    return list(Speaker.objects.filter(slug=words).values_list("pk", flat=True))
