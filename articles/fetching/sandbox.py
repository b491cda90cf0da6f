"""Parses untrusted pages, documents and feeds in a child process; each may take 10 seconds and 512 MB."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from articles.parsing import ParsedArticle, from_plain
from articles.parsing.html.page import MAX_HTML, PageError
from articles.parsing.source_item import SourceError, SourceItem
from articles.parsing.source_item import from_plain as item_from_plain

SECONDS = 10
MEMORY = 512 * 1024 * 1024
LARGEST_FILE = 20 * 1024 * 1024
# Of the answers to one job: the text of a page of 2 MB fits several times, and a feed of 20 MB with its rows.
OUTPUT = 96 * 1024 * 1024
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Items:
    """The items of a feed or another file of items.

    `format` is one of `file_format.FORMATS`; `fault` is what is wrong with the file after the items; `limit`
    is set if it could not be read to its end within the limits.
    """

    format: str
    items: list[SourceItem]
    fault: str = ""
    limit: str = ""


def read_html(html: str | bytes, url: str = "") -> ParsedArticle:
    """`articles.parsing.html.page.read_html` within limits; raises `PageError` where they do not suffice."""
    with ChildReader() as reader:
        return reader.read_html(html, url)


def read_file(raw: bytes, kind: str) -> ParsedArticle:
    """The article in a file of the kind docx, pdf or eml; raises `SourceError`."""
    if len(raw) > LARGEST_FILE:
        raise SourceError(f"it has {len(raw):,} bytes; {LARGEST_FILE:,} is the most")
    with ChildReader() as reader:
        answer, _ = reader.answer({"kind": kind}, raw)
    if "limit" in answer:
        raise SourceError(f"it {answer['limit']}")
    if "error" in answer:
        raise SourceError(answer["error"])
    return from_plain(answer["article"])


def read_items(raw: bytes, most: int) -> Items:
    """The first items of a file whose format is detected; without any if it is no file of items."""
    with ChildReader() as reader:
        answer, items = reader.answer({"kind": "items", "most": most}, raw)
    found = [item_from_plain(item) for item in items]
    return Items(answer.get("format", ""), found, answer.get("fault", ""), answer.get("limit", ""))


class ChildReader:
    """Reads many documents in one child process; one that ends the child costs only that document."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> ChildReader:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def read_html(self, html: str | bytes, url: str = "") -> ParsedArticle:
        """Parse one page; raises `PageError`."""
        raw = html.encode("utf-8", "surrogatepass") if isinstance(html, str) else html
        if len(raw) > MAX_HTML:
            raise PageError(f"the page has {len(raw):,} bytes; {MAX_HTML:,} is the most")
        answer, _ = self.answer({"kind": "page", "url": url, "decoded": isinstance(html, str)}, raw)
        if "limit" in answer:
            raise PageError(f"the page {answer['limit']}")
        if "error" in answer:
            raise PageError(answer["error"])
        return from_plain(answer["article"])

    def close(self) -> int:
        """End the child; the next document starts another. Returns its exit code, 0 if there was none."""
        child, self._child = self._child, None
        if child is None:
            return 0
        child.kill()
        with suppress(BrokenPipeError), child:
            pass  # closes the pipes and waits
        return child.returncode

    def answer(self, job: dict[str, object], raw: bytes) -> tuple[dict, list]:
        """Let the child read one document; returns its answer, and the items that it gave before.

        If the limits do not suffice, the answer has a `limit` that says which. Answers are JSON, for nothing
        that the child writes is trusted further.
        """
        head = json.dumps({**job, "length": len(raw), "seconds": SECONDS}).encode()
        child = self._child = self._child or _start()
        late = threading.Event()

        def give_up() -> None:
            late.set()
            child.kill()

        overdue = threading.Timer(SECONDS, give_up)
        overdue.start()
        items: list[Any] = []  # as read from JSON
        try:
            answer = _ask(child, head + b"\n" + raw, items)
        except (OSError, ValueError):
            answer = {}
        finally:
            overdue.cancel()
        if answer and not late.is_set() and not answer.get("spent"):
            return answer, items
        code = child.poll() or self.close()
        self.close()
        if not answer:
            # The child's own limit of processor time may be reached before the clock of this process.
            slow = late.is_set() or code == -signal.SIGXCPU
            answer = {"limit": _TOO_LONG % SECONDS if slow else f"{_TOO_LARGE} (code {code})"}
        elif answer.get("full"):
            answer["limit"] = _TOO_LARGE
        return answer, items


_TOO_LONG = "could not be read within %s seconds"
_TOO_LARGE = f"could not be read with {MEMORY >> 20} MB of memory"


def _start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "articles.fetching.sandbox_worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_ROOT,
        env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
    )


def _ask(child: subprocess.Popen[bytes], job: bytes, items: list[object]) -> dict:
    """Write a job and read its answer, after the items: each is a line with the length, then JSON."""
    stdin, stdout = _pipe(child.stdin), _pipe(child.stdout)
    stdin.write(job)
    stdin.flush()
    left = OUTPUT
    while True:
        length = int(stdout.readline(20))
        left -= length
        if length <= 0 or left < 0:
            raise ValueError(length)
        answer = json.loads(stdout.read(length))
        if not isinstance(answer, dict):
            raise ValueError(answer)
        if "item" not in answer:
            return answer
        items.append(answer["item"])


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None, "opened by _start()"  # noqa: S101
    return pipe
