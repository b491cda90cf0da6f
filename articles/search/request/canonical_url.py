"""The canonical query string of a search: fixed order, sorted values, no defaults, no empty values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import urlencode

# Parameters with several values: “any of”, or with a minus before the name “none of”.
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
# The canonical order of parameters.
ORDER = (
    "q",
    *(sign + name for name in REPEATABLE for sign in ("", "-")),
    *("checked", "from", "to", "added", "as_of", "copies", "sort", "seed"),
    *("view", "lines", "group", "hl", "page", "size", "format"),
)
# Parameters that do not change the results, so that the page number stays.
_KEEPS_PAGE = {"page", "format", "hl"}


@dataclass(frozen=True)
class Address:
    """Parameters and their values as text. `extra` holds unknown parameters, which the page reports."""

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    extra: tuple[tuple[str, str], ...] = ()

    def query(self) -> str:
        names = (name for name in ORDER if name in self.values)
        written = [_written(name, value) for name in names for value in self.values[name]]
        return "&".join([*written, *(_written(*pair) for pair in self.extra)])

    def url(self, changes: Mapping[str, object] | None = None, /, **more: object) -> str:
        """The query string, with its question mark, after these changes; None removes a parameter.

        A change of the results resets the page number.
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
        """The URL with one more value; the value is removed from the opposite parameter."""
        opposite = name[1:] if name.startswith("-") else f"-{name}"
        return self.url({name: {*self.values.get(name, ()), value}, opposite: self._rest(opposite, value)})

    def removing(self, name: str, value: str) -> str:
        """The URL without one value of a parameter."""
        return self.url({name: self._rest(name, value)})

    def _rest(self, name: str, value: str) -> list[str]:
        return [other for other in self.values.get(name, ()) if other != value]


@lru_cache(4096)
def _written(name: str, value: str) -> str:
    return urlencode([(name, value)])


def _texts(value: object) -> tuple[str, ...]:
    if value is None or value == "":
        return ()
    if isinstance(value, Iterable) and not isinstance(value, str):
        return tuple(sorted({str(item) for item in value}))
    return (str(value),)
