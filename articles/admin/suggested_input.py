"""A text input with suggestions, and a choice beside it where the words name several records."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms


class SuggestedInput(forms.TextInput):
    """Its value is replaced by the chosen suggestion, sent as ``<name>-is``; `desk.js` fills the list."""

    def __init__(self) -> None:
        super().__init__({"list": "names", "autocomplete": "off"})

    def value_from_datadict(self, data: Mapping[str, object], files: object, name: str) -> object:
        chosen = data.get(f"{name}-is", "")
        return f"#{chosen}" if chosen else data.get(name)
