"""What a cell of CSV must look like to come out of a spreadsheet, pandas or R as the words that went in."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from typing import Any

MARK = "\ufeff".encode()
FORMULA = ("=", "+", "-", "@", "\t", "\r")
# A column in which every text is one of these is read as numbers, truth values or nothing at all, and a
# spreadsheet does so cell by cell: 007 becomes 7, and a quote of the one word «None» is lost.
MISREAD = re.compile(
    r"""\s* (?:
        \d[\d.,]* | [.,]\d[\d.,]*                          # 007, 1.50, 1,000, .5
        | (?: \d[\d.,]* | [.,]\d[\d.,]* ) (?: [ed][+-]?\d+ )? [il]? | i        # 1e5, 1d5, 2i
        | \d[\d.,]* [+-] \d[\d.,]* i                       # 1+2i
        | 0x [\da-f]* (?: \.[\da-f]* )? (?: p[+-]?\d+ )?
        | inf | infinity | nan | t | f | true | false
        | \#?na | \#?n/a | \#n/a\ n/a | <na> | null | none | 1\.\#(?:ind|qnan)
    ) \s*""",
    re.VERBOSE | re.IGNORECASE,
)
# Every program gives these back as they are, and whoever asks for dates wants dates.
DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?", re.ASCII)


def row(cells: Iterable[Any]) -> bytes:
    """One line of the file; texts in quotation marks, for some programs split at semicolons and tabs too."""
    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_NONNUMERIC).writerow(cells)
    return written.getvalue().encode()


def cell(value: Any) -> Any:
    """The value; with an apostrophe before a text that would be taken for something other than this text."""
    if value is None:
        return ""
    return f"'{value}" if isinstance(value, str) and _taken_for_another(value) else value


def _taken_for_another(text: str) -> bool:
    # Behind apostrophes of its own too: so that taking one off gives every such text back.
    behind = text.lstrip("'")
    return behind.startswith(FORMULA) or bool(MISREAD.fullmatch(behind) and not DATE.fullmatch(behind))
