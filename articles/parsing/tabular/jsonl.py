"""Reads and writes JSON Lines of import rows; reports what is not a row with its number and reason."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from articles.parsing import RowError
from articles.parsing.parsed import Problem
from articles.parsing.tabular.mapping import ERROR_COLUMNS

LONGEST_LINE = 16 * 1024 * 1024
# In a file of errors: a line that was no JSON object, to be corrected in place.
RAW_COLUMN = "import_raw"
_LONGEST_NUMBER = 1_000  # digits
_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Line:
    """One row with its number, counted from 1 including blank lines; either `row` or `error` is set.

    A document is parsed later: its `row` is None, and `origin` names the file.
    """

    number: int
    raw: bytes
    row: Mapping[str, object] | None = None
    error: RowError | None = None
    media_type: str = "application/json"
    origin: str = ""
    status: str = "publish"  # in the source: publish, draft, leave
    reason: str = ""  # why it is not to be published
    aside: Mapping[str, str] = field(default_factory=dict)  # cells that a mapping leaves out


def json_line(row: Mapping[str, object]) -> bytes:
    """The row as a line of ASCII without its end; dates and the like as text."""
    return json.dumps(row, ensure_ascii=True, default=str).encode()


def read_lines(stream: BinaryIO, encoding: str = "utf-8") -> Iterator[Line]:
    """Yield the lines that are not blank; a line that is too long is skipped without loading it.

    Bytes that are not UTF-8 spoil their own values only; those of another encoding are reported.
    """
    number = 0
    while raw := stream.readline(LONGEST_LINE + 1):
        number += 1
        if number == 1:
            raw = raw.removeprefix(_MARK)
        if len(raw) > LONGEST_LINE and not raw.endswith(b"\n"):
            while (more := stream.readline(LONGEST_LINE)) and not more.endswith(b"\n"):
                pass
            yield _bad(number, raw, f"is longer than {LONGEST_LINE:,} bytes")
        elif raw.strip():
            yield _line(number, raw.rstrip(b"\r\n"), encoding)


def _line(number: int, raw: bytes, encoding: str) -> Line:
    try:
        row = _loads(raw.decode(encoding, "surrogateescape"))
        if isinstance(row, dict) and row.keys() <= {*ERROR_COLUMNS, RAW_COLUMN} and RAW_COLUMN in row:
            row = _loads(str(row[RAW_COLUMN]))
    except json.JSONDecodeError as error:
        return _bad(number, raw, f"is not JSON: {error.msg} at character {error.pos + 1}")
    except (ValueError, RecursionError) as error:
        return _bad(number, raw, f"is not JSON that can be read: {error}")
    if not isinstance(row, dict):
        return _bad(number, raw, "is not a JSON object")
    if ERROR_COLUMNS[0] in row:
        row = {name: value for name, value in row.items() if name not in (*ERROR_COLUMNS, RAW_COLUMN)}
    if encoding != "utf-8" and not raw.isascii():
        said = f"is not UTF-8; it was read as {encoding}: check its letters"
        row["problem with its bytes"] = Problem("", "", said)
    return Line(number, raw, row)


def _loads(text: str) -> object:
    return json.loads(text, parse_int=_number)


def _number(text: str) -> int | str:
    """A whole number; one that neither Python nor a database takes stays text."""
    return int(text) if len(text) <= _LONGEST_NUMBER else text


def _bad(number: int, raw: bytes, reason: str) -> Line:
    return Line(
        number, raw[:LONGEST_LINE], error=RowError("", raw[:2_000].decode("utf-8", "replace"), reason)
    )
