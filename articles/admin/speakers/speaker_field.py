"""A box that takes a speaker as an editor names them, and asks back where several may be meant."""

from __future__ import annotations

from typing import Any

from django import forms

from articles.models import Speaker
from articles.speakers.disambiguation import Evidence, evidence_of
from articles.speakers.lookup import matching, meant_by

MOST_OFFERED = 20
HOW = "a name, other name or role; or the number, as in #12"


class _Box(forms.TextInput):
    """What was typed, unless one of those offered for it was chosen."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        chosen = data.get(f"{name}-is", "")
        return f"#{chosen}" if chosen else data.get(name)


class SpeakerField(forms.CharField):
    """Gives the one speaker meant; else the error names what may be, and `offered` holds them."""

    widget = _Box

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 500)
        options.setdefault("help_text", HOW)
        super().__init__(**options)
        self.offered: list[Evidence] = []

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"list": "names", "autocomplete": "off"}

    def clean(self, value: Any) -> Speaker | None:
        words = super().clean(value)
        if not words:
            return None
        ids = meant_by(words)
        if len(ids) == 1:
            return Speaker.objects.get(pk=ids[0])
        several = bool(ids)
        if not ids:
            ids = list(matching(words).values_list("pk", flat=True)[: MOST_OFFERED + 1])
        if not ids:
            raise forms.ValidationError("There is no such speaker.")
        known = evidence_of(ids[:MOST_OFFERED])
        self.offered = [known[pk] for pk in ids[:MOST_OFFERED]]
        if several:
            raise forms.ValidationError("Several bear this name. Which one?")
        if len(ids) > MOST_OFFERED:
            raise forms.ValidationError("Many match these words; the first are below. Which one, if any?")
        raise forms.ValidationError("Nobody bears exactly this name. One of these?")
