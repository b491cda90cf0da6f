"""The child process of `sandbox`: sets its own limits before it reads its input."""

import json
import resource
import sys

from articles.fetching.sandbox import MEMORY, OUTPUT, SECONDS
from articles.parsing import as_plain
from articles.parsing.html.page import MAX_HTML, PageError, read_html


def main() -> None:
    limit()
    job = json.loads(sys.stdin.buffer.readline())
    raw = sys.stdin.buffer.read(MAX_HTML)
    try:
        page = raw.decode("utf-8", "surrogatepass") if job["decoded"] else raw
        answer: dict[str, object] = {"article": as_plain(read_html(page, job["url"]))}
    except PageError as error:
        answer = {"error": str(error)}
    except (MemoryError, RecursionError):
        answer = {"error": f"the page could not be read with {MEMORY >> 20} MB of memory"}
    json.dump(answer, sys.stdout)


def limit() -> None:
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, OUTPUT),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


if __name__ == "__main__":
    main()
