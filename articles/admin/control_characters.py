"""Removal of control characters from submitted forms, with a warning to the editor."""

from __future__ import annotations

import json
import re
from typing import Any

from django.contrib import messages
from django.http import HttpRequest

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
# Text as printed loses only NUL, which PostgreSQL cannot store.
_RECORD = re.compile(r"body|w-\w+|words")
# The original is stored unchanged; the parser removes the characters.
_AS_IT_CAME = {"text"}
_NOT_TOUCHED = re.compile(r"csrfmiddlewaretoken|.*password.*")
_MOST_NAMED = 10


def remove_control_characters(request: HttpRequest) -> None:
    """Clean every field of ``request.POST`` and add a message that names the fields changed."""
    had: list[str] = []
    cleaned = request.POST.copy()
    for name, values in request.POST.lists():
        clean = [_cleaned(name, value) for value in values]
        if clean != values:
            cleaned.setlist(name, clean)
            had.append(_label(name))
    if not had:
        return
    request.POST = cleaned  # type: ignore[assignment]  # has a setter
    # Autosave gets no message: the form itself is sent later.
    if not request.path.endswith("/keep/"):
        named = ", ".join(dict.fromkeys(had[:_MOST_NAMED]))
        messages.warning(request, f"Control characters, which cannot be printed, were removed from: {named}.")


def _cleaned(name: str, value: str) -> str:
    if name in _AS_IT_CAME or _NOT_TOUCHED.fullmatch(name):
        return value
    if name == "quotes":
        return _cleaned_answers(value)
    return value.replace("\0", "") if _RECORD.fullmatch(name) else _CONTROL.sub("", value)


def _cleaned_answers(text: str) -> str:
    """Clean the JSON field that holds all answers of the review page."""
    if not re.search(r"\\u00[0-9a-fA-F]{2}|\\[bf]", text) and not _CONTROL.search(text):
        return text
    try:
        rows: Any = json.loads(text, strict=False)
        clean = [{**row, "s": _CONTROL.sub("", row["s"]), "w": row["w"].replace("\0", "")} for row in rows]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        # The view rejects malformed answers.
        return text
    return text if clean == rows else json.dumps(clean)


def _label(name: str) -> str:
    """The name of a field in the message: «source_url» is «source url», «s-12» is «speaker»."""
    if name == "quotes" or re.fullmatch(r"s-\w+", name):
        return "speaker"
    return re.sub(r"-(?:\d+|new)\b", "", name).replace("_", " ").replace("-", " ")
