"""Merge two speakers who are the same person, and split one who is two."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext

from articles.models import Article, Quote, Speaker, events_of
from articles.models.audit import change_group
from articles.models.quote_sets import QuoteQuerySet
from articles.models.speaker import lock_merges
from articles.models.turn_speakers import Named
from articles.speakers.corrections import correct_speaker, mark_articles_changed
from articles.speakers.names import free_slugs
from articles.speakers.sort_names import sort_name

# The id of a speaker that is not stored yet; no stored speaker has it.
_NO_SPEAKER = -1


class Unmergeable(Exception):
    """The two speakers cannot be merged; the message says why."""


@dataclass(frozen=True)
class Preview:
    """What a merge would do; `written` counts articles by `given_up`, `shared` articles quoting both."""

    given_up: Speaker
    kept: Speaker
    quotes: int
    written: int
    shared: int
    warnings: tuple[str, ...]


def preview(given_up: Speaker, kept: Speaker) -> Preview:
    """Count the quotes and articles that the merge affects; raises `Unmergeable`."""
    _check(given_up, kept)
    going, staying = given_up.family_ids(), kept.family_ids()
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
        raise Unmergeable(gettext("Choose two different speakers."))
    for one in (given_up, kept):
        if one.merged_into_id:
            raise Unmergeable(gettext("%(name)s has already been merged.") % {"name": one.name})


def _warnings(given_up: Speaker, kept: Speaker) -> Iterable[str]:
    if given_up.kind != kept.kind:
        yield gettext("They have different types: %(one)s and %(other)s.") % {
            "one": given_up.get_kind_display(),
            "other": kept.get_kind_display(),
        }
    if given_up.same_as and kept.same_as and given_up.same_as != kept.same_as:
        yield gettext("They have different links elsewhere.")


def merge(given_up: Speaker, kept: Speaker) -> str:
    """Merge one speaker into the other without changing quotes; return the key to revert it.

    Raises `Unmergeable` if somebody has merged or deleted one of them in the meantime.
    """
    last = Quote.objects.aggregate(last=Max("pk"))["last"] or 0
    with change_group(f"Merged {given_up.name} into {kept.name}", last_quote=last) as key:
        # Lock merges before rows, in the order of the database trigger, so that two merges cannot deadlock.
        lock_merges()
        pair = (
            Speaker.objects.select_for_update(no_key=True)
            .filter(pk__in=[given_up.pk, kept.pk])
            .order_by("pk")
        )
        stored = {one.pk: one for one in pair}
        if len(stored) < 2:
            raise Unmergeable(gettext("One of these speakers no longer exists, or both are the same."))
        given_up, kept = stored[given_up.pk], stored[kept.pk]
        _check(given_up, kept)
        given_up.merged_into = kept
        given_up.save(update_fields=["merged_into"])
    return key


@dataclass(frozen=True)
class Linked:
    """Quotes linked to the remaining speaker since a merge; reverting the merge leaves them there."""

    given_up: Speaker
    kept: Speaker
    quotes: QuoteQuerySet


def linked_since(key: str) -> Linked | None:
    """Return the quotes linked since this merge, reverted or not; None if the key is not of a merge."""
    events = events_of(Speaker)
    merged = events.filter(pgh_context__act=key).order_by("pgh_id").first()
    given_up = Speaker.objects.filter(pk=merged.pgh_obj_id).first() if merged else None
    if merged is None or given_up is None:
        return None
    after = events.filter(pgh_obj_id=given_up.pk, pgh_id__gt=merged.pgh_id).order_by("pgh_id").first()
    kept = Speaker.objects.filter(pk=(after or given_up).merged_into_id or 0).first()
    if kept is None or kept.pk == merged.merged_into_id:
        return None
    before = events_of(Quote).filter(pgh_obj=OuterRef("pk"), pgh_created_at__gt=merged.pgh_created_at)
    of_another = before.filter(Q(speaker__isnull=True) | ~Q(speaker=kept.pk))
    # Newer quotes have higher ids; merges by older releases did not record the last one.
    came = Q(pk__gt=merged.pgh_context["last_quote"]) if "last_quote" in merged.pgh_context else Q()
    linked = Exists(of_another) | came if came else Exists(of_another)
    return Linked(given_up, kept, Quote.objects.filter(linked, speaker=kept))


def cannot_move(quotes: QuoteQuerySet, target: Speaker | str) -> dict[int, str]:
    """By quote id, why `split` leaves these turns; `target` is a speaker, or the name of a new one."""
    if isinstance(target, Speaker):
        return quotes.not_spoken_by(target)
    new = Named(_NO_SPEAKER, target)
    ids = quotes.filter(turn__isnull=False).order_by().values_list("pk", flat=True)
    found = quotes.contradictions(dict.fromkeys(ids, new))
    return {pk: found[pk] for pk in ids if pk in found}


def split(
    quotes: QuerySet[Quote],
    source: Speaker,
    *,
    by: User | None,
    target: Speaker | None = None,
    name: str = "",
) -> str:
    """Attribute these quotes of one speaker to another, who is created with `name` if not given.

    Turns whose label or role contradicts the other speaker are left. Returns the key to revert it, which also
    deletes a speaker created here.
    """
    with change_group(f"Moved quotes of {source.name} to {target.name if target else name}") as key:
        if target is None:
            slug = free_slugs(Speaker, [name])[name]
            target = Speaker.objects.create(
                name=name, slug=slug, kind=source.kind, sort_name=sort_name(name, source.kind)
            )
        mine = quotes.filter(speaker__in=source.family_ids())
        chosen = set(mine.select_for_update(of=("self",)).values_list("pk", flat=True))
        cannot_be = Quote.objects.filter(pk__in=chosen).not_spoken_by(target)
        given = Quote.objects.filter(pk__in=chosen - set(cannot_be))
        correct_speaker(given, target, by=by)
        mark_articles_changed(given)
    return key
