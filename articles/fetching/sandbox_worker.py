"""The child process of `sandbox`: sets its own limits before it reads its input."""

import io
import json
import os
import resource
import sys
from collections.abc import Callable, Mapping
from itertools import islice
from math import ceil
from pathlib import Path
from typing import Any, BinaryIO

from articles.fetching.sandbox import MEMORY
from articles.parsing import ParsedArticle, as_plain
from articles.parsing.html.page import PageError
from articles.parsing.source_item import SourceError

Job = Mapping[str, Any]  # as read from JSON
Answer = dict[str, object]


def main() -> None:
    limit()
    # What a library prints must not get between the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    while line := sys.stdin.buffer.readline():
        job = json.loads(line)
        raw = sys.stdin.buffer.read(job["length"])
        limit_time(job["seconds"])
        write(answers, answer_to(job, raw, lambda item: write(answers, {"item": item})))


def answer_to(job: Job, raw: bytes, give: Callable[[object], None]) -> Answer:
    """The article, the end of the items or an error; `spent` if another process must read the next one."""
    try:
        if job["kind"] == "items":
            return give_items(raw, job["most"], give)
        return {"article": as_plain(article_of(job, raw)), "spent": is_full()}
    except (PageError, SourceError) as error:
        return {"error": str(error)}
    except (MemoryError, RecursionError):
        return {"full": True, "spent": True}


def article_of(job: Job, raw: bytes) -> ParsedArticle:
    """Parse a page or a file that is one article; each parser is imported only when it is needed."""
    if job["kind"] == "page":
        from articles.parsing.html.page import read_html

        return read_html(raw.decode("utf-8", "surrogatepass") if job["decoded"] else raw, job["url"])
    if job["kind"] == "docx":
        from articles.parsing.documents.word import read_docx

        return read_docx(io.BytesIO(raw))
    if job["kind"] == "pdf":
        from articles.parsing.documents.pdf import read_pdf

        return read_pdf(io.BytesIO(raw))
    from articles.parsing.documents.mail import read_eml

    return read_eml(io.BytesIO(raw))


def give_items(raw: bytes, most: int, give: Callable[[object], None]) -> Answer:
    """Give one item after the other; what was given counts even if a limit ends the process."""
    from articles.parsing import file_format, item_files, source_item

    head = raw[: file_format.LOOKED_AT]
    format = file_format.detect_format("", head)
    fault = ""
    try:
        if format in item_files.FORMATS:
            for item in islice(item_files.read_items(format, io.BytesIO(raw), head), most):
                give(source_item.as_plain(item))
    except SourceError as error:
        fault = str(error)
    return {"format": format, "fault": fault}


def write(answers: BinaryIO, answer: Mapping[str, object]) -> None:
    data = json.dumps(answer, ensure_ascii=False).encode("utf-8", "surrogatepass")
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
