"""Import rows as a batch: parse, extract and store them chunk by chunk, one transaction per chunk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice
from types import MappingProxyType

from django.contrib.auth.models import User
from django.db import connection, connections
from django.db.models import F
from django.utils.translation import gettext

from articles.fetching.sandbox import ChildReader
from articles.ingest.pipeline.parse import DOCUMENTS, read_document
from articles.ingest.pipeline.pending_article import read_once
from articles.ingest.pipeline.types import Counts, ImportOptions, IncomingArticle, RowOutcome, Stored
from articles.ingest.pipeline.upsert import Upserter
from articles.ingest.publication_profiles import Styles
from articles.ingest.speakers.name_rulings import KnownNames
from articles.models import ImportBatch, ImportError, clock
from articles.parsing import ParsedArticle, RowError, read_row
from articles.parsing.decoding import no_text
from articles.parsing.html.page import PageError
from articles.parsing.newspaper_names import NewspapersNamed
from articles.parsing.parsed import Problem
from articles.parsing.source_item import SourceError
from articles.parsing.tabular.jsonl import Line
from articles.parsing.tabular.source_status import DRAFT, LEAVE, front_matter, why_in_future, why_withheld

CHUNK_SIZE = 200
# A chunk ends earlier if its rows exceed this, to limit memory.
CHUNK_BYTES = 4 * 1024 * 1024
_MAX_VALUE_LENGTH = 500
Document = tuple[ParsedArticle, NewspapersNamed]
# Rows recorded as already present or not changed: importing a file again must not record each of them.
MAX_PRESENT_RECORDED = 1_000


@dataclass(frozen=True)
class Fault:
    """A row that was not imported, or not as the options say, with the reason."""

    row: int
    column: str
    value: str
    reason: str
    bad: bool = True
    line: Line | None = None
    taken: bool = False  # the article was imported
    recorded: bool = True  # stored with the batch, not only reported while the import runs


@dataclass
class Summary:
    """The result of an import; `batch` is None after a dry run."""

    batch: ImportBatch | None
    counts: Counts
    faulty: bool = False


@dataclass(frozen=True)
class Defaults:
    """Values for rows that have none; with `same_publication` all rows are of this publication."""

    publication: str = ""
    language: str = ""
    section: str = ""
    same_publication: bool = False

    @property
    def values(self) -> dict[str, str]:
        given = {"publication": self.publication, "language": self.language, "section": self.section}
        return {name: value for name, value in given.items() if value}

    def fill(self, row: Mapping[str, object]) -> dict[str, object]:
        return {**row, **{n: v for n, v in self.values.items() if self._replaces(n, row.get(n))}}

    def fill_parsed(self, parsed: ParsedArticle) -> ParsedArticle:
        given = {n: self.fill({n: getattr(parsed, n)})[n] for n in self.values}
        return replace(parsed, **given)  # type: ignore[arg-type]  # texts

    def _replaces(self, name: str, value: object) -> bool:
        return value in (None, "") or (name == "publication" and self.same_publication)


def import_rows(
    lines: Iterable[Line],
    options: ImportOptions,
    *,
    source: str,
    defaults: Defaults = Defaults(),
    started_by: User | None = None,
    on_progress: Callable[[Counts, int], None] = lambda counts, row: None,
    on_fault: Callable[[Fault], None] = lambda fault: None,
    on_article: Callable[[int, IncomingArticle], None] = lambda number, incoming: None,
    on_new_articles: Callable[[dict[int, IncomingArticle]], None] = lambda incoming: None,
    on_outcome: Callable[[int, RowOutcome], None] = lambda number, outcome: None,
    chunk_size: int = CHUNK_SIZE,
    batch_options: Mapping[str, object] = MappingProxyType({}),
    only_if_new: bool = False,
) -> Summary:
    """Store the rows as one batch; with `only_if_new` there is none if all are already in the archive.

    `on_progress` is called after each chunk, `on_fault` for each fault, `on_article` for each parsed row,
    `on_new_articles` for each chunk with its new articles by row number, and `on_outcome` for each row that
    was parsed. `batch_options` are stored in `ImportBatch.options`, with the options themselves.

    Each chunk is one transaction: to complete an interrupted import, run it again.
    """
    recorded: dict[str, object] = {
        "publish": options.publish,
        "accept_from": options.accept_from,
        "changed": options.changed,
    }
    recorded |= {"create_speakers": options.create_speakers, "publication": "", "language": ""}
    recorded |= {**defaults.values, **batch_options}

    def begin() -> ImportBatch:
        name = _storable(source)[:2000]
        return ImportBatch.objects.create(source=name, options=recorded, started_by=started_by)

    batch = None if options.pretend or only_if_new else begin()
    with _DocumentReader(defaults) as documents:
        run = _Run(replace(options, batch=batch), source, defaults, documents, on_article, on_new_articles)
        run.on_outcome = on_outcome
        run.begin = begin if only_if_new and not options.pretend else None
        for faults, row in _store_chunks(run, _chunks(lines, chunk_size)):
            for fault in faults:
                on_fault(fault)
            on_progress(run.counts, row)
    if batch := run.options.batch:
        batch.finished_at = clock.now()
        batch.save(update_fields=["finished_at"])
        batch.refresh_from_db()
    return Summary(batch, run.counts, run.faulty)


def _chunks(lines: Iterable[Line], most: int) -> Iterator[list[Line]]:
    waiting = iter(lines)
    while chunk := list(islice(waiting, 1)):
        size = len(chunk[0].raw)
        for line in islice(waiting, most - 1):
            chunk.append(line)
            size += len(line.raw)
            if size > CHUNK_BYTES:
                break
        yield chunk


def _store_chunks(run: _Run, chunks: Iterable[list[Line]]) -> Iterator[tuple[list[Fault], int]]:
    """Store chunk by chunk; yield the faults and the number of the last row of each."""
    if run.options.pretend or connection.in_atomic_block:
        # The storing thread has its own connection, which would not see this transaction.
        for chunk in chunks:
            yield run.store(run.read(chunk)), chunk[-1].number
        return
    # Reading is CPU-bound, storing waits for the database: read one chunk while storing the last.
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="storing") as storing:
        try:
            waiting: tuple[Future[list[Fault]], int] | None = None
            for chunk in chunks:
                read = run.read(chunk)
                if waiting:
                    yield waiting[0].result(), waiting[1]
                waiting = storing.submit(run.store, read), chunk[-1].number
            if waiting:
                yield waiting[0].result(), waiting[1]
        finally:
            storing.submit(connections.close_all).result()


class _DocumentReader:
    """Parses pages and texts in one child process, while this process extracts quotes from those before."""

    def __init__(self, defaults: Defaults) -> None:
        self.defaults = defaults
        self.pages = ChildReader()
        self.waiting = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reading")

    def __enter__(self) -> _DocumentReader:
        return self

    def __exit__(self, *error: object) -> None:
        self.waiting.shutdown(cancel_futures=True)
        self.pages.close()

    def begin(self, lines: Iterable[Line]) -> dict[int, Future[Document]]:
        """Begin to parse the lines that are documents of their own; returns them by row number."""
        return {
            line.number: self.waiting.submit(read_file, line, self.defaults, self.pages)
            for line in lines
            if line.row is None and not line.error and line.status != LEAVE
        }


@dataclass
class _Read:
    """A parsed chunk: its articles with their lines, and the faults of rows that cannot be parsed."""

    rows: int
    incoming: list[IncomingArticle]
    lines: list[Line]
    faults: list[Fault]

    @property
    def bad(self) -> int:
        return sum(fault.bad for fault in self.faults)


class _Run:
    """The state of one import over all its chunks."""

    def __init__(
        self,
        options: ImportOptions,
        source: str,
        defaults: Defaults,
        documents: _DocumentReader,
        on_article: Callable[[int, IncomingArticle], None],
        on_new_articles: Callable[[dict[int, IncomingArticle]], None],
    ) -> None:
        self.options, self.source, self.defaults, self.documents = options, source, defaults, documents
        self.on_article, self.on_new_articles = on_article, on_new_articles
        self.upserter = Upserter(options)
        self.known_names = KnownNames()
        self.styles = Styles()
        self.counts = Counts()
        self.faulty = False
        self.present = 0
        self.on_outcome: Callable[[int, RowOutcome], None] = lambda number, outcome: None
        # Begins the batch when something new has come.
        self.begin: Callable[[], ImportBatch] | None = None

    def read(self, chunk: list[Line]) -> _Read:
        read = _Read(len(chunk), [], [], [])
        documents = self.documents.begin(chunk)
        for line in chunk:
            try:
                incoming = self._incoming(line, documents.get(line.number))
            except RowError as error:
                # A row that its source has not published is reported, but does not count as a row.
                wanted = line.error is not None or line.status != LEAVE
                read.rows -= not wanted
                read.faults.append(_fault(line, error, bad=wanted))
                continue
            read.incoming.append(incoming)
            read.lines.append(line)
            self.on_article(line.number, incoming)
        return read

    def _incoming(self, line: Line, document: Future[Document] | None) -> IncomingArticle:
        if line.error:
            raise line.error
        if line.status == LEAVE:
            title = (line.row or {}).get("headline")
            raise RowError("", title, line.reason or gettext("skipped: the source has not published it"))
        if document:
            parsed, named = document.result()
        else:
            parsed, named = read_row(self.defaults.fill(line.row or {})), NewspapersNamed()
        origin = _storable(line.origin or f"{self.source}, line {line.number}")
        style = self.styles.of((parsed.publication, *named.names))
        return read_once(
            parsed, self.known_names, style, raw=line.raw, media_type=line.media_type, origin=origin,
            withheld=why_not_public(line, parsed), named=named,
        )  # fmt: skip

    def store(self, read: _Read) -> list[Fault]:
        """Store a chunk with its counts and faults in one transaction; return the faults by row."""
        if self.begin and self._is_known(read):
            self.counts.add(Counts(read=read.rows, present=len(read.incoming)))
            return sorted(read.faults, key=lambda one: one.row)
        if self.begin:
            self.options, self.begin = replace(self.options, batch=self.begin()), None
            self.upserter = Upserter(self.options)
            self._write(self.counts, [])
        faults: list[Fault] = []

        def record(stored: Stored) -> None:
            faults[:] = read.faults + self._faults(stored, read)
            stored.counts.add(Counts(read=read.rows, bad=read.bad))
            self._write(stored.counts, faults)

        stored = self.upserter.store(read.incoming, record)
        self.counts.add(stored.counts)
        self.faulty = self.faulty or any(one.bad for one in faults)
        rows = list(zip(read.lines, read.incoming, stored.outcomes, strict=True))
        self.on_new_articles({line.number: one for line, one, outcome in rows if outcome.became == "added"})
        for line, _, outcome in rows:
            self.on_outcome(line.number, outcome)
        return sorted(faults, key=lambda one: one.row)

    def _is_known(self, read: _Read) -> bool:
        """Whether all articles of the chunk are in the archive already, unchanged, and no row is bad."""
        if read.bad:
            return False
        stored = Upserter(replace(self.options, pretend=True)).store(read.incoming)
        return all(outcome.became == "present" for outcome in stored.outcomes)

    def _faults(self, stored: Stored, read: _Read) -> list[Fault]:
        found: list[Fault] = []
        for line, outcome in zip(read.lines, stored.outcomes, strict=True):
            if outcome.error:
                found.append(_fault(line, outcome.error, bad=outcome.became in ("bad", "left")))
            taken = outcome.became in ("added", "updated")
            notes = [_fault(line, note, bad=False, taken=taken) for note in outcome.notes]
            if outcome.became in ("present", "changed"):
                self.present += len(notes)
                recorded = self.present <= MAX_PRESENT_RECORDED
                notes = [replace(note, recorded=recorded) for note in notes]
            found += notes
        return found

    def _write(self, counts: Counts, faults: list[Fault]) -> None:
        if self.options.batch is None:
            return
        more = {name: F(name) + value for name, value in counts.as_columns().items() if value}
        ImportBatch.objects.filter(pk=self.options.batch.pk).update(**more)
        ImportError.objects.bulk_create(
            ImportError(
                batch=self.options.batch, row=f.row, column=f.column, value=f.value, reason=f.reason,
                rejected=f.bad,
            )
            for f in faults
            if f.recorded
        )  # fmt: skip


def why_not_public(line: Line, parsed: ParsedArticle) -> str:
    """Return why the source does not publish this article; empty if it does."""
    if line.status == DRAFT:
        return line.reason or gettext("its status means draft")
    said: Mapping[str, object] = {**front_matter(line.raw), **parsed.extra}
    if line.row is not None:
        said = {**line.row, **line.aside}
    return why_withheld(said, clock.now()) or why_in_future(said, clock.now())


def read_file(line: Line, defaults: Defaults, pages: ChildReader) -> Document:
    """Parse a page or text that is a file of its own; raises `RowError`."""
    kind = no_text(line.raw)
    if kind and not line.media_type.startswith("text/html") and line.media_type not in DOCUMENTS:
        raise RowError("", None, gettext("cannot be read: it is %(kind)s") % {"kind": kind})
    try:
        parsed, named = read_document(
            line.raw, line.media_type, language=defaults.language, read_page=pages.read_html
        )
    except (PageError, SourceError) as error:
        raise RowError("", None, gettext("cannot be read: %(problem)s") % {"problem": error}) from None
    # A document has no columns that problems could name: each warning becomes a problem without one.
    parsed = replace(parsed, problems=tuple(Problem("", None, warning) for warning in parsed.warnings))
    if defaults.publication and (defaults.same_publication or not parsed.publication):
        named = NewspapersNamed()
    return defaults.fill_parsed(parsed), named


def _fault(line: Line, error: RowError | Problem, *, bad: bool = True, taken: bool = False) -> Fault:
    value = "" if error.value is None else str(error.value)
    column, value = _storable(error.column)[:200], _storable(value)[:_MAX_VALUE_LENGTH]
    return Fault(line.number, column, value, _storable(error.reason)[:1000], bad, line, taken)


def _storable(text: str) -> str:
    """Return the text without what PostgreSQL refuses: lone surrogates become U+FFFD, NUL a blank."""
    return text.encode("utf-8", "replace").decode().replace("\0", " ")
