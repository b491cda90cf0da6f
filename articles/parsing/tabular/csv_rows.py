"""Reads the records of a CSV file, each with its number and original bytes.

The csv module parses each record; it keeps neither the bytes nor a broken record, and cannot guess encodings.
"""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from typing import Any

from articles.parsing.charsets import codecs_of

LONGEST_CELL = 4 * 1024 * 1024
DELIMITERS = (",", ";", "\t", "|")
QUOTES = ('"', "'")
ESCAPES = ("", "\\")
_MARK = codecs.BOM_UTF8
# What Excel writes above the header: «sep=;».
_SEPARATOR = re.compile(r'"?sep=(.)"?', re.IGNORECASE)
_QUOTED_ALIKE = re.compile(r"\s*'[^']*'\s*[,;\t|]\s*'")
_ESCAPED = re.compile(r'\\"(?=[^,;\t|\r\n"])')
_DOUBLED = re.compile(r'[^,;\t|\r\n]""[^,;\t|\r\n]')
_NULL = re.compile(r"(?:(?<=[,;\t|])|^)\\N(?=[,;\t|\r\n]|\Z)")
_COMPARED = 20  # records
# Punctuation and symbols that occur next to letters in newspaper texts.
_TYPOGRAPHY = "“”„‘’‚‹›«»–—…€§°©®™•·\u00a0\u00ad"


def _marked(error: UnicodeError) -> tuple[str, int]:
    """Like ``surrogateescape``, but for encodings whose broken characters may contain ASCII bytes."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return BROKEN * (error.end - error.start), error.end


BROKEN = "\udc80"
MARK_BROKEN = "newsarchive.mark_broken"
codecs.register_error(MARK_BROKEN, _marked)


@dataclass(frozen=True)
class CsvDialect:
    """Encoding and marks of a file; lines that fail in `encoding` are decoded as `otherwise`.

    `escape` is a character before quotation marks in a cell, which are doubled otherwise.
    """

    encoding: str = "utf-8"
    otherwise: str = ""
    delimiter: str = ","
    quote: str = '"'
    escape: str = ""

    @property
    def marks(self) -> dict[str, Any]:
        """Arguments of `csv.reader` and `csv.writer`."""
        return {"delimiter": self.delimiter, "quotechar": self.quote, "escapechar": self.escape or None}

    def decode(self, line: bytes) -> str:
        """Decode a line; bytes invalid in both encodings become lone surrogates, which no column accepts."""
        for encoding in filter(None, (self.encoding, self.otherwise)):
            for codec in codecs_of(encoding) or (encoding,):
                try:
                    return line.decode(codec)
                except UnicodeError:
                    continue
        try:
            return line.decode(self.codec, "surrogateescape")
        except UnicodeError:
            # Encodings that are not character sets, such as idna, fail even with this error handler.
            return line.decode("ascii", "surrogateescape")

    def encode(self, text: str, errors: str = "surrogateescape") -> bytes:
        try:
            return text.encode(self.codec, errors)
        except UnicodeError:
            return text.encode("utf-8", errors)

    @property
    def codec(self) -> str:
        """Python's codec for the encoding; `iso-8859-1` means windows-1252, as in browsers."""
        return (*codecs_of(self.encoding), self.encoding)[0]


@dataclass(frozen=True)
class Record:
    """One CSV record; the header is number 1, as in a spreadsheet."""

    number: int
    raw: bytes
    cells: tuple[str, ...]
    error: str = ""


def read_records(lines: Iterable[bytes], dialect: CsvDialect) -> Iterator[Record]:
    """Yield every record that is not blank; an unclosed quotation mark spoils only its own record."""
    waiting = _Lines(lines, dialect)
    # The limit is global to the process, so it is only ever raised.
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_CELL))
    reader = csv.reader(waiting, **dialect.marks)
    number = width = 0
    while True:
        waiting.taken.clear()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            cells, problem = [], f"is not CSV: {error}"
        else:
            problem = ""
        swallowed = waiting.ended and len(waiting.taken) > 1 and len(cells) < width
        if swallowed or (problem and len(waiting.taken) > 1):
            problem = "a quotation mark is opened and never closed"
            waiting.put_back(waiting.taken[1:])
            del waiting.taken[1:]
        raw = b"".join(waiting.taken)
        if not raw.strip() or (not number and separator_of(dialect.decode(raw))):
            continue
        number += 1
        width = width or len(cells)
        yield Record(number, raw.rstrip(b"\r\n"), tuple(cells), problem)


class _Lines:
    """Decodes lines for the csv module, remembers their bytes, and can put lines back."""

    def __init__(self, lines: Iterable[bytes], dialect: CsvDialect) -> None:
        self.lines, self.dialect = iter(lines), dialect
        self.taken: list[bytes] = []
        self.again: list[bytes] = []
        self.first, self.ended = True, False

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if self.again:
            line = self.again.pop()
        else:
            found = next(self.lines, None)
            if found is None:
                self.ended = True
                raise StopIteration
            line = found.removeprefix(_MARK) if self.first else found
            self.first = False
            if b"\r" in line[:-2]:
                # Line ends of old Macintoshes; those in a quoted cell do no harm.
                line, *others = line.splitlines(keepends=True)
                self.again += reversed(others)
        self.taken.append(line)
        text = self.dialect.decode(line).replace("\0", "")
        return _NULL.sub("", text) if self.dialect.escape else text

    def put_back(self, lines: list[bytes]) -> None:
        self.again += reversed(lines)
        self.ended = False


def header_names(record: Record) -> tuple[str, ...]:
    """Unique, non-empty column names."""
    seen: Counter[str] = Counter()
    names = []
    for position, cell in enumerate(record.cells, 1):
        name = cell.strip().lstrip("\ufeff") or f"column {position}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(names)


def sniff_dialect(sample: bytes) -> CsvDialect:
    """Guess the encoding and delimiter from the start of a file, whose last line may be cut."""
    lines = sample.splitlines()
    if len(lines) > 1 and not sample.endswith((b"\n", b"\r")):
        lines.pop()
    odd = [line for line in lines if not line.isascii()]
    broken = [line for line in odd if not _is_utf8(line)]
    other = _windows(b"\n".join(broken)) if broken else ""
    mixed = bool(broken) and len(broken) < len(odd)
    encoding = "utf-8" if mixed or not broken else other
    text = CsvDialect(encoding, other).decode(sample).lstrip("\ufeff")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    quote = "'" if _QUOTED_ALIKE.match(text) else '"'
    escape = "\\" if _ESCAPED.search(text) and not _DOUBLED.search(text) else ""
    coding = CsvDialect(encoding, other if mixed else "", quote=quote, escape=escape)
    return replace(coding, delimiter=_delimiter(text, coding))


def separator_of(line: str) -> str:
    """The delimiter that the first line of a file names, as Excel writes it; empty if it names none.

    >>> separator_of("sep=;"), separator_of("headline;body")
    (';', '')
    """
    found = _SEPARATOR.fullmatch(line.strip("\r\n\ufeff "))
    return found[1] if found else ""


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _windows(raw: bytes) -> str:
    """cp1252 or cp1250: in the wrong one, symbols and capitals occur inside words."""
    faults = {}
    for encoding in ("cp1252", "cp1250"):
        text = raw.decode(encoding, "replace")
        faults[encoding] = sum(_is_odd(before, after) for before, after in pairwise(text))
    return min(faults, key=faults.__getitem__)


def _is_odd(before: str, after: str) -> bool:
    if before.isascii() and after.isascii():
        return False
    if before.isalpha() and after.isalpha():
        return before.islower() and after.isupper()
    sign = after if before.isalpha() else before
    return (before.isalpha() or after.isalpha()) and not sign.isascii() and sign not in _TYPOGRAPHY


def _delimiter(text: str, coding: CsvDialect) -> str:
    """The named delimiter, else the one that gives most columns, if the next records have as many."""
    first, _, rest = text.partition("\n")
    if (named := separator_of(first)) in DELIMITERS:
        return named
    lines = [f"{line}\n" for line in (rest if named else text).split("\n")]

    def fit(delimiter: str) -> tuple[bool, int]:
        reader = csv.reader(lines, **replace(coding, delimiter=delimiter).marks)
        try:
            widths = [len(cells) for cells in islice(reader, _COMPARED) if cells] or [0]
        except csv.Error:
            widths = [0]
        agreeing = sum(width == widths[0] for width in widths[1:])
        return 2 * agreeing >= len(widths) - 1 and widths[0] > 1, widths[0]

    return max(DELIMITERS, key=fit)
