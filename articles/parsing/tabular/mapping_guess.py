"""Suggests a mapping for a CSV file from its header and some rows; unclear points are left open."""

import re
from collections.abc import Iterator, Mapping, Sequence

from articles.parsing.bylines import authors_of, is_byline, names_in
from articles.parsing.dates.columns import DateForms, date_fields, is_zero
from articles.parsing.mojibake import fix_mojibake, is_mojibake
from articles.parsing.name_variants import canonical_spellings, spelling_key
from articles.parsing.normalization import tidy
from articles.parsing.parsed import RowError
from articles.parsing.tabular.csv_rows import CsvDialect, Record, header_names
from articles.parsing.tabular.mapping import (
    DECIDED_ONCE,
    ERROR_COLUMNS,
    LISTS,
    SEPARATOR,
    SEPARATORS,
    MapError,
    items_in,
)
from articles.parsing.tabular.mapping_file import toml_list as _list
from articles.parsing.tabular.mapping_file import toml_text as _text
from articles.parsing.tabular.rows import COLUMNS, OWN_DERIVED, OWN_EXPORT, OWN_QUOTES
from articles.parsing.tabular.source_status import meaning_of

SAMPLE = 200
_MOST_VALUES = 80
# The first name that the header has is used; other columns go to `extra`.
_HEADERS = """
headline: headline, title, post title, titel, überschrift, schlagzeile, tytuł, titre, título, heading
body: body, text, fulltext, full text, content, post content, artikeltext, inhalt, treść, contenu, texte,
 article
standfirst: standfirst, deck, dek, lead, lede, teaser, vorspann, excerpt, post excerpt, zajawka,
 chapeau, summary
kicker: kicker, dachzeile, nadtytuł, surtitre
byline: byline, author, authors, autor, autorzy, auteur, verfasser, post author, writer, reporter
publication: publication, paper, newspaper, zeitung, gazeta, journal, medium, outlet, publisher, source
section: section, ressort, rubrik, dział, rubrique, category, categories, desk, sección
topics: topics, tags, keywords, schlagworte, stichworte, słowa kluczowe, topic, tag
published_at: published at, published, date published, publish date, pubdate, publication date, post date,
 date, datum, erschienen, data, data publikacji, fecha, issue date, timestamp, created at, created
language: language, lang, sprache, język, langue
source_url: source url, url, link, permalink, address, adresse
canonical_url: canonical url, canonical
archived_url: archived url
external_id: external id, article id, post id, guid, id, uid, nr
edition: edition, ausgabe, wydanie
page: page, seite, strona
dateline: dateline
status: status, post status, state, stan, zustand
caption: caption, image caption, photo caption, bildunterschrift, podpis
credit: credit, photo credit, image credit, bildnachweis
image_url: image url, photo url, image, photo
"""
_MARKS = dict(
    zip(
        SEPARATORS,
        ("semicolons", "commas", "vertical bars", "slashes", "line ends", "tabs", "number signs"),
        strict=True,
    )
)
_DATED = ("published_at", "published_on")
_TIME = re.compile(r"\d[T ,]+\d{1,2}:\d\d")
_TAG = re.compile(r"</?[a-z][^<>]*>|\[/?[a-z]+[ \]]", re.IGNORECASE)


def suggest_mapping(dialect: CsvDialect, records: Sequence[Record]) -> str:
    """The mapping as a TOML file for the user to correct; `records` are the header and some rows."""
    header = header_names(records[0])
    rows = [r.cells for r in records[1:] if not r.error and len(r.cells) == len(header)]
    cells = {name: [row[n] for row in rows if row[n].strip()] for n, name in enumerate(header)}
    own = is_own_export(header)
    columns = own_columns(header) if own else _columns(header, cells)
    split = {name: _separator(to, cells[name]) for name, to in columns.items() if to in LISTS}
    texts = [cell for found in cells.values() for cell in found]
    bodies = [cell for name, target in columns.items() if target == "body" for cell in cells[name]]
    # In files of two encodings, a line that has both is decoded as the second.
    mends = [
        c
        for c in ("cp1252", "cp1250")
        if not own and (c == dialect.otherwise or any(fix_mojibake(cell, (c,)) != cell for cell in texts))
    ]
    html = not own and any(map(_TAG.search, bodies))
    lines = [
        f"# How the columns of this file become articles, suggested from its header and {len(rows)} rows.",
        "# Read it, mend it, and give it to the import with --map. A line with «?» has to be decided.",
        "",
        "[file]",
        f"encoding = {_text(dialect.encoding)}",
        f"otherwise = {_text(dialect.otherwise)}  # for lines that are not of that encoding",
        f"delimiter = {_text(dialect.delimiter)}",
        *([f"quote = {_text(dialect.quote)}"] if dialect.quote != '"' else []),
        *(
            [f"escape = {_text(dialect.escape)}  # before a quotation mark in a cell"]
            if dialect.escape
            else []
        ),
        f"body = {_text('html' if html else 'text')}  # html or text",
        f"mend = {_list(mends)}  # UTF-8 read as one of these: {sum(map(is_mojibake, texts))} cells",
        'cut = "refuse"  # cells of exactly 32,767 characters: refuse or take',
        "",
        *_dates([cell for name, target in columns.items() if target in _DATED for cell in cells[name]]),
        "",
        '# column = field; "extra" keeps it beside the article, "" leaves it out',
        "[columns]",
        *(f"{_text(name)} = {_text(target)}" for name, target in columns.items()),
        *(["", "# what separates the values in a cell", "[split]"] if split else []),
        *(
            f"{_text(name)} = {_text(mark)}  # {columns[name]}, separated by {_MARKS[mark]}"
            for name, mark in split.items()
        ),
        *(() if own else _values(columns, cells, split)),
    ]
    return "\n".join(lines) + "\n"


def is_own_export(header: Sequence[str]) -> bool:
    """Whether these are the columns of a search exported by this program; raises `MapError` for quotes."""
    if set(header) >= OWN_QUOTES and "excerpts" not in header:
        raise MapError("This is an export of quotes. Quotes are imported with their articles: export these.")
    found = set(header) >= OWN_EXPORT
    if found and "body" not in header:
        raise MapError(
            "This export does not have the texts of its articles. Export a search of articles instead."
        )
    return found


def own_columns(header: Sequence[str]) -> dict[str, str]:
    """The columns that have the names of our fields, in any letters: «Published On»; the first of each."""
    export = set(header) >= OWN_EXPORT
    found: dict[str, str] = {}
    for name in header:
        key = re.sub(r"[\s-]+", "_", name.strip().casefold())
        if export:
            key = "" if key in OWN_DERIVED else key.removesuffix("_name")
        if export and not key:
            found[name] = ""
        elif key in COLUMNS and key not in found.values():
            found[name] = key
    return found


def _separator(target: str, cells: Sequence[str]) -> str:
    """What separates the values of most cells; authors at commas are told apart by their names."""
    marks = [mark for mark in SEPARATORS if target == "topics" or mark not in ",/#"]
    found = {mark: sum(len(items_in(cell, mark)) > 1 for cell in cells) for mark in marks}
    # A slash or number sign is part of many topics: «radio/TV», «#1».
    rare = {mark: count for mark, count in found.items() if mark not in "/#" or 2 * count > len(cells)}
    return max(rare, key=lambda mark: rare[mark]) if any(rare.values()) else SEPARATOR


def _columns(header: Sequence[str], cells: dict[str, list[str]]) -> dict[str, str]:
    columns = {name: "extra" for name in header if name not in ERROR_COLUMNS}
    own = own_columns(list(columns))
    # Of another system, such columns may have bylines, and links.
    own = {n: to for n, to in own.items() if to != "authors" or not any(map(is_byline, cells[n]))}
    columns |= {n: to for n, to in own.items() if to != "images" or any("[" in cell for cell in cells[n])}
    by_key = {
        spelling_key(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)): name for name in reversed(list(columns))
    }
    for line in _HEADERS.strip().replace("\n ", " ").splitlines():
        target, _, names = line.partition(": ")
        if target in columns.values() or (target in _DATED and "published_on" in columns.values()):
            continue
        known = (by_key.get(spelling_key(name)) for name in [target, *names.split(", ")])
        if found := next((name for name in known if name and columns[name] == "extra"), None):
            columns[found] = target
    if "body" not in columns.values():
        free = [name for name, target in columns.items() if target == "extra" and cells[name]]
        if free:
            columns[max(free, key=lambda name: sum(map(len, cells[name])))] = "body"
    return columns


def _dates(values: Sequence[str]) -> list[str]:
    zero = [value for value in values if is_zero(value)]
    forms = _forms(values)
    figures = [m for value in values if (m := re.match(r"(\d{1,2})[./-](\d{1,2})[./-]\d{4}\b", value))]
    day, month = (sum(int(m[n]) > 12 for m in figures) for n in (1, 2))
    open_ones = sum(int(m[1]) <= 12 and int(m[2]) <= 12 and m[1] != m[2] for m in figures)
    unread = [value for value in values if value not in zero and _unread(value, forms)]
    lines = ["[dates]"]
    if figures:
        lines.append(
            f"# of {len(figures)} dates in figures {day} must be day first, {month} month first; {open_ones}"
            ' can be either and are refused until this says "day first" or "month first"'
        )
    lines.append('order = ""')
    times = sum(bool(_TIME.search(value)) for value in values)
    lines.append(f'zone = ""  # such as Europe/Dublin, of times that name none: {times} rows have a time')
    lines.append(f"forms = {_list(forms)}  # further forms, such as %d.%m.%y, unix seconds, excel days")
    if unread:
        lines.append(f"# in no known form: {', '.join(_text(v[:40]) for v in unread[:5])}")
    lines.append(
        f'zero = "refuse"  # dates that are nothing but zeros, {len(zero)} rows: refuse, or none (undated)'
    )
    return lines


def _forms(values: Sequence[str]) -> list[str]:
    """The formats of numbers that can only be instants; ambiguous formats are left open."""
    numbers = {len(value.strip()) for value in values if value.strip().isdigit()}
    found = ["unix milliseconds"] if numbers & {12, 13} else []
    return [*found, "unix seconds"] if numbers & {9, 10} else found


def _unread(value: str, forms: Sequence[str]) -> bool:
    try:
        # Such a date is in a known format, whichever order the user chooses.
        return "" in date_fields("", value, DateForms("", tuple(forms)))
    except RowError:
        return False


def _values(columns: dict[str, str], cells: dict[str, list[str]], split: dict[str, str]) -> Iterator[str]:
    for target, table in suggest_values(columns, cells, split).items():
        yield from ("", f"# printed = meant; decided once for the whole file\n[values.{target}]")
        order = sorted(table.items(), key=lambda pair: (pair[1].casefold(), pair[0]))
        yield from (f"{_text(name)} = {_text(meant)}" for name, meant in order)


def suggest_values(
    columns: Mapping[str, str], cells: Mapping[str, Sequence[str]], split: Mapping[str, str]
) -> dict[str, dict[str, str]]:
    """By field, what each printed value means: one spelling of a name, and of a status what to do."""
    tables: dict[str, dict[str, str]] = {}
    for target in DECIDED_ONCE:
        printed = [
            tidy(part)
            for name, to in columns.items()
            if to == target
            for cell in cells[name]
            for part in (items_in(cell, split.get(name, SEPARATOR)) if target in LISTS else [cell])
        ]
        if target == "authors":
            printed = [name for part in printed for name in names_in(part)]
        if target == "authors" and not printed:
            bylines = (tidy(cell) for name, to in columns.items() if to == "byline" for cell in cells[name])
            printed = [author for byline in bylines for author in authors_of(byline)]
        if target == "status":
            table = {name: meaning_of(name) or "?" for name in dict.fromkeys(printed)}
        else:
            table = canonical_spellings(fix_mojibake(name) for name in printed)
        many = len(table) > _MOST_VALUES
        if table and target != "language" and not (many and target != "publication"):
            tables[target] = table
    return tables
