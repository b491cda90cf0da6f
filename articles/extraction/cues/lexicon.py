"""The cue data type, and the table of a language's cues."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from articles.extraction.languages.table import Language
from articles.extraction.syntax.noun_phrases import Place

Row = tuple[tuple[str, ...], str, bool]


@dataclass(slots=True)
class Cue:
    """A cue at tokens `first` to `last`; `source` are the token numbers of its source, half-open."""

    first: int
    last: int
    sort: str  # say, tell, call, think, according, label, colon
    # SV, VS, mid (verb second, subject behind), final (subject, quote, verb), P (phrase before the source),
    # part, by (passive)
    order: str
    source: Place | None
    written: bool = False
    weak: bool = False
    shared: bool = False  # the source is the subject of an earlier verb
    said: bool = True  # not negated, conditional, asked or imagined

    @property
    def low(self) -> int:
        return (
            min(self.first, self.source[0]) if self.source and self.order in ("SV", "VS", "P") else self.first
        )

    @property
    def high(self) -> int:
        if self.source and self.order in ("VS", "P", "by", "mid"):
            return max(self.last, self.source[1] - 1)
        return self.last


@lru_cache(maxsize=64)
def cue_table(language: Language) -> Mapping[str, list[Row]]:
    """All cues by their first word, the longest phrases first."""
    table: dict[str, list[Row]] = {}
    sorts = (
        ("according", language.according, False),
        ("after", language.after_source, False),
        ("tell", language.tell, False),
        ("say", language.write, True),
        ("say", language.say, False),
        ("call", language.call, False),
        ("think", language.think, False),
    )
    for sort, phrases, written in sorts:
        for phrase in sorted(phrases):
            parts = tuple(phrase.split())
            rows = table.setdefault(parts[0], [])
            if not any(row[0] == parts for row in rows):
                rows.append((parts, sort, written))
    for rows in table.values():
        rows.sort(key=lambda row: -len(row[0]))
    return table
