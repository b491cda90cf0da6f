"""The speakers readers may see: from A to Z with their counts, and found by a name half remembered."""

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
from articles.models.speaker import canonical_id
from articles.search.query import fold

# A name this like the one asked for is offered: «Okafer» for Okafor (0.5), not every name with an O.
MIN_SIMILARITY = 0.45


class Folded(Func):
    """Text as the archive folds it: without case and accents."""

    function = "archive_fold"
    output_field = CharField()


# As an index files a speaker, and the letter it is filed under.
FILED = Case(When(sort_name="", then=F("name")), default=F("sort_name"), output_field=CharField())
FIRST_LETTER = Left(Folded(FILED), 1)


@dataclass(frozen=True)
class SpeakerSummary:
    """A speaker with the counts of their public quotes, those of speakers merged into them too.

    In how many articles these stand is counted for one alone, not for a list.
    """

    speaker: Speaker
    quotes: int
    first: dt.date | None
    last: dt.date | None
    articles: int | None = None


def public() -> QuerySet[Speaker]:
    """Of the public speakers those to be listed: with a public quote, theirs or of one merged into them."""
    quoted = Holding.objects.quoted()
    merged = dict(Speaker.objects.filter(merged_into__isnull=False).values_list("pk", "merged_into"))
    finals = {
        canonical_id(pk, merged) for (pk,) in quoted.filter(thing_id__in=merged).values_list("thing_id")
    }
    own = Q(pk__in=quoted)
    return Speaker.objects.standing().filter(own | Q(pk__in=finals) if finals else own)


def is_withdrawn(speaker: Speaker) -> bool:
    """Whether a speaker who is not public was so through an article or quote that has been withdrawn.

    Its own page answers that it was; of what is withheld nothing is said.
    """
    family, now = family_of([speaker.pk])[speaker.pk], clock.now()
    articles = Article.objects.filter(status=Article.Status.CANCELED, first_public_at__lte=now)
    quotes = Quote.objects.filter(speaker__in=family, first_public_at__lte=now)
    return (
        quotes.filter(Q(article__in=articles) | Q(article__in=Article.objects.published())).exists()
        or articles.filter(authors__in=family).exists()
    )


@dataclass(frozen=True)
class SpeakerFilter:
    """What an index is narrowed to: words of a role, words of an organisation, the slug of a publication."""

    role: str = ""
    organisation: str = ""
    publication: str = ""

    def apply(self, speakers: QuerySet[Speaker]) -> QuerySet[Speaker]:
        """Those of the speakers who held such a role, there, and are quoted in that paper."""
        held = Role.objects.alias(title_folded=Folded("title"), organisation_folded=Folded("organisation"))
        if self.role:
            held = held.filter(title_folded__contains=fold(self.role))
        if self.organisation:
            held = held.filter(organisation_folded__contains=fold(self.organisation))
        if self.role or self.organisation:
            speakers = speakers.filter(_is_or_stands_for(held.order_by().values("speaker")))
        if self.publication:
            quoted = Quote.objects.accepted().filter(article__publication__slug=self.publication)
            quoted = quoted.filter(speaker__isnull=False)
            speakers = speakers.filter(_is_or_stands_for(quoted.values("speaker")))
        return speakers


def _is_or_stands_for(ids: QuerySet[Any, Any]) -> Q:
    """A speaker of these ids, or one whom such a speaker is merged into."""
    merged = dict(Speaker.objects.filter(merged_into__isnull=False).values_list("pk", "merged_into"))
    found = Speaker.objects.filter(pk__in=ids).filter(pk__in=merged).values_list("pk", flat=True)
    return Q(pk__in=ids) | Q(pk__in={canonical_id(pk, merged) for pk in found})


@dataclass(frozen=True)
class Index:
    """Speakers in the order of an index; of each name as filed the first letter, folded, ``#`` for none."""

    ids: Sequence[int]
    initials: str

    @property
    def letters(self) -> list[tuple[str, int]]:
        """From A to Z how many stand under each, those of no letter last."""
        return sorted(Counter(self.initials).items(), key=lambda item: (item[0] == "#", item[0]))

    def under(self, letter: str) -> Sequence[int]:
        """The ids of those under a letter, of all where none is given."""
        if not letter:
            return self.ids
        wanted = fold(letter)[:1] or letter
        return [pk for pk, initial in zip(self.ids, self.initials, strict=True) if initial == wanted]


def index(listed: QuerySet[Speaker]) -> Index:
    """All of them by one statement, as the index of names has them: no name is folded anew."""
    letter = Coalesce(NullIf(FIRST_LETTER, Value("")), Value("#"))
    filed = listed.annotate(letter=letter).order_by(FIRST_LETTER, Folded(FILED), "pk")
    sql, params = filed.values_list("pk", "letter").query.sql_with_params()
    gathered = "coalesce(array_agg(pk), '{}'), coalesce(string_agg(letter, ''), '')"
    with transaction.atomic(), connection.cursor() as cursor:
        # Read in the order in which it stands: folding and sorting all names takes ten times as long.
        cursor.execute(
            "SET LOCAL enable_sort = off; SET LOCAL enable_seqscan = off; SET LOCAL jit = off;"
            "SET LOCAL max_parallel_workers_per_gather = 0"
        )
        cursor.execute(f"SELECT {gathered} FROM ({sql}) AS filed (pk, letter)", params)  # noqa: S608
        ids, initials = cursor.fetchone()
    return Index(ids, "".join(letter if letter.isalpha() else "#" for letter in initials))


def fuzzy_search(words: str, wanted: SpeakerFilter = SpeakerFilter()) -> QuerySet[Speaker]:
    """Public speakers whose name or alias holds these words, or words like them; the likest first.

    Case and accents do not matter and a letter may be wrong or missing.
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
        # The other name that was asked for, where it is liker than the one they are filed under.
        found_as=Subquery(liker.order_by("-similarity", "name").values("name")[:1]),
        similarity=Case(
            When(pk__in=aliases.values("speaker"), then=Greatest(similarity, Value(MIN_SIMILARITY))),
            default=similarity,
        ),
    )
    return found.filter(similarity__gte=MIN_SIMILARITY).order_by("-similarity", "sort_name", "name", "pk")


def _similar_ids(folded: str) -> list[int]:
    """Of all whose name or alias is like enough, as the indexes of trigrams have them."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL pg_trgm.word_similarity_threshold = {MIN_SIMILARITY}")
        cursor.execute(
            "SELECT id FROM articles_speaker WHERE public.archive_fold(name) %%> %(folded)s "
            "UNION SELECT speaker_id FROM articles_alias WHERE public.archive_fold(name) %%> %(folded)s",
            {"folded": folded},
        )
        return [pk for (pk,) in cursor.fetchall()]


def family_of(speaker_ids: Iterable[int]) -> dict[int, set[int]]:
    """For each speaker the ids that count as theirs: their own and all merged into them."""
    families = {pk: {pk} for pk in speaker_ids}
    head = {pk: pk for pk in families}
    while head:
        rows = Speaker.objects.filter(merged_into__in=head).values_list("pk", "merged_into")
        # Who is in the family already was reached by a cycle.
        head = {pk: head[into] for pk, into in rows if pk not in families[head[into]]}
        for pk, first in head.items():
            families[first].add(pk)
    return families


def for_page() -> QuerySet[Speaker]:
    """Speakers with all that their own page says of them, the names of those merged into them too."""
    merged = Speaker.objects.filter(merged_into=OuterRef("pk")).order_by("pk").values("name")
    aliases = Alias.objects.filter(speaker=OuterRef("pk")).order_by("name", "pk")
    return Speaker.objects.prefetch_related("roles").annotate(
        merged_names=ArraySubquery(merged),
        aliases_printed=ArraySubquery(aliases.values(row=JSONObject(name="name", kind="kind"))),
    )


def other_names(speaker: Speaker) -> list[tuple[str, str]]:
    """Each other name printed, with its kind where it is more than a spelling; wants one of ``for_page``."""
    kinds = dict(Alias.Kind.choices)
    rows: list[dict[str, str]] = speaker.aliases_printed  # type: ignore[attr-defined]  # put there by for_page
    aliases = [
        (row["name"], "" if row["kind"] == Alias.Kind.SPELLING else str(kinds[row["kind"]]).lower())
        for row in rows
    ]
    merged: list[str] = speaker.merged_names  # type: ignore[attr-defined]  # put there by for_page
    return [*aliases, *((name, "") for name in merged)]


def wrongly_credited(family: Iterable[int]) -> QuerySet[Quote]:
    """Public quotes that a paper credited to one of these, where the archive holds that to be wrong."""
    quotes = Quote.objects.accepted().filter(credited_to__in=list(family))
    return quotes.for_listing().order_by(F("article__published_on").desc(nulls_last=True), "-pk")


def summary_of(speaker: Speaker, family: Iterable[int] = ()) -> SpeakerSummary:
    """One speaker with their counts; wants one of ``for_page``, or the ids of all who count as them."""
    if not family and speaker.merged_names:  # type: ignore[attr-defined]  # put there by for_page
        families = family_of([speaker.pk])
    else:
        families = {speaker.pk: {speaker.pk, *family}}
    return _summaries([speaker], families, articles=Count("article", distinct=True))[0]


def summaries_by_id(ids: Iterable[int]) -> list[SpeakerSummary]:
    """The speakers of these ids, in their order, with their counts."""
    ids = list(ids)
    speakers = Speaker.objects.in_bulk(ids)
    return summaries([speakers[pk] for pk in ids])


def summaries(speakers: Sequence[Speaker]) -> list[SpeakerSummary]:
    """The speakers given, in their order, with their counts: a few queries however many they are."""
    return _summaries(speakers, family_of(speaker.pk for speaker in speakers))


def _summaries(
    speakers: Sequence[Speaker], families: Mapping[int, set[int]], **more: Aggregate
) -> list[SpeakerSummary]:
    belongs = {member: head for head, members in families.items() for member in members}
    merged = [When(speaker_id=member, then=head) for member, head in belongs.items() if member != head]
    rows: Any = (
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
    none: dict[str, Any] = {"quotes": 0, "first": None, "last": None, **dict.fromkeys(more, 0)}
    counts = {row["head"]: {name: row[name] for name in none} for row in rows}
    return [SpeakerSummary(speaker, **counts.get(speaker.pk, none)) for speaker in speakers]
