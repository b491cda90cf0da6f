"""What an import of an uploaded file would do, and the import itself."""

from __future__ import annotations

import io
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.utils.text import Truncator

from articles.admin.permissions import editor_of
from articles.ingest.pipeline.dry_run import DryRunReport
from articles.ingest.pipeline.importer import Defaults, Fault, Summary, import_rows
from articles.ingest.pipeline.rejects import cells_of, rejects_file
from articles.ingest.pipeline.sources import detect_format, dialect_of, head_of, lines_of
from articles.ingest.pipeline.types import ImportOptions, IncomingArticle
from articles.models import ImportBatch, Quote, Upload
from articles.parsing.normalization import without_surrogates
from articles.parsing.tabular.csv_rows import CsvDialect
from articles.parsing.tabular.jsonl import Line
from articles.parsing.tabular.mapping import CsvMap, MapError, read_map

# The most rows that one request can import; the command imports more, and can resume.
MOST = 200
# The most rows that a preview checks, and the time after which it begins no further ones.
MOST_CHECKED, SECONDS = 5_000, 3.0
EXAMPLES = 5


@dataclass(frozen=True)
class Example:
    """An article as it would be imported."""

    row: int
    incoming: IncomingArticle

    @property
    def text(self) -> str:
        return Truncator(" ".join(self.incoming.parsed.body.split())).chars(200)

    @property
    def date(self) -> str:
        """As known: a day, a month or a year."""
        parsed = self.incoming.parsed
        length = {"year": 4, "month": 7}.get(parsed.published_precision, 10)
        return parsed.published_on.isoformat()[:length] if parsed.published_on else ""

    @property
    def quotes(self) -> int:
        return len({piece.group for piece in self.incoming.reading.pieces})


@dataclass
class Source:
    """An uploaded file with its format, and for a table its mapping."""

    stored: Upload
    csv_map: CsvMap | None = None
    defaults: Defaults = field(default_factory=Defaults)

    def __post_init__(self) -> None:
        with io.BytesIO(self.stored.content) as stream:
            self.format = detect_format(self.stored.name, head_of(stream))

    def lines(self, stream: io.BytesIO) -> Iterator[Line]:
        """The rows; raises `MapError` for columns that the mapping does not know."""
        return lines_of(self.format, stream, self.csv_map)

    @property
    def dialect(self) -> CsvDialect | None:
        """As the rows are passed on: those of a table in UTF-16 are UTF-8 by then."""
        if self.format != "csv":
            return None
        with io.BytesIO(self.stored.content) as stream:
            found = dialect_of(stream, self.csv_map)
        wide = found.encoding.lower().replace("_", "-").startswith(("utf-16", "utf-32"))
        return replace(found, encoding="utf-8", otherwise="") if wide else found

    def number(self, most: int = MOST) -> int:
        """How many rows, counted up to one more than `most`."""
        with io.BytesIO(self.stored.content) as stream:
            return sum(1 for _ in islice(self.lines(stream), most + 1))


@dataclass
class Preview:
    """The result of an import that stores nothing."""

    rows: int
    checked: int = 0
    examples: list[Example] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    new: int = 0
    present: int = 0
    report: str = ""

    @property
    def rejected(self) -> list[Fault]:
        return [fault for fault in self.faults if fault.bad]

    @property
    def notes(self) -> list[Fault]:
        return [fault for fault in self.faults if not fault.bad]

    @property
    def incomplete(self) -> int:
        """How many rows are imported without one of their values."""
        return len({fault.row for fault in self.notes if fault.column})

    @property
    def notes_shown(self) -> list[Fault]:
        return self.notes[:MOST]

    @property
    def too_many(self) -> bool:
        return self.rows > MOST

    @property
    def all_checked(self) -> bool:
        return self.checked == self.rows


def preview(source: Source) -> Preview:
    """Run the import without storing anything, of as many rows as the time allows."""
    found = Preview(source.number(MOST_CHECKED))
    report = DryRunReport()

    def on_article(number: int, incoming: IncomingArticle) -> None:
        report.add(number, incoming)
        if len(found.examples) < EXAMPLES:
            found.examples.append(Example(number, incoming))

    def in_time(lines: Iterator[Line]) -> Iterator[Line]:
        end = time.monotonic() + SECONDS
        for line in islice(lines, MOST_CHECKED):
            if found.checked >= MOST and time.monotonic() > end:
                return
            found.checked += 1
            yield line

    with io.BytesIO(source.stored.content) as stream:
        done = import_rows(
            in_time(source.lines(stream)),
            ImportOptions(pretend=True),
            source=source.stored.name,
            defaults=source.defaults,
            on_fault=found.faults.append,
            on_article=on_article,
            on_new_articles=report.add_new,
        )
    named = _columns_of_fields(source.csv_map)
    found.faults = [replace(one, column=named.get(one.column, one.column)) for one in found.faults]
    found.new, found.present = done.counts.added, done.counts.present
    found.report = "\n".join(report.lines())
    return found


@dataclass(frozen=True)
class MappedColumn:
    """A column of the file: its select, some of its values, and those that an import would leave out."""

    field: BoundField
    examples: list[str]
    left_out: list[Fault]

    @property
    def first_left_out(self) -> list[Fault]:
        return self.left_out[:EXAMPLES]

    @property
    def more(self) -> int:
        return len(self.left_out) - len(self.first_left_out)


def mapped_columns(rows: Iterable[tuple[BoundField, list[str]]], shown: Preview | None) -> list[MappedColumn]:
    """The columns of the mapping form, each with the values that the preview could not import."""
    notes = shown.notes if shown else []
    return [
        MappedColumn(field, examples, [one for one in notes if one.column == field.label])
        for field, examples in rows
    ]


def import_source(source: Source, request: HttpRequest) -> Summary:
    """Import the articles of the file as drafts, in one batch."""
    options = {"door": source.format} | ({"map": source.csv_map.text} if source.csv_map else {})
    with io.BytesIO(source.stored.content) as stream:
        return import_rows(
            source.lines(stream),
            ImportOptions(through=Quote.Through.BATCH),
            source=source.stored.name,
            defaults=source.defaults,
            started_by=editor_of(request),
            batch_options=options,
        )


@dataclass(frozen=True)
class RejectedRows:
    """Rejected rows as a table: the columns, and for each row its number, reason and values."""

    columns: list[str]
    rows: list[tuple[Fault, list[str]]]


def as_table(source: Source, faults: Iterable[Fault]) -> RejectedRows:
    """The rows with their values, one column for each that any of them has."""
    dialect = source.dialect
    found = [
        (
            fault,
            {_shown(name): _shown(cell) for name, cell in cells_of(fault, source.format, dialect).items()},
        )
        for fault in faults
    ]
    columns = list(dict.fromkeys(name for _, cells in found for name in cells))
    named = _columns_of_fields(source.csv_map)
    rows = [
        (
            replace(fault, column=named.get(fault.column, fault.column)),
            [cells.get(name, "") for name in columns],
        )
        for fault, cells in found
    ]
    return RejectedRows(columns, rows)


def _columns_of_fields(csv_map: CsvMap | None) -> dict[str, str]:
    """The column of the file for each field of an article that the mapping names."""
    if csv_map is None:
        return {}
    return {target: name for name, target in csv_map.columns.items() if target not in csv_map.columns}


def _shown(cell: str) -> str:
    return Truncator(without_surrogates(" ".join(cell.split()))).chars(80)


def rejects_of(batch: ImportBatch, stored: Upload) -> tuple[Source, list[Fault]]:
    """The rejected rows of a batch, as they are in its file; none if they cannot be read any more."""
    errors = {error.row: error for error in batch.errors.filter(rejected=True)}
    try:
        source = Source(stored, read_map(batch.options["map"]) if batch.options.get("map") else None)
        with io.BytesIO(stored.content) as stream:
            lines = [line for line in source.lines(stream) if line.number in errors]
    except MapError:
        return Source(stored), []
    found = [(line, errors[line.number]) for line in lines]
    return source, [
        Fault(line.number, error.column, error.value, error.reason, line=line) for line, error in found
    ]


def rejects_download(source: Source, faults: Iterable[Fault]) -> HttpResponse:
    """The rejected rows in the shape of the file, with their reasons, to correct and upload again."""
    table = source.format == "csv"
    content = rejects_file(faults, source.format, source.dialect)
    kind = "text/csv; charset=utf-8" if table else "application/x-ndjson"
    stem = source.stored.name.rpartition(".")[0] or source.stored.name
    name = f"{stem}-rejected.{'csv' if table else 'jsonl'}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
