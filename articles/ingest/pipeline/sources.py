"""Detect the format of a file or folder, and read it as lines of an import."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path, PurePath
from typing import BinaryIO

from django.utils.translation import gettext

from articles.fetching.sandbox import LARGEST_FILE
from articles.ingest.pipeline.parse import DOCUMENTS, MEDIA_TYPES
from articles.parsing import RowError, file_format
from articles.parsing.html.page import MAX_HTML
from articles.parsing.item_files import FORMATS as OF_ITEMS
from articles.parsing.item_files import read_items
from articles.parsing.source_item import SourceError, SourceItem
from articles.parsing.tabular.csv_rows import (
    MARK_BROKEN,
    CsvDialect,
    Record,
    header_names,
    read_records,
    sniff_dialect,
)
from articles.parsing.tabular.jsonl import LONGEST_LINE, Line, read_lines
from articles.parsing.tabular.mapping import ERROR_COLUMNS, CsvMap, MapError
from articles.parsing.tabular.mapping_guess import SAMPLE, is_own_export, own_columns, suggest_mapping
from articles.text.spreadsheet_safety import uncell, unguarded

_PAGES = (file_format.PAGE, file_format.TEXT)
# Of a folder, the files that are one article each, or items of an agency.
_IN_FOLDERS = {*MEDIA_TYPES, file_format.NITF, file_format.NEWSML, file_format.NINJS}
# A mapping that is not needed, but does no harm.
_NO_MAPPING = """# JSON Lines need no mapping: each key has the name of its field.
[columns]
headline = "headline"
body = "body"
"""


def detect_format(name: str, head: bytes) -> str:
    """Return one of `file_format.FORMATS`, or unknown, by the first bytes, then by the file's suffix."""
    return file_format.detect_format(Path(name).suffix, head)


def lines_of(format: str, stream: BinaryIO, csv_map: CsvMap | None = None) -> Iterator[Line]:
    """Read the lines of a file; raises `MapError` for a CSV file with unknown columns."""
    if format == file_format.TABLE:
        return _table(stream, csv_map)
    if format in OF_ITEMS:
        return _lines(read_items(format, stream, head_of(stream)))
    if format in MEDIA_TYPES:
        most = LARGEST_FILE if MEDIA_TYPES[format] in DOCUMENTS else MAX_HTML
        return iter([Line(1, stream.read(most + 1), media_type=MEDIA_TYPES[format])])
    if format == file_format.UNKNOWN:
        return iter([_unknown(stream.read(file_format.LOOKED_AT))])
    coding = _guessed(head_of(stream))
    if coding.encoding.startswith("utf-16"):
        stream = io.BytesIO(stream.read().decode(coding.encoding, "replace").encode())
        return read_lines(stream)
    return read_lines(stream, coding.encoding)


def pages_of(folder: Path) -> Iterator[Line]:
    """Read every article below a folder, sorted by path; symbolic links are not followed."""
    number = 0
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_file():
            continue
        for line in _lines_of_file(path):
            number += 1
            yield replace(line, number=number, origin=str(path))


def _lines_of_file(path: Path) -> Iterator[Line]:
    try:
        with path.open("rb") as file:
            format = detect_format(path.name, head_of(file))
            if format in _IN_FOLDERS and is_meant(path, format):
                yield from lines_of(format, file)
    except OSError as error:
        said = gettext("cannot be opened: %(problem)s") % {"problem": error.strerror}
        yield Line(1, b"", error=RowError("", str(path), said))


def is_meant(path: PurePath, format: str) -> bool:
    """Whether a page or text is called so: the other files of a saved page may have HTML in them."""
    named = file_format.BY_SUFFIX.get(path.suffix.lower())
    return format not in _PAGES or named in _PAGES


def suggestion_for(stream: BinaryIO) -> str:
    """Suggest a mapping for a CSV file from its header and first rows; raises `MapError`."""
    sample = stream.read(4 * 1024 * 1024)
    stream.seek(0)
    if sample.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{":
        return _NO_MAPPING
    return suggest_mapping(*sample_of(stream))


def sample_of(stream: BinaryIO, coding: CsvDialect | None = None) -> tuple[CsvDialect, list[Record]]:
    """The dialect, guessed unless given, with the header and the first rows; raises `MapError`."""
    if coding is None:
        coding = _guessed(stream.read(4 * 1024 * 1024))
        stream.seek(0)
    records = list(islice(read_records(_byte_lines(stream, coding), _as_read(coding)), SAMPLE + 1))
    stream.seek(0)
    if len(records) < 2:
        raise MapError(gettext("The file needs a header and at least one row."))
    return coding, records


def _guessed(sample: bytes) -> CsvDialect:
    wide = "utf-16" if sample[:2] in (b"\xff\xfe", b"\xfe\xff") else _wide_without_mark(sample)
    if wide:
        text = sample[: len(sample) // 2 * 2].decode(wide, "replace")
        return replace(sniff_dialect(text.encode()), encoding=wide, otherwise="")
    return sniff_dialect(sample)


def _wide_without_mark(sample: bytes) -> str:
    """UTF-16 without a byte order mark: every other byte of its header is 0."""
    head = sample[:64]
    if b"\0" not in head:
        return ""
    if not any(head[::2]):
        return "utf-16-be"
    return "" if any(head[1::2]) else "utf-16-le"


def _byte_lines(stream: BinaryIO, coding: CsvDialect) -> Iterator[bytes]:
    """Yield lines as bytes; UTF-16 and UTF-32 are converted to UTF-8."""
    if coding.encoding.lower().replace("_", "-").startswith(("utf-16", "utf-32")):
        return _wide_lines(stream, coding.encoding)
    return iter(lambda: stream.readline(LONGEST_LINE), b"")


def _wide_lines(stream: BinaryIO, encoding: str) -> Iterator[bytes]:
    # A truncated file ends in half a character: its last row is refused, the rows before are read.
    text = io.TextIOWrapper(stream, encoding, MARK_BROKEN, newline="")
    try:
        for line in text:
            yield line.encode("utf-8", "surrogateescape")
    finally:
        # Otherwise the wrapper would close the stream, which is read again.
        text.detach()


def _as_read(coding: CsvDialect) -> CsvDialect:
    wide = coding.encoding.lower().replace("_", "-").startswith(("utf-16", "utf-32"))
    return replace(coding, encoding="utf-8", otherwise="") if wide else coding


def _table(stream: BinaryIO, csv_map: CsvMap | None) -> Iterator[Line]:
    coding = dialect_of(stream, csv_map)
    records = read_records(_byte_lines(stream, coding), _as_read(coding))
    first = next(records, None)
    if first is None:
        return iter(())
    header = header_names(first)
    if ERROR_COLUMNS[0] in header:
        header = tuple(map(unguarded, header))
    own = is_own_export(header)
    if csv_map is None:
        known = own_columns([name for name in header if name not in ERROR_COLUMNS])
        if not {"headline", "body"} <= set(known.values()):
            raise MapError(gettext("The columns have other names than ours: add a mapping (--suggest-map)."))
        csv_map = CsvMap(dialect=coding, columns=known)
    elif missing := [name for name in csv_map.columns if name not in header]:
        raise MapError(
            gettext("The mapping names columns that are not in the file: %(columns)s.")
            % {"columns": ", ".join(missing)}
        )
    csv_map = replace(csv_map, dialect=_as_read(coding))
    # Cells are guarded against spreadsheets in a file of bad rows, and in our exports.
    guards = [unguarded] if ERROR_COLUMNS[0] in header else []
    return _rows(first, header, records, csv_map, [*guards, uncell] if own else guards)


def dialect_of(stream: BinaryIO, csv_map: CsvMap | None) -> CsvDialect:
    """As the mapping says, else as it looks; the error file of a table in UTF-16 is in UTF-8."""
    head = head_of(stream)
    if csv_map is None:
        return _guessed(head)
    wide = _as_read(csv_map.dialect) != csv_map.dialect and head[:2] not in (b"\xff\xfe", b"\xfe\xff")
    return _as_read(csv_map.dialect) if wide else csv_map.dialect


def head_of(stream: BinaryIO) -> bytes:
    """Return the first bytes without consuming them; empty if the stream can neither seek nor peek."""
    if stream.seekable():
        head = stream.read(file_format.LOOKED_AT)
        stream.seek(0)
        return head
    return (
        stream.peek(file_format.LOOKED_AT)[: file_format.LOOKED_AT]
        if isinstance(stream, io.BufferedReader)
        else b""
    )


def _rows(
    first: Record,
    header: tuple[str, ...],
    records: Iterable[Record],
    csv_map: CsvMap,
    guards: Sequence[Callable[[str], str]],
) -> Iterator[Line]:
    """Yield each record with the header before it, so that the stored raw row can be read by itself."""
    kind = f"text/csv; charset={csv_map.dialect.encoding}"
    for record in records:
        raw = first.raw + b"\r\n" + record.raw
        cells = record.cells
        for guard in guards:
            cells = tuple(map(guard, cells))
        try:
            if record.error:
                raise RowError("", None, record.error)
            row, status = csv_map.fields(header, cells)
        except RowError as error:
            yield Line(record.number, raw, error=error, media_type=kind)
            continue
        aside = {n: c for n, c in zip(header, cells, strict=False) if csv_map.columns.get(n) == ""}
        yield Line(record.number, raw, row, media_type=kind, status=status, aside=aside)


def line_of(number: int, item: SourceItem) -> Line:
    """An item of a file with this number in it."""
    kind = "application/json" if item.raw[:1] in (b"{", b"[") else "application/xml"
    return Line(number, item.raw, item.row, media_type=kind, status=item.status, reason=item.reason)


def _lines(items: Iterator[SourceItem]) -> Iterator[Line]:
    """Number the items; what is wrong with the file is an error after the items before it."""
    number = 0
    try:
        for number, item in enumerate(items, 1):
            yield line_of(number, item)
    except SourceError as error:
        yield Line(number + 1, b"", error=RowError("", None, str(error)))


def _unknown(head: bytes) -> Line:
    kind = file_format.what_it_is(head)
    said = gettext("cannot be read: it is %(kind)s") % {"kind": gettext(kind)}
    return Line(1, head, error=RowError("", None, said))
