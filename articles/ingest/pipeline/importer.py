"""An import: rows are read, extracted and stored some hundred at a time, each lot whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice
from types import MappingProxyType
from typing import Any

from django.db import connection, connections
from django.db.models import F

from articles.extraction import ExtractionResult
from articles.fetching.sandbox import PageError, read_html
from articles.ingest.pipeline.parse import decode_file, extract, read_fields
from articles.ingest.pipeline.types import Counts, Incoming, Stored, Wishes
from articles.ingest.pipeline.upsert import Storing
from articles.models import ImportBatch, ImportError, clock
from articles.parsing import ParsedArticle, RowError, read_text
from articles.parsing.decoding import no_text
from articles.parsing.parsed import Problem
from articles.parsing.tabular.jsonl import Line
from articles.parsing.tabular.source_status import DRAFT, LEAVE, front_matter, why_withheld

LOT = 200
# A lot of long articles is closed earlier: so many bytes of rows are held at once.
LOT_BYTES = 4 * 1024 * 1024
_LONGEST_VALUE = 500
# Of the rows that are here already: a whole file that comes a second time is no news.
MOST_PRESENT = 1_000


@dataclass(frozen=True)
class Fault:
    """A row that was not taken in, or not as was wished, with the reason."""

    row: int
    column: str
    value: str
    reason: str
    bad: bool = True
    line: Line | None = None
    taken: bool = False  # the article came in
    kept: bool = True  # told on the page of the import, not only while it runs


@dataclass
class Summary:
    """What an import did; `batch` is None where it only tried."""

    batch: ImportBatch | None
    counts: Counts
    faulty: bool = False


@dataclass(frozen=True)
class Defaults:
    """For rows that do not say it themselves."""

    publication: str = ""
    language: str = ""

    def fill(self, row: Mapping[str, Any]) -> dict[str, Any]:
        missing = {n: v for n, v in vars(self).items() if v and row.get(n) in (None, "")}
        return {**row, **missing}

    def fill_parsed(self, parsed: ParsedArticle) -> ParsedArticle:
        return replace(parsed, **{n: v for n, v in vars(self).items() if v and not getattr(parsed, n)})


def import_rows(
    lines: Iterable[Line],
    wishes: Wishes,
    *,
    source: str,
    defaults: Defaults = Defaults(),
    started_by: Any = None,
    told: Callable[[Counts, int], None] = lambda counts, row: None,
    fault: Callable[[Fault], None] = lambda fault: None,
    seen: Callable[[int, Incoming], None] = lambda number, incoming: None,
    new: Callable[[dict[int, Incoming]], None] = lambda incoming: None,
    options: Mapping[str, Any] = MappingProxyType({}),
) -> Summary:
    """Store the rows as one batch; `told` hears the counts after each lot, `fault` of each bad row, `seen`
    of each article that could be read, `new` of each lot by row what of it is no article yet. `options` are
    kept with the batch.

    What is stored is stored in whole lots, so that a run that was cut off is completed by running it again.
    """
    batch = None
    if not wishes.pretend:
        wished = {"publish": wishes.publish, "accept_from": wishes.accept_from, "changed": wishes.changed}
        wished |= {"create_speakers": wishes.create_speakers, **vars(defaults), **options}
        batch = ImportBatch.objects.create(source=source[:2000], options=wished, started_by=started_by)
    run = _Run(replace(wishes, batch=batch), source, defaults, seen, new)
    for faults, row in _stored(run, _lots(lines)):
        for found in faults:
            fault(found)
        told(run.counts, row)
    if batch:
        batch.finished_at = clock.now()
        batch.save(update_fields=["finished_at"])
        batch.refresh_from_db()
    return Summary(batch, run.counts, run.faulty)


def _lots(lines: Iterable[Line]) -> Iterator[list[Line]]:
    waiting = iter(lines)
    while lot := list(islice(waiting, 1)):
        size = len(lot[0].raw)
        for line in islice(waiting, LOT - 1):
            lot.append(line)
            size += len(line.raw)
            if size > LOT_BYTES:
                break
        yield lot


def _stored(run: _Run, lots: Iterable[list[Line]]) -> Iterator[tuple[list[Fault], int]]:
    """Store lot by lot; the faults of each, and the number of its last row."""
    if run.wishes.pretend or connection.in_atomic_block:
        # Another thread has a connection of its own, which sees nothing of this transaction.
        for lot in lots:
            yield run.store(run.read(lot)), lot[-1].number
        return
    # Reading keeps Python busy, storing the database: one lot is read while the last one is stored.
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="storing") as storing:
        try:
            waiting: tuple[Future[list[Fault]], int] | None = None
            for lot in lots:
                read = run.read(lot)
                if waiting:
                    yield waiting[0].result(), waiting[1]
                waiting = storing.submit(run.store, read), lot[-1].number
            if waiting:
                yield waiting[0].result(), waiting[1]
        finally:
            storing.submit(connections.close_all).result()


@dataclass
class _Read:
    """A lot as read: the articles with their row numbers, and what could not be read."""

    rows: int
    incoming: list[Incoming]
    lines: list[Line]
    faults: list[Fault]

    @property
    def bad(self) -> int:
        return sum(fault.bad for fault in self.faults)


class _Run:
    def __init__(
        self,
        wishes: Wishes,
        source: str,
        defaults: Defaults,
        seen: Callable[[int, Incoming], None],
        new: Callable[[dict[int, Incoming]], None],
    ) -> None:
        self.wishes, self.source, self.defaults, self.seen, self.new = wishes, source, defaults, seen, new
        self.storing = Storing(wishes)
        self.counts = Counts()
        self.faulty = False
        self.present = 0

    def read(self, lot: list[Line]) -> _Read:
        read = _Read(len(lot), [], [], [])
        for line in lot:
            try:
                incoming = self._incoming(line)
            except RowError as error:
                # What its source has not published is told, and is no row of this import.
                wanted = line.error is not None or line.status != LEAVE
                read.rows -= not wanted
                read.faults.append(_fault(line, error, bad=wanted))
                continue
            read.incoming.append(incoming)
            read.lines.append(line)
            self.seen(line.number, incoming)
        return read

    def _incoming(self, line: Line) -> Incoming:
        if line.error:
            raise line.error
        if line.status == LEAVE:
            title = (line.row or {}).get("headline")
            raise RowError("", title, line.reason or "is left out: its source has not published it")
        if line.row is None:
            parsed, reading = read_document(line, self.defaults)
        else:
            parsed, reading = read_fields(self.defaults.fill(line.row))
        origin = line.origin or f"{self.source}, line {line.number}"
        return Incoming(parsed, reading, line.raw, line.media_type, origin, why_not_public(line))

    def store(self, read: _Read) -> list[Fault]:
        """Store a lot, with its counts and faults, in one transaction."""
        faults: list[Fault] = []

        def record(stored: Stored) -> None:
            faults[:] = read.faults + self._faults(stored, read)
            stored.counts.add(Counts(read=read.rows, bad=read.bad))
            self._write(stored.counts, faults)

        stored = self.storing.take(read.incoming, record)
        self.counts.add(stored.counts)
        self.faulty = self.faulty or any(one.bad for one in faults)
        told = zip(read.lines, read.incoming, stored.outcomes, strict=True)
        self.new({line.number: one for line, one, outcome in told if outcome.became == "added"})
        return sorted(faults, key=lambda one: one.row)

    def _faults(self, stored: Stored, read: _Read) -> list[Fault]:
        found: list[Fault] = []
        for line, outcome in zip(read.lines, stored.outcomes, strict=True):
            if outcome.error:
                found.append(_fault(line, outcome.error, bad=outcome.became in ("bad", "left")))
            taken = outcome.became in ("added", "updated")
            notes = [_fault(line, note, bad=False, taken=taken) for note in outcome.notes]
            if outcome.became == "present":
                self.present += len(notes)
                notes = [replace(note, kept=self.present <= MOST_PRESENT) for note in notes]
            found += notes
        return found

    def _write(self, counts: Counts, faults: list[Fault]) -> None:
        if self.wishes.batch is None:
            return
        more = {name: F(name) + value for name, value in counts.as_columns().items() if value}
        ImportBatch.objects.filter(pk=self.wishes.batch.pk).update(**more)
        ImportError.objects.bulk_create(
            ImportError(batch=self.wishes.batch, row=f.row, column=f.column, value=f.value, reason=f.reason)
            for f in faults
            if f.kept
        )


def why_not_public(line: Line) -> str:
    """Why the source itself does not show this article; empty where it says nothing of the kind."""
    if line.status == DRAFT:
        return line.reason or "its status means draft"
    said = front_matter(line.raw) if line.row is None else {**line.row, **line.aside}
    return why_withheld(said, clock.now())


def read_document(line: Line, defaults: Defaults) -> tuple[ParsedArticle, ExtractionResult]:
    """Read a page or a text that is a file of its own; raises `RowError`."""
    try:
        if line.media_type.startswith("text/html"):
            parsed = read_html(line.raw)
        else:
            if kind := no_text(line.raw):
                raise RowError("", None, f"cannot be read: it is {kind}")
            text, notes = decode_file(line.raw)
            parsed = read_text(text, defaults.language)
            parsed = replace(parsed, warnings=(*notes, *parsed.warnings))
    except PageError as error:
        raise RowError("", None, f"cannot be read: {error}") from None
    # There is no row whose values could be told one by one: each warning is a note.
    parsed = replace(parsed, problems=tuple(Problem("", None, warning) for warning in parsed.warnings))
    parsed = defaults.fill_parsed(parsed)
    return parsed, extract(parsed)


def _fault(line: Line, error: RowError | Problem, *, bad: bool = True, taken: bool = False) -> Fault:
    value = "" if error.value is None else str(error.value)
    column, value = _storable(error.column)[:200], _storable(value)[:_LONGEST_VALUE]
    return Fault(line.number, column, value, error.reason[:1000], bad, line, taken)


def _storable(text: str) -> str:
    """As a text column takes it: halves of broken characters shown as U+FFFD, NUL as a blank."""
    return text.encode("utf-8", "replace").decode().replace("\0", " ")
