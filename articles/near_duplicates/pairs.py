"""Articles whose text is nearly that of another, and what an editor has said of such a pair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from articles.ingest.pipeline.duplicates import not_undone, text_hash
from articles.models import Article, Signature, ToldApart, clock
from articles.models.audit import change_group
from articles.near_duplicates.minhash import MADE_BY, bands, shingles

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
    def most(self) -> float:
        return max(self.of_this, self.of_other)

    @property
    def percent_of_this(self) -> int:
        return int(self.of_this * 100)

    @property
    def percent_of_other(self) -> int:
        return int(self.of_other * 100)


class NotPossible(Exception):
    """These two cannot be tied so; the message says why."""


def near(article: Article) -> list[Near]:
    return near_articles([article]).get(article.pk, [])


def near_articles(articles: Iterable[Article]) -> dict[int, list[Near]]:
    """By the number of each article those that it may be a version or copy of, the likest first.

    Those that are tied to it already, or that an editor has told apart from it, are left out. However many
    articles, by the same four statements.
    """
    ours = {article.pk: article for article in articles}
    pairs = ToldApart.objects.filter(Q(earlier__in=ours) | Q(later__in=ours)).values_list("earlier", "later")
    apart = {frozenset(pair) for pair in pairs}

    def is_open(number: int, other: Article) -> bool:
        return frozenset((number, other.pk)) not in apart and not _tied(ours[number], other)

    return _compared({pk: article.body for pk, article in ours.items()}, _bands_of(ours), is_open)


def near_texts(texts: Mapping[int, str]) -> dict[int, list[Near]]:
    """The same of texts that are not stored, by their numbers; the same text is a copy, and no matter."""
    # Below nought, so that none has the number of an article.
    bodies = {-number: body for number, body in texts.items()}
    same = {number: text_hash(body) for number, body in bodies.items()}
    sought = {number: bands(shingles(body)) for number, body in bodies.items()}
    found = _compared(bodies, sought, lambda number, other: other.body_hash != same[number])
    return {-number: others for number, others in sorted(found.items(), reverse=True)}


def _compared(
    bodies: Mapping[int, str], sought: Mapping[int, list[int]], is_open: Callable[[int, Article], bool]
) -> dict[int, list[Near]]:
    """What is much like each body, of the articles that share bands with it and are open to it."""
    wanted_by: dict[int, list[int]] = defaultdict(list)
    for number, others in likest(sought).items():
        for pk in others:
            wanted_by[pk].append(number)
    ours = {number: shingles(bodies[number]) for numbers in wanted_by.values() for number in numbers}
    found: dict[int, list[Near]] = defaultdict(list)
    # One at a time: two thousand long texts would not fit beside one another.
    for other in worth_asking().filter(pk__in=wanted_by).select_related("publication").iterator(CANDIDATES):
        if numbers := [number for number in wanted_by[other.pk] if is_open(number, other)]:
            theirs = shingles(other.body)
            for number in numbers:
                one = _compare(ours[number], theirs, other)
                if one.most >= LEAST:
                    found[number].append(one)
    likest_first = {
        number: sorted(some, key=lambda one: (-one.most, one.article.pk)) for number, some in found.items()
    }
    return {number: likest_first[number][:MOST] for number in sorted(likest_first)}


def _compare(ours: set[bytes], theirs: set[bytes], other: Article) -> Near:
    shared = len(ours & theirs)
    return Near(other, shared / max(1, len(ours)), shared / max(1, len(theirs)))


def _bands_of(articles: Mapping[int, Article]) -> dict[int, list[int]]:
    """The signatures kept; reckoned from the text where one lags behind it."""
    kept = Signature.objects.filter(article__in=articles, made_by=MADE_BY)
    known = {
        pk: some
        for pk, text, some in kept.values_list("article_id", "body_hash", "bands")
        if text == articles[pk].body_hash
    }
    return {pk: known[pk] if pk in known else bands(shingles(one.body)) for pk, one in articles.items()}


def _tied(one: Article, other: Article) -> bool:
    return other.pk in (one.copy_of_id, one.version_of_id) or one.pk in (
        other.copy_of_id,
        other.version_of_id,
    )


def likest(sought: Mapping[int, list[int]]) -> dict[int, list[int]]:
    """For the bands of each text the articles that share most of them, but the one of that number.

    However many texts, by one statement.
    """
    pairs = [(number, band) for number, some in sought.items() for band in some]
    found: dict[int, list[int]] = defaultdict(list)
    if not pairs:
        return found
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


def worth_asking() -> QuerySet[Article]:
    """A draft that was thrown away is nothing to be a version of."""
    return not_undone().exclude(status=Article.Status.CANCELED, first_public_at__isnull=True)


def tell_apart(article: Article, other: Article, *, by: Any) -> None:
    """They are different, and nobody is asked again."""
    earlier, later = sorted((article.pk, other.pk))
    with change_group(f"Said that {article} and {other} are different"):
        ToldApart.objects.get_or_create(
            earlier_id=earlier, later_id=later, defaults={"decided_by": by, "decided_at": clock.now()}
        )


def is_copy(article: Article, other: Article) -> None:
    """This text repeats that of the other, or of the one that the other repeats."""
    original = other.copy_of_id or other.pk
    if original == article.pk:
        raise NotPossible("the other is a copy of this one")
    with change_group(f"Called {article} a copy"):
        _tie(article, copy_of=original)
        # What repeated this one repeats what this one does.
        Article.objects.filter(copy_of=article).update(copy_of=original, version=F("version") + 1)


def takes_the_place_of(article: Article, older: Article) -> None:
    """This is the newer text: the older stays, and leads readers on to it."""
    if article.pk in successors(older) or older.pk in successors(article):
        raise NotPossible("they are versions of one another already")
    with change_group(f"Called {article} a new version"):
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
