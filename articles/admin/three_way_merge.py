"""Three-way merge of a form: the values shown, the values sent and the values stored now.

The page sends back short hashes of the values shown, which suffice to see who changed a field.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass
class Merged:
    """The values to store; `theirs`: fields changed only by the other editor; `both`: conflicts."""

    values: dict[str, str] = field(default_factory=dict)
    theirs: list[str] = field(default_factory=list)
    both: list[str] = field(default_factory=list)


def signed(values: Mapping[str, str]) -> str:
    """Hashes of the values as JSON, for a hidden field."""
    return json.dumps({name: _hash(value) for name, value in values.items()}, separators=(",", ":"))


def read_signed(text: str) -> dict[str, str] | None:
    """Parse the hidden field of `signed`; None if it is malformed."""
    try:
        shown = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(shown, dict) or not all(isinstance(value, str) for value in shown.values()):
        return None
    return shown


def merge(shown: Mapping[str, str], sent: Mapping[str, str], stored: Mapping[str, str]) -> Merged:
    """Take the sent value of each field that the editor changed, and the stored value of all others.

    `shown` holds hashes. A field that was not shown keeps its stored value.
    """
    merged = Merged()
    for name, now in stored.items():
        given = sent.get(name, "")
        untouched = name not in shown or _hash(given) == shown[name]
        changed_by_them = name in shown and _hash(now) != shown[name]
        merged.values[name] = now if untouched else given
        if untouched and changed_by_them:
            merged.theirs.append(name)
        elif changed_by_them and _hash(given) != _hash(now):
            merged.both.append(name)
    return merged


def _hash(value: str) -> str:
    """Ignores line endings and surrounding whitespace, which browsers change."""
    same = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    return hashlib.sha256(same.encode("utf-8", "surrogatepass")).hexdigest()[:12]
