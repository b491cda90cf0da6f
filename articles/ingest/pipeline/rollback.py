"""Roll back an import batch, except what a person has edited since."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q

from articles.ingest.audit_context import SYSTEM_CHANNELS, system_change
from articles.ingest.edited_by_hand import edited_by_hand
from articles.models import (
    Alias,
    Article,
    Authorship,
    ImportBatch,
    NameDecision,
    Quote,
    Role,
    Speaker,
    Turn,
    clock,
    events_of,
)
from articles.models.audit import Event
from articles.search.index.building import erase

CHUNK_SIZE = 500
# Columns that an import of speakers may have filled in existing speakers.
FILLED = ("description", "sort_name", "same_as", "noindex")


@dataclass
class RollbackResult:
    """Counts of a rollback; `left` and `speakers_left` are the ids of what was not rolled back."""

    deleted: int = 0
    withdrawn: int = 0
    speakers: int = 0
    left: list[int] = field(default_factory=list)
    speakers_left: list[int] = field(default_factory=list)
    # Of existing speakers: aliases and roles deleted, and how many speakers got former values back.
    names: int = 0
    restored: int = 0


def rollback_batch(batch: ImportBatch) -> RollbackResult:
    """Delete articles that were never public, withdraw the others, and delete the speakers of the batch.

    An address that was public must always answer, so a withdrawn article keeps its row; its unique keys are
    cleared, so that the source can be imported again. What a person has edited is left.
    """
    done = RollbackResult()
    with system_change("import", batch=batch.pk):
        last, deleted = 0, set()
        while chunk := _chunk(batch, last):
            last = chunk[-1]
            with transaction.atomic():
                deleted |= _undo_articles(chunk, done)
        if deleted:
            erase(deleted)
        with transaction.atomic():
            _undo_speakers(batch, done)
            _undo_additions(batch, done)
            batch.undone_at = clock.now()
            batch.save(update_fields=["undone_at"])
    return done


@dataclass(frozen=True)
class RollbackPreview:
    """What a rollback would do: articles deleted, withdrawn and left, and public quotes hidden."""

    deleted: int
    withdrawn: int
    left: int
    quotes: int


def preview_rollback(batch: ImportBatch) -> RollbackPreview:
    """Count what `rollback_batch` would do."""
    deleted = withdrawn = left = quotes = last = 0
    while chunk := _chunk(batch, last):
        last = chunk[-1]
        articles = Article.objects.filter(pk__in=chunk)
        kept, public = _kept_and_public(articles, set(chunk))
        left, withdrawn, deleted = (
            left + len(kept),
            withdrawn + len(public),
            deleted + len(set(chunk) - kept - public),
        )
        quotes += Quote.objects.accepted().filter(article__in=set(chunk) - kept).count()
    return RollbackPreview(deleted, withdrawn, left, quotes)


def _kept_and_public(articles: models.QuerySet[Article], ids: set[int]) -> tuple[set[int], set[int]]:
    """Return the ids of articles to leave, and of the others those that have been public."""
    kept = edited_by_hand(ids) | set(
        articles.filter(earlier_versions__isnull=False).values_list("pk", flat=True)
    )
    public = articles.filter(first_public_at__lte=clock.now()).exclude(pk__in=kept)
    return kept, set(public.values_list("pk", flat=True))


def _chunk(batch: ImportBatch, last: int) -> list[int]:
    waiting = batch.articles.filter(pk__gt=last).exclude(status=Article.Status.CANCELED)
    return list(waiting.order_by("pk").values_list("pk", flat=True)[:CHUNK_SIZE])


def _undo_articles(chunk: list[int], done: RollbackResult) -> set[int]:
    """Delete or withdraw the articles; return those deleted."""
    articles = Article.objects.select_for_update().filter(pk__in=chunk)
    ids = set(articles.values_list("pk", flat=True))
    kept, public = _kept_and_public(articles, ids)
    done.left += sorted(kept)
    going = Article.objects.filter(pk__in=ids - kept)
    _hand_on_copies(ids - kept)
    done.withdrawn += going.filter(pk__in=public).update(
        status=Article.Status.CANCELED, canonical_url=None, external_id=None, version=F("version") + 1
    )
    done.deleted += len(ids - kept - public)
    going.exclude(pk__in=public).delete()
    return ids - kept - public


def _hand_on_copies(going: Iterable[int]) -> None:
    """Make the earliest remaining copy the original of the others."""
    staying = Article.objects.filter(copy_of__in=going).exclude(pk__in=going)
    heirs: dict[int | None, int] = {}
    for pk, original in staying.order_by(F("published_on").asc(nulls_last=True), "pk").values_list(
        "pk", "copy_of"
    ):
        heir = heirs.setdefault(original, pk)
        Article.objects.filter(pk=pk).update(copy_of=None if heir == pk else heir)
    Article.objects.filter(pk__in=going).update(copy_of=None)


def _undo_speakers(batch: ImportBatch, done: RollbackResult) -> None:
    """Delete speakers created by this batch, unless something else refers to them."""
    made = Speaker.objects.filter(import_batch=batch)
    withdrawn = Article.objects.filter(import_batch=batch, status=Article.Status.CANCELED)
    elsewhere = ~Q(article__in=withdrawn)
    used = {
        *_ids(Quote.objects.filter(elsewhere, speaker__in=made), "speaker"),
        *_ids(Quote.objects.filter(credited_to__in=made), "credited_to"),
        *_ids(Turn.objects.filter(elsewhere, speaker__in=made), "speaker"),
        *_ids(Authorship.objects.filter(elsewhere, speaker__in=made), "speaker"),
        *_ids(NameDecision.objects.filter(speaker__in=made), "speaker"),
        *_ids(Speaker.objects.filter(merged_into__in=made), "merged_into"),
        *_ids(Alias.objects.filter(speaker__in=made).exclude(import_batch=batch), "speaker"),
        *_ids(Role.objects.filter(speaker__in=made).exclude(import_batch=batch), "speaker"),
        *_ids(made.filter(merged_into__isnull=False), "pk"),
        *_changed_by_hand(made),
    }
    done.speakers_left = sorted(used)
    going = list(made.exclude(pk__in=used).values_list("pk", flat=True))
    Quote.objects.filter(speaker__in=going).update(speaker=None)
    Turn.objects.filter(speaker__in=going).update(speaker=None)
    Authorship.objects.filter(speaker__in=going).delete()
    done.speakers = Speaker.objects.filter(pk__in=going).delete()[1].get("articles.Speaker", 0)


def _ids(rows: models.QuerySet[Any], column: str) -> Iterable[int]:  # of several models
    return rows.values_list(column, flat=True)


def _undo_additions(batch: ImportBatch, done: RollbackResult) -> None:
    """Remove what an import of speakers added to existing speakers, unless a person has changed it."""
    for model in (Alias, Role):
        added = model.objects.filter(import_batch=batch).exclude(speaker__import_batch=batch)
        changed = _changed_by_hand(added)
        done.speakers_left += added.filter(pk__in=changed).values_list("speaker", flat=True)
        done.names += added.exclude(pk__in=changed).delete()[0]
    events = events_of(Speaker).filter(
        pgh_context__batch=batch.pk, pgh_created_at__lte=batch.finished_at or clock.now()
    )
    for event in events.exclude(import_batch=batch.pk).order_by("pgh_id"):
        _restore(event, done)


def _restore(event: Event, done: RollbackResult) -> None:
    speaker = Speaker.objects.select_for_update().get(pk=event.pgh_obj_id)
    later = events_of(Speaker).filter(pgh_obj=speaker.pk, pgh_id__gt=event.pgh_id)
    after = later.order_by("pgh_id").first() or speaker
    filled = [name for name in FILLED if getattr(event, name) != getattr(after, name)]
    given_back = [name for name in filled if getattr(speaker, name) == getattr(after, name)]
    for name in given_back:
        setattr(speaker, name, getattr(event, name))
    if given_back:
        speaker.save(update_fields=given_back)
        done.restored += 1
    if given_back != filled:
        done.speakers_left.append(speaker.pk)


def _changed_by_hand(rows: models.QuerySet[Any]) -> set[int]:  # of several models
    events = events_of(rows.model).filter(pgh_obj__in=rows)
    own = Q(pgh_context__through__in=SYSTEM_CHANNELS)
    ours = set(events.filter(own).values_list("pgh_id", flat=True))
    return set(events.exclude(pgh_id__in=ours).values_list("pgh_obj_id", flat=True))
