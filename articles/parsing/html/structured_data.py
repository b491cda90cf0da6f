"""Reads the JSON-LD of a page, tolerating common syntax errors."""

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

_ARTICLE_TYPES = re.compile(
    r"(?:\w*NewsArticle|Article|\w*BlogPosting|Report|ReportageNewsArticle|\w+Article)$"
)
_DEEPEST = 12
# Wrappers around a script for old browsers: «//<![CDATA[», «<!--».
_MARKS = ("//", "/*", "*/", "<![CDATA[", "]]>", "<!--", "-->", ";")
_COMMA_BEFORE_THE_END = re.compile(r",(\s*[}\]])")
UNREADABLE = "the page's own data (JSON-LD) could not be read"


def read_story(tree: HtmlElement) -> tuple[dict[str, Any], list[str]]:
    """The first article object at any depth, with `@id` references to people resolved; and warnings."""
    objects: list[dict[str, Any]] = []
    notes: list[str] = []
    for script in tree.iter("script"):
        if not (script.get("type") or "").strip().lower().startswith("application/ld+json"):
            continue
        data = _data(script.text_content())
        notes += [UNREADABLE] if data is None else []
        objects += _objects(data)
    story = next(filter(_is_article, objects), {})
    if not story:
        return {}, notes[:1]
    by_id = {
        item["@id"]: item for item in reversed(objects) if isinstance(item.get("@id"), str) and len(item) > 1
    }
    people = {
        name: _in_full(story[name], by_id) for name in ("author", "creator", "publisher") if name in story
    }
    return story | people, notes[:1]


def _data(text: str) -> Any:
    """Parse JSON; tolerates line ends inside strings and trailing commas."""
    for mark in _MARKS * 3:
        text = text.strip().removeprefix(mark).removesuffix(mark)
    for candidate in (text, _COMMA_BEFORE_THE_END.sub(r"\1", text)):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _objects(data: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(data, dict):
        yield data
        data = list(data.values())
    if isinstance(data, list):
        for item in data:
            yield from _objects(item, depth + 1)


def _is_article(item: dict[str, Any]) -> bool:
    kinds = item.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and _ARTICLE_TYPES.match(kind) for kind in kinds)


def _in_full(value: Any, by_id: dict[str, dict[str, Any]]) -> Any:
    """Replace `{"@id": …}` by the object with this id."""
    if isinstance(value, list):
        return [_in_full(item, by_id) for item in value]
    if isinstance(value, dict) and "name" not in value and isinstance(value.get("@id"), str):
        return by_id.get(value["@id"], value)
    return value
