"""An uploaded CSV file: its columns, some values, and the mapping to begin with."""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.translation import gettext

from articles.ingest.column_mappings import mapping_of_rejects, saved_mappings
from articles.ingest.pipeline.sources import sample_of
from articles.models import Publication, Upload
from articles.parsing.normalization import without_surrogates
from articles.parsing.tabular.csv_rows import CsvDialect, header_names
from articles.parsing.tabular.mapping import ERROR_COLUMNS, CsvMap, MapError, read_map
from articles.parsing.tabular.mapping_guess import suggest_mapping
from articles.text.spreadsheet_safety import unguarded

EXTRA = "extra"
MOST_COLUMNS = 200


@dataclass(frozen=True)
class Table:
    """The header and first rows of an uploaded CSV file, with the mapping to begin with."""

    dialect: CsvDialect
    header: tuple[str, ...]
    rows: list[tuple[str, ...]]
    start: CsvMap
    publication: Publication | None = None  # whose saved mapping it is
    language: str = ""
    others: tuple[Publication, ...] = ()  # further publications with a mapping for these columns
    name: str = ""
    of_batch: int | None = None  # the import from which a file of rejected rows comes

    @cached_property
    def columns(self) -> list[str]:
        """Without those that say why a row was rejected."""
        return [name for name in self.header if name not in ERROR_COLUMNS]

    @cached_property
    def cells(self) -> dict[str, list[str]]:
        """The values of each column that are not empty."""
        whole = [row for row in self.rows if len(row) == len(self.header)]
        return {name: [row[n] for row in whole if row[n].strip()] for n, name in enumerate(self.header)}


def read_table(stored: Upload, dialect: CsvDialect | None = None, of: str = "") -> Table:
    """Read the start of the file; `of`: the id of a publication whose mapping to use. Raises `MapError`."""
    with io.BytesIO(stored.content) as stream:
        found, records = sample_of(stream, dialect)
    if len(records[0].cells) > MOST_COLUMNS:
        words = gettext(
            "The file has %(n)s columns. This page can map up to %(most)s: use the command import_articles."
        )
        raise MapError(words % {"n": len(records[0].cells), "most": MOST_COLUMNS})
    # Bytes of another encoding are shown as U+FFFD; the import rejects their rows.
    header = tuple(map(without_surrogates, header_names(records[0])))
    rows = [tuple(map(without_surrogates, record.cells)) for record in records[1:] if not record.error]
    if ERROR_COLUMNS[0] in header:
        header = tuple(map(unguarded, header))
        rows = [tuple(map(unguarded, row)) for row in rows]
    guess = read_map(suggest_mapping(found, records), complete=False)
    table = Table(found, header, rows, guess, name=stored.name)
    table = replace(table, start=_within(table, guess))
    if batch := mapping_of_rejects(header):
        csv_map = read_map(batch.options["map"])
        paper = Publication.objects.filter(name=batch.options.get("publication") or "").first()
        return replace(
            table, start=_within(table, csv_map), publication=paper, of_batch=batch.pk,
            language=batch.options.get("language") or "",
        )  # fmt: skip
    saved = saved_mappings(header)
    chosen = next((paper for paper in saved if str(paper.pk) == of), None)
    if chosen is None and len(saved) == 1:
        chosen = next(iter(saved))
    if chosen is None:
        return replace(table, others=tuple(saved))
    others = tuple(paper for paper in saved if paper != chosen)
    return replace(table, start=_within(table, saved[chosen]), publication=chosen, others=others)


def _within(table: Table, csv_map: CsvMap) -> CsvMap:
    """The mapping for exactly the columns of this file, as it is encoded."""
    columns = {unguarded(name): target for name, target in csv_map.columns.items()}
    given = {name: columns.get(name, EXTRA) for name in table.columns}
    return replace(csv_map, dialect=table.dialect, columns=given)


def shape_of(table: Table) -> str:
    """A short key of the columns, so that a form for other columns is not read as one for these."""
    return f"{zlib.crc32(chr(0).join(table.columns).encode('utf-8', 'replace')):08x}"
