"""What a source gives: pieces with their lines, and the one import that takes those that are new."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from django.db import transaction

from articles.ingest.pipeline.importer import CHUNK_SIZE, Fault
from articles.ingest.pipeline.types import IncomingArticle, RowOutcome
from articles.models import Source, SourceItem
from articles.parsing.normalization import storable
from articles.parsing.tabular.jsonl import Line

# Of one run, from the request for the feed on. A website that answers slowly on purpose would otherwise hold
# up the sources after it: twenty pages and the robots.txt of twenty hosts, ten seconds each, are seven
# minutes. At this time a request that is still going on is ended, and what is left waits for the next run.
SECONDS = 120.0


class Unreadable(Exception):
    """The source cannot be read; the message is for the editor."""


@dataclass
class Piece:
    """An item of a feed or a file of a folder; recognised by its key, the hash of its content."""

    key: str
    name: str
    lines: Iterable[Line]
    size: int | None = None
    modified_ns: int | None = None
    # False if it turned out while it was read that it is not complete yet.
    complete: bool = True


@dataclass
class Reading:
    """What a run has read: the new pieces, and what is known once they were read to the end.

    `seen`: the keys of all pieces that are in the source now, or None if that is not known. `entries`: the
    number of items or files in it, also of those that were taken before. `unfinished`: files that are still
    being written. `out_of_time`: linked pages wait because the time of the run was over.
    """

    pieces: Iterable[Piece]
    seen: set[str] | None = None
    fault: str = ""
    entries: int = 0
    unfinished: int = 0
    waiting: int = 0
    out_of_time: bool = False
    etag: str = ""
    last_modified: str = ""
    moved_to: str = ""


class Watch:
    """Follows one run; this one does nothing. A trial limits the run and keeps what it shows."""

    chunk_size = CHUNK_SIZE
    # After this no linked page is fetched.
    seconds = SECONDS
    # Whether items come as they are listed, newest first in most feeds, and not oldest first.
    as_listed = False

    def allows_page(self, place: int) -> bool:
        """Whether the page of the item at this place may be fetched."""
        return True

    def lines(self, lines: Iterator[Line]) -> Iterator[Line]:
        return lines

    def on_fault(self, fault: Fault) -> None:
        pass

    def on_article(self, number: int, incoming: IncomingArticle) -> None:
        pass

    def on_outcome(self, number: int, outcome: RowOutcome) -> None:
        pass


UNWATCHED = Watch()


def key_of(line: Line) -> str:
    """The hash of what the item says, whatever the file around it looks like."""
    if line.row is None:
        return hashlib.sha256(line.raw).hexdigest()
    said = json.dumps(line.row, sort_keys=True, default=str)
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def taken_keys(source: Source, keys: Iterable[str]) -> set[str]:
    """Those of the keys that the source has taken already; none if it is not stored yet."""
    found = SourceItem.objects.filter(source=source.pk, key__in=list(keys))
    return set(found.values_list("key", flat=True))


@dataclass
class Taking:
    """Passes the lines of the pieces to an import, and remembers each piece once its rows are stored."""

    source: Source
    pieces: Iterable[Piece]
    store: bool = True
    taken: list[int] = field(default_factory=list)
    _number: int = 0
    _waiting: list[tuple[int, Piece]] = field(default_factory=list)
    _rejected: list[tuple[int, str]] = field(default_factory=list)

    def lines(self) -> Iterator[Line]:
        for piece in self.pieces:
            for line in piece.lines:
                self._number += 1
                yield replace(line, number=self._number, origin=line.origin or self.source.place)
            self._waiting.append((self._number, piece))

    def on_fault(self, fault: Fault) -> None:
        if fault.bad:
            self._rejected.append((fault.row, _reason(fault)))

    @transaction.atomic
    def stored_up_to(self, row: int) -> None:
        """The rows up to this one are stored: so are the pieces that end before it."""
        store = self.store and self._lock_source()
        while self._waiting and self._waiting[0][0] <= row:
            last, piece = self._waiting.pop(0)
            reasons = [reason for number, reason in self._rejected if number <= last]
            self._rejected = [one for one in self._rejected if one[0] > last]
            if piece.complete and store:
                self.taken.append(self._remember(piece, reasons))

    def _lock_source(self) -> bool:
        """Whether it exists; if editors have deleted it, nothing is remembered and the import goes on."""
        rows = Source.objects.select_for_update(no_key=True)
        return rows.filter(pk=self.source.pk).first() is not None

    def finish(self) -> None:
        self.stored_up_to(self._number)

    def _remember(self, piece: Piece, reasons: list[str]) -> int:
        values = {
            "name": storable(piece.name)[:500],
            "size": piece.size,
            "modified_ns": piece.modified_ns,
            "rejected": len(reasons),
            "reason": reasons[0] if reasons else "",
            "present": True,
        }
        item, _ = SourceItem.objects.update_or_create(source=self.source, key=piece.key, defaults=values)
        return item.pk


def _reason(fault: Fault) -> str:
    reason = storable(fault.reason)
    return f"{fault.column}: {reason}"[:1000] if fault.column else reason[:1000]
