"""Parses an untrusted page in a child process with limits: 10 seconds, 512 MB, 32 MB of output."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from articles.parsing import ParsedArticle, from_plain
from articles.parsing.html.page import MAX_HTML, PageError

SECONDS = 10
MEMORY = 512 * 1024 * 1024
# Of what the child writes; the text of a page of 2 MB fits several times.
OUTPUT = 32 * 1024 * 1024
_ROOT = Path(__file__).resolve().parents[2]


def read_html(html: str | bytes, url: str = "") -> ParsedArticle:
    """`articles.parsing.html.page.read_html` within limits; raises `PageError` where they do not suffice."""
    raw = html.encode("utf-8", "surrogatepass") if isinstance(html, str) else html
    if len(raw) > MAX_HTML:
        raise PageError(f"the page has {len(raw):,} bytes; {MAX_HTML:,} is the most")
    job = json.dumps({"url": url, "decoded": isinstance(html, str)}).encode() + b"\n" + raw
    answer = _answer(job)
    if "error" in answer:
        raise PageError(answer["error"])
    return from_plain(answer["article"])


def _answer(job: bytes) -> dict:
    """Run the child on one job; its answer is JSON, for nothing that it writes is trusted further."""
    with tempfile.TemporaryFile() as output:
        try:
            child = subprocess.run(
                [sys.executable, "-m", "articles.fetching.sandbox_worker"],
                input=job,
                stdout=output,
                stderr=subprocess.DEVNULL,
                timeout=SECONDS,
                cwd=_ROOT,
                env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
                check=False,
            )
        except subprocess.TimeoutExpired:
            return {"error": f"the page could not be read within {SECONDS} seconds"}
        output.seek(0)
        try:
            return json.loads(output.read())
        except ValueError:
            code = child.returncode
            return {"error": f"the page could not be read with {MEMORY >> 20} MB of memory (code {code})"}
