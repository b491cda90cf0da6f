"""Tables that a spreadsheet opens as they are."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from articles.exports.csv_format import FORMULA


def table(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """CSV in UTF-8 with its mark; no cell is one that a spreadsheet would take for a formula."""
    yield "\ufeff".encode() + _row(columns)
    for row in rows:
        yield _row(_cell(row[column]) for column in columns)


def _row(cells: Iterable[Any]) -> bytes:
    written = io.StringIO()
    csv.writer(written).writerow(cells)
    return written.getvalue().encode()


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
