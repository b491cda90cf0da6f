"""Find near-duplicate articles, and record what an editor decides about a pair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import Q
from django.db.models.fields.json import KeyTransform
from django.utils.translation import gettext

from articles.ingest.pipeline.duplicates import comparable_articles, text_hash
from articles.models import Article, Signature, ToldApart, clock
from articles.models.article import SAME_HEADLINE, ArticleQuerySet
from articles.models.audit import change_group
from articles.near_duplicates.minhash import SCHEME, lsh_bands, shingles

# Separate stories about one event share less of the shorter text than this.
MIN_SHARE = 0.4
MAX_FOUND = 5
MAX_CANDIDATES = 20
# Articles looked up per band: a band that hundreds share belongs to a form letter.
MAX_PER_BAND = 50


@dataclass(frozen=True)
class NearDuplicate:
    """Another article, with the share of this text found in it, and of its text found in this one.

    `same_headline`: this one came without ID and link, with the headline and date of the other.
    """

    article: Article
    of_this: float
    of_other: float
    same_headline: bool = False

    @property
    def most(self) -> float:
        return max(self.of_this, self.of_other)

    @property
    def percent_of_this(self) -> int:
        return int(self.of_this * 100)

    @property
    def percent_of_other(self) -> int:
        return int(self.of_other * 100)


class CannotLink(Exception):
    """These two articles cannot be linked like this; the message says why."""


def near_duplicates_of(article: Article) -> list[NearDuplicate]:
    """Return up to `MAX_FOUND` near-duplicates, the most similar first."""
    return near_duplicates_by_article([article]).get(article.pk, [])


def near_duplicates_by_article(articles: Iterable[Article]) -> dict[int, list[NearDuplicate]]:
    """Return the near-duplicates of each article by its id, the most similar first.

    Articles that are already linked with it, or that an editor has marked as different, are left out. One
    with the same headline and date comes first, however similar, until an editor has decided. Takes four
    queries for any number of articles.
    """
    ours = {article.pk: article for article in articles}
    pairs = ToldApart.objects.filter(Q(earlier__in=ours) | Q(later__in=ours)).values_list("earlier", "later")
    apart = {frozenset(pair) for pair in pairs}

    def is_open(number: int, other: Article) -> bool:
        return frozenset((number, other.pk)) not in apart and not _are_linked(ours[number], other)

    same = {pk: other for pk, one in ours.items() if (other := _number(one.extra.get(SAME_HEADLINE)))}
    return _compared({pk: article.body for pk, article in ours.items()}, _bands_of(ours), is_open, same)


def undecided_same_headlines(articles: Iterable[Article]) -> dict[int, int]:
    """The article of which each may be a new version by headline and date, unless an editor has decided.

    The articles come from `with_same_headline`. Takes no query if there are none.
    """
    ours = {one.pk: one for one in articles if _number(one.same_headline)}  # type: ignore[attr-defined]
    if not ours:
        return {}
    pairs = ToldApart.objects.filter(Q(earlier__in=ours) | Q(later__in=ours)).values_list("earlier", "later")
    apart = {frozenset(pair) for pair in pairs}
    others = Article.objects.only("pk", "copy_of", "version_of").in_bulk(
        [one.same_headline for one in ours.values()]  # type: ignore[attr-defined]
    )
    found = {pk: others.get(one.same_headline) for pk, one in ours.items()}  # type: ignore[attr-defined]
    return {
        pk: other.pk
        for pk, other in found.items()
        if other and frozenset((pk, other.pk)) not in apart and not _are_linked(ours[pk], other)
    }


def with_same_headline(articles: ArticleQuerySet) -> ArticleQuerySet:
    """The articles, each with the `same_headline` that its import noted."""
    return articles.annotate(same_headline=KeyTransform(SAME_HEADLINE, "extra"))


def _number(noted: object) -> int | None:
    """The id of an article; a column of an imported file may have the same name."""
    return noted if type(noted) is int and 0 < noted < 2**63 else None


def near_duplicates_by_text(texts: Mapping[int, str]) -> dict[int, list[NearDuplicate]]:
    """Return the near-duplicates of texts that are not stored, by their numbers, without exact copies."""
    # Negative, so that none equals the id of an article.
    bodies = {-number: body for number, body in texts.items()}
    same = {number: text_hash(body) for number, body in bodies.items()}
    sought = {number: lsh_bands(shingles(body)) for number, body in bodies.items()}
    found = _compared(bodies, sought, lambda number, other: other.body_hash != same[number])
    return {-number: others for number, others in sorted(found.items(), reverse=True)}


def _compared(
    bodies: Mapping[int, str],
    sought: Mapping[int, list[int]],
    is_open: Callable[[int, Article], bool],
    same_headline: Mapping[int, int] = MappingProxyType({}),
) -> dict[int, list[NearDuplicate]]:
    """Compare each body with the articles that share bands with it and for which `is_open` is true.

    `same_headline`: an article for each body with which it is compared in any case.
    """
    wanted_by: dict[int, list[int]] = defaultdict(list)
    for number, pk in same_headline.items():
        wanted_by[pk].append(number)
    for number, others in sharing_most_bands(sought).items():
        for pk in others:
            if number not in wanted_by[pk]:
                wanted_by[pk].append(number)
    ours = {number: shingles(bodies[number]) for numbers in wanted_by.values() for number in numbers}
    found: dict[int, list[NearDuplicate]] = defaultdict(list)
    # Read in small chunks: two thousand long texts would need too much memory.
    candidates = (
        comparable_articles().filter(pk__in=wanted_by).select_related("publication").iterator(MAX_CANDIDATES)
    )
    for other in candidates:
        if numbers := [number for number in wanted_by[other.pk] if is_open(number, other)]:
            theirs = shingles(other.body)
            for number in numbers:
                one = _compare(ours[number], theirs, other, same_headline.get(number) == other.pk)
                if one.same_headline or one.most >= MIN_SHARE:
                    found[number].append(one)
    most_similar_first = {
        number: sorted(some, key=lambda one: (not one.same_headline, -one.most, one.article.pk))
        for number, some in found.items()
    }
    return {number: most_similar_first[number][:MAX_FOUND] for number in sorted(most_similar_first)}


def _compare(ours: set[bytes], theirs: set[bytes], other: Article, same_headline: bool) -> NearDuplicate:
    shared = len(ours & theirs)
    return NearDuplicate(other, shared / max(1, len(ours)), shared / max(1, len(theirs)), same_headline)


def _bands_of(articles: Mapping[int, Article]) -> dict[int, list[int]]:
    """Return the stored bands; computed from the text if the stored signature is out of date."""
    kept = Signature.objects.filter(article__in=articles, made_by=SCHEME)
    known = {
        pk: some
        for pk, text, some in kept.values_list("article_id", "body_hash", "bands")
        if text == articles[pk].body_hash
    }
    return {pk: known[pk] if pk in known else lsh_bands(shingles(one.body)) for pk, one in articles.items()}


def _are_linked(one: Article, other: Article) -> bool:
    return other.pk in (one.copy_of_id, one.version_of_id) or one.pk in (
        other.copy_of_id,
        other.version_of_id,
    )


def sharing_most_bands(sought: Mapping[int, list[int]]) -> dict[int, list[int]]:
    """Return the `MAX_CANDIDATES` articles that share most bands with each text, except itself.

    Takes one query for any number of texts.
    """
    pairs = [(number, band) for number, some in sought.items() for band in some]
    found: dict[int, list[int]] = defaultdict(list)
    if not pairs:
        return found
    with transaction.atomic(), connection.cursor() as cursor:
        # During a large import the statistics still say that the table is small, and it would be scanned.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            """
            WITH sought AS MATERIALIZED (
                SELECT DISTINCT number, band
                FROM unnest(%(numbers)s::bigint[], %(bands)s::int[]) AS p (number, band)
            ), stored AS MATERIALIZED (
                -- Each band once: form letters share theirs.
                SELECT b.band, f.article_id
                FROM (SELECT DISTINCT band FROM sought) AS b CROSS JOIN LATERAL (
                    SELECT article_id FROM articles_signature
                    WHERE bands @> ARRAY[b.band] AND made_by = %(made_by)s LIMIT %(per_band)s
                ) AS f
            ), shared AS (
                SELECT number, article_id, count(*) AS bands FROM sought JOIN stored USING (band)
                WHERE article_id <> number GROUP BY 1, 2
            ), placed AS (
                SELECT number, article_id,
                    row_number() OVER (PARTITION BY number ORDER BY bands DESC, article_id) AS place
                FROM shared
            )
            SELECT number, article_id FROM placed WHERE place <= %(candidates)s ORDER BY number, place
            """,
            {
                "numbers": [number for number, _ in pairs],
                "bands": [band for _, band in pairs],
                "made_by": SCHEME,
                "per_band": MAX_PER_BAND,
                "candidates": MAX_CANDIDATES,
            },
        )
        for number, pk in cursor:
            found[number].append(pk)
    return found


def mark_different(article: Article, other: Article, *, by: User) -> None:
    """Remember that the two articles are different, so that no editor is asked again."""
    earlier, later = sorted((article.pk, other.pk))
    with change_group(f"Marked {article} and {other} as different"):
        ToldApart.objects.get_or_create(
            earlier_id=earlier, later_id=later, defaults={"decided_by": by, "decided_at": clock.now()}
        )


def mark_as_copy(article: Article, other: Article) -> None:
    """Link the article as a copy of the other, or of the other's original."""
    original = other.copy_of_id or other.pk
    if original == article.pk:
        raise CannotLink(gettext("the other article is a copy of this one"))
    with change_group(f"Marked {article} as a copy of ID {original}"):
        _link(article, copy_of=original)
        # Copies of this article become copies of its original.
        Article.objects.filter(copy_of=article).mark_changed(copy_of=original)


def mark_as_new_version(article: Article, older: Article) -> None:
    """Link `article` as the new version of `older`, which stays and refers readers to it."""
    if article.pk in successors(older) or older.pk in successors(article):
        raise CannotLink(gettext("one is already a version of the other"))
    with change_group(f"Marked {article} as a newer version of ID {older.pk}"):
        if older.version_of_id is not None:
            raise CannotLink(gettext("article %(id)s already has a newer version") % {"id": older.pk})
        address = older.canonical_url
        _link(older, version_of=article.pk)
        if address and article.canonical_url is None:
            Article.objects.filter(pk=article.pk).mark_changed(canonical_url=address)


def successors(article: Article) -> list[int]:
    """Return the ids of the newer version of this article, of the newer version of that, and so on."""
    found: list[int] = []
    following = article.version_of_id
    while following is not None and following not in found:
        found.append(following)
        following = Article.objects.values_list("version_of", flat=True).get(pk=following)
    return found


def _link(article: Article, **to: int) -> None:
    with transaction.atomic():
        Article.objects.filter(pk=article.pk).mark_changed(**to)
    article.refresh_from_db()
