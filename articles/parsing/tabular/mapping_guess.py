"""Suggests a mapping for a CSV file from its header and some rows; unclear points are left open."""

import re
from collections.abc import Iterator, Mapping, Sequence

from articles.parsing.bylines import authors_of, names_in
from articles.parsing.dates.columns import DateForms, date_fields, is_zero
from articles.parsing.mojibake import fix_mojibake, is_mojibake
from articles.parsing.name_variants import canonical_spellings, spelling_key
from articles.parsing.normalization import tidy
from articles.parsing.parsed import RowError
from articles.parsing.tabular.csv_rows import CsvDialect, Record, header_names
from articles.parsing.tabular.mapping import DECIDED_ONCE, ERROR_COLUMNS, LISTS, SEPARATOR, items_in
from articles.parsing.tabular.mapping_file import toml_list as _list
from articles.parsing.tabular.mapping_file import toml_text as _text
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
_TIME = re.compile(r"\d[T ,]+\d{1,2}:\d\d")
_TAG = re.compile(r"</?[a-z][^<>]*>|\[/?[a-z]+[ \]]", re.IGNORECASE)


def suggest_mapping(dialect: CsvDialect, records: Sequence[Record]) -> str:
    """The mapping as a TOML file for the user to correct; `records` are the header and some rows."""
    header = header_names(records[0])
    rows = [r.cells for r in records[1:] if not r.error and len(r.cells) == len(header)]
    cells = {name: [row[n] for row in rows if row[n].strip()] for n, name in enumerate(header)}
    columns = _columns(header, cells)
    texts = [cell for found in cells.values() for cell in found]
    bodies = [cell for name, target in columns.items() if target == "body" for cell in cells[name]]
    # In files of two encodings, a line that has both is decoded as the second.
    mends = [
        c
        for c in ("cp1252", "cp1250")
        if c == dialect.otherwise or any(fix_mojibake(cell, (c,)) != cell for cell in texts)
    ]
    lines = [
        f"# How the columns of this file become articles, suggested from its header and {len(rows)} rows.",
        "# Read it, mend it, and give it to the import with --map. A line with «?» has to be decided.",
        "",
        "[file]",
        f"encoding = {_text(dialect.encoding)}",
        f"otherwise = {_text(dialect.otherwise)}  # for lines that are not of that encoding",
        f"delimiter = {_text(dialect.delimiter)}",
        f"body = {_text('html' if any(map(_TAG.search, bodies)) else 'text')}  # html or text",
        f"mend = {_list(mends)}  # UTF-8 read as one of these: {sum(map(is_mojibake, texts))} cells",
        'cut = "refuse"  # cells of exactly 32,767 characters: refuse or take',
        "",
        *_dates(
            [cell for name, target in columns.items() if target == "published_at" for cell in cells[name]]
        ),
        "",
        '# column = field; "extra" keeps it beside the article, "" leaves it out',
        "[columns]",
        *(f"{_text(name)} = {_text(target)}" for name, target in columns.items()),
        *_values(columns, cells),
    ]
    return "\n".join(lines) + "\n"


def _columns(header: Sequence[str], cells: dict[str, list[str]]) -> dict[str, str]:
    columns = {name: "extra" for name in header if name not in ERROR_COLUMNS}
    by_key = {
        spelling_key(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)): name for name in reversed(list(columns))
    }
    for line in _HEADERS.strip().replace("\n ", " ").splitlines():
        target, _, names = line.partition(": ")
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


def _values(columns: dict[str, str], cells: dict[str, list[str]]) -> Iterator[str]:
    for target, table in suggest_values(columns, cells, {}).items():
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
