"""Short summaries of speakers, by which an editor distinguishes speakers of the same name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import BigIntegerField, Case, Count, F, Max, Min, Prefetch, Q, When
from django.utils.translation import ngettext

from articles.models import Quote, Role, Speaker
from articles.speakers.index import family_of
from articles.speakers.names import speakers_spelt


@dataclass(frozen=True)
class Evidence:
    """A speaker with roles, aliases, number of quotes, publications and years."""

    speaker: Speaker
    quotes: int
    papers: tuple[str, ...]
    years: str

    @property
    def roles(self) -> list[Role]:
        """Newest first."""
        return list(self.speaker.roles.all())

    @property
    def aliases(self) -> list[str]:
        return [alias.name for alias in self.speaker.aliases.all()]

    @property
    def about(self) -> str:
        """One line, such as “mayor, Selwy; 12 quotes”."""
        roles = "; ".join(str(role) for role in self.roles[:2]) or self.speaker.description
        quotes = ngettext("%(n)s quote", "%(n)s quotes", self.quotes) % {"n": self.quotes}
        return "; ".join(part for part in (roles, quotes) if part)


def evidence_of(speaker_ids: Iterable[int]) -> dict[int, Evidence]:
    """Return the evidence for each speaker by id; quotes of merged speakers count too."""
    roles = Prefetch("roles", queryset=Role.objects.order_by(F("since").desc(nulls_last=True), "-pk"))
    speakers = Speaker.objects.prefetch_related("aliases", roles).in_bulk(set(speaker_ids))
    families = family_of(speakers)
    belongs = {member: head for head, members in families.items() for member in members}
    merged = [When(speaker=member, then=head) for member, head in belongs.items() if member != head]
    rows = (
        Quote.objects.filter(speaker__in=belongs)
        .exclude(status=Quote.Status.REJECTED)
        .annotate(head=Case(*merged, default=F("speaker"), output_field=BigIntegerField()))
        .order_by()
        .values("head")
        .annotate(
            number=Count("pk"),
            papers=ArrayAgg(
                "article__publication__name", distinct=True, default=[],
                filter=Q(article__publication__isnull=False),
            ),
            first=Min("article__published_on"),
            last=Max("article__published_on"),
        )
    )  # fmt: skip
    counted = {row["head"]: row for row in rows} if belongs else {}
    return {pk: _evidence(speaker, counted.get(pk)) for pk, speaker in speakers.items()}


def _evidence(speaker: Speaker, row: Mapping[str, Any] | None) -> Evidence:  # counts of quotes
    if row is None:
        return Evidence(speaker, 0, (), "")
    years = dict.fromkeys(str(day.year) for day in (row["first"], row["last"]) if day)
    return Evidence(speaker, row["number"], tuple(row["papers"]), "–".join(years))


def candidates_for(names: Iterable[str], *, besides: int | None = None) -> dict[str, list[Evidence]]:
    """Return the speakers of each name that has any, in any spelling of it."""
    names = list(names)
    found = speakers_spelt(names)
    wanted = {name: [pk for pk in found.get(name, ()) if pk != besides] for name in names}
    known = evidence_of({pk for ids in wanted.values() for pk in ids}) if any(wanted.values()) else {}
    return {name: [known[pk] for pk in ids] for name, ids in wanted.items() if ids}
