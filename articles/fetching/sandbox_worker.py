"""The child process of `sandbox`: sets its own limits before it reads its input."""

import json
import os
import resource
import sys
from math import ceil
from pathlib import Path
from typing import BinaryIO

from articles.fetching.sandbox import MEMORY
from articles.parsing import as_plain
from articles.parsing.html.page import PageError, read_html

_TOO_LARGE = f"the page could not be read with {MEMORY >> 20} MB of memory"


def main() -> None:
    limit()
    # What a library prints must not get between the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    while line := sys.stdin.buffer.readline():
        job = json.loads(line)
        raw = sys.stdin.buffer.read(job["length"])
        limit_time(job["seconds"])
        page = raw.decode("utf-8", "surrogatepass") if job["decoded"] else raw
        write(answers, answer_to(page, job["url"]))


def answer_to(page: str | bytes, url: str) -> dict[str, object]:
    """The article or an error; `spent` if another process must read the next page."""
    try:
        return {"article": as_plain(read_html(page, url)), "spent": is_full()}
    except PageError as error:
        return {"error": str(error)}
    except (MemoryError, RecursionError):
        return {"error": _TOO_LARGE, "spent": True}


def write(answers: BinaryIO, answer: dict[str, object]) -> None:
    data = json.dumps(answer).encode()
    answers.write(b"%d\n" % len(data) + data)
    answers.flush()


def is_full() -> bool:
    """Whether earlier pages left less than half of the memory; False where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return False
    return pages * resource.getpagesize() > MEMORY // 2


def limit() -> None:
    """Limit memory; no files are written."""
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def limit_time(seconds: float) -> None:
    """Limit the processor time of the next page: the parent, which has a clock, may be gone."""
    used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (ceil(used + seconds), most))


if __name__ == "__main__":
    main()
