"""The public index of speakers: A to Z with counts, and fuzzy search by name."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection, transaction
from django.db.models import (
    Aggregate,
    BigIntegerField,
    Case,
    CharField,
    Count,
    F,
    Func,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest, JSONObject, Left, NullIf

from articles.models import Alias, Article, Holding, Quote, QuoteDocument, Role, Speaker, clock
from articles.search.query import fold

# Least trigram word similarity of a hit: «Okafer» finds Okafor (0.5), but not every name with an O.
MIN_SIMILARITY = 0.45


class Folded(Func):
    """Fold text in the database: remove case and accents."""

    function = "archive_fold"
    output_field = CharField()


# The sort name of a speaker, and its first letter.
FILED = Case(When(sort_name="", then=F("name")), default=F("sort_name"), output_field=CharField())
FIRST_LETTER = Left(Folded(FILED), 1)


@dataclass(frozen=True)
class SpeakerSummary:
    """A speaker with the count and dates of their public quotes; quotes of merged speakers count too.

    `articles` is None in lists; it is counted for a single speaker only.
    """

    speaker: Speaker
    quotes: int
    first: dt.date | None
    last: dt.date | None
    articles: int | None = None

    @property
    def years(self) -> str:
        """The first and last year, as ``2015`` or ``2015–2019``; empty if all quotes are undated."""
        years = dict.fromkeys(str(day.year) for day in (self.first, self.last) if day)
        return "–".join(years)


def public() -> QuerySet[Speaker]:
    """Speakers to list: those with a public quote, of their own or of a speaker merged into them."""
    quoted = Holding.objects.quoted()
    merged = Speaker.objects.filter(merged_into__isnull=False)
    found = merged.filter(pk__in=quoted.filter(thing_id__in=merged.values("pk")))
    finals = set(found.values_list("canonical_speaker", flat=True))
    return Speaker.objects.canonical().filter(Q(pk__in=quoted) | Q(pk__in=finals))


def is_withdrawn(speaker: Speaker) -> bool:
    """Whether a speaker was public before an article or quote was withdrawn.

    Their page then says so; about withheld articles it says nothing.
    """
    family, now = speaker.family_ids(), clock.now()
    articles = Article.objects.filter(status=Article.Status.CANCELED, first_public_at__lte=now)
    quotes = Quote.objects.filter(speaker__in=family, first_public_at__lte=now)
    return (
        quotes.filter(Q(article__in=articles) | Q(article__in=Article.objects.published())).exists()
        or articles.filter(authors__in=family).exists()
    )


@dataclass(frozen=True)
class SpeakerFilter:
    """Filters of the index: text in a role or an organisation, and the slug of a publication."""

    role: str = ""
    organisation: str = ""
    publication: str = ""

    def apply(self, speakers: QuerySet[Speaker]) -> QuerySet[Speaker]:
        """Filter by role, organisation and publication."""
        roles = Role.objects.alias(title_folded=Folded("title"), organisation_folded=Folded("organisation"))
        if self.role:
            roles = roles.filter(title_folded__contains=fold(self.role))
        if self.organisation:
            roles = roles.filter(organisation_folded__contains=fold(self.organisation))
        if self.role or self.organisation:
            speakers = speakers.filter(_canonical_of(roles.order_by().values("speaker")))
        if self.publication:
            quoted = Quote.objects.accepted().filter(article__publication__slug=self.publication)
            quoted = quoted.filter(speaker__isnull=False)
            speakers = speakers.filter(_canonical_of(quoted.values("speaker")))
        return speakers


def _canonical_of(ids: QuerySet[Any, Any]) -> Q:  # ids of any model
    """Match speakers with these ids, and speakers into whom they are merged."""
    merged = Speaker.objects.filter(merged_into__isnull=False, pk__in=ids)
    return Q(pk__in=ids) | Q(pk__in=set(merged.values_list("canonical_speaker", flat=True)))


@dataclass(frozen=True)
class Index:
    """Ids in index order; `initials` has the folded first letter of each sort name, ``#`` for other signs."""

    ids: Sequence[int]
    initials: str

    @property
    def letters(self) -> list[tuple[str, int]]:
        """Return (letter, count) from A to Z, ``#`` last."""
        return sorted(Counter(self.initials).items(), key=lambda item: (item[0] == "#", item[0]))

    def under(self, letter: str) -> Sequence[int]:
        """Return the ids under a letter, or all if it is empty."""
        if not letter:
            return self.ids
        wanted = fold(letter)[:1] or letter
        return [pk for pk, initial in zip(self.ids, self.initials, strict=True) if initial == wanted]


def index(listed: QuerySet[Speaker]) -> Index:
    """Read ids and initials in one query, in the order of the database index on folded sort names."""
    letter = Coalesce(NullIf(FIRST_LETTER, Value("")), Value("#"))
    filed = listed.annotate(letter=letter).order_by(FIRST_LETTER, Folded(FILED), "pk")
    sql, params = filed.values_list("pk", "letter").query.sql_with_params()
    gathered = "coalesce(array_agg(pk), '{}'), coalesce(string_agg(letter, ''), '')"
    with transaction.atomic(), connection.cursor() as cursor:
        # Force an index scan: folding and sorting all names takes ten times as long.
        cursor.execute(
            "SET LOCAL enable_sort = off; SET LOCAL enable_seqscan = off; SET LOCAL jit = off;"
            "SET LOCAL max_parallel_workers_per_gather = 0"
        )
        cursor.execute(f"SELECT {gathered} FROM ({sql}) AS filed (pk, letter)", params)  # noqa: S608
        ids, initials = cursor.fetchone()
    return Index(ids, "".join(letter if letter.isalpha() else "#" for letter in initials))


def fuzzy_search(words: str, wanted: SpeakerFilter = SpeakerFilter()) -> QuerySet[Speaker]:
    """Return public speakers whose name or alias is similar to these words, the most similar first.

    Case and accents are ignored, and a letter may be wrong or missing.
    """
    folded = fold(words)[:200]
    if not folded:
        return Speaker.objects.none()
    similarity = TrigramWordSimilarity(folded, Folded("name"))
    near = _similar_ids(folded)
    aliases = Alias.objects.filter(speaker__in=near).annotate(similarity=similarity)
    aliases = aliases.filter(similarity__gte=MIN_SIMILARITY)
    liker = aliases.filter(speaker=OuterRef("pk"), similarity__gt=OuterRef("own_similarity"))
    found = wanted.apply(public()).filter(pk__in=near).annotate(own_similarity=similarity)
    found = found.annotate(
        # The alias that matches better than the speaker's own name.
        found_as=Subquery(liker.order_by("-similarity", "name").values("name")[:1]),
        similarity=Case(
            When(pk__in=aliases.values("speaker"), then=Greatest(similarity, Value(MIN_SIMILARITY))),
            default=similarity,
        ),
    )
    return found.filter(similarity__gte=MIN_SIMILARITY).order_by("-similarity", "sort_name", "name", "pk")


def _similar_ids(folded: str) -> list[int]:
    """Return the ids of speakers with a similar name or alias, from the trigram indexes."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL pg_trgm.word_similarity_threshold = {MIN_SIMILARITY}")
        cursor.execute(
            "SELECT id FROM articles_speaker WHERE public.archive_fold(name) %%> %(folded)s "
            "UNION SELECT speaker_id FROM articles_alias WHERE public.archive_fold(name) %%> %(folded)s",
            {"folded": folded},
        )
        return [pk for (pk,) in cursor.fetchall()]


def family_of(speaker_ids: Iterable[int]) -> dict[int, set[int]]:
    """Return for each canonical speaker their own id and the ids of all speakers merged into them."""
    families = {pk: {pk} for pk in speaker_ids}
    members = Speaker.objects.filter(canonical_speaker__in=families).values_list("canonical_speaker", "pk")
    for canonical, member in members:
        families[canonical].add(member)
    return families


def for_page() -> QuerySet[Speaker]:
    """Speakers with roles, aliases and the names of merged speakers, as their page needs them."""
    merged = Speaker.objects.filter(merged_into__isnull=False, canonical_speaker=OuterRef("pk"))
    aliases = Alias.objects.filter(speaker=OuterRef("pk")).order_by("name", "pk")
    return Speaker.objects.prefetch_related("roles").annotate(
        merged_names=ArraySubquery(merged.order_by("pk").values("name")),
        aliases_printed=ArraySubquery(aliases.values(row=JSONObject(name="name", kind="kind"))),
    )


def other_names(speaker: Speaker) -> list[tuple[str, str]]:
    """Return the other names with their kinds (empty for spellings); the speaker must be from `for_page`."""
    kinds = dict(Alias.Kind.choices)
    rows: list[dict[str, str]] = speaker.aliases_printed  # type: ignore[attr-defined]  # put there by for_page
    aliases = [
        (row["name"], "" if row["kind"] == Alias.Kind.SPELLING else str(kinds[row["kind"]]).lower())
        for row in rows
    ]
    merged: list[str] = speaker.merged_names  # type: ignore[attr-defined]  # put there by for_page
    return [*aliases, *((name, "") for name in merged)]


def wrongly_credited(family: Iterable[int]) -> QuerySet[Quote]:
    """Public quotes that a newspaper attributed to one of these speakers by mistake."""
    quotes = Quote.objects.accepted().filter(credited_to__in=list(family))
    return quotes.for_listing().order_by(F("article__published_on").desc(nulls_last=True), "-pk")


def summary_of(speaker: Speaker) -> SpeakerSummary:
    """Summarize one speaker, who must be from `for_page`."""
    merged = speaker.merged_names  # type: ignore[attr-defined]  # put there by for_page
    families = family_of([speaker.pk]) if merged else {speaker.pk: {speaker.pk}}
    return _summaries([speaker], families, articles=Count("article", distinct=True))[0]


def summaries_by_id(ids: Iterable[int]) -> list[SpeakerSummary]:
    """Summarize the speakers with these ids, in this order."""
    ids = list(ids)
    speakers = Speaker.objects.in_bulk(ids)
    return summaries([speakers[pk] for pk in ids])


def summaries(speakers: Sequence[Speaker]) -> list[SpeakerSummary]:
    """Summarize the speakers in this order, with a fixed number of queries."""
    return _summaries(speakers, family_of(speaker.pk for speaker in speakers))


def _summaries(
    speakers: Sequence[Speaker], families: Mapping[int, set[int]], **more: Aggregate
) -> list[SpeakerSummary]:
    belongs = {member: head for head, members in families.items() for member in members}
    merged = [When(speaker_id=member, then=head) for member, head in belongs.items() if member != head]
    rows: Any = (  # dictionaries with the columns of `more`
        QuoteDocument.objects.filter(speaker_id__in=belongs, visible_from__lte=clock.now())
        .annotate(head=Case(*merged, default=F("speaker_id"), output_field=BigIntegerField()))
        .order_by()
        .values("head")
        .annotate(
            quotes=Count("pk"),
            first=Min("published_on"),
            last=Max("published_on"),
            **more,
        )
    )
    none: dict[str, Any] = {  # the numbers and days of a SpeakerSummary
        "quotes": 0,
        "first": None,
        "last": None,
        **dict.fromkeys(more, 0),
    }
    counts = {row["head"]: {name: row[name] for name in none} for row in rows}
    return [SpeakerSummary(speaker, **counts.get(speaker.pk, none)) for speaker in speakers]
