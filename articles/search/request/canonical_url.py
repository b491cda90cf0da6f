"""The canonical address of a question: one order, sorted values, no defaults, nothing empty."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

# Parameters that may be given as any of them and, with a minus before the name, as none of them.
REPEATABLE = (
    "publication",
    "section",
    "topic",
    "speaker",
    "author",
    "language",
    "kind",
    "standing",
    "channel",
)
# The one order in which parameters stand in an address.
ORDER = (
    "q",
    *(sign + name for name in REPEATABLE for sign in ("", "-")),
    *("checked", "from", "to", "added", "as_of", "copies", "sort", "seed"),
    *("view", "lines", "group", "hl", "page", "size", "format"),
)
# What does not change which results there are, so that the page number stays.
_KEEPS_PAGE = {"page", "format", "hl"}


@dataclass(frozen=True)
class Address:
    """Parameters and their values as text. `extra` are those nobody knows, kept to be named."""

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    extra: tuple[tuple[str, str], ...] = ()

    def query(self) -> str:
        names = (name for name in ORDER if name in self.values)
        written = [_written(name, value) for name in names for value in self.values[name]]
        return "&".join([*written, *(_written(*pair) for pair in self.extra)])

    def url(self, changes: Mapping[str, Any] | None = None, /, **more: Any) -> str:
        """This address with other values, from its question mark on; None takes a parameter away.

        Whatever changes the results leads to their first page.
        """
        asked = {**(changes or {}), **more}
        values = dict(self.values)
        if any(name not in _KEEPS_PAGE for name in asked):
            values.pop("page", None)
        for name, value in asked.items():
            given = _texts(value)
            values.pop(name, None)
            if given and not (name == "page" and given == ("1",)):
                values[name] = given
        return "?" + Address(values, self.extra).query()

    def adding(self, name: str, value: str) -> str:
        """The url with one value more; it can no longer be left out at the same time."""
        opposite = name[1:] if name.startswith("-") else f"-{name}"
        return self.url({name: {*self.values.get(name, ()), value}, opposite: self._rest(opposite, value)})

    def removing(self, name: str, value: str) -> str:
        return self.url({name: self._rest(name, value)})

    def _rest(self, name: str, value: str) -> list[str]:
        return [other for other in self.values.get(name, ()) if other != value]


@lru_cache(4096)
def _written(name: str, value: str) -> str:
    return urlencode([(name, value)])


def _texts(value: Any) -> tuple[str, ...]:
    if value is None or value == "":
        return ()
    if isinstance(value, Iterable) and not isinstance(value, str):
        return tuple(sorted({str(item) for item in value}))
    return (str(value),)
