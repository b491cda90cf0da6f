"""Parses a CSV table of speakers: names, roles with dates, identifiers elsewhere."""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from articles.parsing.parsed import RowError
from articles.parsing.tabular.csv_rows import CsvDialect, header_names, read_records

COLUMNS = (
    *("name", "kind", "description", "sort_name", "aliases", "roles", "same_as", "wikidata", "noindex"),
)
# Without these it is not clear who a row is about.
IDENTITY = ("name", "kind", "same_as", "wikidata")
KINDS = ("person", "organisation", "group", "unnamed")
ALIAS_KINDS = ("spelling", "former", "transliteration", "pen name")
LONGEST = {"name": 500, "description": 1000, "sort_name": 500, "same_as": 2000, "roles": 300, "aliases": 500}
# Control characters, private-use characters, and bytes that are invalid in the file's encoding.
UNSEEN = ("Cc", "Co", "Cs")
YES, NO = ("yes", "true", "1", "x"), ("no", "false", "0")
_NUMBER = re.compile(
    r"(?:https?://(?:www\.|m\.)?wikidata\.org/(?:wiki|entity)/)?(Q[1-9][0-9]*)", re.IGNORECASE
)
_ADDRESS = re.compile(r"https?://[^\s\x00-\x1f/]+\.[^\s\x00-\x1f]+", re.IGNORECASE)
_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


T = TypeVar("T")


@dataclass(frozen=True)
class RoleRow:
    title: str
    organisation: str = ""
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True)
class SpeakerRow:
    """One row; empty cells leave the defaults."""

    name: str
    kind: str = ""
    description: str = ""
    sort_name: str = ""
    aliases: tuple[tuple[str, str], ...] = ()
    roles: tuple[RoleRow, ...] = ()
    same_as: str = ""
    noindex: bool | None = None
    problems: tuple[RowError, ...] = ()  # values that cannot be read, and are left out


class SpeakerTableError(ValueError):
    """The file is not a table of speakers; the message says why."""


@dataclass(frozen=True)
class Line:
    """A row with its number in the file, the header being 1; either `row` or `error` is set."""

    number: int
    row: SpeakerRow | None
    error: RowError | None = None


def speaker_lines(lines: Iterable[bytes], dialect: CsvDialect) -> tuple[list[str], Iterator[Line]]:
    """The names of unknown columns, and an iterator of rows; raises `SpeakerTableError`."""
    records = read_records(lines, dialect)
    header = next(records, None)
    if header is None:
        raise SpeakerTableError("The file is empty.")
    columns = [name.strip().lower().replace(" ", "_") for name in header_names(header)]
    if "name" not in columns:
        raise SpeakerTableError(
            f"There is no column “name”. The first line names the columns: {', '.join(COLUMNS)}."
        )
    unread = [name for name in columns if name not in COLUMNS]

    def each() -> Iterator[Line]:
        for record in records:
            try:
                if record.error:
                    raise RowError("", "", record.error)
                if len(record.cells) > len(columns):
                    raise RowError("", record.cells[-1], "the row has more cells than there are columns")
                yield Line(record.number, speaker_row(dict(zip(columns, record.cells, strict=False))))
            except RowError as error:
                yield Line(record.number, None, error)

    return unread, each()


def speaker_row(cells: dict[str, str]) -> SpeakerRow:
    """Parse the cells of one row; raises `RowError` if the speaker's name, kind or identifier is invalid."""
    cells = {name: " ".join(value.split()) for name, value in cells.items() if name in COLUMNS}
    problems: list[RowError] = []

    def take(column: str, read: Callable[[str], T], entry: str | None = None) -> T | None:
        given = cells.get(column, "") if entry is None else entry
        try:
            return read(_visible(column, given))
        except RowError as error:
            if column in IDENTITY:
                raise
            problems.append(error)
            return None

    name = take("name", lambda value: _fits("name", value))
    if not name:
        raise RowError("name", "", "every row needs a name")
    aliases = [take("aliases", _alias, entry) for entry in _entries(cells.get("aliases", ""))]
    roles = [take("roles", _role, entry) for entry in _entries(cells.get("roles", ""))]
    row = SpeakerRow(
        name,
        take("kind", lambda value: _one_of("kind", value, KINDS)) or "",
        take("description", lambda value: _fits("description", value)) or "",
        take("sort_name", lambda value: _fits("sort_name", value)) or "",
        tuple(dict(filter(None, aliases)).items()),
        tuple(dict.fromkeys(filter(None, roles))),
        _same_as(take("same_as", lambda value: _fits("same_as", value)) or "", take("wikidata", str) or ""),
        take("noindex", _yes_or_no),
    )
    return replace(row, problems=tuple(problems))


def _visible(column: str, value: str) -> str:
    if any(unicodedata.category(c) in UNSEEN for c in value):
        shown = value.encode("ascii", "replace").decode()
        raise RowError(column, shown, "a byte or character in it is no part of a text")
    return value


def _fits(column: str, value: str) -> str:
    if len(value) > LONGEST[column]:
        raise RowError(column, value, f"{len(value)} characters; {LONGEST[column]} are the most")
    return value


def _one_of(column: str, value: str, known: tuple[str, ...]) -> str:
    found = value.lower()
    if found and found not in known:
        raise RowError(column, value, f"is none of {', '.join(known)}")
    return found


def _alias(entry: str) -> tuple[str, str]:
    """Parse an alias: ``Ada Pell | former``, ``A. Okafor``."""
    name, kind, *more = [*_parts(entry), "", ""]
    if not name or any(more):
        raise RowError("aliases", entry, "is not of the form “name | kind”")
    return _fits("aliases", name), _one_of("aliases", kind, ALIAS_KINDS) or "spelling"


def _role(entry: str) -> RoleRow:
    """Parse a role: ``mayor | Selwy | 2010-05 | 2014``."""
    title, organisation, since, until, *more = [*_parts(entry), "", "", "", ""]
    if not title or any(more):
        raise RowError("roles", entry, "is not of the form “title | organisation | since | until”")
    role = RoleRow(
        _fits("roles", title),
        _fits("roles", organisation),
        _day(since, first=True),
        _day(until, first=False),
    )
    if role.since and role.until and role.since > role.until:
        raise RowError("roles", entry, "it ends before it begins")
    return role


def _entries(cell: str) -> Iterator[str]:
    return (entry.strip() for entry in cell.split(";") if entry.strip())


def _parts(entry: str) -> list[str]:
    return [part.strip() for part in entry.split("|")]


def _day(text: str, *, first: bool) -> dt.date | None:
    """A date; a year or month alone means its first day or, with `first=False`, its last."""
    if not text:
        return None
    found = _DAY.fullmatch(text)
    try:
        if found is None:
            raise ValueError
        year, month = int(found[1]), int(found[2] or (1 if first else 12))
        last = calendar.monthrange(year, month)[1]
        return dt.date(year, month, int(found[3] or (1 if first else last)))
    except ValueError:
        raise RowError("roles", text, "is no date like 2014, 2014-05 or 2014-05-31") from None


def _same_as(same_as: str, wikidata: str) -> str:
    """The URL of both columns; a Wikidata identifier in either becomes the URL of its page.

    >>> _same_as("", "q42")
    'https://www.wikidata.org/wiki/Q42'
    """
    number = _NUMBER.fullmatch(wikidata)
    if wikidata and not number:
        raise RowError("wikidata", wikidata, "is no number of Wikidata, like Q42")
    if same_as and (written := _NUMBER.fullmatch(same_as)):
        if number and number[1].upper() != written[1].upper():
            raise RowError("wikidata", wikidata, "another number stands in same_as")
        number, same_as = written, ""
    if number and same_as:
        raise RowError("wikidata", wikidata, "same_as gives another address, and a speaker has one")
    if number:
        return f"https://www.wikidata.org/wiki/{number[1].upper()}"
    if same_as and not _ADDRESS.fullmatch(same_as):
        raise RowError("same_as", same_as, "is no http(s) address")
    return same_as


def _yes_or_no(cell: str) -> bool | None:
    if not cell:
        return None
    if cell.lower() not in YES + NO:
        raise RowError("noindex", cell, "is neither yes nor no")
    return cell.lower() in YES
