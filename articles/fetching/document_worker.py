"""The child process of `document_sandbox`: sets its own limits before it reads its input."""

import io
import json
import resource
import sys

from articles.fetching.document_sandbox import MEMORY, OUTPUT, SECONDS
from articles.parsing import ParsedArticle, as_plain
from articles.parsing.source_item import SourceError


def main() -> None:
    limit()
    kind = sys.stdin.buffer.readline().decode().strip()
    try:
        answer: dict[str, object] = {"article": as_plain(read(kind, sys.stdin.buffer.read()))}
    except SourceError as error:
        answer = {"error": str(error)}
    except (MemoryError, RecursionError):
        answer = {"error": f"it could not be read with {MEMORY >> 20} MB of memory"}
    json.dump(answer, sys.stdout)


def read(kind: str, raw: bytes) -> ParsedArticle:
    """Parse the file; each parser is imported only when it is needed. Raises `SourceError`."""
    if kind == "docx":
        from articles.parsing.documents.word import read_docx

        return read_docx(io.BytesIO(raw))
    if kind == "pdf":
        from articles.parsing.documents.pdf import read_pdf

        return read_pdf(io.BytesIO(raw))
    from articles.parsing.documents.mail import read_eml

    return read_eml(io.BytesIO(raw))


def limit() -> None:
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY),
        # The parent, which has a clock, gives it up first.
        (resource.RLIMIT_CPU, SECONDS + 1),
        (resource.RLIMIT_FSIZE, OUTPUT),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


if __name__ == "__main__":
    main()
