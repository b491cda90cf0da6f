"""Reads JSON of other systems: values of an unexpected type count as missing."""

import json
from typing import Any

from articles.parsing.charsets import decode_markup
from articles.parsing.source_item import SourceError

MOST_OBJECTS = 500_000  # and lists: some 100 MB


def read_json(raw: bytes) -> Any:  # whatever JSON is in it
    """The value; raises `SourceError`."""
    if raw.count(b"{") + raw.count(b"[") > MOST_OBJECTS:
        raise SourceError(f"has more than {MOST_OBJECTS:,} objects and lists")
    text, _ = decode_markup(raw)
    try:
        return json.loads(text.lstrip("\ufeff"))
    except json.JSONDecodeError as error:
        raise SourceError(f"is not JSON: {error.msg} at line {error.lineno}") from None
    except (ValueError, RecursionError) as error:
        raise SourceError(f"is not JSON that can be read: {error}") from None


def as_bytes(value: object) -> bytes:
    """The value as JSON in ASCII."""
    return json.dumps(value, ensure_ascii=True).encode()


def string(value: object) -> str:
    """A string without blanks around it, or a number as a string; empty for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).strip()


def dicts(value: object) -> list[dict[str, Any]]:
    """The objects of a list, or of an object of objects; empty for anything else."""
    values = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    return [one for one in values if isinstance(one, dict)]


def strings(value: object) -> list[str]:
    """The strings of a list that are not empty, or one string as a list."""
    return [found for one in (value if isinstance(value, list) else [value]) if (found := string(one))]
