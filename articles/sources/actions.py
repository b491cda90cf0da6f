"""What editors do with a source; each returns whether it still applied: not if the source was deleted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import wraps

from django.db import IntegrityError, transaction

from articles.ingest.advisory_locks import only_one
from articles.ingest.unused_publications import delete_if_unused
from articles.models import Source, SourceState, clock
from articles.models.audit import change_group


def lock_of(source: Source) -> str:
    """The key of the lock that a run of the source holds."""
    return f"source {source.pk}"


def state_of(source: Source) -> SourceState:
    """The state, locked with its source until the transaction ends; raises `Source.DoesNotExist`."""
    # The source first: it may have been deleted meanwhile, and cannot be from now on.
    Source.objects.select_for_update(no_key=True).get(pk=source.pk)
    SourceState.objects.get_or_create(source=source)
    return SourceState.objects.select_for_update().get(source=source)


def _if_it_exists(act: Callable[[Source], bool]) -> Callable[[Source], bool]:
    """The same action; False if another editor has deleted the source."""

    @wraps(act)
    def attempt(source: Source) -> bool:
        try:
            return act(source)
        except Source.DoesNotExist:
            return False

    return attempt


@transaction.atomic
def settings_changed(source: Source, elsewhere: bool) -> None:
    """After a change of the form: `elsewhere` if it has another link or folder."""
    state = state_of(source)
    if elsewhere:
        state.forget_answers()
    elif state.next_run_at:
        soonest = clock.now() + dt.timedelta(minutes=source.every)
        state.next_run_at = min(state.next_run_at, soonest)
        state.save(update_fields=["next_run_at"])


@_if_it_exists
@transaction.atomic
def make_due(source: Source) -> bool:
    """Let the next timer fetch it; a page would have to wait for a slow server."""
    if source.paused:
        return False
    state_of(source)
    SourceState.objects.filter(source=source).update(next_run_at=None)
    return True


@_if_it_exists
def pause(source: Source) -> bool:
    """Pause the source; also what to do with a feed that is gone, which is listed no longer."""
    with change_group(f"Paused source {source.name}"):
        state = state_of(source)
        if source.paused and not state.gone:
            return False
        state.clear_fault()
        state.save()
        Source.objects.filter(pk=source.pk).update(paused=True)
    return True


@_if_it_exists
def resume(source: Source) -> bool:
    with change_group(f"Resumed source {source.name}"):
        state = state_of(source)
        state.clear_fault()
        state.next_run_at = None
        state.save()
        return bool(Source.objects.filter(pk=source.pk, paused=True).update(paused=False))


def delete(source: Source, *, with_publication: bool = False) -> bool:
    """Delete the source, and its publication if nothing else refers to it.

    False while a run is going on, and if another editor has deleted it already.

    Articles and imports stay, and the history has the source. It is paused first, so that it fetches nothing
    by itself if the deletion is undone: what it has taken is forgotten.
    """
    with only_one(lock_of(source)) as no_run:
        if not no_run:
            return False
        if not source.paused:
            pause(source)
        with change_group(f"Deleted source {source.name}"):
            # Locked before its state, as elsewhere: otherwise this and a save could wait for each other.
            if not Source.objects.select_for_update().filter(pk=source.pk).first():
                return False
            Source.objects.filter(pk=source.pk).delete()
            if with_publication:
                delete_if_unused(source.publication)
    return True


@_if_it_exists
def use_new_link(source: Source) -> bool:
    """Use the link to which the feed has moved; not if another source has it."""
    try:
        with change_group(f"New link of source {source.name}"):
            state = state_of(source)
            if not state.moved_to:
                return False
            Source.objects.filter(pk=source.pk).update(url=state.moved_to)
            state.forget_answers()
    except IntegrityError:
        return False
    return True


@_if_it_exists
@transaction.atomic
def keep_link(source: Source) -> bool:
    state = state_of(source)
    if not state.moved_to:
        return False
    state.moved_declined, state.moved_to = state.moved_to, ""
    state.save()
    return True


def dismiss_rejected(source: Source) -> bool:
    """The rejected rows need no more attention."""
    return bool(source.items.to_mend().update(dismissed=True))


@_if_it_exists
@transaction.atomic
def retry_rejected(source: Source) -> bool:
    """Read the items and files with rejected rows again; articles that were taken are recognised."""
    number, _ = source.items.to_mend().delete()
    return bool(number) and _read_all(source)


@_if_it_exists
@transaction.atomic
def read_again(source: Source) -> bool:
    """Forget what was taken; articles that are in the archive are recognised, undone ones come back."""
    source.items.all().delete()
    return _read_all(source)


def _read_all(source: Source) -> bool:
    state = state_of(source)
    state.etag = state.last_modified = ""
    state.next_run_at = None
    state.save()
    return True
