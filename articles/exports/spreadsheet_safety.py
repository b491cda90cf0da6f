"""Writes the rows of CSV exports."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from articles.text.csv_cells import cell

__all__ = ["MARK", "cell", "row"]

MARK = "\ufeff".encode()


def row(cells: Iterable[Any]) -> bytes:
    """One CSV line; strings are quoted because some programs also split at semicolons and tabs."""
    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_NONNUMERIC).writerow(cells)
    return written.getvalue().encode()
