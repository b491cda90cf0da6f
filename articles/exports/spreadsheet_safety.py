"""The lines of the CSV files that readers take along."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from articles.text.csv_cells import cell

__all__ = ["MARK", "cell", "row"]

MARK = "\ufeff".encode()


def row(cells: Iterable[Any]) -> bytes:
    """One line of the file; texts in quotation marks, for some programs split at semicolons and tabs too."""
    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_NONNUMERIC).writerow(cells)
    return written.getvalue().encode()
