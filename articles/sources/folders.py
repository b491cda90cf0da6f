"""Reads the new files of a folder below the one that the operator names; nothing is moved or deleted.

A file counts as complete when nothing has touched it for a minute. It is opened below its folder without
following symbolic links, so that no name leads elsewhere.
"""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import BinaryIO

from django.conf import settings
from django.utils.translation import gettext

from articles.ingest.column_mappings import saved_mappings
from articles.ingest.pipeline.sources import detect_format, head_of, is_meant, lines_of, sample_of
from articles.models import Source, SourceItem
from articles.parsing import RowError, file_format
from articles.parsing.tabular.csv_rows import header_names
from articles.parsing.tabular.jsonl import Line
from articles.parsing.tabular.mapping import CsvMap, MapError
from articles.sources.reading import Piece, Reading, Unreadable

SETTLE_SECONDS = 60
LARGEST = 200 * 1024 * 1024
MOST_NEW = 2_000  # files of one run; the others wait for the next
MOST_FILES = 200_000
_UNFINISHED = (".part", ".tmp", ".temp", ".filepart", ".crdownload", ".swp", "~")
_LATEST_NS = 2**63 - 1  # of a column of 64 bits: the year 2262
# What lies beside articles: pictures, and the parts of saved pages.
_ASIDE = (
    *(".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".tif", ".tiff", ".ico", ".bmp"),
    *(".css", ".js", ".mjs", ".map", ".woff", ".woff2", ".ttf", ".mp3", ".mp4", ".webm", ".m4a", ".ogg"),
)


@dataclass(frozen=True)
class Found:
    """A file as the folder lists it: its path below the source's folder, its size and times.

    `path` opens the file, and need not be UTF-8; `name` has such bytes written out: `caf\\xe9.txt`.
    """

    path: str
    name: str
    size: int
    modified_ns: int
    changed: float

    @property
    def settled(self) -> bool:
        return abs(time.time() - self.changed) >= SETTLE_SECONDS


def read_folder(source: Source, *, store: bool = True) -> Reading:
    """List the new files of the folder, to be read one after the other; raises `Unreadable`.

    `store`: note the new name of a file that was renamed.
    """
    listed = files_in(source.folder)
    # None if the source is not stored yet.
    items = SourceItem.objects.filter(source=source.pk)
    taken = items.values_list("name", "size", "modified_ns", "key")
    known = {(name, size, modified): key for name, size, modified, key in taken}
    keys = set(known.values())
    seen = {known[one] for file in listed if (one := (file.name[:500], file.size, file.modified_ns)) in known}
    new = [file for file in listed if (file.name[:500], file.size, file.modified_ns) not in known]
    found = Reading([], seen, entries=len(listed))
    found.pieces = _pieces(found, source, new, keys, store)
    return found


def files_in(folder: str) -> list[Found]:
    """The regular files below a folder, sorted by path."""
    found: list[Found] = []
    with _opened(folder) as top:
        for here, folders, names, below in os.fwalk(".", onerror=_refuse, dir_fd=top, follow_symlinks=False):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in names:
                if name.startswith(".") or name.lower().endswith((*_UNFINISHED, *_ASIDE)):
                    continue
                with suppress(FileNotFoundError):
                    status = os.stat(name, dir_fd=below, follow_symlinks=False)
                    if stat.S_ISREG(status.st_mode):
                        path = os.path.normpath(os.path.join(here, name))
                        shown = os.fsencode(path).decode(errors="backslashreplace")
                        found.append(Found(path, shown, status.st_size, _modified(status), status.st_ctime))
            if len(found) > MOST_FILES:
                too_many = gettext("The folder has more than %(n)s files. Divide it.")
                raise Unreadable(too_many % {"n": f"{MOST_FILES:,}"})
    return sorted(found, key=lambda file: file.path)


def _modified(stats: os.stat_result) -> int:
    """When a file was changed, in nanoseconds, as far as the database can store it."""
    return max(-_LATEST_NS, min(stats.st_mtime_ns, _LATEST_NS))


def _refuse(error: OSError) -> None:
    """A folder that cannot be listed would look like an empty one."""
    raise error


@contextmanager
def _opened(folder: str) -> Iterator[int]:
    """A descriptor of the folder, opened part by part from the operator's folder down."""
    if not settings.SOURCES_FOLDER:
        raise Unreadable(gettext("Folders are turned off: the operator has not set SOURCES_FOLDER."))
    try:
        with _descend(
            os.open(settings.SOURCES_FOLDER, os.O_RDONLY | os.O_DIRECTORY), folder.split("/")
        ) as found:
            yield found
    except OSError as error:
        said = gettext("The folder cannot be opened: %(problem)s.")
        raise Unreadable(said % {"problem": error.strerror}) from None


@contextmanager
def _descend(top: int, folders: Iterable[str]) -> Iterator[int]:
    """The descriptor of a folder below `top`, which is closed; a link on the way is an `OSError`."""
    current = top
    try:
        for folder in folders:
            inner = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=current)
            os.close(current)
            current = inner
        yield current
    finally:
        os.close(current)


def _pieces(
    found: Reading, source: Source, new: list[Found], known: set[str], store: bool
) -> Iterator[Piece]:
    taken = 0
    for file in new:
        if not file.settled:
            found.unfinished += 1
            continue
        if taken == MOST_NEW:
            found.waiting += 1
            continue
        with _open_file(source.folder, file) as (stream, key):
            if found.seen is not None:
                found.seen.add(key)
            if stream is not None and key in known:
                # The same content under another name or time.
                if store:
                    source.items.filter(key=key).update(
                        name=file.name[:500], size=file.size, modified_ns=file.modified_ns
                    )
                continue
            taken += 1
            known.add(key)
            piece = Piece(key, file.name, [], file.size, file.modified_ns)
            piece.lines = _lines(source, file, stream, piece)
            yield piece


@contextmanager
def _open_file(folder: str, file: Found) -> Iterator[tuple[BinaryIO | None, str]]:
    """The file and the hash of its content; without the file if it cannot be read."""
    with _opened(folder) as top, _below(top, file.path) as number:
        if number is None or file.size > LARGEST:
            yield None, hashlib.sha256(f"{file.name} {file.size} {file.modified_ns}".encode()).hexdigest()
            return
        with open(number, "rb", closefd=False) as stream:
            key = hashlib.file_digest(stream, "sha256").hexdigest()
            stream.seek(0)
            yield stream, key


@contextmanager
def _below(top: int, path: str) -> Iterator[int | None]:
    """A descriptor of a regular file, none of whose folders is a link; None if there is no such file."""
    *folders, name = path.split("/")
    try:
        with _descend(os.dup(top), folders) as folder:
            file = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
    except OSError:
        yield None
        return
    try:
        yield file if stat.S_ISREG(os.fstat(file).st_mode) else None
    finally:
        os.close(file)


def _lines(source: Source, file: Found, stream: BinaryIO | None, piece: Piece) -> Iterator[Line]:
    origin = f"{source.folder}/{file.name}"
    try:
        for line in _rows(source, file, stream):
            where = (
                origin
                if line.row is None
                else gettext("%(file)s, line %(n)s") % {"file": origin, "n": line.number}
            )
            yield replace(_named(line, file.name), origin=where)
    except (MapError, OSError) as error:
        said = gettext("%(file)s cannot be read: %(problem)s") % {"file": file.name, "problem": error}
        yield Line(1, b"", error=RowError("", None, said))
    if stream is not None:
        now = os.fstat(stream.fileno())
        piece.complete = (now.st_size, _modified(now)) == (file.size, file.modified_ns)


def _rows(source: Source, file: Found, stream: BinaryIO | None) -> Iterator[Line]:
    if stream is None and file.size > LARGEST:
        most = f"{LARGEST >> 20} MB"
        said = gettext("it is larger than %(most)s. Use the command import_articles") % {"most": most}
        raise MapError(said)
    if stream is None:
        raise MapError(gettext("it cannot be opened"))
    format = detect_format(file.name, head_of(stream))
    if is_meant(PurePath(file.name), format):
        csv_map = _mapping(source, stream) if format == file_format.TABLE else None
        yield from lines_of(format, stream, csv_map)


def _mapping(source: Source, stream: BinaryIO) -> CsvMap | None:
    """The mapping that editors saved for the publication and these columns."""
    _, records = sample_of(stream)
    return saved_mappings(header_names(records[0])).get(source.publication)


def _named(line: Line, path: str) -> Line:
    """The line; if it has an error, the reason names the file."""
    if line.error is None:
        return line
    reason = line.error.reason if path in line.error.reason else f"{path}: {line.error.reason}"
    return replace(line, error=RowError(line.error.column, line.error.value, reason))
