"""Resolve speakers as editors type them: a name, or a name with a number, such as “Osric Pell (#12)”."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from articles.models import Speaker
from articles.speakers.names import speakers_named

_NUMBERED = re.compile(r"\(#(\d{1,18})\)$")


@dataclass(frozen=True)
class Typed:
    """The speaker whom a typed name means, or why it means none.

    ``offered``: the name with the number of each speaker who has it, if there are several.
    """

    speaker: Speaker | None = None
    error: str = ""
    offered: tuple[str, ...] = ()
    is_numbered: bool = False

    @property
    def is_unknown(self) -> bool:
        """Whether no speaker has the name, so that it can be the name of a new one."""
        return self.speaker is None and not self.offered and not self.is_numbered


class TypedNames:
    """Resolves many typed names with two queries."""

    def __init__(self, names: Iterable[str]) -> None:
        names = list(names)
        self._known = speakers_named(names)
        wanted = {pk for ids in self._known.values() for pk in ids}
        wanted |= {int(found[1]) for name in names if (found := _NUMBERED.search(name))}
        self._speakers = Speaker.objects.canonical().in_bulk(wanted)

    def find(self, name: str) -> Typed:
        """Return the speaker of one of the names, or why there is none."""
        if numbered := _NUMBERED.search(name):
            speaker = self._speakers.get(int(numbered[1]))
            error = "" if speaker else gettext("There is no speaker with this ID.")
            return Typed(speaker, error, is_numbered=True)
        found = self._known.get(name, ())
        if len(found) == 1:
            return Typed(self._speakers[found[0]])
        if found:
            offered = tuple(f"{name} (#{pk})" for pk in found)
            several = gettext("%(n)s speakers have this name. Choose one: %(names)s.")
            return Typed(error=several % {"n": len(found), "names": ", ".join(offered)}, offered=offered)
        return Typed(error=gettext("No speaker has this name. Correct it, or choose “New speaker”."))
