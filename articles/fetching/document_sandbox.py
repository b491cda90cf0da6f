"""Parses a Word file, a PDF or a message in a child process of its own, with limits on time and memory."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from articles.parsing import ParsedArticle, from_plain
from articles.parsing.source_item import SourceError

LARGEST = 20 * 1024 * 1024
SECONDS = 10
MEMORY = 512 * 1024 * 1024
# Of what the child writes.
OUTPUT = 32 * 1024 * 1024
_ROOT = Path(__file__).resolve().parents[2]


def read_file(raw: bytes, kind: str) -> ParsedArticle:
    """The article in a file of the kind docx, pdf or eml; raises `SourceError`."""
    if len(raw) > LARGEST:
        raise SourceError(f"it has {len(raw):,} bytes; {LARGEST:,} is the most")
    answer = _answer(raw, kind)
    if "article" not in answer:
        raise SourceError(answer.get("error", ""))
    return from_plain(answer["article"])


def _answer(raw: bytes, kind: str) -> dict:
    """Run the child on one file; its answer is JSON, for nothing that it writes is trusted further."""
    with tempfile.TemporaryFile() as output:
        try:
            child = subprocess.run(
                [sys.executable, "-m", "articles.fetching.document_worker"],
                input=kind.encode() + b"\n" + raw,
                stdout=output,
                stderr=subprocess.DEVNULL,
                timeout=SECONDS,
                cwd=_ROOT,
                env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
                check=False,
            )
        except subprocess.TimeoutExpired:
            return {"error": f"it could not be read within {SECONDS} seconds"}
        output.seek(0)
        try:
            return json.loads(output.read())
        except ValueError:
            return {
                "error": f"it could not be read with {MEMORY >> 20} MB of memory (code {child.returncode})"
            }
