"""Which files uploaded for import are kept: none older than some days, and no more than fit together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

KEPT_DAYS = 30
MOST_BYTES = 500 * 1024 * 1024


@dataclass(frozen=True)
class Stored:
    """A stored upload: what it is known by, its size in bytes, and when it was sent."""

    key: str
    size: int
    sent_at: dt.datetime


class NoRoom(Exception):
    """A file is refused; the message is for the editor who sends it."""


def expired(stored: Iterable[Stored], now: dt.datetime) -> list[str]:
    """The keys of the uploads to be removed because of their age."""
    first = now - dt.timedelta(days=KEPT_DAYS)
    return [one.key for one in stored if one.sent_at < first]


def check_room(stored: Iterable[Stored], size: int, *, most: int = MOST_BYTES) -> None:
    """Raise NoRoom where another file of this size, in bytes, does not fit beside those stored."""
    taken = sum(one.size for one in stored)
    if taken + size > most:
        raise NoRoom(
            f"There is no room for this file: {_megabytes(taken)} of {_megabytes(most)} MB are taken by files"
            f" sent in before. Each is removed after {KEPT_DAYS} days. Ask whoever runs the archive to remove"
            " some sooner, or to import this one with import_articles."
        )


def _megabytes(size: int) -> str:
    return f"{size / (1024 * 1024):,.0f}"
