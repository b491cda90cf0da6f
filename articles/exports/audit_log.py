"""The log of deeds as files: for an auditor's spreadsheet, and one deed a line as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from articles.exports.csv_table import table
from articles.exports.jsonl_format import line
from articles.models import Deed

COLUMNS = ("id", "at", "who", "through", "kind", "about", "rows", "ids", "what", "act")


def deed_record(deed: Deed) -> dict[str, Any]:
    return {
        "id": deed.pk,
        "at": deed.at.isoformat(),
        "who": deed.who,
        "through": deed.through or "shell",
        "kind": deed.kind,
        "about": deed.about,
        "rows": deed.rows,
        "ids": deed.ids,
        "what": deed.what,
        "act": str(deed.act or ""),
    }


def deeds_csv(deeds: Iterable[Deed]) -> Iterator[bytes]:
    records = (deed_record(deed) for deed in deeds)
    return table(COLUMNS, (record | {"ids": " ".join(map(str, record["ids"]))} for record in records))


def deeds_jsonl(deeds: Iterable[Deed]) -> Iterator[bytes]:
    return (line(deed_record(deed)) for deed in deeds)
