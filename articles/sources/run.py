"""One run of a source: read what is new, import it as one batch, and note how it went."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext

from articles.fetching.http_client import Answered, Page, fetch
from articles.fetching.url_policy import Refused
from articles.ingest.advisory_locks import only_one
from articles.ingest.pipeline.importer import Defaults, Fault, import_rows
from articles.ingest.pipeline.types import Counts, ImportOptions
from articles.models import ImportBatch, Source, SourceItem, SourceState, clock
from articles.models.audit import change_group
from articles.parsing.normalization import storable
from articles.sources import actions
from articles.sources.feeds import read_feed
from articles.sources.folders import read_folder
from articles.sources.reading import UNWATCHED, Reading, Taking, Unreadable, Watch

log = logging.getLogger(__name__)
GONE = 410


@dataclass
class Result:
    """How a run went: `fault` is for the editors, `program_error` is ours; if `busy`, it did not run.

    `waiting` is the number of items for the next run; `out_of_time`: because the time of this one was over.
    """

    counts: Counts = field(default_factory=Counts)
    batch: ImportBatch | None = None
    waiting: int = 0
    out_of_time: bool = False
    fault: str = ""
    program_error: bool = False
    busy: bool = False


@dataclass
class Attempt:
    """A result with what was read, or with the error for which it could not be read."""

    result: Result
    reading: Reading | None = None
    error: Refused | Unreadable | None = None


def fetch_source(
    source: Source,
    *,
    only_if_due: bool = False,
    dry_run: bool = False,
    web: Callable[..., Page] | None = None,
) -> Result:
    """Run the source, unless another process does; nothing is raised for what is wrong with the source.

    `web` takes the place of the fetcher.
    """
    with only_one(actions.lock_of(source)) as mine:
        if not mine:
            return Result(busy=True)
        # Editors may have changed or deleted it since the caller read it, which may be long ago.
        try:
            source.refresh_from_db()
            state = _stored_state(source) if not dry_run else _state_of(source)
        except Source.DoesNotExist:
            return Result(fault=_deleted())
        # Another run may have ended while this one was about to begin.
        if only_if_due and not Source.objects.due(clock.now()).filter(pk=source.pk).exists():
            return Result(busy=True)
        attempt = read_and_import(source, state, web, dry_run=dry_run)
        if not dry_run:
            _note(source, attempt)
            if not Source.objects.filter(pk=source.pk).exists():
                # What was imported stays, as after a deletion between two runs.
                attempt.result.fault = _deleted()
        return attempt.result


def _deleted() -> str:
    return gettext("The source was deleted.")


def read_and_import(
    source: Source,
    state: SourceState,
    web: Callable[..., Page] | None = None,
    *,
    dry_run: bool,
    watch: Watch = UNWATCHED,
) -> Attempt:
    """Read the source and import what is new; nothing is raised for what is wrong with it."""
    try:
        if source.kind == Source.Kind.FEED:
            reading = read_feed(source, state, web or fetch, watch)
        else:
            reading = read_folder(source, store=not dry_run)
        return Attempt(_import(source, reading, dry_run, watch), reading)
    except (Refused, Unreadable) as error:
        return Attempt(Result(fault=storable(str(error))), error=error)
    except Exception:
        # Whatever happens with one source, the others must run.
        log.exception("Source %s could not be run", source.name)
        said = gettext("Our software failed. Ask the people who run the archive; the details are in its log.")
        return Attempt(Result(fault=said, program_error=True))


@contextmanager
def _state_to_change(source: Source) -> Iterator[SourceState | None]:
    """The state as it is now; None if the source was deleted or has another link or folder meanwhile."""
    with transaction.atomic():
        # Locked, so that it cannot be deleted between the question and the change.
        rows = Source.objects.select_for_update(no_key=True)
        same = rows.filter(pk=source.pk, url=source.url, folder=source.folder).first()
        yield actions.state_of(same) if same else None


@transaction.atomic
def _stored_state(source: Source) -> SourceState:
    return actions.state_of(source)


def _state_of(source: Source) -> SourceState:
    return SourceState.objects.filter(source=source).first() or SourceState(source=source)


def _import(source: Source, reading: Reading, dry_run: bool, watch: Watch) -> Result:
    taking = Taking(source, reading.pieces, store=not dry_run)
    section = source.section.name if source.section else ""

    def on_fault(fault: Fault) -> None:
        taking.on_fault(fault)
        watch.on_fault(fault)

    summary = import_rows(
        watch.lines(taking.lines()),
        ImportOptions(
            publish=source.publish,
            changed=source.changed,
            pretend=dry_run,
            publication=source.publication_id,
            ask_same_headline=True,
        ),
        source=source.name,
        defaults=Defaults(source.publication.name, source.language, section, same_publication=True),
        on_fault=on_fault,
        on_progress=lambda counts, row: taking.stored_up_to(row),
        on_article=watch.on_article,
        on_outcome=watch.on_outcome,
        chunk_size=watch.chunk_size,
        batch_options={"door": source.kind, "fetched_from": source.pk},
        only_if_new=True,
    )
    taking.finish()
    if summary.batch:
        SourceItem.objects.filter(pk__in=taking.taken).update(batch=summary.batch)
    return Result(summary.counts, summary.batch, reading.waiting, reading.out_of_time, reading.fault)


def _note(source: Source, attempt: Attempt) -> None:
    """Note how a run went."""
    if attempt.error:
        _note_failure(source, attempt.result, attempt.error)
        return
    with _state_to_change(source) as state:
        if state and attempt.reading:
            _note_reading(source, state, attempt.reading)
        elif state:
            state.fail(source.every, attempt.result.fault)


def _note_reading(source: Source, state: SourceState, reading: Reading) -> None:
    """Note a run that has read the source, with or without a fault."""
    if reading.seen is not None:
        rejected = source.items.filter(rejected__gt=0)
        rejected.exclude(key__in=reading.seen).update(present=False)
        rejected.filter(key__in=reading.seen).update(present=True)
    moved = reading.moved_to
    state.moved_to = moved if moved not in (state.moved_declined, source.url) else ""
    # What waits must be given again by the next answer.
    complete = not reading.waiting and not reading.fault
    state.etag = reading.etag if complete else ""
    state.last_modified = reading.last_modified if complete else ""
    if reading.fault:
        state.fail(source.every, reading.fault)
    else:
        state.succeed(source.every, soon=bool(reading.waiting))


def _note_failure(source: Source, result: Result, error: Refused | Unreadable) -> None:
    """Note that the source could not be read; a feed that is gone for good is paused."""
    gone = isinstance(error, Answered) and error.status == GONE
    if gone:
        result.fault = gettext("The feed is gone for good (410). We paused this source.")
    with _state_to_change(source) as state:
        if state is None:
            return
        state.gone = gone
        state.fail(source.every, result.fault, error.retry_after if isinstance(error, Answered) else None)
        if gone:
            what = f"Paused {source.name}: the feed is gone"
            with change_group(what, through="command", page="fetch_sources"):
                Source.objects.filter(pk=source.pk).update(paused=True)
