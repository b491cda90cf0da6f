"""The lossless file: one result a line, as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from articles.exports.records import record
from articles.search import Result

MEDIA_TYPE = "application/x-ndjson"


def jsonl_chunks(results: Iterable[Result], *, site_url: str) -> Iterator[bytes]:
    for result in results:
        line = json.dumps(record(result, site_url=site_url), ensure_ascii=False)
        # Some readers take these two for ends of lines.
        yield line.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").encode() + b"\n"
