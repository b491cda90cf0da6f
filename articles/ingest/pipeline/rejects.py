"""Write the bad rows of an import to a file, to be corrected and imported again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from articles.ingest.pipeline.importer import Fault
from articles.parsing.parsed import Cut, Problem
from articles.parsing.tabular.csv_rows import CsvDialect, header_names, read_records
from articles.parsing.tabular.jsonl import RAW_COLUMN, json_line
from articles.parsing.tabular.mapping import ERROR_COLUMNS
from articles.parsing.tabular.source_status import DRAFT
from articles.text.spreadsheet_safety import guarded


class Rejects:
    """A file of bad rows in the format of the source; created with the first bad row."""

    def __init__(self, path: Path, format: str, coding: CsvDialect | None = None) -> None:
        self.path, self.format, self.coding = path, format, coding
        self.number = 0
        self._file: BinaryIO | None = None

    def write(self, fault: Fault) -> None:
        if not fault.bad:
            return
        self._file = self._file or self.path.open("wb")
        self._file.write(_row(fault, self.format, self.coding, first=not self.number))
        self.number += 1

    def close(self) -> None:
        if self._file:
            self._file.close()


def rejects_file(faults: Iterable[Fault], format: str, coding: CsvDialect | None = None) -> bytes:
    """The bad rows in the format of the source, each after the reason, which an import ignores."""
    bad = (fault for fault in faults if fault.bad)
    return b"".join(_row(fault, format, coding, first=n == 0) for n, fault in enumerate(bad))


def cells_of(fault: Fault, format: str, coding: CsvDialect | None = None) -> dict[str, str]:
    """The values of the row by column, or a row that cannot be read as one value."""
    line = fault.line
    if line is None:
        return {}
    # As they are in the file: the row has the columns of an import.
    if format == "csv" and (cells := _cells_of_record(line.raw, coding or CsvDialect())):
        return cells
    if line.row is None:
        return {}
    return {str(name): "" if value is None else str(value) for name, value in line.row.items()}


def _cells_of_record(raw: bytes, coding: CsvDialect) -> dict[str, str]:
    records = list(read_records(io.BytesIO(raw), coding))
    if len(records) != 2:
        return {}
    pairs = zip(header_names(records[0]), records[1].cells, strict=False)
    return {name: cell for name, cell in pairs if name not in ERROR_COLUMNS}


def _row(fault: Fault, format: str, coding: CsvDialect | None, *, first: bool) -> bytes:
    return _as_csv(fault, coding or CsvDialect(), first=first) if format == "csv" else _as_json(fault)


def _as_csv(fault: Fault, coding: CsvDialect, *, first: bool) -> bytes:
    """Return the record after four cells about the fault; the first row has the header before it.

    Cells that a spreadsheet would run as a formula are guarded; the import removes the guards.
    """
    header, record = _header_and_record(fault.line.raw if fault.line else b"", coding)
    about = [guarded(str(text)) for text in (fault.row, fault.column, fault.value, fault.reason)]
    line = _cells(about, coding) + _without_formulas(record, coding) + b"\r\n"
    if not first:
        return line
    return _cells(ERROR_COLUMNS, coding) + _without_formulas(header, coding) + b"\r\n" + line


def _header_and_record(raw: bytes, coding: CsvDialect) -> tuple[bytes, bytes]:
    """As they came, but without the reasons that a file of bad rows brings with it."""
    header, _, record = raw.partition(b"\r\n")
    if not coding.decode(header).lstrip('\ufeff"').startswith(ERROR_COLUMNS[0]):
        return header, record
    cells = _cells_of_record(raw, coding)
    return coding.encode(_joined(cells, coding)), coding.encode(_joined(cells.values(), coding))


def _without_formulas(record: bytes, coding: CsvDialect) -> bytes:
    """Guard the cells of the record; a record that cannot be parsed, or needs no guards, is unchanged."""
    try:
        rows = list(csv.reader(io.StringIO(coding.decode(record), newline=""), **coding.marks))
        if len(rows) != 1 or all(guarded(text) == text for text in rows[0]):
            return record
        return coding.encode(_joined(map(guarded, rows[0]), coding))
    except (csv.Error, UnicodeEncodeError):
        return record


def _cells(values: list[str] | tuple[str, ...], coding: CsvDialect) -> bytes:
    return coding.encode(_joined([*values, ""], coding), "replace")


def _joined(values: Iterable[str], coding: CsvDialect) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="", **coding.marks).writerow(values)
    return text.getvalue()


def _as_json(fault: Fault) -> bytes:
    line = fault.line
    given = line.row if line and line.row is not None else {}
    row = {name: value for name, value in given.items() if not isinstance(value, Problem | Cut)}
    about = dict(zip(ERROR_COLUMNS, (fault.row, fault.column, fault.value, fault.reason), strict=True))
    if line and line.row is None:
        about[RAW_COLUMN] = line.origin or line.raw[:100_000].decode("utf-8", "replace")
    elif line and line.status == DRAFT:
        row["status"] = DRAFT  # of a format that has the status elsewhere
    return json_line(about | row) + b"\n"
