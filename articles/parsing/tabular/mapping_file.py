"""Writes a mapping as the TOML file that `read_map` reads; the standard library only reads TOML."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from articles.parsing.tabular.mapping import CsvMap

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def write_map(csv_map: CsvMap) -> str:
    """The mapping as a file for `import_articles --map`."""
    dates = csv_map.dates
    tables: dict[str, Mapping[str, str | Iterable[str]]] = {
        "file": {**vars(csv_map.dialect), "body": csv_map.body, "cut": csv_map.cut, "mend": csv_map.mend},
        "dates": vars(dates),
        "columns": csv_map.columns,
        "split": csv_map.split,
    }
    tables |= {f"values.{target}": table for target, table in csv_map.values.items()}
    return "\n".join(_lines(tables)) + "\n"


def _lines(tables: Mapping[str, Mapping[str, str | Iterable[str]]]) -> Iterator[str]:
    for title, table in tables.items():
        yield f"[{title}]"
        for name, value in table.items():
            key = name if _BARE.fullmatch(name) else toml_text(name)
            yield f"{key} = {toml_text(value) if isinstance(value, str) else toml_list(value)}"
        yield ""


def toml_text(value: str) -> str:
    """A TOML string, which differs from JSON in one character only."""
    return json.dumps(value.encode("utf-8", "replace").decode(), ensure_ascii=False).replace(
        "\x7f", "\\u007f"
    )


def toml_list(values: Iterable[str]) -> str:
    return f"[{', '.join(map(toml_text, values))}]"
