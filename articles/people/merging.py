"""Two entries that are one person, and one entry that is two: merged, split, and both taken back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import F, QuerySet

from articles.models import Article, Quote, Speaker, Turn, merged_ids
from articles.models.history import act
from articles.people.names import free_slugs, sort_name


class Unmergeable(Exception):
    """These two cannot be merged; the message says why."""


@dataclass(frozen=True)
class Preview:
    """What a merge would do: whose page leads on to whose, with how many quotes and articles."""

    given_up: Speaker
    kept: Speaker
    quotes: int
    written: int
    shared: int
    warnings: tuple[str, ...]


def preview(given_up: Speaker, kept: Speaker) -> Preview:
    """Count what will be shown under the other name; raises `Unmergeable`."""
    _check(given_up, kept)
    going, staying = merged_ids([given_up.pk]), merged_ids([kept.pk])
    quotes = Quote.objects.filter(speaker__in=going)
    shared = quotes.filter(article__in=Quote.objects.filter(speaker__in=staying).values("article"))
    return Preview(
        given_up,
        kept,
        quotes.count(),
        Article.objects.filter(authors__in=going).distinct().count(),
        shared.values("article").distinct().count(),
        tuple(_warnings(given_up, kept)),
    )


def _check(given_up: Speaker, kept: Speaker) -> None:
    if given_up.pk == kept.pk:
        raise Unmergeable("Both are the same entry.")
    for one in (given_up, kept):
        if one.merged_into_id:
            raise Unmergeable(f"{one.name} has been merged already.")


def _warnings(given_up: Speaker, kept: Speaker) -> Iterable[str]:
    if given_up.kind != kept.kind:
        yield f"They differ in kind: {given_up.get_kind_display()} and {kept.get_kind_display()}."
    if given_up.same_as and kept.same_as and given_up.same_as != kept.same_as:
        yield "Both are known elsewhere, under different identifiers."


def merge(given_up: Speaker, kept: Speaker) -> str:
    """Let one entry lead on to the other; no quote is moved. Gives the key that takes it back."""
    with act(f"Merged {given_up.name} into {kept.name}") as key:
        pair = Speaker.objects.select_for_update().filter(pk__in=[given_up.pk, kept.pk]).order_by("pk")
        stored = {one.pk: one for one in pair}
        given_up, kept = stored[given_up.pk], stored[kept.pk]
        _check(given_up, kept)
        given_up.merged_into = kept
        given_up.save(update_fields=["merged_into"])
    return key


def split(quotes: QuerySet[Quote], source: Speaker, *, target: Speaker | None = None, name: str = "") -> str:
    """Give these quotes of one speaker to another, made under this name where none is given.

    Gives the key that takes it back; a speaker made for it stays then, without quotes.
    """
    with transaction.atomic():
        if target is None:
            slug = free_slugs(Speaker, [name])[name]
            target = Speaker.objects.create(
                name=name, slug=slug, kind=source.kind, sort_name=sort_name(name, source.kind)
            )
        with act(f"Gave quotes of {source.name} to {target.name}") as key:
            mine = quotes.filter(speaker__in=merged_ids([source.pk]))
            chosen = list(mine.select_for_update(of=("self",)).values_list("pk", "turn", "article"))
            Quote.objects.filter(pk__in=[pk for pk, _, _ in chosen]).update(speaker=target)
            Turn.objects.filter(pk__in=[turn for _, turn, _ in chosen if turn]).update(speaker=target)
            # An open page of the desk must not save over this.
            articles = Article.objects.filter(pk__in={article for _, _, article in chosen})
            articles.update(version=F("version") + 1)
    return key


def suggestions(limit: int = 50) -> list[tuple[Speaker, Speaker]]:
    """Pairs that may be one: of one name but for case, accents and points, or of one identifier.

    First of each pair the one that came later, to be given up.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH named AS (
                SELECT id, regexp_replace(archive_fold(name), '[^[:alnum:]]+', ' ', 'g') AS name
                FROM articles_speaker WHERE merged_into_id IS NULL AND kind <> 'unnamed'
                UNION SELECT a.speaker_id, regexp_replace(archive_fold(a.name), '[^[:alnum:]]+', ' ', 'g')
                FROM articles_alias a JOIN articles_speaker s ON s.id = a.speaker_id
                WHERE s.merged_into_id IS NULL AND s.kind <> 'unnamed'
                UNION SELECT id, same_as FROM articles_speaker
                WHERE merged_into_id IS NULL AND same_as <> ''
            )
            SELECT DISTINCT max(id), min(id) FROM named GROUP BY name
            HAVING count(DISTINCT id) > 1 ORDER BY 1 DESC LIMIT %s
            """,
            [limit],
        )
        pairs = cursor.fetchall()
    speakers = Speaker.objects.in_bulk({pk for pair in pairs for pk in pair})
    return [(speakers[later], speakers[earlier]) for later, earlier in pairs]
