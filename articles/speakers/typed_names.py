"""Resolve speakers as editors type them: a name, or a name with a number, such as “Osric Pell (#12)”."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from articles.models import Speaker
from articles.speakers.names import speakers_named, speakers_spelt

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
    """Resolves many typed names with two queries, or three if one has a number."""

    def __init__(self, names: Iterable[str]) -> None:
        names = list(names)
        self._known = speakers_named(names)
        wanted = {pk for ids in self._known.values() for pk in ids}
        numbered = [found for name in names if (found := _NUMBERED.search(name))]
        wanted |= {int(found[1]) for found in numbered}
        self._speakers = Speaker.objects.canonical().in_bulk(wanted)
        self._spelt = speakers_spelt({_before(found) for found in numbered})

    def find(self, name: str) -> Typed:
        """Return the speaker of one of the names, or why there is none."""
        if numbered := _NUMBERED.search(name):
            return self._numbered(int(numbered[1]), _before(numbered))
        found = self._known.get(name, ())
        if len(found) == 1:
            return Typed(self._speakers[found[0]])
        if found:
            offered = tuple(f"{name} (#{pk})" for pk in found)
            several = gettext("%(n)s speakers have this name. Choose one: %(names)s.")
            return Typed(error=several % {"n": len(found), "names": ", ".join(offered)}, offered=offered)
        return Typed(error=gettext("No speaker has this name. Correct it, or choose “New speaker”."))

    def _numbered(self, pk: int, name: str) -> Typed:
        """The speaker with this number, if the name before it is theirs: one of the two may be mistyped."""
        speaker, error = self._speakers.get(pk), ""
        if speaker is None:
            error = gettext("There is no speaker with this ID.")
        elif name and name != speaker.name and pk not in self._spelt.get(name, ()):
            other = gettext("The speaker with the ID %(id)s is %(name)s. Correct the name or the ID.")
            error, speaker = other % {"id": pk, "name": speaker.name}, None
        return Typed(speaker, error, is_numbered=True)


def _before(numbered: re.Match[str]) -> str:
    return numbered.string[: numbered.start()].strip()
