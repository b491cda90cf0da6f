"""The mapping of a CSV file: columns to fields, printed values to meanings, formats of dates."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from articles.parsing.bylines import authors_of, names_in
from articles.parsing.charsets import codecs_of
from articles.parsing.dates.columns import DAY_FIRST, MONTH_FIRST, NUMBERS, DateForms, date_fields, is_pattern
from articles.parsing.html.fragment import read_fragment
from articles.parsing.mojibake import fix_mojibake
from articles.parsing.name_variants import spelling_key
from articles.parsing.normalization import has_surrogates, tidy
from articles.parsing.parsed import RowError
from articles.parsing.tabular.csv_rows import DELIMITERS, CsvDialect
from articles.parsing.tabular.rows import COLUMNS
from articles.parsing.tabular.source_status import STATUSES
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
TARGETS = (COLUMNS - {"images"}) | {"status", "extra", *_PICTURE}
# Columns that can have several values in a cell, and what may separate them.
LISTS = ("topics", "authors")
SEPARATOR = ";"
SEPARATORS = (SEPARATOR, ",", "|", "/", "\n", "\t", "#")


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
        """A row for `read_row`, and its status: publish, draft or leave; raises `RowError`."""
        if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
            raise RowError("", None, f"has {len(cells)} cells; the header has {len(header)}")
        if len(cells) < len(header):
            raise RowError("", None, f"has {len(cells)} cells; the header has {len(header)}")
        given: dict[str, list[tuple[str, str]]] = {}
        for name, cell in zip(header, cells, strict=False):
            target = self.columns.get(name, "extra")
            if cell.strip() and target and name not in ERROR_COLUMNS:
                given.setdefault(target, []).append((name, self._clean(name, cell)))
        status = self._status(given.pop("status", []))
        return self._row(given), status

    def _clean(self, column: str, cell: str) -> str:
        if has_surrogates(cell):
            raise RowError(column, cell, f"holds bytes that are not {self.dialect.encoding}, or was cut off")
        if len(cell) == CUT_AT and self.cut == "refuse":
            raise RowError(
                column,
                cell,
                f'is cut at {CUT_AT:,} characters: choose to import it so (cut = "take")',
            )
        return fix_mojibake(cell, self.mend) if self.mend else cell

    def _status(self, given: list[tuple[str, str]]) -> str:
        for column, value in given:
            meant = self._meant("status", column, value)
            if meant not in STATUSES:
                raise RowError(
                    column, value, f"is a status that the mapping gives no meaning: {', '.join(STATUSES)}"
                )
            return meant
        return "publish"

    def _row(self, given: Mapping[str, list[tuple[str, str]]]) -> dict[str, object]:
        row: dict[str, Any] = {}  # columns of an import
        picture: dict[str, str] = {}
        for target, found in given.items():
            column, value = found[0]
            if target == "extra":
                row |= {name if name not in COLUMNS else f"column {name}": cell for name, cell in found}
            elif target == "body":
                row |= self._body([cell for _, cell in found])
            elif target in _DATES:
                row |= date_fields(column, value, self.dates)
            elif target in _PICTURE:
                picture[_PICTURE[target]] = value
            elif target in ("topics", "authors"):
                row[target] = self._list(target, found)
            elif target in DECIDED_ONCE:
                row[target] = self._meant(target, column, value)
            else:
                row[target] = read_fragment(value).text if self.body == "html" and "<" in value else value
        if "authors" in self.values and "authors" not in row and (byline := row.get("byline")):
            # The byline stays as printed; the mapping decides who its authors are.
            row["authors"] = [self._meant("authors", "byline", name) for name in authors_of(tidy(byline))]
        images = [*row.pop("images", []), *([picture] if picture else [])]
        return row | ({"images": images} if images else {})

    def _body(self, cells: list[str]) -> dict[str, object]:
        if self.body != "html":
            return {"body": "\n\n".join(cells)}
        fragments = [read_fragment(cell) for cell in cells]
        images = [vars(image) for fragment in fragments for image in fragment.images]
        return {"body": "\n\n".join(f.text for f in fragments)} | ({"images": images} if images else {})

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
            raise RowError(column, printed, f"has no meaning yet: choose what it is (values.{target})")
        if meant is None and target == "publication":
            raise RowError(column, printed, "is not among the mapping's values.publication")
        return printed if meant is None else meant


def items_in(cell: str, separator: str) -> list[str]:
    """The values in a cell."""
    return [text for part in cell.replace("\r", "\n").split(separator) if (text := part.strip())]


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
    file = _strings(tree, "file", {"encoding", "otherwise", "delimiter", "body", "cut"}, lists={"mend"})
    dates = _strings(tree, "dates", {"order", "zone", "zero"}, lists={"forms"})
    _one_of(file, "body", ("text", "html"))
    _one_of(file, "cut", ("refuse", "take"))
    _one_of(file, "delimiter", DELIMITERS)
    _one_of(dates, "order", ("", DAY_FIRST, MONTH_FIRST))
    _one_of(dates, "zero", ("refuse", "none"))
    dialect: dict[str, str] = {
        name: file[name] for name in ("encoding", "otherwise", "delimiter") if name in file
    }
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
