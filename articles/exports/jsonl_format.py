"""The lossless file: one result a line, as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from articles.exports.serializers import record
from articles.search import Result

MEDIA_TYPE = "application/x-ndjson"


def jsonl_chunks(results: Iterable[Result], *, site_url: str) -> Iterator[bytes]:
    return (line(record(result, site_url=site_url)) for result in results)


def line(found: dict[str, Any]) -> bytes:
    written = json.dumps(found, ensure_ascii=False)
    # Some readers take these two for ends of lines.
    return written.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").encode() + b"\n"
