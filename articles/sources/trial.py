"""Reads a source once as a run would, and stores nothing: what editors see before they save it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext

from articles.fetching.http_client import Page
from articles.ingest.pipeline.importer import Fault
from articles.ingest.pipeline.repair import in_time_zone
from articles.ingest.pipeline.types import Counts, IncomingArticle, RowOutcome
from articles.models import Source, SourceState
from articles.models.partial_dates import as_printed
from articles.parsing import ParsedArticle
from articles.parsing.feeds.syndication import SUMMARY_ONLY
from articles.parsing.parsed import Problem
from articles.parsing.tabular.jsonl import Line
from articles.sources.reading import Reading, Watch
from articles.sources.run import read_and_import
from articles.text.folding import words

MOST_SHOWN = 5
MOST_CHECKED = 200
# After this no further page is fetched and no further article is checked. A feed may take longer by itself:
# 30 seconds until it has come, and 10 to read it.
SECONDS = 15.0


@dataclass(frozen=True)
class TriedArticle:
    """An article as it would be imported, and what would become of it."""

    source: Source
    line: Line
    parsed: ParsedArticle
    withheld: str
    outcome: RowOutcome

    @property
    def date(self) -> str:
        return as_printed(self.parsed.published_on, self.parsed.published_precision)

    @property
    def date_found(self) -> str:
        """How the date was found, in words."""
        row = self.line.row
        if row is None:
            return gettext("read in the file") if self.date else gettext("none found in the file")
        note = row.get("note date")
        if self.date and isinstance(note, Problem):
            return note.reason
        if self.source.kind == Source.Kind.FOLDER:
            return gettext("given in the file") if self.date else gettext("the file gives none")
        return gettext("given by the feed") if self.date else gettext("the feed gives none")

    @property
    def words(self) -> int:
        return len(words(self.parsed.body))

    @property
    def page(self) -> str:
        """What becomes of the linked page, in words; empty in a folder."""
        row = self.line.row
        if self.source.kind == Source.Kind.FOLDER or row is None:
            return ""
        if not row.get(SUMMARY_ONLY):
            fetched = self.line.origin != self.source.place
            return gettext("fetched") if fetched else gettext("not needed: the feed has the text")
        if not self.source.pages:
            return gettext("not fetched: the option is off")
        note = row.get("note page")
        return gettext("not fetched: %(reason)s") % {"reason": getattr(note, "value", "")}

    @property
    def other(self) -> int | None:
        """The ID of the article in the archive that this is, or may be a version of."""
        added = self.outcome.became == "added"
        found = self.outcome.same_headline if added else self.outcome.article_id
        return found if found and found > 0 else None

    @property
    def result(self) -> str:
        """What a run would do with it, in words."""
        became = self.outcome.became
        if became == "added":
            return self._new()
        if became == "present":
            return gettext("already in the archive") if self.other else gettext("twice in the source")
        if became == "changed":
            return gettext("in the archive with another headline or text; not changed")
        if became == "updated":
            return gettext("in the archive with another headline or text; replaced")
        return self.outcome.error.reason if self.outcome.error else ""

    def _new(self) -> str:
        if self.outcome.same_headline:
            return gettext("new: a draft, perhaps a new version")
        if self.source.publish and not self.withheld:
            return gettext("new: published at once")
        return gettext("new: a draft")


@dataclass
class TriedFault:
    """A problem of rows: what follows from it, of how many, and the headline or file of the first."""

    text: str
    headline: str
    consequence: str
    number: int = 1


def _consequence(fault: Fault, became: str) -> str:
    if fault.taken:
        return gettext("imported")
    if became == "left":
        return gettext("not changed")
    return gettext("rejected") if fault.bad else gettext("not imported")


class Trial(Watch):
    """What a trial has found: the first articles, counts, and every fault."""

    chunk_size = MOST_SHOWN
    as_listed = True

    def __init__(self, source: Source) -> None:
        self.source = source
        self.articles: list[TriedArticle] = []
        self.checked = 0
        self.stopped = False
        self.fault = ""
        self.counts = Counts()
        self.reading = Reading([])
        self._faults: dict[tuple[str, str], TriedFault] = {}
        self._became: dict[int, str] = {}
        self._lines: dict[int, Line] = {}
        self._incoming: dict[int, IncomingArticle] = {}
        self.seconds = SECONDS
        self._end = time.monotonic() + SECONDS

    def allows_page(self, place: int) -> bool:
        return place < MOST_SHOWN

    def lines(self, lines: Iterator[Line]) -> Iterator[Line]:
        for line in lines:
            if self.checked >= MOST_SHOWN and (self.checked >= MOST_CHECKED or time.monotonic() > self._end):
                self.stopped = True
                return
            self.checked += 1
            if len(self._lines) < MOST_SHOWN:
                self._lines[line.number] = line
            yield line

    def on_fault(self, fault: Fault) -> None:
        became = self._became.get(fault.row, "")
        if became in ("present", "changed"):
            # It only says that the article is in the archive.
            return
        value = f" “{fault.value[:80]}”" if fault.value and fault.column else ""
        text = f"{fault.column}{value}: {fault.reason}" if fault.column else fault.reason
        row = fault.line.row if fault.line else None
        origin = fault.line.origin if fault.line else ""
        headline = str((row or {}).get("headline") or (origin if origin != self.source.place else ""))
        first = TriedFault(text, headline, _consequence(fault, became), 0)
        self._faults.setdefault((text, first.consequence), first).number += 1

    def on_article(self, number: int, incoming: IncomingArticle) -> None:
        if number in self._lines:
            self._incoming[number] = incoming

    def on_outcome(self, number: int, outcome: RowOutcome) -> None:
        self._became[number] = outcome.became
        if number not in self._incoming or outcome.became == "bad":
            return
        incoming = self._incoming[number]
        parsed = in_time_zone(incoming.parsed, self.source.publication.time_zone)
        tried = TriedArticle(self.source, self._lines[number], parsed, incoming.withheld, outcome)
        self.articles.append(tried)

    @property
    def could_read(self) -> bool:
        """Whether there is a feed or folder at all, perhaps with faults."""
        return self.reading.seen is not None

    @property
    def faults(self) -> list[TriedFault]:
        """Rejected rows first, then those by which most articles lose something."""
        rejected = gettext("rejected")
        return sorted(self._faults.values(), key=lambda one: (one.consequence != rejected, -one.number))


def try_source(source: Source, web: Callable[..., Page] | None = None) -> Trial:
    """Read the source as if it were new, by the code of a run; nothing is stored, nor raised for its faults.

    `web` takes the place of the fetcher.
    """
    columns = [field.attname for field in Source._meta.concrete_fields if not field.primary_key]
    as_new = Source(**{name: getattr(source, name) for name in columns})
    trial = Trial(as_new)
    attempt = read_and_import(as_new, SourceState(source=as_new), web, dry_run=True, watch=trial)
    trial.fault, trial.counts = attempt.result.fault, attempt.result.counts
    trial.reading = attempt.reading or trial.reading
    return trial
