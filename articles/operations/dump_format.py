"""The header of a dump, and the mapping of older dumps to current tables; see `docs/dump-format.md`."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from django.db import connection, models

# A newer major version is refused; a newer minor version may have unknown tables and columns.
MAJOR, MINOR = 1, 1


# Columns of earlier releases that hold nothing which this one does not find elsewhere.
DROPPED = {
    f"{table}.{column}"
    for table in ("search_document_past", "quote_document_past")
    for column in ("vector", "lossy", "fold_version")
}


class CannotLoad(Exception):
    """The file is not a dump that can be loaded here; nothing was loaded."""


@dataclass(frozen=True)
class Header:
    """The number of rows and the columns of each table."""

    rows: dict[str, int]
    columns: dict[str, list[str]]

    def line(self, dumped_at: str) -> str:
        first = {"newsarchive": MAJOR, "format": f"{MAJOR}.{MINOR}", "dumped_at": dumped_at}
        return json.dumps({**first, "rows": self.rows, "columns": self.columns}, ensure_ascii=False)


def read_header(line: bytes) -> Header:
    """Parse the header; raises `CannotLoad` if it is none, or of a newer major version."""
    try:
        header = json.loads(line)
        # The first dumps had the major number alone.
        version = str(header.get("format", f"{header['newsarchive']}.0"))
        columns = {table: [str(name) for name in names] for table, names in header["columns"].items()}
        found = Header(dict(header["rows"]), columns)
    except (ValueError, KeyError, TypeError, AttributeError):
        found = None
    if found is None or not re.fullmatch(r"[0-9]{1,6}\.[0-9]{1,6}", version):
        raise CannotLoad("the first line is not a dump header")
    if int(version.partition(".")[0]) > MAJOR:
        raise CannotLoad(
            f"the dump has format {version}, and this release reads formats up to {MAJOR}.{MINOR}: "
            "load it with the release that wrote it, or a later one"
        )
    return found


def columns_of(model: type[models.Model]) -> list[str]:
    return sorted(str(field.column) for field in model._meta.concrete_fields)


@dataclass(frozen=True)
class Fitting:
    """How to insert rows of one table: the common columns, and values for columns missing in the dump."""

    table: str
    columns: list[str]
    missing: list[tuple[str, str, Any]]  # with the default as SQL takes it

    def insert(self, rows: list[str]) -> None:
        quote = connection.ops.quote_name
        names = ", ".join(map(quote, [*self.columns, *(column for column, _, _ in self.missing)]))
        chosen = ", ".join([*map(quote, self.columns), *(f"%s::{kind}" for _, kind, _ in self.missing)])
        table = quote(self.table)
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} ({names}) SELECT {chosen}"
                f" FROM json_populate_recordset(NULL::{table}, %s::json)",
                [*(value for _, _, value in self.missing), f"[{','.join(rows)}]"],
            )


def fit(model: type[models.Model], dumped: list[str]) -> Fitting:
    """Map dumped columns to the model; raises `CannotLoad` if a required column is missing."""
    missing = []
    for field in model._meta.concrete_fields:
        if field.column in dumped or field.has_db_default():
            continue
        value = field.get_db_prep_save(field.get_default(), connection)
        if value is None and not field.null:
            raise CannotLoad(
                f"the dump has no {field.column} of {model._meta.db_table}, which has no default"
            )
        if value is not None:
            missing.append((str(field.column), str(field.db_type(connection)), value))
    known = [column for column in columns_of(model) if column in dumped]
    return Fitting(model._meta.db_table, known, missing)
