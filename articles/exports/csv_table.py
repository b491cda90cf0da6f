"""Tables that a spreadsheet opens as they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from articles.exports.spreadsheet_safety import MARK, cell, row


def table(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """CSV in UTF-8 with its mark; no cell is one that a program would take for something else."""
    yield MARK + row(columns)
    for values in rows:
        yield row(_said(values[column]) for column in columns)


def _said(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return cell(value)
