"""Save what an archive answers, to compare two versions of the code byte by byte.

    python .ci/compare_pages.py save DIR     pages, files and feeds that a reader reaches from the front page
    python .ci/compare_pages.py diff A B     what differs between two such folders; exit status 1 if anything

Run `save` from a checkout of each version, both on the same database (NEWSARCHIVE_HOME or DATABASE_URL).
Times, request ids and tokens are replaced by a star, since they differ at every request.
"""

import hashlib
import os
import re
import sys
from collections import Counter, defaultdict, deque
from collections.abc import Iterable
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, quote_plus, urljoin, urlsplit

sys.path.insert(0, str(Path(__file__).parent.parent))

MOST = 600
FORMATS = ("json", "csv", "jsonl", "ris", "bibtex", "csljson", "atom")
START = (
    "/",
    "/search/",
    "/quotes/",
    "/speakers/",
    "/robots.txt",
    "/sitemap.xml",
    "/opensearch.xml",
    "/readyz",
)
SEARCHES = (
    *("flood", '"the dam"', "bridge NEAR/5 river", "-flood", "flood*"),
    *("speaker:okafor", "nothinglikeit", "date:2015"),
)
# A time, also with its colons percent-encoded (in BibTeX behind a backslash); a citation key made of one;
# the tokens of a form; the id of a request; the difference of clocks.
COLON, PLUS = rb"(?::|\\?%3A)", rb"(?:[+-]|\\?%2B)"
VARYING = re.compile(
    rb"20\d\d-\d\d-\d\dT\d\d" + COLON + rb"\d\d(?:" + COLON + rb"\d\d)?(?:\.\d+)?"
    rb"(?:Z|" + PLUS + rb"\d\d" + COLON + rb"\d\d)?"
    rb"|\d{1,2} \w+ 20\d\d, \d\d:\d\d(?::\d\d)?"
    rb"|\bsearch-[0-9a-f]{8}\b"
    rb'|name="(?:csrfmiddlewaretoken|stamp)" value="[^"]+'
    rb"|request-id[^<]*"
    rb'|"clock_seconds": [-\d.]+'
)


def save(folder: Path) -> None:
    """Follow links from the start pages, all URL patterns in turn; write each answer to a file of its own."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsarchive.settings")
    os.environ["INSECURE_HTTP"] = "1"
    import django

    django.setup()
    from django.test import Client

    # Zero-result searches of robots are not counted, so that nothing is written to the database.
    client, folder = Client(headers={"host": "localhost", "user-agent": "bot"}), folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    seen: set[str] = set()
    queues: dict[str, deque[str]] = defaultdict(deque)
    saved: Counter[str] = Counter()
    _add(_start(), queues, seen)
    while saved.total() < MOST and (waiting := [kind for kind in queues if queues[kind]]):
        kind = min(waiting, key=lambda kind: (saved[kind], kind))
        path = queues[kind].popleft()
        response = client.get(path)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        media_type = response.headers.get("Content-Type", "")
        head = f"{path}\n{response.status_code} {media_type} {response.headers.get('Location', '')}\n"
        (folder / _name(path)).write_bytes(VARYING.sub(b"*", head.encode() + body))
        saved[kind] += 1
        if media_type.startswith("text/html"):
            _add(_links(path, body.decode()), queues, seen)
    print(f"{saved.total()} answers in {folder}")


def _start() -> list[str]:
    words = [quote_plus(text) for text in SEARCHES]
    searches = [f"{place}?q={text}" for place in ("/search/", "/quotes/") for text in words]
    files = [f"{place}?q={words[0]}&format={name}" for place in ("/search/", "/quotes/") for name in FORMATS]
    return [*START, *searches, *files]


def _add(links: Iterable[str], queues: dict[str, deque[str]], seen: set[str]) -> None:
    for link in links:
        if link not in seen:
            seen.add(link)
            queues[_kind(link)].append(link)


def _kind(link: str) -> str:
    """The name of the URL pattern, and the format."""
    from django.urls import Resolver404, resolve

    parts = urlsplit(link)
    try:
        name = resolve(parts.path).url_name
    except Resolver404:
        name = ""
    return f"{name} {parse_qs(parts.query).get('format', '')}"


def _name(path: str) -> str:
    return hashlib.sha256(path.encode()).hexdigest()[:16]


def _links(page: str, text: str) -> list[str]:
    """The links of a page to other public pages, except those with a time, which differ at every run."""
    found = (urlsplit(urljoin(page, unescape(link))) for link in re.findall(r'href="([^"#]+)', text))
    return [
        part.path + (f"?{part.query}" if part.query else "")
        for part in found
        if part.scheme in ("", "http", "https")
        and part.netloc in ("", "localhost", "localhost:8000")
        and "as_of" not in part.query
        and not part.path.startswith(("/static/", "/admin/"))
    ]


def diff(one: Path, other: Path) -> int:
    """Print each answer that is in one folder only, or differs; return the exit status."""
    names = sorted({path.name for folder in (one, other) for path in folder.iterdir()})
    differing = 0
    for name in names:
        texts = [(folder / name).read_bytes() if (folder / name).exists() else b"" for folder in (one, other)]
        if texts[0] != texts[1]:
            differing += 1
            path = (texts[0] or texts[1]).split(b"\n", 1)[0].decode()
            print(path, " and ".join(f"{len(text)} bytes" if text else "missing" for text in texts))
    print(f"{len(names)} answers, {differing} differ")
    return int(differing > 0 or not names)


def main(arguments: list[str]) -> int:
    match arguments:
        case ["save", folder]:
            save(Path(folder))
            return 0
        case ["diff", one, other]:
            return diff(Path(one), Path(other))
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
