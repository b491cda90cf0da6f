"""One item of a feed, an export or an agency's file, and the error of such a file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from articles.parsing.parsed import Cut, Problem
from articles.parsing.tabular.source_status import LEAVE, PUBLISH


class SourceError(ValueError):
    """The file is not of its format, or is damaged; the items before the fault have been yielded."""


@dataclass(frozen=True)
class SourceItem:
    """An item as a row for `read_row`, with its own bytes and what its source says of its status.

    `status` is publish, draft or leave; `reason` says why it is not to be published.
    """

    raw: bytes
    row: dict[str, object]
    status: str = PUBLISH
    reason: str = ""


def as_plain(item: SourceItem) -> dict[str, object]:
    """The item as JSON data; a value of the row stands beside its type, and their order stays."""
    raw = item.raw.decode("utf-8", "surrogateescape")
    row = [(name, *_typed(value)) for name, value in item.row.items()]
    return {"raw": raw, "row": row, "status": item.status, "reason": item.reason}


def from_plain(plain: dict[str, Any]) -> SourceItem:  # Any: as read from JSON
    """The inverse of `as_plain`, but for tuples, which become lists; other data raise an error."""
    raw = plain["raw"].encode("utf-8", "surrogateescape")
    row = {name: _value(kind, value) for name, kind, value in plain["row"]}
    return SourceItem(raw, row, plain["status"], plain["reason"])


def _typed(value: object) -> tuple[str, object]:
    if isinstance(value, Problem):
        return "problem", [value.column, value.value, value.reason]
    return ("cut", value.texts) if isinstance(value, Cut) else ("", value)


def _value(kind: str, value: Any) -> object:  # as read from JSON
    if kind == "problem":
        return Problem(*value)
    return Cut(tuple(value)) if kind == "cut" else value


def newest_versions(items: Iterable[SourceItem]) -> Iterator[SourceItem]:
    """Leave out the items of which the same file has a later version, with the reason."""
    given = list(items)
    newest: dict[object, int] = {}
    for number, item in enumerate(given):
        best = newest.setdefault(item.row["external_id"] or number, number)
        if _version(item) > _version(given[best]):
            newest[item.row["external_id"]] = number
    for number, item in enumerate(given):
        best = newest[item.row["external_id"] or number]
        if best == number:
            yield item
            continue
        versions = f"version {_printed(item)} is not the last: the file has version {_printed(given[best])}"
        yield replace(item, status=LEAVE, reason=f"is left out: {versions}")


def _version(item: SourceItem) -> tuple[tuple[int, ...], str]:
    """The number of the version, and the time of the version for items with the same number."""
    printed = _printed(item).split(".")
    numbers = tuple(int(part) for part in printed if part.isdecimal())
    return numbers, str(item.row.get("version_created") or "")


def _printed(item: SourceItem) -> str:
    return str(item.row.get("version") or "1")
