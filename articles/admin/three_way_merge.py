"""Three-way merge of a form: what the editor was shown, what they sent, and what is stored by now.

Of what was shown the page sends back short hashes, which are enough to see who changed a field.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass
class Merged:
    """The values to store; `theirs`: fields that only the other changed; `both`: those to be asked about."""

    values: dict[str, str] = field(default_factory=dict)
    theirs: list[str] = field(default_factory=list)
    both: list[str] = field(default_factory=list)


def signed(values: Mapping[str, str]) -> str:
    """The hashes of these values, as a hidden field holds them."""
    return json.dumps({name: _hash(value) for name, value in values.items()}, separators=(",", ":"))


def read_signed(text: str) -> dict[str, str] | None:
    """The hashes of a hidden field; None where it holds none."""
    try:
        shown = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(shown, dict) or not all(isinstance(value, str) for value in shown.values()):
        return None
    return shown


def merge(shown: Mapping[str, str], sent: Mapping[str, str], stored: Mapping[str, str]) -> Merged:
    """A field that the editor left as it was shown has the stored value, any other the one that they sent.

    A field that was not shown has the stored value as well. `shown` holds hashes.
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
    """Line ends and blanks around a value make no difference: browsers change them."""
    same = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    return hashlib.sha256(same.encode("utf-8", "surrogatepass")).hexdigest()[:12]
