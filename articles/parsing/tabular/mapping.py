"""The mapping of a CSV file: columns to fields, printed values to meanings, formats of dates."""

import ast
import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from articles.parsing.bylines import authors_of, names_in
from articles.parsing.charsets import codecs_of
from articles.parsing.dates.columns import DAY_FIRST, MONTH_FIRST, NUMBERS, DateForms, date_fields, is_pattern
from articles.parsing.html.fragment import Fragment, read_fragment
from articles.parsing.mojibake import fix_mojibake
from articles.parsing.name_variants import spelling_key
from articles.parsing.normalization import has_surrogates, tidy, web_address, without_surrogates
from articles.parsing.parsed import Problem, RowError
from articles.parsing.tabular.csv_rows import DELIMITERS, ESCAPES, QUOTES, CsvDialect
from articles.parsing.tabular.rows import COLUMNS
from articles.parsing.tabular.source_status import DRAFT, PUBLISH, STATUSES
from articles.text.time_zones import zone_named

LONGEST_ENCODING = 40
# Spreadsheets silently truncate cells at this length.
CUT_AT = 32_767
# Additional columns of an error file, so that a corrected file is imported with the same mapping.
ERROR_COLUMNS = ("import_row", "import_column", "import_value", "import_reason")
DECIDED_ONCE = ("publication", "section", "authors", "topics", "language", "status")
_DATES = ("published_at", "published_on")
_MANY = ("body", "topics", "authors")
_PICTURE = {"caption": "caption", "credit": "credit", "image_url": "url"}
_URLS = ("source_url", "canonical_url", "archived_url", "image_url")
# A row is refused without these, and if the mapping has to decide what they mean.
_NEEDED = ("headline", "body", "publication", *_DATES)
TARGETS = COLUMNS | {"status", "extra", *_PICTURE}
# Columns that can have several values in a cell, and what may separate them.
LISTS = ("topics", "authors")
SEPARATOR = ";"
SEPARATORS = (SEPARATOR, ",", "|", "/", "\n", "\t", "#")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-\w{2,8})*", re.IGNORECASE)
_LONGEST_LIST = 100_000


Tree = Mapping[str, Any]  # parsed TOML, checked here


class MapError(ValueError):
    """The mapping is invalid; the message names the place and the allowed values."""


@dataclass(frozen=True)
class CsvMap:
    """All decisions that apply to the whole file."""

    dialect: CsvDialect = field(default_factory=CsvDialect)
    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    dates: DateForms = field(default_factory=DateForms)
    body: str = "text"
    mend: tuple[str, ...] = ()
    cut: str = "refuse"
    text: str = ""
    split: Mapping[str, str] = field(default_factory=dict)

    def fields(self, header: Sequence[str], cells: Sequence[str]) -> tuple[dict[str, object], str]:
        """A row for `read_row`, and its status: publish, draft or leave; raises `RowError`.

        An optional value that cannot be read becomes a `Problem`.
        """
        row: dict[str, object] = {}
        if len(cells) != len(header):
            row |= self._uneven(header, cells)
        given: dict[str, list[tuple[str, str]]] = {}
        for name, cell in zip(header, cells, strict=False):
            target = self.columns.get(name, "extra")
            if not cell.strip() or not target or name in ERROR_COLUMNS:
                continue
            try:
                cleaned = self._clean(name, cell)
            except RowError as error:
                row |= _aside(target, error)
                continue
            given.setdefault(target, []).append((name, cleaned))
        status = self._status(row, given.pop("status", []))
        return row | self._row(given), status

    def _uneven(self, header: Sequence[str], cells: Sequence[str]) -> dict[str, object]:
        """What to report of a row with too many or too few cells; raises `RowError` if they may be shifted.

        Cells are in their columns if the dates, links, languages and listed publications behind the headline
        and the body are in theirs, and there is one at least.
        """
        surplus = [cell for cell in cells[len(header) :] if cell.strip()]
        if len(cells) > len(header) and not surplus:
            return {}
        targets = [self.columns.get(name, "extra") for name in header]
        last = max((n for n, target in enumerate(targets) if target in ("headline", "body")), default=0)
        behind = list(zip(targets, cells, strict=False))[last + 1 :]
        found = [self._is_one(target, cell) for target, cell in behind if cell.strip()]
        if True not in found or False in found:
            raise RowError("", None, f"has {len(cells)} cells; the header has {len(header)}")
        if not surplus:
            said = f"has {len(cells)} cells; the header has {len(header)}"
            return {"problem with its cells": Problem("", "", said)}
        said = f"are {len(cells)}; the header has {len(header)}"
        return {"problem with its cells": Problem("cells", "; ".join(surplus), said)}

    def _is_one(self, target: str, cell: str) -> bool | None:
        """Whether the cell has a value of the field; None if the field takes any text."""
        if target in _URLS:
            return bool(web_address(cell))
        if target == "language":
            return bool(_LANGUAGE.fullmatch(cell.strip()))
        if target == "publication" and (listed := self.values.get(target)):
            return tidy(cell) in listed
        if target not in _DATES:
            return None
        try:
            found = date_fields("", cell, self.dates).values()
        except RowError:
            return True
        return not found or any(isinstance(value, str) for value in found)

    def _clean(self, column: str, cell: str) -> str:
        if has_surrogates(cell):
            raise RowError(
                column,
                without_surrogates(cell),
                f"has bytes that are not {self.dialect.encoding}, or was cut off",
            )
        if len(cell) == CUT_AT and self.cut == "refuse":
            raise RowError(
                column,
                cell,
                f'is cut at {CUT_AT:,} characters: choose to import it so (cut = "take")',
            )
        return fix_mojibake(cell, self.mend) if self.mend else cell

    def _status(self, row: dict[str, object], given: list[tuple[str, str]]) -> str:
        """What the status of the row means; one that cannot be read means draft."""
        unread = any(isinstance(p, Problem) and self.columns.get(p.column) == "status" for p in row.values())
        for column, value in given:
            try:
                meant = self._meant("status", column, value)
                if meant not in STATUSES:
                    reason = f"is a status that the mapping gives no meaning: {', '.join(STATUSES)}"
                    raise RowError(column, value, reason)
            except RowError as error:
                row |= _aside("status", error)
                return DRAFT
            return meant
        return DRAFT if unread else PUBLISH

    def _row(self, given: Mapping[str, list[tuple[str, str]]]) -> dict[str, object]:
        row: dict[str, Any] = {}  # columns of an import
        images: list[object] = []
        picture: dict[str, str] = {}
        # A day that is given replaces that of the time.
        for target, found in sorted(given.items(), key=lambda item: item[0] == "published_on"):
            if target in _PICTURE:
                picture[_PICTURE[target]] = found[0][1]
                continue
            try:
                read = self._read(target, found)
            except RowError as error:
                read = _aside(target, error)
            images += read.pop("images", [])
            row |= read
        if "authors" in self.values and "authors" not in row and (byline := row.get("byline")):
            # The byline stays as printed; the mapping decides who its authors are.
            try:
                row["authors"] = [self._meant("authors", "byline", name) for name in authors_of(tidy(byline))]
            except RowError as error:
                row |= _aside("authors", error)
        images += [picture] if picture else []
        return row | ({"images": images} if images else {})

    def _read(self, target: str, found: list[tuple[str, str]]) -> dict[str, Any]:  # columns of an import
        """The columns of an import that these cells of one field fill; raises `RowError`."""
        column, value = found[0]
        if target == "extra":
            return {name if name not in COLUMNS else f"column {name}": cell for name, cell in found}
        if target == "body":
            return self._body([cell for _, cell in found])
        if target in _DATES:
            return dict(date_fields(column, value, self.dates))
        if target == "images":
            return {"images": _images(column, value)}
        if target in LISTS:
            return {target: self._list(target, found)}
        if target in DECIDED_ONCE:
            return {target: self._meant(target, column, value)}
        if self.body != "html" or "<" not in value:
            return {target: value}
        fragment = read_fragment(value)
        return {target: fragment.text, **fragment.cuts(target)}

    def _body(self, cells: list[str]) -> dict[str, object]:
        if self.body != "html":
            return {"body": "\n\n".join(cells)}
        fragments = [read_fragment(cell) for cell in cells]
        images = tuple(image for one in fragments for image in one.images)
        removed = tuple(text for one in fragments for text in one.removed)
        return Fragment("\n\n".join(one.text for one in fragments), images, removed).as_row()

    def _list(self, target: str, found: list[tuple[str, str]]) -> list[str]:
        printed = [
            (column, part)
            for column, cell in found
            for part in items_in(cell, self.split.get(column, SEPARATOR))
        ]
        if target == "authors":
            printed = [(column, name) for column, part in printed for name in names_in(part)]
        meant = (self._meant(target, column, part) for column, part in printed)
        return list(dict.fromkeys(name for name in meant if name))

    def _meant(self, target: str, column: str, printed: str) -> str:
        """The meaning in the value table; raises `RowError` for a publication that it does not list."""
        table = self.values.get(target)
        printed = tidy(printed)
        if table is None:
            return printed
        meant = table.get(printed)
        if meant is None:
            key = spelling_key(printed)
            meant = next((m for p, m in table.items() if spelling_key(p) == key), None) if key else None
        if meant == "?":
            what = target.removesuffix("s") if target in LISTS else target
            raise RowError(column, printed, f"has no meaning yet: choose what this {what} means")
        if meant is None and target == "publication":
            raise RowError(column, printed, "is not among the publications of the mapping")
        return printed if meant is None else meant


def items_in(cell: str, separator: str) -> list[str]:
    """The values in a cell; a list as JSON or Python writes it is one, whatever the separator.

    >>> items_in("lock, crack", ","), items_in("['lock', 'crack']", ";")
    (['lock', 'crack'], ['lock', 'crack'])
    """
    parts: Sequence[object] = cell.replace("\r", "\n").split(separator)
    cell = cell.strip()
    if cell.startswith("[") and cell.endswith("]") and len(cell) <= _LONGEST_LIST:
        for parse in (json.loads, ast.literal_eval):
            try:
                found = parse(cell)
            except (ValueError, SyntaxError, RecursionError, MemoryError):
                continue
            parts = found if isinstance(found, list) else parts
            break
    return [text for part in parts if isinstance(part, str | int) and (text := str(part).strip())]


def _images(column: str, cell: str) -> list[object]:
    """The pictures of a cell as our exports write it: a JSON list of caption, credit and url."""
    try:
        found = json.loads(cell)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, list):
        raise RowError(column, cell, "is not a JSON list of caption, credit and url")
    return found


def _aside(target: str, error: RowError) -> dict[str, object]:
    """The fault of an optional field as a value of the row; raises the fault of a needed one."""
    if target in _NEEDED:
        raise error
    return {f"problem with {error.column}": Problem(error.column, error.value, error.reason)}


def read_map(text: str, *, complete: bool = True) -> CsvMap:
    """Parse a mapping in TOML; raises `MapError` for anything in it that would be ignored.

    `complete`: a column must be the headline, and one the body.
    """
    try:
        tree = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        # Python also refuses numbers of thousands of digits.
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else error
        raise MapError(f"the mapping is not TOML: {reason}") from None
    _only(tree, {"file", "dates", "columns", "split", "values"}, "the mapping")
    marks = ("encoding", "otherwise", "delimiter", "quote", "escape")
    file = _strings(tree, "file", {*marks, "body", "cut"}, lists={"mend"})
    dates = _strings(tree, "dates", {"order", "zone", "zero"}, lists={"forms"})
    _one_of(file, "body", ("text", "html"))
    _one_of(file, "cut", ("refuse", "take"))
    _one_of(file, "delimiter", DELIMITERS)
    _one_of(file, "quote", QUOTES)
    _one_of(file, "escape", ESCAPES)
    _one_of(dates, "order", ("", DAY_FIRST, MONTH_FIRST))
    _one_of(dates, "zero", ("refuse", "none"))
    dialect: dict[str, str] = {name: file[name] for name in marks if name in file}
    _is_known(dialect, dates)
    columns = _columns(tree.get("columns", {}), complete)
    return CsvMap(
        CsvDialect(**dialect),
        columns,
        _values(tree.get("values", {})),
        DateForms(**dates),
        file.get("body", "text"),
        file.get("mend", ()),
        file.get("cut", "refuse"),
        text,
        _split(tree.get("split", {}), columns),
    )


def _only(given: object, allowed: set[str], where: str) -> None:
    if not isinstance(given, dict):
        raise MapError(f"{where} must be a table")
    for name in given:
        if name not in allowed:
            raise MapError(f"{where} knows no «{name}»; it knows {', '.join(sorted(allowed))}")


def _strings(tree: Tree, where: str, allowed: set[str], lists: set[str]) -> Tree:
    given = tree.get(where, {})
    _only(given, allowed | lists, f"[{where}]")
    for name, value in given.items():
        is_list = isinstance(value, list) and all(isinstance(item, str) for item in value)
        if not (is_list if name in lists else isinstance(value, str)):
            raise MapError(f"{name} in [{where}] must be {'a list of texts' if name in lists else 'a text'}")
    return {name: tuple(value) if name in lists else value for name, value in given.items()}


def _one_of(given: Tree, name: str, allowed: Sequence[str]) -> None:
    if name in given and given[name] not in allowed:
        raise MapError(
            f"{name} must be one of {', '.join(repr(value) for value in allowed)}, not {given[name]!r}"
        )


def _is_known(dialect: Mapping[str, str], dates: Tree) -> None:
    for name in ("encoding", "otherwise"):
        if not (value := dialect.get(name)):
            continue
        if len(value) > LONGEST_ENCODING:
            raise MapError(f"{name}: there is no encoding of so long a name")
        if not codecs_of(value):
            try:
                b"".decode(value)
                "".encode(value)
            # A name with a NUL, or the codec «undefined».
            except (LookupError, ValueError):
                raise MapError(f"{name}: there is no encoding {value!r}") from None
    if dates.get("zone") and zone_named(dates["zone"]) is None:
        raise MapError(f"zone: there is no zone {dates['zone']!r}; write it as in Europe/Dublin")
    for form in dates.get("forms", ()):
        if form not in NUMBERS and "%" not in form:
            raise MapError(
                f"forms: {form!r} is none of {', '.join(NUMBERS)}, and no pattern such as %d.%m.%y"
            )
        if form not in NUMBERS and not is_pattern(form):
            raise MapError(f"forms: {form!r} is no pattern such as %d.%m.%y, each part once")


def _columns(given: object, complete: bool) -> dict[str, str]:
    if not isinstance(given, dict):
        raise MapError("[columns] must be a table of column = field")
    for column, target in given.items():
        if target and target not in TARGETS:
            raise MapError(
                f"[columns] {column}: there is no field {target!r}; there are {', '.join(sorted(TARGETS))}"
            )
    used = [target for target in given.values() if target and target != "extra" and target not in _MANY]
    for target in used:
        if used.count(target) > 1:
            raise MapError(f"[columns] {target} is named by two columns; only {', '.join(_MANY)} may be")
    for target in ("headline", "body"):
        if complete and target not in given.values():
            raise MapError(f"[columns] no column is the {target}")
    return dict(given)


def _split(given: Tree, columns: Mapping[str, str]) -> dict[str, str]:
    _only(given, set(columns), "[split]")
    for name in given:
        _one_of(given, name, SEPARATORS)
    return dict(given)


def _values(given: Tree) -> dict[str, dict[str, str]]:
    _only(given, set(DECIDED_ONCE), "[values]")
    for target, table in given.items():
        if not isinstance(table, dict) or not all(isinstance(meant, str) for meant in table.values()):
            raise MapError(f"[values.{target}] must be a table of printed = meant")
        wrong = (
            [meant for meant in table.values() if meant not in (*STATUSES, "?")] if target == "status" else []
        )
        if wrong:
            raise MapError(f"[values.status] {wrong[0]!r} must be one of {', '.join(STATUSES)}")
    return {target: dict(table) for target, table in given.items()}
