"""Write the bad rows of an import to a file, to be corrected and imported again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from articles.ingest.pipeline.importer import Fault
from articles.parsing.parsed import Problem
from articles.parsing.tabular.csv_rows import CsvDialect
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
        self._file.write(self._as_csv(fault) if self.format == "csv" else _as_json(fault))
        self.number += 1

    def close(self) -> None:
        if self._file:
            self._file.close()

    def _as_csv(self, fault: Fault) -> bytes:
        """Return the bytes of the record after four cells about the fault, which an import ignores.

        Cells that a spreadsheet would run as a formula are guarded; the import removes the guards.
        """
        coding = self.coding or CsvDialect()
        header, _, record = (fault.line.raw if fault.line else b"").partition(b"\r\n")
        about = [guarded(str(text)) for text in (fault.row, fault.column, fault.value, fault.reason)]
        line = _cells(about, coding) + _without_formulas(record, coding) + b"\r\n"
        return (
            line
            if self.number
            else _cells(ERROR_COLUMNS, coding) + _without_formulas(header, coding) + b"\r\n" + line
        )


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
    row = {name: value for name, value in given.items() if not isinstance(value, Problem)}
    about = dict(zip(ERROR_COLUMNS, (fault.row, fault.column, fault.value, fault.reason), strict=True))
    if line and line.row is None:
        about[RAW_COLUMN] = line.origin or line.raw[:100_000].decode("utf-8", "replace")
    elif line and line.status == DRAFT:
        row["status"] = DRAFT  # of a format that has the status elsewhere
    return json_line(about | row) + b"\n"
