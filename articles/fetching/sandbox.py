"""Parses untrusted pages in a child process with limits on each page: 10 seconds, 512 MB, 32 MB of output."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO

from articles.parsing import ParsedArticle, from_plain
from articles.parsing.html.page import MAX_HTML, PageError

SECONDS = 10
MEMORY = 512 * 1024 * 1024
# Of an answer of the child; the text of a page of 2 MB fits several times.
OUTPUT = 32 * 1024 * 1024
_ROOT = Path(__file__).resolve().parents[2]


def read_html(html: str | bytes, url: str = "") -> ParsedArticle:
    """`articles.parsing.html.page.read_html` within limits; raises `PageError` where they do not suffice."""
    with PageReader() as reader:
        return reader.read_html(html, url)


class PageReader:
    """Reads many pages in one child process; a page that ends the child costs only that page."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> PageReader:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def read_html(self, html: str | bytes, url: str = "") -> ParsedArticle:
        """Parse one page; raises `PageError`."""
        raw = html.encode("utf-8", "surrogatepass") if isinstance(html, str) else html
        if len(raw) > MAX_HTML:
            raise PageError(f"the page has {len(raw):,} bytes; {MAX_HTML:,} is the most")
        job = {"url": url, "decoded": isinstance(html, str), "length": len(raw), "seconds": SECONDS}
        answer = self._answer(json.dumps(job).encode() + b"\n" + raw)
        if "error" in answer:
            raise PageError(answer["error"])
        return from_plain(answer["article"])

    def close(self) -> int:
        """End the child; the next page starts another. Returns its exit code, 0 if there was none."""
        child, self._child = self._child, None
        if child is None:
            return 0
        child.kill()
        with suppress(BrokenPipeError), child:
            pass  # closes the pipes and waits
        return child.returncode

    def _answer(self, job: bytes) -> dict:
        """Let the child read one page; its answer is JSON, for nothing that it writes is trusted further."""
        child = self._child = self._child or _start()
        late = threading.Event()

        def give_up() -> None:
            late.set()
            child.kill()

        overdue = threading.Timer(SECONDS, give_up)
        overdue.start()
        try:
            answer = _ask(child, job)
        except (OSError, ValueError):
            answer = {}
        finally:
            overdue.cancel()
        if answer and not late.is_set() and not answer.get("spent"):
            return answer
        code = child.poll() or self.close()
        self.close()
        if answer:
            return answer
        # The child's own limit of processor time may be reached before the clock of this process.
        if late.is_set() or code == -signal.SIGXCPU:
            return {"error": f"the page could not be read within {SECONDS} seconds"}
        return {"error": f"the page could not be read with {MEMORY >> 20} MB of memory (code {code})"}


def _start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "articles.fetching.sandbox_worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_ROOT,
        env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
    )


def _ask(child: subprocess.Popen[bytes], job: bytes) -> dict:
    """Write a job and read its answer: a line with the length, then JSON."""
    stdin, stdout = _pipe(child.stdin), _pipe(child.stdout)
    stdin.write(job)
    stdin.flush()
    length = int(stdout.readline(20))
    if not 0 < length <= OUTPUT:
        raise ValueError(length)
    answer = json.loads(stdout.read(length))
    if not isinstance(answer, dict):
        raise ValueError(answer)
    return answer


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None, "opened by _start()"  # noqa: S101
    return pipe
