"""Articles whose text is nearly that of another, and what an editor has said of such a pair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from articles.ingest.duplicates import not_undone
from articles.models import Article, ToldApart, clock
from articles.models.history import act
from articles.revisions.likeness import MADE_BY, bands, shingles

# Less of the shorter text than this is what stories of one event have in common.
LEAST = 0.4
MOST = 5
CANDIDATES = 20
# Of a band that more articles have so many are looked at: what hundreds share is a form that they fill in.
FULLEST = 50


@dataclass(frozen=True)
class Near:
    """Another article, the share of this text that stands in it, and of its text that stands in this."""

    article: Article
    of_this: float
    of_other: float

    @property
    def percent_of_this(self) -> int:
        return int(self.of_this * 100)

    @property
    def percent_of_other(self) -> int:
        return int(self.of_other * 100)


class NotPossible(Exception):
    """These two cannot be tied so; the message says why."""


def near(article: Article) -> list[Near]:
    """The articles that this one may be a version or copy of, the likest first.

    Those that are tied to it already, or that an editor has told apart from it, are left out.
    """
    found = shingles(article.body)
    ids = likest({article.pk: bands(found)}).get(article.pk, [])
    others = _open_to(article).filter(pk__in=ids).select_related("publication")
    compared = (compare(found, other) for other in others)
    like = [one for one in compared if max(one.of_this, one.of_other) >= LEAST]
    return sorted(like, key=lambda one: (-max(one.of_this, one.of_other), one.article.pk))[:MOST]


def likest(sought: Mapping[int, list[int]]) -> dict[int, list[int]]:
    """For the bands of each text the articles that share most of them, but the one of that number.

    However many texts, by one statement.
    """
    pairs = [(number, band) for number, some in sought.items() for band in some]
    found: dict[int, list[int]] = defaultdict(list)
    with transaction.atomic(), connection.cursor() as cursor:
        # While many come in the server still takes the table for a small one, and would read it for each.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            """
            WITH sought AS MATERIALIZED (
                SELECT DISTINCT number, band
                FROM unnest(%(numbers)s::bigint[], %(bands)s::int[]) AS p (number, band)
            ), held AS MATERIALIZED (
                -- Each band once: who fill in one form share theirs.
                SELECT b.band, f.article_id
                FROM (SELECT DISTINCT band FROM sought) AS b CROSS JOIN LATERAL (
                    SELECT article_id FROM articles_signature
                    WHERE bands @> ARRAY[b.band] AND made_by = %(made_by)s LIMIT %(fullest)s
                ) AS f
            ), shared AS (
                SELECT number, article_id, count(*) AS bands FROM sought JOIN held USING (band)
                WHERE article_id <> number GROUP BY 1, 2
            ), placed AS (
                SELECT number, article_id,
                    row_number() OVER (PARTITION BY number ORDER BY bands DESC, article_id) AS place
                FROM shared
            )
            SELECT number, article_id FROM placed WHERE place <= %(most)s ORDER BY number, place
            """,
            {
                "numbers": [number for number, _ in pairs],
                "bands": [band for _, band in pairs],
                "made_by": MADE_BY,
                "fullest": FULLEST,
                "most": CANDIDATES,
            },
        )
        for number, pk in cursor:
            found[number].append(pk)
    return found


def _open_to(article: Article) -> QuerySet[Article]:
    apart = ToldApart.objects.filter(Q(earlier=article) | Q(later=article)).values_list("earlier", "later")
    tied = {pk for pair in apart for pk in pair} | {article.copy_of_id, article.version_of_id} - {None}
    return worth_asking().exclude(pk__in=tied).exclude(Q(copy_of=article) | Q(version_of=article))


def worth_asking() -> QuerySet[Article]:
    """A draft that was thrown away is nothing to be a version of."""
    return not_undone().exclude(status=Article.Status.CANCELED, first_public_at__isnull=True)


def compare(found: set[bytes], other: Article) -> Near:
    theirs = shingles(other.body)
    shared = len(found & theirs)
    return Near(other, shared / max(1, len(found)), shared / max(1, len(theirs)))


def tell_apart(article: Article, other: Article, *, by: Any) -> None:
    """They are different, and nobody is asked again."""
    earlier, later = sorted((article.pk, other.pk))
    with act(f"Said that {article} and {other} are different"):
        ToldApart.objects.get_or_create(
            earlier_id=earlier, later_id=later, defaults={"decided_by": by, "decided_at": clock.now()}
        )


def is_copy(article: Article, other: Article) -> None:
    """This text repeats that of the other, or of the one that the other repeats."""
    original = other.copy_of_id or other.pk
    if original == article.pk:
        raise NotPossible("the other is a copy of this one")
    with act(f"Called {article} a copy"):
        _tie(article, copy_of=original)
        # What repeated this one repeats what this one does.
        Article.objects.filter(copy_of=article).update(copy_of=original, version=F("version") + 1)


def takes_the_place_of(article: Article, older: Article) -> None:
    """This is the newer text: the older stays, and leads readers on to it."""
    if article.pk in successors(older) or older.pk in successors(article):
        raise NotPossible("they are versions of one another already")
    with act(f"Called {article} a new version"):
        if older.version_of_id is not None:
            raise NotPossible(f"number {older.pk} has a newer version already")
        address = older.canonical_url
        _tie(older, version_of=article.pk)
        if address and article.canonical_url is None:
            Article.objects.filter(pk=article.pk).update(canonical_url=address)


def successors(article: Article) -> list[int]:
    """The article that takes the place of this one, the one that takes its place, and so on."""
    found: list[int] = []
    following = article.version_of_id
    while following is not None and following not in found:
        found.append(following)
        following = Article.objects.values_list("version_of", flat=True).get(pk=following)
    return found


def _tie(article: Article, **to: Any) -> None:
    with transaction.atomic():
        Article.objects.filter(pk=article.pk).update(**to, version=F("version") + 1, modified_at=clock.now())
    article.refresh_from_db()


def unasked(articles: Iterable[Article]) -> list[tuple[Article, list[Near]]]:
    """Of some articles those that are near others of which nobody has said what they are."""
    found = ((article, near(article)) for article in articles)
    return [(article, others) for article, others in found if others]
